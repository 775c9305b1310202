# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues and their members through Jade: what its file loses, what runs, and two ways to name a member."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

FILE = "jade.queues.conf"
QUEUES, MEMBERS = "/v1/admin/queue/cfg_queues", "/v1/admin/queue/members"
RELOAD = "PUT /v1/admin/core/modules/app_queue.so"
STATIC = "Local/10001@demo"  # the member of sales_1 in Asterisk's own file


def task(module: str, **options: Any) -> str:
    """One task, called Change."""
    return yaml.safe_dump([{"name": "Change", f"telephony.pbx.{module}": options}])


def queue(name: str = "sales", **options: Any) -> str:
    """A task for a queue."""
    return task("jade_queue", name=name, **options)


def member(name: str, queue_name: str = "sales_1", **options: Any) -> str:
    """A task for a member."""
    return task("jade_queue_member", name=name, queue_name=queue_name, **options)


def calls(lab: Lab, *methods: str, part: str = "") -> list[str]:
    """What was sent beyond logins, by these methods."""
    found = jade_calls(lab)
    return [call for call in found if call.startswith(tuple(f"{method} " for method in methods)) and part in call]


def section(lab: Lab, name: str) -> list[str]:
    """The lines of a queue in the file."""
    return [line for line in lab.file(FILE).split(f"[{name}]\n")[1].split("[")[0].splitlines() if line]


def runs(lab: Lab, queue_name: str) -> set[tuple[str, str]]:
    """The members of a running queue."""
    rows = lab.jade("GET", MEMBERS)["list"]
    return {(row["location"], row["membership"]) for row in rows if row["queue_name"] == queue_name}


# The file


def test_numbers_and_switches_are_sent_as_text(direct: Direct, lab: Lab) -> None:
    change = queue(
        timeout=15, maxlen=0, ringinuse=False, autofill=True, announce_frequency=90, members=["PJSIP/1"],
        settings={"number": 7, "part": 1.5, "switch": True, "many": ["b", 1, False]},
    )  # fmt: skip
    assert direct.play(change).must_succeed().result("Change")["changed"]
    assert set(section(lab, "sales")) == {
        "timeout=15", "maxlen=0", "ringinuse=no", "autofill=yes", "announce-frequency=90", "member=PJSIP/1",
        "number=7", "part=1.5", "switch=yes", "many=b", "many=1", "many=no",
    }  # fmt: skip
    lab.forget_log()
    assert not direct.play(change).must_succeed().result("Change")["changed"]
    assert calls(lab, "PUT", "POST") == []


@pytest.mark.parametrize("reload", [True, False])
def test_asterisk_reloads_after_the_write(reload: bool, direct: Direct, lab: Lab) -> None:
    told = [RELOAD] if reload else []
    steps: list[tuple[dict[str, Any], list[str]]] = [
        ({"maxlen": 5}, [f"POST {QUEUES}", *told]),
        ({"maxlen": 6}, [f"PUT {QUEUES}/a%2Fb%20c", *told]),
        ({"maxlen": 6}, []),
        ({"state": "absent"}, [f"DELETE {QUEUES}/a%2Fb%20c", *told]),
        ({"state": "absent"}, []),
    ]
    for given, expected in steps:
        lab.forget_log()
        direct.play(queue("a/b c", reload=reload, **given)).must_succeed()
        assert calls(lab, "POST", "PUT", "DELETE") == expected


def test_a_reload_that_is_due_is_made_up_for(direct: Direct, lab: Lab) -> None:
    direct.play(queue(weight=1, members=["PJSIP/1"])).must_succeed()
    direct.play(queue(weight=2, members=["PJSIP/2"], reload=False)).must_succeed()
    lab.forget_log()
    for arguments in (("--check",), ()):
        result = direct.play(queue(weight=2), *arguments).must_succeed().result("Change")
        assert (result["changed"], result["action"]) == (True, "keep")
        assert result["diff"]["before"]["running"] == "the queue runs with weight 1"
        assert result["diff"]["after"]["running"] == result["running"] == "as stored"
    assert calls(lab, "POST", "PUT", "DELETE") == [RELOAD]
    assert runs(lab, "sales") == {("PJSIP/2", "static")}
    assert not direct.play(queue(weight=2)).must_succeed().result("Change")["changed"]


