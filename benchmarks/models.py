"""Measure the models on a random world: a reading, the bounds of a change, and 2,000 states.

    python benchmarks/models.py

Nothing here is asserted by a test. The world has blocs of mutual allies and a few powers that are not known.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from indivisible.architecture.arrays import Arrays
from indivisible.models import MODELS, deterrence
from indivisible.models.base import settle

SETTINGS = {
    "deterrence": ({}, {"allies_may_attack": True}, {"fade": 2000.0}, {"rule": "clique"}),
    "distance": ({}, {"reach": 1.0}, {"decay": "war_trap", "reach": 0.5}),
}


def world(states: int, *, unknown: int = 0, newcomers: int = 0, seed: int = 7) -> Arrays:
    """Blocs of about thirty mutual allies, log-normal powers, capitals anywhere; `newcomers` join the first bloc."""
    draw = np.random.default_rng(seed)
    names = [f"S{k:04d}" for k in range(states)]
    power: dict[str, float | None] = dict(zip(names, draw.lognormal(0.0, 2.0, states).tolist(), strict=True))
    bounds = dict.fromkeys(names[::-1][:unknown], (0.0, 1.0))
    power.update(dict.fromkeys(bounds))
    blocs = [names[k : k + 30] for k in range(0, states // 2, 30)]
    blocs[0] = blocs[0] + names[-newcomers - unknown : -unknown or None] if newcomers else blocs[0]
    pairs = [(a, b) for bloc in blocs for a in bloc for b in bloc if a < b]
    places = dict(
        zip(names, zip(draw.uniform(-60, 70, states), draw.uniform(-180, 180, states), strict=True), strict=True)
    )
    return Arrays.of(power, defence=pairs, bounds=bounds, places=places)


def milliseconds(action: Callable[[], object], *, runs: int = 7) -> float:
    """Median of several calls, the first left out."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return 1e3 * statistics.median(taken)


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure to reach, and what it took."""
    found = []
    known, doubtful = world(195), world(195, unknown=9)
    after = world(195, unknown=9, newcomers=2)
    for model in MODELS:
        for chosen in SETTINGS.get(model.name, ({},)):
            ready = settle(model.name, model.parameters, chosen)
            label = f"{model.name} {chosen or 'defaults'}, 195 states"
            goal = "1 ms" if model.name == "deterrence" and not chosen else ""
            read = milliseconds(lambda m=model, r=ready: m.read(known, r))
            bounds = milliseconds(lambda m=model, r=ready: m.change_bounds(doubtful, after, r))
            found.append((f"{label}: one reading, all known", goal, f"{read:.1f} ms"))
            found.append((f"{label}: bounds of a change, nine powers not known", "", f"{bounds:.1f} ms"))
    large, ready = world(2000), settle("deterrence", deterrence.parameters)
    found.append(
        ("deterrence, 2,000 states", "1 s", f"{milliseconds(lambda: deterrence.read(large, ready), runs=3):.0f} ms")
    )
    return found


def main() -> int:
    """Print one line each."""
    for what, goal, took in rows():
        print(f"{what}: {took}" + (f" (to reach: {goal})" if goal else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
