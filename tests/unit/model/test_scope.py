# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that are in several places, and secrets that are within a text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._engine import info
from ansible_collections.telephony.pbx.plugins.module_utils._engine.plan import CREATE, NEW_SECRET, Plan, plan
from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import Unsupported
from ansible_collections.telephony.pbx.plugins.module_utils._http.paging import Listing
from ansible_collections.telephony.pbx.plugins.module_utils._model.masking import mask, mask_raw
from ansible_collections.telephony.pbx.plugins.module_utils._model.resource import Field, Resource, SecretsInside
from ansible_collections.telephony.pbx.tests.unit.support.farm import FarmClient

SIDE = Field("side", "Side.", choices=("left", "right"))
SHED = Field("shed", "Shed.", choices=("old", "new"))
NEST = Resource(
    system="toy",
    noun="nest",
    plural="nests",
    title="nest",
    description=("Nests.",),
    list_path="/{side}/nests",
    detail_path="/{side}/nests/{name}",
    scope=(SIDE,),
    fields=(SIDE, Field("name", "Name.")),
)
NEST_IN_SHED = replace(NEST, list_path="/{shed}/{side}/nests", detail_path="/{shed}/{side}/nests/{name}", scope=(SHED, SIDE))
ANYWHERE = replace(NEST, scope=(Field("side", "Side.", required=True),))
PLAIN = replace(NEST, list_path="/nests", detail_path="/nests/{name}", scope=())


def paths(places: list[Resource]) -> list[str]:
    return [place.list_path for place in places]


# Where an object can be


def test_a_place_is_filled_into_both_paths_and_remembered() -> None:
    left = NEST.within({"side": "left", "name": "one", "other": "x"})
    assert (left.list_path, left.detail_path, left.place) == ("/left/nests", "/left/nests/{name}", (("side", "left"),))
    assert left.detail_key == "name"
    # The description itself stays as it is.
    assert (NEST.list_path, NEST.place) == ("/{side}/nests", ())


def test_a_place_can_not_lead_elsewhere() -> None:
    assert ANYWHERE.within({"side": "../x y"}).detail_path == "/..%2Fx%20y/nests/{name}"
    assert ANYWHERE.within({"side": "{name}"}).list_path == "/%7Bname%7D/nests"


def test_what_has_no_scope_is_in_one_place() -> None:
    assert PLAIN.within({"side": "left"}) is PLAIN
    assert PLAIN.places({"side": "left"}) == [PLAIN]
    assert PLAIN.everywhere == [PLAIN]


def test_the_key_is_not_the_place() -> None:
    assert NEST.detail_key == NEST_IN_SHED.detail_key == "name"
    assert NEST.keys == ("name",)


def test_without_a_place_it_is_looked_for_in_all_that_can_be_chosen() -> None:
    assert paths(NEST.places({})) == paths(NEST.places({"side": None})) == ["/left/nests", "/right/nests"]
    assert paths(NEST.everywhere) == ["/left/nests", "/right/nests"]


def test_a_place_that_is_given_is_the_only_one() -> None:
    assert paths(NEST.places({"side": "right"})) == ["/right/nests"]
    assert paths(ANYWHERE.places({"side": "attic"})) == ["/attic/nests"]


def test_with_two_scopes_the_one_that_is_given_limits_the_other() -> None:
    assert paths(NEST_IN_SHED.places({})) == ["/old/left/nests", "/old/right/nests", "/new/left/nests", "/new/right/nests"]
    assert paths(NEST_IN_SHED.places({"side": "left"})) == ["/old/left/nests", "/new/left/nests"]
    assert paths(NEST_IN_SHED.places({"shed": "new", "side": "left"})) == ["/new/left/nests"]


def test_a_default_is_a_place_like_one_that_is_given() -> None:
    usual = replace(NEST, scope=(replace(SIDE, default="right"),))
    assert paths(usual.places({})) == ["/right/nests"]
    assert paths(usual.places({"side": "left"})) == ["/left/nests"]


def test_a_scope_without_choices_has_no_list_of_places() -> None:
    assert ANYWHERE.everywhere == [ANYWHERE]
    assert ANYWHERE.calls == (("GET", "/{side}/nests"), ("GET", "/{side}/nests/{name}"))


# The calls that read it


def test_the_calls_are_those_of_all_places() -> None:
    assert NEST.calls == (
        ("GET", "/left/nests"),
        ("GET", "/left/nests/{name}"),
        ("GET", "/right/nests"),
        ("GET", "/right/nests/{name}"),
    )
    assert replace(NEST, detail_path="").calls == (("GET", "/left/nests"), ("GET", "/right/nests"))


class Binoculars:
    """Sees an egg more than there is."""

    calls = (("GET", "/hill"),)

    def rows(self, client: Any, resource: Resource, query: Any) -> Listing:
        return Listing([*client.plain_rows(resource, query).rows, {"name": f"seen at {resource.list_path}"}])

    def row(self, client: Any, resource: Resource, key: Any) -> dict[str, Any]:
        return {"name": f"{key} at {resource.detail_path}"}


