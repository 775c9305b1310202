# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module is: its options, and what one task of it does."""

from __future__ import annotations

import abc
import typing as t

from .._model.resource import Field, Resource, Warn
from .client import Client

Params = t.Mapping[str, t.Any]
Result = t.Dict[str, t.Any]


class Module(abc.ABC):
    """A module of the collection.

    * ``name``: without the collection's name. ``systems``: what it can talk to, by name; an option C(system) chooses among
      several.
    * ``resource``: the object that it is for; None for raw calls.
    * ``exclusive``: groups of options of which only one can be given.
    * ``opaque``: options of whose content nothing is known but the names in it.
    """

    name: str
    systems: tuple[str, ...]
    resource: Resource | None = None
    exclusive: tuple[tuple[str, ...], ...] = ()
    opaque: tuple[str, ...] = ()

    @property
    @abc.abstractmethod
    def options(self) -> tuple[Field, ...]:
        """All options but those of the connection, in the order in which the documentation shows them."""

    @abc.abstractmethod
    def run(self, client: Client, params: Params, check: bool, warn: Warn) -> Result:
        """Do what a task asks for; with ``check`` nothing is written. Raises PbxError."""

    def system(self, params: Params) -> str:
        """The system that a task is for."""
        return self.systems[0] if len(self.systems) == 1 else str(params["system"])
