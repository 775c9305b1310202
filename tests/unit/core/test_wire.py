# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as the systems send them, and as the documentation has them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._core import wire


@pytest.mark.parametrize(
    ("convert", "sent", "found"),
    [
        (wire.text, "x", "x"),
        (wire.text, 5, "5"),
        (wire.text, 1.5, "1.5"),
        (wire.text, True, "true"),
        (wire.whole, "2", 2),
        (wire.whole, " 2 ", 2),
        (wire.whole, 2.0, 2),
        (wire.whole, -1, -1),
        (wire.real, "1.5", 1.5),
        (wire.real, 1, 1.0),
        *((wire.flag, sent, True) for sent in (True, 1, "1", "yes", "On", "Enabled", " true ", "t")),
        *((wire.flag, sent, False) for sent in (False, 0, "0", "no", "OFF", "disabled", "", "f")),
        (wire.epoch, 1769753210, "2026-01-30T06:06:50Z"),
        (wire.epoch, "1769753210", "2026-01-30T06:06:50Z"),
        (wire.epoch, 0, None),
        (wire.epoch, -1, None),
        (wire.epoch, 253402300799, "9999-12-31T23:59:59Z"),
        (wire.jade_time, "2018-05-22T13:24:14.979704248Z", "2018-05-22T13:24:14.979704248Z"),
        (wire.jade_time, "2018-05-22T13:24:23.76032007Z", "2018-05-22T13:24:23.076032007Z"),
        (wire.jade_time, "2018-05-22T13:24:23.5Z", "2018-05-22T13:24:23.000000005Z"),
        (wire.jade_time, "2018-05-22T13:24:23Z", "2018-05-22T13:24:23.000000000Z"),
        (wire.file_text, "> 100", "100"),
        (wire.file_text, ">100", "100"),
        (wire.file_text, "100>", "100>"),
        (wire.file_flag, "> yes", True),
        (wire.file_whole, "> 45", 45),
        (wire.file_value, ["b", "> a"], ["a", "b"]),
        (wire.file_value, "> x", "x"),
    ],
)
def test_what_is_sent_becomes_what_is_documented(convert: wire.Converter, sent: Any, found: Any) -> None:
    assert convert(sent) == found
    assert type(convert(sent)) is type(found)


@pytest.mark.parametrize(
    ("convert", "sent"),
    [
        (wire.text, []),
        (wire.text, {}),
        (wire.whole, "1.5"),
        (wire.whole, 1.5),
        (wire.whole, True),
        (wire.whole, float("inf")),
        (wire.whole, "two"),
        (wire.real, False),
        (wire.real, "fast"),
        (wire.real, "nan"),
        (wire.real, float("inf")),
        (wire.flag, "maybe"),
        (wire.flag, 2),
        (wire.flag, []),
        (wire.epoch, 10**30),
        (wire.epoch, 253402300800),
        (wire.epoch, "2026-01-30"),
        (wire.jade_time, "2018-05-22 13:24:23"),
        (wire.jade_time, "2018-05-22T13:24:23.1234567890Z"),
        (wire.jade_time, 5),
        (wire.file_whole, "> soon"),
        (wire.file_value, {"a": 1}),
        (wire.file_value, [{"a": 1}]),
    ],
)
def test_what_cannot_be_read_is_refused(convert: wire.Converter, sent: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        convert(sent)
