"""From a score to the pledges and figures it was made from, and from those to claims and places in their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.assess import chosen_models, chosen_settings, fitted
from indivisible.assess.assessment import Score, StateChange, plain_numbers
from indivisible.assess.comparison import BECKLEY, Comparison, compare
from indivisible.assess.judge import figures_read, hostility_claims, judge, kinds_read, output_of, score_of
from indivisible.assess.verdict import DEFAULT_MATERIALITY, checked_materiality
from indivisible.errors import ChangeError
from indivisible.models.base import Model, Part, Reading, Settings, Value, recombined
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import iso

PARTY_ACTS = ("ratified", "acceded", "approved", "accepted", "succeeded", "in_force", "rejoined", "deposited")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a part ends: a claim, with what it says and its sources, or a step of the change itself."""

    address: str
    says: str
    sources: tuple[str, ...]
    place: str
    confidence: str

    def to_dict(self) -> dict[str, Any]:
        """The leaf for JSON."""
        return {
            "claim": self.address,
            "says": self.says,
            "sources": list(self.sources),
            "place": self.place,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class WhyPart:
    """One term of a score with the pledge and the figures that it rests on."""

    part: Part
    leaves: tuple[Leaf, ...]

    def to_dict(self) -> dict[str, Any]:
        """The part for JSON; `contributes` is value times weight."""
        part = self.part
        return {
            "label": part.label,
            "state": part.state or None,
            "value": part.value,
            "weight": part.weight,
            "contributes": part.value * part.weight,
            "kind": part.kind,
            "tie": None if part.tie is None else list(part.tie),
            "leaves": [leaf.to_dict() for leaf in self.leaves],
        }


@dataclass(frozen=True, slots=True)
class WhyScore:
    """A score taken apart; `recombined` is the score that the parts make again."""

    score: Score
    recombined: float
    parts: tuple[WhyPart, ...]

    def to_dict(self) -> dict[str, Any]:
        """The score for JSON."""
        return {
            "score": self.score.best,
            "low": self.score.low,
            "high": self.score.high,
            "unopposed": self.score.unopposed,
            "recombined": self.recombined,
            "parts": [part.to_dict() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class WhyModel:
    """One model's verdict on the state, and its scores before and after taken apart."""

    model: str
    output: str
    scale: str
    parameters: Mapping[str, Value]
    verdict: StateChange
    before: WhyScore
    after: WhyScore

    @property
    def label(self) -> str:
        """The model's name, and which of its readings."""
        return f"{self.model} ({self.output})" if self.output else self.model


@dataclass(frozen=True)
class Why:
    """Why a change does to a state what each model says it does."""

    change: str
    title: str
    state: str
    name: str
    on: str
    power: str
    record: str
    models: tuple[WhyModel, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape why-assess/1."""
        whole = {
            "schema": "why-assess/1",
            "change": self.change,
            "state": self.state,
            "on": self.on,
            "power": self.power,
            "models": [
                {
                    "model": one.model,
                    "output": one.output or None,
                    "parameters": dict(one.parameters),
                    **{k: v for k, v in one.verdict.to_dict().items() if k in ("change", "low", "high", "verdict")},
                    "because": one.verdict.because,
                    "before": one.before.to_dict(),
                    "after": one.after.to_dict(),
                }
                for one in self.models
            ],
            "record": self.record,
        }
        plain: dict[str, Any] = plain_numbers(whole)
        return plain

    def sentence(self) -> str:
        """The answer in a few plain sentences, one a model."""
        said = " ".join(
            f"{one.label}: {one.verdict.verdict.replace('_', ' ')}. {one.verdict.because}" for one in self.models
        )
        return f"{self.title}, {self.name}, on {self.on}. {said}"

    def rows(self) -> list[dict[str, Any]]:
        """One row for each leaf; parts without a leaf have one row without a claim."""
        rows: list[dict[str, Any]] = []
        for one in self.models:
            for when, score in (("before", one.before), ("after", one.after)):
                for part in score.parts:
                    told = part.to_dict()
                    leaves = told.pop("leaves") or [{}]
                    told["tie"] = None if part.part.tie is None else " to ".join(part.part.tie)
                    rows += [
                        {"model": one.label, "when": when, **told, **leaf}
                        | {"sources": "; ".join(leaf.get("sources", ())) or None}
                        for leaf in leaves
                    ]
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the parts rest on."""
        return tuple(
            sorted(
                {
                    key
                    for one in self.models
                    for score in (one.before, one.after)
                    for part in score.parts
                    for leaf in part.leaves
                    for key in leaf.sources
                }
            )
        )


def why_assess(
    record: Record,
    change: Change,
    state: str,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    materiality: float = DEFAULT_MATERIALITY,
) -> Why:
    """Take the scores of one state before and after a change apart, down to claims and places in their sources.

    The parts of a score recombine to it within 1e-9; where only an interval is known, to its lower end. Raises as
    `assess` does, and ChangeError where the state does not exist on the day.
    """
    materiality = checked_materiality(materiality)
    wanted = chosen_settings(chosen_models(models), settings or {})
    comparison = compare(record, change, on=on, power=power, hostility=hostility, outside=outside)
    runs, _ = fitted(wanted, comparison, asked=bool(models))
    key, day = record.resolve(state, "state"), iso(comparison.before.day)
    if key not in comparison.before.states:
        raise ChangeError(f"{key} is not a state on {day}", reason="not_so", do="choose another day with --on")
    return Why(
        change=change.name,
        title=change.title,
        state=key,
        name=record.name_of(key),
        on=day,
        power=power,
        record=record.digest,
        models=tuple(_of_model(model, settled, comparison, key, materiality) for model, settled in runs),
    )


def _of_model(model: Model, settings: Settings, comparison: Comparison, state: str, materiality: float) -> WhyModel:
    names = {one: comparison.record.name_of(one) for one in comparison.before.states}
    verdict = judge(model, settings, comparison, names=names, among=(state,), materiality=materiality).states[0]
    before, after = (
        _taken_apart(model, model.read(arrays, settings), state, comparison, architecture)
        for arrays, architecture in (
            (comparison.arrays_before, comparison.before),
            (comparison.arrays_after, comparison.after),
        )
    )
    return WhyModel(model.name, output_of(model, settings), model.scale, settings.values, verdict, before, after)


def _taken_apart(
    model: Model, reading: Reading, state: str, comparison: Comparison, architecture: Architecture
) -> WhyScore:
    i = reading.states.index(state)
    parts = reading.parts(i)
    leaves = _Leaves(model, reading.settings, comparison, architecture)
    return WhyScore(score_of(reading, i), recombined(parts), tuple(WhyPart(part, leaves.of(part)) for part in parts))


class _Leaves:
    """Finds what a part rests on: the pledge or hostility of its tie, who is party to it, its state's figures."""

    def __init__(self, model: Model, settings: Settings, comparison: Comparison, architecture: Architecture) -> None:
        self._record = comparison.record
        self._architecture = architecture
        self._fields = figures_read(model, comparison)
        self._hostilities = hostility_claims(model, comparison, architecture)
        kinds = kinds_read(model, settings)
        self._pledges: dict[tuple[str, str], list[Pledge]] = {}
        for pledge in architecture.pledges:
            if pledge.kind in kinds:
                self._pledges.setdefault((pledge.sender, pledge.receiver), []).append(pledge)

    def of(self, part: Part) -> tuple[Leaf, ...]:
        """The leaves of one part, each claim once."""
        found: dict[str, Leaf] = {}
        if part.tie is not None and part.hostile:
            for address in self._hostilities.get(frozenset(part.tie), ()):
                found.setdefault(address, self._leaf(address))
        elif part.tie is not None:
            for pledge in self._pledges.get(part.tie, ()):
                for leaf in self._of_pledge(pledge):
                    found.setdefault(leaf.address, leaf)
        for field in self._fields if part.state else ():
            figure = self._architecture.figures.get((part.state, field))
            for address in () if figure is None else figure.claims:
                found.setdefault(address, self._leaf(address))
        return tuple(found.values())

    def _of_pledge(self, pledge: Pledge) -> Iterator[Leaf]:
        for address in pledge.claims:
            yield self._leaf(address, f"{pledge.kind} from {pledge.sender} to {pledge.receiver}")
        for follows in self._record.claims(subject=pledge.treaty, field="parties_follow"):
            for held in self._architecture.memberships:
                if held.organization == follows.object and held.state in (pledge.sender, pledge.receiver):
                    for address in held.claims:
                        yield self._leaf(address)
        for state in (pledge.sender, pledge.receiver):
            for act in self._record.claims(subject=state, field="act", object=pledge.treaty):
                if act.value in PARTY_ACTS and act.span.from_earliest <= self._architecture.day:
                    yield self._leaf(act.address)

    def _leaf(self, address: str, says: str = "") -> Leaf:
        if address.startswith("changes/"):
            return Leaf(address, f"{says} (a step of this change)".strip(), (), address.partition("#")[2], "")
        claim = self._record.at(address)
        place = claim.place or self._somewhere(claim)
        told = " ".join(word for word in (claim.subject, claim.field, claim.object, claim.value, claim.begin) if word)
        return Leaf(address, f"{says}: {told}" if says else told, claim.sources, place, claim.confidence)

    def _somewhere(self, claim: Claim) -> str:
        """Where to look in a source for a claim that names no place: a list has its rows, a memory has none."""
        if self._record.recalled(claim.sources):
            return "source not seen"
        kinds = {self._record.sources[key].kind for key in claim.sources}
        return f"rows of {claim.subject}" if kinds <= {"dataset", "compiled"} else "no place given"
