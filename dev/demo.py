# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Show what the collection does, against the lab: an inventory, and the three playbooks, twice.

The second time nothing may change. Ends with 0 if all went as it should.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = "dev/demo"
STATE = ROOT / ".build" / "demo"
PROGRAMS = Path(sys.executable).parent
# Nothing of the caller's own settings may lead the demo to a real PBX.
DROPPED = ("ANSIBLE_", "JADE_", "YCM_", "YEASTAR_", "TELECOMX_", "AICC_", "LAB_")
LAB_OPTIONS = (
    *("--jade", "headquarters=f31439d", "--jade", "branch=documented"),
    *("--cloud-pbxs", "62", "--proxies", "2", "--dead-every", "0"),
    *("--park-sections", f"{FILES}/parking_sections.json"),
)
PLAYBOOKS = (
    ("load_modules", "modules.yml", "load modules of Asterisk, unload another"),
    ("edit_parking_lots", "parking_lots.yml", "change a parking lot, keep one, remove one"),
    ("manage_users", "users.yml", "one account with a phone, one without, one to be gone"),
)
COLORS = re.compile(r"\x1b\[[0-9;]*m")
COUNTS = re.compile(r"\b(changed|unreachable|failed)=(\d+)")


class DemoFailure(Exception):
    """A step didn't end as it should; the text says how."""


def clean_environment() -> dict[str, str]:
    """The caller's environment without what belongs to other PBXs, and with a readable output."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    variables.update(
        PYTHONPATH=str(ROOT / "roles" / "lab" / "files"),
        PYTHONUNBUFFERED="1",
        ANSIBLE_CONFIG=str(ROOT / "ansible.cfg"),
        ANSIBLE_HOME=str(STATE / "ansible"),
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml",
        ANSIBLE_DISPLAY_SKIPPED_HOSTS="false",
    )
    if sys.stdout.isatty():
        variables["ANSIBLE_FORCE_COLOR"] = "true"
    return variables


class Demo:
    """The steps; each prints what an engineer would type, and what comes of it."""

    def __init__(self) -> None:
        self.environment = clean_environment()
        self.step = 0

    def say(self, title: str, text: str) -> None:
        """Announce the next step."""
        self.step += 1
        print(f"\n\n{self.step}. {title}\n   {text}", flush=True)

    def lab(self, verb: str, *arguments: str) -> str:
        """Run a verb of the lab's command line."""
        command = [sys.executable, "-m", "telephony_lab", verb, "--dir", str(STATE), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DemoFailure(f"the lab could not {verb}: {done.stderr.strip()}")
        return done.stdout

    def start_lab(self) -> None:
        """Start it anew, and learn where it is."""
        self.say("Start the lab", "Stand-ins for two Jade PBXs, a Yeastar Central Management and its Cloud PBXs. Loopback only.")
        self.lab("stop")
        ready = json.loads(self.lab("start", *LAB_OPTIONS))
        for line in self.lab("env").splitlines():
            name, _equals, value = line.partition("=")
            self.environment[name] = shlex.split(value)[0]
        print(f"   It answers at {ready['url']}")

    def command(self, program: str, *arguments: str) -> list[str]:
        """How a program of Ansible is started."""
        return [str(PROGRAMS / program), *arguments]

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of Ansible, show the command and its output as it comes; give the output."""
        print(f"\n   $ {shlex.join([program, *arguments])}\n", flush=True)
        command = self.command(program, *arguments)
        lines = []
        with subprocess.Popen(
            command, cwd=ROOT, env=self.environment, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:
            try:
                for line in process.stdout or ():
                    lines.append(line)
                    print(f"     {line.rstrip()}".rstrip(), flush=True)
            except BaseException:
                process.terminate()
                raise
        output = "".join(lines)
        if process.returncode:
            raise DemoFailure(f"{program} ended with {process.returncode}")
        return output

    def play(self, playbook: str, variables: str, *more: str) -> int:
        """Run a playbook of the collection over both PBXs; give the number of changes in its recap."""
        arguments = ["-i", f"{FILES}/pbxs.yml", f"telephony.pbx.{playbook}", "-e", f"@{FILES}/{variables}"]
        output = COLORS.sub("", self.run("ansible-playbook", *arguments, "--diff", *more))
        counts = COUNTS.findall(output[output.rindex("PLAY RECAP") :])
        if not counts or any(int(number) for what, number in counts if what != "changed"):
            raise DemoFailure(f"{playbook}: the recap shows failures")
        return sum(int(number) for what, number in counts if what == "changed")

    def steps(self) -> None:
        """All steps but stopping the lab."""
        self.start_lab()
        self.say("Inventory", f"The Cloud PBXs in Denmark and their onsite proxies, as hosts ({FILES}/fleet.ycm.yml).")
        self.run("ansible-inventory", "-i", f"{FILES}/fleet.ycm.yml", "--graph")
        self.say("Ask first", "Check mode tells what would change, and changes nothing.")
        self.play("edit_parking_lots", "parking_lots.yml", "--check")
        for playbook, variables, what in PLAYBOOKS:
            self.say(playbook, f"{what[0].upper()}{what[1:]}, on both PBXs ({FILES}/{variables}).")
            if not self.play(playbook, variables):
                raise DemoFailure(f"{playbook} changed nothing on fresh PBXs")
        self.say("Once more", "All is as it should be by now, so that the same playbooks change nothing.")
        for playbook, variables, _what in PLAYBOOKS:
            changes = self.play(playbook, variables)
            if changes:
                raise DemoFailure(f"{playbook} was run again and still changed something (changed={changes})")


def play(demo: Demo) -> int:
    """Run the demo; the lab is stopped whatever happens."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    code = 1
    try:
        demo.steps()
        code = 0
    except (DemoFailure, OSError) as failure:
        print(f"\n\nThe demo failed: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\n\nInterrupted", file=sys.stderr)
        code = 130
    finally:
        try:
            demo.lab("stop")
        except DemoFailure as failure:
            print(f"\n{failure}", file=sys.stderr)
            code = code or 1
    if code == 0:
        demo.say("Done", f"Run twice, changed once; the lab is stopped. {time.monotonic() - started:.0f} s in all.")
        print("   To try playbooks of your own: make lab-start, and see README.md.\n")
    return code


if __name__ == "__main__":
    sys.exit(play(Demo()))
