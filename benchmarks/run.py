"""Measure what the issues set figures for; print a table and write docs/reference/benchmarks.md.

Times are of this machine on this day. Cold means a new process with the packed record already on disk, as a user
meets it from the second call on; first means with nothing packed. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, and before NumPy loads

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "indivisible"]


def process(arguments: list[str], *, environment: dict[str, str] | None = None, runs: int = 7) -> tuple[float, float]:
    """Median CPU seconds and wall seconds of a whole process."""
    cpu, wall = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - start)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(cpu), statistics.median(wall)


def repeated(action: Callable[[], object], *, runs: int = 5) -> float:
    """Median seconds of a call inside this process."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def command_line() -> list[tuple[str, str, str]]:
    help_cpu, _ = process([*COMMAND, "--help"])
    _, members_wall = process([*COMMAND, "members", "CSTO", "--on", "2010-01-01"])
    _, assess_wall = process([*COMMAND, "assess", "nordic-accession"], runs=5)
    with tempfile.TemporaryDirectory() as empty:
        _, first = process([*COMMAND, "members", "CSTO", "--on", "2010-01-01"],
                           environment={"INDIVISIBLE_CACHE": empty}, runs=1)  # fmt: skip
    return [
        ("`indivisible --help`, CPU", "0.25 s", f"{help_cpu:.3f} s"),
        ("`members CSTO`, wall, record packed", "0.5 s", f"{members_wall:.3f} s"),
        ("`members CSTO`, wall, very first call", "", f"{first:.3f} s"),
        ("`assess nordic-accession`, wall, new process, all states", "2 s", f"{assess_wall:.3f} s"),
    ]


def one_question() -> list[tuple[str, str, str]]:
    """Yes, no or unknown on 100,000 intervals: ours, and SQLite beside it."""
    from indivisible.architecture.membership_index import MembershipIndex
    from indivisible.record.load import load

    generator = random.Random(7)
    states, leagues = [f"S{i:03d}" for i in range(200)], [f"O{i:03d}" for i in range(100)]
    rows = ["RECORD,kind,,record,,,,,X,,high,", "RECORD,known_to,,2030-01-01,,,,,X,,high,"]
    rows += [f"{key},kind,,state,,,,,X,,high," for key in states]
    for key in leagues:
        rows += [f"{key},kind,,organization,1900-01-01,,,,X,,high,", f"{key},full_role,,member,,,,,X,,high,"]
        rows += [f"{key},list_complete,,member,1900-01-01,2030-01-01,,,X,,high,"]
    intervals = []
    for state in states:
        for league in leagues:
            for number in range(5):
                start = date(1900 + 20 * number, 1, 1).toordinal() + generator.randrange(3000)
                stop = start + generator.randrange(1, 3000)
                begin, end = date.fromordinal(start).isoformat(), date.fromordinal(stop).isoformat()
                intervals.append((state, league, start, stop))
                rows.append(f"{state},role,{league},member,{begin},{end},legal,,X,,high,")
    header = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sources").mkdir()
        (Path(folder) / "a.csv").write_text("\n".join([header, *rows]) + "\n")
        (Path(folder) / "sources/s.csv").write_text(
            "source,title,publisher,published,kind,licence,url,note\nX,X,X,2000,official,CC0,,\n"
        )
        record = load(facts=Path(folder))
    index = MembershipIndex(record)
    asked = [
        (generator.choice(states), generator.choice(leagues), date(1900, 1, 1).toordinal() + generator.randrange(40000))
        for _ in range(20000)
    ]
    start = time.perf_counter()
    for question in asked:
        index.truth(*question)
    first_pass = (time.perf_counter() - start) / len(asked) * 1e6
    start = time.perf_counter()
    found = [index.truth(*question).value for question in asked]
    again = (time.perf_counter() - start) / len(asked) * 1e6
    base = sqlite3.connect(":memory:")
    base.execute("create table i (s text, o text, a int, b int)")
    base.executemany("insert into i values (?,?,?,?)", intervals)
    base.execute("create index k on i (s, o, a)")
    start = time.perf_counter()
    theirs = [base.execute("select 1 from i where s=? and o=? and a<=? and b>?", (s, o, d, d)).fetchone() is not None
              for s, o, d in asked]  # fmt: skip
    sqlite = (time.perf_counter() - start) / len(asked) * 1e6
    assert theirs == [truth == "yes" for truth in found]
    return [
        (f"one question on {len(intervals):,} intervals, pair asked before", "10 µs", f"{again:.2f} µs"),
        ("the same, first question about each pair included", "10 µs", f"{first_pass:.1f} µs"),
        ("the same in SQLite, in memory, with an index", "4.5 µs", f"{sqlite:.2f} µs"),
    ]


