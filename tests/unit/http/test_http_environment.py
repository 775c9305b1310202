# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken from the environment, and what isn't."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
import trustme

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput, TlsFailed
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._http.trust import tls_context
from ansible_collections.telephony.pbx.tests.unit.support.builders import http_client
from ansible_collections.telephony.pbx.tests.unit.support.fixtures import Authority
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply, Server, serving

GET = Call("GET", "/list", (("x", "1"),))


@dataclass
class Stores:
    """Files of CAs; as a path it is that of certifi."""

    system: str = ""
    certifi: str = ""

    def __fspath__(self) -> str:
        return self.certifi


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(lambda request: Reply(b'"direct"')) as running:
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


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_that_cannot_be_read_is_blamed_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "none.pem"))
    with pytest.raises(BadInput) as caught:
        http_client("https://pbx.invalid")
    assert caught.value.message == f"{tmp_path}/none.pem ({variable}) holds no CA certificates in PEM format that can be read"


def test_the_first_variable_that_is_set_counts_alone(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server:
        monkeypatch.setenv("SSL_CERT_FILE", authority.path)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
        assert http_client(server.url).send(GET).status == 200
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.path)
        with pytest.raises(TlsFailed):
            http_client(server.url).send(GET)


@pytest.fixture
def other_authority(tmp_path: Path) -> str:
    """The file of a CA that has signed nothing."""
    path = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    """The system's store and that of certifi, both empty at first."""
    found = Stores()

    def load(context: ssl.SSLContext, purpose: object = None) -> None:
        if found.system:
            context.load_verify_locations(cafile=found.system)

    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", load)
    monkeypatch.setattr(ssl.SSLContext, "set_default_verify_paths", load)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: SimpleNamespace(capath=None))
    for module in (requests.utils, requests.adapters):
        monkeypatch.setattr(module, "DEFAULT_CA_BUNDLE_PATH", found)
    tls_context.cache_clear()
    yield found
    tls_context.cache_clear()


@pytest.mark.parametrize(
    ("option", "system", "certifi", "trusted"),
    [
        (False, True, False, True),
        (False, False, True, True),
        (False, True, True, True),
        (False, "other", True, False),
        (True, True, False, False),
        (True, False, True, False),
        (True, True, True, False),
    ],
)
def test_only_one_store_is_ever_trusted(
    authority: Authority, other_authority: str, stores: Stores, option: bool, system: bool | str, certifi: bool, trusted: bool
) -> None:
    """``system`` and ``certifi``: whether they hold the server's CA; with ``option`` api_ca_path names another one."""
    stores.system = other_authority if system == "other" else authority.path if system else ""
    stores.certifi = authority.path if certifi else other_authority
    with serving(lambda request: Reply(), authority.server("127.0.0.1")) as server:
        client = http_client(server.url, ca_path=other_authority if option else None)
        with contextlib.nullcontext() if trusted else pytest.raises(TlsFailed):
            assert client.send(GET).status == 200
