# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serve a lab until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from pathlib import Path
from typing import Any

import uvicorn

from telephony_lab import process, tls
from telephony_lab.control import ControlledLab
from telephony_lab.lab import Lab
from telephony_lab.options import Options
from telephony_lab.transport import LabProtocol


def run(options: Options) -> int:
    """Serve in the foreground; SIGTERM and SIGINT end it."""
    options.dir = options.dir.absolute()
    process.claim(options.dir)
    ca, certificate, key = tls.write_certificates(options.dir)
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # With the protocol left at 0, asyncio doesn't switch Nagle's algorithm off: 40 ms a reply.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.host, options.port))
    listener.listen(1024)
    port = listener.getsockname()[1]
    lab = Lab(options, port)
    config = uvicorn.Config(
        ControlledLab(lab), http=LabProtocol, ws="none", lifespan="off", access_log=False, log_level="warning",
        ssl_certfile=certificate, ssl_keyfile=key, timeout_graceful_shutdown=1, timeout_keep_alive=30,
        server_header=False,
    )
    asyncio.run(_serve(uvicorn.Server(config), listener, options.dir, describe(lab, port, ca)))
    (options.dir / process.READY).unlink(missing_ok=True)
    return 0


async def _serve(server: uvicorn.Server, listener: socket.socket, directory: Path, ready: dict[str, Any]) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    if server.started:
        write_atomically(directory / process.READY, json.dumps(ready, indent=2) + "\n")
    await serving


def describe(lab: Lab, port: int, ca: Path) -> dict[str, Any]:
    """The contents of ready.json."""
    host = f"[{lab.options.host}]" if ":" in lab.options.host else lab.options.host
    url = f"https://{host}:{port}"
    jade = {
        name: {"url": f"{url}/jade/{name}", "profile": profile, "username": "admin",
               "password": lab.options.jade_password}
        for name, profile in lab.options.jade.items()
    }
    return {
        "pid": os.getpid(), "port": port, "url": url, "ca": str(ca), "jade": jade,
        "ycm": {"url": f"{url}/ycm", **lab.ycm.credentials},
        "yeastar": {"pbx": {"url": f"{url}/yeastar/pbx", **lab.yeastar.credentials}},
        "telecomx": {"url": f"{url}/telecomx", **lab.telecomx.credentials},
        "aicc": {"url": f"{url}/aicc", **lab.aicc.credentials},
        # What only tests need; nothing of it becomes an environment variable.
        "tests": {"telecomx": lab.telecomx.for_tests, "aicc": {"auth_url": f"{url}/aicc-auth"}},
    }


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
    os.replace(temporary, path)
