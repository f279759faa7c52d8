"""Pictures of the workbench for README and docs: taken of a server that is started here, in few colours, small files.

python web/scripts/screenshots.py [FOLDER]     (docs/images where none is named; needs Node and Chromium)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

WEB = Path(__file__).resolve().parents[1]
MOST, MOST_IN_ALL = 150_000, 1_000_000
COLOURS = 256


def taken(folder: Path) -> None:
    """Every picture, of what ships with the program: nothing is imported, no claim of one's own is laid over it."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "INDIVISIBLE_HOME": home}
        command = [sys.executable, "-m", "indivisible", "serve", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            try:
                address = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
                assert address, "the server does not start"
                subprocess.run(["node", "scripts/screenshots.mjs", str(folder)], cwd=WEB, check=True,
                               env={**environment, "INDIVISIBLE_PAGE": address[0]})  # fmt: skip
            finally:
                server.terminate()


def packed(picture: Path, into: Path) -> int:
    """The picture in its commonest colours, those exactly, all others as the nearest of them; its bytes as a file."""
    with Image.open(picture) as shown:
        pixels = np.asarray(shown.convert("RGB"))
    colours, place, times = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-times, kind="stable")[:COLOURS]]
    far = ((colours[:, None, :].astype(np.int32) - kept[None].astype(np.int32)) ** 2).sum(axis=2)
    few = Image.fromarray(far.argmin(axis=1).astype(np.uint8)[place.ravel()].reshape(pixels.shape[:2]), "P")
    few.putpalette(kept.tobytes())
    few.save(into, optimize=True)
    return into.stat().st_size


def main() -> None:
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else WEB.parent / "docs" / "images"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        taken(Path(folder))
        sizes = {one.name: packed(one, into / one.name) for one in sorted(Path(folder).glob("*.png"))}
    for name, size in sizes.items():
        print(f"{size:>8}  {name}")
    print(f"{sum(sizes.values()):>8}  bytes in all")
    if max(sizes.values()) > MOST or sum(sizes.values()) > MOST_IN_ALL:
        sys.exit(f"a picture may have {MOST} bytes, all of them {MOST_IN_ALL}")


if __name__ == "__main__":
    main()