def test_members_and_settings_are_written_in_the_order_of_the_task_and_then_kept_in_it(direct: Direct, lab: Lab) -> None:
    members = ["PJSIP/3", "PJSIP/1", "PJSIP/2"]
    sounds = ["z", "y", "x"]
    direct.play(queue(strategy="linear", members=members, settings={"sound": sounds, "other": "1"})).must_succeed()

    def kept(key: str) -> list[str]:
        return [line.partition("=")[2] for line in section(lab, "sales") if line.startswith(f"{key}=")]

    assert (kept("member"), kept("sound")) == (members, sounds)
    # Jade reads the first two of each swapped. Another member, another setting: each time the rest stays as it was.
    more = [*members, "PJSIP/0"]
    for change in ({"maxlen": 5}, {"settings": {"other": "2"}}, {"members": more}, {"settings": {"other": None}}):
        direct.play(queue(**change)).must_succeed()
        assert kept("member")[:3] == members
        assert kept("sound") == sounds
    assert kept("member")[3:] == ["PJSIP/0"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "general": ({"name": "general"}, "name is 'general', a section that belongs to Asterisk"),
    "global": ({"name": "global", "state": "absent"}, "name is 'global', a section that belongs to Asterisk"),
    "comment": ({"announce": "beep;old"}, "announce holds ';', which Jade can't keep"),
    "hash": ({"context": "a#b"}, "context holds '#'"),
    "quotes": ({"musicclass": '"jazz"'}, "musicclass is enclosed in double quotes"),
    "control": ({"joinempty": "yes\tno"}, "joinempty holds a line break or another control character"),
    "long": ({"announce": "a" * 503}, "announce is too long: Jade cuts lines after 511 bytes"),
    "long name": ({"announce_frequency": 5, "settings": {"k" * 300: "v" * 211}}, "is too long"),
    "member": ({"members": ["PJSIP/1", "PJSIP/2;3"]}, "members holds ';'"),
    "no interface": ({"members": ["PJSIP/1", "Alice"]}, "members, number 2, is 'Alice', but must begin with an interface"),
    "setting": ({"settings": {"defaultrule": "a;b"}}, "defaultrule holds ';'"),
    "own option": ({"settings": {"announce-frequency": 5}}, "an option of its own: announce_frequency"),
}


@pytest.fixture(scope="module")
def refusals(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Any]]:
    """All of them, and the requests that they cost."""
    running.reset()
    tasks = [
        {"name": name, "telephony.pbx.jade_queue": {"name": "sales", **options}, "ignore_errors": True}
        for name, (options, _words) in REFUSED.items()
    ]
    direct = Direct(Ansible(tmp_path_factory.mktemp("refused"), running.environment()))
    return direct.play(yaml.safe_dump(tasks)), running.log()


@pytest.mark.parametrize("name", list(REFUSED))
def test_refused(name: str, refusals: tuple[Run, list[Any]]) -> None:
    result = refusals[0].failure(name)
    assert REFUSED[name][1] in result["msg"]
    assert result["error"]["kind"] == "bad_input"


def test_refusals_cost_no_request(refusals: tuple[Run, list[Any]]) -> None:
    assert len(refusals[0].records) == len(REFUSED)
    assert refusals[1] == []


def test_the_longest_line_that_fits_is_kept_whole(direct: Direct, lab: Lab) -> None:
    longest = "a" * (511 - len("announce="))
    result = direct.play(queue(announce=longest)).must_succeed().result("Change")
    assert result["queue"]["announce"] == longest
    assert section(lab, "sales") == [f"announce={longest}"]


LOSSES: dict[str, tuple[str, str | None]] = {
    "order that counts": (
        "strategy=linear\nmember=PJSIP/1\nmember=PJSIP/2",
        "the order of its settings member, of which the first two are swapped",
    ),
    "order that counts, written with an arrow": ("strategy => RROrdered\nmember => PJSIP/1\nmember => PJSIP/2", "the order"),
    "order that doesn't count": ("strategy=ringall\nmember=PJSIP/1\nmember=PJSIP/2", None),
    "order of anything else": ("sound=a\nsound=b", "the order of its settings sound"),
    "one member": ("strategy=linear\nmember=PJSIP/1", None),
    "cut value": ("announce=one\\;two", "the end of announce=one\\, which Jade has cut"),
    "cut member": ("member=PJSIP/1\nmember=PJSIP/2\\;x", "the end of member=PJSIP/2\\, which Jade has cut"),
    "long line": ("announce=" + "a" * 600, "the end of announce=aaa"),
    "long line with blanks": ("announce = " + "a" * 600, "the end of announce=aaa"),
    "comment": ("announce=one ; a comment", None),
    "quotes and blanks": ('announce =   "one"  ', None),
}


