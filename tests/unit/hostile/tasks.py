# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks in process against the world: options that make sense for each module, and what an honest result is."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._engine import polling as patience
from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._faces.spec import validated
from ansible_collections.telephony.pbx.plugins.module_utils._faces.task import run_task
from ansible_collections.telephony.pbx.plugins.module_utils._http import errors
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES
from ansible_collections.telephony.pbx.tests.unit.hostile.world import World

Given = dict[str, Any]
SECRET = "s3cret-Pa55word"
CREDENTIALS = {
    "jade": {"api_username": "robot", "api_password": SECRET},
    "telecomx": {"api_username": "robot", "api_password": SECRET},
    "yeastar": {"api_client_id": "robot", "api_client_secret": SECRET},
    "ycm": {"api_client_id": "robot", "api_client_secret": SECRET},
    "aicc": {"api_app_key": "robot", "api_app_secret": SECRET},
}
KINDS = {one.kind for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.PbxError)}
UUID = "1d47735d-2265-463c-908a-d37dea085c21"
# For each state module: options that change the object of the world, and those that remove it or do whatever else there is.
CHANGES: dict[str, list[Given]] = {
    "jade_account": [{"name": "Another"}],
    "jade_adp": [{"dpma_uuid": UUID, "sequence": 1, "command": "Hangup"}, {"adpma": "demo", "sequence": 1, "state": "absent"}],
    "jade_adpma": [{"name": "demo", "detail": "Another"}, {"name": "demo", "state": "absent"}],
    "jade_buddy": [{"user_uuid": UUID, "name": "Another"}, {"username": "alice", "state": "absent"}],
    "jade_channel": [{"unique_id": "1513946896.71"}],
    "jade_chat": [{"uuid": UUID, "name": "Another"}, {"members": [UUID], "state": "absent"}, {"members": ["new"], "name": "New"}],
    "jade_chat_message": [{"chat": UUID, "content": "Good morning"}],
    "jade_configuration": [{"subsystem": "park", "data": "[general]\nparkext=900\n", "keep_backups": 0}],
    "jade_login": [{"state": "present"}, {"state": "absent", "api_token": "a-token"}],
    "jade_manager_user": [{"username": "alice", "name": "Another"}, {"username": "alice", "state": "absent"}],
    "jade_module": [{"name": "app_queue.so", "state": "unloaded"}, {"name": "app_queue.so", "state": "reloaded"}],
    "jade_parked_call": [{"parkee_unique_id": "1514423807.112"}],
    "jade_parking_lot": [{"name": "edvina", "parkext": "900"}, {"name": "edvina", "state": "absent"}],
    "jade_queue": [{"name": "sales_1", "timeout": 20}, {"name": "sales_1", "state": "absent"}],
    "jade_queue_entry": [{"unique_id": "1513556618.5"}],
    "jade_queue_member": [
        {"name": "PJSIP/100", "queue_name": "sales_1", "paused": True},
        {"name": "PJSIP/100", "queue_name": "sales_1", "state": "absent"},
    ],
    "jade_sdialplan": [{"name": "sales", "lines": ["exten => 1,1,NoOp()"]}, {"name": "sales", "state": "absent"}],
    "jade_sdp": [{"name": "sales", "lines": ["exten => 1,1,NoOp()"]}, {"name": "sales", "state": "absent"}],
    "jade_trunk": [{"name": "provider", "context": "night"}, {"name": "provider", "state": "absent"}],
    "jade_user": [{"username": "alice", "name": "Another"}, {"username": "alice", "state": "absent"}],
    "jade_user_contact": [{"username": "alice", "name": "Another"}, {"uuid": UUID, "state": "absent"}],
    "jade_user_permission": [
        {"username": "alice", "permission": "more"},
        {"username": "alice", "permission": "user", "state": "absent"},
    ],
    "telecomx_sip_phone": [
        {"mac_address": "4EE8A34B56F3", "notes": "Another", "update_by": "put"},
        {"id": "0123456789abcdef01234567", "state": "absent"},
        {"id": "0123456789abcdef01234567", "state": "reloaded"},
    ],
    "ycm_cloud_pbx": [
        {"id": 7738, "name": "Another"},
        {"sn": "3658B431119XXXXX", "state": "absent"},
        {"id": 7738, "state": "stopped"},
    ],
    "yeastar_onsite_proxy": [{"name": "Proxy_033", "audio_rtp_passthrough": False}, {"id": 47, "state": "absent"}],
}
# What the rows of the world have to be like for these.
LIKE: dict[str, Given] = {
    "jade_adp": {"name": "demo", "sequence": 1, "uuid": UUID, "dpma_uuid": UUID},
    "jade_adpma": {"name": "demo"},
    "jade_buddy": {"uuid_user": UUID, "uuid": UUID},
    "jade_chat": {"uuid": UUID, "room": {"members": [UUID], "type": 1, "uuid": "room"}},
    "jade_configuration": {"name": "res_parking.conf"},
    "jade_user_contact": {"user_uuid": UUID, "uuid": UUID},
    "jade_user_permission": {"user_uuid": UUID, "uuid": UUID, "permission": "user"},
}
READS: dict[str, list[Given]] = {
    name: [{}, *({key: 47 if item.resource.field(key).type == "int" else "some-key"} for key in item.resource.keys)]
    for name, item in MODULES.items()
    if isinstance(item, InfoModule)
}
READS["jade_chat_message_info"] = [{"chat": UUID}, {"chat": UUID, "uuid": "some-key"}]
READS["jade_configuration_info"] = [{}, {"subsystem": "park", "name": "res_parking.conf"}]
TASKS = [(name, given) for name, ways in {**READS, **CHANGES}.items() for given in ways]


@contextmanager
def quick() -> Iterator[None]:
    """Waiting for a change to show takes no time."""
    now = [0.0]

    class Clock:
        monotonic = staticmethod(lambda: now[0])

        @staticmethod
        def sleep(seconds: float) -> None:
            now[0] += 20 * seconds

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(patience, "time", Clock)
        yield


def params(world: World, name: str, given: Given) -> Given:
    """Options as Ansible hands them over."""
    system = MODULES[name].systems[0]
    login = {} if "api_token" in given else CREDENTIALS[system]
    common = {"api_url": world.url, "api_retries": 0, "api_timeout": 5}
    checked = validated(name, {**common, **login, **given})
    assert not checked.error_messages, checked.error_messages
    return dict(checked.validated_parameters)


def run(world: World, name: str, given: Given, check: bool = False) -> Given:
    """One task. Nothing that a server answers makes it raise."""
    world.like = LIKE.get(name, {})
    return run_task(name, params(world, name, given), check, LocalSession, logging.getLogger(__name__).debug)


def assert_honest(result: Given) -> None:
    """A result, or a failure in one line of a known kind."""
    json.dumps(result, allow_nan=False).encode()
    for warning in result.get("warnings", []):
        assert is_line(warning), warning
    if result.get("failed"):
        assert is_line(result["msg"]), result["msg"]
        assert "Traceback" not in result["msg"]
        assert result["error"]["kind"] in KINDS
        assert SECRET not in repr(result)


def is_line(text: Any) -> bool:
    """One line of text, of a length that somebody might read."""
    return isinstance(text, str) and len(text.splitlines()) == 1 and len(text) < 4000
