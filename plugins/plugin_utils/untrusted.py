# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that comes from an API, which must never be taken for a template.

From ansible-core 2.19 on, text is no template unless it is tagged as trusted; before that it is one unless it is marked unsafe.
"""

from __future__ import annotations

import typing as t

try:
    from ansible.template import is_trusted_as_template, trust_as_template
except ImportError:  # ansible-core before 2.19
    from ansible.utils.unsafe_proxy import AnsibleUnsafe, wrap_var

    trust_as_template = None
    untrusted = wrap_var

    def may_be_template(value: t.Any) -> bool:
        """Whether this is text. Ansible itself leaves alone what is marked unsafe."""
        return isinstance(value, str)
else:

    class AnsibleUnsafe:  # type: ignore[no-redef]
        """Nothing is marked any more."""

    def untrusted(value: t.Any) -> t.Any:
        """The value as it is. Marking it as well would cost a third of a large inventory."""
        return value

    def may_be_template(value: t.Any) -> bool:
        """Whether this is text that is trusted."""
        return is_trusted_as_template(value)


__all__ = ("AnsibleUnsafe", "may_be_template", "trust_as_template", "untrusted")
