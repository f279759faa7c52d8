"""What a military exercise calls for: who must tell whom of it and by when, who must be invited, what is forbidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from indivisible.errors import FileError
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.activities import size, territory_in_zone
from indivisible.rules.addressees import bound_by
from indivisible.rules.base import Bond, Case, Treaty, bond
from indivisible.rules.confidence_building import OBSERVATION
from indivisible.rules.demands import Demand
from indivisible.rules.exercise import Exercise, Figures, read_exercise
from indivisible.rules.facts import Facts
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding, verdict_of
from indivisible.rules.treaties import TREATIES
from indivisible.values import Truth, iso


@dataclass(frozen=True)
class Instrument:
    """A text on activities, and how it bound a state that it concerns on the first day of the exercise."""

    text: Treaty
    state: str
    tied: Bond
    applies: Truth
    why: str


@dataclass(frozen=True)
class Row:
    """One duty of one state under one text, by one set of figures."""

    instrument: Instrument
    figures: Figures
    demand: Demand
    finding: Finding
    confidence: str


@dataclass(frozen=True)
class Notices:
    """The answer: duties by text, state and set of figures; constraints; texts that do not apply, and why."""

    exercise: Exercise
    record: Record

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Every text on activities with the states that it concerns."""
        return tuple(_instruments(self.exercise, self.record))

    @cached_property
    def duties(self) -> tuple[Row, ...]:
        """What each text calls for, whether required, not required or not known."""
        found = []
        for one in self.applying():
            for figures, case in self._cases(one):
                for demand in cast(Any, one.text).demands(case):
                    confidence = _confidence(one.text, demand.article)
                    weighed = _bound_for(one, demand, self.record)
                    found.append(Row(one, figures, weighed, weighed.finding, confidence))
        return tuple(found)

    @cached_property
    def constraints(self) -> tuple[tuple[Instrument, Figures, Finding], ...]:
        """Limits on large activities that this one touches: it is, or may be, of the class that they limit."""
        found = []
        for one in self.applying():
            if not hasattr(one.text, "limits"):
                continue
            for figures, case in self._cases(one):
                for finding in cast(Any, one.text).limits(case) if _large(case, one.text) else ():
                    told = one.applies is Truth.YES or finding.verdict == UNKNOWN
                    kept = (
                        finding if told else replace(finding, verdict=UNKNOWN, because=f"{one.why} {finding.because}")
                    )
                    found.append((one, figures, replace(kept, confidence=_confidence(one.text, finding.article))))
        return tuple(found)

    def applying(self) -> tuple[Instrument, ...]:
        """Texts that apply to the exercise, or may."""
        return tuple(one for one in self.instruments if one.applies is not Truth.NO)

    def _cases(self, one: Instrument) -> Iterator[tuple[Figures, Case]]:
        for figures in self.exercise.figures:
            known = one.text.FACTS
            values = {name: value for name, value in figures.facts.values.items() if name in known}
            if "in_zone" in known:
                values = {**values, **_in_zone(self.exercise, figures.facts, one, self.record)}
            case = Case(self.record, self.exercise.day, one.state, Facts(known, values, self.exercise.where))
            yield figures, case

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape notify/1."""
        one = self.exercise
        keys = {each.text.KEY for each in self.applying()}
        parties = {key: bound_by(self.record, key, one.starts) for key in keys}
        return {
            "schema": "notify/1",
            "name": one.name,
            "on": iso(one.day),
            "starts": iso(one.starts),
            "ends": None if one.ends is None else iso(one.ends),
            "by": list(one.by),
            "host": list(one.host),
            "guests": list(one.guests),
            "figures": [
                {"basis": figures.basis or None, "by": figures.by or None, "source": figures.source or None}
                for figures in one.figures
            ],
            "instruments": [self._instrument(each) for each in self.instruments],
            "duties": [self._duty(row, parties) for row in self.duties],
            "constraints": [
                {"instrument": i.text.KEY, "state": i.state, "basis": f.basis or None}
                | {k: v for k, v in finding.to_dict().items() if k not in ("state", "basis")}
                for i, f, finding in self.constraints
            ],
            "case_sources": list(one.sources),
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def _instrument(self, one: Instrument) -> dict[str, Any]:
        return {
            "instrument": one.text.KEY, "name": self.record.name_of(one.text.KEY), "state": one.state,
            "applies": one.applies.json, "authority": one.text.AUTHORITY, "suspended": one.tied.suspended.json,
            "why": one.why,
        }  # fmt: skip

    def _duty(self, row: Row, parties: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        demand, state = row.demand, row.instrument.state
        others = [other for other in parties[row.instrument.text.KEY] if other != state]
        return {
            "instrument": row.instrument.text.KEY,
            "article": demand.article,
            "duty": demand.duty,
            "state": state,
            "basis": row.figures.basis or None,
            "required": verdict_of(demand.required),
            "voluntary": demand.voluntary,
            "to": demand.to,
            "addressees": others,
            "by_when": None if demand.last is None else iso(demand.last),
            "kept": row.finding.verdict,
            "margin": row.finding.margin,
            "because": row.finding.because,
            "remedy": row.finding.remedy or None,
            "authority": row.instrument.text.AUTHORITY,
            "confidence": row.confidence,
        }

    def findings(self) -> list[dict[str, Any]]:
        """Duties and constraints as one flat row each, as cases of the corpus expect them."""
        whole = self.to_dict()
        return [*whole["duties"], *whole["constraints"], *whole["instruments"]]

    def sentence(self) -> str:
        """What is required, by whom and by when; what is not known; what is forbidden; which texts do not apply."""
        from indivisible.rules.notify_text import summed

        return with_recalled(summed(self), self.record.recalled_among(self.sources()))

    def rows(self) -> list[dict[str, Any]]:
        """One row for each duty that is or may be required, and for each constraint of which something is known; what
        is not required is left to the JSON. States and figures of which the same is said share a row."""
        from indivisible.rules.notify_text import rows_of

        return list(rows_of(self))

    @property
    def cards(self) -> tuple[str, ...]:
        """Columns that head a card on the terminal."""
        return ("text", "article", "duty", "required", "by when")

    def sources(self) -> tuple[str, ...]:
        """Sources of what the record says of who was bound."""
        return tuple(sorted({key for one in self.instruments for key in one.tied.sources}))


def notify(record: Record, exercise: str | Path | Mapping[str, object]) -> Notices:
    """What an exercise calls for: a YAML file, or the same as plain data. Raises FileError."""
    found = Notices(read_exercise(exercise, record), record)
    _ = found.duties  # a mistake in the file is told at once
    return found


def _instruments(one: Exercise, record: Record) -> Iterator[Instrument]:
    """Each text on activities that had taken effect, with the states on whose territory it takes place."""
    for text in TREATIES:
        if not hasattr(text, "demands"):
            continue
        for state in one.host:
            tied = _tied(record, text.KEY, state, one.starts)
            applies, why = tied.bound, tied.why
            if not _in_effect(record, text.KEY, one.starts):
                applies, why = Truth.NO, f"{record.name_of(text.KEY)} had not taken effect on {iso(one.starts)}."
            later = getattr(text, "REPLACED_BY", "")
            if later and _in_effect(record, later, one.starts):
                applies, why = Truth.NO, f"{record.name_of(later)} had taken its place."
            if "organised" in text.FACTS and applies is Truth.YES:
                inside, where = territory_in_zone(record, state, bound=tied.bound)
                if inside is Truth.NO:
                    applies, why = Truth.NO, f"{record.name_of(state)}: {where[:1].lower()}{where[1:]}."
            yield Instrument(text, state, tied, applies, why)


@lru_cache(maxsize=4096)
def _tied(record: Record, key: str, state: str, day: int) -> Bond:
    """How a text bound a state; many exercises begin on one day."""
    return bond(record, key, state, day)


def _in_effect(record: Record, key: str, day: int) -> bool:
    from indivisible.architecture.treaty_text import treaty_text

    entered = treaty_text(record, key).entered
    return entered is None or entered.begun(day) is not Truth.NO


def _in_zone(one: Exercise, facts: Facts, instrument: Instrument, record: Record) -> Mapping[str, Truth]:
    """Whether it is in the zone: by the territory of the state, or as the file says where only a part of it is."""
    told = facts.truth("in_zone")
    inside, why = territory_in_zone(record, instrument.state, bound=Truth.YES)
    if "organised" not in instrument.text.FACTS:  # the zone of the Final Act is another one
        return {} if told is Truth.UNKNOWN else {"in_zone": told}
    if inside is Truth.YES and told is Truth.NO and one.host == (instrument.state,):
        raise FileError(f"in_zone is no, but {why}", where=one.where, do="mend host or in_zone")
    found = told if inside is Truth.UNKNOWN else inside
    return {} if found is Truth.UNKNOWN else {"in_zone": found}


def _large(case: Case, text: Treaty) -> bool:
    """Whether the activity is, or may be, of a class that the constraints limit."""
    document = getattr(text, "DOCUMENT", None)
    if document is None:
        return False
    units = document.levels.of(document.names[OBSERVATION])
    return case.facts.truth("in_zone") is not Truth.NO and size(case.facts, units).truth is not Truth.NO


def _bound_for(one: Instrument, demand: Demand, record: Record) -> Demand:
    """The demand as it stands for a state of which it is not known whether it is bound, or that has suspended it."""
    if one.applies is Truth.UNKNOWN:
        required = demand.required & Truth.UNKNOWN
        finding = demand.finding
        if finding.verdict != NOT_APPLICABLE:
            finding = replace(finding, verdict=UNKNOWN, because=f"{one.why} {finding.because}", margin=None)
        return replace(demand, required=required, finding=finding)
    if one.tied.suspended is Truth.YES and demand.required is not Truth.NO:
        told = f"{demand.finding.because} {one.tied.why}"
        return replace(demand, finding=replace(demand.finding, because=told))
    return demand


def _confidence(text: Treaty, article: str) -> str:
    return next((one.confidence for one in text.OBLIGATIONS if one.article == article), "medium")
