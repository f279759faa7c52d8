"""What one change does to every state's security, as each rival model sees it; never averaged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indivisible.assess.attribution import Attributed
from indivisible.assess.draws import Draws
from indivisible.assess.flips import Flip
from indivisible.assess.reach_flips import ReachFlips
from indivisible.assess.spread import Spread
from indivisible.assess.verdict import Counts
from indivisible.models.base import Because, Sight, Value
from indivisible.values import Truth

SCHEMA = "assess/1"


@dataclass(frozen=True, slots=True)
class Score:
    """A state's score: lowest, best (NaN where not known) and highest; `unopposed` states have no number."""

    low: float
    best: float
    high: float
    unopposed: bool


@dataclass(frozen=True, slots=True)
class StateChange:
    """What a model says of one state: scores before and after, the change, its interval, the verdict and why.

    `change` is NaN where only its interval is known.
    """

    state: str
    before: Score
    after: Score
    change: float
    low: float
    high: float
    verdict: str
    because: str
    claims: tuple[str, ...]
    decided: tuple[Because | None, Because | None] = (None, None)

    def to_dict(self) -> dict[str, Any]:
        """One entry of `states` in assess/1."""
        return {
            "state": self.state,
            "before": self.before.best,
            "after": self.after.best,
            "change": self.change,
            "low": self.low,
            "high": self.high,
            "verdict": self.verdict,
            "because": self.because,
            "claims": list(self.claims),
            "before_interval": [self.before.low, self.before.high],
            "after_interval": [self.after.low, self.after.high],
            "unopposed": [self.before.unopposed, self.after.unopposed],
            "decided": [decided(one) for one in self.decided],
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """One model's view of the change; `output` says which, where it has several readings side by side.

    `assumes` is what every score takes for granted; `notes` have to stand beside every result; `fit` is what the
    model has learnt from imported data. `drawn`, `flips` and `attributed` are there where they were asked for.
    """

    model: str
    output: str
    assumes: str
    notes: tuple[str, ...]
    fit: Mapping[str, Any] | None
    parameters: Mapping[str, Value]
    scale: str
    materiality: float
    can_show: Sight
    counts: Counts
    counts_at: Mapping[str, Counts]
    nobody_loses: Truth
    before: Spread
    after: Spread
    states: tuple[StateChange, ...]
    drawn: Draws | None = None
    flips: tuple[Flip, ...] = ()
    attributed: Attributed | None = None
    reach: tuple[ReachFlips, ...] = ()

    @property
    def label(self) -> str:
        """The model's name, and which of its readings."""
        return f"{self.model} ({self.output})" if self.output else self.model

    def to_dict(self) -> dict[str, Any]:
        """One entry of `models` in assess/1."""
        sight = self.can_show
        return {
            "model": self.model,
            "output": self.output or None,
            "parameters": dict(self.parameters),
            "assumes": self.assumes or None,
            "notes": list(self.notes),
            "fit": self.fit,
            "scale": self.scale,
            "materiality": self.materiality,
            "can_show": {
                "actor_gains": sight.actor_gains,
                "actor_loses": sight.actor_loses,
                "third_gains": sight.third_gains,
                "third_loses": sight.third_loses,
            },
            "counts": self.counts.to_dict(),
            "counts_at": {level: counts.to_dict() for level, counts in self.counts_at.items()},
            "nobody_loses": self.nobody_loses.json,
            "spread": {"before": self.before.to_dict(), "after": self.after.to_dict()},
            "draws": None if self.drawn is None else self.drawn.to_dict(),
            "flips": [flip.to_dict() for flip in self.flips],
            "reach": [one.to_dict() for one in self.reach],
            "states": [state.to_dict() | self._deeper(state.state) for state in self.states],
        }

    def _deeper(self, state: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.drawn is not None:
            found["draws"] = self.drawn.of(state)
        if self.attributed is not None:
            found["attribution"] = self.attributed.of(state)
        return found


@dataclass(frozen=True, slots=True)
class Variant:
    """The same change under another measure of power or other constants of one model.

    `counts` is None where the measure of power is not imported; `actors` are the states that take the steps.
    """

    model: str
    power: str
    parameters: Mapping[str, Value]
    counts: Counts | None
    nobody_loses: Truth
    actors: tuple[StateChange, ...] = ()
    chosen: bool = False

    def to_dict(self) -> dict[str, Any]:
        """One row of the small table of constants."""
        return {
            "model": self.model,
            "power": self.power,
            "parameters": dict(self.parameters),
            "chosen": self.chosen,
            "counts": None if self.counts is None else self.counts.to_dict(),
            "nobody_loses": self.nobody_loses.json,
            "actors": [
                {"state": a.state, "change": a.change, "low": a.low, "high": a.high, "verdict": a.verdict}
                for a in self.actors
            ],
        }


@dataclass(frozen=True, slots=True)
class NotRun:
    """A model that could not read this change, why, and what to do about it."""

    model: str
    why: str
    do: str

    def to_dict(self) -> dict[str, str]:
        """One entry of `not_run` in assess/1."""
        return {"model": self.model, "why": self.why, "do": self.do}


@dataclass(frozen=True)
class Assessment:
    """What a change does to every state's security, as each model sees it; holds all that is needed to repeat it."""

    change: str
    title: str
    description: str
    on: str
    record: str
    version: str
    power: str
    hostility: str
    models: tuple[Judgement, ...]
    variants: tuple[Variant, ...]
    actors: tuple[str, ...]
    summary: tuple[str, ...]
    not_expressed: tuple[str, ...]
    change_sources: tuple[str, ...]
    source_keys: tuple[str, ...]
    recalled: tuple[str, ...]
    names: Mapping[str, str]
    not_run: tuple[NotRun, ...] = ()
    among: tuple[str, ...] | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    start: str = ""
    """The change that is taken for granted before this one; empty where there is none."""

    @property
    def seeing(self) -> tuple[Judgement, ...]:
        """The judgements in which something that the model reads is touched for some state."""
        return tuple(j for j in self.models if j.counts.not_seen < len(j.states))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape assess/1: floats with nine significant digits, None for unknown."""
        whole = {
            "schema": SCHEMA,
            "change": self.change,
            "title": self.title,
            "on": self.on,
            "record": self.record,
            "version": self.version,
            "power": self.power,
            "hostility": self.hostility,
            "data": dict(self.data),
            "seed": self.seed,
            "among": None if self.among is None else list(self.among),
            "actors": list(self.actors),
            "variants": [variant.to_dict() for variant in self.variants],
            "models": [judgement.to_dict() for judgement in self.models],
            "not_run": [one.to_dict() for one in self.not_run],
            "not_expressed": list(self.not_expressed),
            "sources": list(self.source_keys),
            "recalled": list(self.recalled),
            "summary": list(self.summary),
        }
        whole |= {"after_change": self.start} if self.start else {}
        plain: dict[str, Any] = plain_numbers(whole)
        return plain

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        said = "; ".join(
            f"{j.label}: {j.counts.gains} gain, {j.counts.loses} lose, {j.counts.unchanged} unchanged, "
            f"{j.counts.unknown} unknown, {j.counts.not_seen} not seen"
            for j in self.models
        )
        granted = f", after {self.start}" if self.start else ""
        return f"{self.title} ({self.on}{granted}, power {self.power}): {said}."

    def rows(self) -> list[dict[str, Any]]:
        """One row for each model and state."""
        return [
            {"model": judgement.label, "name": self.names.get(one.state, one.state)}
            | {key: value for key, value in one.to_dict().items() if key not in _WIDE}
            for judgement in self.models
            for one in judgement.states
        ]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the scores rest on."""
        return self.source_keys


_WIDE = ("before_interval", "after_interval", "unopposed", "claims", "decided")


def decided(because: Because | None) -> dict[str, Any] | None:
    """What decided a score, for JSON; of those against, at most the ten heaviest where a model counts everybody."""
    if because is None:
        return None
    against = because.against if because.leader else because.against[:10]
    return {
        "leader": because.leader or None,
        "against": list(against),
        "against_count": len(because.against),
        "against_sum": because.against_sum,
        "defenders": list(because.defenders),
        "defenders_sum": because.defenders_sum,
        "margin": because.margin,
        "certain": because.certain,
    }


def plain_numbers(value: Any) -> Any:
    """The value with floats at nine significant digits, and None for what is not a finite number."""
    if isinstance(value, float):
        return float(f"{value:.9g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: plain_numbers(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_numbers(one) for one in value]
    return value
