"""Who is hostile to whom on a day: opposite sides of the interstate conflicts that the record lists.

Two states are hostile while they are on opposite sides of a conflict, and for ten years after it ended: a convention,
shown wherever it is used. The list of conflicts has a first and a last day. Past the last one the hostilities of that
last day stand, as figures do; where the ten years reach back before the first one, nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

YEARS = 10  # a convention
_WINDOW = round(YEARS * 365.25)
_LIST = "INTERSTATE_CONFLICTS_UCDP"  # whose silence means that there was no such conflict


@dataclass(frozen=True, slots=True)
class Hostility:
    """Two states on opposite sides of a conflict; `certain` is False where its end may lie before the ten years."""

    one: str
    other: str
    conflict: str
    certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hostilities:
    """All hostilities as they stood on `day`, the last day of the list if the day asked for is later."""

    day: int
    pairs: tuple[Hostility, ...]


def hostilities(record: Record, day: int) -> Hostilities | None:
    """The hostilities of a day; None where the record's list of conflicts does not reach back far enough."""
    spans = [c.span for c in record.claims(subject=_LIST, field="list_complete", value="conflict")]
    if not spans:
        return None
    first, last = min(s.from_latest for s in spans), max(s.to_earliest for s in spans) - 1
    seen = min(day, last)
    if seen - _WINDOW < first:
        return None
    return Hostilities(seen, tuple(_pairs(record, seen)))


def _pairs(record: Record, day: int) -> Iterator[Hostility]:
    found: dict[tuple[str, str], Hostility] = {}
    for conflict in record.entities("conflict"):
        sides = [
            [(claim, _recent(claim, day)) for claim in record.claims(subject=conflict, field=field)]
            for field in ("side_a", "side_b")
        ]
        for a, seen_a in sides[0]:
            for b, seen_b in sides[1]:
                truth = seen_a & seen_b
                if truth is Truth.NO or a.object == b.object:
                    continue
                one, other = sorted((a.object, b.object))
                certain = truth is Truth.YES
                if (one, other) not in found or (certain and not found[one, other].certain):
                    found[one, other] = Hostility(one, other, conflict, certain, (a.address, b.address))
    return iter(sorted(found.values(), key=lambda h: (h.one, h.other)))


def _recent(claim: Claim, day: int) -> Truth:
    """Whether the claim held on any of the days from ten years before up to the day."""
    span = claim.span
    if span.from_earliest > day or span.to_latest <= day - _WINDOW:
        return Truth.NO
    if span.from_latest <= day and span.to_earliest > day - _WINDOW:
        return Truth.YES
    return Truth.UNKNOWN
