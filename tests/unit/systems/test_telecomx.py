# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TelecomX's client: logins, tokens in the query string, errors of which only the status is documented, paging by offset."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._auth.local import LocalSession
from ansible_collections.telephony.pbx.plugins.module_utils._engine.change import StateModule
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    AuthenticationFailed,
    BadInput,
    Conflict,
    ConnectionFailed,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._model.masking import mask
from ansible_collections.telephony.pbx.plugins.module_utils._model.normalizing import normalize
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.client import TELECOMX, TelecomxClient
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.sip_phone import SIP_PHONE
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.sip_phone_settings import plain, typed
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.sip_phone_state import SipPhoneState
from ansible_collections.telephony.pbx.plugins.module_utils._systems.telecomx.values import as_address
from ansible_collections.telephony.pbx.tests.unit.support.builders import SECRET, connection
from ansible_collections.telephony.pbx.tests.unit.support.servers import CUT, Answering, Received, Reply, Server, as_json, serving

PHONES = "/pbx/sipphone"
READ = Call("GET", PHONES, repeatable=True)
READ_ONE = Call("GET", PHONES + "/7")
EXPIRED = as_json({"message": "expired"}, 401)
# The body of an error isn't documented, so all that it may well be has to do.
SHAPES = {
    "message": lambda word: json.dumps({"message": word}),
    "error": lambda word: json.dumps({"error": word}),
    "inside": lambda word: json.dumps({"error": {"code": 1, "message": word}}),
    "list": lambda word: json.dumps({"errors": [{"field": word}]}),
    "JSON text": json.dumps,
    "text": str,
}


class SmallTelecomx:
    """``answers``: what all but logins are answered, in turn, before the real thing. ``login``: what a login is answered."""

    def __init__(self, *answers: Any, count: int = 3, login: Any = None, at_most: int = 1000) -> None:
        self.answers, self.login, self.at_most = list(answers), login, at_most
        self.rows = [{"_id": f"{number:04d}"} for number in range(count)]
        self.given = 0

    def __call__(self, request: Received) -> Reply:
        if request.path == "/auth/login":
            if self.login is not None:
                return self.login if isinstance(self.login, Reply) else as_json(self.login)
            self.given += 1
            return as_json({"token": f"token-{self.given}", "expiresInMinutes": 15})
        if self.answers:
            found = self.answers.pop(0)
            return found if isinstance(found, Reply) else as_json(found)
        if request.path != PHONES:
            return as_json({"_id": request.path.rpartition("/")[2]})
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        assert 1 <= limit <= 1000
        rows = self.rows[offset : offset + min(limit, self.at_most)]
        return as_json({"offset": offset, "limit": limit, "total": len(self.rows), "sipPhones": rows})


@contextmanager
def opened(telecomx: Answering, **options: Any) -> Iterator[tuple[TelecomxClient, Server]]:
    with serving(telecomx) as server:
        client = TelecomxClient(connection(server.url, TELECOMX, **options), LocalSession)
        client.http._sleep = lambda seconds: None
        yield client, server
        client.close()


def reads(server: Server) -> list[dict[str, str]]:
    return [request.query for request in server.received if request.path == PHONES]


def test_the_login_is_a_post_of_json_and_the_token_goes_into_the_query() -> None:
    with opened(SmallTelecomx()) as (client, server):
        client.rows(SIP_PHONE, {"filter": "donald duck", "available": True})
    login, read = server.received
    assert (login.method, login.target) == ("POST", "/auth/login")
    assert login.json == {"username": "robot", "password": SECRET}
    query = {"offset": "0", "limit": "500", "filter": "donald duck", "available": "true", "token": "token-1"}
    assert read.query == query


def test_a_machine_token_needs_no_login() -> None:
    with opened(SmallTelecomx(), token="machine", secret=None, principal=None) as (client, server):
        client.rows(SIP_PHONE, {})
    assert [request.query["token"] for request in server.received] == ["machine"]


def test_nobody_elses_sessions_are_ended_by_logging_out() -> None:
    with opened(SmallTelecomx()) as (client, server):
        client.call(Call("GET", PHONES + "/7"))
        client.close()
    assert [path for path in server.paths if "logout" in path] == []


@pytest.mark.parametrize(("minutes", "seconds"), [(15, 900), (None, 900), (0, 900), ("30", 1800), ("soon", 900), (-1, None)])
def test_how_long_a_token_lives(minutes: Any, seconds: float | None) -> None:
    with opened(SmallTelecomx(login={"token": "x", "expiresInMinutes": minutes})) as (client, __):
        token = client.login()
    assert (token.expires_at and token.expires_at - token.issued_at) == seconds


