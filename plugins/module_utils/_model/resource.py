# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one description of each object: its fields, where it is found, and what people have to know of it.

Everything that people see of an object is derived from here: options, documentation, results, the endpoint table.
"""

from __future__ import annotations

import functools
import itertools
import re
import typing as t
from dataclasses import dataclass, replace
from urllib.parse import quote

from .._http.errors import BadInput
from .._http.redaction import MASKED
from . import converters

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
Warn = t.Callable[[str], None]
Object = t.Dict[str, t.Any]


def silent(text: str) -> None:
    """Discards a warning: for reading again what has been read, and where nobody listens."""


@dataclass(frozen=True)
class SecretsInside:
    """Secrets within a longer text, such as a whole configuration file. ``pattern``: its group C(secret) is to be masked."""

    pattern: t.Pattern[str]

    def masked(self, text: t.Any) -> str:
        """The text with each secret masked."""
        pieces, end = [], 0
        for match in self.pattern.finditer(str(text)):
            pieces += [str(text)[end : match.start("secret")], MASKED]
            end = match.end("secret")
        return "".join(pieces) + str(text)[end:]

    def found(self, text: str) -> list[str]:
        """The secrets, in order."""
        return [match.group("secret") for match in self.pattern.finditer(text)]


@dataclass(frozen=True)
class Field:
    """One field of an object, or one option of a module.

    * ``name``: in options and results. ``api``: on the wire, if it differs; C(a.b) is b inside a, C(a.*) all of a that no
      other field takes. ``old``: names that older servers use.
    * ``type``, ``elements``, ``choices``, ``default``: as in an Ansible argument spec. ``fields``: what is inside a dict.
    * ``description``, ``sample``: for the documentation. ``secret``: masked wherever it isn't asked for.
    * ``convert``: from the wire to ``type``, where the type alone doesn't tell.
    * ``write``: people may set it. ``required``: always has to be given.
    * ``assigned``: the server decides it, so a check run can't foretell it. ``unordered``: a list that is really a set.
    * ``given_as``: type of the option, where people may write it in more ways than the result has.
    * ``secrets_inside``: parts of its text that are masked like a secret.
    """

    name: str
    description: tuple[str, ...] | str
    type: str = "str"
    sample: t.Any = None
    api: str = ""
    old: tuple[str, ...] = ()
    elements: str | None = None
    choices: tuple[str, ...] = ()
    default: t.Any = None
    fields: tuple[Field, ...] = ()
    secret: bool = False
    convert: converters.Converter | None = None
    write: bool = False
    required: bool = False
    assigned: bool = False
    unordered: bool = False
    given_as: str = ""
    secrets_inside: SecretsInside | None = None

    @functools.cached_property
    def path(self) -> tuple[str, ...]:
        """Where the field is on the wire."""
        return tuple((self.api or self.name).split("."))

    @property
    def hides_something(self) -> bool:
        """Whether it is a secret or has one in it."""
        return self.secret or bool(self.secrets_inside) or any(inner.hides_something for inner in self.fields)

    @property
    def lines(self) -> tuple[str, ...]:
        """The description as paragraphs."""
        return (self.description,) if isinstance(self.description, str) else self.description


class Reader(t.Protocol):
    """How an object is read where the servers do it in a way of their own, or in several. ``client``: that of the system."""

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each call beyond those of the resource's own paths."""

    def rows(self, client: t.Any, resource: Resource, query: t.Mapping[str, t.Any]) -> t.Any:
        """As C(Client.rows)."""

    def row(self, client: t.Any, resource: Resource, key: t.Any) -> Object | None:
        """As C(Client.row)."""


