# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the check pipeline: make the environments, then run the stages, three at a time, and sum up.

All stages run, whatever fails. The output of each goes to .build/log, and to the screen if it fails.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from environments import (
    BUILD,
    ENVIRONMENTS,
    ROOT,
    EnvironmentFailure,
    link_collection,
    make,
    require_python,
    search_path,
)
from reports import count_tests, slowest_tests
from stages import NEWEST, OLDEST, Stage, core_stages, newest_here, stages
from tree import copy_collection

LOG = BUILD / "log"
# One more than the processors that CI has: tests wait for servers, and for what has been written to show.
WORKERS = 3
SHOWN_LINES = 400
# Nothing of the caller's own settings may change a result, and no test may reach a real PBX.
DROPPED = ("ANSIBLE_", "PYTHON", "VIRTUAL_ENV", "JADE_", "YEASTAR_", "YCM_", "TELECOMX_", "AICC_", "GALAXY_IMPORTER_")

_printing = threading.Lock()
_running: set[subprocess.Popen[bytes]] = set()


@dataclass
class Result:
    """How a stage ended; the counts are of tests, or 1 for a stage without tests of its own."""

    name: str
    status: str
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""


def say(text: str) -> None:
    """Print at once, never in the middle of another stage's text."""
    with _printing:
        print(text, flush=True)


def file_name(stage: Stage) -> str:
    """The stage's name without spaces."""
    return stage.name.replace(" ", "-")