@pytest.mark.parametrize("word", ["expired", "invalid_token", "credentials_invalid", ""])
def test_a_refused_token_costs_one_login_and_one_repeat(word: str) -> None:
    with opened(SmallTelecomx(as_json({"message": word}, 401))) as (client, server):
        assert len(client.rows(SIP_PHONE, {}).rows) == 3
    assert [query["token"] for query in reads(server)] == ["token-1", "token-2"]


def test_a_new_token_that_is_refused_is_the_end() -> None:
    with opened(SmallTelecomx(*[EXPIRED] * 9)) as (client, server), pytest.raises(AuthenticationFailed, match='"expired"'):
        client.call(READ)
    assert len(server.received) == 4


@pytest.mark.parametrize(("word", "told"), [("expired", '"expired"'), ("invalid_token", "the IP address that it was made from")])
def test_a_machine_token_that_is_refused_is_told_with_the_reason(word: str, told: str) -> None:
    small = SmallTelecomx(as_json({"message": word}, 401))
    with opened(small, token="machine-of-mine") as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "api_token isn't accepted" in str(caught.value)
    assert told in str(caught.value)
    assert "machine-of-mine" not in str(caught.value)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 422])
@pytest.mark.parametrize("shape", SHAPES)
def test_wrong_credentials_are_tried_once(shape: str, status: int) -> None:
    login = Reply(SHAPES[shape]("credentials_invalid").encode(), status)
    with opened(SmallTelecomx(login=login), retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert 'user name or password is wrong' in str(caught.value)
    assert '"credentials_invalid"' in str(caught.value)
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "login",
    [
        as_json({"message": "smsKey"}, 401),
        as_json({"message": "authenticatorToken"}, 422),
        as_json({"error": "SMS code required"}, 403),
        as_json({"success": False, "message": "authenticator_required"}),
        as_json({"smsKeyRequired": True}),
        Reply(b"two_factor", 401),
    ],
)
def test_a_second_factor_is_told_as_what_it_is(login: Reply) -> None:
    with opened(SmallTelecomx(login=login)) as (client, __), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "the account has a second factor, which nobody can enter here" in str(caught.value)
    assert "give it as api_token" in str(caught.value)


def test_a_second_factor_that_is_asked_for_in_the_middle_is_told() -> None:
    small = SmallTelecomx()
    with opened(small) as (client, __):
        client.call(READ_ONE)
        small.login, small.answers = as_json({"message": "smsKey"}, 401), [EXPIRED]
        with pytest.raises(AuthenticationFailed, match="second factor, which nobody can enter"):
            client.call(READ_ONE)


@pytest.mark.parametrize("where", ["login", "list"])
def test_a_blocked_address_is_no_wrong_password(where: str) -> None:
    blocked = as_json({"message": "blacklisted"}, 403)
    small = SmallTelecomx(login=blocked) if where == "login" else SmallTelecomx(blocked)
    with opened(small) as (client, __):
        with pytest.raises(PermissionDenied, match=r"has blocked this machine's IP address.*blacklisted"):
            client.rows(SIP_PHONE, {})
        small.login = None
        # So the password isn't taken for a wrong one, either.
        assert len(client.rows(SIP_PHONE, {}).rows) == 3


@pytest.mark.parametrize("login", [{"token": ""}, {"token": 7}, {}, [], Reply(b"<html>"), Reply(b"")])
def test_a_login_without_a_token_is_told(login: Any) -> None:
    with opened(SmallTelecomx(login=login)) as (client, __), pytest.raises(ProtocolFailed):
        client.call(READ)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("status", "word", "kind"),
    [
        (400, "bad_request", BadInput),
        (403, "access_denied", PermissionDenied),
        (404, "customer", NotFound),
        (405, "method_not_allowed", Unsupported),
        (409, "macAddress", Conflict),
        (422, "ip.mode", BadInput),
        (500, "internal_error", ServerFailed),
    ],
)
def test_an_error_is_told_by_its_status_with_the_vendors_word(shape: str, status: int, word: str, kind: type[PbxError]) -> None:
    answer = Reply(SHAPES[shape](word).encode(), status)
    with opened(SmallTelecomx(answer)) as (client, __), pytest.raises(kind) as caught:
        client.call(READ_ONE)
    assert caught.type is kind
    assert f'(HTTP status {status}, "{word}")' in str(caught.value)


def test_an_error_without_a_word_is_told_as_well() -> None:
    with opened(SmallTelecomx(Reply(b"", 500))) as (client, __), pytest.raises(ServerFailed, match=r"\(HTTP status 500\)"):
        client.call(READ_ONE)


