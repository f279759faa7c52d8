"""A change under the principle of equal and indivisible security: each norm, each published reading, side by side.

Every norm is checked under every reading; where two readings give different verdicts, the answer is that conflict, with
who holds which and what it turns on, never a verdict between them. "At the expense of others" (N5) takes an assessment
as its evidence and names the models; models that differ are not averaged: then the norm is unknown under that reading,
with each model's own verdict beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indivisible.assess.assessment import Assessment, Judgement
from indivisible.assess.comparison import Comparison
from indivisible.assess.principle_facts import ChangeFacts, change_facts
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN
from indivisible.assess.verdict import UNKNOWN as VERDICT_UNKNOWN
from indivisible.assess.words import counted, listed, named
from indivisible.rules.finding import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN
from indivisible.rules.norms import AREAS_ALL, Norm, NormReading, norm_readings, norms

SCHEMA = "principle/1"


@dataclass(frozen=True)
class NormFinding:
    """One norm under one reading: the verdict, why, what it turns on, and each model's own verdict where asked."""

    norm: str
    reading: str
    verdict: str
    because: str
    turns_on: str = ""
    models: Mapping[str, str] = ()  # type: ignore[assignment]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "reading": self.reading,
            "verdict": self.verdict,
            "because": self.because,
            "turns_on": self.turns_on or None,
            "models": dict(self.models or {}),
        }


