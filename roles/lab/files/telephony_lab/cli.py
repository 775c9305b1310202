# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs run, start, stop and env."""

from __future__ import annotations

import argparse
import json
import sys

from telephony_lab import options, process


def build_parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="telephony_lab", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, text in (("run", "serve in the foreground"), ("start", "serve in the background, wait until ready")):
        # Without abbreviations: start hands its options on to run and must know --dir when it sees it.
        sub = verbs.add_parser(verb, help=text, allow_abbrev=False)
        options.add_dir(sub)
        options.add_run_options(sub)
    options.add_dir(verbs.add_parser("stop", help="stop the lab of a directory"))
    env = verbs.add_parser("env", help="print the environment variables that point at a lab")
    options.add_dir(env)
    env.add_argument("--jade", metavar="NAME", help="the Jade PBX to point at (default: the first)")
    env.add_argument("--yeastar", metavar="NAME", default="pbx", help="the P-Series PBX to point at")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one verb; the exit code says whether it worked."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0].startswith("--") and argv[0] != "--help":
        argv = ["run", *argv]
    arguments = build_parser().parse_args(argv)
    try:
        return VERBS[arguments.verb](arguments, argv[1:])
    except process.LabError as exc:
        print(f"telephony_lab: {exc}", file=sys.stderr)
        return 1


def _run(arguments: argparse.Namespace, rest: list[str]) -> int:
    # Imported here because the other verbs must not pay for the server's libraries.
    from telephony_lab import server

    return server.run(options.from_arguments(arguments))


def _start(arguments: argparse.Namespace, rest: list[str]) -> int:
    running = process.is_running(arguments.dir)
    ready = process.start(arguments.dir, process.without_dir(rest))
    print(json.dumps({"changed": not running, **ready}, indent=2))
    return 0


def _stop(arguments: argparse.Namespace, rest: list[str]) -> int:
    print("stopped" if process.stop(arguments.dir) else "not running")
    return 0


def _env(arguments: argparse.Namespace, rest: list[str]) -> int:
    print("\n".join(process.environment(arguments.dir, arguments.jade, arguments.yeastar)))
    return 0


VERBS = {"run": _run, "start": _start, "stop": _stop, "env": _env}