def test_what_a_write_costs_other_queues_is_told(direct: Direct, lab: Lab) -> None:
    text = "[sales]\nmaxlen=1\n\n" + "\n".join(f"[{name}]\n{settings}\n" for name, (settings, _loss) in LOSSES.items())
    lab.set(jade="f31439d", files={FILE: text})
    lab.jade("PUT", "/v1/admin/core/modules/app_queue.so")
    assert direct.play(queue(maxlen=1)).must_succeed().warnings == []  # nothing is written
    assert lab.file(FILE) == text
    told = [(name, loss) for name, (_settings, loss) in LOSSES.items() if loss]
    for arguments in (("--check",), ()):
        warnings = direct.play(queue(maxlen=2), *arguments).must_succeed().result("Change")["warnings"]
        assert len(warnings) == len(told)
        for warning, (name, loss) in zip(warnings, told):
            assert warning.startswith(f"Jade writes the whole file of the queue sales again, and {name} loses {loss}")


def test_what_a_change_costs_the_queue_itself_is_told(direct: Direct, lab: Lab) -> None:
    lab.set(jade="f31439d", files={FILE: "[sales]\nannounce=one\\;two\nstrategy=linear\nmember=PJSIP/1\nmember=PJSIP/2\n"})
    lab.jade("PUT", "/v1/admin/core/modules/app_queue.so")
    told = "sales loses the end of announce=one\\, which Jade has cut"
    (warning,) = direct.play(queue(maxlen=2), "--check").must_succeed().result("Change")["warnings"]
    assert warning.endswith(told)
    assert direct.play(queue(maxlen=2, announce="one"), "--check").must_succeed().warnings == []
    assert direct.play(queue(state="absent"), "--check").must_succeed().warnings == []


# What runs

CONFIGURED = {
    "strategy": "ringall", "maxlen": "1", "weight": "1", "servicelevel": "1", "member": ["PJSIP/1", "PJSIP/2"],
}  # fmt: skip
STAYS: dict[str, tuple[dict[str, Any], str]] = {
    "strategy": ({"strategy": "random"}, "the queue runs with strategy ringall"),
    "linear": ({"strategy": "linear"}, "with strategy ringall, since Asterisk takes linear only when it restarts"),
    "maxlen": ({"maxlen": 2}, "the queue runs with maxlen 1"),
    "weight": ({"weight": 2}, "the queue runs with weight 1"),
    "servicelevel": ({"servicelevel": 2}, "the queue runs with servicelevel 1"),
    "more": ({"members": ["PJSIP/1", "PJSIP/2", "PJSIP/3"]}, "the queue runs without the members PJSIP/3"),
    "less": ({"members": ["PJSIP/1"]}, "the queue still runs with the members PJSIP/2"),
    "gone": ({"state": "absent"}, "the queue still runs"),
    "new": ({}, "the queue doesn't run"),
    "sales_1": ({"state": "absent"}, "the queue still runs, perhaps since Asterisk's own queues.conf has it too"),
}
DIALPLANS = ("jade_sdp", "jade_sdialplan")
UNREAD = "is stored and Asterisk was told to reload, but Asterisk's module pbx_config, which reads it, isn't loaded"