def mask() -> list[tuple[str, str, str]]:
    import numpy as np

    from indivisible.record.columns import Columns, holding

    rows, generator = 1_000_000, np.random.default_rng(7)
    start = generator.integers(650_000, 740_000, rows, dtype=np.int32)
    days = np.vstack([start, start + 30, start + 3000, start + 3030]).astype(np.int32)
    columns = Columns((), {}, days, np.zeros(rows, np.int32))
    taken = repeated(lambda: holding(columns, 700_000), runs=15)
    return [("mask of the whole record over 1,000,000 claims", "20 ms", f"{taken * 1e3:.2f} ms")]


def dates() -> list[tuple[str, str, str]]:
    from indivisible.values import date_bounds, span_of

    generator = random.Random(7)
    begins = [date.fromordinal(generator.randrange(650_000, 700_000)).isoformat() for _ in range(200_000)]
    texts = [(b, f"{generator.randrange(1950, 2020)}{generator.choice(['', '-05', '-05-06'])}") for b in begins]

    def parse() -> None:
        date_bounds.cache_clear()
        for begin, end in texts:
            span_of(begin, end)

    return [("EDTF spans parsed, nothing cached", "200,000 a second", f"{len(texts) / repeated(parse):,.0f} a second")]


def data() -> list[tuple[str, str, str]]:
    folder = Path(os.environ.get("INDIVISIBLE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        return [("import of all listed files", "60 s, 2 GB", "not measured: no data folder")]
    with tempfile.TemporaryDirectory() as home:
        code = (
            "import resource, sys; from indivisible.readers import library;"
            f"library.import_path({str(folder)!r});"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
        )
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                              env={**os.environ, "INDIVISIBLE_HOME": home})  # fmt: skip
        taken = time.perf_counter() - start
    return [("import of all listed files", "60 s, 2 GB", f"{taken:.1f} s, {done.stdout.split()[-1]} MB")]


def models() -> list[tuple[str, str, str]]:
    import models as benchmark

    return list(benchmark.rows())


def rivals() -> list[tuple[str, str, str]]:
    import rivals as benchmark

    return list(benchmark.rows())


def panels() -> list[tuple[str, str, str]]:
    import panels as benchmark

    return benchmark.measured(list(benchmark.PARTS))


def similarity() -> list[tuple[str, str, str]]:
    import similarity as benchmark

    return list(benchmark.rows())


def balance() -> list[tuple[str, str, str]]:
    import balance as benchmark

    return list(benchmark.rows())


def ideal_points() -> list[tuple[str, str, str]]:
    import ideal_points as benchmark

    return list(benchmark.rows())


def verdict() -> list[tuple[str, str, str]]:
    import verdict as benchmark

    return list(benchmark.rows())


def armament() -> list[tuple[str, str, str]]:
    import armament as benchmark

    return list(benchmark.rows())


def risk() -> list[tuple[str, str, str]]:
    import risk as benchmark

    return list(benchmark.rows())


def bargaining() -> list[tuple[str, str, str]]:
    import bargaining as benchmark

    return list(benchmark.rows())


def camps() -> list[tuple[str, str, str]]:
    import camps as benchmark

    return list(benchmark.rows())


def spillover() -> list[tuple[str, str, str]]:
    import spillover as benchmark

    return list(benchmark.rows())


def rules() -> list[tuple[str, str, str]]:
    import rules as benchmark

    return list(benchmark.rows())


def voting() -> list[tuple[str, str, str]]:
    import voting as benchmark

    return list(benchmark.rows())


def design() -> list[tuple[str, str, str]]:
    import design as benchmark

    return list(benchmark.rows())


def serve() -> list[tuple[str, str, str]]:
    import serve as benchmark

    return list(benchmark.rows())


PARTS = {
    "command-line": command_line,
    "question": one_question,
    "mask": mask,
    "dates": dates,
    "models": models,
    "rivals": rivals,
    "data": data,
    "panels": panels,
    "similarity": similarity,
    "balance": balance,
    "ideal-points": ideal_points,
    "verdict": verdict,
    "camps": camps,
    "armament": armament,
    "bargaining": bargaining,
    "risk": risk,
    "spillover": spillover,
    "rules": rules,
    "voting": voting,
    "design": design,
    "serve": serve,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")
    chosen = parser.parse_args().parts or list(PARTS)
    rows = [row for part in chosen for row in PARTS[part]()]
    lines = [
        "# Benchmarks\n",
        f"Measured by `make bench` on {date.today().isoformat()}: {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, one BLAS thread, load average {os.getloadavg()[0]:.1f} at the start. "
        "Medians; nothing here is asserted by a test.\n",
        "| what | at most | measured |",
        "| --- | --- | --- |",
        *(f"| {what} | {bound} | {value} |" for what, bound, value in rows),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if set(chosen) == set(PARTS):
        (ROOT / "docs" / "reference" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
