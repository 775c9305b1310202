# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One way to read and one way to change. This is what every module, lookup and inventory calls."""

from __future__ import annotations

import typing as t

try:
    import jmespath
    from jmespath.exceptions import JMESPathError
except ImportError:
    HAS_JMESPATH = False
else:
    HAS_JMESPATH = True

from ansible_collections.telephony.pbx.plugins.module_utils._core.client import Client
from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import (
    AmbiguousWrite,
    BadInput,
    ConnectionFailed,
    NotApplied,
    NotFound,
    PbxError,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._core.masking import mask, mask_raw
from ansible_collections.telephony.pbx.plugins.module_utils._core.patience import patiently, poll
from ansible_collections.telephony.pbx.plugins.module_utils._core.plan import DELETE, KEEP, Plan
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import MASKED, Object, Resource, Warn, normalize
from ansible_collections.telephony.pbx.plugins.module_utils._core.state import Params, State

Result = t.Dict[str, t.Any]
DONE = {"create": "created", "update": "changed", "delete": "removed"}
UNCLEAR = (ConnectionFailed, ServerFailed, ProtocolFailed, NotFound)  # the write may have happened all the same


def run_info(resource: Resource, client: Client, params: Params, warn: Warn) -> Result:
    """List a resource, or find one of it.

    ``params``: the key or one of ``also_by`` (C(None) = not given), the resource's filters, C(include_secrets), C(raw),
    C(query). Returns C({plural: [...], "count": n}), plus C(query_result) and C(raw) where asked for.
    """
    query = compiled(params.get("query"))
    rows = find_rows(resource, client, params, warn)
    found = [normalize(resource, row, warn) for row in rows]
    if not params.get("include_secrets"):
        found = [mask(resource.fields, item) for item in found]
        rows = [mask_raw(resource, row) for row in rows]
    result: Result = {"changed": False, resource.plural: found, "count": len(found)}
    if params.get("raw"):
        result["raw"] = rows
    if query is not None:
        result["query_result"] = search(query, found)
    return result


def find_rows(resource: Resource, client: Client, params: Params, warn: Warn) -> list[Object]:
    """The objects that are asked for, as sent. Not found is an empty list."""
    given = {name: params[name] for name in resource.keys if params.get(name) is not None}
    if len(given) > 1:
        raise BadInput(f"only one of {' and '.join(given)} can be given")
    places = resource.places(params)
    rows, failures = [], []
    for place in places:
        try:
            rows += [{**row, **dict(place.place)} for row in _rows_at(place, client, params, given, warn)]
        except Unsupported as error:
            failures.append(error)
    if len(failures) == len(places):
        raise failures[0]
    for failure in failures:
        warn(str(failure))
    return rows


def _rows_at(resource: Resource, client: Client, params: Params, given: Object, warn: Warn) -> list[Object]:
    if resource.detail_key in given:
        row = client.row(resource, given[resource.detail_key])
        return [] if row is None else [row]
    filters = {field.api or field.name: params.get(field.name) for field in resource.filters}
    listing = client.rows(resource, {name: value for name, value in filters.items() if value is not None})
    for warning in listing.warnings:
        warn(f"{client.connection.title}, {resource.plural}: {warning}")
    if not given:
        return listing.rows
    name, wanted = next(iter(given.items()))
    return [row for row in listing.rows if normalize(resource, row, _silent)[name] == wanted]


def _silent(text: str) -> None:
    """For rows that are only compared: what is wrong with them is told when they are returned."""


def compiled(expression: str | None) -> t.Any:
    """A JMESPath expression, checked before the first request. None stays None."""
    if not expression:
        return None
    if not HAS_JMESPATH:
        raise BadInput("query needs the Python library jmespath", hint="Install it where the task runs: pip install jmespath")
    try:
        return jmespath.compile(expression)
    except JMESPathError as error:
        raise BadInput(f"query is no valid JMESPath expression: {str(error).splitlines()[0]}") from None


def search(query: t.Any, data: t.Any) -> t.Any:
    """Apply a compiled expression."""
    try:
        return query.search(data)
    except JMESPathError as error:
        raise BadInput(f"query can't be applied to the result: {str(error).splitlines()[0]}") from None


def run_state(state: State, client: Client, params: Params, check: bool, warn: Warn) -> Result:
    """Bring an object into the state that is asked for. With ``check`` nothing is written, and the same is returned.

    Returns C({"changed", "diff", "action", <noun>: the object or None}), secrets masked.
    """
    _refuse_masks(state, params)
    state.check_input(params)
    current = state.find(client, params, warn)
    todo = state.plan(client, params, current)
    if todo.action == KEEP and state.reloads(params):
        todo = Plan(todo.fields, KEEP, todo.before, todo.after, gap=state.gap(client, params, todo.after))
    state.warn_before(client, todo, warn)
    after = todo.after
    if todo.changed and not check:
        after = _apply(state, client, params, todo, warn)
    shown = None if after is None else mask(state.resource.fields, after)
    diff: Result = {**todo.diff()}
    label = state.label(params)
    if label != state.resource.title:
        diff.update(before_header=label, after_header=label)
    result: Result = {"changed": todo.changed, "diff": diff, "action": todo.action, state.noun: shown}
    if state.has_runtime:
        result["running"] = state.running(params)
    return result


def _refuse_masks(state: State, params: Params) -> None:
    """What a masked result shows in the place of a secret would be written as it is. Raises BadInput."""
    for option in state.options:
        if option.secret and params.get(option.name) == MASKED:
            raise BadInput(
                f"{option.name} is {MASKED}, which stands for a secret that isn't shown",
                hint=f"Read it with include_secrets: true, or leave {option.name} out to keep what is there",
            )


def _apply(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> Object | None:
    found = todo.after
    if todo.action != KEEP:
        try:
            state.write(client, params, todo)
        except UNCLEAR as error:
            _settle(state, client, params, todo, error, warn)
        found = _wait_for(state, client, params, todo, warn)
        state.warn_after(todo, found, warn)
    if state.reloads(params):
        _bring_into_force(state, client, params, found, todo)
    return found


def _settle(state: State, client: Client, params: Params, todo: Plan, error: PbxError, warn: Warn) -> None:
    """A write failed in a way that says nothing about its effect: look, and report what is there."""
    if isinstance(error, ConnectionFailed) and not error.sent:
        raise error
    try:
        shown = patiently(lambda: state.find(client, params, warn), state.waits(params))
    except PbxError as second:
        raise AmbiguousWrite(
            f"{error}; and it can't be read whether it was {DONE[todo.action]}: {second}",
            hint=state.explain(client, todo, error) or "Look at the system, then run the task again",
        ) from None
    missing = todo.missing_from(shown)
    if not missing:
        warn(f"the call failed, but the {state.resource.title} was {DONE[todo.action]} all the same: {error}")
        return
    error.message += "; " + _outcome(todo, missing, shown)
    error.hint = state.explain(client, todo, error) or error.hint
    raise error


def _outcome(todo: Plan, missing: list[str], shown: Object | None) -> str:
    """In words, what a write has done that stopped somewhere. ``missing``: fields that don't show what was written."""
    done = [name for name in todo.changes if name not in missing] if todo.action != DELETE and shown else []
    lacking = [name for name in missing if name not in todo.rewritten]
    if done and lacking:
        text = f"only a part was {DONE[todo.action]}: {', '.join(done)}, but not {', '.join(lacking)}"
    else:
        text = f"{', '.join(done) or 'nothing'} {'were' if len(done) > 1 else 'was'} {DONE[todo.action]}"
    lost = [name for name in missing if name in todo.rewritten]
    return text + (f", and what should have stayed is another now: {', '.join(lost)}" if lost else "")


def _wait_for(state: State, client: Client, params: Params, todo: Plan, warn: Warn) -> Object | None:
    """Read back until the change shows. Raises NotApplied that tells what shows instead."""
    found: Object | None = None

    def missing() -> list[str]:
        nonlocal found
        found = state.find(client, params, warn)
        return todo.missing_from(found)

    lacking = poll(missing, state.waits(params))
    if not lacking:
        return found
    what = f"The {state.label(params)}"
    if todo.action == DELETE:
        message = f"{what} is still there, although the server said that it was removed"
    elif found is None:
        message = f"{what} doesn't show up, although the server said that it was {DONE[todo.action]}"
    else:
        message = f"{what} still shows other values than were written: {', '.join(lacking)}"
    raise NotApplied(message, system=client.connection.title, hint=state.explain(client, todo, NotApplied(message)) or None)


def _bring_into_force(state: State, client: Client, params: Params, stored: Object | None, todo: Plan) -> None:
    if state.must_reload(todo):
        state.reload(client, params)
    gap = poll(lambda: state.gap(client, params, stored), state.waits(params))
    if gap:
        written = "removed" if stored is None else "stored"
        raise NotApplied(
            f"The {state.label(params)} is {written} and Asterisk was told to reload, but {gap}",
            system=client.connection.title,
            hint="Asterisk may have refused the settings: see its log",
        )
