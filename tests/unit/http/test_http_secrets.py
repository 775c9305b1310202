# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token or password never leaves by an error, a representation or a log line."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import requests

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import PbxError
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call, with_token
from ansible_collections.telephony.pbx.plugins.module_utils._http.redaction import MASKED
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, TOKEN, connection, http_client
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, Server, closed_port, saying, serving, talking

Around = Callable[[], AbstractContextManager[Server]]


def chained(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and all that Python keeps with it."""
    while error is not None:
        yield error
        yield from chained(error.__cause__)
        error = error.__context__


def secret_call() -> Call:
    """A call with the token in its query and in a header, and the password in its body."""
    call = Call("GET", "/list", json={"password": SECRET}, form=None, basic=("robot", SECRET))
    return with_token(with_token(call, query="authtoken", token=TOKEN), token=TOKEN)


FAILING: dict[str, Around] = {
    "closed at once": lambda: talking(saying()),
    "cut": lambda: talking(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")),
    "no HTTP": lambda: talking(saying(b"nonsense\r\n")),
    "bad header": lambda: talking(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n{}")),
    "redirect": lambda: serving(
        lambda request: Reply(b"", 302, {"Location": f"https://x.example/{TOKEN}?authtoken={TOKEN}"})
    ),
    "web page": lambda: serving(lambda request: Reply(b"<html>" + request.target.encode())),
    "unknown host": lambda: serving(lambda request: Reply(), host=f"no-{TOKEN[:8]}.invalid"),
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every log record there is."""
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize("failing", FAILING)
def test_no_error_holds_a_secret_however_one_looks_at_it(failing: str, log: pytest.LogCaptureFixture) -> None:
    with FAILING[failing]() as server, pytest.raises(PbxError) as caught:
        client = http_client(server.url, token=TOKEN)
        client.send(secret_call()).json()
    for error in chained(caught.value):
        seen = f"{error} {error!r} {error.args} {vars(error)}"
        assert TOKEN not in seen
        assert SECRET not in seen
    assert TOKEN not in str(caught.value.as_dict())
    assert TOKEN not in log.text


def test_a_header_that_the_library_would_complain_of_is_no_line_in_a_log(
    capfd: pytest.CaptureFixture[str], log: pytest.LogCaptureFixture
) -> None:
    with talking(saying(b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\n{}")) as server:
        http_client(server.url, token=TOKEN).send(secret_call())
    shown = capfd.readouterr()
    assert not shown.out + shown.err + log.text


def test_others_may_log_what_they_do_with_the_same_library(log: pytest.LogCaptureFixture) -> None:
    with serving(lambda request: Reply()) as server:
        http_client(server.url).send(secret_call())
        assert log.text == ""
        requests.get(server.url, timeout=5)
    assert "GET / HTTP" in log.text


def test_nothing_is_printed_even_if_python_is_told_to(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], log: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    monkeypatch.setattr(http.client.HTTPSConnection, "debuglevel", 1, raising=False)
    with serving(lambda request: Reply()) as server:
        http.client.HTTPConnection("127.0.0.1", server.port).request("GET", "/?" + TOKEN)
        assert TOKEN in capfd.readouterr().out  # it would be
        http_client(server.url, token=TOKEN).send(secret_call())
    shown = capfd.readouterr()
    assert not shown.out + shown.err + log.text


def test_no_representation_shows_a_secret() -> None:
    with serving(lambda request: Reply(b'{"authtoken": "%s"}' % TOKEN.encode())) as server:
        client = http_client(server.url, token=TOKEN)
        answer = client.send(secret_call())
    shown = repr(secret_call()) + repr(answer) + repr(client) + repr(client.connection) + repr(client.counters)
    assert TOKEN not in shown
    assert SECRET not in shown
    assert "/list" in shown


def test_the_proxys_password_is_not_shown() -> None:
    proxy = f"http://robot:{SECRET}@127.0.0.1:{closed_port()}"
    with pytest.raises(PbxError) as caught:
        http_client("http://pbx.invalid", proxy=proxy).send(Call("GET", "/list"))
    for error in chained(caught.value):
        assert SECRET not in f"{error} {error!r}"
    assert "proxy http://127.0.0.1" in str(caught.value)
    assert SECRET not in repr(connection(proxy=proxy))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"the password is {SECRET}!", f"the password is {MASKED}!"),
        (f"token {TOKEN}, twice {TOKEN}", f"token {MASKED}, twice {MASKED}"),
        ("GET /x?authtoken=unknown1&y=2", f"GET /x?authtoken={MASKED}&y=2"),
        ("'access_token=abc.def' failed", f"'access_token={MASKED}' failed"),
        ("Access_Token=abc", f"Access_Token={MASKED}"),
        ("client_secret=abc&x", f"client_secret={MASKED}&x"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_redaction_masks_what_is_known_and_what_is_called_a_secret(text: str, shown: str) -> None:
    client = http_client("http://pbx.invalid", token=TOKEN)
    assert client.redact(text) == shown


def test_a_secret_inside_a_longer_one_does_not_leave_the_rest_of_it() -> None:
    client = http_client("http://pbx.invalid")
    client.hide(SECRET + "-and-more")
    assert client.redact(SECRET + "-and-more") == MASKED


def test_secrets_of_logins_are_hidden_from_then_on() -> None:
    client = http_client("http://pbx.invalid")
    client.hide("fresh-token")
    client.hide(None)
    client.hide("")
    assert client.redact("fresh-token it is") == MASKED + " it is"
