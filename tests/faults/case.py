# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call, one of its requests, one fault: what comes of it, and what is wrong with that."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._engine import journal
from ansible_collections.telephony.pbx.plugins.module_utils._http import errors
from tests.faults.calls import LIST, Call, Options
from tests.faults.ground import VOLATILE, Ground, succeeded
from tests.faults.variants import PAGING, Variant, is_delivered
from tests.system.support.lab import Lab

LOGIN, REFRESH, PAGED = "login", "refresh", "paged list"
BEFORE, AFTER = "read before a write", "read after a write"
NOTHING, PART, ALL, UNKNOWN = journal.NOTHING, journal.PART, journal.ALL, journal.UNKNOWN
RECOVERED, TOLD = "recovered", "told"
REST = 0.06  # seconds, longer than the lab's changes need to show
HANGS = 60.0  # seconds; far beyond all time-outs, repeats and waits together
KINDS = {kind.kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PbxError)}
Json = Any


@dataclass(frozen=True)
class Baseline:
    """A call as it is without a fault. ``before`` and ``after``: the system's state."""

    call: Call
    profile: str
    result: Json = field(hash=False)
    entries: list[Json] = field(hash=False)
    before: str
    after: str
    refreshes: bool = False

    def kind_of(self, number: int) -> str:
        """What kind of call one of its requests is."""
        entry = self.entries[number]
        if entry["login"]:
            return REFRESH if self.refreshes else LOGIN
        if self.writes(number):
            return self.call.kind
        if self.call.reads:
            pages = [other for other in self.entries if other["path"] == entry["path"]]
            return PAGED if len(pages) > 1 and self.call.kind == LIST else self.call.kind
        return AFTER if any(self.writes(earlier) for earlier in range(number)) else BEFORE

    def writes(self, number: int) -> bool:
        """Whether a request changes something."""
        entry = self.entries[number]
        return not entry["login"] and not Lab.only_asks(entry)


@dataclass(frozen=True)
class Outcome:
    """What came of a case: RECOVERED or TOLD, or what is wrong with it. ``struck``: whether the fault met a request."""

    how: str
    problems: tuple[str, ...] = ()
    struck: bool = True


def baseline(ground: Ground, call: Call, *, refreshes: bool = False) -> Baseline:
    """Run a call without a fault."""
    options = _prepared(ground, call, refreshes)
    before = _at_rest(ground, call)
    result = succeeded(ground.run(call.module, options))
    entries = ground.lab.log()
    return Baseline(call, ground.profile, result, entries, before, _at_rest(ground, call), refreshes)


def _at_rest(ground: Ground, call: Call) -> str:
    """The state of the call's system, once nothing changes by itself any more."""
    state, last = ground.state(call.system), ""
    while not call.reads and state != last:
        time.sleep(REST)
        state, last = ground.state(call.system), state
    return state


def _prepared(ground: Ground, call: Call, refreshes: bool) -> Options:
    options = ground.prepare(call)
    if refreshes:
        ground.run(call.module, options)
        ground.age_tokens()
        ground.lab.forget_log()
    return options


def run_case(ground: Ground, base: Baseline, number: int, variant: Variant) -> Outcome:
    """Let one request of the call meet the fault, and judge what comes of it."""
    call = base.call
    options = _prepared(ground, call, base.refreshes)
    ground.inject(variant, number, base.entries[number])
    started = time.monotonic()
    try:
        result = ground.run(call.module, options)
    except Exception:
        return Outcome(TOLD, (f"raises {traceback.format_exc()[-1500:]}",))
    seconds = time.monotonic() - started
    struck = bool(sum(ground.lab.hits()))
    ground.lab.control("DELETE", "/faults")
    state = settled(ground, call.system, {base.before, base.after})
    problems = [*_wrong_in_words(result, ground.lab.secrets), *_wrong_effect(base, variant, result, state)]
    if seconds > HANGS:
        problems.append(f"takes {seconds:.0f} seconds")
    if not call.reads:
        problems += _wrong_again(ground, base, options, result)
    return Outcome(TOLD if result.get("failed") else RECOVERED, tuple(problems), struck)


def settled(ground: Ground, system: str, wanted: set[str]) -> str:
    """The state of a system, once changes that show late have had their time."""
    for _look in range(5):
        state = ground.state(system)
        if state in wanted:
            break
        time.sleep(REST / 2)
    return state


