# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of the hunt: every module, in the ways in which people run and look at them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from ansible_collections.telephony.pbx.plugins.module_utils._engine.info import InfoModule
from ansible_collections.telephony.pbx.plugins.module_utils._systems.registry import MODULES, RAW
from tests.system.support.leaks import (
    ARGUMENTS,
    CREDENTIALS,
    ONLY_CHECKED,
    RETURNS_SECRETS,
    canary,
    option_spots,
    result_spots,
    wanted_options,
)
from tests.system.support.leaks_front import MODES, Front
from tests.system.support.runner import COLLECTION

Task = dict[str, Any]
ELSEWHERE = {"SOMETHING": "else"}  # makes a task travel
# What a lookup asks of each system, and one module of each.
LOOKUPS = {"jade": "users", "yeastar": "onsite_proxies", "ycm": "cloud_pbxs", "telecomx": "sip_phones", "aicc": "softphones"}
QUESTIONS = {
    "jade": "jade_user_info", "yeastar": "yeastar_onsite_proxy_info", "ycm": "ycm_cloud_pbx_info",
    "telecomx": "telecomx_sip_phone_info", "aicc": "aicc_softphone_info",
}  # fmt: skip
# A part, since each takes its time: one of each kind.
TRAVELERS = ("jade_user_info", "jade_configuration", "telecomx_sip_phone")
MISSPELLED = canary("an option that there isn't")
FAILING_TRAVELERS = ("jade_user", RAW.name, "telecomx_sip_phone")


def all_modules() -> list[str]:
    """Every module; those that write first, so that the others find what they wrote."""
    return sorted(MODULES, key=lambda name: (isinstance(MODULES.get(name), InfoModule), name))


def system_of(module: str) -> str:
    """The system that a module talks to in the hunt."""
    if module == "jade_account_info":
        return "jade_older"  # the only one that shows what else there is to an account
    return module.split("_")[0] if module != RAW.name else "jade"


