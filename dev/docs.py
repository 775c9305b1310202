# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the documentation site below .build/docs: plugins and guides by antsibull-docs, Markdown as it stands, then Sphinx.

Runs with the Python of the environment "tools" (`make docs`). Any warning is a failure, so that no reference leads nowhere.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import zlib
from importlib.resources import files
from pathlib import Path

from environments import BUILD, LINK, ROOT, link_collection

SITE = ROOT / "dev" / "site"
SOURCE, HTML = BUILD / "docs" / "source", BUILD / "docs" / "html"
REPOSITORY = "https://github.com/telephony-pbx/telephony.pbx/blob/main"
# What pages point to in Ansible's own documentation; without a network Sphinx can't look them up there.
ANSIBLE_LABELS = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": "reference_appendices/config.html#ansible-configuration-settings",
    "ansible_collections.ansible.builtin.urlencode_filter": "collections/ansible/builtin/urlencode_filter.html",
    "common_return_values": "reference_appendices/common_return_values.html#common-return-values",
}
ANSIBLE_VARIABLES = re.compile(r":envvar:`(ANSIBLE[A-Z\\_]+)`")
CONTENTS = re.compile(r"^\.\. contents::\n(?: +:.*\n)+\n", re.MULTILINE)
INDEX_TITLE = re.compile(r"^Telephony\.Pbx\n=+$", re.MULTILINE)
INDEX_GUIDES = re.compile(r"^Guides\n-+\n\n\.\. toctree::.*?(?=^\.\. _plugin_index)", re.MULTILINE | re.DOTALL)
INDEX_ENTRY = re.compile(r"^    (?P<name>\w+)_(?P<kind>module|inventory|lookup|filter|test|role)$", re.MULTILINE)
# A fenced block, a link, or a name in backticks.
TOKEN = re.compile(
    r"^```.*?^```$|(?P<text>\[[^\]]*\])\((?P<path>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)"
    r"|(?<!`)`(?P<name>(?:telephony\.pbx\.)?\w+)`(?!`)",
    re.MULTILINE | re.DOTALL,
)


def run(*command: str) -> None:
    """Run a program of the environment that this Python belongs to."""
    programs = Path(sys.executable).parent
    variables = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(LINK.parents[2])}
    variables["PATH"] = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    command = (str(programs / command[0]), *command[1:])
    subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, check=True)


@functools.cache
def module_names() -> frozenset[str]:
    """All modules of the collection."""
    return frozenset(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))


@functools.cache
def markdown_pages() -> tuple[Path, ...]:
    """The Markdown that the site takes in: docs, and the READMEs of roles that can be run; relative to the repository."""
    roles = [path for path in ROOT.glob("roles/*/README.md") if (path.parent / "tasks" / "main.yml").is_file()]
    return tuple(sorted(path.relative_to(ROOT) for path in (*ROOT.glob("docs/*.md"), *roles)))


def for_site(page: Path, text: str) -> str:
    """A page with links from modules' names to their pages, and to the repository for what the site doesn't hold."""

    def replaced(token: re.Match[str]) -> str:
        if token["name"] and token["name"].rpartition(".")[2] in module_names():
            target = f"collection/{token['name'].rpartition('.')[2]}_module.rst"
            return f"[`{token['name']}`]({os.path.relpath(target, page.parent)})"
        if token["path"] and "://" not in token["path"]:
            target = os.path.normpath(page.parent / token["path"])
            if Path(target) not in markdown_pages() and (ROOT / target).exists():
                return f"{token['text']}({REPOSITORY}/{target}{token['anchor'] or ''})"
        return token.group()

    return TOKEN.sub(replaced, text)


def tidy_reference(folder: Path) -> None:
    """What antsibull-docs writes for any theme and for many collections, cut to this theme and this collection."""
    for page in folder.glob("*.rst"):
        text = page.read_text(encoding="utf-8")
        page.write_text(CONTENTS.sub("", text), encoding="utf-8")  # the theme has a list of its own beside each page
    index = folder / "index.rst"
    text = INDEX_TITLE.sub("Modules, plugins and roles\n==========================", index.read_text(encoding="utf-8"))
    text = INDEX_GUIDES.sub("", text)  # the front page has them
    index.write_text(INDEX_ENTRY.sub(_short_entry, text), encoding="utf-8")


