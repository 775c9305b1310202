# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialplans through Jade: the shape that it takes, reloads, what its file can't hold, and diffs by line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.system.support.direct import Direct
from tests.system.support.jade_calls import jade_calls
from tests.system.support.lab import Lab
from tests.system.support.runner import Ansible, Run

FILE = "jade.extensions.conf"
PATHS = {"jade_sdp": "/v1/admin/dialplan/sdps", "jade_sdialplan": "/v1/manager/sdialplans"}
BOTH = pytest.mark.parametrize("module", list(PATHS))
RELOAD = "PUT /v1/admin/core/modules/pbx_config.so"
FIRST = ["exten => 100,1,Response()", "same => n,Queue(sales_1)", "same => n,Hangup()"]
SECOND = ["exten => 100,1,Response()", "same => n,Queue(sales_1,t)", "same => n,Hangup()"]


def task(module: str, name: str = "sales", **options: Any) -> str:
    """One task, called Change."""
    return yaml.safe_dump([{"name": "Change", f"telephony.pbx.{module}": {"name": name, **options}}])


def stored(lab: Lab, name: str = "sales") -> list[str]:
    """The lines of a context in the file, without blanks."""
    section = lab.file(FILE).split(f"[{name}]\n")[1].split("[")[0]
    return [line.replace(" ", "") for line in section.splitlines() if line]


def writes(lab: Lab) -> list[str]:
    """What was sent beyond questions and logins."""
    return [call for call in jade_calls(lab) if not call.startswith("GET ")]


@BOTH
def test_a_change_is_sent_in_the_shape_that_keeps_the_lines(module: str, direct: Direct, lab: Lab) -> None:
    direct.play(task(module, lines=FIRST)).must_succeed()
    assert stored(lab) == [line.replace(" ", "") for line in FIRST]
    direct.play(task(module, lines=SECOND)).must_succeed()
    assert stored(lab) == [line.replace(" ", "") for line in SECOND]
    # The shape that Jade itself shows would have emptied the context, with a 200.
    shown = lab.jade("GET", f"{PATHS[module]}/sales")["data"]
    lab.jade("PUT", f"{PATHS[module]}/sales", {"data": shown})
    assert stored(lab) == []


@BOTH
@pytest.mark.parametrize("reload", [True, False])
def test_asterisk_reloads_after_the_write_and_is_told_only_where_jade_does_not(
    module: str, reload: bool, direct: Direct, lab: Lab
) -> None:
    path, own = PATHS[module], module == "jade_sdialplan"
    options: dict[str, Any] = {} if own else {"reload": reload}
    told = [] if own or not reload else [RELOAD]
    steps: list[tuple[dict[str, Any], list[str]]] = [
        ({"lines": FIRST}, [f"POST {path}", *told]),
        ({"lines": SECOND}, [f"PUT {path}/a%2Fb%20c", *told]),
        ({"lines": SECOND}, []),
        ({"state": "absent"}, [f"DELETE {path}/a%2Fb%20c", *told]),
        ({"state": "absent"}, []),
    ]
    for given, expected in steps:
        lab.forget_log()
        result = direct.play(task(module, name="a/b c", **given, **options)).must_succeed().result("Change")
        assert writes(lab) == expected
        off = not own and not reload
        assert result["running"] == f"not compared: {'reload is off' if off else 'Jade has no view of the dialplan that runs'}"


# Options that can't be, and the words that tell why.
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "comment": ({"lines": [FIRST[0], "same => n,Dial(PJSIP/1;2)"]}, "lines, line 2 holds ';', which Jade can't keep"),
    "hash": ({"lines": ["exten => *31#,1,NoOp()"]}, "lines, line 1 holds '#'"),
    "line break": ({"lines": ["exten => 1,1,NoOp(a\nb)"]}, "lines, line 1 holds a line break"),
    "control": ({"lines": "exten => 1,1,NoOp(a\tb)"}, "lines, line 1 holds a line break or another control character"),
    "long": ({"lines": ["", f"exten => 1,1,NoOp({'x' * 500})"]}, "lines, line 2 is too long: Jade cuts lines after 511"),
    "no dialplan": ({"lines": f"{FIRST[0]}\nsame => n\n"}, "lines, line 2 isn't dialplan: 'same => n' lacks a part"),
    "other file": ({"lines": ["#include <more.conf>"]}, "lines, line 1 isn't dialplan"),
    "section": ({"name": "a]b"}, "name holds ']'"),
    "section with a comment": ({"name": "a;b"}, "name holds ';'"),
    "reserved": ({"name": "general"}, "name is 'general', a section that belongs to Asterisk"),
    "reserved, too": ({"name": "globals", "state": "absent"}, "name is 'globals', a section that belongs to Asterisk"),
}  # fmt: skip


@pytest.fixture(scope="module")
def refusals(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Any]]:
    """All of them by both endpoints, and the requests that they cost."""
    running.reset()
    tasks = [
        {"name": f"{module} {name}", f"telephony.pbx.{module}": {"name": "sales", **options}, "ignore_errors": True}
        for module in PATHS
        for name, (options, _words) in REFUSED.items()
    ]
    direct = Direct(Ansible(tmp_path_factory.mktemp("refused"), running.environment()))
    return direct.play(yaml.safe_dump(tasks)), running.log()


