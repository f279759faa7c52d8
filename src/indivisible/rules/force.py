"""A use of force put to the UN Charter, branch by branch: what follows under each reading, and what is disputed.

The answer is the set of branches. There is one verdict over all of them only where every reading agrees on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.base import bond
from indivisible.rules.facts import TRUTH, Facts
from indivisible.rules.finding import Finding, verdict_of
from indivisible.rules.force_branches import BRANCHES, FACTS, Branch, Reading, overall
from indivisible.rules.force_case import ASSERTED, DISPUTED, NOT_GIVEN, ForceCase, Said, Stated, read_force
from indivisible.rules.force_evidence import Evidence, evidence
from indivisible.values import Truth, iso

CHARTER = "UN_CHARTER_1945"
READINGS_DIFFER = "readings differ"
OVERALL: Mapping[str, str] = {
    "not_engaged": "Under every reading here the prohibition of force does not apply.",
    "within": "Under every reading of at least one ground, that ground holds.",
    "outside": "Under every reading here the prohibition applies and no ground holds.",
    "": "There is no verdict on the whole: it turns on what is disputed or not known, or on the reading.",
}


@dataclass(frozen=True)
class Force:
    """The branches of one case, under every reading."""

    case: ForceCase
    record: Record

    @property
    def verdict(self) -> str:
        """not_engaged, within, outside; empty where readings or facts leave it open."""
        return overall(self.case)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the record shows of the states of the case, by branch."""
        return evidence(self.case, self.record)

    @cached_property
    def not_bound(self) -> tuple[str, ...]:
        """Those who use force whom the Charter did not bind on that day; for them the answer is what would be so."""
        known = self.record.entities("state")
        bonds = {one: bond(self.record, CHARTER, one, self.case.day) for one in self.case.by if one in known}
        return tuple(one for one, tied in bonds.items() if tied.bound is Truth.NO)

    @cached_property
    def duties(self) -> tuple[Finding, ...]:
        """Reports that are owed to the Council."""
        from indivisible.rules.treaties.un_charter import reports

        values = {name: one.value for name, one in self.case.facts.items() if one.value is not None}
        return tuple(reports(Facts(FACTS, values)))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape force/1."""
        return {
            "schema": "force/1",
            "name": self.case.name,
            "on": iso(self.case.day),
            "by": list(self.case.by),
            "against": list(self.case.against),
            "not_bound": list(self.not_bound),
            "names": dict(sorted(self.case.names.items())),
            "overall": self.verdict or None,
            "overall_because": OVERALL[self.verdict],
            "disputed": list(self.case.of(DISPUTED)),
            "asserted": list(self.case.of(ASSERTED)),
            "branches": [self.branch(one) for one in BRANCHES],
            "duties": [one.to_dict() for one in self.duties],
            "case_sources": list(self.case.sources),
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def branch(self, branch: Branch) -> dict[str, Any]:
        """One branch as JSON: its answer and why, each reading with its holders, each fact with who says what."""
        return {
            "branch": branch.key,
            "article": branch.article,
            "title": branch.title,
            "answer": verdict_of(branch.answer(self.case)),
            "why": why(self.case, branch),
            "because": because(self.case, branch),
            "claimed_by": [
                {"by": one.by, "source": one.source or None} for one in self.case.claims if one.ground == branch.key
            ],
            "readings": [
                {
                    "reading": reading.name,
                    "answer": verdict_of(reading.answer(self.case)),
                    "because": explained(self.case, reading),
                    "held_by": holders()[branch.key][reading.name],
                }
                for reading in branch.readings
            ],
            "facts": [self._fact(name) for name in branch.facts],
            "record": [one.to_dict() for one in self.evidence if one.branch == branch.key],
        }

    def _fact(self, name: str) -> dict[str, Any]:
        stated = self.case.stated(name)
        return {
            "fact": name,
            "meaning": FACTS[name].meaning,
            "answer": _plain(stated.value),
            "why": stated.why,
            "said": [{"by": one.by, "says": _plain(one.says), "source": one.source or None} for one in stated.said],
        }

    def sentence(self) -> str:
        """What is sure, what differs by reading, and what is disputed; no verdict that the facts do not carry."""
        sure, differ = [], []
        for branch in BRANCHES:
            answer = branch.answer(self.case)
            if answer is not Truth.UNKNOWN:
                sure.append(f"{branch.article}: {verdict_of(answer)}")
            elif why(self.case, branch) == READINGS_DIFFER:
                differ.append(branch.article)
        said = [f"{self.case.name}, {iso(self.case.day)}.", OVERALL[self.verdict]]
        said += [f"The same under all readings: {'; '.join(sure)}."] if sure else []
        said += [f"Readings differ on {'; '.join(differ)}."] if differ else []
        if self.not_bound:
            who = ", ".join(self.record.name_of(one) for one in self.not_bound)
            said.append(f"The Charter did not bind {who} on that day: this is what would be so under it.")
        disputed = self.case.of(DISPUTED)
        said += [f"Disputed: {', '.join(disputed)}."] if disputed else []
        return with_recalled(" ".join(said), self.record.recalled_among(self.sources()))

    def rows(self) -> list[dict[str, Any]]:
        """One row a branch, with who says what of a disputed fact; below it one a reading, where readings differ."""
        rows = []
        for branch in BRANCHES:
            rows.append(self._row(branch))
            first, *others = branch.answers(self.case).values()
            if any(one is not first for one in others):
                rows += [self._row(branch, one) for one in branch.readings]
        rows += [_duty(one) for one in self.duties]
        return [{name: row[name] for name in row if name not in ("article", "reading")} for row in rows]

    def findings(self) -> list[dict[str, Any]]:
        """Every branch and every reading of it as one flat row each, as cases of the corpus expect them."""
        rows = [self._row(branch, one) for branch in BRANCHES for one in (None, *branch.readings)]
        return [
            {"article": "overall", "verdict": self.verdict or None, "reading": None, "because": OVERALL[self.verdict]},
            *rows, *(_duty(one) for one in self.duties),
        ]  # fmt: skip

    def _row(self, branch: Branch, reading: Reading | None = None) -> dict[str, Any]:
        row: dict[str, Any] = {"question": f"{branch.article}: {branch.title}", "article": branch.article}
        if reading is not None:
            held = ", ".join(one["who"] for one in holders()[branch.key][reading.name])
            return row | {
                "question": f"{branch.article}, read as: {reading.name}", "reading": reading.name,
                "verdict": verdict_of(reading.answer(self.case)), "why": None,
                "because": explained(self.case, reading), "held by": held,
            }  # fmt: skip
        contested = [n for n in branch.facts if self.case.stated(n).why in (DISPUTED, ASSERTED)]
        claimed = [one.by for one in self.case.claims if one.ground == branch.key]
        return row | {
            "reading": None,
            "verdict": verdict_of(branch.answer(self.case)),
            "why": why(self.case, branch) or None,
            "because": because(self.case, branch),
            "claimed by": ", ".join(claimed) or None,
            "contested": "; ".join(quoted(n, self.case.stated(n)) for n in contested) or None,
            "record": " ".join(one.says for one in self.evidence if one.branch == branch.key) or None,
        }

    @property
    def cards(self) -> tuple[str, ...]:
        """Columns that head a card on the terminal."""
        return ("question", "verdict")

    def sources(self) -> tuple[str, ...]:
        """Sources of what the record shows."""
        return tuple(sorted({key for one in self.evidence for key in one.sources}))


def force(record: Record, case: str | Path | Mapping[str, object]) -> Force:
    """The tree for a case: a YAML file, or the same as plain data. Raises FileError."""
    return Force(read_force(case, record), record)


def _duty(one: Finding) -> dict[str, Any]:
    about = {"51 report": "Self-defence is reported to the Council at once", "54": "The Council is kept informed"}
    return {
        "question": f"{one.article}: {about[one.article]}", "article": one.article, "reading": None,
        "verdict": one.verdict, "because": one.because,
    }  # fmt: skip


def why(case: ForceCase, branch: Branch) -> str:
    """Why a branch has no answer: disputed, asserted, not given, or readings differ; empty where it has one."""
    if branch.answer(case) is not Truth.UNKNOWN:
        return ""
    answers = set(branch.answers(case).values())
    if Truth.UNKNOWN not in answers:
        return READINGS_DIFFER
    open_ = {fact for one in branch.readings for c in one.open(case) for fact in _unknown(case, c.facts)}
    found = {case.stated(fact).why for fact in open_}
    return next(word for word in (DISPUTED, ASSERTED, NOT_GIVEN) if word in found)


def _unknown(case: ForceCase, facts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fact for fact in facts if FACTS[fact].kind == TRUTH and case.truth(fact) is Truth.UNKNOWN)


def because(case: ForceCase, branch: Branch) -> str:
    """The reason of a branch's answer in words."""
    answer = branch.answer(case)
    if answer is Truth.UNKNOWN and why(case, branch) == READINGS_DIFFER:
        each = [f"{one.name}: {verdict_of(one.answer(case))}" for one in branch.readings]
        return f"It turns on the reading ({'; '.join(each)})."
    if answer is not Truth.UNKNOWN:
        first, *others = dict.fromkeys(explained(case, one) for one in branch.readings)
        told = f"{first} The readings agree." if others else first
        open_ = [fact for fact in branch.facts if case.stated(fact).why == DISPUTED]
        return f"{told} That does not turn on what is disputed ({', '.join(open_)})." if open_ else told
    facts = dict.fromkeys(
        fact for one in branch.readings if one.answer(case) is Truth.UNKNOWN for c in one.open(case)
        for fact in _unknown(case, c.facts)
    )  # fmt: skip
    parts = []
    for word, lead in ((DISPUTED, "Disputed"), (ASSERTED, "Asserted by one alone"), (NOT_GIVEN, "Not given")):
        named = [fact for fact in facts if case.stated(fact).why == word]
        if named and word == NOT_GIVEN:
            parts.append(f"{lead}: {', '.join(named)}.")
        elif named:
            parts.append(f"{lead}: {'; '.join(quoted(fact, case.stated(fact)) for fact in named)}.")
    return " ".join(parts)


def explained(case: ForceCase, reading: Reading) -> str:
    """The reason under one reading: the conditions that fail, else those that are open, else that all hold."""
    if not reading.conditions:
        return "The Charter names no such ground."
    failing = [one.words for one in reading.failing(case)]
    if failing:
        return f"It is not so that {', nor that '.join(failing)}."
    open_ = [one.words for one in reading.open(case)]
    if open_:
        return f"Not settled: whether {'; whether '.join(open_)}."
    return "All its conditions hold."


def quoted(name: str, stated: Stated) -> str:
    """A fact with who says what: `armed_attack (ARC says yes, BOR says no)`."""
    return f"{name} ({', '.join(_said(one) for one in stated.said)})" if stated.said else name


def _said(one: Said) -> str:
    return f"{one.by} says {_plain(one.says) or 'neither'}"


def _plain(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, Truth):
        return value.value
    return iso(value) if isinstance(value, int) else str(value)


@lru_cache(maxsize=1)
def holders() -> dict[str, dict[str, list[dict[str, str]]]]:
    """Who holds which reading, by branch; from the file beside this one."""
    import yaml

    path = Path(__file__).with_name("force_readings.yml")
    found: dict[str, dict[str, list[dict[str, str]]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
