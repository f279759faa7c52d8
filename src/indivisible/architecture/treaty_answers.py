"""The two answers about a treaty, for one State or as a whole: as JSON, as a sentence, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.entry import precision_of
from indivisible.architecture.treaty_tie import Tie
from indivisible.record.claim import Claim
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import Truth, iso


@dataclass(frozen=True)
class TreatyStatus:
    """Answer about one State: its status on both layers, since when, on what basis, and what the parties say of it."""

    treaty: str
    state: str
    on: str
    status: str
    legal: tuple[str, ...]
    participation: tuple[str, ...]
    since: str | None
    since_precision: str | None
    notified: str | None
    towards: tuple[tuple[str, str], ...]
    basis: str
    why: str | None
    binding: str
    positions: tuple[Claim, ...]
    events: tuple[Claim, ...]
    record: str
    recalled: tuple[str, ...]
    name: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape treaty/1 for one State."""
        return {
            "schema": "treaty/1",
            "treaty": self.treaty,
            "state": self.state,
            "on": self.on,
            "status": self.status,
            "legal": list(self.legal),
            "participation": list(self.participation),
            "since": self.since,
            "since_precision": self.since_precision,
            "notified": self.notified,
            "towards": [{"state": other, "status": status} for other, status in self.towards],
            "basis": self.basis,
            "why": self.why,
            "binding": self.binding,
            "positions": _positions(self.positions),
            "events": [_event(claim) for claim in self.events],
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        says = {
            "none": "had no part in it",
            "proposed": "had proposed it; a proposal creates no obligation",
            "signed": "had signed it and was not bound by it",
            "adopted": "had adopted it, a politically binding text",
            "provisionally_applied": "applied it provisionally",
            "ratified_not_in_force": "had ratified it; it was not in force",
            "in_force": "was bound by it",
            "suspended": "had suspended it"
            + (", for which the text has no clause" if self.basis == "no_clause" else ""),
            "withdrawal_notified": "was bound by it and had given notice of withdrawal",
            "withdrawn": "had left it",
            "lapsed": "was no longer bound: its term had lapsed",
            "ended": "was no longer bound: the treaty had ended",
            "ratification_revoked": "had revoked its ratification and remained a signatory",
            "disputed": "had a status that is disputed",
            "unknown": f"had a status that the record does not tell ({(self.why or 'silent').replace('_', ' ')})",
        }[self.status]
        text = f"{self.name} ({self.treaty}), {self.state} on {self.on}: it {says}"
        if self.since is not None:
            text += f", since {self.since}" + (" (derived)" if "derived" in (self.since_precision or "") else "")
        return with_recalled(text + ".", self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """One row an act of the State or of the treaty as a whole, in order of time."""
        return [_event(claim) for claim in self.events]

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return tuple(sorted({key for claim in (*self.events, *self.positions) for key in claim.sources}))


@dataclass(frozen=True)
class TreatyParties:
    """Answer about a treaty as a whole: in force or not, who was bound, who had signed and ratified, who is unsure."""

    treaty: str
    on: str
    in_force: Truth
    binding: str
    lists: Mapping[str, tuple[str, ...]]
    unsure: tuple[tuple[str, str], ...]
    complete: Mapping[str, bool]
    positions: tuple[Claim, ...]
    events: tuple[Claim, ...]
    ties: Mapping[str, Tie]
    known_to: int
    record: str
    name: str
    sources_used: tuple[str, ...]
    recalled: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape treaty/1 for a treaty as a whole."""
        return {
            "schema": "treaty/1",
            "treaty": self.treaty,
            "on": self.on,
            "in_force": self.in_force.json,
            "binding": self.binding,
            **{name: list(states) for name, states in self.lists.items()},
            "unsure": [{"state": state, "why": why} for state, why in self.unsure],
            "complete": dict(self.complete),
            "positions": _positions(self.positions),
            "events": [_event(claim) for claim in self.events],
            "known_to": iso(self.known_to),
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        if self.binding == "draft":
            return f"{self.name} ({self.treaty}) on {self.on}: a draft, which creates no obligation."
        if self.binding == "political":
            count = len(self.lists["adopted"])
            text = f"{self.name} ({self.treaty}) on {self.on}: politically binding, adopted by {count} States"
        else:
            force = {Truth.YES: "in force", Truth.NO: "not in force", Truth.UNKNOWN: "not known to be in force"}
            counts = ", ".join(f"{len(self.lists[name])} {name}" for name in ("parties", "ratified", "signatories"))
            text = f"{self.name} ({self.treaty}) on {self.on}: {force[self.in_force]}; {counts}"
        if self.unsure:
            text += f"; {len(self.unsure)} unsure"
        partial = [name for name in ("parties", "ratified", "signatories") if not self.complete[name]]
        if partial:
            text += f"; not declared complete, so that silence is not no: {', '.join(partial)}"
        return with_recalled(text + ".", self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """One row a State that has or may have a part in the text."""
        rows = []
        for state, found in sorted(self.ties.items()):
            if found.status != "none":
                rows.append(
                    {
                        "state": state,
                        "status": found.status,
                        "legal": " ".join(found.legal),
                        "participation": " ".join(found.participation),
                        "since": found.since.text if found.since else None,
                        "since_precision": found.since.precision if found.since else None,
                        "why": found.why,
                    }
                )
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return self.sources_used


def _positions(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    return [
        {
            "speaker": claim.speaker,
            "of": claim.object,
            "says": claim.value,
            "from": claim.begin or None,
            "to": claim.end or None,
            "confidence": claim.confidence,
            "sources": list(claim.sources),
            "claim": claim.address,
        }
        for claim in sorted(claims, key=lambda c: (c.object, c.speaker, c.begin))
    ]


def _event(claim: Claim) -> dict[str, Any]:
    return {
        "date": claim.begin or None,
        "precision": precision_of(claim.begin) if claim.begin else None,
        "state": claim.subject,
        "act": claim.value,
        "asserted_by": claim.speaker or None,
        "confidence": claim.confidence,
        "note": claim.note,
        "sources": ";".join(claim.sources),
        "claim": claim.address,
    }
