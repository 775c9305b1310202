# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ordinary module: for tasks that can't run in the controller, because the connection, become or async say otherwise."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.telephony.pbx.plugins.module_utils._core.transport import LIBRARY, LIBRARY_ERROR
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import module_spec
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import hidden_values, run_task


def run_module(name: str) -> None:
    """Run the module of this name under AnsibleModule, and exit."""
    module = AnsibleModule(**module_spec(name))
    if LIBRARY_ERROR:
        module.fail_json(msg=missing_required_lib(LIBRARY))
    module.no_log_values = hidden_values(name, module.params)
    result = run_task(name, module.params, module.check_mode, module.debug)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
