"""Whether a state kept a text on a day: every article's finding for one case, with whether the text binds at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indivisible.errors import FileError, QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled
from indivisible.rules.base import Bond, Case, Treaty, bond, findings
from indivisible.rules.facts import NAME, TABLE, Facts, read_facts
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.holdings import HOLDINGS, checked, read_holdings
from indivisible.rules.treaties import TREATIES
from indivisible.values import Truth, day_of, iso


@dataclass(frozen=True)
class Compliance:
    """The findings of one text for one case, and how the text bound on that day."""

    treaty: str
    name: str
    state: str
    day: int
    bond: Bond
    hypothetical: bool
    findings: tuple[Finding, ...]
    record: Record
    silent: tuple[Finding, ...] = ()  # unknown, because nothing at all is given about them
    shown: tuple[Finding, ...] = ()  # the others
    remarks: tuple[str, ...] = ()  # what of the facts no finding takes account of

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape comply/1."""
        return {
            "schema": "comply/1",
            "treaty": self.treaty,
            "state": self.state or None,
            "on": iso(self.day),
            "bound": self.bond.bound.json,
            "status": self.bond.status,
            "suspended": self.bond.suspended.json,
            "why": self.bond.why,
            "hypothetical": self.hypothetical,
            "positions": [
                {"speaker": claim.speaker, "says": claim.value, "confidence": claim.confidence, "claim": claim.address}
                for claim in self.bond.positions
            ],
            "remarks": list(self.remarks),
            "findings": [one.to_dict() for one in self.findings],
            **said_of_recalled(self.record.recalled_among(self.bond.sources)),
            "record": self.record.digest,
        }

    def sentence(self) -> str:
        """How the text binds, how many findings say what, and what the parties say where they differ."""
        counts = Counter(said_verdict(one) for one in self.shown)
        said = ", ".join(f"{counts[word]} {word}" for word in _ORDER if counts[word])
        parts = [self.bond.why, f"Findings: {said or 'none'}.", *self._broken()]
        if self.unbound:
            parts = [self.bond.why, f"None of its {len(self.findings)} articles applies."]
        parts += self.remarks
        if self.silent:
            parts.append(f"About {len(self.silent)} more nothing is given: unknown, and in --json.")
        if self.hypothetical:
            parts.append("The findings say what would be so: the text did not bind.")
        parts += sorted(f"{claim.speaker} says: {claim.value}." for claim in self.bond.positions)
        return " ".join(parts)

    def _broken(self) -> list[str]:
        """Which articles were not kept, under all readings or some, and which conditions are not met."""
        duties = [one for one in self.shown if one.kind != CONDITION]
        broken = dict.fromkeys(one.article for one in duties if one.verdict == BROKEN)
        other = {one.article for one in duties if one.reading and one.verdict != BROKEN}
        named = {
            "Not kept": [one for one in broken if one not in other],
            "Not kept under some reading only": [one for one in broken if one in other],
            "Conditions not met": dict.fromkeys(o.article for o in self.shown if said_verdict(o) == _MET[BROKEN]),
        }
        return [f"{words}: {', '.join(articles)}." for words, articles in named.items() if articles]

    @property
    def unbound(self) -> bool:
        """Whether no article applies because the text does not bind; asked what would be so, all are answered."""
        return self.bond.bound is Truth.NO and not self.hypothetical

    def rows(self) -> list[dict[str, Any]]:
        """One row a finding, in the order of the articles; none for articles about which nothing is given, nor where
        the text does not bind."""
        return [
            {
                "article": one.article, "verdict": _SHORT.get(said_verdict(one), said_verdict(one)),
                "state": one.state or None, "group": one.group or None, "basis": one.basis or None,
                "reading": one.reading or None, "margin": one.margin, "because": one.because,
                "remedy": one.remedy or None, "notice": one.notice or None,
                "confidence": one.confidence if one.confidence != "high" else None,
            }
            for one in self.shown if not self.unbound
        ]  # fmt: skip

    def sources(self) -> tuple[str, ...]:
        """Sources of what the record says about the bond."""
        return self.bond.sources


_SAID: Mapping[str, str] = {BROKEN: "not kept", UNKNOWN: "unknown", KEPT: "kept", NOT_APPLICABLE: "not applicable"}
_MET: Mapping[str, str] = {**_SAID, BROKEN: "not met", KEPT: "met"}
_ORDER = tuple(dict.fromkeys((*_SAID.values(), *_MET.values())))
_SHORT: Mapping[str, str] = {_SAID[KEPT]: KEPT, _SAID[BROKEN]: BROKEN}


def said_verdict(one: Finding) -> str:
    """A verdict in words: a duty is kept or not, a condition is met or not."""
    return (_MET if one.kind == CONDITION else _SAID)[one.verdict]


def encoded(record: Record, name: str) -> Treaty:
    """The text of that key or name, made executable.

    Raises UnknownName for one that the record does not know, QuestionError for one that is not encoded.
    """
    key = record.resolve(name, "treaty")
    for text in TREATIES:
        if key == text.KEY:
            return text
    keys = [text.KEY for text in TREATIES]
    near = get_close_matches(key, keys, n=3, cutoff=0.5)
    raise QuestionError(
        f"the record knows {record.name_of(key)} ({key}), but its articles are not encoded",
        do=f"encoded: {', '.join(near or keys)}" + ("; and others, see `indivisible comply list`" if near else ""),
    )


