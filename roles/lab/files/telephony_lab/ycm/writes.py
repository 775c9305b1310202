# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that create, change, switch and delete Cloud PBXs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from telephony_lab.ycm import bodies, clusters
from telephony_lab.ycm.errors import Failure, envelope
from telephony_lab.ycm.instances import Instances

# A PBX that YCM is working on can be neither started nor stopped.
BUSY = ("Upgrading", "Restoring", "Provisioning")


class Writes:
    """The writes of one YCM."""

    def __init__(self, instances: Instances, authorize: Callable[[Request], Any]) -> None:
        """Write to these Cloud PBXs for those who may."""
        self._instances = instances
        self._authorize = authorize
        self.reset()

    def reset(self) -> None:
        """Go back to the first settings."""
        self.provision_seconds = 0.5
        self.start_seconds = 0.3
        self.plan_seconds = 0.0

    def routes(self, root: str) -> list[Route]:
        """The routes of the calls."""
        instances = f"{root}/v1/cloud_pbx/instances"
        instance = f"{instances}/{{number:int}}"
        return [
            Route(instances, self.create, methods=["POST"]),
            Route(instances, self.delete, methods=["DELETE"]),
            Route(instance, self.update, methods=["PUT"]),
            Route(f"{instance}/capacity", self.resize, methods=["PUT"]),
            Route(f"{instance}/start", self.start, methods=["PUT"]),
            Route(f"{instance}/stop", self.stop, methods=["PUT"]),
        ]

    def _find(self, number: int) -> dict[str, Any]:
        row = self._instances.get(number)
        if row is None:
            raise Failure(1000005)
        return row

    async def create(self, request: Request) -> JSONResponse:
        """Create a Cloud PBX; the answer names its id."""
        self._authorize(request)
        body = await bodies.body_of(request, bodies.CREATE)
        if "expirationDate" in body and "allowRunAfterExpirationDate" not in body:
            raise Failure(1000004)
        place = clusters.place(body)
        if self._instances.is_taken("name", body["name"]) or self._instances.is_taken("url", place["url"]):
            raise Failure(1000007)
        row = self._instances.create(body, place, self.provision_seconds, self.plan_seconds)
        return JSONResponse(envelope("Success", data={"cloudPbxId": row["cloudPbxId"]}))

    async def update(self, request: Request) -> JSONResponse:
        """Change name and features; provisioning via a template that isn't mentioned is switched off."""
        self._authorize(request)
        body = await bodies.body_of(request, bodies.UPDATE)
        row = self._find(request.path_params["number"])
        if self._instances.is_taken("name", body["name"], row["cloudPbxId"]):
            raise Failure(1000007)
        self._instances.update(row, {"provisioningViaTemplate": "Disabled", **body})
        return JSONResponse(envelope("Success"))

    async def resize(self, request: Request) -> JSONResponse:
        """Change the capacities; recording minutes only grow."""
        self._authorize(request)
        body = await bodies.body_of(request, bodies.CAPACITY)
        row = self._find(request.path_params["number"])
        if body["recordingCapacity"] < row["recordingCapacity"]:
            raise Failure(1000004)
        self._instances.update(row, {name: body[name] for name in bodies.CAPACITY.required})
        return JSONResponse(envelope("Success"))

    async def start(self, request: Request) -> JSONResponse:
        """Start a Cloud PBX; the answer only says that this was accepted."""
        return self._switch(request, "Running")

    async def stop(self, request: Request) -> JSONResponse:
        """Stop a Cloud PBX; the answer only says that this was accepted."""
        return self._switch(request, "Stopped")

    def _switch(self, request: Request, status: str) -> JSONResponse:
        self._authorize(request)
        row = self._find(request.path_params["number"])
        if row["pbxStatus"] in BUSY:
            raise Failure(3000009)
        self._instances.switch(row, status, self.start_seconds)
        return JSONResponse(envelope("Success"))

    async def delete(self, request: Request) -> JSONResponse:
        """Delete Cloud PBXs, all that are named or none."""
        self._authorize(request)
        body = await bodies.body_of(request, bodies.DELETE)
        self._instances.remove(*[self._find(number) for number in body["cloudPbxIds"]])
        return JSONResponse(envelope("Success"))
