"""Measure the arms race and distance on the record: the fit, a reading, the bounds of a change, and the turns by reach.

    OPENBLAS_NUM_THREADS=1 INDIVISIBLE_HOME=... python benchmarks/armament.py

Nothing here is asserted by a test. The arms race needs military expenditure imported (SIPRI, or National Material
Capabilities); without it that part is left out.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from indivisible.architecture.change import load_change
from indivisible.architecture.outside import Outside
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.reach_flips import reach_flips
from indivisible.errors import MissingData
from indivisible.models import arms_race, distance
from indivisible.models.base import Model, Settings, settle
from indivisible.panels import armament_fit
from indivisible.panels.armament import expenditure_on
from indivisible.record.load import load
from indivisible.record.record import Record

CHANGE = "nordic-accession"
WAYS = ({}, {"reach": 1.0}, {"decay": "war_trap", "reach": 0.5}, {"forward": 1.0}, {"forward": 1.0, "reach": 0.5})


def seconds(action: Callable[[], object], *, runs: int = 7) -> float:
    """Median of several calls, the first left out."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def once(action: Callable[[], object]) -> float:
    """One call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def of_change(name: str, model: Model, ready: Settings, change: Comparison) -> None:
    """Print what a judgement of a change takes: both readings, the bounds, and who is touched."""
    before, after = change.arrays_before, change.arrays_after

    def all_of_it() -> None:
        model.read(before, ready)
        model.read(after, ready)
        model.change_bounds(before, after, ready)
        model.touched(before, after, ready)

    print(
        f"{name}, {len(before.states)} states, before and after: {1000 * seconds(all_of_it):.1f} ms (to reach: 100 ms)"
    )


def of_distance(record: Record) -> None:
    """Distance in several ways, and the turns by reach of two changes."""
    change = compare(record, load_change(CHANGE))
    for chosen in WAYS:
        ready = settle(distance.name, distance.parameters, chosen)
        of_change(f"distance {chosen or 'defaults'}", distance, ready, change)
    default = settle(distance.name, distance.parameters)
    for name in (CHANGE, "nato-2004"):
        one = compare(record, load_change(name))
        print(f"turns by reach of {name}: {seconds(lambda one=one: reach_flips(default, one), runs=3):.2f} s")


def of_arms_race(record: Record) -> None:
    """The fit, then the arms race of a change."""
    plain = compare(record, load_change(CHANGE))
    day = plain.before.day
    spent = expenditure_on(day, record=record)
    first = once(lambda: armament_fit.armament_fit(day))
    armament_fit._fitted.cache_clear()
    again = once(lambda: armament_fit.armament_fit(day))
    print(f"fit of the arms race, eight at most: {first:.1f} s, with the years' ties in this process {again:.2f} s")
    outside = Outside(expenditure=spent.dollars, expenditure_name=spent.name)
    change = compare(record, load_change(CHANGE), outside=outside)
    ready = settle(arms_race.name, arms_race.parameters)
    of_change("arms-race", arms_race, replace(ready, fit=arms_race.fit(ready, day=day)), change)


def main() -> int:
    """Print one line for each figure."""
    record = load()
    of_distance(record)
    try:
        of_arms_race(record)
    except MissingData as problem:
        print(f"arms-race: not measured: {problem}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
