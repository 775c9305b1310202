# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS as it goes wrong: each reason has its own words, and nothing of ours is sent before trust is there."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
from pathlib import Path

import pytest
import trustme

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, ConnectionFailed, PbxError, TlsFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, Server, saying, serving, talking

WRITE = Call("POST", "/list", json={})
GOOD = Reply(b"{}")


def refused(server: Server, **options: object) -> PbxError:
    """The error, after checking that the server got nothing and was asked once."""
    with pytest.raises(TlsFailed) as caught:
        http_client(server.url, retries=3, **options).send(WRITE)
    assert not caught.value.sent
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_trusted_server_is_talked_to(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("127.0.0.1")) as server:
        assert http_client(server.url, ca_path=authority.path).send(WRITE).status == 200


def test_an_unknown_authority_is_told_with_both_ways_out(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("127.0.0.1")) as server:
        error = refused(server)
    assert error.message.startswith("the server's certificate isn't trusted: ")
    assert "api_ca_path" in str(error)
    assert "api_validate_certs" in str(error)
    assert server.received == []


def test_an_expired_certificate_is_told(authority: Authority) -> None:
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    with serving(lambda request: GOOD, authority.server("127.0.0.1", not_after=past)) as server:
        error = refused(server, ca_path=authority.path)
    assert "certificate has expired" in error.message


def test_a_certificate_for_another_host_is_told(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("pbx.example.com")) as server:
        error = refused(server, ca_path=authority.path)
    assert "mismatch" in error.message
    assert server.received == []


def test_unchecked_certificates_are_taken_when_asked_for(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("pbx.example.com")) as server:
        assert http_client(server.url, validate_certs=False).send(WRITE).status == 200


def test_a_server_that_speaks_no_tls_is_told() -> None:
    with talking(saying(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) as server:
        server.url = server.url.replace("http:", "https:")
        error = refused(server)
    assert error.message == "this port doesn't speak TLS"
    assert error.hint == "Should api_url start with http://?"


def test_plain_http_to_a_tls_port_hints_at_https(authority: Authority) -> None:
    with serving(lambda request: GOOD, authority.server("127.0.0.1")) as server:
        server.url = server.url.replace("https:", "http:")
        with pytest.raises(ConnectionFailed) as caught:
            http_client(server.url).send(WRITE)
    assert "https://" in str(caught.value)


def test_a_connection_cut_during_the_handshake_is_told() -> None:
    with talking(saying()) as server:
        server.url = server.url.replace("http:", "https:")
        with pytest.raises(ConnectionFailed) as caught:
            http_client(server.url).send(WRITE)
    assert caught.value.message == "the server closed the connection without a whole answer"


def test_no_common_version_is_told(authority: Authority) -> None:
    context = authority.server("127.0.0.1")
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(lambda request: GOOD, context) as server:
        error = refused(server, ca_path=authority.path)
    assert error.message.startswith("the TLS connection failed: ")
    assert "version" in error.message or "protocol" in error.message


def test_a_client_certificate_is_presented(authority: Authority, tmp_path: Path) -> None:
    context = authority.server("127.0.0.1")
    context.verify_mode = ssl.CERT_REQUIRED
    authority.authority.configure_trust(context)
    made = authority.authority.issue_cert("client@example.com")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made.cert_chain_pems[0].write_to_path(str(cert))
    made.private_key_pem.write_to_path(str(key))
    with serving(lambda request: GOOD, context) as server:
        files = {"client_cert": str(cert), "client_key": str(key)}
        assert http_client(server.url, ca_path=authority.path, **files).send(WRITE).status == 200
        with pytest.raises(ConnectionFailed):
            http_client(server.url, ca_path=authority.path).send(WRITE)
    assert len(server.received) == 1


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate_that_is_refused_has_let_nothing_through(
    authority: Authority, tmp_path: Path, version: ssl.TLSVersion
) -> None:
    """In TLS 1.3 the client learns of it when it has sent its request: it was never heard all the same."""
    context = authority.server("127.0.0.1")
    context.verify_mode, context.maximum_version = ssl.CERT_REQUIRED, version
    authority.authority.configure_trust(context)
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    stranger = trustme.CA().issue_cert("client@example.com")
    stranger.cert_chain_pems[0].write_to_path(str(cert))
    stranger.private_key_pem.write_to_path(str(key))

    def talk(connected: socket.socket) -> None:
        below = connected.dup()
        tls = context.wrap_socket(connected, server_side=True, do_handshake_on_connect=False)
        with tls, below:
            with contextlib.suppress(ssl.SSLError):
                tls.do_handshake()
            while below.recv(65536):  # what isn't read makes the system throw away the alert
                pass

    with talking(talk) as server, pytest.raises(TlsFailed) as caught:
        files = {"client_cert": str(cert), "client_key": str(key)}
        http_client(server.url.replace("http:", "https:"), ca_path=authority.path, **files).send(WRITE)
    assert not caught.value.sent
    assert caught.value.message == "the server doesn't take our client certificate, or misses one"
    assert "api_client_cert" in str(caught.value.hint)


@pytest.mark.parametrize("option", ["client_cert", "ca_path"])
def test_a_file_that_is_no_certificate_is_told_as_such(authority: Authority, tmp_path: Path, option: str) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("not a certificate\n")
    options = {"ca_path": authority.path, option: str(nonsense)}
    with serving(lambda request: GOOD, authority.server("127.0.0.1")) as server, pytest.raises(BadInput) as raised:
        refused(server, **options)
    assert f"api_{option}" in str(raised.value)


def test_the_key_of_another_certificate_is_told_as_such(authority: Authority, tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    authority.authority.issue_cert("one@example.com").cert_chain_pems[0].write_to_path(str(cert))
    trustme.CA().issue_cert("two@example.com").private_key_pem.write_to_path(str(key))
    with serving(lambda request: GOOD, authority.server("127.0.0.1")) as server:
        with pytest.raises(BadInput) as raised:
            refused(server, ca_path=authority.path, client_cert=str(cert), client_key=str(key))
    assert "api_client_cert and api_client_key" in str(raised.value)
