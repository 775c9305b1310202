# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache of inventories: read before any call, one record for each set of options that shapes what is fetched."""

from __future__ import annotations

import hashlib
import json
import typing as t

from ansible.errors import AnsibleError
from ansible.plugins.inventory import Cacheable, get_cache_plugin

from ..module_utils._http.connection import Connection
from ..module_utils._http.version import VERSION

Data = t.Dict[str, t.Any]


class CachedData(Cacheable):  # type: ignore[misc]
    """Records are plain dicts, without secrets. What is read is used, never changed."""

    display: t.Any
    get_option: t.Callable[[str], t.Any]

    def cache_key(self, path: str, connection: Connection, shape: list[t.Any]) -> str:
        """The record's name. Other accounts, options, and versions of the collection, whose fields may differ, have another.

        A token stands for an account where there is no other name of one: two tenants may use the same file.
        """
        account = connection.principal
        if connection.token:
            account = hashlib.sha256(connection.token.encode()).hexdigest()
        text = json.dumps([VERSION, connection.url, account, connection.more, shape], sort_keys=True, default=str)
        return f"{self.get_cache_key(path)}_{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def cached(self, key: str) -> Data | None:
        """The record, if there is one that hasn't expired."""
        try:
            found = self._cache[key]
        except (KeyError, AnsibleError):  # the plugin has told what is wrong with a damaged one, and removed it
            return None
        return t.cast(Data, found) if isinstance(found, dict) else None

    def keep(self, key: str, data: Data) -> None:
        """Store a record at once: what is made of it may fail, and would cost the whole reading again."""
        self._cache[key] = data
        self.update_cache_if_changed()

    def cached_earlier(self, key: str) -> Data | None:
        """The same store, read as if nothing in it ever expired."""
        options = {"_timeout": 0}
        for name, option in (("_uri", "cache_connection"), ("_prefix", "cache_prefix")):
            if self.get_option(option) is not None:
                options[name] = self.get_option(option)
        try:
            found = get_cache_plugin(self.get_option("cache_plugin"), **options)[key]
        except (KeyError, AnsibleError):
            return None
        return t.cast(Data, found) if isinstance(found, dict) else None
