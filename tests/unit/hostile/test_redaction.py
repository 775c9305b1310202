# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No text that goes out holds a secret that is known, however it is written there."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from hypothesis import assume, given
from hypothesis import strategies as st

from ansible_collections.telephony.pbx.plugins.module_utils._http.client import HttpClient
from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED, SHORTEST
from ansible_collections.telephony.pbx.tests.unit.hostile.strategies import tries
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client

# A star is what a mask is made of, so that a text of stars can't be told from one.
CHARACTERS = st.characters(exclude_characters="*", exclude_categories=("Cs",))
SECRETS = st.text(CHARACTERS, min_size=6, max_size=24) | st.text("a/+%& \"'\\<>=?é\U0001f4de\n", min_size=6, max_size=12)
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in a path": lambda secret: quote(secret, safe=""),
    "in a URL": quote,
    "in a form": quote_plus,
    "with small hexadecimal digits": lambda secret: re.sub("%..", lambda match: match[0].lower(), quote(secret, safe="")),
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON of UTF-8": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in HTML": html.escape,
    "in base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "in a Basic header": lambda secret: base64.b64encode(f"robot:{secret}".encode()).decode(),
    "as Python shows it": lambda secret: repr(secret)[1:-1],
}


def client(*secrets: str) -> HttpClient:
    """A client that knows these."""
    made = http_client("http://pbx.invalid", secret=secrets[0])
    for secret in secrets:
        made.hide(secret)
    return made


@tries(150)
@given(SECRETS, st.sampled_from(list(SPELLINGS)), st.text(max_size=8), st.text(max_size=8))
def test_a_secret_is_masked_in_each_of_its_spellings(secret: str, spelling: str, before: str, after: str) -> None:
    assume(secret.strip())
    written = SPELLINGS[spelling](secret)
    knowing = client(secret)
    shown = knowing.redact(f"{before} {written} {after}")
    if spelling != "in a Basic header":  # whose user name may stay
        assert written not in shown
    assert secret not in shown
    assert MASKED in shown
    assert knowing.redact(shown) == shown


@tries(150)
@given(st.lists(st.text("ab", min_size=SHORTEST, max_size=9), min_size=1, max_size=3), st.text("abc*", max_size=30))
def test_no_secret_is_left_where_several_overlap_and_a_second_time_changes_nothing(secrets: list[str], text: str) -> None:
    knowing = client(*secrets)
    shown = knowing.redact(text)
    assert not [secret for secret in secrets if secret in shown]
    assert knowing.redact(shown) == shown


@tries(100)
@given(
    st.sampled_from(["authtoken", "access_token", "refresh_token", "client_secret", "password", "token", "TOKEN"]),
    st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters="&\"')*"), min_size=1, max_size=20),
    st.sampled_from(["?", "&", "?a=b&", " ", "'"]),
)
def test_what_a_url_calls_a_secret_is_masked_though_it_is_not_known(name: str, value: str, before: str) -> None:
    assume("=" not in value)
    knowing = client("Another-one-altogether")
    shown = knowing.redact(f"GET /x{before}{name}={value}&y=2")
    assert shown == f"GET /x{before}{name}={MASKED}&y=2"
    assert knowing.redact(shown) == shown