@pytest.fixture(scope="module")
def stays(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Changes that don't come into force, all at once: each takes until the patience ends."""
    running.reset()
    queues = {name: CONFIGURED for name in STAYS if name not in ("new", "sales_1")}
    running.set(jade="f31439d", cfg_queues=queues)
    running.jade("DELETE", "/v1/admin/core/modules/pbx_config.so")
    reload = {"method": "PUT", "path": "modules/app_queue"}
    running.fault("status", match=reload, status=200, body='{"api_ver": "0.1", "statuscode": 200}', times=None)
    tasks = [{"telephony.pbx.jade_queue": {"name": name, **options}, "name": name} for name, (options, _words) in STAYS.items()]
    for module in DIALPLANS:
        options = {"name": module, "lines": "exten => 1,1,NoOp()"}
        tasks.append({f"telephony.pbx.{module}": options, "name": module})
    direct = Direct(Ansible(tmp_path_factory.mktemp("stays"), running.environment()))
    return direct.play(yaml.safe_dump(tasks), at_once=True)


@pytest.mark.parametrize("name", [*STAYS, *DIALPLANS])
def test_what_does_not_come_into_force_is_told(name: str, stays: Run) -> None:
    words = UNREAD if name in DIALPLANS else STAYS[name][1]
    result = stays.failure(name)
    assert result["error"]["kind"] == "not_applied"
    assert words in result["msg"]


# Members


@pytest.mark.parametrize(
    ("profile", "own", "other", "times"),
    [
        # For the plan, and right before the write: here it shows only where there is a member.
        ("f31439d", f"GET {MEMBERS}/PJSIP%2F1%40sales_1", f"GET {MEMBERS}/PJSIP%2F1", 2),
        ("documented", f"GET {MEMBERS}/PJSIP%2F1", f"GET {MEMBERS}/PJSIP%2F1%40sales_1", 1),
    ],
)
def test_how_a_server_names_a_member_is_found_out_once(
    profile: str, own: str, other: str, times: int, lab: Lab, tmp_path: Any
) -> None:
    steps: list[tuple[dict[str, Any], bool]] = [
        ({}, True), ({}, False), ({"penalty": 2}, True), ({"paused": True, "paused_reason": "lunch"}, True),
        # Also when it isn't there any more.
        ({"state": "absent"}, True), ({"state": "absent"}, False),
    ]  # fmt: skip
    tasks = "".join(member("PJSIP/1", **given) for given, _changed in steps)
    run = Direct(Ansible(tmp_path, lab.environment(profile))).play(tasks).must_succeed()
    assert [record.changed for record in run.of("Change")] == [changed for _given, changed in steps]
    asked = calls(lab, "GET", part=f"{MEMBERS}/")
    assert set(asked) == {own, other}
    assert asked.count(other) == times
    assert calls(lab, "DELETE") == [own.replace("GET", "DELETE")]


def test_a_member_of_another_queue_whose_id_is_the_name_is_not_taken_for_it(direct: Direct, lab: Lab) -> None:
    # The way of older servers, tried on this one, finds Local/1 of the queue demo.
    direct.play(queue("demo")).must_succeed()
    lab.jade("POST", MEMBERS, {"queue_name": "demo", "name": "Local/1", "state_interface": "Local/1"})
    result = direct.play(member("Local/1@demo")).must_succeed().result("Change")
    assert (result["action"], result["queue_member"]["id"]) == ("create", "Local/1@demo@sales_1")
    assert runs(lab, "demo") == {("Local/1", "dynamic")}
    assert runs(lab, "sales_1") == {(STATIC, "static"), ("Local/1@demo", "dynamic")}


def test_a_member_for_a_queue_that_does_not_run_is_refused_before_jade_says_yes(direct: Direct, lab: Lab) -> None:
    for arguments in (("--check",), ()):
        result = direct.play(member("PJSIP/1", "nowhere"), *arguments).failure("Change")
        assert result["error"]["kind"] == "not_found"
        assert "there is no running queue nowhere" in result["msg"]
    assert calls(lab, "POST") == []


def test_a_static_member_is_not_removed_in_silence(direct: Direct, lab: Lab) -> None:
    for arguments in (("--check",), ()):
        result = direct.play(member(STATIC, state="absent"), *arguments).failure("Change")
        assert "is static: it comes from the queue's file, and Asterisk won't take it out" in result["msg"]
        assert "Change members with telephony.pbx.jade_queue" in result["error"]["hint"]
    assert calls(lab, "DELETE") == []


def test_a_static_member_takes_a_break_though_its_state_is_watched_elsewhere(direct: Direct, lab: Lab) -> None:
    direct.play(queue(members=["Local/1@demo,0,Ann,PJSIP/1"])).must_succeed()
    lab.forget_log()
    result = direct.play(member("Ann", "sales", paused=True, paused_reason="lunch", penalty=4)).must_succeed().result("Change")
    shown = result["queue_member"]
    assert (shown["paused"], shown["paused_reason"], shown["penalty"]) == (True, "lunch", 4)
    assert (shown["location"], shown["state_interface"]) == ("Local/1@demo", "PJSIP/1")
    assert calls(lab, "POST", "PUT", "DELETE") == [f"PUT {MEMBERS}/Ann%40sales"]


def test_an_interface_is_in_a_queue_once(direct: Direct, lab: Lab) -> None:
    direct.play(member("PJSIP/1")).must_succeed()
    lab.forget_log()
    result = direct.play(member("Ann", state_interface="PJSIP/1")).failure("Change")
    assert result["error"]["kind"] == "conflict"
    assert "PJSIP/1 is a member of sales_1 already, by the name PJSIP/1" in result["msg"]
    assert calls(lab, "POST") == []


def test_a_break_ends_with_its_reason(direct: Direct, lab: Lab) -> None:
    direct.play(member("PJSIP/1", paused=True, paused_reason="lunch")).must_succeed()
    lab.forget_log()
    result = direct.play(member("PJSIP/1", paused=False)).must_succeed().result("Change")
    assert (result["queue_member"]["paused"], result["queue_member"]["paused_reason"]) == (False, "")
    row = lab.jade("GET", f"{MEMBERS}/PJSIP%2F1%40sales_1")
    assert (row["paused"], row["paused_reason"]) == (0, "")
    assert len(calls(lab, "PUT")) == 1
