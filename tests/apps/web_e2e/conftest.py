"""What the page is built and looked at with: Node, its packages, a browser. Where one is missing, it is said which."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "web"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NODE = 20  # the first release that can build the page


@pytest.fixture(scope="session")
def node() -> str:
    """Node, new enough, with npm beside it."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        pytest.skip("Node and npm are not installed; without them the page itself is not tested")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(said.strip().lstrip("v").partition(".")[0]) < NODE:
        pytest.skip(f"Node {said.strip()} is too old to build the page, which needs {NODE}")
    return found


@pytest.fixture(scope="session")
def packages(node: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the lock file: fetched where they are missing or older than it, by one test process alone."""
    wanted, folder = WEB / "package-lock.json", WEB / "node_modules"
    held = folder / ".package-lock.json"
    shared = tmp_path_factory.getbasetemp()
    lock = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "packages.lock"
    with lock.open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        if not folder.is_symlink() and (not held.is_file() or held.stat().st_mtime < wanted.stat().st_mtime):
            done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=WEB, capture_output=True, text=True)
            if done.returncode:
                said = [line for line in done.stderr.splitlines() if "error" in line.lower()]
                pytest.skip(f"the packages of the page cannot be had: {said[0] if said else done.returncode}")
            os.utime(held)
    return folder / ".bin"


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser without a window."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("Chromium is not installed; without it nobody looks at the page")
    return found
