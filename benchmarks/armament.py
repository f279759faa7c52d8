"""Measure the arms race and distance on the record: the fit, a reading, the bounds of a change, and the turns by reach.

    OPENBLAS_NUM_THREADS=1 INDIVISIBLE_HOME=... python benchmarks/armament.py

Nothing here is asserted by a test. The arms race needs military expenditure imported (SIPRI, or National Material
Capabilities); without it that part is left out.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
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
Row = tuple[str, str, str]
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


def of_change(name: str, model: Model, ready: Settings, change: Comparison) -> Row:
    """What a judgement of a change takes: both readings, the bounds, and who is touched."""
    before, after = change.arrays_before, change.arrays_after

    def all_of_it() -> None:
        model.read(before, ready)
        model.read(after, ready)
        model.change_bounds(before, after, ready)
        model.touched(before, after, ready)

    what = f"{name}, {len(before.states)} states, before and after, with bounds"
    return what, "100 ms", f"{1000 * seconds(all_of_it):.1f} ms"


def of_distance(record: Record) -> Iterator[Row]:
    """Distance in several ways, and the turns by reach of two changes."""
    change = compare(record, load_change(CHANGE))
    for chosen in WAYS:
        ready = settle(distance.name, distance.parameters, chosen)
        yield of_change(f"distance {chosen or 'defaults'}", distance, ready, change)
    default = settle(distance.name, distance.parameters)
    for name in (CHANGE, "nato-2004"):
        one = compare(record, load_change(name))
        taken = seconds(lambda one=one: reach_flips(default, one), runs=3)
        yield f"turns by reach of {name}", "", f"{taken:.2f} s"


def of_arms_race(record: Record) -> Iterator[Row]:
    """The fit, then the arms race of a change."""
    plain = compare(record, load_change(CHANGE))
    day = plain.before.day
    try:
        spent = expenditure_on(day, record=record)
        first = once(lambda: armament_fit.armament_fit(day))
    except MissingData as problem:
        yield "arms-race", "", f"not measured: {problem.what}"
        return
    armament_fit._fitted.cache_clear()
    again = once(lambda: armament_fit.armament_fit(day))
    yield (
        "fit of the arms race, eight at most",
        "",
        f"{first:.1f} s, with the years' ties in this process {again:.2f} s",
    )
    outside = Outside(expenditure=spent.dollars, expenditure_name=spent.name)
    change = compare(record, load_change(CHANGE), outside=outside)
    ready = settle(arms_race.name, arms_race.parameters)
    yield of_change("arms-race", arms_race, replace(ready, fit=arms_race.fit(ready, day=day)), change)


def rows() -> Iterator[Row]:
    """What, the figure set for it, and what was measured."""
    record = load()
    yield from of_distance(record)
    yield from of_arms_race(record)


if __name__ == "__main__":
    for what, target, measured in rows():
        print(f"{what:<66}{target:<16}{measured}")
