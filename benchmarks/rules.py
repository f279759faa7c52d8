"""Treaties as rules: all obligations of all states on one day, how many cases of the corpus and exercises a minute.

python benchmarks/rules.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "rules"


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure that was set, and what was found."""
    from indivisible.record.load import load
    from indivisible.rules.notify import notify
    from indivisible.rules.obligations_of import obligations

    record = load()
    began = time.process_time()
    found = obligations(record, on="2010-01-01")
    first = time.process_time() - began
    taken = []
    for _ in range(5):
        began = time.process_time()
        obligations(record, on="2010-01-01").rows()
        taken.append(time.process_time() - began)
    what = f"all obligations of all states on one day ({len(found.owing):,} of them)"
    yield what + ", first question of a record, CPU", "1 s", f"{first:.2f} s"
    yield what + ", asked again, with their rows, CPU", "1 s", f"{statistics.median(taken):.2f} s"
    began = time.perf_counter()
    command = [sys.executable, "-m", "indivisible", "obligations", "--all", "--on", "2010-01-01", "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    yield "the same on the command line, wall, new process, as JSON", "", f"{time.perf_counter() - began:.2f} s"
    sys.path.insert(0, str(CASES))
    import test_rule_cases as corpus

    wrong = sum(bool(corpus.failures(record, case)) for case in corpus.CASES)
    began = time.process_time()
    for case in corpus.CASES:
        corpus.answer_to(record, case)
    rate = len(corpus.CASES) / (time.process_time() - began) * 60
    yield f"cases of the corpus ({len(corpus.CASES)}, {wrong} not met), CPU", "10,000 a minute", f"{rate:,.0f} a minute"
    asked = [case for case in corpus.CASES if case.get("asks") == "notify"]
    rate = rate_of(lambda: [corpus.answer_to(record, case) for case in asked], len(asked))
    yield f"exercises of the corpus ({len(asked)}), CPU", "10,000 a minute", f"{rate:,.0f} a minute"
    many = list(exercises(asked[0]["facts"]))
    rate = rate_of(lambda: [notify(record, one).findings() for one in many], len(many))
    yield f"exercises, each on a day of its own ({len(many)}), CPU", "10,000 a minute", f"{rate:,.0f} a minute"


def rate_of(work: Callable[[], object], count: int) -> float:
    """How many a minute of CPU time."""
    began = time.process_time()
    work()
    return count / (time.process_time() - began) * 60


def exercises(like: dict[str, object]) -> Iterator[dict[str, object]]:
    """The same exercise on four hundred days of 2001 to 2016, thirteen days apart."""
    for n in range(400):
        begins = date(2001, 1, 1) + timedelta(days=13 * n)
        yield {**like, "starts": begins, "ends": begins + timedelta(days=8)}


if __name__ == "__main__":
    for line in rows():
        print(" | ".join(line))
