# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every module of the collection inside the controller. The other files beside this one lead here.

The class is loaded before Ansible forks, so that importing all of it is paid for once in a run and not in each task.
"""

from __future__ import annotations

import os
import typing as t

from ansible import constants
from ansible.module_utils.errors import UnsupportedError
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils._faces.spec import connection_options, module_spec, validated
from ..module_utils._faces.task import hidden_values, run_task, shown_arguments
from ..module_utils._http.errors import TimedOut
from ..module_utils._http.redaction import without
from ..plugin_utils.session.remote import RemoteSession

DISPLAY = Display()
COLLECTION = "telephony.pbx."
SHOWS_ARGUMENTS = 3  # at -vvv; before that Ansible only carries them about
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
        if self._has_to_travel():
            arguments = self._arguments_to_send(name)
            asynchronous = self._task.async_val
            result.update(self._execute_module(COLLECTION + name, arguments, task_vars=task_vars, wrap_async=asynchronous))
            return result
        result.update(self._run_here(name))
        return result

    def _has_to_travel(self) -> bool:
        """Whether the task would mean something else if it ran in this process."""
        local = self._connection.transport == "local"
        return not local or bool(self._play_context.become or self._task.async_val or self._task_environment())

    def _task_environment(self) -> Result:
        found: Result = {}
        for part in self._task.environment or []:
            part = self._templar.template(part)
            if isinstance(part, dict):
                found.update(part)
        return found

    def _arguments_to_send(self, name: str) -> Result:
        """The task's arguments, and the connection as the environment of the controller has it: the other side has its own.

        Files stay out: a path from here means nothing there.
        """
        arguments, overridden = dict(self._task.args), self._task_environment()
        for option_name, (option, systems) in connection_options(name).items():
            for system in systems:
                variable = system.env(option)
                here = os.environ.get(variable)
                wanted = len(systems) == 1 or arguments.get("system") == system.name
                if here and wanted and option.type != "path" and variable not in overridden:
                    arguments.setdefault(option_name, here)
        return arguments

    def _announce(self, text: str) -> None:
        """Show a warning now, since a killed task has no result, and on one line, since Ansible wraps its own warnings."""
        if not self._task.no_log:
            DISPLAY.display(f"[WARNING]: {text}", color=constants.COLOR_WARN, stderr=True)

    def _run_here(self, name: str) -> Result:
        checked = validated(name, self._task.args)
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


def _explained(checked: t.Any, spec: Result) -> t.Iterator[str]:
    """Ansible's words for what is wrong, but for unknown options, which it names without saying so."""
    if checked.unsupported_parameters:
        unknown = ", ".join(sorted(str(name) for name in checked.unsupported_parameters))
        yield f"there is no option {unknown}. There are: {', '.join(sorted(spec['argument_spec']))}"
    for error in checked.errors.errors:
        if not isinstance(error, UnsupportedError):
            yield str(error)
