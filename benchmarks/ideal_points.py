"""Measure ideal points: seconds for the whole of 1946 to 2023, and how near the published places they come.

    python benchmarks/ideal_points.py

The votes and the published places are taken from `$INDIVISIBLE_DATA` or `../shared/data`.
Nothing here is asserted by a test.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, and before NumPy loads

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("INDIVISIBLE_DATA", ROOT.parent / "shared" / "data"))
VOTES, PUBLISHED = FOLDER / "unga_votes_cow_1946_2024.parquet", FOLDER / "unga_ideal_points_apr2020_by_issue.parquet"
WHAT = "ideal points, ordinal, 1946 to 2023"


def rows() -> Iterator[tuple[str, str, str]]:
    """What, bound and measurement, for the table of all benchmarks."""
    if not PUBLISHED.is_file():
        yield WHAT, "60 s on 2 cores", "not measured: no data folder"
        return
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "INDIVISIBLE_HOME": home}
        code = f"from indivisible.readers import library; library.import_path({str(VOTES)!r})"
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        command = [sys.executable, __file__, "--measure"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    for line in done.stdout.splitlines():
        what, bound, value = line.split("\t")
        yield what, bound, value


def measure() -> Iterator[tuple[str, str, str]]:
    """Place all states once in this process, from the imported votes."""
    from indivisible.panels.ideal_points import places_by_votes

    start, cpu = time.perf_counter(), time.process_time()
    found = places_by_votes()
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    search, counts = found.found.search, found.counts
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    size = f"{counts['votes']:,} votes, {counts['places']:,} places, {counts['roll_calls']:,} roll calls"
    yield WHAT, "60 s on 2 cores", f"{taken:.1f} s on one core ({cpu:.1f} s CPU), {peak:.0f} MB; {size}"
    ended = "converged" if search.converged else "NOT converged"
    moved = f"{ended} in {search.steps} steps: places moved by {search.change:.1e}, gradient {search.gradient:.1e}"
    yield "their tolerance: the largest move in the last step", f"{search.tolerance:g}", moved
    fit = f"{found.found.classified:.4f} (commonest vote of each roll call {found.found.by_mode:.4f})"
    yield "votes that they class right", "", fit
    yield from _beside(found)


def _beside(found: Any) -> Iterator[tuple[str, str, str]]:
    import polars as pl

    both = beside(found)
    within = both.group_by("session").agg(
        pl.corr("ideal_point", "IdealPoint").alias("r"),
        pl.corr("ideal_point", "IdealPoint", method="spearman").alias("rank"),
    )
    middle, least = within.median(), within.min()
    bound, told = "0.98", f"{middle['r'][0]:.4f} (least {least['r'][0]:.4f}), {within.height} sessions"
    yield "correlation with the published places within a session, median", bound, told
    ranks = f"{middle['rank'][0]:.4f} (least {least['rank'][0]:.4f})"
    yield "the same by ranks (Spearman)", "", ranks
    whole = both.select(
        pl.corr("ideal_point", "IdealPoint").alias("r"),
        pl.corr("ideal_point", "IdealPoint", method="spearman").alias("rank"),
        ((pl.col("ideal_point") - pl.col("IdealPoint")) ** 2).mean().sqrt().alias("rmse"),
    ).row(0, named=True)
    told = f"{whole['r']:.4f}, Spearman {whole['rank']:.4f}, RMSE {whole['rmse']:.3f}, {both.height:,} places"
    yield "correlation over all sessions together", "", told


def beside(found: Any) -> Any:
    """Our places with the published means of the same code and session."""
    import polars as pl

    published = pl.read_parquet(PUBLISHED).filter(pl.col("set") == "All").select("ccode", "session", "IdealPoint")
    ours = pl.DataFrame(found.rows(), infer_schema_length=None).drop_nulls("ideal_point")
    return ours.join(published, on=["ccode", "session"])


def main() -> int:
    """Measure, and print a table."""
    if sys.argv[1:] == ["--measure"]:
        for line in measure():
            print("\t".join(line))
        return 0
    for what, bound, value in rows():
        print(f"{what:<64} {bound:<16} {value}")
    print(f"load average {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
