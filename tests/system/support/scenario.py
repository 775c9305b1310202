# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios: playbooks of one module, each run in check mode, for real, again, and in check mode again.

A step is a file ``tests/scenarios/<module>/<number>_<name>.yml``. Comments at its head say what is special about it:

* ``# profiles: documented`` limits it to one of Jade's profiles;
* ``# setup: {...}`` is posted to the lab's settings first, for the Jade PBX of the profile if it has no system of its own;
* ``# warns: text`` declares a warning, which then has to appear; any other fails;
* ``# always changes`` is for what can't be idempotent;
* ``# varies: names`` are parts of the results of an info module that show what other scenarios change meanwhile.

A declaration goes on in lines that begin with ``#`` and three blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from tests.system.support.lab import PROFILES, SINGLE, Lab
from tests.system.support.runner import Ansible, Record, Run
from tests.system.support.secrets import exposed
from tests.system.support.steps import RUNS, SCENARIOS, Part, Step, batches, steps_of

SHOWN = 3000  # characters of an output that went wrong
# For real it is as talkative as people make it when they look for a fault.
MODES = {True: ("--check", "--diff"), False: ("--diff", "-vvvv")}


def profiles_of(module: str) -> tuple[str, ...]:
    """Modules of other systems see nothing of Jade's profiles."""
    return PROFILES if module.startswith(("jade_", "api")) else PROFILES[:1]


def only_reads(module: str) -> bool:
    """Whether it is an info module."""
    return isinstance(MODULES.get(module), InfoModule)


@dataclass
class Scenarios:
    """The scenarios of some modules, played side by side on one PBX. They must not meet: each has names of its own."""

    modules: list[str]
    profile: str
    lab: Lab
    ansible: Ansible
    runs: dict[Part, Run] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)

    def play(self) -> dict[str, list[str]]:
        """What isn't as it should be, by module. A module is given up at its first failure; the others go on."""
        steps = {module: steps_of(module, self.profile) for module in self.modules}
        self.problems = {module: [] if found else ["there is no step for it"] for module, found in steps.items()}
        secrets = self.lab.secrets.union(*(step.passwords for found in steps.values() for step in found))
        for batch in batches(steps):
            for part in batch:
                if part.name == "check":
                    part.step.set_up(self.lab, self.profile)
            while batch := [part for part in batch if not self.problems[part.step.module]]:
                batch = self._play(batch, secrets)
        for module, found in steps.items():
            if not self.problems[module]:
                self.problems[module] += self._over_all(module, found)
        return self.problems

    def _play(self, batch: list[Part], secrets: set[str]) -> list[Part]:
        """Run one process. Returns what it didn't get to: Ansible stops behind a playbook that fails."""
        files = [str(part.step.file) for part in batch]
        whole = self.ansible.playbook(*MODES[batch[0].is_check], *files, merged=True)
        done = len(whole.starts)
        if not done:
            self.problems[batch[0].step.module].append(f"{batch[0].title}: doesn't start\n{whole.output[-SHOWN:]}")
            return batch[1:]
        outputs = _by_playbook(whole.stdout, [part.step for part in batch[:done]])
        secrets = secrets.union(self.lab.tokens()["issued"])
        for number, part in enumerate(batch[:done]):
            records = tuple(record for record in whole.records if record.playbook == number)
            code = whole.code if number == done - 1 else 0
            self.runs[part] = run = Run(whole.command, code, outputs[number], "", records)
            wrong = [*_unexpected(run, part), *exposed(run, secrets)]
            wrong += self._wrong_with(part, self._written(*[*whole.starts, whole.end][number : number + 2]))
            self.problems[part.step.module] += [f"{part.title}: {problem}" for problem in wrong]
        return batch[done:]

    def _wrong_with(self, part: Part, written: list[str]) -> Iterator[str]:
        run, module = self.runs[part], part.step.module
        if not any(record.status != "skipped" for record in run.records if record.module == module):
            yield f"{module} isn't used"
        if written and not part.may_write:
            yield f"sends {', '.join(written)}"
        if part.is_second:
            for record in run.records:
                if record.changed:
                    yield f"task {record.task!r} still changes something: {record.result}"

    def _written(self, start: float, end: float) -> list[str]:
        """Requests that are more than questions, and no logins, from the start of a playbook to that of the next or its end."""
        # Modules of other systems are played together with the first profile.
        names = {self.profile, *((*self.lab.ready["yeastar"], *SINGLE) if self.profile == PROFILES[0] else ())}
        entries = [entry for entry in self.lab.log() if entry["name"] in names and start <= entry["time"] < end]
        last, written = {}, []
        for entry in entries:
            if not self.lab.only_asks(entry) and not _takes_back(entry, last):
                written.append(f"{entry['method']} {entry['path']}")
            last = entry
        return written

    def _over_all(self, module: str, steps: list[Step]) -> Iterator[str]:
        for step in steps:
            runs = {name: self.runs[Part(step, name)] for name in RUNS}
            where = step.file.relative_to(SCENARIOS)
            for text in step.warns:
                if not any(text in warning for run in runs.values() for warning in run.warnings):
                    yield f"{where}: the warning {text!r} doesn't come"
            for problem in (*foretold(runs["check"], runs["real"]), *steady(module, runs, step.varies)):
                yield f"{where}: {problem}"
        played = [run for part, run in self.runs.items() if part.step.module == module]
        if not only_reads(module) and not any(record.changed for run in played for record in run.records):
            yield "no step changes anything"