def _wrong_in_words(result: Json, secrets: set[str]) -> Iterator[str]:
    if not result.get("failed"):
        return
    message, error = result["msg"], result.get("error", {})
    if len(message.splitlines()) != 1 or "Traceback" in message:
        yield f"isn't told in one line: {message}"
    if error.get("kind") not in KINDS:
        yield f"is an error of unknown kind: {error}"
    if any(secret in message for secret in secrets):
        yield f"shows a secret: {message}"


def _wrong_effect(base: Baseline, variant: Variant, result: Json, state: str) -> Iterator[str]:
    """Where the task says something else of the system than what is there."""
    if not result.get("failed"):
        yield from _wrong_success(base, variant, result, state)
        return
    said = result["error"]["effect"]
    # The next call reads the second reply as its own: a reading is repeated then, and of a write nobody knows.
    if is_delivered(variant) and variant.kind not in PAGING and (base.call.reads or variant.kind != "second_reply"):
        yield f"fails though the answer got through: {result['msg']}"
    if base.call.reads:
        if said != NOTHING:
            yield f"says of a reading that it changed {said}"
    elif said == NOTHING and state != base.before:
        yield f"says that nothing was changed, but something was: {result['msg']}\n{difference(base.before, state)}"
    elif said == ALL and state != base.after:
        yield f"says that all was done, but it wasn't: {result['msg']}\n{difference(base.after, state)}"
    elif said == PART and state == base.before:
        yield f"says that a part was done, but nothing was: {result['msg']}"
    if said in (PART, ALL) and not result["changed"]:
        yield "has done something, but says that nothing has changed"


def _wrong_success(base: Baseline, variant: Variant, result: Json, state: str) -> Iterator[str]:
    if variant.kind == "move_rows":
        yield from _lost(base, variant, result)
        return
    if state != base.after:
        yield f"succeeds, but the system isn't as it should be\n{difference(base.after, state)}"
    ignored = {"warnings"}
    for name in (base.result.keys() | result.keys()) - ignored:
        one, other = (VOLATILE.sub("*", repr(found.get(name))) for found in (base.result, result))
        if one != other and not (variant.kind in PAGING and result.get("warnings")):
            yield f"gives another {name}: {other[:600]} instead of {one[:600]}"


def _lost(base: Baseline, variant: Variant, result: Json) -> Iterator[str]:
    """Rows may move, one be gone or be new; no other may be missing, and none be there twice."""
    (name, *dummy) = (name for name, value in base.result.items() if isinstance(value, list))
    key = base.call.key
    was, found = ([row[key] for row in one[name]] for one in (base.result, result))
    if len(found) - len(set(found)) > len(was) - len(set(was)):  # old servers show rows without an ID
        yield "has a row twice"
    # Some of the lab's rows get another ID each time that it begins anew: of those there have to be as many.
    lost = max(len(was) - len(found), sum(1 for one in set(was) - set(found) if not VOLATILE.fullmatch(str(one))))
    if lost > (variant.fault["how"] == "delete"):
        yield f"has lost {lost} rows"


def _wrong_again(ground: Ground, base: Baseline, options: Options, result: Json) -> Iterator[str]:
    """The next run has to bring about what this one didn't, or to change nothing."""
    if base.call.kind == "action":  # what can be done any number of times
        return
    ground.forget_refusals()
    if result.get("failed"):
        ground.recreate_lost()
        ground.reload_as_told(result)
    again = ground.run(base.call.module, options)
    if again.get("failed"):
        yield f"can't be run again: {again['msg']} (after: {result.get('msg', 'success')})"
        return
    state = settled(ground, base.call.system, {base.after})
    if state != base.after:
        yield f"run again, it doesn't repair what was left\n{difference(base.after, state)}"
    if not result.get("failed") and again["changed"]:
        yield f"was done, but run again it changes something: {again['diff']}"


def difference(one: str, other: str) -> str:
    """A few lines that tell two states apart."""
    old, new = one.splitlines(), other.splitlines()
    gone = [f"- {line}" for line in old if line not in new][:8]
    come = [f"+ {line}" for line in new if line not in old][:8]
    return "\n".join((*gone, *come)) or "the same lines, some of them more or less often"