def stage_environment(stage: Stage, folder: Path) -> dict[str, str]:
    """The environment variables of a stage."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    variables["PATH"] = search_path(*(ENVIRONMENTS[name].bin for name in stage.environments))
    variables["ANSIBLE_HOME"] = str(BUILD / "home" / file_name(stage))
    variables["ANSIBLE_NOCOLOR"] = variables["NO_COLOR"] = "1"
    variables["PYTHONUNBUFFERED"] = "1"
    if stage.in_copy:
        variables["ANSIBLE_COLLECTIONS_PATH"] = str(folder.parents[2])
    return variables


def execute(stage: Stage, log: Path) -> tuple[int, str]:
    """Run the stage's command with its output in the log; give the exit code, and why if it was ended."""
    folder = copy_collection(file_name(stage)) if stage.in_copy else ROOT
    command = list(stage.command)
    if stage.is_pytest:
        command.append(f"--junitxml={log.with_suffix('.xml')}")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=stage_environment(stage, folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _running.add(process)
        try:
            return process.wait(timeout=stage.timeout), ""
        except subprocess.TimeoutExpired:
            end(process)
            return 1, f"ended after {stage.timeout} s"
        finally:
            _running.discard(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a stage's process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def run_stage(stage: Stage, unmade: dict[str, str]) -> Result:
    """Run one stage and report it."""
    log = LOG / f"{file_name(stage)}.log"
    report = log.with_suffix(".xml")
    report.unlink(missing_ok=True)
    missing = [name for name in stage.environments if name in unmade]
    if missing:
        note = f"no environment {', '.join(missing)}"
        say(f"== {stage.name}: failed, {note}")
        return Result(stage.name, "failed", failed=1, note=note)
    say(f"== {stage.name}: {' '.join(stage.command)}")
    started = time.monotonic()
    try:
        code, note = execute(stage, log)
    except (OSError, subprocess.CalledProcessError) as error:
        code, note = 1, str(error)
        log.write_text(f"{error}\n", encoding="utf-8")
    seconds = time.monotonic() - started
    result = Result(stage.name, "failed" if code else "passed", seconds, note=note)
    result.passed, result.failed, result.skipped = count_tests(report) if stage.is_pytest else (int(not code), 0, 0)
    if code and not result.failed:
        result.failed = 1
    tell(stage, result, log)
    return result


def tell(stage: Stage, result: Result, log: Path) -> None:
    """Say how a stage ended: all of its output if it failed, pytest's closing line if it has one."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    headline = f"== {stage.name}: {result.status} in {result.seconds:.1f} s {result.note}".rstrip()
    if result.status == "failed":
        more = f" (the last {SHOWN_LINES} lines; all are in {log.relative_to(ROOT)})" if len(lines) > SHOWN_LINES else ""
        say("\n".join([f"== {stage.name}: its output{more}", *lines[-SHOWN_LINES:], headline]))
    else:
        say("\n".join([headline, *(lines[-1:] if stage.is_pytest else [])]))


def make_environments(chosen: list[Stage]) -> tuple[Result, dict[str, str]]:
    """Make the environments of these stages; also give those that could not be made, and why."""
    started = time.monotonic()
    names = dict.fromkeys(name for stage in chosen for name in stage.environments)
    by_path = {ENVIRONMENTS[name].path: ENVIRONMENTS[name] for name in names}
    unmade: dict[str, str] = {}

    def make_one(path: Path) -> None:
        environment = by_path[path]
        try:
            if make(environment):
                say(f"   {path.relative_to(ROOT)}: made with {environment.python}")
        except (EnvironmentFailure, OSError, subprocess.CalledProcessError) as failure:
            unmade.update({name: str(failure) for name in names if ENVIRONMENTS[name].path == path})
            say(f"   {path.relative_to(ROOT)}: {failure}")

    say("== environments")
    link_collection()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(make_one, by_path))
    seconds = time.monotonic() - started
    status = "failed" if unmade else "passed"
    say(f"== environments: {status} in {seconds:.1f} s")
    return Result("environments", status, seconds, int(not unmade), len(unmade)), unmade


def leave_out_untestable(chosen: list[Stage]) -> tuple[list[Stage], list[Result]]:
    """Drop the stages of an ansible-core that no Python here can run, and say so."""
    kept, dropped = [], []
    for stage in chosen:
        lacking = [name for name in stage.environments if not ENVIRONMENTS[name].python]
        if lacking:
            wanted = " or ".join(ENVIRONMENTS[lacking[0]].pythons)
            dropped.append(Result(stage.name, "skipped", skipped=1, note=f"no working Python {wanted} here"))
        else:
            kept.append(stage)
    return kept, dropped


def tell_cores() -> None:
    """Say which versions of ansible-core are tested, with which Python, and which are not."""
    newest = newest_here()
    for name in (OLDEST, NEWEST[0]):
        environment = ENVIRONMENTS[name]
        if environment.python:
            say(f"ansible-{name}: tested with {environment.python}")
        else:
            instead = f"; {newest} is tested in its place" if name == NEWEST[0] and ENVIRONMENTS[newest].python else ""
            say(f"ansible-{name}: SKIPPED, no working Python {' or '.join(environment.pythons)} here{instead}")


def choose(arguments: argparse.Namespace) -> list[Stage]:
    """The stages that the command line asks for."""
    every = core_stages() if arguments.cores else stages()
    unknown = set(arguments.only or ()) - {file_name(stage) for stage in every}
    if unknown:
        sys.exit(f"no such stage: {', '.join(sorted(unknown))}; see --list")
    return [
        stage
        for stage in every
        if (not arguments.fast or stage.fast) and (not arguments.only or file_name(stage) in arguments.only)
    ]


def sum_up(results: list[Result], slowest: list[str]) -> int:
    """Print the tables of stages and of slow tests and the closing line; give the exit code."""
    if slowest:
        say("\n".join([f"\n{'seconds':>8}  the slowest tests, with their fixtures", *slowest]))
    say(f"\n{'stage':<22} {'result':<8} {'seconds':>8}")
    for result in results:
        say(f"{result.name:<22} {result.status:<8} {result.seconds:>8.1f}  {result.note}".rstrip())
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    skipped = sum(result.skipped for result in results)
    say(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return int(failed > 0 or passed == 0)


def main() -> int:
    """Run what the command line asks for."""
    require_python()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="only the quick checks")
    parser.add_argument("--cores", action="store_true", help="the main tests on each supported ansible-core instead")
    parser.add_argument("--only", action="append", metavar="STAGE", help="only this stage; may be repeated")
    parser.add_argument("--list", action="store_true", help="list the stages")
    arguments = parser.parse_args()
    chosen = choose(arguments)
    if arguments.list:
        for stage in chosen:
            print(f"{file_name(stage):<20} {' '.join(stage.command)}  [{', '.join(stage.environments)}]")
        return 0
    if any(name.startswith("core-") for stage in chosen for name in stage.environments):
        tell_cores()
    LOG.mkdir(parents=True, exist_ok=True)
    chosen, results = leave_out_untestable(chosen)
    made, unmade = make_environments(chosen)
    results.append(made)
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            results += pool.map(lambda stage: run_stage(stage, unmade), chosen)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(_running):
                end(process)
            return 130
    return sum_up(results, slowest_tests(LOG / f"{file_name(stage)}.xml" for stage in chosen if stage.is_pytest))


if __name__ == "__main__":
    sys.exit(main())
