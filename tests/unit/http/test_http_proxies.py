# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Through proxies: by option and by the environment, with and without TLS and login, and what each refusal is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    BadInput,
    ConnectionFailed,
    PbxError,
    ProxyRefused,
    TlsFailed,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.proxies import Proxy, http_proxy, socks_proxy
from ansible_collections.telephony.pbx.tests.unit.support.servers import CUT, Reply, Server, closed_port, saying, serving, talking

GET = Call("GET", "/list", (("x", "1"),))
WRITE = Call("POST", "/list", json={})
GOOD = Reply(b'"good"')
LOGIN = "mary:p@ss ü"
IN_URL = "//mary:p%40ss%20%C3%BC@"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(lambda request: GOOD) as running:
        yield running


@pytest.fixture
def tls_server(authority: Authority) -> Iterator[Server]:
    """It has a certificate for a name that only a proxy can find, and for addresses."""
    with serving(lambda request: GOOD, authority.server("pbx.example.com", "127.0.0.1", "::1")) as running:
        yield running


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with http_proxy() as running:
        yield running


def refusal(url: str, call: Call = WRITE, **options: object) -> PbxError:
    """The error of a call that can't have reached its server."""
    with pytest.raises(ConnectionFailed) as caught:
        http_client(url, **options).send(call)
    assert not caught.value.sent
    assert "\n" not in str(caught.value)
    return caught.value


