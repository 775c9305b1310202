# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task, whoever runs it: the action plugin in the controller, or an ordinary module elsewhere."""

from __future__ import annotations

import contextlib
import os
import typing as t

from .._engine.client import Client, OpenSession, Say
from .._engine.journal import ALL, PART, Journal
from .._engine.module import Params, Result
from .._http.errors import PbxError, TimedOut
from .._http.proxy import proxy_secrets
from .._http.redaction import redactor
from .._model import converters
from .._model.masking import mask, mask_unknown, named_secrets, scrubbed, secrets_in
from .._model.option import check_text
from .._model.options import open_options, resolve
from .._model.resource import silent
from .._systems.registry import MODULES, REGISTERED, open_client
from .spec import module_spec, options, register_login, secret_options, system_of

TIME_LIMIT = "TaskTimeoutError"  # no Exception: Ansible raises it in the middle of anything
AFTER_LIMIT = "What was being sent then may have been done, and nothing was begun after it. Look at the system before you go on"
LONGEST_WARNING = 1000  # characters
NO_LOG = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"  # Ansible's own words


def run_task(
    name: str,
    params: Params,
    check: bool,
    open_session: OpenSession,
    say: Say,
    log: Say | None = None,
    announce: Say = silent,
) -> Result:
    """Run a module by its name.

    ``open_session``: where connections, login and locks are, in this process or in that of the run. ``say`` is told of
    progress, ``log`` gets a line for each request, ``announce`` one that has to be shown at once.

    Never raises PbxError: a failure is a result with C(failed), C(msg) and C(error).
    """
    warnings: list[str] = []
    secrets = hidden_values(name, params)

    def warn(text: str) -> None:
        text = converters.line(text, LONGEST_WARNING)
        if text not in warnings:
            warnings.append(text)

    journal = Journal(announce=announce)
    try:
        with _opened(name, params, open_session, say, secrets) as client:
            client.http.log, client.journal = log, journal
            result = MODULES[name].run(client, params, check, warn)
    except PbxError as error:
        result = _failure(error, journal.effect)
    except BaseException as error:
        if type(error).__name__ != TIME_LIMIT:
            raise
        result = _failure(TimedOut("the time limit of the task (timeout) is over", hint=AFTER_LIMIT), journal.effect)
    if warnings:
        result["warnings"] = warnings
    return _scrubbed(result, secrets)


def _failure(error: PbxError, effect: str) -> Result:
    failure = {**error.as_dict(), "effect": effect}
    return {"changed": effect in (PART, ALL), "failed": True, "msg": str(error), "error": failure}


def _scrubbed(result: Result, secrets: set[str]) -> Result:
    """Without secrets. Our own words stay: a password such as "wrong" must not garble the message that says so."""
    kept = {"msg": result["msg"], "error": result["error"]} if result.get("failed") else {}
    return {**scrubbed(result, redactor(secrets)), **kept}


@contextlib.contextmanager
def _opened(name: str, params: Params, open_session: OpenSession, say: Say, secrets: set[str]) -> t.Iterator[Client]:
    """The client for these options, which hides these secrets. Raises PbxError."""
    module = MODULES[name]
    connection = resolve(REGISTERED[module.system(params)].system, params)
    for field in module.options:
        check_text(field.name, params.get(field.name))
    register_login(connection.secrets & secrets)
    client = open_client(connection, open_session, say)
    for secret in secrets:  # a server may say them again when it refuses them
        client.http.hide(secret)
    try:
        yield client
    finally:
        client.close()
        counters = client.http.counters
        say(
            f"{client.connection.title}: {counters.requests} requests, {counters.retries} repeated,"
            f" {counters.logins} logins, {counters.received} bytes, {counters.seconds:.3f} s"
        )


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
