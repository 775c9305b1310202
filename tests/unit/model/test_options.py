# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: from the task, else from the environment, else by default; checked before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.connection import SYSTEM_CAS, Connection
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._model.options import resolve
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, TOKEN, TOY

GIVEN: dict[str, Any] = {"api_url": "https://pbx:8081/", "api_username": "robot", "api_password": SECRET}


def resolved(environ: dict[str, str] | None = None, **given: Any) -> Connection:
    return resolve(TOY, {**GIVEN, **given}, environ or {})


def refused(environ: dict[str, str] | None = None, **given: Any) -> str:
    with pytest.raises(BadInput) as caught:
        resolved(environ, **given)
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value)
    return str(caught.value)


def test_what_is_given_is_used_and_the_rest_has_its_default(plain_environment: Path) -> None:
    found = resolved()
    assert (found.url, found.principal, found.secret, found.token) == ("https://pbx:8081", "robot", SECRET, None)
    assert (found.trusted, found.timeout, found.retries, found.concurrency) == (SYSTEM_CAS, 30.0, 3, 8)
    assert (found.proxy, found.client_cert, found.client_key) == (None, None, None)
    assert found.title == "Toy PBX at https://pbx:8081"


def test_the_environment_supplies_what_is_not_given_and_no_more(tmp_path: Path) -> None:
    environ = {
        "TOY_URL": "https://elsewhere",
        "TOY_PROXY": "http://proxy:3128",
        "TOY_TIMEOUT": "2.5",
        "TOY_RETRIES": "0",
        "TOY_CA_PATH": str(tmp_path),
        "JADE_PROXY": "http://not.ours",
    }
    found = resolved(environ)
    assert found.url == "https://pbx:8081"
    assert (found.trusted, found.timeout, found.retries) == (("api_ca_path", str(tmp_path)), 2.5, 0)
    assert found.proxy == "http://proxy:3128"
    assert resolved({**environ, "TOY_VALIDATE_CERTS": "no"}).trusted is None


ACCOUNT = {"TOY_USERNAME": "other", "TOY_PASSWORD": "others"}


@pytest.mark.parametrize(
    ("given", "environ", "login"),
    [
        ({"username": "robot", "password": SECRET}, {"TOY_TOKEN": TOKEN}, ("robot", SECRET, None)),
        ({"token": TOKEN}, ACCOUNT, (None, None, TOKEN)),
        ({}, {**ACCOUNT, "TOY_TOKEN": TOKEN}, ("other", "others", TOKEN)),
    ],
)
def test_a_login_comes_whole_from_one_level(given: dict[str, str], environ: dict[str, str], login: tuple[Any, ...]) -> None:
    found = resolve(TOY, {"api_url": "https://pbx", **{f"api_{name}": value for name, value in given.items()}}, environ)
    assert (found.principal, found.secret, found.token) == login


@pytest.mark.parametrize(("missing", "given"), [("username", "password"), ("password", "username")])
@pytest.mark.parametrize("value", [None, ""])
def test_the_environment_does_not_complete_a_login(missing: str, given: str, value: str | None) -> None:
    message = refused({**ACCOUNT, "TOY_TOKEN": TOKEN}, **{f"api_{missing}": value})
    assert f"api_{missing} is missing" in message
    assert f"Give it where api_{given} comes from: the task, the variable toy_api_{missing} of the task's host" in message


def test_an_empty_part_of_a_login_is_a_part_of_it() -> None:
    message = refused({"TOY_TOKEN": TOKEN}, api_username=None, api_password="")
    assert "api_username is missing" in message


def test_an_empty_variable_is_none_at_all() -> None:
    assert resolved({"TOY_TIMEOUT": ""}).timeout == 30.0


def test_false_and_zero_in_the_task_beat_the_environment() -> None:
    found = resolved({"TOY_VALIDATE_CERTS": "true", "TOY_RETRIES": "9"}, api_validate_certs=False, api_retries=0)
    assert (found.trusted, found.retries) == (None, 0)


def test_the_real_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOY_URL", "https://from-outside")
    assert resolve(TOY, {**GIVEN, "api_url": None}).url == "https://from-outside"


@pytest.mark.parametrize("name", ["url", "username", "password"])
def test_what_is_missing_is_named_with_its_option_and_its_variable(name: str) -> None:
    message = refused(**{f"api_{name}": None})
    assert f"api_{name} is missing" in message
    assert f"environment variable TOY_{name.upper()}" in message
    assert message.startswith("Toy PBX: ")


