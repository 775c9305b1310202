# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an info module returns."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import info
from ansible_collections.telephony.pbx.plugins.module_utils._engine import query as queries
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.tests.unit.support.farm import BERTA, HEN, FarmClient

EMMA = {"name": "Emma", "uuid": "u2", "eggs": 5, "password": "Hidden2", "extra": {"password": "Hidden3"}}


def run(*hens: dict[str, Any], client: FarmClient | None = None, **given: Any) -> tuple[dict[str, Any], list[str], FarmClient]:
    warnings: list[str] = []
    client = client or FarmClient(*hens)
    return info.run_info(HEN, client, given, warnings.append), warnings, client


def test_no_key_lists_all_and_hides_secrets() -> None:
    result, __, client = run(BERTA, EMMA)
    assert result == {
        "changed": False,
        "count": 2,
        "hens": [
            {"name": "Berta", "uuid": "u1", "color": "brown", "eggs": 3, "password": "********"},
            {"name": "Emma", "uuid": "u2", "color": None, "eggs": 5, "password": "********"},
        ],
    }
    assert client.reads == [("/hens", "name", {})]


def test_the_key_of_the_detail_path_is_asked_for_alone() -> None:
    result, __, client = run(BERTA, EMMA, name="Emma")
    assert [hen["uuid"] for hen in result["hens"]] == ["u2"]
    assert client.reads == ["Emma"]


def test_another_key_is_looked_for_in_the_list() -> None:
    result, __, client = run(BERTA, EMMA, uuid="u1")
    assert [hen["name"] for hen in result["hens"]] == ["Berta"]
    assert client.reads == [("/hens", "name", {})]


@pytest.mark.parametrize("given", [{"name": "Nobody"}, {"uuid": "u9"}])
def test_not_found_is_an_empty_list(given: dict[str, str]) -> None:
    result, warnings, __ = run(BERTA, **given)
    assert (result["hens"], result["count"], warnings) == ([], 0, [])


def test_of_two_keys_the_argument_spec_takes_one() -> None:
    assert info.InfoModule(HEN).exclusive == (("name", "uuid"),)


def test_filters_go_to_the_server_under_its_own_names() -> None:
    assert run(BERTA, search="x")[2].reads == [("/hens", "name", {"q": "x"})]


def test_secrets_are_shown_when_asked_for() -> None:
    result, __, __ = run(EMMA, include_secrets=True, raw=True)
    assert result["hens"][0]["password"] == "Hidden2"
    assert result["raw"] == [EMMA]


def test_what_was_sent_comes_along_without_its_secrets() -> None:
    result, __, __ = run(EMMA, raw=True, query="[].password")
    assert result["raw"] == [{**EMMA, "password": "********", "extra": {"password": "********"}}]
    assert result["query_result"] == ["********"]


def test_a_query_is_applied_to_the_list() -> None:
    assert run(BERTA, EMMA, query="[?eggs > `3`].name")[0]["query_result"] == ["Emma"]


def test_a_query_that_is_none_is_refused_before_anything_is_asked() -> None:
    client = FarmClient(BERTA)
    with pytest.raises(BadInput, match="query is no valid JMESPath expression") as caught:
        run(client=client, query="[?eggs")
    assert "\n" not in str(caught.value)
    assert client.reads == []


def test_a_query_that_does_not_fit_is_told() -> None:
    with pytest.raises(BadInput, match="query can't be applied to the result"):
        run(BERTA, query="length(`5`)")


def test_a_query_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "HAS_JMESPATH", False)
    with pytest.raises(BadInput, match="jmespath"):
        run(BERTA, query="[]")
    assert run(BERTA)[0]["count"] == 1


def test_warnings_tell_of_which_list_they_are() -> None:
    client = FarmClient({**BERTA, "eggs": "many"})
    client.warnings = ["the server speaks of 3 rows"]
    __, warnings, __ = run(client=client)
    assert warnings[0] == "Toy PBX at http://pbx.invalid, hens: the server speaks of 3 rows"
    assert "hen Berta, field eggs" in warnings[1]