def _takes_back(entry: dict[str, Any], last: dict[str, Any]) -> bool:
    """Whether a request only takes back the login before it, which was a question then: whether a password is right."""
    return bool(entry["method"] == "DELETE" and last.get("login") and entry["path"] == last["path"])


def _by_playbook(output: str, steps: list[Step]) -> list[str]:
    """What each playbook has printed. The last one has what comes of a play that could not begin."""
    plays = re.split(r"^(?=PLAY \[)", output, flags=re.MULTILINE)
    found, at = [], 0
    for number, step in enumerate(steps):
        to = at + step.plays + (number == 0)
        found.append("".join(plays[at:to] if number < len(steps) - 1 else plays[at:]))
        at = to
    return found


def _unexpected(run: Run, part: Part) -> Iterator[str]:
    """A failure, warnings that the step doesn't declare, tracebacks."""
    if run.code:
        yield f"ends with {run.code}\n{run.output[-SHOWN:]}"
    for warning in run.warnings:
        if not any(text in warning for text in part.step.warns):
            yield f"warns: {warning}"
    if "Traceback" in run.output:
        yield f"shows a traceback\n{run.output[-SHOWN:]}"


def foretold(check: Run, real: Run) -> Iterator[str]:
    """Where the real run gives something else than the check run said. Compared are tasks that ran in both."""
    runs = [sorted(_calls(run), key=lambda record: record.host) for run in (check, real)]  # hosts come as they are done
    if [record.task for record in runs[0]] != [record.task for record in runs[1]]:
        yield "check run and real run have different tasks"
    for one, other in zip(*runs):
        if one.status == other.status == "ok" and "action" in one.result:
            for name, (said, done) in differences(one.result, other.result, without_assigned(one.module)).items():
                yield f"task {one.task!r}: the check run says {name} {said!r}, the real run {done!r}"


def _calls(run: Run) -> Iterator[Record]:
    return (record for record in run.records if record.module and not record.is_loop)


def differences(one: dict[str, Any], other: dict[str, Any], ignored: set[str]) -> dict[str, tuple[Any, Any]]:
    """Parts of two results that differ, but for the fields that the server decides and what was asked."""
    names = (one.keys() | other.keys()) - {"invocation", "warnings"}
    pairs = {name: (_without(one.get(name), ignored), _without(other.get(name), ignored)) for name in sorted(names)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def without_assigned(module: str) -> set[str]:
    """Names of the fields that the server decides."""
    resource = MODULES[module].resource
    return {field.name for field in resource.fields if field.assigned} if resource else set()


def _without(value: Any, ignored: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(item, ignored) for name, item in value.items() if name not in ignored}
    return [_without(item, ignored) for item in value] if isinstance(value, list) else value


def steady(module: str, runs: dict[str, Run], varies: set[str]) -> Iterator[str]:
    """Where an info module gives one thing in check mode and another one without, but for what others change meanwhile."""
    if not isinstance(MODULES.get(module), InfoModule):
        return
    results = {name: [record for record in run.records if record.module == module] for name, run in runs.items()}
    for name, records in results.items():
        for one, other in zip(results["real"], records):
            for part in differences(one.result, other.result, set()).keys() - varies:
                yield f"task {one.task!r}: {part} is another in the run {name!r}"
