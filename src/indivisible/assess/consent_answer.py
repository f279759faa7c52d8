"""`consent`: for every step of a change, who has to agree under the rules, and whether each would be better off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indivisible.architecture.change import Change, Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.members import members
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.assess import chosen_models, chosen_settings, fitted
from indivisible.assess.attribution import takers_of
from indivisible.assess.comparison import BECKLEY, Comparison, compare, compared
from indivisible.assess.consent import Consent, body_consents, state_consents
from indivisible.assess.judge import output_of
from indivisible.assess.moved import changes, verdicts
from indivisible.assess.verdict import DEFAULT_MATERIALITY, GAINS, LOSES, UNKNOWN, checked_materiality
from indivisible.models.base import Model, Settings, Value
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import Truth, iso

BY_BODY = ("accede", "observe", "suspend", "withdraw")  # steps in an organisation, which its own rules may govern
EACH = ("found", "pledge", "ratify", "enact")  # steps to which everybody who is to be bound agrees for himself


@dataclass(frozen=True)
class StepConsent:
    """One step under one model: whether its takers want it, whether those who have to agree would, and who would not.

    `wanted`: each taker gains. `welcomed`: nobody among those who receive, or are bound with it, loses. `let_go`:
    nobody who is left behind loses. `consent`: what the rules make of it.
    """

    step: str
    do: str
    takers: tuple[str, ...]
    asked: tuple[str, ...]
    body: str
    model: str
    verdicts: Mapping[str, str]
    wanted: Truth
    welcomed: Truth
    let_go: Truth
    consent: Consent

    def to_dict(self) -> dict[str, Any]:
        """One entry of `steps` in consent/1."""
        return {
            "step": self.step,
            "do": self.do,
            "takers": list(self.takers),
            "body": self.body or None,
            "model": self.model,
            "must_consent": list(self.asked),
            "procedure": self.consent.procedure or None,
            "basis": self.consent.basis or None,
            "consents": self.consent.truth.json,
            "against": list(self.consent.against),
            "not_known": list(self.consent.open),
            "why": self.consent.why,
            "wanted": self.wanted.json,
            "welcomed": self.welcomed.json,
            "let_go": self.let_go.json,
            "verdicts": {state: self.verdicts[state] for state in sorted({*self.takers, *self.asked})},
        }


@dataclass(frozen=True)
class Consents:
    """Every step of a change under every model, each step taken alone."""

    record: Record
    comparison: Comparison
    steps: tuple[StepConsent, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape consent/1."""
        return {
            "schema": "consent/1",
            "change": self.comparison.change.name,
            "on": iso(self.comparison.before.day),
            "steps": [one.to_dict() for one in self.steps],
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def sentence(self) -> str:
        """What stands in the way of which step, by model; the convention by which states vote."""
        said = [f"{self.comparison.change.title}: who has to consent, on {iso(self.comparison.before.day)}."]
        for step in dict.fromkeys(one.step for one in self.steps):
            said.append(f"Step {step}: {'; '.join(self._told(step))}.")
        said.append("A state is taken to go by what the model says of its own security, and each step stands alone.")
        return with_recalled(" ".join(said), self.record.recalled_among(self.sources()))

    def _told(self, step: str) -> Iterable[str]:
        """By which models there is consent to a step, by which there is none, and by which it is not known."""
        words = {Truth.YES: "consent is there", Truth.NO: "no consent", Truth.UNKNOWN: "consent not known"}
        for truth, word in words.items():
            found = [one for one in self.steps if one.step == step and one.consent.truth is truth]
            whys = sorted({one.consent.why for one in found if truth is Truth.UNKNOWN and not one.consent.open})
            if found:
                because = f" ({'; '.join(whys)})" if whys else ""
                yield f"{word} by {', '.join(one.model for one in found)}{because}"

    def rows(self) -> list[dict[str, Any]]:
        """One row a step and model."""
        return [
            {
                "step": one.step,
                "do": one.do,
                "takers": _few(one.takers),
                "asked": one.body or _few(one.asked),
                "model": one.model,
                "wanted": one.wanted.value,
                "welcomed": one.welcomed.value,
                "let go": one.let_go.value,
                "consents": one.consent.truth.value,
                "against": _few(one.consent.against),
            }
            for one in self.steps
        ]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of who sits in the bodies that are asked."""
        day = iso(self.comparison.before.day)
        bodies = {one.body for one in self.steps if one.body and one.body in self.record.entities("organization")}
        return tuple(sorted({key for body in bodies for key in members(self.record, body, on=day).sources()}))


def consents(
    record: Record,
    change: Change,
    *,
    on: str | None = None,
    models: Sequence[str] | None = None,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    materiality: float = DEFAULT_MATERIALITY,
) -> Consents:
    """Who has to consent to each step of a change, and whether they would. Raises as `assess` does."""
    materiality = checked_materiality(materiality)
    named = chosen_models(models)
    comparison = compare(record, change, on=on, power=power, hostility=hostility, outside=outside)
    runs, _ = fitted(chosen_settings(named, settings or {}), comparison, asked=bool(models))
    found: list[StepConsent] = []
    founded = frozenset(step.organization for step in change.steps if step.do == "found")
    for step in change.steps:
        inside = step.do != "found" and step.organization in founded  # alone it does nothing
        alone = replace(change, steps=() if inside else (step,))
        single = compared(record, alone, comparison.before, power=power, hostility=hostility, outside=outside)
        found += _of_step(step, single, runs, materiality, founded)
    return Consents(record, comparison, tuple(found))


def _of_step(
    step: Step,
    alone: Comparison,
    runs: Iterable[tuple[Model, Settings]],
    materiality: float,
    founded: frozenset[str],
) -> Iterable[StepConsent]:
    record, before = alone.record, alone.before
    draft = Draft.of(before, record, alone.change.name)
    draft.founded = founded
    takers = takers_of(step, before, alone.change, record)
    body = draft.organization(step.organization) if step.organization else ""
    members_now = tuple(sorted(draft.members(body))) if body and body not in founded and step.do in BY_BODY else ()
    for model, chosen in runs:
        first, second = model.read(alone.arrays_before, chosen), model.read(alone.arrays_after, chosen)
        moved = changes(model, chosen, alone, first, second)
        said = dict(zip(first.states, verdicts(model, moved, unit=first.unit, materiality=materiality), strict=True))
        if body in founded and step.do in BY_BODY:
            said = dict.fromkeys(said, UNKNOWN)
        others = tuple(state for state in members_now if state not in takers)
        asked = others if step.do in BY_BODY else takers if step.do in EACH else ()
        label = f"{model.name} ({output})" if (output := output_of(model, chosen)) else model.name
        receives = step.do in ("accede", "observe")
        yield StepConsent(
            step.id, step.do, takers, asked, body, label, said,
            _all_gain(said, takers), _nobody_loses(said, others if receives else asked),
            _nobody_loses(said, others if step.do == "withdraw" else ()),
            _consent(alone, step, body, said, (takers, asked), founded),
        )  # fmt: skip


def _consent(
    alone: Comparison,
    step: Step,
    body: str,
    said: Mapping[str, str],
    who: tuple[tuple[str, ...], tuple[str, ...]],
    founded: frozenset[str],
) -> Consent:
    takers, asked = who
    if step.do in BY_BODY and body in founded:
        why = f"another step of the change founds {body}, and each step is looked at alone"
        return Consent(body, "", "", Truth.UNKNOWN, (), (), why)
    if step.do in BY_BODY and body:
        return body_consents(alone.record, body, step.do, alone.before.day, said, concerned=takers)
    if step.do in EACH:
        truths = [state_consents(said[state]) for state in asked]
        return Consent(
            body, "", "", _every(truths), tuple(s for s in asked if said[s] == LOSES),
            tuple(s for s in asked if said[s] == UNKNOWN), "everybody who is to be bound agrees for himself",
        )  # fmt: skip
    return Consent(body, "", "", Truth.YES, (), (), "it is an act of the taker's own")


def _all_gain(said: Mapping[str, str], states: Sequence[str]) -> Truth:
    truths = [
        Truth.YES if said[one] == GAINS else Truth.UNKNOWN if said[one] == UNKNOWN else Truth.NO for one in states
    ]
    return _every(truths)


def _nobody_loses(said: Mapping[str, str], states: Sequence[str]) -> Truth:
    return _every([state_consents(said[one]) for one in states])


def _every(truths: Iterable[Truth]) -> Truth:
    found = Truth.YES
    for one in truths:
        found = found & one
    return found


def _few(names: Sequence[str], *, most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
