"""Measure the verdict: every model before and after a change of 195 states, and draws of all constants.

    python benchmarks/verdict.py

Nothing here is asserted by a test. Models that have to be fitted to imported data are measured only where these are.
"""

from __future__ import annotations

import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from indivisible.architecture.change import load_change
from indivisible.architecture.outside import NOTHING
from indivisible.assess.assess import chosen_settings, fitted
from indivisible.assess.attribution import attributed
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.draws import draws
from indivisible.assess.moved import changes
from indivisible.errors import MissingData
from indivisible.models import MODELS
from indivisible.models.base import Model, Settings
from indivisible.record.load import load

SLOW = ("allocation", "landscape")  # figures of their own in the issue
DRAWS = 1024
Row = tuple[str, str, str]


def runs_of(comparison: Comparison) -> list[tuple[Model, Settings]]:
    """Every model that can run here, once for each of its readings side by side."""
    found: list[tuple[Model, Settings]] = []
    for one in chosen_settings(MODELS, {}):
        try:
            ready, _ = fitted([one], comparison, asked=True)
        except MissingData:
            continue
        found += ready
    return found


def comparison_here() -> Comparison:
    """The change measured, with imported data where there are any."""
    record, change = load(), load_change("nordic-accession")
    try:
        from indivisible.apps.importing import imported
        from indivisible.architecture.steps import baseline_day

        outside, _ = imported(
            record, baseline_day(change, record), power="beckley_2018", hostility="conflicts", models=["all"]
        )
    except MissingData:
        outside = NOTHING
    return compare(record, change, outside=outside)


def once(model: Model, settings: Settings, comparison: Comparison) -> float:
    """Seconds of one judgement: both readings and the bounds of every change; the better of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        before = model.read(comparison.arrays_before, settings)
        after = model.read(comparison.arrays_after, settings)
        changes(model, settings, comparison, before, after)
        taken.append(time.perf_counter() - start)
    return min(taken)


def rows(*, small: bool = False) -> list[Row]:
    """Everything measured: what, the figure to reach, what it took."""
    comparison = comparison_here()
    n = len(comparison.before.states)
    taken: dict[str, float] = {}
    runs = runs_of(comparison)
    for model, settings in runs:
        taken[model.name] = taken.get(model.name, 0.0) + once(model, settings, comparison)
    quick = [name for name in taken if name not in SLOW]
    found = [
        (f"{', '.join(quick)} on {n} states, before and after, with bounds", "0.5 s",
         f"{sum(taken[name] for name in quick):.3f} s"),
    ]  # fmt: skip
    found += [(f"{name}, all its readings", "5 s" if name in SLOW else "", f"{taken[name]:.3f} s") for name in taken]
    number = 64 if small else DRAWS
    start = time.perf_counter()
    for model, settings in runs:
        if model.name in quick:
            draws(model, settings, comparison.arrays_before, comparison.arrays_after, materiality=0.01,
                  number=number, seed=0, workers=2)  # fmt: skip
    found.append((f"{number:,} draws of each of these, 2 workers", "60 s", f"{time.perf_counter() - start:.1f} s"))
    start = time.perf_counter()
    attributed(runs, comparison)
    found.append(("attribution of a change of two steps, all models", "", f"{time.perf_counter() - start:.2f} s"))
    return found


def main() -> None:
    print("| what | at most | measured |\n| --- | --- | --- |")
    for what, bound, value in rows():
        print(f"| {what} | {bound} | {value} |")


if __name__ == "__main__":
    main()
