"""What is disputed on a day, as a table: one row for each voice, with its claim."""

from __future__ import annotations

from typing import Any

from indivisible.apps.web.claimed_areas import THERE, speaker_name
from indivisible.apps.web.disputes import Dispute, disputes_on
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import day_of, iso

MATTERS = ("statehood", "territory", "border", "membership", "act", "consent")


def disputes(record: Record, about: str = "", *, on: str) -> Table:
    """The JSON shape disputes/1: who says what of each matter on which the record holds more than one voice.

    `about` keeps what concerns one state or area. Raises UnknownName, QuestionError.
    """
    day = day_of(on)
    if day >= record.known_to:
        raise QuestionError(f"{on} is past what the record covers", do=f"use a day up to {iso(record.known_to - 1)}")
    key = _key(record, about) if about else ""
    found = [one for one in disputes_on(record, day) if not key or key in _concerned(one)]
    rows: list[dict[str, Any]] = []
    for one in found:
        for saying in one.sayings:
            rows.append({
                "matter": one.matter, "of": record.name_of(one.subject),
                "towards": record.name_of(one.object) if one.object else None,
                "speaker": THERE if saying.speaker == one.subject else speaker_name(record, saying.speaker),
                "says": saying.says.replace("_", " "), "since": record.at(saying.claim).begin or None,
                "confidence": record.at(saying.claim).confidence, "claim": saying.claim,
            })  # fmt: skip
    counted = [f"{number} of {matter}" for matter in MATTERS if (number := sum(d.matter == matter for d in found))]
    whom = f" about {record.name_of(key)}" if key else ""
    many = "1 dispute" if len(found) == 1 else f"{len(found) or 'no'} disputes"
    says = f"On {iso(day)} the record holds {many}{whom}{': ' if counted else ''}{', '.join(counted)}."
    sources = tuple(sorted({source for row in rows for source in record.at(str(row["claim"])).sources}))
    return Table("disputes/1", {"on": iso(day), "about": key or None}, says, tuple(rows), record.digest, sources,
                 recalled=record.recalled_among(sources))  # fmt: skip


def _concerned(dispute: Dispute) -> set[str]:
    """Whom a dispute is about, and the states that speak in it."""
    return {dispute.subject, dispute.object, *(one.speaker for one in dispute.sayings)}


def _key(record: Record, name: str) -> str:
    """The key of a state, or of an area."""
    try:
        return record.resolve(name, "state")
    except UnknownName as problem:
        try:
            return record.resolve(name, "area")
        except UnknownName as other:
            raise UnknownName(name, "state or area", [*problem.near, *other.near]) from None
