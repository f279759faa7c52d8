"""How fast the workbench answers: ready, the first page's answers, fifty assessments at once, and giving one up.

python benchmarks/serve.py            all of it, against a server that it starts and ends itself
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

PORT = 8397
HERE = f"http://127.0.0.1:{PORT}"
PAGE = (
    "about", "days", "day?on=2024-06-01", "map/areas", "map/spans?layer=membership:NATO",
    "map/layer?layer=membership:NATO&on=2024-06-01", "map/layer?layer=pledges:FRA&on=2024-06-01",
    "network?on=2024-06-01", "matrix?on=2024-06-01", "changes", "models",
)  # fmt: skip
AT_ONCE = 50


def asked(path: str) -> bytes:
    request = urllib.request.Request(f"{HERE}/api/{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=600) as found:
        body: bytes = found.read()
        return gzip.decompress(body) if found.headers.get("Content-Encoding") == "gzip" else body


@contextmanager
def served() -> Iterator[float]:
    """A server of its own; gives the seconds until it answered."""
    begun = time.perf_counter()
    command = [str(Path(sys.executable).parent / "indivisible"), "serve", "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                asked("steps")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.01)
        yield time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(30)


def first_page() -> None:
    for path in PAGE:
        took = []
        for _ in range(2):
            begun = time.perf_counter()
            size = len(asked(path))
            took.append(time.perf_counter() - begun)
        print(f"  {path:<52} {took[0]:6.3f} s, again {took[1]:.3f} s, {size / 1000:.0f} kB")


def together(label: str, paths: list[str]) -> None:
    """Ask all of these at the same moment; none may fail."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(paths)) as threads:
        found = [json.loads(body) for body in threads.map(asked, paths)]
    took = time.perf_counter() - begun
    assert all(one["schema"] == "assess/1" for one in found), "an error among the answers"
    print(f"  {label}: {len(paths)} answers without error in {took:.1f} s")


def beside_a_long_one() -> None:
    """How long a vote takes while an assessment with draws is under way."""
    thread = threading.Thread(target=asked, args=("assess?change=nordic-accession&models=distance&draws=300",))
    thread.start()
    time.sleep(0.5)
    begun = time.perf_counter()
    case = json.dumps({"body": "UNSC", "on": "2022-02-25", "others": "yes"}).encode()
    request = urllib.request.Request(f"{HERE}/api/decide", case, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as found:
        found.read()
    print(f"  a vote while draws are made: {time.perf_counter() - begun:.3f} s; the draws go on: {thread.is_alive()}")
    thread.join()


def main() -> None:
    with served() as ready:
        print(f"ready after {ready:.2f} s")
        print("what the first page asks:")
        first_page()
        print("fifty at once:")
        models = ("distance", "commitment", "landscape", "allocation")
        shares = [f"{0.01 + n / 10_000:.4f}" for n in range(AT_ONCE)]
        together("the same question", ["assess?change=nordic-accession"] * AT_ONCE)
        together(
            "each another question, one model",
            [f"assess?change=nordic-accession&models={models[n % 4]}&materiality={shares[n]}" for n in range(AT_ONCE)],
        )
        together(
            "each another question, all models",
            [f"assess?change=nordic-accession&materiality={share}" for share in shares],
        )
        print("side by side:")
        beside_a_long_one()


if __name__ == "__main__":
    main()
