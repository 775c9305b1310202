# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the results of all tasks, for tests to look at: one JSON object a line."""

from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: recorder
type: notification
short_description: Records the results of all tasks
description:
  - Writes one JSON object a line to the file that the environment variable C(RECORDER_FILE) names.
  - Of a loop, each item and, marked so, the task as a whole. Of a playbook, when it starts and ends.
"""


class CallbackModule(CallbackBase):
    """Writes what every callback is told."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    playbook = -1

    def _write(self, entry):
        with open(os.environ["RECORDER_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, default=str) + "\n")

    def _record(self, status, told, ignored=False, is_item=False):
        # Up to 2.18 only the names with an underscore exist; from 2.19 on they are on their way out.
        result = dict(told.result if hasattr(told, "result") else told._result)
        task = told.task if hasattr(told, "task") else told._task
        host = told.host if hasattr(told, "host") else told._host
        entry = {
            "playbook": self.playbook,
            "status": status,
            "host": host.get_name(),
            "task": task.get_name(),
            "action": task.action,
            "ignored": bool(ignored),
            "is_item": is_item,
            "is_loop": "results" in result,
            "result": {name: value for name, value in result.items() if name != "results"},
        }
        self._write(entry)

    def v2_playbook_on_start(self, playbook):
        self.playbook += 1
        self._write({"started": time.time()})

    def v2_playbook_on_stats(self, stats):
        self._write({"ended": time.time()})

    def v2_runner_on_ok(self, result):
        self._record("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._record("failed", result, ignore_errors)

    def v2_runner_on_skipped(self, result):
        self._record("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._record("unreachable", result)

    def v2_runner_item_on_ok(self, result):
        self._record("ok", result, is_item=True)

    def v2_runner_item_on_failed(self, result):
        self._record("failed", result, is_item=True)

    def v2_runner_item_on_skipped(self, result):
        self._record("skipped", result, is_item=True)