@dataclass(frozen=True)
class Principle:
    """All norms under all readings for one change. It holds no verdict of its own."""

    assessment: Assessment
    findings: tuple[NormFinding, ...]

    def of(self, norm: str) -> tuple[NormFinding, ...]:
        """The findings of one norm, readings in the order of the alphabet."""
        return tuple(one for one in self.findings if one.norm == norm)

    def conflict(self, norm: str) -> bool:
        """Whether two readings give different verdicts on a norm."""
        return len({one.verdict for one in self.of(norm)} - {NOT_APPLICABLE}) > 1

    def to_dict(self) -> dict[str, Any]:
        """The shape principle/1."""
        a = self.assessment
        return {
            "schema": SCHEMA,
            "change": a.change,
            "title": a.title,
            "on": a.on,
            "power": a.power,
            "hostility": a.hostility,
            "models": [j.label for j in a.models],
            "norms": [
                {
                    "norm": norm.key,
                    "title": norm.title,
                    "gist": norm.gist,
                    "texts": list(norm.texts),
                    "place": norm.place,
                    "conflict": self.conflict(norm.key),
                    "readings": [one.to_dict() for one in self.of(norm.key)],
                }
                for norm in norms()
            ],
            "readings": [
                {"reading": r.key, "title": r.title, "held_by": list(r.held_by), "published": r.published,
                 "texts": list(r.texts)}
                for r in norm_readings()
            ],
            "authority": "political",
            "record": a.record,
        }  # fmt: skip

    def sentence(self) -> str:
        """The answer in a few plain sentences."""
        parted = [norm.key for norm in norms() if self.conflict(norm.key)]
        agreed = [norm.key for norm in norms() if not self.conflict(norm.key)]
        said = f"The published readings part on {listed(parted)}" if parted else "The published readings agree on all"
        same = f" and agree on {listed(agreed)}" if parted and agreed else ""
        return (
            f"{self.assessment.title} under the principle of equal and indivisible security: {said}{same}. "
            "The norms bind politically; no organ decides between readings, and neither does this answer."
        )

    def rows(self) -> list[dict[str, Any]]:
        """One row for each norm and each verdict on it, with the readings that give it and who holds them."""
        held = {reading.key: listed(reading.held_by) for reading in norm_readings()}
        rows = []
        for norm in norms():
            groups: dict[tuple[str, str, str], list[str]] = {}
            for one in self.of(norm.key):
                groups.setdefault((one.verdict, one.because, one.turns_on), []).append(one.reading)
            for (verdict, because, turns_on), keys in groups.items():
                every = len(groups) == 1
                who = "all" if every else "; ".join(f"{key} ({held[key]})" for key in keys)
                rows.append(
                    {"norm": f"{norm.key} {norm.title}", "conflict": self.conflict(norm.key), "reading": who,
                     "verdict": verdict, "because": because, "turns on": (None if every else turns_on) or None}
                )  # fmt: skip
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the assessment and the norms rest on."""
        return tuple(sorted({*self.assessment.source_keys, *(text for norm in norms() for text in norm.texts)}))


def principle(comparison: Comparison, assessment: Assessment) -> Principle:
    """Check every norm under every reading, with the assessment of the same change as evidence for N5."""
    found: list[NormFinding] = []
    facts = change_facts(comparison, {reading.area for reading in norm_readings()})
    for norm in norms():
        for reading in norm_readings():
            found.append(_CHECKS[norm.key](norm, reading, facts, assessment))
    return Principle(assessment, tuple(found))


def _linkage(norm: Norm, reading: NormReading, facts: ChangeFacts, assessment: Assessment) -> NormFinding:
    """N0 states a fact; no act breaks it by itself. What is shown is how many third states a change moves."""
    area = facts.area(reading.area)
    told = [
        f"{j.label}: {sum(one.verdict in (GAINS, LOSES) for one in third_states(j, facts, area))}"
        for j in assessment.seeing
    ]
    moved = f"third states of the area whose security moves: {listed(told)}" if told else "no model sees the change"
    return NormFinding(norm.key, reading.key, NOT_APPLICABLE, f"It states a link and asks for no act; {moved}.",
                       _scope(reading))  # fmt: skip


def _equal_right(norm: Norm, reading: NormReading, facts: ChangeFacts, _: Assessment) -> NormFinding:
    """N1: a limit that some of those named in the change take on, and others do not, is no equal right."""
    if not facts.limited:
        return NormFinding(norm.key, reading.key, KEPT, "No step limits anybody.")
    free = sorted(set(facts.takers) - set(facts.limited))
    if not free:
        return NormFinding(norm.key, reading.key, KEPT, "Every state that takes a step is limited alike.")
    return NormFinding(
        norm.key, reading.key, UNKNOWN,
        f"Limits fall on {named(facts.limited, facts.names)} and not on {named(free, facts.names)}; whether that is "
        "equal is not written anywhere.", "whether unlike limits can be equal",
    )  # fmt: skip


def _free_choice(norm: Norm, reading: NormReading, facts: ChangeFacts, assessment: Assessment) -> NormFinding:
    """N2: a state that changes its own arrangements uses its right; under one reading only if N5 is kept."""
    if not facts.chooses:
        return NormFinding(norm.key, reading.key, NOT_APPLICABLE, "No state changes its arrangements by a step.")
    who = named(facts.chooses, facts.names)
    if reading.free_choice == "independent":
        told = f"A change of their own arrangements by {who}; nobody else's view counts."
        return NormFinding(norm.key, reading.key, KEPT, told, ON_RESTRAINT)
    if reading.free_choice == "unstated":
        told = "The reading does not say how free choice stands to restraint."
        return NormFinding(norm.key, reading.key, NOT_APPLICABLE, told, ON_RESTRAINT)
    restraint = _restraint(norm, reading, facts, assessment)
    return NormFinding(
        norm.key, reading.key, restraint.verdict,
        f"A change of their own arrangements by {who}, free only if restraint (N5) is kept: {restraint.because}",
        ON_RESTRAINT, restraint.models,
    )  # fmt: skip


def _neutrality(norm: Norm, reading: NormReading, facts: ChangeFacts, _: Assessment) -> NormFinding:
    """N3: nobody is bound to stand by others without a step of its own."""
    if facts.bound_without_step:
        who = named(facts.bound_without_step, facts.names)
        return NormFinding(norm.key, reading.key, BROKEN, f"Bound to others without a step of its own: {who}.")
    return NormFinding(norm.key, reading.key, KEPT, "Nobody is newly bound to others without a step of its own.")


def _respect(norm: Norm, reading: NormReading, facts: ChangeFacts, _: Assessment) -> NormFinding:
    """N4: no step takes away what another state has chosen."""
    if facts.limited_by_others:
        who = named(facts.limited_by_others, facts.names)
        return NormFinding(norm.key, reading.key, UNKNOWN, f"The change limits {who}; it does not say who consents.",
                           ON_CONSENT)  # fmt: skip
    return NormFinding(norm.key, reading.key, KEPT, "No step takes away what another state has chosen.")


def _restraint(norm: Norm, reading: NormReading, facts: ChangeFacts, assessment: Assessment) -> NormFinding:
    """N5: by the means used, or by whether third states lose while those who take the steps gain, in each model."""
    if reading.expense == "means" and not facts.offensive:
        return NormFinding(
            norm.key, reading.key, KEPT,
            "Its steps bring neither offence pledges nor troops abroad nor lift a limit; defensive pledges as such are "
            "not at the expense of others.", "whether a defensive pledge can be at the expense of others",
        )  # fmt: skip
    if not facts.steps:
        return NormFinding(norm.key, reading.key, KEPT, "No step is taken.")
    evidence = [j for j in assessment.seeing if gives_verdicts(j)]
    models = {j.label: at_expense(j, facts, reading.area) for j in evidence}
    blind = [j.label for j in evidence if not sees_takers(j, facts)]
    said = {verdict for model, verdict in models.items() if model not in blind}
    verdict = said.pop() if len(said) == 1 else UNKNOWN
    return NormFinding(norm.key, reading.key, verdict, _of_models(models, blind), _evidence(reading), models)


def at_expense(j: Judgement, facts: ChangeFacts, area: str) -> str:
    """One model's evidence: broken where a state that takes a step gains while a third state of the area loses.

    Kept where no third state loses and the model could have shown it, or where nobody who takes a step gains.
    Unknown where the area has no state on that day (its organisation is younger), or where nothing that the model
    reads changes for any state that takes a step: it could not have seen a gain.
    """
    if not facts.area(area) or not sees_takers(j, facts):
        return UNKNOWN
    gaining = {one.verdict for one in j.states if one.state in facts.takers}
    losing = {one.verdict for one in third_states(j, facts, facts.area(area))}
    if GAINS in gaining and LOSES in losing:
        return BROKEN
    if GAINS not in gaining and VERDICT_UNKNOWN not in gaining:
        return KEPT
    if LOSES in losing or VERDICT_UNKNOWN in losing or not j.can_show.third_loses:
        return UNKNOWN
    return KEPT


def gives_verdicts(j: Judgement) -> bool:
    """Whether a model has any known verdict at all; one without is no evidence."""
    return any(one.verdict not in (VERDICT_UNKNOWN, NOT_SEEN) for one in j.states)


def sees_takers(j: Judgement, facts: ChangeFacts) -> bool:
    """Whether something that the model reads changes for a state that takes a step."""
    return any(one.verdict != NOT_SEEN for one in j.states if one.state in facts.takers)


def third_states(j: Judgement, facts: ChangeFacts, area: frozenset[str]) -> list[Any]:
    """A model's verdicts on the states of an area that are not named in the change."""
    return [one for one in j.states if one.state in area and one.state not in facts.actors]


