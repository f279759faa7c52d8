"""Measure `landscape` and `allocation`: a whole judgement, before and after, of all states, nothing solved before.

    OPENBLAS_NUM_THREADS=1 python benchmarks/camps.py

Nothing here is asserted by a test. Hostility is the record's conflicts, and where they are imported (INDIVISIBLE_HOME)
rivalries and disputes. The last rows are an invented network of 195 states with far more quarrels than any real one.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from indivisible.apps.importing import imported
from indivisible.architecture.arrays import Arrays
from indivisible.architecture.change import load_change
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.judge import judge
from indivisible.errors import IndivisibleError
from indivisible.models import allocation, camps, landscape
from indivisible.models.base import Model, Settings, settle
from indivisible.record.load import load
from indivisible.values import day_of

Row = tuple[str, str, str]
CHANGES = {
    "nato-2004": "2003-12-31",
    "csto-uzbekistan-2012": "2008-08-01",
    "nordic-accession": "2023-04-03",
    "russia-dprk-2024": "2024-03-06",
}
HOSTILITIES = ("conflicts", "rivalries", "disputes")
CASES: tuple[tuple[Model, dict[str, str]], ...] = (
    (landscape, {}),
    (landscape, {"weights": "power"}),
    (landscape, {"friends": "defence_or_nonaggression"}),
    (landscape, {"friends": "defence_or_nonaggression", "weights": "power"}),
    (allocation, {"output": "assured"}),
    (allocation, {"output": "possible"}),
)


def seconds(model: Model, settings: Settings, comparison: Comparison) -> float:
    """One judgement with nothing solved before."""
    camps.forget()
    start = time.perf_counter()
    judge(model, settings, comparison, names={})
    return time.perf_counter() - start


def comparisons() -> dict[str, list[Comparison]]:
    """The shipped changes on their days, by source of hostility; sources that are not imported are left out."""
    record = load()
    found: dict[str, list[Comparison]] = {}
    for hostility in HOSTILITIES:
        for name, on in CHANGES.items():
            try:
                outside, power = imported(record, day_of(on), power="beckley_2018", hostility=hostility, models=None)
            except IndivisibleError:
                break
            change = load_change(name)
            found.setdefault(hostility, []).append(
                compare(record, change, on=on, power=power, hostility=hostility, outside=outside)
            )
    return found


def quarrelsome(*, states: int = 195, quarrels: int = 400, seed: int = 3) -> tuple[Arrays, Arrays]:
    """Blocs of about twenty mutual allies, some friendships between blocs, and many quarrels; then one bloc more."""
    draw = np.random.default_rng(seed)
    names = [f"S{k:03d}" for k in range(states)]
    power: dict[str, float | None] = dict(zip(names, draw.lognormal(0.0, 2.0, states).tolist(), strict=True))
    blocs = [names[k : k + 20] for k in range(0, states - 40, 20)]
    pairs = {(a, b) for bloc in blocs for a in bloc for b in bloc if a < b}
    some = [tuple(sorted(draw.choice(names, 2, replace=False).tolist())) for _ in range(150 + quarrels)]
    friends = sorted(pairs | {(a, b) for a, b in some[:150]})
    hostile = sorted({(a, b) for a, b in some[150:]})
    newcomers = names[-40:-20]
    joined = sorted({*friends, *((a, b) for a in newcomers for b in newcomers if a < b)})
    return Arrays.of(power, defence=friends, hostile=hostile), Arrays.of(power, defence=joined, hostile=hostile)


def rows() -> list[Row]:
    """What was measured, the figure to reach, and the slowest and the middle of the changes."""
    found: list[Row] = []
    for hostility, several in comparisons().items():
        for model, chosen in CASES:
            settings = settle(model.name, model.parameters, chosen)
            taken = sorted(seconds(model, settings, comparison) for comparison in several)
            told = (
                f"{model.name} {', '.join(chosen.values()) or 'defaults'}, by {hostility}: before, after, all reasons"
            )
            found.append((told, "5 s", f"{taken[-1]:.2f} s at most, {taken[len(taken) // 2]:.2f} s as a rule"))
    before, after = quarrelsome()
    for model, chosen in CASES[:2] + CASES[4:]:
        settings = settle(model.name, model.parameters, chosen)
        camps.forget()
        start = time.perf_counter()
        readings = [model.read(arrays, settings) for arrays in (before, after)]
        model.change_bounds(before, after, settings)
        for reading in readings:
            for i in range(len(reading.states)):
                reading.because(i)
        told = f"{model.name} {', '.join(chosen.values()) or 'defaults'}, 195 invented states with 400 quarrels"
        found.append((told, "5 s", f"{time.perf_counter() - start:.2f} s"))
    return found


def main() -> int:
    """Print one line each."""
    for what, goal, took in rows():
        print(f"{what}: {took} (to reach: {goal})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