def _short_entry(entry: re.Match[str]) -> str:
    """An entry of the navigation, by its name instead of its long title."""
    kind = "" if entry["kind"] == "module" else f" ({entry['kind']})"
    return f"    {entry['name']}{kind} <{entry['name']}_{entry['kind']}>"


def write_inventory() -> None:
    """Tell Sphinx, in its own format, where in Ansible's documentation the pages' references are."""
    lines = [f"{label} std:label -1 {place} {label}" for label, place in ANSIBLE_LABELS.items()]
    pages = [page.read_text(encoding="utf-8") for page in SOURCE.rglob("*.rst")]
    named = sorted({name.replace("\\", "") for page in pages for name in ANSIBLE_VARIABLES.findall(page)})
    lines += [f"{name} std:envvar 1 reference_appendices/config.html#envvar-{name} -" for name in named]
    header = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: \n# The remainder is compressed using zlib.\n"
    packed = zlib.compress("".join(f"{line}\n" for line in lines).encode())
    (SOURCE / "ansible.inv").write_bytes(header.encode() + packed)


def write_index() -> None:
    """The front page. Markdown that it doesn't name is added to its lists."""
    text = (SITE / "index.rst").read_text(encoding="utf-8")
    pages = [page.with_suffix("").as_posix() for page in markdown_pages()]
    for folder in ("docs", "roles"):
        more = [f"   {page}" for page in pages if page.startswith(f"{folder}/") and page not in text]
        text = text.replace(f"@{folder}@", "\n".join(more))
    (SOURCE / "index.rst").write_text(text, encoding="utf-8")


def dark_colors() -> str:
    """The dark colors of antsibull-docs, where this theme is dark: by its own switch, or by the reader's system."""
    colors = Path(str(files("sphinx_antsibull_ext").joinpath("colors-default-dark.css"))).read_text(encoding="utf-8")
    switched = colors.replace(":root", 'body[data-theme="dark"]')
    by_system = colors.replace(":root", 'body:not([data-theme="light"])')
    return f"{switched}\n@media (prefers-color-scheme: dark) {{ {by_system} }}\n"


def write_source() -> None:
    """Everything that Sphinx reads."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    collection = SOURCE / "collection"
    collection.mkdir(parents=True)
    collection.chmod(0o755)  # antsibull-docs wants no one else to be able to write there
    options = ["--use-current", "--fail-on-error", "--squash-hierarchy", "--no-add-antsibull-docs-version"]
    run("antsibull-docs", "collection", *options, "--dest-dir", str(collection), "telephony.pbx")
    tidy_reference(collection)
    for page in markdown_pages():
        (SOURCE / page).parent.mkdir(parents=True, exist_ok=True)
        (SOURCE / page).write_text(for_site(page, (ROOT / page).read_text(encoding="utf-8")), encoding="utf-8")
    (SOURCE / "_static").mkdir()
    style = (SITE / "site.css").read_text(encoding="utf-8") + dark_colors()
    (SOURCE / "_static" / "site.css").write_text(style, encoding="utf-8")
    shutil.copy(SITE / "conf.py", SOURCE)
    write_index()
    write_inventory()


def main() -> int:
    """Build the site anew."""
    link_collection()
    try:
        write_source()
        shutil.rmtree(HTML, ignore_errors=True)
        # -n: a reference that leads nowhere is a warning; -W: a warning is a failure; all are told before it ends. -E: pages that
        # haven't changed are read too, as what they point to may be gone.
        run("sphinx-build", "-n", "-W", "--keep-going", "-q", "-E", "-d", str(HTML.parent / "cache"), str(SOURCE), str(HTML))
    except subprocess.CalledProcessError as failure:
        print(f"the site could not be built: {Path(failure.cmd[0]).name} ended with {failure.returncode}", file=sys.stderr)
        return 1
    print(f"{HTML.relative_to(ROOT)}/index.html: {len(list(HTML.rglob('*.html')))} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