def _of_models(models: Mapping[str, str], blind: Sequence[str]) -> str:
    if not models:
        return "No model gives a verdict on this change, so there is no evidence."
    words = {
        BROKEN: "by {} a third state loses while a state that takes a step gains",
        KEPT: "by {} no third state loses, or nobody who takes a step gains",
        UNKNOWN: "{} cannot tell",
    }
    by = {said: [m for m, v in models.items() if v == said and m not in blind] for said in words}
    told = [word.format(listed(by[said])) for said, word in words.items() if by[said]]
    if blind:
        reads = "reads" if len(blind) == 1 else "read"
        told.append(f"nothing that {listed(blind)} {reads} changes for those who take the steps, so no gain of theirs "
                    "could be seen")  # fmt: skip
    return "; ".join(told) + "."


def _evidence(reading: NormReading) -> str:
    scope = _scope(reading)
    return f"which model is taken as evidence; {scope}" if scope else "which model is taken as evidence"


def _scope(reading: NormReading) -> str:
    return (
        "security anywhere counts"
        if reading.area == AREAS_ALL
        else f"only the security of participants of {reading.area} counts"
    )


def _no_primacy(norm: Norm, reading: NormReading, facts: ChangeFacts, _: Assessment) -> NormFinding:
    """N6: by whether a group with more than half of the area's power grows, or whether others' choices are limited."""
    if reading.primacy == "sphere":
        if facts.limited_by_others:
            who = named(facts.limited_by_others, facts.names)
            told = f"The change limits {who}; it does not say who consents."
            return NormFinding(norm.key, reading.key, UNKNOWN, told, ON_CONSENT)
        return NormFinding(norm.key, reading.key, KEPT, "Nobody's arrangements or forces are limited by others.",
                           ON_GROWTH)  # fmt: skip
    before, after = facts.largest_group(reading.area)
    if before.share is None or after.share is None:
        return NormFinding(norm.key, reading.key, UNKNOWN, "The power of the area is not known well enough.",
                           ON_GROWTH)  # fmt: skip
    grows = after.share > before.share and after.share > 0.5
    told = (
        f"The largest group of the area bound to mutual defence by one text ({after.treaty or 'none'}) has "
        f"{before.share:.1%} of its power before and {after.share:.1%} after"
    )
    return NormFinding(norm.key, reading.key, BROKEN if grows else KEPT, f"{told}.",
                       ON_GROWTH)  # fmt: skip


def _sufficiency(norm: Norm, reading: NormReading, facts: ChangeFacts, _: Assessment) -> NormFinding:
    """N7: no number says what is commensurate; fewer forces are, more are not known to be."""
    if not facts.forces_up and not facts.forces_down:
        return NormFinding(norm.key, reading.key, NOT_APPLICABLE, "No step moves or limits forces.")
    if not facts.forces_up:
        return NormFinding(norm.key, reading.key, KEPT, "Its steps only lower or withdraw forces.")
    return NormFinding(norm.key, reading.key, UNKNOWN,
                       f"{counted(facts.forces_up, 'step')} of it brings forces or lifts a limit, and no text says how "
                       "many are commensurate.", "what is commensurate with legitimate needs")  # fmt: skip


ON_RESTRAINT = "whether free choice depends on restraint (N5)"
ON_CONSENT = "whether those who are limited consent"
ON_GROWTH = "whether the growth of a group is primacy"

_CHECKS = {
    "N0": _linkage, "N1": _equal_right, "N2": _free_choice, "N3": _neutrality, "N4": _respect, "N5": _restraint,
    "N6": _no_primacy, "N7": _sufficiency,
}  # fmt: skip


def checked_norms() -> Sequence[str]:
    """Keys of the norms that have a check."""
    return tuple(_CHECKS)