def comply(
    record: Record,
    treaty: str,
    *,
    on: str,
    state: str = "",
    facts: Mapping[str, object] | None = None,
    where: str = "facts",
    holdings: str | Path | None = None,
    hypothetical: bool = False,
    reading: str = "",
    article: str = "",
) -> Compliance:
    """Every finding of a text for the facts of a case.

    `facts` as plain data, `holdings` a CSV (contracts, section 1). A text that never came into force is answered with
    what would be so. `reading` keeps the findings under one interpretation, and those that none divides; `article`
    keeps the articles that begin with it. Raises UnknownName, QuestionError and FileError.
    """
    text = encoded(record, treaty)
    key = record.resolve(state, "state") if state else ""
    day = day_of(on)
    given = _facts(record, text, facts or {}, where, holdings)
    tied = bond(record, text.KEY, key, day)
    would = tied.bound is Truth.NO and (hypothetical or never_in_force(record, text.KEY))
    case = Case(record, day, key, given, hypothetical)
    found = findings(text, case, hypothetical=hypothetical or would, tied=tied)
    chosen = _chosen(found, text, reading, article)
    silent, shown = _parted(text, given, chosen)
    told = _remarks(text, case)
    return Compliance(text.KEY, record.name_of(text.KEY), key, day, tied, would, chosen, record, silent, shown, told)


def _remarks(text: Treaty, case: Case) -> tuple[str, ...]:
    """Rows of the holdings of which no finding takes account."""
    if HOLDINGS not in case.facts.values:
        return ()
    from indivisible.rules.treaties.cfe_remarks import remarks

    drawn = getattr(text, "MAP_OF_1990", None)
    return tuple(remarks(case, drawn=None if drawn is None else day_of(drawn)))


def _parted(text: Treaty, facts: Facts, found: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings that are unknown because no fact was given for their article, or no figure against their limit; the
    others."""
    blank = {one.article for one in text.OBLIGATIONS if one.asks and not any(name in facts.values for name in one.asks)}
    silent: list[Finding] = []
    shown: list[Finding] = []
    for one in found:
        nothing = one.under in blank or (one.limit is not None and one.value is None)
        (silent if one.verdict == UNKNOWN and nothing else shown).append(one)
    return tuple(silent), tuple(shown)


def _facts(record: Record, text: Treaty, given: Mapping[str, object], where: str, path: str | Path | None) -> Facts:
    """The facts of a case, with the holdings of a file among them."""
    facts = read_facts(given, text.FACTS, where=where)
    if path is not None:
        known = text.FACTS.get(HOLDINGS)
        if known is None:
            raise QuestionError(f"{text.KEY} asks for no holdings", do=f"it asks for {', '.join(sorted(text.FACTS))}")
        if HOLDINGS in given:
            raise FileError("holdings are given twice, in a file and among the facts", where=where, do="keep one")
        facts = replace(facts, values={**facts.values, HOLDINGS: read_holdings(path, known)})
    values = dict(facts.values)
    for name in facts.values:
        rows = facts.table(name) if facts.known[name].kind == TABLE else None
        if rows is not None:
            named = checked(rows, record, text.KEY) if name == HOLDINGS else tuple(_by_key(row, record) for row in rows)
            values[name] = named
    return replace(facts, values=values)


def _by_key(row: Facts, record: Record) -> Facts:
    """A row of a table with its states by their keys. Raises FileError for one that the record does not know."""
    values = dict(row.values)
    for name in row.values:
        if row.known[name].kind == NAME:
            try:
                values[name] = record.resolve(row.text(name) or "", "state")
            except UnknownName as problem:
                raise FileError(problem.what, where=f"{row.where}, field {name}", do=problem.do) from None
    return replace(row, values=values)


def never_in_force(record: Record, key: str) -> bool:
    """Whether a legal text never came into force as long as the record reaches."""
    from indivisible.architecture.treaty_text import treaty_text

    text = treaty_text(record, key)
    return text.binding == "legal" and text.in_force(record.known_to - 1) is Truth.NO and text.entered is None


def _chosen(found: tuple[Finding, ...], text: Treaty, reading: str, article: str) -> tuple[Finding, ...]:
    if reading:
        readings = sorted({one.reading for one in found if one.reading})
        if reading not in readings:
            do = f"choose {', '.join(readings)}" if readings else "leave --reading out"
            raise QuestionError(f"no finding here has the reading {reading!r}", do=do)
        found = tuple(one for one in found if one.reading in ("", reading))
    if article:
        kept = tuple(one for one in found if one.article.startswith(article))
        if not kept:
            listed = ", ".join(one.article for one in text.OBLIGATIONS)
            raise QuestionError(f"{text.KEY} has no encoded article {article!r}", do=f"encoded: {listed}")
        found = kept
    return found