def test_a_token_in_the_servers_words_is_masked() -> None:
    small = SmallTelecomx(as_json({"message": "GET /pbx/sipphone?token=token-1 with token-1 failed"}, 500))
    with opened(small) as (client, __), pytest.raises(ServerFailed) as caught:
        client.call(READ_ONE)
    assert "token-1" not in str(caught.value)


def test_a_token_is_in_no_message_of_a_lost_connection() -> None:
    with opened(SmallTelecomx(CUT)) as (client, __), pytest.raises(ConnectionFailed) as caught:
        client.call(READ_ONE)
    assert "token" not in str(caught.value)


@pytest.mark.parametrize("token", [None, "machine"])
def test_another_server_at_the_address_is_no_missing_phone(token: str | None) -> None:
    """A phone that is to go would otherwise be thought to be gone."""
    page = Reply(b"<html>404</html>", 404)
    with opened(SmallTelecomx(page, login=page if token is None else None), token=token) as (client, __):
        with pytest.raises(Unsupported, match="there is no TelecomX API at this address"):
            client.row(SIP_PHONE, "7")


@pytest.mark.parametrize("answer", [{"sipPhones": [], "total": 0}, [], Reply(b"<html>")])
def test_what_is_no_phone_is_told(answer: Any) -> None:
    with opened(SmallTelecomx(answer, answer)) as (client, __), pytest.raises(ProtocolFailed):
        client.row(SIP_PHONE, "7")


def test_one_phone_is_asked_for_by_its_id_and_may_not_be_there() -> None:
    with opened(SmallTelecomx({"_id": "7"}, as_json({"message": "not_found"}, 404))) as (client, server):
        assert client.row(SIP_PHONE, "7") == {"_id": "7"}
        assert client.row(SIP_PHONE, "8/../9?x") is None
        assert client.row(SIP_PHONE, "") is None
    assert [request.target.partition("?")[0] for request in server.received[1:]] == [
        "/pbx/sipphone/7", "/pbx/sipphone/8%2F..%2F9%3Fx",
    ]  # fmt: skip


@pytest.mark.parametrize("answer", [{"total": 0}, {"sipPhones": [{}]}, {"sipPhones": ["x"]}, {"a": [], "b": []}, []])
def test_what_is_no_list_is_told(answer: Any) -> None:
    with opened(SmallTelecomx(answer)) as (client, __), pytest.raises(ProtocolFailed, match="no list, or rows without an ID"):
        client.rows(SIP_PHONE, {})


