# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as the systems send them, and as the documentation has them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telephony.pbx.plugins.module_utils._model import converters
from ansible_collections.telephony.pbx.plugins.module_utils._systems.jade import values


@pytest.mark.parametrize(
    ("convert", "sent", "found"),
    [
        (converters.text, "x", "x"),
        (converters.text, 5, "5"),
        (converters.text, 1.5, "1.5"),
        (converters.text, True, "true"),
        (converters.whole, "2", 2),
        (converters.whole, " 2 ", 2),
        (converters.whole, 2.0, 2),
        (converters.whole, -1, -1),
        (converters.real, "1.5", 1.5),
        (converters.real, 1, 1.0),
        *((converters.flag, sent, True) for sent in (True, 1, "1", "yes", "On", "Enabled", " true ", "t")),
        *((converters.flag, sent, False) for sent in (False, 0, "0", "no", "OFF", "disabled", "", "f")),
        (converters.epoch, 1769753210, "2026-01-30T06:06:50Z"),
        (converters.epoch, "1769753210", "2026-01-30T06:06:50Z"),
        (converters.epoch, 0, None),
        (converters.epoch, -1, None),
        (converters.epoch, 253402300799, "9999-12-31T23:59:59Z"),
        (values.jade_time, "2018-05-22T13:24:14.979704248Z", "2018-05-22T13:24:14.979704248Z"),
        (values.jade_time, "2018-05-22T13:24:23.76032007Z", "2018-05-22T13:24:23.076032007Z"),
        (values.jade_time, "2018-05-22T13:24:23.5Z", "2018-05-22T13:24:23.000000005Z"),
        (values.jade_time, "2018-05-22T13:24:23Z", "2018-05-22T13:24:23.000000000Z"),
        (values.file_text, "> 100", "100"),
        (values.file_text, ">100", "100"),
        (values.file_text, "100>", "100>"),
        (values.file_flag, "> yes", True),
        (values.file_whole, "> 45", 45),
        (values.file_value, ["b", "> a"], ["a", "b"]),
        (values.file_value, "> x", "x"),
    ],
)
def test_what_is_sent_becomes_what_is_documented(convert: converters.Converter, sent: Any, found: Any) -> None:
    assert convert(sent) == found
    assert type(convert(sent)) is type(found)


@pytest.mark.parametrize(
    ("convert", "sent"),
    [
        (converters.text, []),
        (converters.text, {}),
        (converters.whole, "1.5"),
        (converters.whole, 1.5),
        (converters.whole, True),
        (converters.whole, float("inf")),
        (converters.whole, "two"),
        (converters.real, False),
        (converters.real, "fast"),
        (converters.real, "nan"),
        (converters.real, float("inf")),
        (converters.flag, "maybe"),
        (converters.flag, 2),
        (converters.flag, []),
        (converters.epoch, 10**30),
        (converters.epoch, 253402300800),
        (converters.epoch, "2026-01-30"),
        (values.jade_time, "2018-05-22 13:24:23"),
        (values.jade_time, "2018-05-22T13:24:23.1234567890Z"),
        (values.jade_time, 5),
        (values.file_whole, "> soon"),
        (values.file_value, {"a": 1}),
        (values.file_value, [{"a": 1}]),
    ],
)
def test_what_cannot_be_read_is_refused(convert: converters.Converter, sent: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        convert(sent)
