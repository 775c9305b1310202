# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real ansible-playbook and ansible-inventory, with nothing of the caller's own settings."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:  # the process that reads inventories has no lab
    from tests.system.support.lab import Lab

SYSTEM_TESTS = Path(__file__).resolve().parent.parent
ROOT = SYSTEM_TESTS.parent.parent
COLLECTION = "telephony.pbx."
PROGRAMS = Path(sys.executable).parent
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
SOON = 25  # seconds
TIMEOUT = 600  # seconds; only a run that hangs needs them
RESULTS = ("PLAY", "TASK", "ok:", "changed:", "failed:", "fatal:", "skipping:", "redirecting", "META")
# Variables of a play whose hosts are all meant to speak to the one Jade of the environment.
ONE_JADE = {"jade_api_url": "{{ lookup('env', 'JADE_URL') }}"}
MARKS = ("[WARNING]", "[DEPRECATION WARNING]", "[ERROR]")


@dataclass(frozen=True)
class Record:
    """The result of one task on one host, or of one item of a loop."""

    playbook: int
    status: str
    host: str
    task: str
    action: str
    ignored: bool
    is_item: bool
    is_loop: bool
    result: dict[str, Any]

    @property
    def module(self) -> str:
        """The name of a module of the collection, or "" for any other."""
        known = self.action.startswith(COLLECTION)
        return self.action[len(COLLECTION):] if known else ""

    @property
    def changed(self) -> bool:
        """Whether the task says that it changed something."""
        return bool(self.result.get("changed"))


@dataclass(frozen=True)
class Run:
    """What one run of a program gave."""

    command: tuple[str, ...]
    code: int
    stdout: str
    stderr: str
    records: tuple[Record, ...] = ()
    starts: tuple[float, ...] = ()  # when each of its playbooks began
    end: float = math.inf  # when the last one was over; the run logs out after that

    @property
    def output(self) -> str:
        """All that a person sees."""
        return f"{self.stdout}\n{self.stderr}"

    @property
    def warnings(self) -> list[str]:
        """Warnings and deprecations, each on one line."""
        return warnings_in(self.output)

    def of(self, task: str) -> list[Record]:
        """The results of a task: items of its loop, or one per host."""
        found = [record for record in self.records if record.task == task and not record.is_loop]
        assert found, f"no task {task!r} in {[record.task for record in self.records]}"
        return found

    def one(self, task: str) -> Record:
        """The only result of a task."""
        found = self.of(task)
        assert len(found) == 1, found
        return found[0]

    def result(self, task: str) -> dict[str, Any]:
        """The same, as its result, which has to be a success."""
        record = self.one(task)
        assert record.status == "ok", record.result
        return record.result

    def failure(self, task: str) -> dict[str, Any]:
        """The only result of a task that has to have failed, told in one line."""
        record = self.one(task)
        assert record.status == "failed", record.result
        assert len(record.result["msg"].splitlines()) == 1, record.result["msg"]
        return record.result

    def must_succeed(self) -> Run:
        """Fail with all of the output unless the program ended well."""
        assert self.code == 0, f"{' '.join(self.command)} ended with {self.code}\n{self.output}"
        return self

    @property
    def json(self) -> Any:
        """Standard output, which has to be JSON and nothing else."""
        return json.loads(self.must_succeed().stdout)


def warnings_in(text: str) -> list[str]:
    """The warnings and deprecations in an output of Ansible, each on one line."""
    return [block for block in _blocks(text) if "WARNING" in block.partition("]")[0]]


