"""What each lever of a package adds: every state's change shared out among them (Shapley 1953).

The worth of some of the levers is the change of the score with everything unknown at the low end of its bounds. A
lever whose prerequisite is not among them, or that could not be taken after them alone, does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Floats
from indivisible.explore.examiner import Examiner
from indivisible.explore.interplay import bits, places_of
from indivisible.measures.attribution import EXACT, Attribution, attribute

MOST = EXACT  # levers up to which a package is shared out; for models that are read anew each time, fewer
MOST_SLOW = 7


@dataclass(frozen=True)
class Due:
    """What each lever [k] of a package adds to each state's score [n] by one model; None where it is not shared out."""

    levers: tuple[str, ...]
    shares: Attribution | None

    def of(self, row: int) -> dict[str, float | None] | None:
        """What each lever adds for one state; None where nothing is shared out, or the state has no number."""
        if self.shares is None or np.isnan(self.shares.due[:, row]).any():
            return None
        return {lever: float(due) for lever, due in zip(self.levers, self.shares.due[:, row].tolist(), strict=True)}


def due(examiner: Examiner, package: int) -> dict[str, Due]:
    """By model, what each lever of a package adds."""
    places = places_of(package)
    ids = tuple(examiner.worlds.levers[k].id for k in places)
    taken: dict[int, int] = {}

    def worth(label: str, chosen: frozenset[int]) -> Floats:
        asked = bits(places[k] for k in chosen)
        if asked not in taken:
            taken[asked] = works(examiner, asked)
        return examiner.screens[label].change(taken[asked])

    found = {}
    for label in examiner.labels:
        few = len(places) <= (MOST_SLOW if examiner.screens[label].quick is None else MOST)
        with np.errstate(invalid="ignore"):
            shares = attribute(partial(worth, label), len(places)) if few else None
        found[label] = Due(ids, shares)
    return found


def works(examiner: Examiner, package: int) -> int:
    """The levers of a set that do something: their prerequisites are there, and they can be taken."""
    worlds, kept, moved = examiner.worlds, 0, True
    place = {lever.id: k for k, lever in enumerate(worlds.levers)}
    while moved:
        moved = False
        for k in places_of(package & ~kept):
            needs = bits(place[one] for one in worlds.levers[k].requires)
            if needs & kept == needs and not worlds.impossible(kept | 1 << k):
                kept, moved = kept | 1 << k, True
    return kept


def told(found: dict[str, Due], rows: list[int], states: tuple[str, ...]) -> list[dict[str, Any]]:
    """For JSON: by model and state, what each lever adds; states to which none adds anything are left out."""
    listed = []
    for label, one in found.items():
        by_state = {states[i]: one.of(i) for i in rows}
        listed.append({
            "model": label,
            "exact": None if one.shares is None else one.shares.exact,
            "states": [
                {"state": state, "levers": shares}
                for state, shares in by_state.items() if shares is not None and any(shares.values())
            ],
            "without_a_number": [state for state, shares in by_state.items() if shares is None] if one.shares else [],
        })  # fmt: skip
    return listed
