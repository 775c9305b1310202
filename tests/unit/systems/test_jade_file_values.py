# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Jade's files and database can't hold is refused before anything is sent, naming the option."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._http.errors import BadInput
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade.files import LONGEST_LINE, as_text, check_section
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES

LOT: Any = MODULES["jade_parking_lot"].state
USER: Any = MODULES["jade_user"].state
MANAGER: Any = MODULES["jade_manager_user"].state


def lot(**given: Any) -> dict[str, Any]:
    options = {field.name: field.default for field in LOT.options}
    return {**options, "name": "edvina", **given}


def user(of: Any, **given: Any) -> dict[str, Any]:
    options = {field.name: field.default for field in of.options}
    return {**options, "username": "alice", **given}


def refused(state: Any, params: dict[str, Any]) -> str:
    with pytest.raises(BadInput) as caught:
        state.check_input(params)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("a;b", "taken for a comment"),
        ("a#b", "cut off"),
        ("a\nb", "line break"),
        ("a\rb", "line break"),
        ("a\0b", "control character"),
        ("a\tb", "control character"),
        (" a", "blank"),
        ("a ", "blank"),
        ('"a"', "double quotes"),
        ("a" * LONGEST_LINE, "too long"),
        ("ä" * (LONGEST_LINE // 2), "too long"),
    ],
)
@pytest.mark.parametrize("option", ["context", "settings"])
def test_a_value_that_a_file_mangles_is_refused(option: str, value: str, why: str) -> None:
    given = {"settings": {"musicclass": value}} if option == "settings" else {option: value}
    message = refused(LOT, lot(**given))
    assert ("musicclass" if option == "settings" else option) in message
    assert why in message


@pytest.mark.parametrize("value", ['say "a" twice', '"', "[a]", "a=b", "50%", "ä€", "", "PJSIP/100@x", "a'b", "0"])
def test_a_value_that_a_file_keeps_is_taken_as_it_is(value: str) -> None:
    assert as_text("context", value) == value
    LOT.check_input(lot(context=value, settings={"other": value}))


def test_the_longest_line_that_fits_is_taken() -> None:
    fits = "a" * (LONGEST_LINE - len("context") - 1)
    assert as_text("context", fits) == fits
    with pytest.raises(BadInput):
        as_text("context", fits + "a")


@pytest.mark.parametrize(("value", "sent"), [(45, "45"), (True, "yes"), (False, "no"), (1.5, "1.5"), (["a", 1], ["a", "1"])])
def test_numbers_and_switches_are_sent_as_text_which_is_all_that_jade_can_write(value: Any, sent: Any) -> None:
    assert as_text("x", value) == sent


@pytest.mark.parametrize("value", [{"a": 1}, None, [None]])
def test_a_value_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(BadInput, match="x must be a text, number or switch"):
        as_text("x", value)


@pytest.mark.parametrize("name", ["", "general", "default", "a]b", "a;b", " a", "a\nb"])
def test_a_name_that_can_be_no_section_is_refused(name: str) -> None:
    assert refused(LOT, lot(name=name)).startswith("name ")


@pytest.mark.parametrize("name", ["edvina", "a b", "a/b", "ä", "a[b", "Default"])
def test_a_name_that_can_be_a_section_is_taken(name: str) -> None:
    check_section("name", name, ("general", "default"))
    LOT.check_input(lot(name=name))


@pytest.mark.parametrize(
    ("spaces", "why"),
    [("eight", "range of spaces"), ("801-", "range of spaces"), ("850-801", "first space comes after"), ("", "range of spaces")],
)
def test_parking_spaces_that_are_no_range_are_refused(spaces: str, why: str) -> None:
    message = refused(LOT, lot(parkpos=spaces))
    assert message.startswith("parkpos ")
    assert why in message


@pytest.mark.parametrize("spaces", ["801-850", "801", "801 - 850"])
def test_parking_spaces_that_are_a_range_are_taken(spaces: str) -> None:
    LOT.check_input(lot(parkpos=spaces))


def test_an_option_under_another_name_is_refused() -> None:
    assert "settings holds parkpos, which is an option of its own" in refused(LOT, lot(settings={"parkpos": "1-2"}))


def test_a_settings_name_at_which_the_line_would_be_split_is_refused() -> None:
    assert "settings" in refused(LOT, lot(settings={"a=b": "c"}))


@pytest.mark.parametrize("state", [USER, MANAGER], ids=["jade_user", "jade_manager_user"])
@pytest.mark.parametrize("option", ["username", "name", "password"])
def test_a_single_quote_that_the_database_cannot_take_is_refused_without_showing_the_value(state: Any, option: str) -> None:
    message = refused(state, user(state, **{option: "o'hidden"}))
    assert message == f"{option} holds a single quote, which Jade can't store"


def test_an_empty_username_is_refused() -> None:
    assert refused(USER, user(USER, username="")) == "username is empty"


def test_the_account_of_the_task_itself_is_not_removed() -> None:
    message = refused(USER, user(USER, state="absent", api_username="alice"))
    assert "can't remove itself" in message
    USER.check_input(user(USER, state="absent", api_username="root"))


def test_a_phones_context_and_permissions_are_checked() -> None:
    assert "context is empty" in refused(MANAGER, user(MANAGER, context=""))
    assert "context holds ';'" in refused(MANAGER, user(MANAGER, context="a;b"))
    assert "permissions holds a single quote" in refused(MANAGER, user(MANAGER, permissions=["user", "o'x"]))


@pytest.mark.parametrize("name", ["", "a/b"])
def test_a_module_that_is_a_path_is_refused(name: str) -> None:
    assert "name must be the name of a module" in refused(MODULES["jade_module"].state, {"name": name, "state": "loaded"})
