# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The local connection under another name: what runs with it has to travel."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = r"""
name: elsewhere
short_description: The local connection under another name
description:
  - Tasks run on this machine, but Ansible and its plugins can't know that.
extends_documentation_fragment:
  - connection_pipelining
"""


class Connection(LocalConnection):
    """Local in all but its name."""

    transport = "elsewhere"