# Which proxy


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_the_proxy_of_the_environment_is_used(
    proxy: Proxy, server: Server, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("REQUEST_METHOD", raising=False)
    monkeypatch.setenv(variable, proxy.url)
    assert http_client(f"{server.url}/base").send(GET).json() == "good"
    assert proxy.lines == [f"GET {server.url}/base/list?x=1 HTTP/1.1"]


def test_a_proxy_of_the_environment_needs_no_scheme(proxy: Proxy, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy.url.removeprefix("http://"))
    assert http_client(server.url).send(GET).json() == "good"
    assert len(proxy.lines) == 1


@pytest.mark.parametrize("address", ["ftp://robot:pw-of-robot@proxy:3128", "socks4://proxy:1080", "HTTPS://proxy:1", "http://", "http://proxy:x"])
def test_a_proxy_of_the_environment_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("http_proxy", address)
    with pytest.raises(BadInput) as caught:
        http_client("http://pbx.invalid")
    assert "HTTP_PROXY" in str(caught.value)
    assert "socks5h://" in str(caught.value)
    assert "pw-of-robot" not in str(caught.value)


@pytest.mark.parametrize(
    ("exempt", "host", "direct"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("*", "127.0.0.1", True),
        ("example.com,127.0.0.1", "127.0.0.1", True),
        ("127.0.0.0/8", "127.0.0.1", True),
        ("10.0.0.0/8", "127.0.0.1", False),
        ("::1", "[::1]", True),
        ("::2", "[::1]", False),
    ],
)
def test_no_proxy_exempts_addresses_and_networks(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, exempt: str, host: str, direct: bool
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", exempt)
    with serving(lambda request: GOOD, host=host) as server:
        assert http_client(server.url).send(GET).json() == "good"
    assert (proxy.lines == []) is direct


@pytest.mark.parametrize(
    ("exempt", "direct"),
    [
        ("pbx.corp.invalid", True),
        ("other.invalid, corp.invalid", True),
        (".corp.invalid", True),
        ("pbx.corp.invalid:8081", True),
        ("corp.invalid:8081", True),
        ("pbx.corp.invalid:8082", False),
        ("other.invalid", False),
    ],
)
def test_no_proxy_exempts_names_suffixes_and_ports(
    server: Server, monkeypatch: pytest.MonkeyPatch, exempt: str, direct: bool
) -> None:
    """The proxy alone knows the name."""
    with http_proxy(behind=server.port) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", exempt)
        client = http_client("http://pbx.corp.invalid:8081")
        if direct:
            with pytest.raises(ConnectionFailed, match="the host's name isn't known"):
                client.send(GET)
        else:
            assert client.send(GET).json() == "good"
    assert (proxy.lines == []) is direct


def test_api_proxy_beats_the_environment(proxy: Proxy, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("no_proxy", "*")
    assert http_client(server.url, proxy=proxy.url).send(GET).json() == "good"
    assert len(proxy.lines) == 1


# What a proxy gets to see


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_proxy_gets_its_own_login_and_no_other(authority: Authority, secure: bool) -> None:
    context = authority.server("127.0.0.1") if secure else None
    with serving(lambda request: GOOD, context) as server, http_proxy(login=LOGIN) as proxy:
        client = http_client(server.url, proxy=proxy.url.replace("//", IN_URL), ca_path=authority.path)
        assert client.send(Call("GET", "/list", basic=("robot", "secret"))).json() == "good"
        client.close()
    (headers,) = proxy.headers
    assert headers["proxy-authorization"] == "Basic bWFyeTpwQHNzIMO8"
    assert ("authorization" in headers) is not secure
    assert server.received[0].headers["authorization"] == "Basic cm9ib3Q6c2VjcmV0"


def test_a_login_may_be_a_token_without_a_password(server: Server) -> None:
    with http_proxy(login="t0ken:") as proxy:
        assert http_client(server.url, proxy=proxy.url.replace("//", "//t0ken@")).send(GET).json() == "good"


@pytest.mark.parametrize("port", ["", ":8081"])
def test_an_address_with_colons_is_one(server: Server, port: str) -> None:
    with http_proxy(behind=server.port) as proxy:
        http_client(f"http://[2001:db8::7]{port}", proxy=proxy.url).send(GET)
    assert proxy.lines == [f"GET http://[2001:db8::7]{port}/list?x=1 HTTP/1.1"]
    assert proxy.headers[0]["host"] == f"[2001:db8::7]{port}"


def test_a_tunnel_leads_to_an_address_with_colons(authority: Authority, proxy: Proxy) -> None:
    with serving(lambda request: GOOD, authority.server("::1"), "[::1]") as server:
        client = http_client(server.url, proxy=proxy.url, ca_path=authority.path)
        assert client.send(GET).json() == "good"
        client.close()
    assert proxy.lines[0].startswith(f"CONNECT [::1]:{server.port} HTTP/1.")


# TLS


def test_tls_goes_through_a_proxy_and_is_checked_behind_it(
    authority: Authority, tls_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with http_proxy(behind=tls_server.port) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        client = http_client("https://pbx.example.com", ca_path=authority.path)
        assert client.send(GET).json() == "good"
        client.close()
        assert proxy.lines[0].startswith("CONNECT pbx.example.com:443 HTTP/1.")
        error = refusal("https://other.example.com", ca_path=authority.path)
    assert isinstance(error, TlsFailed)
    assert error.message.startswith("the server's certificate isn't trusted: ")


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("validate", [False, True], ids=["unchecked", "checked"])
def test_a_proxy_may_itself_speak_tls(
    authority: Authority, secure: bool, validate: bool, recwarn: pytest.WarningsRecorder
) -> None:
    context = authority.server("127.0.0.1") if secure else None
    with serving(lambda request: GOOD, context) as server, http_proxy(authority.server("127.0.0.1"), login=LOGIN) as proxy:
        trust = {"ca_path": authority.path} if validate else {"validate_certs": False}
        client = http_client(server.url, proxy=proxy.url.replace("//", IN_URL), **trust)
        assert [client.send(GET).json() for dummy in range(2)] == ["good"] * 2
        client.close()
    assert proxy.lines[0].startswith("CONNECT" if secure else "GET http://127.0.0.1")
    assert [warning.message for warning in recwarn] == []


@pytest.mark.parametrize("url", ["http://pbx.example.com", "https://pbx.example.com"])
def test_a_proxy_that_is_not_trusted_is_told_from_a_server(authority: Authority, url: str) -> None:
    with http_proxy(authority.server("proxy.example.com")) as proxy:
        error = refusal(url, proxy=proxy.url, ca_path=authority.path)
    assert isinstance(error, TlsFailed)
    assert error.message.startswith("the proxy's certificate isn't trusted: ")
    assert proxy.lines == []


def test_a_write_that_was_cut_behind_a_proxy_may_have_been_heard(authority: Authority) -> None:
    with serving(lambda request: CUT, authority.server("pbx.example.com")) as server, http_proxy(behind=server.port) as proxy:
        with pytest.raises(ConnectionFailed) as caught:
            http_client("https://pbx.example.com", proxy=proxy.url, ca_path=authority.path, retries=3).send(WRITE)
    assert caught.value.sent
    assert len(server.received) == 1


# Refusals


@pytest.mark.parametrize("url", ["http://pbx.invalid", "https://pbx.invalid"])
def test_a_proxy_that_cannot_be_reached_has_seen_nothing(url: str) -> None:
    port = closed_port()
    error = refusal(url, proxy=f"http://127.0.0.1:{port}")
    assert error.message == f"the proxy http://127.0.0.1:{port} can't be reached or refuses: connection refused"


def test_a_proxy_whose_name_is_unknown_is_told_from_a_server() -> None:
    error = refusal("https://pbx.invalid", proxy="http://no-such-proxy.invalid:3128")
    assert error.message.startswith("the proxy http://no-such-proxy.invalid:3128 can't be reached or refuses: name ")


@pytest.mark.parametrize("url", ["http://pbx.invalid", "https://pbx.invalid"])
@pytest.mark.parametrize("login", ["//", "//mary:wrong-Pa55word@"])
def test_a_proxy_that_wants_a_login_is_told_and_asked_once(url: str, login: str) -> None:
    pauses: list[float] = []
    with http_proxy(login=LOGIN) as proxy, pytest.raises(ProxyRefused) as caught:
        http_client(url, pauses, proxy=proxy.url.replace("//", login), retries=3).send(WRITE)
    assert caught.value.message == f"the proxy {proxy.url} asks for a login, or doesn't accept the one it got"
    assert caught.value.status == 407
    assert not caught.value.sent
    assert "wrong-Pa55word" not in f"{caught.value} {caught.value.as_dict()}"
    assert pauses == []
    assert len(proxy.lines) == 1


def test_a_proxy_that_forbids_a_server_is_told_and_asked_once() -> None:
    pauses: list[float] = []
    with http_proxy(status=403) as proxy, pytest.raises(ProxyRefused) as caught:
        http_client("https://pbx.invalid", pauses, proxy=proxy.url, retries=3).send(WRITE)
    assert caught.value.message == f"the proxy {proxy.url} forbids the way to this server"
    assert pauses == []


def test_a_proxy_that_gets_no_connection_is_asked_again() -> None:
    pauses: list[float] = []
    with http_proxy(status=502) as proxy, pytest.raises(ConnectionFailed) as caught:
        http_client("https://pbx.invalid", pauses, proxy=proxy.url, retries=2).send(WRITE)
    assert caught.value.message == f"the proxy {proxy.url} gets no connection to the server"
    assert caught.value.status == 502
    assert len(pauses) == 2


def test_a_proxy_that_says_nothing_is_told() -> None:
    with talking(saying()) as proxy:
        error = refusal("https://pbx.invalid", proxy=proxy.url)
    assert error.message == f"the proxy {proxy.url} closed the connection"


# SOCKS


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_socks_is_spoken(authority: Authority, scheme: str, secure: bool) -> None:
    context = authority.server("127.0.0.1") if secure else None
    with serving(lambda request: GOOD, context) as server, socks_proxy(login=("mary", "p@ss")) as proxy:
        address = proxy.url.replace("socks5h://", f"{scheme}://mary:p%40ss@")
        client = http_client(server.url, proxy=address, ca_path=authority.path)
        assert client.send(GET).json() == "good"
        client.close()
    assert proxy.lines == [f"127.0.0.1:{server.port}"]


def test_socks5h_leaves_the_name_to_the_proxy(server: Server) -> None:
    with socks_proxy(behind=server.port) as proxy:
        assert http_client("http://pbx.invalid", proxy=proxy.url).send(GET).json() == "good"
        assert proxy.lines == ["pbx.invalid:80"]
        error = refusal("http://pbx.invalid", proxy=proxy.url.replace("socks5h", "socks5"))
    assert error.message == "the host's name isn't known"


def test_a_server_that_is_not_trusted_behind_socks_is_told_from_its_proxy(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("other.example.com")) as server, socks_proxy() as proxy:
        error = refusal(server.url, proxy=proxy.url, ca_path=authority.path)
    assert isinstance(error, TlsFailed)
    assert error.message.startswith("the server's certificate isn't trusted: ")


def test_what_socks_refuses_is_told_apart() -> None:
    with socks_proxy(login=("mary", "right")) as proxy:
        error = refusal("http://127.0.0.1:1", proxy=proxy.url.replace("//", "//mary:wrong@"))
        assert error.message == f"the proxy {proxy.url} asks for a login, or doesn't accept the one it got"
    with socks_proxy(reply=5) as proxy:
        error = refusal("http://127.0.0.1:1", proxy=proxy.url)
        assert error.message == f"the proxy {proxy.url} can't be reached or refuses: 0x05: connection refused"
    address = f"socks5h://127.0.0.1:{closed_port()}"
    assert refusal("http://127.0.0.1:1", proxy=address).message == (
        f"the proxy {address} can't be reached or refuses: connection refused"
    )


def test_socks_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socks", None)
    monkeypatch.setenv("http_proxy", "socks5h://127.0.0.1:1080")
    with pytest.raises(BadInput) as caught:
        http_client("http://pbx.invalid")
    assert "Failed to import the required Python library (PySocks) on " in str(caught.value)
