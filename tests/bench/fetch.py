# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read all Cloud PBXs once, with our client or with bare requests and threads, and tell how long it took, as JSON.

A process of its own for each reading, so that its memory can be told. The token comes from outside: no login is measured.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

PAGE_SIZE = 50  # the documented maximum, and what our client takes
TIMEOUT = 60  # seconds
Read = Callable[[], int]


def ours(concurrency: int) -> Read:
    """Our client, as modules, inventories and lookups use it."""
    from ansible_collections.telephony.pbx.plugins.module_utils._model.options import resolve
    from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import open_client
    from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm.client import YCM
    from ansible_collections.telephony.pbx.plugins.module_utils._systems.ycm.cloud_pbx import CLOUD_PBX

    def read() -> int:
        client = open_client(resolve(YCM, {"api_concurrency": concurrency}))
        rows = client.rows(CLOUD_PBX, {}).rows
        client.close()
        return len(rows)

    return read


def bare(concurrency: int, *, shared: bool, checked: bool = False) -> Read:
    """The loop that one would write: the first page tells how many there are, threads read the others.

    ``shared``: one session for all threads; otherwise each has its own. ``checked``: the same requests as our client sends, which
    reads the last page before those in between, and both ends again when all are there.
    """
    import requests
    from requests.adapters import HTTPAdapter

    def session() -> requests.Session:
        made = requests.Session()
        made.trust_env = False  # it would look for proxies and logins at each request
        made.verify = os.environ["YCM_CA_PATH"]
        made.headers["Authorization"] = "Bearer " + os.environ["YCM_TOKEN"]
        made.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=concurrency))
        return made

    own, common = threading.local(), session()
    url = os.environ["YCM_URL"] + "/dm/open_api/v2/cloud_pbx/instances"

    def page(number: int) -> tuple[list[object], int]:
        used = common
        if not shared:
            used = own.session = getattr(own, "session", None) or session()
        query = {"pageNumber": number, "pageSize": PAGE_SIZE, "sort": "cloudPbxId"}
        answer = used.get(url, params=query, timeout=TIMEOUT)
        answer.raise_for_status()
        data = answer.json()["data"]
        return data["list"], data["total"]

    def read() -> int:
        rows, total = page(1)
        last = -(-total // PAGE_SIZE)
        known = {last: page(last)} if checked else {}
        with ThreadPoolExecutor(max_workers=concurrency) as pool:
            for more, dummy in pool.map(lambda number: known.get(number) or page(number), range(2, last + 1)):
                rows += more
            if checked:
                list(pool.map(page, (1, last)))
        return len(rows)

    return read


WAYS: dict[str, Callable[[int], Read]] = {
    "ours": ours,
    "one session": lambda concurrency: bare(concurrency, shared=True),
    "session per thread": lambda concurrency: bare(concurrency, shared=False),
    "same requests": lambda concurrency: bare(concurrency, shared=True, checked=True),
}


def main() -> None:
    """Read once the way that the command line says: C(fetch.py WAY CONCURRENCY)."""
    read = WAYS[sys.argv[1]](int(sys.argv[2]))
    cpu, started = time.process_time(), time.perf_counter()
    rows = read()
    print(json.dumps({"rows": rows, "wall": time.perf_counter() - started, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main()
