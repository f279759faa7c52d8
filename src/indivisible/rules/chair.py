"""Who chairs a body on a day, since when and to when, and how the chair passes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.procedure import organization_of
from indivisible.values import Truth, day_of, iso

TABLE = Path(__file__).parent / "chairs.csv"
NO_STATE, NOT_COVERED, SILENT, PAST, UNDATED, DISPUTED = (
    "no_state_chairs", "not_covered", "silent", "past_coverage", "undated", "disputed",
)  # fmt: skip


@dataclass(frozen=True)
class Chair:
    """The chair of a body on a day. `state` is None where it is not known, or where no state chairs it: see `why`."""

    record: Record
    body: str
    day: int
    state: str | None
    claims: tuple[Claim, ...]
    why: str | None
    first_known: str
    passing: Mapping[str, str] | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape chair/1."""
        held = self.claims[0] if self.state is not None else None
        passing = self.passing or {}
        return {
            "schema": "chair/1",
            "body": self.body,
            "on": iso(self.day),
            "chair": self.state,
            "from": held.begin or None if held else None,
            "to": held.end or None if held else None,
            "confidence": held.confidence if held else None,
            "why": self.why,
            "unsure": sorted({claim.object for claim in self.claims}) if held is None else [],
            "note": held.note or None if held else None,
            "office": passing.get("office") or None,
            "passes": passing.get("passes") or None,
            "basis": passing.get("basis") or None,
            "passes_confidence": passing.get("confidence") or None,
            "sources": list(self.sources()),
            **said_of_recalled(self.record.recalled_among(self.sources())),
            "record": self.record.digest,
        }

    def sentence(self) -> str:
        """The answer in plain words."""
        return with_recalled(f"{self._who()} {self._passes()}".strip(), self.record.recalled_among(self.sources()))

    def rows(self) -> list[dict[str, Any]]:
        """One row for every state that holds the chair, or may hold it."""
        return [
            {
                "state": claim.object,
                "name": self.record.name_of(claim.object),
                "standing": "chair" if self.state is not None else "unsure",
                "from": claim.begin or None,
                "to": claim.end or None,
                "confidence": claim.confidence,
                "note": claim.note or None,
            }
            for claim in self.claims
        ]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of who chairs."""
        return tuple(sorted({key for claim in self.claims for key in claim.sources}))

    def _who(self) -> str:
        name, on = self.record.name_of(self.body), iso(self.day)
        if self.state is not None:
            held = self.claims[0]
            since = f"from {held.begin}" if held.begin else "from a day that is not known"
            to = f" to {held.end}" if held.end else ""
            told = f"{held.confidence} confidence"
            return f"{self.record.name_of(self.state)} chaired {name} on {on} ({since}{to}; {told})."
        maybe = " or ".join(sorted({self.record.name_of(claim.object) for claim in self.claims}))
        said = {
            NO_STATE: f"No state chaired {name} on {on}.",
            NOT_COVERED: f"Who chaired {name} on {on} is not known: the record names no chair of it at all.",
            SILENT: f"Who chaired {name} on {on} is not known: the record names nobody for that day"
            + (f"; its list begins on {self.first_known}." if self.first_known > on else "."),
            PAST: f"Who chaired {name} on {on} is not known: the record ends on {iso(self.record.known_to - 1)}"
            + (f"; then it was {maybe}." if maybe else "."),
            UNDATED: f"Who chaired {name} on {on} is not sure: perhaps {maybe}; the record does not date the change so "
            "closely.",
            DISPUTED: f"Who chaired {name} on {on} is disputed: {maybe}.",
        }
        return said[self.why or SILENT]

    def _passes(self) -> str:
        if self.passing is None:
            return ""
        sure = "" if self.passing["confidence"] == "high" else f", {self.passing['confidence']} confidence"
        office, passes = self.passing["office"], self.passing["passes"].removesuffix(".")
        return f"{office[0].upper()}{office[1:]}: {passes} ({self.passing['basis']}{sure})."


def chair(record: Record, body: str, *, on: str) -> Chair:
    """Who chairs a body on a day.

    Past the record's coverage, and where it names nobody, the answer is unknown and never "nobody". Raises
    QuestionError for a day that is none, UnknownName for a body.
    """
    day, key = day_of(on), organization_of(record, body)
    passing = _passing(key, day)
    claims = record.claims(subject=key, field="chair")
    first = min((claim.begin for claim in claims), default="")
    sure = tuple(claim for claim in claims if claim.span.holds(day) is Truth.YES)
    perhaps = tuple(claim for claim in claims if claim.span.holds(day) is Truth.UNKNOWN)
    state: str | None = None
    why: str | None = None
    if passing is not None and passing["of_state"] == "no":
        why = NO_STATE
    elif not claims:
        why = NOT_COVERED
    elif day >= record.known_to:
        why = PAST
    elif len({claim.object for claim in (*sure, *perhaps)}) > 1:
        why = DISPUTED if len({claim.object for claim in sure}) > 1 else UNDATED
    elif sure:
        state = sure[0].object
    else:
        why = UNDATED if perhaps else SILENT
    return Chair(record, key, day, state, (*sure, *perhaps), why, first, passing)


def _passing(key: str, day: int) -> Mapping[str, str] | None:
    """How the chair of a body passes on a day; None where that is not known."""
    for row in _rows():
        begun = not row["from"] or day_of(row["from"]) <= day
        if row["organization"] == key and begun and (not row["to"] or day < day_of(row["to"])):
            return row
    return None


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
