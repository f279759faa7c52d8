"""Who burdens and who helps whom, by one model on one day: the sums, the heaviest cases and the whole matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Bools, Floats
from indivisible.architecture.points import Unknown
from indivisible.assess.assessment import plain_numbers
from indivisible.assess.spillover_words import AT_MOST_HALF, MODEL_ONLY, coefficient_said, settled_said
from indivisible.measures.indivisibility import Indivisibility, indivisibility
from indivisible.models.base import Value
from indivisible.record.table import said_of_recalled, with_recalled

SCHEMA = "spillover/1"
MOST = 10  # heaviest cases that are listed


@dataclass(frozen=True, eq=False)
class Effects:
    """What acts do to states: [a, j] in `matrix` is what act a does to state j, NaN where not known.

    `acts` are the states whose power it is, or the two that give the pledge. `counted` marks the effects on others that
    enter the sums, `acts_counted` the acts, `acts_unknown` those of which it is not known whether they count: their
    effects are unknown to the sums. `helps` marks the pledges that make one of the two safer. Where the model
    does not read what is varied, `why_not` says so and nothing is known of effects: there are none to see.
    """

    kind: str
    acts: tuple[tuple[str, ...], ...]
    states: tuple[str, ...]
    matrix: Floats
    counted: Bools
    acts_counted: Bools
    acts_unknown: Bools
    helps: Bools | None = None
    why_not: str = ""

    @staticmethod
    def unseen(kind: str, acts: tuple[tuple[str, ...], ...], states: tuple[str, ...], why_not: str) -> Effects:
        """Of a model that does not read what is varied."""
        nothing = np.zeros((len(acts), len(states)))
        none = np.zeros(nothing.shape, dtype=bool)
        no_act = np.zeros(len(acts), dtype=bool)
        return Effects(kind, acts, states, nothing, none, no_act, no_act, None, why_not)

    @cached_property
    def weighed(self) -> Floats:
        """[a, j]: the effects as far as they are known to count."""
        return np.where(self.acts_unknown[:, None], np.nan, self.matrix)

    @cached_property
    def sums(self) -> Indivisibility:
        """Of all acts that count."""
        return indivisibility(self.weighed, self.counted)

    @cached_property
    def sums_of_helping(self) -> Indivisibility | None:
        """Of those pledges alone that make one of the two safer; None where acts are no pledges."""
        return None if self.helps is None else indivisibility(self.weighed, self.counted & self.helps[:, None])

    def heaviest(self, sign: float) -> list[tuple[tuple[str, ...], str, float]]:
        """The heaviest losses (-1) or gains (1) of others: by whom, on whom, how much; the first by alphabet first."""
        found = np.where(self.counted & np.isfinite(self.weighed), sign * self.weighed, 0.0).ravel()
        order = np.argsort(-found, kind="stable")[:MOST]
        n = max(len(self.states), 1)
        return [
            (self.acts[k // n], self.states[k % n], float(sign * found[k])) for k in order.tolist() if found[k] > 0.0
        ]

    def given(self, sign: float) -> Floats:
        """[a]: the sum of all finite losses (-1) or gains (1) of others, as a positive number."""
        total: Floats = self._parts(sign).sum(axis=1)
        return total

    def received(self, sign: float) -> Floats:
        """[j]: the same by state that has them."""
        total: Floats = self._parts(sign).sum(axis=0)
        return total

    def _parts(self, sign: float) -> Floats:
        whole = self.counted & np.isfinite(self.weighed)
        return np.where(whole, np.maximum(sign * np.where(whole, self.weighed, 0.0), 0.0), 0.0)

    def to_dict(self) -> dict[str, Any]:
        """One of `power` and `pledges` in spillover/1; the matrix itself goes into a file."""
        return {
            "seen": not self.why_not,
            "why_not_seen": self.why_not or None,
            **_sums(self.sums),
            "acts": len(self.acts),
            "acts_counted": int(self.acts_counted.sum()),
            "acts_unknown": int(self.acts_unknown.sum()),
            "of_pledges_that_help": None if self.sums_of_helping is None else _sums(self.sums_of_helping),
            "burdens": [self._case(*case) for case in self.heaviest(-1.0)],
            "benefits": [self._case(*case) for case in self.heaviest(1.0)],
            "states": [] if self.why_not else list(self._states()),
        }

    def _case(self, by: tuple[str, ...], on: str, value: float) -> dict[str, Any]:
        return {"by": by[0] if self.kind == "power" else list(by), "on": on, "value": value}

    def _states(self) -> Iterator[dict[str, Any]]:
        gains, losses = self.received(1.0).tolist(), self.received(-1.0).tolist()
        given, taken = self.given(1.0).tolist(), self.given(-1.0).tolist()
        for j, state in enumerate(self.states):
            row: dict[str, Any] = {"state": state, "gains_from_others": gains[j], "burdens_from_others": losses[j]}
            if self.kind == "power":
                counts = None if self.acts_unknown[j] else bool(self.acts_counted[j])
                row |= {"own": float(self.matrix[j, j]), "counted": counts}
                row |= {"gains_to_others": given[j], "burdens_to_others": taken[j]}
            yield row


def _sums(sums: Indivisibility) -> dict[str, Any]:
    return {
        "coefficient": sums.coefficient,
        "positive": sums.positive,
        "negative": sums.negative,
        "share_of_pairs": sums.share_of_pairs,
        "pairs": {"positive": sums.rising, "negative": sums.falling, "none": sums.still, "unknown": sums.unknown,
                  "infinite": sums.infinite},
    }  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """The spill-over in one reading of the model, of power and (where asked for) of pledges.

    `unopposed` states can be attacked by nobody, `undefended` ones have no defence at all: the security of neither
    moves with anybody's power. `ratios_only`: were all powers doubled, no score would change.
    """

    output: str
    parameters: Mapping[str, Value]
    assumes: str
    notes: tuple[str, ...]
    unopposed: tuple[str, ...]
    undefended: tuple[str, ...]
    ratios_only: bool
    power: Effects
    pledges: Effects | None

    def to_dict(self) -> dict[str, Any]:
        """One entry of `readings` in spillover/1."""
        return {
            "output": self.output or None,
            "parameters": dict(self.parameters),
            "assumes": self.assumes or None,
            "notes": list(self.notes),
            "unopposed": list(self.unopposed),
            "undefended": list(self.undefended),
            "only_ratios_of_power_count": self.ratios_only,
            "power": self.power.to_dict(),
            "pledges": None if self.pledges is None else self.pledges.to_dict(),
        }


@dataclass(frozen=True)
class Settled:
    """What the model reads and nobody knows: set to the middle of its bounds, a tie to holding; or without bound."""

    figures: tuple[Unknown, ...] = ()
    ties: tuple[Unknown, ...] = ()
    boundless: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """`settled` in spillover/1."""
        return {
            "figures": [{"figure": one[0], "state": one[1]} for one in self.figures],
            "ties": len(self.ties),
            "without_bound": list(self.boundless),
        }


@dataclass(frozen=True)
class Spillover:
    """What acts of states do to the security of others on one day, as one model sees it."""

    on: str
    model: str
    scale: str
    record: str
    version: str
    power: str
    hostility: str | None
    among: tuple[str, ...] | None
    settled: Settled
    seen: tuple[Seen, ...]
    names: Mapping[str, str]
    source_keys: tuple[str, ...]
    recalled: tuple[str, ...]
    data: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape spillover/1. Where the model has one reading, its coefficients stand on top too."""
        whole: dict[str, Any] = {
            "schema": SCHEMA,
            "on": self.on,
            "model": self.model,
            "record": self.record,
            "version": self.version,
            "power": self.power,
            "hostility": self.hostility,
            "data": dict(self.data),
            "scale": self.scale,
            "among": None if self.among is None else list(self.among),
            "settled": self.settled.to_dict(),
            **(self._on_top(self.seen[0]) if len(self.seen) == 1 else {}),
            "readings": [one.to_dict() for one in self.seen],
            "sources": list(self.source_keys),
            **said_of_recalled(self.recalled),
            "says": list(self.says()),
        }
        plain: dict[str, Any] = plain_numbers(whole)
        return plain

    @staticmethod
    def _on_top(seen: Seen) -> dict[str, Any]:
        made = {"coefficient": seen.power.sums.coefficient, "share_of_pairs": seen.power.sums.share_of_pairs}
        if seen.pledges is not None:
            made["pledge_coefficient"] = seen.pledges.sums.coefficient
            made["pledge_share_of_pairs"] = seen.pledges.sums.share_of_pairs
        return made

    def label(self, seen: Seen) -> str:
        """The model's name, and which of its readings."""
        return f"{self.model} ({seen.output})" if seen.output else self.model

    def says(self) -> Iterator[str]:
        """The answer in plain sentences."""
        for seen in self.seen:
            for effects in (seen.power, seen.pledges):
                if effects is not None:
                    yield f"{self.label(seen)}, {self.on}: {coefficient_said(effects)}."
        if any(seen.ratios_only and seen.power.sums.coefficient <= 0.5 for seen in self.seen):
            yield AT_MOST_HALF
        if told := settled_said(self.settled.figures, self.settled.ties, self.settled.boundless, self.names):
            yield told
        yield MODEL_ONLY

    def sentence(self) -> str:
        """All of it in one paragraph."""
        return with_recalled(" ".join(self.says()), self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """The matrices: one row an act, one column a state that it acts on; `and` is the second state of a pledge."""
        found = []
        for seen in self.seen:
            for effects in (seen.power, seen.pledges):
                if effects is not None and not effects.why_not:
                    for by, row in zip(effects.acts, effects.matrix.tolist(), strict=True):
                        head = {"model": self.label(seen), "act": effects.kind, "by": by[0], "and": (*by, None)[1]}
                        found.append(head | dict(zip(effects.states, row, strict=True)))
        return found

    def states_of(self, seen: Seen) -> list[dict[str, Any]]:
        """One row a state: what its power does to itself, to others, and theirs to it."""
        if seen.power.why_not:
            return []
        rows = seen.power.to_dict()["states"]
        return [{"name": self.names.get(row["state"], row["state"])} | row for row in rows]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the scores rest on."""
        return self.source_keys