def test_a_reader_has_calls_of_its_own_beside_those_of_the_paths() -> None:
    assert replace(NEST, reader=Binoculars()).calls == (*NEST.calls, ("GET", "/hill"))
    assert replace(PLAIN, reader=Binoculars()).calls == (*PLAIN.calls, ("GET", "/hill"))


def found(resource: Resource, client: FarmClient | None = None, **given: Any) -> tuple[list[dict[str, Any]], list[str]]:
    warnings: list[str] = []
    result = info.run_info(resource, client or FarmClient(), given, warnings.append)
    return result["nests"], warnings


def test_a_reader_is_asked_in_each_place_and_what_it_finds_bears_the_place() -> None:
    nest = replace(NEST, reader=Binoculars())
    assert found(nest)[0] == [
        {"side": "left", "name": "seen at /left/nests"},
        {"side": "right", "name": "seen at /right/nests"},
    ]
    assert found(nest, side="left", name="one")[0] == [{"side": "left", "name": "one at /left/nests/{name}"}]


class Half(FarmClient):
    """Has no right side, or neither."""

    lacks: tuple[str, ...] = ("/right",)

    def listed(self, path: str, key: str, query: Any, **more: Any) -> Listing:
        if path.startswith(self.lacks):
            raise Unsupported(f"there is no {path}")
        return Listing([{"name": path}])


def test_a_place_that_the_server_lacks_costs_a_warning_if_it_was_not_asked_for() -> None:
    rows, warnings = found(NEST, Half())
    assert rows == [{"side": "left", "name": "/left/nests"}]
    assert warnings == ["there is no /right/nests"]
    with pytest.raises(Unsupported, match="/right"):
        found(NEST, Half(), side="right")


def test_a_server_that_lacks_all_places_fails_the_task() -> None:
    client = Half()
    client.lacks = ("/left", "/right")
    with pytest.raises(Unsupported, match="/left"):
        found(NEST, client)


def test_a_single_object_has_no_key_to_ask_by() -> None:
    single = replace(NEST, single=True, alternate_keys=("side",))
    assert single.keys == ()
    assert paths(single.places({})) == ["/left/nests", "/right/nests"]
    # A name in the options means something else then.
    assert [row["name"] for row in found(single, Half(), name="x")[0]] == ["/left/nests"]


# Secrets within a text

PASSWORDS = SecretsInside(re.compile(r"(?m)^password=(?P<secret>.+)$"))
TEXT = "user=a\npassword=Hidden1\npassword=Hidden2\nlast"
LETTER = replace(
    PLAIN, fields=(Field("name", "Name."), Field("text", "Text.", api="data.txt", write=True, secrets_inside=PASSWORDS))
)


def test_only_the_secret_is_masked() -> None:
    assert PASSWORDS.masked(TEXT) == "user=a\npassword=********\npassword=********\nlast"
    assert PASSWORDS.found(TEXT) == ["Hidden1", "Hidden2"]
    assert PASSWORDS.masked("user=password=x") == "user=password=x"
    assert PASSWORDS.masked("") == ""
    assert PASSWORDS.found("") == []


def test_masking_twice_is_masking_once() -> None:
    assert PASSWORDS.masked(PASSWORDS.masked(TEXT)) == PASSWORDS.masked(TEXT)


def test_what_is_no_text_is_masked_as_one() -> None:
    assert PASSWORDS.masked(5) == "5"


def test_results_and_what_was_sent_are_masked_at_any_depth() -> None:
    assert mask(LETTER.fields, {"name": "Hidden1", "text": TEXT})["text"] == PASSWORDS.masked(TEXT)
    assert mask(LETTER.fields, {"name": "x", "text": None})["text"] is None
    shown = mask_raw(LETTER, {"name": "x", "data": {"txt": TEXT}, "old": [{"txt": TEXT}]})
    assert "Hidden" not in str(shown)
    assert shown["data"]["txt"].startswith("user=a\npassword=****")
    assert LETTER.has_secrets
    assert LETTER.secrets == ()


def test_a_diff_tells_that_a_secret_is_another_but_not_which() -> None:
    before = {"name": "x", "text": TEXT}
    diff = plan(LETTER.fields, before, {"text": TEXT.replace("Hidden2", "Hidden3")}).diff()
    assert "Hidden" not in str(diff)
    assert diff["before"]["text"] == diff["after"]["text"] == PASSWORDS.masked(TEXT).splitlines()
    assert (diff["before"].get("secrets in text"), diff["after"]["secrets in text"]) == (None, NEW_SECRET)


def test_a_diff_does_not_speak_of_secrets_that_stay() -> None:
    diff = plan(LETTER.fields, {"name": "x", "text": TEXT}, {"text": TEXT + "!"}).diff()
    assert "secrets in text" not in diff["after"]
    assert diff["after"]["text"][-1] == "last!"
    new = Plan(LETTER.fields, CREATE, None, {"name": "x", "text": TEXT}, ("text",)).diff()
    assert new["after"] == {"text": PASSWORDS.masked(TEXT).splitlines()}
