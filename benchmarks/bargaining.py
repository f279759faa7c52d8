"""Measure bargaining: whole runs, draws of an uncertain case, the core of a rule, and the uncovered set.

    python benchmarks/bargaining.py

Nothing here is asserted by a test. All actors are invented.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, and before NumPy loads

import numpy as np

from indivisible.measures.bargaining import Actors, bargain
from indivisible.measures.spatial import core
from indivisible.measures.spatial_grid import outcomes, uncovered
from indivisible.measures.voting_rules import Every, Rule, count_of, veto_of

Row = tuple[str, str, str]


def rows() -> Iterator[Row]:
    """What, bound and measurement, for the table of all benchmarks."""
    for actors, dimensions in ((7, 3), (13, 2), (27, 2)):
        given = invented(actors, dimensions)
        turns = len(bargain(given).turns)
        taken = median(lambda given=given: bargain(given))
        yield f"bargaining, {actors} actors on {dimensions} questions", "", f"{1000 * taken:.1f} ms, {turns} turns"
    taken = median(lambda: [bargain(invented(7, 3, seed=n)) for n in range(100)], runs=1)
    yield "bargaining, 100 draws of 7 actors on 3 questions", "", f"{taken:.2f} s"
    council: Rule = Every((count_of(15, 9), *(veto_of(15, k) for k in range(5))))
    for members, rule in ((15, council), (27, count_of(27, 20)), (193, count_of(193, 129))):
        points = np.random.default_rng(1).uniform(0, 100, (members, 2))
        corners = len(core(points, rule).corners)
        taken = median(lambda points=points, rule=rule: core(points, rule), runs=1 if members > 50 else 5)
        yield f"core on two questions, {members} members, exact", "", f"{taken:.3f} s, {corners} corners"
    points = np.random.default_rng(1).uniform(0, 100, (15, 2))
    places = outcomes(points).places
    taken = median(lambda: uncovered(points, council, places), runs=3)
    yield f"uncovered set, 15 members, {len(places):,} outcomes", "", f"{taken:.2f} s"


def invented(actors: int, dimensions: int, *, seed: int = 1) -> Actors:
    """Actors at random, the same for a seed."""
    luck = np.random.default_rng(seed)
    salience = luck.uniform(0.1, 1, (actors, dimensions))
    salience *= (luck.uniform(0.4, 1, actors) / salience.sum(axis=1))[:, None]
    return Actors.of(luck.uniform(0, 1, (actors, dimensions)), salience, luck.uniform(10, 200, actors))


def median(action: Callable[[], object], *, runs: int = 5) -> float:
    """Median seconds of a call."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    for what, bound, value in rows():
        print(f"{what}\t{bound}\t{value}")
