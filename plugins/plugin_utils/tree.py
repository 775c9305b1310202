# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree: each running Cloud PBX is asked for its onsite proxies, a bounded number of them at once."""

from __future__ import annotations

import fnmatch
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ansible_collections.telephony.pbx.plugins.module_utils._core.errors import BadInput, PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._core.options import Connection, resolve
from ansible_collections.telephony.pbx.plugins.module_utils._core.resource import Object
from ansible_collections.telephony.pbx.plugins.module_utils._systems.yeastar import ONSITE_PROXY, YEASTAR
from ansible_collections.telephony.pbx.plugins.plugin_utils.entries import RUNNING, pbx_url

Credentials = t.List[t.Dict[str, str]]
Read = t.Callable[[Connection, t.Any, t.Dict[str, t.Any]], t.List[Object]]
Say = t.Callable[[str], None]


class ProxyTree:
    """Asks Cloud PBXs for their proxies. One that can't be asked costs a message, not the run.

    ``credentials``: C({match, client_id, client_secret}); C(match) is a pattern for serial number or name, the first that
    fits counts. ``options``: connection options that all PBXs share, without address and account.
    """

    def __init__(self, read: Read, credentials: Credentials, options: t.Mapping[str, t.Any], say: Say) -> None:
        self._read = read
        self._credentials = credentials
        self._options = options
        self._say = say

    def fetch(self, pbxs: list[Object], concurrency: int) -> tuple[dict[str, list[Object]], dict[str, str]]:
        """Proxies by the PBX's ID, and by the same ID why a PBX could not be asked. IDs are text, as JSON has them."""
        running = [pbx for pbx in pbxs if pbx["status"] == RUNNING and pbx["url"]]
        proxies: dict[str, list[Object]] = {}
        failed: dict[str, str] = {}
        step = max(1, len(running) // 10)
        with ThreadPoolExecutor(max_workers=concurrency) as pool:
            for count, (pbx, answer) in enumerate(zip(running, pool.map(self._ask, running)), start=1):
                if isinstance(answer, str):
                    failed[str(pbx["id"])] = answer
                else:
                    proxies[str(pbx["id"])] = answer
                if count % step == 0:
                    self._say(f"{count} of {len(running)} running Cloud PBXs asked for their onsite proxies")
        return proxies, failed

    def _ask(self, pbx: Object) -> list[Object] | str:
        try:
            return self._read(self._connection(pbx), ONSITE_PROXY, {})
        except PbxError as error:
            return str(error)

    def _connection(self, pbx: Object) -> Connection:
        """Pages of one PBX come one by one: it is the PBXs that are asked side by side."""
        login = self._login(pbx)
        given = {**self._options, "api_url": pbx_url(pbx), **login}
        return replace(resolve(YEASTAR, given), concurrency=1)

    def _login(self, pbx: Object) -> dict[str, str]:
        for entry in self._credentials:
            pattern = entry.get("match") or "*"
            if any(fnmatch.fnmatchcase(str(pbx[name] or ""), pattern) for name in ("sn", "name")):
                return {"api_client_id": entry["client_id"], "api_client_secret": entry["client_secret"]}
        raise BadInput(
            f"no API client for the Cloud PBX {pbx['name']}",
            hint="Set pbx_client_id and pbx_client_secret, or an entry of pbx_credentials that matches it",
        )
