"""Measure the search for packages: packages a second, the exhaustion of sixteen levers, and one and two workers.

    OPENBLAS_NUM_THREADS=1 python benchmarks/design.py

The levers are on the real record with all its states. Nothing here is asserted by a test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from indivisible.errors import MissingData
from indivisible.explore.design import design, examiner_of
from indivisible.explore.design_case import DesignCase, case_of
from indivisible.explore.examiner import Examiner
from indivisible.explore.executor import Here, Processes
from indivisible.explore.packages import packages
from indivisible.record.load import load
from indivisible.record.record import Record

TWO = "deterrence, distance"
WITHOUT_DATA = "deterrence, distance, commitment, contest"
VECTORISED = f"{WITHOUT_DATA}, arms-race, risk"
ALL = f"{WITHOUT_DATA}, landscape, allocation"
NAMES = ("FIN", "CHE", "RUS", "SRB", "BLR", "CHN", "IND", "KAZ")


def case(models: str, *, joining: bool = True) -> DesignCase:
    """Sixteen levers of which any set may be taken: pledges between great and small powers, and who joins what."""
    pairs = [pair for pair in combinations(NAMES, 2) if pair not in {("RUS", "BLR"), ("RUS", "KAZ"), ("BLR", "KAZ")}]
    levers = [f"{{do: pledge, from: {a}, to: {b}, kind: defence, mutual: true}}" for a, b in pairs]
    if joining:
        joins = [("AUT", "NATO"), ("IRL", "NATO"), ("AZE", "CSTO"), ("MDA", "CSTO")]
        levers[12:] = [f"{{do: accede, state: {a}, organization: {b}}}" for a, b in joins]
    listed = "".join(f"  - {{id: l{n}, steps: [{step}]}}\n" for n, step in enumerate(levers[:16]))
    text = "schema: design-case/1\nname: bench\ntitle: Sixteen levers\nstart: {on: 2021-06-01}\nlevers:\n" + listed
    # with the defaults of 0.1 the contest has no equilibrium on the record, and nothing would be worked out
    chosen = ", settings: {contest.beta: 0.01, contest.gamma: 0.01}" if "contest" in models else ""
    return case_of(f"{text}harm: {{models: [{models}]{chosen}}}\n", "bench.yml")


def seconds(examiner: Examiner, which: list[int]) -> float:
    """Processor time for one package, the way paved by one block before."""
    for package in which[:20]:
        examiner.surely_fails(package)
    start = time.process_time()
    for package in which[20:]:
        if not examiner.worlds.impossible(package):
            examiner.surely_fails(package)
    return (time.process_time() - start) / (len(which) - 20)


def rate(record: Record, models: str, many: int) -> tuple[int, float]:
    """States, and packages a second on one core, from the middle of the search."""
    examiner = examiner_of(record, case(models))
    which = list(islice(packages(examiner.worlds.levers), 20_000, 20_000 + many))
    return len(examiner.states), 1.0 / seconds(examiner, which)


def with_data(record: Record) -> str:
    """Packages a second by all models that read packages at once, where the data that two of them need are there."""
    try:
        return f"{rate(record, VECTORISED, 800)[1]:,.0f}"
    except MissingData as problem:
        return f"not measured: {problem.what}"


def exhausted(record: Record, workers: int, question: DesignCase) -> tuple[float, Any]:
    """Wall seconds of a whole search."""
    start = time.perf_counter()
    found = design(record, question, executor=Here() if workers == 1 else Processes(workers))
    return time.perf_counter() - start, found


def rows() -> Iterator[tuple[str, str, str]]:
    """What the table of benchmarks says."""
    record = load()
    states, two = rate(record, TWO, 1500)
    yield f"design, packages a second a core, deterrence and distance, {states} states", "2,000", f"{two:,.0f}"
    _, four = rate(record, WITHOUT_DATA, 800)
    yield "the same with commitment in its five kinds, and contest (beta and gamma 0.01)", "200", f"{four:,.0f}"
    yield "the same with arms-race and risk (all vectorised models)", "200", with_data(record)
    _, every = rate(record, ALL, 60)
    yield "the models without imported data, landscape and allocation, read anew, among them", "", f"{every:,.1f}"
    question = replace(case(TWO), must=("l0",))
    one, found = exhausted(record, 1, question)
    both, again = exhausted(record, 2, question)
    assert (found.frontier, found.blocking) == (again.frontier, again.blocking)
    assert found.proven
    yield f"exhaustion of 16 levers, {len(found.looked.failures):,} packages, two models, 1 worker", "", f"{one:.1f} s"
    yield "the same, 2 workers", "90 s", f"{both:.1f} s"
    yield "one worker over two", "near 2", f"{one / both:.2f}"
    examiner = examiner_of(record, case(TWO))
    examiner.judge(0b1)
    start = time.process_time()
    examiner.judge(0b1001)
    yield "one package judged in full, two models", "", f"{1000 * (time.process_time() - start):.0f} ms"


if __name__ == "__main__":
    for what, target, measured in rows():
        print(f"{what:90} {target:>8} {measured}")
