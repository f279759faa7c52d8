"""Measure spill-over of power and pledges on 195 states, and a history of all years from 1950 to 2022.

    python benchmarks/spillover.py

Nothing here is asserted by a test. The random world is that of benchmarks/models.py; the history needs imported data
and is left out without them. Processor time stands beside the wall's, for machines that do other things too.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, and before NumPy loads
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np

from indivisible.assess.history import history
from indivisible.assess.spillover import pledge_effects, power_effects
from indivisible.errors import MissingData
from indivisible.models import MODELS
from indivisible.models.at_once import BY_PLEDGE, BY_POWER
from indivisible.models.base import settle
from models import world

CHOSEN = {
    "deterrence": ({}, {"allies_may_attack": True}, {"fade": 2000.0}),
    "distance": ({}, {"reach": 1.0}, {"decay": "war_trap"}),
}


def taken(action: Callable[[], object], *, runs: int = 3) -> str:
    """The quickest of several calls: seconds by the wall, and of the processor."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        action()
        best = min(best, (time.perf_counter() - wall, time.process_time() - processor))
    return f"{best[0]:.2f} s (processor {best[1]:.2f} s)"


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure to reach, and what it took."""
    found = []
    arrays = world(195)
    pairs = np.column_stack(np.triu_indices(195, k=1))
    for model in MODELS:
        if model.needs or "power" not in model.reads:
            continue
        for chosen in CHOSEN.get(model.name, ({},)):
            ready = settle(model.name, model.parameters, chosen)
            label = f"{model.name} {chosen or 'defaults'}, 195 states"
            if model.name in BY_POWER or model.name == "commitment":
                one = taken(lambda m=model, r=ready: power_effects(m, r, arrays))
                found.append((f"spill-over of power, {label}", "5 s", one))
            if model.name in BY_PLEDGE:
                one = taken(lambda m=model, r=ready: pledge_effects(m, r, arrays, pairs))
                found.append((f"spill-over of all 18,915 pledges, {label}", "", one))
    for name in ("deterrence", "distance"):
        try:
            one = taken(lambda n=name: history(model=n, first=1950, last=2022), runs=1)
        except MissingData:
            one = "not measured: no imported data"
        found.append((f"history of {name}, 1950 to 2022, all measures", "20 s", one))
    return found


def main() -> int:
    """Print one line each."""
    for what, goal, took in rows():
        print(f"{what}: {took}" + (f" (to reach: {goal})" if goal else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
