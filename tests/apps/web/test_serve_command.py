"""`indivisible serve`: opens on this machine, says where, and ends with all its processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "add --token new"),
        (["--host", "::"], "add --token new"),
        (["--host", "example.org"], "add --token new"),
        (["--seconds", "0"], "more than 0"),
        (["--seconds", "nan"], "more than 0"),
    ],
)
def test_what_would_let_others_in_is_refused(options: list[str], says: str) -> None:
    found = CliRunner().invoke(main, ["serve", *options])
    assert found.exit_code == 2
    assert says in found.output


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert found.exit_code == 2
    assert "choose another --port" in found.output


def test_it_serves_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "indivisible", "serve", "--port", "0", "--token", "new"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().split()[-1]
        assert process.stdout.readline() == "Ctrl-C ends it.\n"
        base, _, token = address.partition("?token=")
        assert len(token) > 20
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        case = json.dumps({"body": "UNSC", "on": "2022-02-25"}).encode()
        request = urllib.request.Request(f"{base}api/decide", case, headers)
        with urllib.request.urlopen(request, timeout=30) as found:
            assert json.load(found)["outcome"] is None
        children = _children(process.pid)
        assert children
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def _children(parent: int) -> list[int]:
    """Processes that a process has started, and those that these have."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes cannot be listed here")
    found = []
    for entry in filter(str.isdecimal, os.listdir("/proc")):
        try:
            above = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if above == parent:
            found += [int(entry), *_children(int(entry))]
    return found
