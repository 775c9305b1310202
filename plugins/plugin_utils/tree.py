# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree: each running Cloud PBX is asked for its onsite proxies, a bounded number of them at once."""

from __future__ import annotations

import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ..module_utils._http.connection import Connection
from ..module_utils._http.errors import PbxError
from ..module_utils._model.options import resolve
from ..module_utils._model.resource import Object
from ..module_utils._systems.yeastar.client import YEASTAR
from ..module_utils._systems.yeastar.onsite_proxy import ONSITE_PROXY
from .credentials import PbxCredentials
from .entries import RUNNING, pbx_url

STEPS = 10  # progress is told so many times
MAX_CAUSES = 5
MAX_NAMES = 3
ERROR_VARIABLE = "pbx_error"  # of the host of a PBX that could not be asked
Failure = t.Dict[str, str]
Read = t.Callable[[Connection, t.Any, t.Dict[str, t.Any]], t.List[Object]]
Say = t.Callable[[str], None]


class ProxyTree:
    """Asks Cloud PBXs for their proxies. One that can't be asked costs a message, not the run.

    ``options``: connection options that all PBXs share, without address and account.
    """

    def __init__(self, read: Read, credentials: PbxCredentials, options: t.Mapping[str, t.Any], say: Say) -> None:
        self._read = read
        self._credentials = credentials
        self._options = options
        self._say = say

    def fetch(self, pbxs: list[Object], concurrency: int) -> tuple[dict[str, list[Object]], dict[str, Failure]]:
        """Proxies by the PBX's ID, and by the same ID why a PBX could not be asked. IDs are text, as JSON has them."""
        running = [pbx for pbx in pbxs if pbx["status"] == RUNNING and pbx["url"]]
        proxies: dict[str, list[Object]] = {}
        failed: dict[str, Failure] = {}
        step = max(1, len(running) // STEPS)
        with ThreadPoolExecutor(max_workers=concurrency) as pool:
            for count, (pbx, answer) in enumerate(zip(running, pool.map(self._ask, running)), start=1):
                if isinstance(answer, PbxError):
                    failed[str(pbx["id"])] = {"cause": _cause(answer), "text": str(answer)}
                    self._say(f"no onsite proxies of {pbx['name']}: {answer}")
                else:
                    proxies[str(pbx["id"])] = answer
                if count % step == 0 or count == len(running):
                    self._say(f"{count} of {len(running)} running Cloud PBXs asked for their onsite proxies")
        if self._credentials.unused:
            self._say(f"entries of pbx_credentials that no running Cloud PBX needs: {', '.join(self._credentials.unused)}")
        return proxies, failed

    def _ask(self, pbx: Object) -> list[Object] | PbxError:
        try:
            return self._read(self._connection(pbx), ONSITE_PROXY, {})
        except PbxError as error:
            return error.with_traceback(None)  # it would keep the whole answer

    def _connection(self, pbx: Object) -> Connection:
        """Pages of one PBX come one by one: it is the PBXs that are asked side by side."""
        given = {**self._options, "api_url": pbx_url(pbx), **self._credentials.login(pbx)}
        return replace(resolve(YEASTAR, given), concurrency=1)


def _cause(error: PbxError) -> str:
    """What went wrong without whose fault it was, so that the same is told once for all PBXs."""
    details = {name: getattr(error, name) for name in ("status", "code", "text", "hint")}
    return str(PbxError(error.message, **details))


def summary(failed: list[tuple[str, Failure]], group: str) -> t.Iterator[str]:
    """What to warn of PBXs (name, failure) that could not be asked: one line for each cause, however many have it."""
    causes: dict[str, list[tuple[str, Failure]]] = {}
    for name, failure in failed:
        causes.setdefault(failure["cause"], []).append((name, failure))
    often = sorted(causes.items(), key=lambda item: -len(item[1]))
    if len(often) > MAX_CAUSES:
        rest = [one for dummy, some in often[MAX_CAUSES - 1 :] for one in some]
        often = [*often[: MAX_CAUSES - 1], (f"each for another reason, told at -v and by {ERROR_VARIABLE}", rest)]
    for cause, some in often:
        if len(some) == 1:
            name, failure = some[0]
            yield f"no onsite proxies of {name}, see the group {group}: {failure['text']}"
            continue
        names = ", ".join(name for name, dummy in some[:MAX_NAMES])
        more = f" and {len(some) - MAX_NAMES} more" if len(some) > MAX_NAMES else ""
        yield f"no onsite proxies of {len(some)} running Cloud PBXs, see the group {group} ({names}{more}): {cause}"
