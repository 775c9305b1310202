# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API under /_lab: log, faults, settings, state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from telephony_lab.lab import Lab

LOG_FILTERS = ("system", "name", "path", "method", "status", "login", "fault")


class BadSetting(ValueError):
    """A setting that the lab doesn't have, or a value that it can't take."""


async def _json_body(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError as exc:
        raise BadSetting(f"the body is not JSON: {exc}") from exc


async def _bad_request(request: Request, exc: Exception) -> JSONResponse:
    return JSONResponse({"error": str(exc)}, status_code=400)


class Control:
    """The handlers of the control API."""

    def __init__(self, lab: Lab) -> None:
        """Control one lab."""
        self.lab = lab

    async def ping(self, request: Request) -> JSONResponse:
        """Tell that the lab is up."""
        return JSONResponse({"message": "pong"})

    async def log(self, request: Request) -> JSONResponse:
        """Show or forget the requests so far."""
        if request.method == "DELETE":
            self.lab.log.clear()
            return JSONResponse({})
        wanted = {name: value for name, value in request.query_params.items() if name in LOG_FILTERS}
        return JSONResponse(self.lab.log.select(**wanted))

    async def reset(self, request: Request) -> JSONResponse:
        """Go back to the first state."""
        self.lab.reset()
        return JSONResponse({})

    async def faults(self, request: Request) -> JSONResponse:
        """Show, add or forget faults."""
        if request.method == "DELETE":
            self.lab.faults.clear()
        elif request.method == "POST":
            rule = self.lab.faults.add(await _json_body(request))
            return JSONResponse({"id": rule.id})
        return JSONResponse(self.lab.faults.list())

    async def set(self, request: Request) -> JSONResponse:
        """Change settings; those of a system are handed to it."""
        wanted = await _json_body(request)
        if not isinstance(wanted, dict):
            raise BadSetting("settings are an object")
        wanted = dict(wanted)
        if "latency" in wanted:
            self.lab.latency = float(wanted.pop("latency"))
        for name, system in (("ycm", self.lab.ycm), ("telecomx", self.lab.telecomx), ("aicc", self.lab.aicc)):
            if name in wanted:
                system.set(wanted.pop(name))
        if "jade" in wanted:
            self._set_jade(wanted)
            return JSONResponse({})
        if wanted:
            raise BadSetting(f"unknown: {', '.join(sorted(wanted))}")
        return JSONResponse({})

    def _set_jade(self, wanted: dict[str, Any]) -> None:
        name = wanted.pop("jade")
        if name not in self.lab.jade:
            raise BadSetting(f"no Jade PBX is called {name}")
        self.lab.jade[name].set(wanted)

    async def state(self, request: Request) -> JSONResponse:
        """Show what lies behind a Jade PBX: its files, their backups, what Asterisk has read of them, its database."""
        name = request.path_params["name"]
        if name not in self.lab.jade:
            raise BadSetting(f"no Jade PBX is called {name}")
        return JSONResponse(self.lab.jade[name].state())

    async def tokens(self, request: Request) -> JSONResponse:
        """Show the tokens given out since the last reset, and those still good by system and server."""
        systems = self.lab.given_out()
        issued = [token for servers in systems.values() for server in servers.values() for token in server.issued]
        live = {
            system: good for system, servers in systems.items()
            if (good := {name: server.live for name, server in servers.items() if server.live})
        }
        return JSONResponse({"issued": issued, "live": live})

    async def system_state(self, request: Request) -> JSONResponse:
        """Show what lies behind a system, as data."""
        name = request.path_params["system"]
        lab = self.lab
        states: dict[str, Callable[[], Any]] = {
            "yeastar": lab.yeastar.state, "ycm": lambda: lab.ycm.instances.rows,
            "telecomx": lambda: lab.telecomx.phones.phones, "aicc": lambda: lab.aicc.softphones.rows,
        }
        if name not in states:
            raise BadSetting(f"no system is called {name}")
        return JSONResponse(states[name]())


class ControlledLab:
    """A lab and its control API as one ASGI application."""

    def __init__(self, lab: Lab) -> None:
        """Serve this lab, and its control API below /_lab."""
        self.lab = lab
        self.control = control_app(lab)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve one request (or uvicorn's lifespan, which the control API answers)."""
        to_control = scope["type"] != "http" or scope["path"].startswith("/_lab")
        await (self.control if to_control else self.lab)(scope, receive, send)


def control_app(lab: Lab) -> Starlette:
    """The control API as an application."""
    control = Control(lab)
    routes = [
        Route("/_lab/ping", control.ping),
        Route("/_lab/log", control.log, methods=["GET", "DELETE"]),
        Route("/_lab/reset", control.reset, methods=["POST"]),
        Route("/_lab/faults", control.faults, methods=["GET", "POST", "DELETE"]),
        Route("/_lab/set", control.set, methods=["POST"]),
        Route("/_lab/tokens", control.tokens),
        Route("/_lab/state/jade/{name}", control.state),
        Route("/_lab/state/{system}", control.system_state),
    ]
    return Starlette(routes=routes, exception_handlers={ValueError: _bad_request, TypeError: _bad_request})
