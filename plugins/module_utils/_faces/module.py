# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ordinary module: for tasks that can't run in the controller, because the connection, become or async say otherwise."""

from __future__ import annotations

import typing as t

from ansible.module_utils.basic import AnsibleModule

from .._auth.local import LocalSession
from .spec import module_spec
from .task import (
    run_task,
    shown_arguments,
)


class Module(AnsibleModule):
    """As Ansible's own, but no argument goes into the system's log, and no secret into the arguments at -vvv."""

    def __init__(self, name: str) -> None:
        self._described_as = name
        super().__init__(**module_spec(name), no_log=True)

    @property
    def shown(self) -> dict[str, t.Any]:
        """The arguments as results carry them."""
        return {"module_args": shown_arguments(self._described_as, self.params)}

    def fail_json(self, msg: str, **kwargs: t.Any) -> t.NoReturn:
        """Also for arguments that Ansible itself finds wrong."""
        super().fail_json(msg, **{"invocation": self.shown, **kwargs})


def run_module(name: str) -> None:
    """Run the module of this name under AnsibleModule, and exit."""
    module = Module(name)
    module.no_log_values = set()  # results are masked already
    result = run_task(name, module.params, module.check_mode, LocalSession, module.debug)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result, invocation=module.shown)
