"""How fast the workbench answers: ready, first paint, frames, weight, fifty assessments at once, a vote beside draws.

python benchmarks/serve.py            all of it, against servers that it starts and ends itself

First paint and frames are measured in Chromium, and left out with the reason where it or Node is not installed.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "web"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
AT_ONCE = 50
RUNS = 3


@dataclass(frozen=True)
class Server:
    """A server of one's own, and the seconds from its start until it answered."""

    address: str
    ready: float

    def asked(self, path: str, body: bytes | None = None) -> bytes:
        """The answer; raises where it is an error."""
        request = urllib.request.Request(f"{self.address}/api/{path}", body, {"Accept-Encoding": "gzip"})
        if body is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=600) as found:
            told: bytes = found.read()
            return gzip.decompress(told) if found.headers.get("Content-Encoding") == "gzip" else told


@contextmanager
def served() -> Iterator[Server]:
    """A new process with nothing imported, the record packed already."""
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "indivisible", "serve", "--port", "0"]
        environment = {**os.environ, "INDIVISIBLE_HOME": home}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            try:
                told = process.stdout.readline() if process.stdout else ""
                address = re.search(r"http://[\d.:]+", told)
                assert address, f"the server does not start: {told!r}"
                first = Server(address[0], 0.0)
                while True:
                    try:
                        first.asked("steps")
                        break
                    except (urllib.error.URLError, ConnectionError):
                        time.sleep(0.01)
                yield Server(address[0], time.perf_counter() - begun)
            finally:
                process.terminate()


def together(server: Server, paths: list[str]) -> str:
    """Ask all of these at the same moment; says how long it took and whether any failed."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(paths)) as threads:
        bodies = list(threads.map(server.asked, paths))
    took = time.perf_counter() - begun
    wrong = sum(not body.lstrip().startswith(b'{\n "schema": "assess/1"') for body in bodies)
    return f"{wrong} errors, {took:.1f} s"


def vote_beside_draws(server: Server) -> str:
    """How long a vote takes while an assessment with draws is under way."""
    path = "assess?change=nordic-accession&models=distance&draws=300"
    thread = threading.Thread(target=server.asked, args=(path,))
    thread.start()
    time.sleep(0.5)
    begun = time.perf_counter()
    server.asked("decide", json.dumps({"body": "UNSC", "on": "2022-02-25", "others": "yes"}).encode())
    took = time.perf_counter() - begun
    going = thread.is_alive()
    thread.join()
    return f"{took:.3f} s" if going else f"{took:.3f} s, but the draws had ended"


def weight() -> int:
    """Bytes of all files of the page, each compressed."""
    from indivisible.apps.web.server import STATIC

    return sum(len(gzip.compress(path.read_bytes(), 5)) for path in STATIC.rglob("*") if path.is_file())


def missing() -> str:
    """What keeps the page from being looked at; empty where nothing does."""
    if shutil.which("node") is None:
        return "not measured: Node is not installed"
    if not (os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS))):
        return "not measured: Chromium is not installed"
    if not (WEB / "node_modules" / "playwright-core").is_dir():
        return "not measured: the packages of the page are not installed (npm ci in web/)"
    return ""


def looked_at(server: Server) -> dict[str, float]:
    """Medians of what a fresh browser measures."""
    runs = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["node", "e2e/run.mjs", "--into", folder, "--measure", "--no-steps"], cwd=WEB, check=True,
                stdout=subprocess.DEVNULL, env={**os.environ, "INDIVISIBLE_PAGE": server.address},
            )  # fmt: skip
            runs.append(json.loads((Path(folder) / "result.json").read_text("utf-8"))["measured"])
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def in_browser(server: Server) -> list[tuple[str, str, str]]:
    paint = "workbench, first paint of a page never opened, headless Chromium, from loopback"
    shown = "the same until the map of the day stands"
    frames = "workbench, frames a second while the day slider goes from end to end of the map, headless Chromium"
    reason = missing()
    if reason:
        return [(paint, "1 s", reason), (shown, "", reason), (frames, "30 or more", reason)]
    found = looked_at(server)
    sent = f"{found['settled_ms'] / 1000:.2f} s, {found['first_page_bytes'] / 1000:.0f} kB sent"
    slow = f"19 of 20 frames within {found['slow_frame_ms']:.0f} ms"
    return [
        (paint, "1 s", f"{found['first_paint_ms'] / 1000:.2f} s"),
        (shown, "", sent),
        (frames, "30 or more", f"{found['frames_a_second']:.0f}, {slow}"),
    ]


def rows() -> Iterator[tuple[str, str, str]]:
    """What the page promises, the bound, and what was measured."""
    ready = []
    for _ in range(RUNS):
        with served() as server:
            ready.append(server.ready)
    yield "`indivisible serve`, from start to first answer, new process", "1.5 s", f"{statistics.median(ready):.2f} s"
    yield "workbench, all files of the page, compressed", "700 kB", f"{weight() / 1000:.0f} kB"
    with served() as server:
        yield from in_browser(server)
    models = ("distance", "commitment", "landscape", "allocation")
    shares = [f"{0.01 + n / 10_000:.4f}" for n in range(AT_ONCE)]
    plain = "assess?change=nordic-accession"
    asked = {
        "the same question": [plain] * AT_ONCE,
        "each another question to one model": [
            f"{plain}&models={models[n % 4]}&materiality={share}" for n, share in enumerate(shares)
        ],
        "each another question to all models": [f"{plain}&materiality={share}" for share in shares],
    }
    with served() as server:
        for label, paths in asked.items():
            yield f"{AT_ONCE} assessments at once over HTTP, {label}", "no error", together(server, paths)
        yield "a vote counted while draws are made", "", vote_beside_draws(server)


def main() -> None:
    for what, bound, value in rows():
        print(f"{what:<100} {bound:>12}  {value}", flush=True)


if __name__ == "__main__":
    main()
