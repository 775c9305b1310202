# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task, whoever runs it: the action plugin in the controller, or an ordinary module elsewhere."""

from __future__ import annotations

import os

from .._engine.client import Client, Say
from .._engine.journal import ALL, PART, Journal
from .._engine.module import Params, Result
from .._http.connection import Connection, proxy_secrets
from .._http.errors import PbxError
from .._http.redaction import redactor
from .._model import converters
from .._model.masking import mask, mask_unknown, named_secrets, scrubbed, secrets_in
from .._model.option import check_text
from .._model.options import open_options, resolve
from .._systems.registry import MODULES, REGISTERED, open_client
from .spec import module_spec, options, register_login, secret_options, system_of

LONGEST_WARNING = 1000  # characters
NO_LOG = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # Ansible's own words


class Clients:
    """Open clients of this process, so that the items of a loop share their connections.

    A fork starts with none: two processes on one TLS connection would garble it.
    """

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._open: dict[Connection, Client] = {}

    def get(self, connection: Connection, say: Say, log: Say | None = None) -> Client:
        """The client for these options, new or used before. ``log`` gets a line for each request."""
        if self._pid != os.getpid():
            self._pid, self._open = os.getpid(), {}
        client = self._open.get(connection)
        if client is None:
            client = self._open[connection] = open_client(connection)
        client.say, client.http.log = say, log
        return client

    def done(self, client: Client) -> None:
        """After each task: a client whose token is its own logs out now, since nobody tells when the last task was."""
        if client.tokens and not client.tokens.shared:
            self.drop(client)

    def drop(self, client: Client) -> None:
        """Close a client for good."""
        self._open = {connection: kept for connection, kept in self._open.items() if kept is not client}
        client.close()


CLIENTS = Clients()


def run_task(name: str, params: Params, check: bool, say: Say, log: Say | None = None) -> Result:
    """Run a module by its name. ``say`` is told of progress, ``log`` gets a line for each request.

    Never raises PbxError: a failure is a result with C(failed), C(msg) and C(error).
    """
    warnings: list[str] = []
    secrets = hidden_values(name, params)

    def warn(text: str) -> None:
        text = converters.line(text, LONGEST_WARNING)
        if text not in warnings:
            warnings.append(text)

    journal = Journal()
    try:
        result = _run(name, params, check, say, log, warn, secrets, journal)
    except PbxError as error:
        effect = journal.effect
        failure = {**error.as_dict(), "effect": effect}
        result = {"changed": effect in (PART, ALL), "failed": True, "msg": str(error), "error": failure}
    if warnings:
        result["warnings"] = warnings
    return _scrubbed(result, secrets)


def _scrubbed(result: Result, secrets: set[str]) -> Result:
    """Without secrets. Our own words stay: a password such as "wrong" must not garble the message that says so."""
    kept = {"msg": result["msg"], "error": result["error"]} if result.get("failed") else {}
    return {**scrubbed(result, redactor(secrets)), **kept}


def _run(
    name: str, params: Params, check: bool, say: Say, log: Say | None, warn: Say, secrets: set[str], journal: Journal
) -> Result:
    module = MODULES[name]
    connection = resolve(REGISTERED[module.system(params)].system, params)
    for field in module.options:
        check_text(field.name, params.get(field.name))
    register_login(connection.secrets & secrets)
    client = CLIENTS.get(connection, say, log)
    client.journal = journal
    client.tell_of_cache(warn)
    for secret in secrets:  # a server may say them again when it refuses them
        client.http.hide(secret)
    try:
        return module.run(client, params, check, warn)
    finally:
        counters = client.http.counters
        say(
            f"{client.connection.title}: {counters.requests} requests, {counters.retries} repeated,"
            f" {counters.logins} logins, {counters.received} bytes, {counters.seconds:.3f} s"
        )
        CLIENTS.done(client)


def hidden_values(name: str, params: Params) -> set[str]:
    """Secrets among the options and in the environment that adds to them, to be removed from everything that goes out.

    A secret that is also given in the open (a password that equals the user name) isn't one: removing it would garble every
    name in the result, and would give it away all the more.
    """
    spec, hidden, system = module_spec(name)["argument_spec"], secret_options(name), system_of(name, params)
    if system is not None:
        params = {**params, **{one.option: os.environ.get(system.env(one)) for one in open_options(system, params)}}
    texts = {key: value for key, value in params.items() if key in spec and isinstance(value, str) and value}
    secrets = {value for key, value in texts.items() if key in hidden}
    shown = {value for key, value in texts.items() if key not in hidden}
    for option_name in MODULES[name].opaque:
        secrets.update(named_secrets(params.get(option_name)))
    secrets.update(secrets_in(options(name), params), proxy_secrets(params.get("api_proxy")))
    return secrets - shown


def shown_arguments(name: str, params: Params) -> Params:
    """The options as Ansible shows them at -vvv, without their secrets."""
    spec = module_spec(name)["argument_spec"]
    masked = mask(options(name), params)
    masked.update({key: mask_unknown(params[key]) for key in MODULES[name].opaque if key in params})
    # What is no option at all may be a secret whose name is misspelled.
    unknown = {key for key in params if key not in spec and isinstance(params[key], (str, dict, list))}
    hidden = secret_options(name) | unknown
    return {key: NO_LOG if key in hidden and value else masked[key] for key, value in params.items()}
