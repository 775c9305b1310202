# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is a secret in a file of Asterisk's, what may be written there, and which lines are Jade's own."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.configuration import (
    SECRET_SETTINGS,
    ConfigurationState,
)
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.trunk import TrunkState

STATE = ConfigurationState()
INCLUDE = '#include "jade.res_parking.conf"\n'


@pytest.mark.parametrize(
    "line",
    [
        "password=Hidden", "password = Hidden", "Password=>Hidden", "\tsecret => Hidden ; old", ";password=Hidden",
        "; secret = Hidden", "md5_cred=Hidden", "oauth_secret=Hidden", "refresh_token=Hidden", "password+=Hidden",
        "s3-secret=Hidden", "db_pass=Hidden", "pass=Hidden", "password=Hidden;with#all\\;of it", "password=Hidden\r",
    ],
)  # fmt: skip
def test_secrets_of_files_are_known(line: str) -> None:
    assert "Hidden" not in SECRET_SETTINGS.masked(f"[a]\n{line}\nb=c\n")
    assert SECRET_SETTINGS.masked(f"[a]\n{line}\nb=c\n").endswith("\nb=c\n")


@pytest.mark.parametrize(
    "line",
    ["password=", "password= ; none", "password_policy=x", "bypass=yes", "exten => secret,1,NoOp()", "; the password is old"],
)
def test_other_lines_are_left_alone(line: str) -> None:
    assert SECRET_SETTINGS.masked(f"{line}\n[a]\n") == f"{line}\n[a]\n"


@pytest.mark.parametrize(
    "text",
    [
        "[general]\n", "\n\n; only a comment\n", '#include "x.conf"\n', '#exec "/x"\n', "; a\n\n  [a](!)\n", "[a] (b,+) ; c\n",
        ";-- a\nb=c\n--;\n[general]\n",
    ],
)  # fmt: skip
def test_texts_that_asterisk_reads(text: str) -> None:
    STATE.check_input({"data": text})


@pytest.mark.parametrize(
    "text", ["a=b\n[c]\n", "; x\na=b\n", ";-- a --;\nb=c\n[d]\n", "5", "['a']", "['a', 'b']", "[1, 2]x", "{'a': 'b'}", "x.conf"]
)
def test_texts_that_asterisk_does_not_read(text: str) -> None:
    with pytest.raises(BadInput, match="data doesn't begin with a"):
        STATE.check_input({"data": text})


a, b, c = (f'#include "jade.{name}.conf"\n' for name in "abc")


def merged(data: str, current: str, includes: str = "keep") -> str:
    return STATE._with_includes({"data": data, "includes": includes}, current)


@pytest.mark.parametrize(
    ("data", "current", "then"),
    [
        ("[a]", f"[b]\n{INCLUDE}", f"[a]\n{INCLUDE}"),
        ("[a]\n", f"[b]\n{INCLUDE}", f"[a]\n{INCLUDE}"),
        # Nothing to keep: the text ends its last line all the same, since Jade puts its own right behind it.
        ("[a]", "[b]\n", "[a]\n"),
        # There already, in other spellings and at other places.
        (f"{INCLUDE}[a]\n", f"[b]\n{INCLUDE}", f"{INCLUDE}[a]\n"),
        ("[a]\n #include <jade.res_parking.conf> ; x\n", f"[b]\n{INCLUDE}", "[a]\n #include <jade.res_parking.conf> ; x\n"),
        (
            "[a]\n#include /etc/asterisk/jade.res_parking.conf\r\n",
            f"[b]\n{INCLUDE}",
            "[a]\n#include /etc/asterisk/jade.res_parking.conf\r\n",
        ),
        # A comment includes nothing, nor does it have to be kept.
        (f"[a]\n;{INCLUDE}", f"[b]\n{INCLUDE}", f"[a]\n;{INCLUDE}{INCLUDE}"),
        ("[a]\n", f"[b]\n; {INCLUDE}", "[a]\n"),
        # Others' files are the person's own business.
        ("[a]\n", f'[b]\n#include "own.conf"\n{INCLUDE}', f"[a]\n{INCLUDE}"),
        # Several, some of which are there; each once, in their order.
        (f"[a]\n{b}", f"{c}{b}{a}{c}", f"[a]\n{b}{c}{a}"),
        # The same text: however Jade has put its lines behind it, they stay as they are.
        ("[a]\n", f"[a]\n\n\n{INCLUDE}\n", f"[a]\n\n\n{INCLUDE}\n"),
    ],
)  # fmt: skip
def test_jades_includes_are_kept(data: str, current: str, then: str) -> None:
    assert merged(data, current) == then


def test_jades_includes_are_not_dropped_by_mistake() -> None:
    with pytest.raises(BadInput, match=r"data lacks the #include of jade\.res_parking\.conf"):
        merged("[a]\n", f"[b]\n{INCLUDE}", "refuse")
    assert merged(f"[a]\n{INCLUDE}", f"[b]\n{INCLUDE}", "refuse") == f"[a]\n{INCLUDE}"


class Running:
    """A client that knows what runs."""

    def __init__(self, **rows: dict[str, Any]) -> None:
        self.rows = rows

    def row(self, resource: Any, key: str) -> dict[str, Any] | None:
        return self.rows.get(resource.noun)


STORED = {"server_uri": "sip:a", "client_uri": "sip:b", "context": "c"}
REGISTRATION = {"server_uri": "sip:a", "client_uri": "sip:b", "transport": "jade-transport-udp"}


@pytest.mark.parametrize(
    ("stored", "endpoint", "registration", "runtime_difference"),
    [
        (STORED, {"context": "c"}, REGISTRATION, ""),
        (STORED, {"context": "x"}, REGISTRATION, "its PJSIP endpoint runs with the context x"),
        (STORED, None, REGISTRATION, "its PJSIP endpoint doesn't run"),
        (STORED, {"context": "c"}, None, "its PJSIP registration doesn't run"),
        (STORED, {"context": "c"}, {**REGISTRATION, "client_uri": "x"}, "its PJSIP registration runs with the client_uri x"),
        # Without both of its addresses Asterisk takes no registration, and without a context it has one of its own.
        ({**STORED, "server_uri": ""}, {"context": "c"}, None, ""),
        ({**STORED, "context": ""}, {"context": "default"}, REGISTRATION, ""),
        # Jade reads up to the backslash in front of a semicolon, Asterisk the whole.
        ({**STORED, "server_uri": "sip:a\\"}, {"context": "c"}, {**REGISTRATION, "server_uri": "sip:a;transport=tcp"}, ""),
        # Gone, but for what isn't Jade's.
        (None, None, None, ""),
        (None, {"outbound_auth": "p", "aors": "p"}, REGISTRATION, "its PJSIP endpoint and registration still run"),
        (None, {"outbound_auth": "p", "aors": "p"}, None, "its PJSIP endpoint still runs"),
        (None, {"outbound_auth": "p", "aors": "p"}, {**REGISTRATION, "transport": "own"}, ""),
        (None, {"auth": "p", "aors": "p", "outbound_auth": ""}, None, ""),
    ],
)
def test_what_a_running_trunk_lacks(stored: Any, endpoint: Any, registration: Any, runtime_difference: str) -> None:
    client: Any = Running(pjsip_endpoint=endpoint, pjsip_registration_outbound=registration)
    assert TrunkState().runtime_difference(client, {"name": "p"}, stored) == runtime_difference