class Play:
    """Collects tasks, each with a name of its own, and the secrets that they name: those stay out of the playbook."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.tasks: list[Task] = []
        self.given: dict[str, Any] = {}

    def add(self, name: str, module: str, arguments: dict[str, Any], **keywords: Any) -> None:
        """One task. Ansible shows the lines around one that fails, so that its options are in a file of variables."""
        key = f"v{len(self.tasks)}"
        self.given[key] = arguments
        options = {option: "{{ %s[%s] }}" % (key, json.dumps(option)) for option in arguments}
        keywords = {"no_log": module in RETURNS_SECRETS, **keywords}
        self.tasks.append({"name": name, COLLECTION + module: options, "ignore_errors": True, **keywords})

    def ask(self, name: str, module: str, mode: str = "plain", more: Task | None = None, **keywords: Any) -> None:
        """A module with options that suit it, at a server that behaves in a way."""
        there = {"api_url": self.front.address(system_of(module), mode), "api_retries": 0}
        arguments = {**wanted_options(module), **there, **(more or {})}
        if isinstance(MODULES.get(module), InfoModule):
            arguments["raw"] = True
        if module in ONLY_CHECKED and mode == "plain":
            keywords = {"check_mode": True, **keywords}
        if module in ARGUMENTS or result_spots(module):  # long lists that hold nothing cost time
            keywords["register"] = f"r{len(self.tasks)}"
        self.add(f"{name}: {module}", module, arguments, **keywords)

    # The ways

    def whole(self) -> None:
        """All of them."""
        for way in (self.everything, self.trouble, self.mistakes, self.without_log, self.travel, self.loops, self.lookups):
            way()
        self.looks()

    def everything(self) -> None:
        """All modules, where all is well and where each call but the login fails."""
        for module in filter(result_spots, all_modules()):
            self.ask("before", module)
        for module in ARGUMENTS:
            self.ask("check", module, check_mode=True)
            self.ask("write", module, "write")
        for module in all_modules():
            self.ask("well", module)
        for module in all_modules():
            self.ask("late", module, "late")

    def trouble(self) -> None:
        """Servers that give away what they were asked, at the login and behind it; with a token, and with a proxy."""
        for system, module in QUESTIONS.items():
            token = {"api_token": CREDENTIALS[f"{system}.api_token"]}
            for mode in MODES:
                if mode not in ("plain", "write"):
                    self.ask(mode, module, mode)
            for mode in ("plain", "error", "redirect"):
                self.ask(f"{mode}, token", module, mode, token)
            for number, proxy in enumerate(proxies(CREDENTIALS[f"{system}.api_proxy"])):
                self.ask(f"proxy {number}", module, "plain", {"api_proxy": proxy})
        for module in ARGUMENTS:
            self.ask("redirect", module, "redirect")

    def mistakes(self) -> None:
        """Options that are wrong in themselves."""
        for module, arguments in ARGUMENTS.items():
            self.ask("unknown", module, more={"pasword": MISSPELLED})
            for option in option_spots(module) & arguments.keys() & {"password", "custom_config"}:
                self.ask(f"dictionary for {option}", module, "write", {option: {"a": arguments[option]}})
                self.ask(f"two lines in {option}", module, "write", {option: f"{arguments[option]}\nmore"})

    def without_log(self) -> None:
        """The same with no_log."""
        for module in ARGUMENTS:
            self.ask("no_log", module, no_log=True)
            self.ask("no_log write", module, "write", no_log=True)

    def travel(self) -> None:
        """Through the ordinary module."""
        for module in TRAVELERS:
            self.ask("travels", module, environment=ELSEWHERE)
        for module in FAILING_TRAVELERS:
            self.ask("travels write", module, "write", environment=ELSEWHERE)
        self.ask("travels unknown", "jade_user", more={"pasword": MISSPELLED}, environment=ELSEWHERE)
        self.ask("travels no_log", "jade_user", environment=ELSEWHERE, no_log=True)
        background = {"environment": ELSEWHERE, "async": 30, "poll": 1}
        self.ask("travels in the background", "jade_user", "write", **background)

    def loops(self) -> None:
        """Items of a loop, which share a client, whose secrets come from a variable that isn't the item."""
        names = ["loop1", "loop2"]
        self.given["loop_passwords"] = dict.fromkeys(names, ARGUMENTS["jade_user"]["password"])
        for mode in ("plain", "write"):
            options = {"username": "{{ item }}", "name": "x", "password": "{{ loop_passwords[item] }}", "api_retries": 0}
            call = {COLLECTION + "jade_user": {**options, "api_url": self.front.address("jade", mode)}}
            task = {"name": f"loop: {mode}", **call, "loop": names, "ignore_errors": True, "register": f"r{len(self.tasks)}"}
            self.tasks.append(task)

    def lookups(self) -> None:
        """Each lookup, where all is well and where it isn't."""
        for system, term in LOOKUPS.items():
            for mode in ("plain", "late", "error"):
                call = f"query('telephony.pbx.{system}', '{term}', api_url='{self.front.address(system, mode)}', api_retries=0)"
                task = {"name": f"lookup {mode}: {system}", "ansible.builtin.debug": {"msg": "{{ %s }}" % call}}
                self.tasks.append({**task, "ignore_errors": True})

    def looks(self) -> None:
        """Show all that was registered, and keep it as facts."""
        names = [task["register"] for task in self.tasks if "register" in task]
        everything = "{{ [%s] }}" % ", ".join(names)
        self.tasks += [
            {"name": "Show one", "ansible.builtin.debug": {"var": "{{ item }}"}, "loop": names[:20]},
            {"name": "Show", "ansible.builtin.debug": {"msg": everything}},
            {"name": "Keep", "ansible.builtin.set_fact": {"kept": everything, "cacheable": True}},
        ]


def proxies(password: str) -> list[str]:
    """Addresses of a proxy that isn't there, with a login that is encoded as it should be, or not at all."""
    return [f"http://robot:{secret}@127.0.0.1:9" for secret in (quote(password, safe=""), password, f"{password}@{password}")]