def test_a_token_stands_for_the_credentials() -> None:
    assert resolved(api_username=None, api_password=None, api_token=TOKEN).token == TOKEN


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("timeout", "soon", "must be a number"),
        ("timeout", "0", "must be at least 0.1"),
        ("timeout", "3601", "must be at most 3600"),
        ("timeout", "nan", "must be"),
        ("timeout", "inf", "must be at most 3600"),
        ("retries", "-1", "must be at least 0"),
        ("retries", "21", "must be at most 20"),
        ("retries", "1.5", "must be a number"),
        ("concurrency", "0", "must be at least 1"),
        ("concurrency", "65", "must be at most 64"),
        ("validate_certs", "maybe", "must be true or false"),
        ("username", "two\nlines", "control character"),
        ("token", "two\r\nlines: x", "control character"),
        ("proxy", "socks4://x:1", "must look like http://proxy.example.com:3128"),
        ("proxy", "ftp://x:1", "must look like http://proxy.example.com:3128"),
        ("proxy", "proxy.example.com:3128", "must look like http://proxy.example.com:3128"),
        ("ca_path", "/does/not/exist", "doesn't exist or can't be read"),
        ("client_cert", "/does/not/exist", "doesn't exist or can't be read"),
    ],
)
def test_a_value_that_cannot_be_is_refused_naming_where_it_comes_from(name: str, value: str, part: str) -> None:
    message = refused(**{f"api_{name}": value})
    assert f"api_{name}" in message
    assert part in message
    login = {"api_username": None, "api_password": None} if name in ("username", "token") else {}
    message = refused({f"TOY_{name.upper()}": value}, **login)
    assert f"api_{name}" in message or f"TOY_{name.upper()}" in message
    assert part in message


def test_a_password_with_a_line_break_is_refused_without_showing_it() -> None:
    assert "api_password" in refused(api_password=SECRET + "\n")


def test_a_key_without_its_certificate_is_refused(tmp_path: Path) -> None:
    assert "api_client_key is given without api_client_cert" in refused(api_client_key=str(tmp_path))


@pytest.mark.parametrize(
    "url",
    [
        "pbx.example.com",
        "pbx.example.com:8081",
        "ftp://pbx.example.com",
        "https://",
        "https://:8081",
        "https://pbx?x=1",
        "https://pbx#x",
        "https://pbx:eighty",
        "https://pbx:99999",
        "https://[::1",
        "//pbx",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert "api_url" in refused(api_url=url)


def test_an_address_with_a_login_is_refused_without_showing_it() -> None:
    message = refused(api_url=f"https://robot:{SECRET}@pbx")
    assert message == "Toy PBX: api_url must not hold a user name or password"


@pytest.mark.parametrize("url", ["https://[::1]:8081", "http://10.0.0.1", "HTTPS://Pbx.Example.com", "https://pbx/base/path/"])
def test_an_address_that_is_one_is_taken_without_its_last_slash(url: str) -> None:
    assert resolved(api_url=url).url == url.rstrip("/")


def test_paths_know_the_home_directory(plain_environment: Path) -> None:
    (plain_environment / "ca.pem").write_text("x")
    assert resolved(api_ca_path="~/ca.pem").trusted == ("api_ca_path", str(plain_environment / "ca.pem"))
    assert resolved(api_ca_path="$HOME/ca.pem").trusted == ("api_ca_path", str(plain_environment / "ca.pem"))


def test_no_secret_shows_in_a_connection() -> None:
    found = resolved(api_token=TOKEN, api_proxy=f"http://x:{SECRET}@proxy:1")
    for shown in (repr(found), str(found), f"{found}"):
        assert SECRET not in shown
        assert TOKEN not in shown
    assert found.secrets == {SECRET, TOKEN}


def test_equal_options_are_one_connection() -> None:
    assert resolved() == resolved()
    assert hash(resolved()) == hash(resolved())
    assert resolved() != resolved(api_password="other")


def test_numbers_and_switches_may_come_with_their_type() -> None:
    found = resolved(api_timeout=5, api_retries="4", api_validate_certs=False, api_username=42)
    assert (found.timeout, found.retries, found.trusted, found.principal) == (5.0, 4, None, "42")


@pytest.mark.parametrize("word", ["1", "TRUE", "Yes", "on", "y", "t"])
def test_the_words_of_ansible_mean_true(word: str) -> None:
    assert resolved({"TOY_VALIDATE_CERTS": word}).trusted == SYSTEM_CAS
