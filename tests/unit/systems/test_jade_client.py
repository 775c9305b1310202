# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jade's client: which base path, whose fault a 403 is, what a 404 means."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import (
    AuthenticationFailed,
    BadInput,
    NotFound,
    PbxError,
    PermissionDenied,
    ProtocolFailed,
    ServerFailed,
    Unsupported,
)
from ansible_collections.telephony.pbx.plugins.module_utils._http.messages import Call
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.client import JadeClient, detail
from ansible_collections.telephony.pbx.tests.unit.support.servers import Reply
from ansible_collections.telephony.pbx.tests.unit.systems.small_jade import EMPTY, SmallJade, envelope, jade_client

THING = Resource("jade", "thing", "things", "thing", (), (Field("name", ""),), "/admin/things", "/admin/things/{name}")
ROWS = [{"name": "a"}, {"name": "b"}]
READ = Call("GET", "/admin/things", repeatable=True)


@pytest.mark.parametrize("base", ["/v1", ""], ids=["with /v1", "older"])
def test_the_base_path_is_found_at_login_and_kept(base: str) -> None:
    with jade_client(SmallJade(base)) as (client, server):
        client.call(READ)
        client.call(READ)
    tried = ["POST /v1/admin/login"] if base else ["POST /v1/admin/login", "POST /admin/login"]
    assert server.paths == [*tried, f"GET {base}/admin/things", f"GET {base}/admin/things"]


def test_the_base_path_may_be_part_of_the_address() -> None:
    with jade_client(SmallJade(), "/v1") as (client, server):
        client.call(READ)
        assert not client.connection.url.endswith("/v1")
    assert server.paths == ["POST /v1/admin/login", "GET /v1/admin/things"]


def test_with_a_token_alone_the_base_path_is_found_by_one_question() -> None:
    jade = SmallJade("", tokens={"mine"})
    with jade_client(jade, token="mine", principal=None, secret=None) as (client, server):
        client.call(READ)
        client.call(READ)
    assert server.paths == ["GET /v1/admin/info", "GET /admin/info", "GET /admin/things", "GET /admin/things"]
    assert jade.given == 0


def test_another_task_of_the_session_knows_the_base_path() -> None:
    jade = SmallJade("")
    with jade_client(jade) as (client, server):
        client.call(READ)
        JadeClient(client.connection, lambda connection: client.session).call(READ)
    assert server.paths[-2:] == ["GET /admin/things", "GET /admin/things"]
    assert jade.given == 1


@pytest.mark.parametrize("path", ["/ping", "/agents", "/device_states/", "/peers", "/v1/admin/things"])
def test_paths_that_are_complete_get_no_base_path(path: str) -> None:
    jade = SmallJade(override=lambda request: None if "login" in request.path else envelope(result={}))
    with jade_client(jade) as (client, server):
        client.call(Call("GET", path))
    assert server.paths[-1] == f"GET {path}"


def test_a_wrong_password_is_told_as_that_and_tried_once() -> None:
    with jade_client(SmallJade(), secret="wrong", retries=3) as (client, server), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "user name or password is wrong" in str(caught.value)
    assert "wrong-" not in str(caught.value)
    assert server.paths == ["POST /v1/admin/login"]


def test_a_server_without_any_api_is_told_as_that() -> None:
    with jade_client(SmallJade("/other")) as (client, __), pytest.raises(Unsupported) as caught:
        client.call(READ)
    assert "there is no Jade API at this address" in str(caught.value)


@pytest.mark.parametrize(("status", "words"), [(200, "web page"), (404, "there is no Jade API at this address")])
def test_a_web_page_at_login_is_told_as_that(status: int, words: str) -> None:
    page = Reply(b"<html>Not Found</html>", status)
    with jade_client(SmallJade(override=lambda request: page)) as (client, __), pytest.raises(PbxError, match=words) as caught:
        client.call(READ)
    assert "api_url" in str(caught.value)


@pytest.mark.parametrize("result", [None, {}, [], {"authtoken": ""}, {"authtoken": 5}])
def test_a_login_without_a_token_is_no_traceback(result: Any) -> None:
    jade = SmallJade(override=lambda request: envelope(result=result))
    with jade_client(jade) as (client, __), pytest.raises(PbxError):
        client.call(READ)


def test_a_dead_token_costs_one_question_and_one_login_and_the_call_is_repeated() -> None:
    jade = SmallJade()
    with jade_client(jade) as (client, server):
        client.call(READ)
        jade.tokens.clear()
        del server.received[:]
        assert client.call(READ) == {"list": []}
    assert server.paths == ["GET /v1/admin/things", "GET /v1/admin/info", "POST /v1/admin/login", "GET /v1/admin/things"]
    assert jade.given == 2


def test_a_missing_permission_costs_one_question_and_no_login() -> None:
    jade = SmallJade(forbidden={"/admin/things"})
    with jade_client(jade) as (client, server), pytest.raises(PermissionDenied) as caught:
        client.call(READ)
    assert server.paths == ["POST /v1/admin/login", "GET /v1/admin/things", "GET /v1/admin/info"]
    assert "permission admin" in str(caught.value)
    assert jade.given == 1


def test_a_write_with_a_dead_token_is_done_once() -> None:
    jade = SmallJade()
    with jade_client(jade) as (client, server):
        client.call(READ)
        jade.tokens.clear()
        client.write("POST", "/admin/things", {"name": "c"})
    done = [one for one in server.received if one.method == "POST" and one.path.endswith("things")]
    assert [one.query["authtoken"] for one in done] == ["token-1", "token-2"]  # the first was turned away


