# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all who talk to one system share: connections, one login, what was learned of the server, locks."""

from __future__ import annotations

import abc
import typing as t

from .._http.connection import Connection
from .._http.messages import Reply, Request

TOKEN, LOGOUT, REFUSED = "token", "logout", "refused"  # what the login keeps among what is known


class Session(abc.ABC):
    """``known`` holds plain values by name: the login's, and what the client of the system has found out."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.known: dict[str, t.Any] = {}

    @abc.abstractmethod
    def send(self, request: Request) -> Reply:
        """Send a request once. Raises ConnectionFailed and ProtocolFailed."""

    @abc.abstractmethod
    def start_over(self) -> None:
        """Use none of the connections again that were kept alive."""

    @abc.abstractmethod
    def learn(self, values: t.Mapping[str, t.Any]) -> None:
        """Keep these for all who share the session."""

    @abc.abstractmethod
    def forgive(self) -> None:
        """Credentials that this system has refused may be good by now."""

    @abc.abstractmethod
    def login_lock(self, seconds: float) -> t.ContextManager[bool]:
        """Only one at a time logs in. Gives whether it could be had within so many seconds; C(known) is the latest then."""

    @abc.abstractmethod
    def object_lock(self, what: str, seconds: float) -> t.ContextManager[bool]:
        """As login_lock, among all that change this thing of the system as this user on this machine."""

    @abc.abstractmethod
    def close(self) -> None:
        """Give it back; what nobody else shares is logged out and closed."""
