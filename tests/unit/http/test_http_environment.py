# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken from the environment, and what isn't."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import ConnectionFailed, TlsFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import CUT, Reply, Server, closed_port, serving, talking

GET = Call("GET", "/list", (("x", "1"),))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(lambda request: Reply(b'"direct"')) as running:
        yield running


@pytest.fixture
def proxy() -> Iterator[Server]:
    """A proxy for plain HTTP that answers by itself."""
    with serving(lambda request: Reply(b'"by proxy"')) as running:
        yield running


def test_a_login_in_netrc_is_not_used(server: Server, plain_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = plain_environment / ".netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    http_client(server.url).send(GET)
    assert "authorization" not in server.received[0].headers


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_in_the_environment_is_trusted(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, authority.path)
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server:
        assert http_client(server.url).send(GET).status == 200


def test_a_bundle_in_the_environment_does_not_switch_on_checks_that_are_switched_off(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.path)
    with serving(lambda request: Reply(), authority.server("pbx.example.com")) as server:
        assert http_client(server.url, validate_certs=False).send(GET).status == 200


def test_api_ca_path_beats_the_bundle_in_the_environment(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
        assert http_client(server.url, ca_path=authority.path).send(GET).status == 200
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.path)
        with pytest.raises(TlsFailed):
            http_client(server.url, ca_path=str(other)).send(GET)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy"])
def test_the_proxy_of_the_environment_is_used(
    proxy: Server, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    if variable == "HTTP_PROXY":
        monkeypatch.delenv("REQUEST_METHOD", raising=False)
    monkeypatch.setenv(variable, proxy.url)
    assert http_client("http://pbx.invalid:8081/base").send(GET).json() == "by proxy"
    assert proxy.targets == ["GET http://pbx.invalid:8081/base/list?x=1"]


@pytest.mark.parametrize("exempt", ["127.0.0.1", "*", "example.com,127.0.0.1"])
def test_no_proxy_exempts_hosts(server: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch, exempt: str) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", exempt)
    assert http_client(server.url).send(GET).json() == "direct"
    assert proxy.received == []


def test_no_proxy_exempts_networks(server: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """As requests, curl and Go do it."""
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "127.0.0.0/8")
    assert http_client(server.url).send(GET).json() == "direct"


def test_api_proxy_beats_the_environment(server: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("no_proxy", "*")
    assert http_client(server.url, proxy=proxy.url).send(GET).json() == "by proxy"
    assert server.received == []


def test_a_proxy_gets_its_own_login_and_no_other(proxy: Server) -> None:
    login = proxy.url.replace("//", "//mary:p%40ss@")
    http_client("http://pbx.invalid", proxy=login).send(Call("GET", "/list", basic=("robot", "secret")))
    headers = proxy.received[0].headers
    assert headers["proxy-authorization"] == "Basic bWFyeTpwQHNz"
    assert headers["authorization"] == "Basic cm9ib3Q6c2VjcmV0"


def test_a_proxy_that_cannot_be_reached_has_seen_nothing() -> None:
    with pytest.raises(ConnectionFailed) as caught:
        http_client("http://pbx.invalid", proxy=f"http://127.0.0.1:{closed_port()}").send(Call("POST", "/list"))
    assert not caught.value.sent
    assert "proxy" in caught.value.message


def tunnel(target: int, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> object:
    """A proxy that lets bytes through to a port of this machine, whatever host is asked for."""

    def talk(connected: socket.socket) -> None:
        connected.recv(65536)
        connected.sendall(answer)
        if b" 200 " not in answer:
            return
        with socket.create_connection(("127.0.0.1", target)) as behind:
            back = threading.Thread(target=_pump, args=(behind, connected), daemon=True)
            back.start()
            _pump(connected, behind)
            back.join(2)

    return talk


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_tls_goes_through_a_proxy_and_is_checked_behind_it(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda request: Reply(b'"tls"'), authority.server("pbx.example.com")) as server:
        with talking(tunnel(server.port)) as proxy:  # type: ignore[arg-type]
            monkeypatch.setenv("https_proxy", proxy.url)
            client = http_client("https://pbx.example.com", ca_path=authority.path)
            assert client.send(GET).json() == "tls"
            client.close()
            with pytest.raises(TlsFailed):
                http_client("https://other.example.com", ca_path=authority.path).send(GET)


def test_a_proxy_that_refuses_has_let_nothing_through(authority: Authority) -> None:
    with talking(tunnel(0, b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")) as proxy:  # type: ignore[arg-type]
        with pytest.raises(ConnectionFailed) as caught:
            http_client("https://pbx.example.com", proxy=proxy.url, ca_path=authority.path).send(Call("POST", "/list"))
    assert not caught.value.sent
    assert "proxy" in caught.value.message


def test_a_write_that_was_cut_behind_a_proxy_may_have_been_heard(authority: Authority) -> None:
    with serving(lambda request: CUT, authority.server("pbx.example.com")) as server:
        with talking(tunnel(server.port)) as proxy, pytest.raises(ConnectionFailed) as caught:  # type: ignore[arg-type]
            client = http_client("https://pbx.example.com", proxy=proxy.url, ca_path=authority.path, retries=3)
            client.send(Call("POST", "/list"))
    assert caught.value.sent
    assert len(server.received) == 1