@dataclass(frozen=True)
class Resource:
    """An object of a system.

    * ``noun``, ``plural``: names of the result (C(user), C(users)); C(<system>_<noun>_info) is the module.
    * ``title``: in sentences ("parking lot"). ``key``: the field that names one object.
    * ``list_path``; ``detail_path`` with C({name}) for a field, or "" where a list is all there is.
    * ``alternate_keys``: other unique fields by which people may look it up; matched on the list.
    * ``filters``: what the server itself can search and sort by (option -> query parameter by ``api``).
    * ``scope``: options that stand in the paths (C({subsystem})); an optional one with choices means all of them.
      ``place``: the values that are filled in.
    * ``reshape``: brings what the server sends into one shape, where it sends several, before the fields are looked for.
    * ``single``: there is just one, so that no key is asked for. ``reader``: how to read it, if not as all others.
    * ``found_by``: the field by which the reader finds one object, where it stands in no path.
    * ``verb``: method by which it is read. ``more_calls``: others by which it is read too, method and path.
    * ``since``: version of the collection that brought it.
    """

    system: str
    noun: str
    plural: str
    title: str
    description: tuple[str, ...]
    fields: tuple[Field, ...]
    list_path: str
    detail_path: str = ""
    key: str = "name"
    alternate_keys: tuple[str, ...] = ()
    filters: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()
    scope: tuple[Field, ...] = ()
    place: tuple[tuple[str, str], ...] = ()
    reshape: t.Callable[[t.Mapping[str, t.Any]], t.Mapping[str, t.Any]] | None = None
    single: bool = False
    reader: Reader | None = None
    found_by: str = ""
    verb: str = "GET"
    more_calls: tuple[tuple[str, str], ...] = ()
    since: str = "0.1.0"

    @property
    def info_module(self) -> str:
        """Name of the module that lists it."""
        return f"{self.system}_{self.noun}_info"

    @property
    def detail_key(self) -> str:
        """The field that the detail path wants; not always the one that people know the object by."""
        scope = {option.name for option in self.scope}
        return next((name for name in _PLACEHOLDER.findall(self.detail_path) if name not in scope), self.found_by)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields by which one object can be asked for; the first is the one that people know it by."""
        return () if self.single else (self.key, *self.alternate_keys)

    def within(self, values: t.Mapping[str, t.Any]) -> Resource:
        """The same resource with the options of its scope filled into its paths."""
        if not self.scope:
            return self
        place = tuple((option.name, str(values[option.name])) for option in self.scope)
        known = dict(place)

        def filled(path: str) -> str:
            return _PLACEHOLDER.sub(lambda m: segment(known[m[1]]) if m[1] in known else m[0], path)

        return replace(self, list_path=filled(self.list_path), detail_path=filled(self.detail_path), place=place)

    def places(self, values: t.Mapping[str, t.Any]) -> list[Resource]:
        """The resource in each place that ``values`` leave open; itself where it has no scope."""
        if not self.scope:
            return [self]
        wanted = {option.name: values.get(option.name) or option.default for option in self.scope}
        if all(wanted.values()):
            return [self.within(wanted)]
        return [one for one in self.everywhere if all(wanted[name] in (None, value) for name, value in one.place)]

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each call that reads it."""
        own = tuple((self.verb, path) for one in self.everywhere for path in (one.list_path, one.detail_path) if path)
        return (*own, *self.more_calls, *(self.reader.calls if self.reader else ()))

    @property
    def everywhere(self) -> list[Resource]:
        """The resource in each place that its scope has choices for."""
        names = [option.name for option in self.scope]
        chosen = itertools.product(*(option.choices for option in self.scope))
        return [self.within(dict(zip(names, one))) for one in chosen] or [self]

    def field(self, name: str) -> Field:
        """A field by its name. Raises KeyError."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the fields that hold secrets."""
        return tuple(candidate.name for candidate in self.fields if candidate.secret)

    @property
    def has_secrets(self) -> bool:
        """Whether anything in it is a secret, at any depth."""
        return any(candidate.hides_something for candidate in self.fields)


def segment(name: t.Any) -> str:
    """A name as one part of a path: everything in it is percent-encoded, C(/) too. Raises BadInput.

    Proxies and servers take C(..) for a way up, however it is encoded, and nothing at all for the list.
    """
    if name is None or str(name) in ("", ".", ".."):
        raise BadInput(f"{name!r} can't be the name of an object")
    return quote(str(name), safe="")