@BOTH
@pytest.mark.parametrize("name", list(REFUSED))
def test_refused(name: str, module: str, refusals: tuple[Run, list[Any]]) -> None:
    result = refusals[0].failure(f"{module} {name}")
    assert REFUSED[name][1] in result["msg"]
    assert result["error"]["kind"] == "bad_input"


def test_refusals_cost_no_request(refusals: tuple[Run, list[Any]]) -> None:
    assert len(refusals[0].records) == len(PATHS) * len(REFUSED)
    assert refusals[1] == []


LOST = "Jade writes the whole file of the static dialplan sales again, and"
HARMED = {
    "a hash in the number": ("exten => *31#,1,NoOp()", "exten=> *31, which Jade has cut"),
    "a hash in an argument": ("exten => 1,1,Dial(PJSIP/a#b)", "exten=> 1,1,Dial(PJSIP/a, which Jade has cut"),
    "a semicolon": ("exten => 1,1,NoOp()\nsame => n,Set(a=\\;b)", "same=> n,Set(a=\\, which Jade has cut"),
    "a bare semicolon": ("exten => 1,1,Dial(PJSIP/a;b)", "exten=> 1,1,Dial(PJSIP/a, which Jade has cut"),
    "a long line": (f"exten => 1,1,NoOp({'x' * 600})", "exten=> 1,1,NoOp(xxx"),
}
HARMLESS = (
    "exten => 1,1,NoOp(a,b)\nsame => n,Hangup ; a comment of its own\nexten => 2,hint,PJSIP/1\n"
    "include => more\nswitch => IAX2/other\nexten => 3,1,Dial,PJSIP/1"
)


@BOTH
def test_what_a_write_costs_other_contexts_is_told(module: str, direct: Direct, lab: Lab) -> None:
    harmed = "\n".join(f"[{name}]\n{line}\n" for name, (line, _loss) in HARMED.items())
    lab.set(jade="f31439d", files={FILE: f"[sales]\nexten => 1,1,NoOp()\n\n[fine]\n{HARMLESS}\n\n{harmed}"})
    change = task(module, lines=FIRST)
    for arguments in (("--check",), ()):
        warnings = direct.play(change, *arguments).must_succeed().result("Change")["warnings"]
        assert len(warnings) == len(HARMED)
        for warning, (name, (_line, loss)) in zip(warnings, HARMED.items()):
            assert warning.startswith(f"{LOST} {name} loses the end of {loss}")
    # By now it is lost, and nothing is written any more.
    assert "[a hash in the number]\nexten=> *31\n" in lab.file(FILE)
    assert "warnings" not in direct.play(change).must_succeed().result("Change")


@BOTH
def test_a_write_that_costs_nothing_warns_of_nothing(module: str, direct: Direct, lab: Lab) -> None:
    text = f"[sales]\nexten => *31#,1,NoOp()\n\n[fine]\n{HARMLESS}\n"
    lab.set(jade="f31439d", files={FILE: text})
    assert direct.play(task(module, name="new", lines=FIRST), "--check").must_succeed().warnings  # of sales
    for given in ({"lines": FIRST}, {"lines": SECOND}, {"state": "absent"}):
        run = direct.play(task(module, **given)).must_succeed()
        assert run.result("Change")["changed"]
        assert run.warnings == []


@BOTH
def test_nothing_is_told_where_nothing_is_written(module: str, direct: Direct, lab: Lab) -> None:
    text = "[sales]\nexten => 1,1,NoOp()\n\n[other]\nexten => *31#,1,NoOp()\n"
    lab.set(jade="f31439d", files={FILE: text})
    for given in ({"lines": ["exten =1, 1,NoOp()"]}, {}, {"name": "nowhere", "state": "absent"}):
        run = direct.play(task(module, **given)).must_succeed()
        assert not run.result("Change")["changed"]
        assert run.warnings == []
    assert lab.file(FILE) == text


@BOTH
def test_the_diff_shows_a_change_line_by_line(module: str, ansible: Ansible, direct: Direct) -> None:
    direct.play(task(module, lines=FIRST)).must_succeed()
    for arguments in (("--check", "--diff"), ("--diff",)):
        output = ansible.play(task(module, lines=["include=more", *SECOND]), *arguments).must_succeed().stdout
        changes = [line for line in output.splitlines() if line.startswith(("-", "+"))]
        assert changes == [
            "--- before: static dialplan sales",
            "+++ after: static dialplan sales",
            '+        "include => more",',
            '-        "same => n,Queue(sales_1)",',
            '+        "same => n,Queue(sales_1,t)",',
        ]
        assert '         "same => n,Hangup()"' in output.splitlines()


@BOTH
def test_two_tasks_in_one_run_keep_what_the_other_wrote(module: str, direct: Direct, lab: Lab) -> None:
    names = ("one", "two", "three")
    direct.play("".join(task(module, name, lines=f"exten => s,1,NoOp({name})") for name in names)).must_succeed()
    assert [stored(lab, name) for name in names] == [[f"exten=>s,1,NoOp({name})"] for name in names]
    assert stored(lab, "jade_demo")
