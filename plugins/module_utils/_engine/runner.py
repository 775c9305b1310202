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

from .._http.errors import BadInput, Conflict, Unsupported, series
from .._http.redaction import MASKED
from .._model.masking import mask, mask_raw
from .._model.resource import Object, Resource, Warn, normalize
from .client import Client
from .executor import apply, overdue
from .plan import KEEP, Plan
from .state import Params, State

Result = t.Dict[str, t.Any]
MAX_PLANS = 3
LONGEST_TURN = 60.0  # seconds that a change may take besides waiting for its effect


def run_info(resource: Resource, client: Client, params: Params, warn: Warn) -> Result:
    """List a resource, or find one of it.

    ``params``: the key or one of ``alternate_keys`` (C(None) = not given), the resource's filters, C(include_secrets), C(raw),
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
        raise BadInput(f"only one of {series(list(given))} can be given")
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
    if check:
        todo = _planned(state, client, params, check, warn)
        after = todo.after
    else:
        todo, after = _brought_about(state, client, params, warn)
    shown = None if after is None else mask(state.resource.fields, after)
    diff: Result = {**todo.diff()}
    label = state.label(params)
    if label != state.resource.title:
        diff.update(before_header=label, after_header=label)
    result: Result = {"changed": todo.changed, "diff": diff, "action": todo.action, state.noun: shown}
    if state.has_runtime:
        result["running"] = state.running(params)
    return result


def _brought_about(state: State, client: Client, params: Params, warn: Warn) -> tuple[Plan, Object | None]:
    """What was planned and done, and the object as it is then."""
    what = f"the {state.label(params)}"
    patience = state.waits(params) + LONGEST_TURN
    with client.object_lock(what, patience) as mine:
        if not mine:
            raise Conflict(
                f"another task on this machine has been changing {what} for {patience:.0f} seconds",
                system=client.connection.title,
                hint="Nothing was written. Run the task again when that one has ended",
            )
        todo = _planned(state, client, params, False, warn)
        return todo, apply(state, client, params, todo, warn) if todo.changed else todo.after


def _planned(state: State, client: Client, params: Params, check: bool, warn: Warn) -> Plan:
    """What to do about the object as it is at the last moment before the first write.

    A plan may need more readings than the object's own. Who changes the object meanwhile must not lose that to a server
    that takes whole objects, so it is looked at once more, and planned anew if it has changed.
    """
    current = state.find(client, params, warn)
    for __ in range(MAX_PLANS):
        read = client.http.counters.requests
        told: list[str] = []
        todo = state.plan(client, params, current)
        if todo.action == KEEP and state.reloads(params):
            runtime_difference = state.runtime_difference(client, params, todo.after) or overdue(state, client, params)
            todo = Plan(todo.fields, KEEP, todo.before, todo.after, runtime_difference=runtime_difference)
        state.warn_before(client, todo, told.append)
        now = current
        if todo.action != KEEP and not check and client.http.counters.requests > read:
            now = state.find(client, params, told.append)
        if _settable(state, now) == _settable(state, current):
            for text in told:
                warn(text)
            return todo
        current = now
    raise Conflict(
        f"somebody else keeps changing the {state.label(params)}",
        system=client.connection.title,
        hint="Nothing was written. Run the task again when that has ended",
    )


def _settable(state: State, found: Object | None) -> Object | None:
    """What a write may replace; what else a server tells of an object may change all the time."""
    names = {field.name for field in state.resource.fields if field.write}
    return found and {name: value for name, value in found.items() if name in names}


def _refuse_masks(state: State, params: Params) -> None:
    """What a masked result shows in the place of a secret would be written as it is. Raises BadInput."""
    for option in state.options:
        if option.secret and params.get(option.name) == MASKED:
            raise BadInput(
                f"{option.name} is {MASKED}, which stands for a secret that isn't shown",
                hint=f"Read it with include_secrets: true, or leave {option.name} out to keep what is there",
            )