def test_other_answers_of_raw_calls() -> None:
    with opened(SmallTelecomx([{"authenticationSecurity": "SMS"}], Reply(b"", 204), {"success": False})) as (client, __):
        assert client.call(READ_ONE) == [{"authenticationSecurity": "SMS"}]
        assert client.call(READ_ONE) == {}
        with pytest.raises(ServerFailed, match="TelecomX refuses"):
            client.call(READ_ONE)


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1700])
@pytest.mark.parametrize("at_most", [1000, 200, 7])
def test_all_pages_are_read_however_few_rows_come(count: int, at_most: int) -> None:
    with opened(SmallTelecomx(count=count, at_most=at_most)) as (client, server):
        listing = client.rows(SIP_PHONE, {})
    assert [row["_id"] for row in listing.rows] == [f"{number:04d}" for number in range(count)]
    assert listing.warnings == []
    # No more requests than the server's own page size makes necessary, and the first and last page twice.
    assert len(reads(server)) <= (count // min(at_most, 500) + 1) + 2 * (500 // min(at_most, 500) + 1)


@pytest.mark.parametrize("at", range(2, 9))
def test_a_token_that_ends_between_pages_loses_and_doubles_nothing(at: int) -> None:
    small = SmallTelecomx(count=2600)
    asked = []

    def answer(request: Received) -> Reply:
        asked.append(request.path)
        # From this page on, all that are under way with the first token are refused.
        ended = len(asked) > at and request.query.get("token") == "token-1"
        return EXPIRED if ended else small(request)

    with opened(answer) as (client, __):
        listing = client.rows(SIP_PHONE, {})
    assert [row["_id"] for row in listing.rows] == [f"{number:04d}" for number in range(2600)]
    assert small.given == 2
    assert listing.warnings == []


def test_a_login_lasts_for_its_minutes() -> None:
    small = SmallTelecomx()
    with opened(small) as (client, server):
        assert client.tokens is not None
        for late in (0, 600, 899):
            client.tokens._clock = lambda late=late: time.time() + late  # type: ignore[misc]
            client.call(READ_ONE)
    assert [request.query["token"] for request in server.received if request.method == "GET"] == ["token-1", "token-1", "token-2"]


# Shapes


def shown(raw: dict[str, Any]) -> dict[str, Any]:
    warnings: list[str] = []
    found = normalize(SIP_PHONE, raw, warnings.append)
    assert warnings == []
    return found


def test_both_shapes_become_one() -> None:
    normal = {
        "_id": "1", "macAddress": "4ee8a34b56f3", "sipPhoneModel": {"_id": "m", "brand": "Snom", "model": "370"},
        "extension": {"_id": "e", "number": "592"}, "ip": {"mode": "ROAMING", "countries": "DK, SE"}, "online": True,
    }  # fmt: skip
    full = {
        "_id": "1", "macAddress": "4E:E8:A3:4B:56:F3", "sipPhoneModel": "m", "extension": "e",
        "ip": {"mode": "ROAMING", "countries": "DK,SE", "address": None}, "status": {"online": True, "expires": -1},
        "ringer": {"volume": 4, "tone": 2}, "orderId": "7213", "purchaseInfo": {"paymentOption": "RENTED"},
    }  # fmt: skip
    one, other = shown(normal), shown(full)
    assert one.keys() == other.keys()
    for name in ("id", "mac_address", "ip", "online", "employee"):
        assert one[name] == other[name]
    assert one["model"] == {**other["model"], "brand": "SNOM", "model": "370"}
    assert one["extension"] == {**other["extension"], "number": "592"}
    assert other["ringer"] == {"volume": 4, "tone": "2"}
    assert other["status"]["expires"] is None
    assert (other["purchase_info"]["order_id"], other["purchase_info"]["payment_option"]) == ("7213", "RENTED")
    assert one["status"] is one["ringer"] is one["purchase_info"] is None


@pytest.mark.parametrize("nothing", [{}, {"extension": None}, {"extension": {}}, {"extension": ""}, {"extension": {"_id": None}}])
def test_a_phone_without_an_extension(nothing: dict[str, Any]) -> None:
    assert shown({"_id": "1", **nothing})["extension"] is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("4ee8a34b56f3", "4EE8A34B56F3"),
        ("4e:e8:a3:4b:56:f3", "4EE8A34B56F3"),
        ("4E-E8-A3-4B-56-F3", "4EE8A34B56F3"),
        ("4ee8.a34b.56f3", "4EE8A34B56F3"),
        (" 4ee8a34b56f3 ", "4EE8A34B56F3"),
        ("02abc00005", "02ABC00005"),
        ("softphone-face", "softphone-face"),
        ("4e:e8:a3:4b:56:zz", "4e:e8:a3:4b:56:zz"),
    ],
)
def test_addresses_are_written_in_one_way(written: str, kept: str) -> None:
    assert as_address(written) == kept


# Changes

HELD: dict[str, Any] = {
    "_id": "7", "macAddress": "4EE8A34B56F3", "sipPhoneModel": "m", "extension": "e", "customer": "c", "notes": "old",
    "ip": {"mode": "LOCKED", "countries": "", "address": "192.0.2.1"}, "ringer": {"volume": 4, "tone": 2},
    "volume": {"handset": {"mic": 5, "speaker": 7}, "headset": {"mic": 5, "speaker": 7}}, "dhsg": True,
    "softkeys": [{"index": 1, "function": "LINE", "value": None, "label": ""}, {"index": 0, "function": "DND"}],
    "purchaseInfo": {"date": "2020-01-01T00:00:00.000Z", "orderId": "7213"}, "customConfig": None, "displayBrightness": 0,
}  # fmt: skip


class OnePhone:
    """A TelecomX with one phone. Whatever is written is kept as it came: objects as a whole."""

    def __init__(self) -> None:
        self.phone = dict(HELD)
        self.written: list[tuple[str, str, Any]] = []

    def __call__(self, request: Received) -> Reply:
        if request.method in ("PUT", "POST"):
            self.written.append((request.method, request.path, request.json))
            self.phone.update(request.json)
        if request.path == PHONES:
            return as_json({"sipPhones": [{"_id": "7", "macAddress": "4EE8A34B56F3"}], "total": 1})
        return as_json(self.phone)


