# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every module of the collection inside the controller. The other files beside this one lead here.

The class is loaded before Ansible forks, so that importing all of it is paid for once in a run and not in each task.
"""

from __future__ import annotations

import contextlib
import os
import typing as t

from ansible import constants
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils._engine.journal import NOTHING
from ..module_utils._faces.spec import module_spec, system_of, validated
from ..module_utils._faces.task import hidden_values, run_task, shown_arguments
from ..module_utils._http.connection import CA_VARIABLES
from ..module_utils._http.errors import PbxError, TimedOut
from ..module_utils._http.redaction import without
from ..module_utils._model.options import System, environment_options
from ..module_utils._systems.registry import REGISTERED
from ..plugin_utils.host_options import host_options, refuse_shared_address
from ..plugin_utils.session.remote import RemoteSession

DISPLAY = Display()
COLLECTION = "telephony.pbx."
SHOWS_ARGUMENTS = 3  # at -vvv; before that Ansible only carries them about
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
# What an environment of a task may set without need for a process that has it.
HERE = frozenset(
    (*CA_VARIABLES, *PROXIES, *map(str.upper, PROXIES))
    + tuple(entry.system.env(option) for entry in REGISTERED.values() for option in entry.system.options)
)
Result = t.Dict[str, t.Any]


class ActionModule(ActionBase):
    """Validates with the module's own argument spec, and runs it here or hands it to where it has to run."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_async = True
    _supports_check_mode = True

    def run(self, tmp: t.Any = None, task_vars: Result | None = None) -> Result:
        """The result of the module that the task names."""
        result: Result = super().run(tmp, task_vars)
        name = self._task.action.rpartition(".")[2]
        environment = self._task_environment()
        travels = self._has_to_travel() or not HERE.issuperset(environment)
        try:
            arguments = self._arguments(name, task_vars or {}, environment, travels)
        except PbxError as error:
            return {**result, "failed": True, "msg": str(error), "error": {**error.as_dict(), "effect": NOTHING}}
        if travels:
            asynchronous = self._task.async_val
            result.update(self._execute_module(COLLECTION + name, arguments, task_vars=task_vars, wrap_async=asynchronous))
            return result
        with _applied(environment):
            result.update(self._run_here(name, arguments))
        return result

    def _has_to_travel(self) -> bool:
        """Whether the task would mean something else if it ran in this process."""
        return self._connection.transport != "local" or bool(self._play_context.become or self._task.async_val)

    def _task_environment(self) -> Result:
        found: Result = {}
        for part in self._task.environment or []:
            part = self._templar.template(part)
            if isinstance(part, dict):
                found.update(part)
        return found

    def _arguments(self, name: str, variables: Result, environment: Result, travels: bool) -> Result:
        """The task's arguments, module_defaults among them, with what the variables of its host add. Raises BadInput.

        ``environment`` is the task's own. Where the module travels, what it and that of the controller add is sent along.
        """
        arguments = dict(self._task.args)
        system = system_of(name, arguments)
        if system is not None:
            arguments.update(host_options(system, arguments, variables, self._templar))
            arguments.update(_portable(system, arguments, environment))
            if travels or os.environ.get(system.env(system.url)):
                refuse_shared_address(system, arguments, variables, bool(self._task.run_once))
            if travels:
                arguments.update(_portable(system, arguments, os.environ))
        return arguments

    def _announce(self, text: str) -> None:
        """Show a warning now, since a killed task has no result, and on one line, since Ansible wraps its own warnings."""
        if not self._task.no_log:
            DISPLAY.display(f"[WARNING]: {text}", color=constants.COLOR_WARN, stderr=True)

    def _run_here(self, name: str, arguments: Result) -> Result:
        checked = validated(name, arguments)
        params = checked.validated_parameters
        if checked.error_messages:
            message = f"{COLLECTION}{name}: {'; '.join(_explained(checked, module_spec(name)))}"
            return {"failed": True, "msg": without(message, hidden_values(name, params))}
        # A path names objects, which no_log is meant to hide as well.
        log = DISPLAY.vvv if DISPLAY.verbosity >= SHOWS_ARGUMENTS and not self._task.no_log else None
        result = run_task(name, params, self._task.check_mode, RemoteSession, DISPLAY.vvv, log, self._announce)
        if result.get("error", {}).get("kind") == TimedOut.kind:
            result["timedout"] = {"period": self._task.timeout}  # what Ansible's test "timedout" looks for
        if DISPLAY.verbosity >= SHOWS_ARGUMENTS:
            result["invocation"] = {"module_args": shown_arguments(name, params)}
        return result


@contextlib.contextmanager
def _applied(environment: Result) -> t.Iterator[None]:
    """Have these variables in this process, which Ansible made for this task alone."""
    before = dict(os.environ)
    os.environ.update({name: str(value) for name, value in environment.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _portable(system: System, arguments: Result, environment: t.Mapping[str, t.Any]) -> Result:
    """What an environment adds, without files: a path from here means nothing elsewhere."""
    local = {option.option for option in system.options if option.type == "path"}
    found = environment_options(system, arguments, environment)
    return {name: value for name, value in found.items() if name not in local}


def _explained(checked: t.Any, spec: Result) -> t.Iterator[str]:
    """Ansible's words for what is wrong, but for unknown options, which it names without saying so."""
    if checked.unsupported_parameters:
        unknown = ", ".join(sorted(str(name) for name in checked.unsupported_parameters))
        yield f"there is no option {unknown}. There are: {', '.join(sorted(spec['argument_spec']))}"
    for error in checked.errors.errors:
        if not isinstance(error, UnsupportedError):
            yield str(error)