def test_a_given_token_that_is_dead_is_told_as_that() -> None:
    with jade_client(SmallJade(), token="old") as (client, __), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "api_token isn't accepted (any more)" in str(caught.value)
    assert "old" not in str(caught.value)


def test_a_server_that_refuses_its_own_new_token_is_told_and_not_asked_for_ever() -> None:
    jade = SmallJade(override=lambda request: None if "login" in request.path else envelope(403))
    with jade_client(jade) as (client, __), pytest.raises(AuthenticationFailed) as caught:
        client.call(READ)
    assert "only just given" in str(caught.value)
    assert jade.given == 2


def test_a_login_is_given_back() -> None:
    jade = SmallJade()
    with jade_client(jade) as (client, __):
        client.call(READ)
        client.close()
        assert jade.tokens == set()


@pytest.mark.parametrize("result", [{"list": ROWS}, ROWS], ids=["under list", "bare"])
def test_a_list_is_read_in_both_shapes(result: Any) -> None:
    with jade_client(SmallJade(objects={"/admin/things": result})) as (client, __):
        assert client.rows(THING, {}).rows == ROWS


@pytest.mark.parametrize("result", [None, {}, {"list": None}, {"list": ["a"]}, "x", {"list": {"a": 1}}])
def test_what_is_no_list_is_told(result: Any) -> None:
    with jade_client(SmallJade(objects={"/admin/things": result})) as (client, __), pytest.raises(ProtocolFailed) as caught:
        client.rows(THING, {})
    assert "holds no list" in str(caught.value)


NAMES = ["a/b", "PJSIP/100@sales", "two words", "50%", "50%25", "a;b", "ä ö ü €", "+1", "a?b#c", "a&b=c", "..%2F"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_one_segment_whatever_is_in_it(name: str) -> None:
    jade = SmallJade(override=lambda request: None if "login" in request.path else envelope(result={"name": "x"}))
    with jade_client(jade) as (client, server):
        assert client.one(THING, name) == {"name": "x"}
    start, end = server.received[-1].target.partition("?")[0].rsplit("/", 1)
    assert (start, unquote(end)) == ("/v1/admin/things", name)


@pytest.mark.parametrize("name", [".", ".."])
def test_a_name_that_is_a_way_up_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        detail(THING.detail_path, name)


def test_nothing_of_that_name_is_none() -> None:
    with jade_client(SmallJade()) as (client, __):
        assert client.one(THING, "nobody") is None


def test_an_empty_404_for_one_is_none_if_the_list_is_there_and_an_error_if_not() -> None:
    jade = SmallJade(override=lambda request: EMPTY if "/things/" in request.path else None)
    with jade_client(jade) as (client, __):
        assert client.one(THING, "no-uuid") is None
        del jade.objects["/admin/things"]
        with pytest.raises(Unsupported, match="no such endpoint"):
            client.one(THING, "no-uuid")


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (envelope(404), NotFound, "there is nothing of that name"),
        (EMPTY, Unsupported, "this Jade has no such endpoint"),
        (envelope(405), Unsupported, "this Jade has no such endpoint"),
        (envelope(400), BadInput, "doesn't accept the request"),
        (envelope(500), ServerFailed, "Jade answers 500 without a reason"),
        (Reply(b"<html>Bad Gateway</html>", 502), ProtocolFailed, "web page"),
        (Reply(b"[]"), ProtocolFailed, "isn't in the form that Jade uses"),
        (Reply(b'{"result": {}}'), ProtocolFailed, "isn't in the form that Jade uses"),
        (Reply(b""), ProtocolFailed, "empty"),
    ],
)
def test_each_bad_answer_has_words_of_its_own(reply: Reply, kind: type[PbxError], words: str) -> None:
    jade = SmallJade(override=lambda request: None if "login" in request.path else reply)
    with jade_client(jade) as (client, __), pytest.raises(kind) as caught:
        client.call(READ)
    assert words in str(caught.value)
    assert "token-1" not in str(caught.value)


def test_a_500_is_jades_no_and_is_not_asked_again() -> None:
    jade = SmallJade(override=lambda request: None if "login" in request.path else envelope(500))
    with jade_client(jade, retries=3) as (client, server), pytest.raises(ServerFailed):
        client.call(READ)
    assert server.paths.count("GET /v1/admin/things") == 1


def test_a_message_of_the_server_is_passed_on_without_the_token() -> None:
    def answer(request: Any) -> Reply | None:
        if "login" in request.path:
            return None
        error = {"code": 500, "message": "bad query authtoken=token-1 for token-1"}
        return Reply(envelope(500).body.replace(b'{"code": 500, "message": ""}', str(error).replace("'", '"').encode()), 500)

    with jade_client(SmallJade(override=answer)) as (client, __), pytest.raises(ServerFailed) as caught:
        client.call(READ)
    assert "bad query" in str(caught.value)
    assert "token-1" not in str(caught.value.as_dict())


@pytest.mark.parametrize("times", [1, 2])
def test_a_404_that_the_list_belies_is_no_missing_object(times: int) -> None:
    """Something before the server may say it. To believe it would be to create the object anew over the one that is there."""
    left = [EMPTY] * times
    jade = SmallJade(
        objects={"/admin/things": {"list": ROWS}, "/admin/things/a": ROWS[0]},
        override=lambda request: left.pop() if left and request.path.endswith("/things/a") else None,
    )
    with jade_client(jade) as (client, __):
        if times == 1:
            assert client.row(THING, "a") == ROWS[0]
        else:
            with pytest.raises(Unsupported):
                client.row(THING, "a")
        assert client.row(THING, "nowhere") is None