def change(**options: Any) -> tuple[dict[str, Any], OnePhone]:
    """What the module says, and the server afterwards. Done twice: the second time must not write."""
    state, telecomx = SipPhoneState(), OnePhone()
    params = {field.name: field.default for field in state.options}
    params.update({"id": "7", "update_by": "put", **options})
    with opened(telecomx, token="machine") as (client, __):
        foretold = StateModule(state).run(client, params, True, pytest.fail)
        assert telecomx.written == []
        result = StateModule(state).run(client, params, False, pytest.fail)
        assert (foretold["sip_phone"], foretold["diff"]) == (result["sip_phone"], result["diff"])
        count = len(telecomx.written)
        assert StateModule(state).run(client, params, False, pytest.fail)["changed"] is False
        assert len(telecomx.written) == count
    return result, telecomx


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ({"notes": "new"}, {"notes": "new"}),
        ({"notes": ""}, {"notes": ""}),
        ({"extension": ""}, {"extension": None}),
        ({"model": "n", "extension": "e"}, {"sipPhoneModel": "n"}),
        ({"mac_address": "00:04:13:00:00:01"}, {"macAddress": "000413000001"}),
        ({"settings": {"dhsg": False}}, {"dhsg": False}),
        ({"settings": {"dhsg": "no", "displayBrightness": "0"}}, {"dhsg": False}),
        ({"settings": {"dhsg": None}}, {"dhsg": None}),
        # Objects are sent whole, with what isn't named as it was; those that stay aren't sent.
        ({"settings": {"ip": {"mode": "OPEN"}}}, {"ip": {"mode": "OPEN", "countries": "", "address": "192.0.2.1"}}),
        (
            {"settings": {"volume": {"handset": {"mic": 6}}, "ringer": {"tone": "2"}}},
            {"volume": {"handset": {"mic": 6, "speaker": 7}, "headset": {"mic": 5, "speaker": 7}}},
        ),
        ({"settings": {"softkeys": [{"index": 0, "function": "DND"}]}}, {"softkeys": [{"index": 0, "function": "DND"}]}),
    ],
)
def test_only_what_changes_is_sent(options: dict[str, Any], body: dict[str, Any]) -> None:
    result, telecomx = change(**options)
    assert result["changed"]
    assert telecomx.written == [("PUT", "/pbx/sipphone/7", body)]


@pytest.mark.parametrize(
    "options",
    [
        {"mac_address": "4e-e8-a3-4b-56-f3", "model": "m", "customer": "c", "custom_config": "", "serial": ""},
        {"settings": {"ringer": {"tone": 2, "volume": "4"}, "displayBrightness": 0}},
        {"settings": {"ip": {"countries": []}}},
        # The same keys, in another order and without what is empty
        {"settings": {"softkeys": [{"index": 0, "function": "DND"}, {"index": "1", "function": "LINE", "label": None}]}},
        {"settings": {"purchaseInfo": {"date": datetime.date(2020, 1, 1), "orderId": 7213}}},
        {"settings": {"purchaseInfo": {"date": datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)}}},
        {"settings": {"purchaseInfo": {"date": "2020-01-01T00:00:00Z", "sidePanels": []}}},
        {"settings": {"displayBackground": "", "sidePanel": None, "instanceId": ""}},
        {"settings": {}},
    ],
)
def test_what_means_the_same_is_no_change(options: dict[str, Any]) -> None:
    result, telecomx = change(update_by="refuse", **options)
    assert not result["changed"]
    assert telecomx.written == []


def test_a_phone_stays_with_its_customer() -> None:
    with pytest.raises(BadInput, match="belongs to the customer c, which can't be changed to d"):
        change(customer="d")


@pytest.mark.parametrize("wrong", ["a", 3, None, ["a"], [None], [{"index": "x"}]])
def test_what_is_no_soft_key_is_shown_and_refused(wrong: Any) -> None:
    given = {"settings": {"softkeys": wrong}}
    assert mask(SipPhoneState().options, given) == given
    with pytest.raises(BadInput, match=r"settings\.softkeys"):
        typed(given["settings"])


def test_a_soft_key_hides_its_secret() -> None:
    url = "https://robot:Pa55word@intranet.example.com/menu?token=Other-Pa55word&page=1"
    given = {"settings": {"softkeys": [{"value": url}], "displayBackground": url}}
    shown = str(mask(SipPhoneState().options, given))
    assert shown.count("https://robot:********@intranet.example.com/menu?token=********&page=1") == 2
    with pytest.raises(BadInput, match=r"settings.softkeys\[0\].value holds \*\*\*"):
        typed({"softkeys": [{"value": "https://robot:********@intranet.example.com"}]})


def test_nothing_is_left_out_that_is_a_value() -> None:
    assert plain({"a": 0, "b": False, "c": "", "d": None, "e": [], "f": {"g": None}, "h": [0]}) == {"a": 0, "b": False, "h": [0]}
