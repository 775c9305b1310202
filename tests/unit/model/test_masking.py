# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret is masked in a server's words however they are encoded, and found wherever it is given."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus, urlencode

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ConnectionFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED, without
from ansible_collections.telephony.pbx.plugins.module_utils._model.masking import named_secrets, secrets_in
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import resolve
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.sip_phone import SECRETS_IN_URL
from ansible_collections.telephony.pbx.tests.unit.support.builders import TOY, http_client

SECRET = 'Ab1x/Cd2y+Ef3z&Gh4%"\\ä\'  Ij5'
PIECES = ("Ab1x", "Cd2y", "Ef3z", "Gh4", "Ij5")
WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in a path": quote,
    "in a query": lambda secret: urlencode({"a": secret}),
    "in a query, small letters": lambda secret: quote(secret, safe="").replace("%2F", "%2f").replace("%C3%A4", "%c3%a4"),
    "in a query in a query": lambda secret: urlencode({"next": "/x?" + urlencode({"a": secret})}),
    "in JSON": lambda secret: json.dumps({"a": secret}),
    "in JSON in a query": lambda secret: quote(json.dumps({"a": secret})),
    "in JSON with its letters": lambda secret: json.dumps({"a": secret}, ensure_ascii=False),
    "in JSON of PHP": lambda secret: json.dumps({"a": secret}).replace("/", "\\/"),
    "in JSON in JSON": lambda secret: json.dumps(json.dumps({"a": secret})),
    "in a form in JSON": lambda secret: json.dumps("a=" + quote_plus(secret)),
    "in Python": lambda secret: repr({"a": secret}),
    "in HTML": html.escape,
    "on one line": lambda secret: " ".join(secret.split()),
    "in a Basic header": lambda secret: base64.b64encode(f"admin:{secret}".encode()).decode(),
    "in base64 for URLs": lambda secret: base64.urlsafe_b64encode(f"a{secret}bc".encode()).decode(),
    "in hexadecimal": lambda secret: secret.encode().hex(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_masked_in_whatever_way_it_is_written(way: str) -> None:
    text = f"what is {WAYS[way](SECRET)} ?"
    shown = without(text, {SECRET, "", "other"})
    assert MASKED in shown
    assert shown.startswith("what is ")
    assert [piece for piece in PIECES if piece in shown or piece.encode().hex() in shown] == []
    if "ase" in way:  # of base64 only a letter at each end may stay, which its neighbors have a part in
        rest = WAYS[way](SECRET)[1:-1]
        assert not any(rest[at : at + 8] in shown for at in range(10, len(rest) - 16))


def test_a_short_secret_is_masked_as_a_word_and_spares_other_text() -> None:
    assert without("pin 4711: 14711 47110 a4711 (4711)", {"4711"}) == f"pin {MASKED}: 14711 47110 a4711 ({MASKED})"
    assert without("nothing", set()) == "nothing"


@pytest.mark.parametrize("pin", ["1", "12", "123"])
def test_a_pin_that_occurs_in_any_number_alters_no_text(pin: str) -> None:
    text = f"error {pin}0{pin}, row {pin} of {pin}"
    assert without(text, {pin}) == text


def test_a_longer_secret_goes_first() -> None:
    assert without("secret-and-more, secret", {"secret", "secret-and-more"}) == f"{MASKED}, {MASKED}"


def test_secrets_are_found_at_any_depth() -> None:
    fields = (
        Field("password", "", secret=True),
        Field("picture", "", secrets_inside=SECRETS_IN_URL),
        Field("box", "", type="dict", fields=(Field("pin", "", secret=True),)),
        Field("rows", "", type="list", elements="dict", fields=(Field("url", "", secrets_inside=SECRETS_IN_URL),)),
        Field("open", ""),
    )
    given = {
        "password": "one", "picture": "https://a:two@x", "box": {"pin": "three", "open": "x"}, "open": "y",
        "rows": [{"url": "https://x?token=four"}, {"url": None}, "no row", {"url": "https://a:x.example@x.example"}],
    }  # fmt: skip
    assert list(secrets_in(fields, given)) == ["one", "two", "three", "four"]  # the last one is in the open too
    assert list(secrets_in(fields, {"password": None, "picture": 5, "box": "three", "rows": {}})) == []


def test_secrets_are_found_by_their_names_at_any_depth() -> None:
    given = {"name": "x", "password": "one", "in": [{"accessToken": "two", "pin": "12"}, "x"], "secret": {"md5_cred": "three"}}
    assert list(named_secrets(given)) == ["one", "two", "three"]


# Proxies


@pytest.mark.parametrize("login", ["robot:{}", "robot:{}@{}", "{}"])
def test_a_proxys_login_is_hidden_however_it_is_written(login: str) -> None:
    secret = "Ab1x+Cd2y$Ef3z"
    with pytest.raises(ConnectionFailed) as caught:
        http_client("http://pbx.invalid", proxy=f"http://{login.format(secret, secret)}@127.0.0.1:9").send(Call("GET", "/"))
    assert "the proxy http://127.0.0.1:9 can't be reached" in str(caught.value)
    assert "Cd2y" not in f"{caught.value} {caught.value.as_dict()}"


def test_the_login_of_the_environments_proxy_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://robot:Ab1x%2FCd2y@127.0.0.1:9")
    client = http_client("http://pbx.invalid")
    assert client.redact("Ab1x/Cd2y Ab1x%2FCd2y") == f"{MASKED} {MASKED}"


@pytest.mark.parametrize("login", ["robot:Ab1x/Cd2y", "robot:Ab1x?Cd2y", "robot:Ab1x#Cd2y", "robot:1/Cd2y"])
def test_a_proxys_login_that_cuts_its_address_is_refused_in_words(login: str) -> None:
    given = {"api_url": "http://pbx.invalid", "api_username": "a", "api_password": "b", "api_proxy": f"http://{login}@proxy:1"}
    with pytest.raises(BadInput) as caught:
        resolve(TOY, given, {})
    assert "api_proxy must look like" in str(caught.value)
    assert "percent-encoded" in str(caught.value)
    assert "Cd2y" not in f"{caught.value} {caught.value.as_dict()} {caught.value.__context__!r} {caught.value.__cause__!r}"
