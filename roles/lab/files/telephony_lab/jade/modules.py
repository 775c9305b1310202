# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asterisk's modules: what is loaded, and what Jade believes to be loaded."""

from __future__ import annotations

from telephony_lab.jade.envelope import timestamp
from telephony_lab.jade.rows import VIEWS, Table
from telephony_lab.jade.runtime import Runtime

# No DAHDI hardware, so it never loads; the others are in use, so they never unload.
REFUSES_LOAD = {"chan_dahdi"}
REFUSES_UNLOAD = {"chan_pjsip", "res_pjsip"}


class Modules:
    """Loads, reloads and unloads; like AMI it never tells whether that worked."""

    def __init__(self, table: Table, runtime: Runtime, suffix: str) -> None:
        """Keep apart what is really loaded and what the table shows."""
        self._table = table
        self._runtime = runtime
        self._suffix = suffix
        self._loaded = {self._bare(row["name"]): row["load"] != "not loaded" for row in table}

    def load(self, name: str) -> None:
        """Load a module, which then reads its files."""
        bare = self._bare(name)
        if self._loaded.get(bare) is False and bare not in REFUSES_LOAD:
            self._loaded[bare] = True
            self._runtime.reload(bare)
        self._show(name, "not loaded")

    def reload(self, name: str) -> None:
        """Reload a module if it is loaded."""
        if self._loaded.get(self._bare(name)):
            self._runtime.reload(self._bare(name))
        self._show(name, None)

    def unload(self, name: str) -> None:
        """Unload a module unless it is in use."""
        bare = self._bare(name)
        if bare not in self._loaded:
            return
        if bare not in REFUSES_UNLOAD:
            self._loaded[bare] = False
        self._show(name, "unload")

    def _show(self, name: str, when_not_loaded: str | None) -> None:
        """Update the table, which Jade does only for the exact name it lists."""
        row = self._table.find(name=name)
        if row is None:
            return
        loaded = self._loaded[self._bare(name)]
        state = "loaded" if loaded else when_not_loaded or row["load"]
        row.update(load=state, tm_update=timestamp())
        row.pop(VIEWS, None)

    def _bare(self, name: str) -> str:
        return name[:-len(".so")] if name.endswith(".so") else name
