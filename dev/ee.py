# Copyright (c) 2026, the telephony.pbx authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the execution environment that the documentation describes, and run the demo in it, against the lab.

Needs podman. EE_BASE_IMAGE names the base image; without it, one is made of Debian with debootstrap. Where something of this is
missing, says that all was skipped, and why, and ends with 0.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

import demo
from environments import BUILD, ENVIRONMENTS, ROOT, make, search_path

FOLDER = BUILD / "ee"
PAGE = ROOT / "docs" / "execution-environment.md"
IMAGE = "localhost/telephony-pbx-ee:latest"
OWN_BASE = "localhost/telephony-pbx-ee-base:latest"
DEBIAN = "bookworm"
DEBIAN_PACKAGES = "python3,python3-pip,python3-venv,ca-certificates"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
WITHIN = "/lab"  # where the lab's certificate is, inside
# For machines where podman's usual runtime can't set limits or finds control groups that it doesn't know.
OTHER_RUNTIME = """\
[containers]
default_ulimits = ["nofile={files}:{files}", "nproc=4096:4096"]
[engine]
runtime = "runc"
"""


class Skipped(Exception):
    """Something that this machine lacks; the text says what."""


def run(*command: str, folder: Path = ROOT) -> None:
    """Run a command, in sight of whoever waits for it. Raises CalledProcessError."""
    print(f"   $ {' '.join(command)}", flush=True)
    path = search_path(ENVIRONMENTS["tools"].bin)
    subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, check=True)


def succeeds(*command: str) -> bool:
    """Whether a command ends with 0. What it says isn't shown."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def base_image() -> str:
    """The base image: the one that is named, the one that was made earlier, or one that is made now."""
    if named := os.environ.get("EE_BASE_IMAGE"):
        return named
    if succeeds("podman", "image", "exists", OWN_BASE):
        return OWN_BASE
    if not shutil.which("debootstrap") or os.geteuid():
        raise Skipped("EE_BASE_IMAGE is not set, and a base image can't be made: that takes debootstrap and root")
    tree = FOLDER / "base"
    shutil.rmtree(tree, ignore_errors=True)
    run("debootstrap", "--variant=minbase", f"--include={DEBIAN_PACKAGES}", DEBIAN, str(tree))
    # Behind a proxy with a certificate authority of its own, downloads have to trust it inside as they do here.
    if Path(CERTIFICATES).is_file():
        shutil.copy(CERTIFICATES, tree / CERTIFICATES.lstrip("/"))
    run("tar", "--directory", str(tree), "--create", "--file", str(FOLDER / "base.tar"), ".")
    run("podman", "import", "--change", f"ENV PIP_CERT={CERTIFICATES}", str(FOLDER / "base.tar"), OWN_BASE)
    shutil.rmtree(tree)
    (FOLDER / "base.tar").unlink()
    return OWN_BASE


def find_runtime(image: str) -> None:
    """See that a container starts; try another runtime if it doesn't."""
    trial = ("podman", "run", "--rm", "--network=host", image, "true")
    if succeeds(*trial):
        return
    if shutil.which("runc"):
        settings = FOLDER / "containers.conf"
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        settings.write_text(OTHER_RUNTIME.format(files=min(files, 20000) if files > 0 else 20000), encoding="utf-8")
        os.environ["CONTAINERS_CONF"] = str(settings)
        if succeeds(*trial):
            return
    raise Skipped(f"podman is here, but starts no container: {' '.join(trial)}")


def build(base: str) -> None:
    """Build the image from the definition of the documentation, with another base image and with this very collection."""
    definition = yaml.safe_load(PAGE.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0])
    definition["images"]["base_image"]["name"] = base
    (FOLDER / "execution-environment.yml").write_text(yaml.safe_dump(definition), encoding="utf-8")
    run("ansible-galaxy", "collection", "build", "--force", "--output-path", str(FOLDER))
    run(
        "ansible-builder", "build", "-t", IMAGE, "-c", str(FOLDER / "context"), "--container-runtime", "podman",
        "--extra-build-cli-args=--network=host --pull=never", folder=FOLDER,
    )  # fmt: skip


class DemoInside(demo.Demo):
    """The demo, whose programs run in the image; the lab is outside."""

    def start_lab(self) -> None:
        """Let the account inside read the lab's certificate."""
        super().start_lab()
        self.shared = FOLDER / "shared"
        self.shared.mkdir(mode=0o755, exist_ok=True)
        self.given = [name for name in self.environment if name.startswith(("LAB_", "JADE_", "YCM_", "YEASTAR_"))]
        for name in self.given:
            if name.endswith("_CA_PATH"):
                shutil.copy(self.environment[name], self.shared / "ca.pem")
                self.environment[name] = f"{WITHIN}/ca.pem"
        (self.shared / "ca.pem").chmod(0o644)

    def command(self, program: str, *arguments: str) -> list[str]:
        """In a container of its own. Values of variables aren't in the list of processes."""
        mounts = (f"{self.shared}:{WITHIN}:ro", f"{ROOT / 'dev' / 'demo'}:/runner/dev/demo:ro")
        return [
            "podman", "run", "--rm", "--network=host", "--workdir=/runner",
            *(f"--volume={mount}" for mount in mounts),
            *(f"--env={name}" for name in self.given),
            "--env=ANSIBLE_CALLBACK_RESULT_FORMAT=yaml",
            IMAGE, program, *arguments,
        ]  # fmt: skip


def main() -> int:
    """Build and run, or say what is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        if not shutil.which("podman"):
            raise Skipped("podman is not here")
        make(ENVIRONMENTS["tools"])
        base = base_image()
        find_runtime(base)
        build(base)
    except Skipped as reason:
        print(f"SKIPPED: {reason}. No image was built, and nothing was run in one.")
        return 0
    except subprocess.CalledProcessError as failure:
        print(f"The image could not be built: {failure.cmd[0]} ended with {failure.returncode}", file=sys.stderr)
        return 1
    return demo.play(DemoInside())


if __name__ == "__main__":
    sys.exit(main())
