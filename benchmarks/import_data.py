"""Measure the import of a folder of outside data: seconds, peak memory, and how much of it a second run takes.

    python benchmarks/import_data.py [FOLDER]

FOLDER is `$INDIVISIBLE_DATA` or `../shared/data` if it is not given.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from indivisible.readers import library


def main() -> int:
    """Import twice into a fresh data home, then check it; print one line each."""
    default = os.environ.get("INDIVISIBLE_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else default)
    if not folder.is_dir():
        print(f"no folder {folder}: set INDIVISIBLE_DATA")
        return 1
    with tempfile.TemporaryDirectory() as home:
        for run in ("first import", "second import"):
            start = time.perf_counter()
            report = library.import_path(folder, home=Path(home))
            print(f"{run}: {time.perf_counter() - start:.2f} s. {report.sentence()}")
        start = time.perf_counter()
        print(f"check: {library.check(home=Path(home)).sentence()} {time.perf_counter() - start:.2f} s")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes on macOS, KiB elsewhere
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
