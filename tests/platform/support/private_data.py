# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private data directory of ansible-runner, filled as AWX fills it, and what is left in it after a run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tests.system.support.lab import Lab
from tests.system.support.runner import ROOT
from tests.system.support.secrets import shown_in

AWX = ROOT / "playbooks" / "files" / "awx"
STRICT = {
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True",
    "ANSIBLE_INVENTORY_EXPORT": "True",
    "ANSIBLE_VERBOSE_TO_STDERR": "True",
}
# An inventory of AWX's is a program that prints it.
SCRIPT = "#! /usr/bin/env python3\n# -*- coding: utf-8 -*-\nprint(%r)\n"


def credential(lab: Lab, system: str, profile: str = "f31439d") -> dict[str, str]:
    """What a person types into a credential of AWX, for a system of the lab."""
    ready = lab.ready
    found = {"jade": ready["jade"][profile], "yeastar": ready["yeastar"]["pbx"]}.get(system) or ready[system]
    inputs = {name: value for name, value in found.items() if name != "profile"}
    inputs["ca"] = Path(ready["ca"]).read_text(encoding="utf-8")
    if system == "ycm":
        pbx = ready["yeastar"]["pbx"]
        inputs.update(pbx_client_id=pbx["client_id"], pbx_client_secret=pbx["client_secret"])
    return inputs


def fleet(lab: Lab, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Hosts with the address of each PBX."""
    return {name: {"jade_api_url": lab.ready["jade"][name]["url"]} for name in names}


class PrivateData:
    """Writes and reads such a directory. ``seen_as`` is its path where the job runs, if that is elsewhere."""

    def __init__(self, folder: Path, seen_as: Path | None = None) -> None:
        self.folder = folder
        self.seen_as = seen_as or folder
        (folder / "env").mkdir(parents=True, mode=0o700)
        (folder / "inventory").mkdir()
        shutil.copytree(AWX / "project", folder / "project")

    def credentials(self, system: str, inputs: Mapping[str, str], **more: str) -> None:
        """Put a credential into the environment and into files, as its type says."""
        kind = yaml.safe_load((AWX / "credential_types" / f"{system}.yml").read_text(encoding="utf-8"))
        injectors = kind["injectors"]
        templates = ImmutableSandboxedEnvironment()
        names: dict[str, str] = {}
        for template, text in injectors["file"].items():
            name = template.partition(".")[2]
            file = self.folder / "env" / f"credential_{name}"
            file.write_text(templates.from_string(text).render(inputs), encoding="utf-8")
            file.chmod(0o600)
            names[name] = str(self.seen_as / "env" / file.name)
        context = {**inputs, "tower": {"filename": names}}
        values = {name: templates.from_string(text).render(context) for name, text in injectors["env"].items()}
        self.write("env/envvars", json.dumps({**STRICT, **values, **more}))

    def hosts(self, hosts: Mapping[str, Mapping[str, Any]]) -> None:
        """The inventory."""
        groups = {"all": {"hosts": sorted(hosts)}, "_meta": {"hostvars": hosts}}
        self.write("inventory/hosts", SCRIPT % json.dumps(groups)).chmod(0o700)

    def survey(self, answers: Mapping[str, Any]) -> None:
        """Extra variables. What a person answers arrives as text that is never a template."""
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in answers.items()}
        lines = [f"{name}: !unsafe {json.dumps(text)}\n" for name, text in texts.items()]
        self.write("env/extravars", "---\nawx_job_id: 1\n" + "".join(lines))

    def write(self, name: str, text: str) -> Path:
        """A file in it."""
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
        return file

    def artifact(self, ident: str, name: str) -> str:
        """A file that a run left."""
        return (self.folder / "artifacts" / ident / name).read_text(encoding="utf-8")

    def events(self, ident: str) -> list[dict[str, Any]]:
        """The events of a run, in their order."""
        files = (self.folder / "artifacts" / ident / "job_events").glob("*.json")
        return sorted((json.loads(file.read_text(encoding="utf-8")) for file in files), key=lambda event: event["counter"])

    def changes(self, ident: str) -> dict[str, int]:
        """How many changes a run made on each of its hosts. It has to have ended well."""
        assert (self.artifact(ident, "status"), self.artifact(ident, "rc")) == ("successful", "0"), self.artifact(ident, "stdout")
        stats = [event["event_data"] for event in self.events(ident) if event["event"] == "playbook_on_stats"][-1]
        assert (stats["failures"], stats["dark"]) == ({}, {})
        return {host: stats["changed"].get(host, 0) for host in stats["processed"]}

    def exposed(self, secrets: Iterable[str]) -> Iterator[str]:
        """Which artifacts show a secret. The runner itself writes down the environment, in one place: that one is left out."""
        secrets = set(secrets)
        for file in sorted((self.folder / "artifacts").rglob("*")):
            if file.is_file():
                text = file.read_text(encoding="utf-8", errors="replace")
                if file.name == "command":
                    text = json.dumps({name: value for name, value in json.loads(text).items() if name != "env"})
                if any(True for dummy in shown_in(text, secrets)):
                    yield str(file.relative_to(self.folder))
