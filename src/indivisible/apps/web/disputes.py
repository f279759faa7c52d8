"""Who disputes what on a day: statehood, borders, memberships, acts and consent, each with who says so.

The record says of a contested state or border in a note who contests it (`contested by CHN`) and who recognised it;
of memberships, acts and consent it keeps the speaker. Nothing here decides: a dispute is shown as a dispute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

STATEHOOD, BORDER, MEMBERSHIP, ACT, CONSENT = "statehood", "border", "membership", "act", "consent"
_NOTED = {"kind": STATEHOOD, "land_border": BORDER}
_SPOKEN = {"role": MEMBERSHIP, "act": ACT, "consent": CONSENT}
_KEY = r"\b[A-Z]{3}\b"
_NO = (
    re.compile(rf"contested(?: by|, among others by) ((?:{_KEY}(?:, | and )?)+)", re.IGNORECASE),
    re.compile(rf"({_KEY}), which contests it"),
    re.compile(rf"({_KEY}) and most states hold it to be part"),
)
_YES = re.compile(rf"({_KEY}) recognised it")
_CONTESTED = re.compile(r"contest|hold it to be part", re.IGNORECASE)
NO, YES = "does not recognise it", "recognises it"


@dataclass(frozen=True)
class Saying:
    """What one speaker says of a matter in dispute."""

    speaker: str
    says: str
    claim: str


@dataclass(frozen=True)
class Dispute:
    """A matter on which the record holds more than one voice; `note` is the record's own remark."""

    matter: str
    subject: str
    object: str
    note: str
    sayings: tuple[Saying, ...]
    claim: str

    def said_by(self, viewpoint: str) -> str | None:
        """What a state says of it; None where the record holds nothing of that state."""
        return next((one.says for one in self.sayings if one.speaker == viewpoint), None)

    def to_dict(self, viewpoint: str = "") -> dict[str, Any]:
        """As JSON; `shown` is how it stands: `disputed`, or what the viewpoint says."""
        said = self.said_by(viewpoint) if viewpoint else None
        return {
            "matter": self.matter,
            "subject": self.subject,
            "object": self.object or None,
            "note": self.note or None,
            "shown": "disputed" if said is None else said,
            "sayings": [{"speaker": one.speaker, "says": one.says, "claim": one.claim} for one in self.sayings],
            "claim": self.claim,
        }


def disputes_on(record: Record, day: int) -> tuple[Dispute, ...]:
    """Every dispute of the day, alphabetical by matter, subject and object."""
    found = [*_noted(record, day), *_spoken(record, day)]
    return tuple(sorted(found, key=lambda one: (one.matter, one.subject, one.object, one.claim)))


def _noted(record: Record, day: int) -> Iterator[Dispute]:
    states = set(record.entities("state"))
    for field, matter in _NOTED.items():
        for claim in record.claims(field=field):
            if not _CONTESTED.search(claim.note) or claim.span.holds(day) is Truth.NO or claim.subject not in states:
                continue
            sayings = [Saying(key, NO, claim.address) for key in _keys(claim.note, _NO) if key in states]
            sayings += [Saying(key, YES, claim.address) for key in _YES.findall(claim.note) if key in states]
            about = claim.object if matter == BORDER else ""
            yield Dispute(matter, claim.subject, about, claim.note, tuple(sayings), claim.address)


def _keys(note: str, patterns: tuple[re.Pattern[str], ...]) -> list[str]:
    found = [key for one in patterns for words in one.findall(note) for key in re.findall(_KEY, words)]
    return sorted(set(found))


def _spoken(record: Record, day: int) -> Iterator[Dispute]:
    for field, matter in _SPOKEN.items():
        groups: dict[tuple[str, str], list[Claim]] = {}
        for claim in record.claims(field=field):
            if claim.speaker and _lasts(claim, day, field):
                groups.setdefault((claim.subject, claim.object), []).append(claim)
        for (subject, about), claims in groups.items():
            if matter == CONSENT and len({claim.value for claim in claims}) < 2:
                continue  # the host's own word, and nobody's against it
            sayings = tuple(Saying(claim.speaker, claim.value, claim.address) for claim in claims)
            yield Dispute(matter, subject, about, claims[0].note, sayings, claims[0].address)


def _lasts(claim: Claim, day: int, field: str) -> bool:
    """An act is a matter from its day on; whatever else lasts as long as it says."""
    return claim.span.from_earliest <= day if field == "act" else claim.span.holds(day) is not Truth.NO
