# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sphinx's settings for the documentation site; dev/docs.py copies this beside the pages."""

project = "telephony.pbx"
author = "the telephony.pbx authors"
copyright = "2026, " + author  # Sphinx names it so
html_title = "telephony.pbx"

extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext", "myst_parser"]
# Written by dev/docs.py from the few places that the pages point to, so that a build needs no network.
intersphinx_mapping = {"ansible": ("https://docs.ansible.com/projects/ansible/latest/", "ansible.inv")}
source_suffix = {".rst": "restructuredtext", ".md": "markdown"}
default_role = "any"  # a single pair of backticks is a slip, and fails
highlight_language = "text"  # of blocks that name none
pygments_style = "ansible"
myst_heading_anchors = 4
suppress_warnings = ["myst.header"]  # Markdown pages may skip a level of headings

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_use_index = False
html_copy_source = False
html_theme_options = {"sidebar_hide_name": False, "navigation_with_keys": True}