def _blocks(text: str) -> Iterator[str]:
    """Messages that Ansible has wrapped, one line each. They end where the next one or a task's result begins."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if block and (not line or line.startswith((*MARKS, *RESULTS))):
            yield " ".join(" ".join(block).split())
            block = []
        if block or line.startswith(MARKS):
            block.append(line)


class Ansible:
    """Runs programs in a folder of its own, with a home of its own. ``lab`` is what they talk to, where that matters."""

    def __init__(self, folder: Path, variables: Mapping[str, str], lab: Lab | None = None) -> None:
        self.folder = folder
        self.lab = lab
        self.variables = {**self._base(), **variables}

    def _base(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {
            "LC_ALL": "C.UTF-8",
            **kept,
            "HOME": str(self.folder / "home"),
            "ANSIBLE_HOME": str(self.folder / "home" / ".ansible"),
            # Where a job is and where it is looked for would differ: the shell knows the account's true home.
            "ANSIBLE_ASYNC_DIR": str(self.folder / "async"),
            "ANSIBLE_CONFIG": str(self.write("empty.cfg", "")),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "collections"),
            "ANSIBLE_CALLBACK_PLUGINS": str(SYSTEM_TESTS / "plugins" / "callback"),
            "ANSIBLE_BECOME_PLUGINS": str(SYSTEM_TESTS / "plugins" / "become"),
            "ANSIBLE_CONNECTION_PLUGINS": str(SYSTEM_TESTS / "plugins" / "connection"),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "ANSIBLE_LOCALHOST_WARNING": "False",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
            # Since core 2.21 results carry a task's arguments only on request; they are searched for secrets here.
            "ANSIBLE_INJECT_INVOCATION": "True",
            # Core 2.19 and later tell of texts that lost their trust only if they are asked to.
            "ANSIBLE_ALLOW_EMBEDDED_TEMPLATES": "False",
            "_ANSIBLE_TEMPLAR_UNTRUSTED_TEMPLATE_BEHAVIOR": "warning",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_NOCOWS": "1",
            "ANSIBLE_RETRY_FILES_ENABLED": "False",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, program: str, *arguments: str, merged: bool = False, **variables: str) -> Run:
        """Run one of Ansible's programs. ``variables`` are environment variables for this run alone.

        ``merged``: both outputs as standard output, in the order in which they came.
        """
        recorded = self.folder / "recorded.jsonl"
        recorded.unlink(missing_ok=True)
        (self.folder / "home").mkdir(exist_ok=True)
        command = (str(PROGRAMS / program), *arguments)
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.variables, "RECORDER_FILE": str(recorded), **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        lines = recorded.read_text(encoding="utf-8").splitlines() if recorded.exists() else []
        entries = [json.loads(line) for line in lines]
        records = tuple(Record(**entry) for entry in entries if "task" in entry)
        starts = tuple(entry["started"] for entry in entries if "started" in entry)
        end = max((entry["ended"] for entry in entries if "ended" in entry), default=math.inf)
        return Run(command, done.returncode, done.stdout, done.stderr or "", records, starts, end)

    def kill_play(self, tasks: str, when: Callable[[str], bool]) -> str:
        """Run one play with these tasks (YAML) on localhost, and kill all of it when its output so far is as wanted.

        Returns the output. Fails if that doesn't come.
        """
        play = {"name": "Test", "hosts": "localhost", "gather_facts": False, "tasks": yaml.safe_load(tasks)}
        file = self.write("play.yml", yaml.safe_dump([play], sort_keys=False, allow_unicode=True))
        output = self.folder / "killed"
        (self.folder / "home").mkdir(exist_ok=True)
        with output.open("wb") as stream:
            command = [str(PROGRAMS / "ansible-playbook"), str(file)]
            child = subprocess.Popen(
                command, cwd=self.folder, env={**self.variables, "RECORDER_FILE": os.devnull}, stdin=subprocess.DEVNULL,
                stdout=stream, stderr=stream, start_new_session=True,
            )  # fmt: skip
            try:
                give_up = time.monotonic() + SOON
                while not when(output.read_text(encoding="utf-8")):
                    assert child.poll() is None, output.read_text(encoding="utf-8")
                    assert time.monotonic() < give_up, output.read_text(encoding="utf-8")
                    time.sleep(0.05)
            finally:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        return output.read_text(encoding="utf-8")

    def playbook(self, *arguments: str, merged: bool = False, **variables: str) -> Run:
        """Run ansible-playbook."""
        return self.run("ansible-playbook", *arguments, merged=merged, **variables)

    def play(self, tasks: str, *arguments: str, variables: Mapping[str, str] | None = None, **keywords: Any) -> Run:
        """Run one play with these tasks (YAML), on localhost unless ``keywords`` of the play say otherwise."""
        play = {
            "name": "Test",
            "hosts": "localhost",
            "gather_facts": False,
            **keywords,
            "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}", **keywords.get("vars", {})},
            "tasks": yaml.safe_load(tasks),
        }
        file = self.write("play.yml", yaml.safe_dump([play], sort_keys=False, allow_unicode=True))
        return self.playbook(str(file), *arguments, **(variables or {}))

    def evaluate(self, expressions: Mapping[str, str], *arguments: str) -> Run:
        """Show each expression by a task of its name; one that fails doesn't keep the others from being tried."""
        tasks = [
            {"name": name, "ansible.builtin.debug": {"msg": "{{ %s }}" % expression}, "ignore_errors": True}
            for name, expression in expressions.items()
        ]
        return self.play(yaml.safe_dump(tasks, sort_keys=False), *arguments)

    def inventory(self, source: str, *arguments: str, name: str = "fleet.ycm.yml", **variables: str) -> Run:
        """Write an inventory file and run ansible-inventory on it."""
        file = self.write(name, source)
        return self.run("ansible-inventory", "-i", str(file), *arguments, **variables)

    def age_cache(self) -> None:
        """Let what an inventory has cached in the folder expire. The option --flush-cache came with ansible-core 2.17."""
        for file in (self.folder / "cache").iterdir():
            os.utime(file, (0, 0))

    def write(self, name: str, text: str) -> Path:
        """A file in the folder."""
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def issued_tokens(self) -> set[str]:
        """All tokens that its lab has given out since that was reset."""
        assert self.lab, "no lab was given"
        return set(self.lab.tokens()["issued"])
