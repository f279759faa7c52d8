"""At whose expense: every state's gain or loss, shared out among the steps of a change and the states that take them.

The Shapley value of the game whose players are the steps and whose worth is a state's score after some of them; a step
whose precondition is absent without the others does nothing. A step taken by several states is split equally among
them. What is not known stands in the middle of its bounds, before and after alike, so that there is one number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.change import Change, Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.points import MIDDLE, settled
from indivisible.assess.comparison import Comparison
from indivisible.measures.attribution import EXACT, attribute
from indivisible.models.base import Model, Settings
from indivisible.record.record import Record

Floats = NDArray[np.float64]
ORDERS = 40  # random orders, each forwards and backwards, where there are more steps than can be taken in all subsets


@dataclass(frozen=True, eq=False)
class Attributed:
    """One model's changes shared out: `due` [steps, n], its standard error, and the states that take each step.

    `total` [n] is the change with everything unknown in the middle of its bounds; NaN where a state has no score then.
    """

    states: tuple[str, ...]
    steps: tuple[str, ...]
    takers: tuple[tuple[str, ...], ...]
    total: Floats
    due: Floats
    error: Floats
    exact: bool
    asked: int

    def by_state(self, i: int) -> dict[str, float]:
        """What of the change of state i is due to each state that takes a step; the parts sum to its total."""
        found: dict[str, float] = {}
        for step, takers in zip(self.due[:, i].tolist(), self.takers, strict=True):
            for taker in takers or ("",):
                found[taker] = found.get(taker, 0.0) + step / max(1, len(takers))
        return dict(sorted(found.items()))

    def of(self, state: str) -> dict[str, Any] | None:
        """One state's change shared out, for JSON; None where nothing can be shared out."""
        i = self.states.index(state)
        if not math.isfinite(self.total[i]) or np.isnan(self.due[:, i]).any():
            return None
        named = zip(self.steps, self.due[:, i].tolist(), self.error[:, i].tolist(), strict=True)
        return {
            "total": float(self.total[i]),
            "steps": [{"step": step, "due": due, "error": error} for step, due, error in named],
            "states": [{"state": state or None, "due": due} for state, due in self.by_state(i).items()],
            "exact": self.exact,
        }


def attributed(
    runs: Sequence[tuple[Model, Settings]],
    comparison: Comparison,
    *,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> tuple[Attributed, ...]:
    """Every model's changes shared out among the steps; exact up to twelve steps, sampled with an error beyond.

    `progress` is told after each set of steps how many have been tried.
    """
    steps = comparison.change.steps
    ids = tuple(step.id for step in steps)
    known: dict[frozenset[int], Floats] = {}

    def worth(chosen: frozenset[int]) -> Floats:
        if chosen not in known:
            taken = frozenset(ids[k] for k in chosen)
            known[chosen] = _scores(runs, comparison, taken, everything=len(chosen) == len(ids))
            if progress is not None:
                progress(len(known))
        return known[chosen]

    found = attribute(worth, len(ids), exact_up_to=EXACT, permutations=ORDERS, seed=seed) if ids else None
    total = worth(frozenset(range(len(ids)))) - worth(frozenset())
    takers = tuple(takers_of(step, comparison.before, comparison.change, comparison.record) for step in steps)
    nothing = np.zeros((0, *total.shape))
    due, error = (nothing, nothing) if found is None else (found.due, found.error)
    return tuple(
        Attributed(
            comparison.before.states, ids, takers, total[m], due[:, m], error[:, m],
            found is None or found.exact, len(known),
        )
        for m in range(len(runs))
    )  # fmt: skip


def _scores(
    runs: Sequence[tuple[Model, Settings]], comparison: Comparison, steps: frozenset[str], *, everything: bool
) -> Floats:
    """[model, n]: scores after some of the steps, everything unknown in the middle of its bounds."""
    if not steps:
        partly = comparison.arrays_before
    elif everything:
        partly = comparison.arrays_after
    else:
        partly = comparison.after_only(steps)
    _, after = settled((comparison.arrays_before, partly), MIDDLE)
    return np.array([model.read(after, settings).best for model, settings in runs])


def takers_of(step: Step, architecture: Architecture, change: Change, record: Record) -> tuple[str, ...]:
    """The states that take a step: those that accede, pledge, send or withdraw; both sides of a mutual pledge."""
    draft = Draft.of(architecture, record, change.name)
    draft.founded = frozenset(one.organization for one in change.steps if one.do == "found")
    found: set[str] = set()
    for one in (step, *step.effects):
        groups = [one.states, one.members, one.senders, *([one.receivers] if one.mutual else [])]
        for names in groups:
            found |= set(draft.group(names, one))
        if one.do == "dissolve":
            found |= set(draft.members(draft.organization(one.organization)))
        if one.do == "remove" and one.deployment:
            found |= {sent.sender for sent in architecture.deployments if sent.key == one.deployment}
    return tuple(sorted(found))


def heaviest(found: Attributed, names: Mapping[str, str], *, among: Collection[str], most: int = 3) -> tuple[str, ...]:
    """Of those of `among` who lose most, one sentence each that says to whose steps the loss is due, largest first."""
    totals = np.where(np.isfinite(found.total), found.total, 0.0)
    said = []
    losing = [i for i in np.argsort(totals, kind="stable").tolist() if found.states[i] in among]
    for i in losing[:most]:
        if totals[i] >= 0.0 or np.isnan(found.due[:, i]).any():
            continue
        shares = sorted(found.by_state(i).items(), key=lambda item: (item[1], item[0]))
        told = ", ".join(f"{names.get(who, who) or 'nobody named'} {due:+.3g}" for who, due in shares[:4])
        said.append(f"{names.get(found.states[i], found.states[i])} {totals[i]:+.3g}: {told}")
    return tuple(said)
