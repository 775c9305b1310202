# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without requests everything can be imported, and using it fails in the words that Ansible has for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import urllib3

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client

WITHOUT = """
import sys
sys.path[:] = {path}
sys.modules.update(dict.fromkeys({names}))
from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import run_task
result = run_task("jade_system_info", {{"api_url": "http://127.0.0.1:9", "api_token": "x"}}, False, LocalSession, print)
print(result["failed"], result["error"]["kind"], result["msg"])
"""


@pytest.mark.parametrize("names", [["requests"], ["urllib3"], ["requests", "urllib3"]])
def test_a_missing_library_is_a_failure_in_ansibles_words(names: list[str]) -> None:
    code = WITHOUT.format(path=sys.path, names=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.stdout.startswith("True bad_input Failed to import the required Python library (requests) on ")
    assert "'s Python " in done.stdout


def test_a_library_that_is_too_old_is_one_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib3, "__version__", "1.26.20")
    with pytest.raises(BadInput) as caught:
        http_client("http://pbx.invalid")
    assert "Failed to import the required Python library (urllib3 2.0 or newer) on " in caught.value.message
