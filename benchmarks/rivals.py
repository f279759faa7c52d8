"""Measure the rival models that need no imported data on 195 states: reading before and after, and bounds of a change.

    python benchmarks/rivals.py

Nothing here is asserted by a test. The world is that of benchmarks/models.py with twenty hostile pairs; its blocs are
so large that the contest has an equilibrium only at small constants, as on the record, so it is measured at both.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from indivisible.architecture.arrays import Arrays, Ties, known_ties, pairs_of
from indivisible.measures.contest import Contest, embargoes, key_players
from indivisible.models import commitment, contest
from indivisible.models.base import Model, Value, settle
from indivisible.models.contest_network import network_of
from models import milliseconds, world

CASES: tuple[tuple[Model, dict[str, Value]], ...] = (
    *((commitment, {"kind": kind}) for kind in ("defence", "consultation")),
    (contest, {}),
    (contest, {"beta": 0.01}),
)


def hostile(arrays: Arrays, *, doubts: int = 0, seed: int = 7) -> Arrays:
    """The world with twenty hostile pairs, and as many in doubt as told."""
    draw, states = np.random.default_rng(seed), arrays.states
    pairs = [tuple(draw.choice(states, 2, replace=False).tolist()) for _ in range(20 + doubts)]
    sure = pairs_of([(a, b) for a, b in pairs[:20]], states)
    possible = sure | pairs_of([(a, b) for a, b in pairs[20:]], states)
    if not doubts:
        return replace(arrays, hostility=known_ties(sure))
    number = 1 + np.arange(sure.size).reshape(sure.shape)
    doubt = np.where(possible & ~sure, np.minimum(number, number.T), 0)
    return replace(arrays, hostility=Ties(sure, possible, doubt))


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure to reach, and what it took."""
    found = []
    before, after = hostile(world(195, unknown=9)), hostile(world(195, unknown=9, newcomers=2))
    for model, chosen in CASES:
        ready = settle(model.name, model.parameters, chosen)
        label = f"{model.name} {chosen or 'defaults'}, 195 states"
        both = milliseconds(lambda m=model, r=ready: [m.read(one, r) for one in (before, after)])
        bounds = milliseconds(lambda m=model, r=ready: m.change_bounds(before, after, r))
        found.append((f"{label}: readings before and after", "", f"{both:.1f} ms"))
        found.append((f"{label}: bounds of a change, nine powers not known", "", f"{bounds:.1f} ms"))
        found.append((f"{label}: both together", "50 ms", f"{both + bounds:.1f} ms"))
    ready = settle("contest", contest.parameters, {"beta": 0.01})
    for doubts in (5, 10):
        first, second = hostile(before, doubts=doubts), hostile(after, doubts=doubts)
        taken = milliseconds(
            lambda a=first, b=second: (
                contest.read(a, ready),
                contest.read(b, ready),
                contest.change_bounds(a, b, ready),
            )
        )
        found.append((f"contest, {doubts} ties in doubt, before and after, bounds", "", f"{taken:.0f} ms"))
    game: Contest = network_of(before, ready).contest(ready)
    taken = milliseconds(lambda: (key_players(game), embargoes(game, 1.001)), runs=3)
    found.append(("key players and embargoes of 195 states", "", f"{taken:.0f} ms"))
    return found


def main() -> int:
    """Print one line each."""
    for what, goal, took in rows():
        print(f"{what}: {took}" + (f" (to reach: {goal})" if goal else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
