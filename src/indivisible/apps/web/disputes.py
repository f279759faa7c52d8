"""Who disputes what on a day: statehood, territory, borders, memberships, acts and consent, each with who says so.

Recognition and claims to territory have fields of their own; a contested border is told in its note (`contested by
IND`); of memberships, acts and consent the record keeps the speaker. Nothing here decides: a dispute is shown as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from indivisible.apps.web.claimed_areas import claimed_areas
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Span, Truth

STATEHOOD, TERRITORY, BORDER = "statehood", "territory", "border"
MEMBERSHIP, ACT, CONSENT = "membership", "act", "consent"
_SPOKEN = {"role": MEMBERSHIP, "act": ACT, "consent": CONSENT}
_KEY = r"\b[A-Z]{3}\b"
_BY = re.compile(rf"contested(?: by|, among others by) ((?:{_KEY}(?:, | and )?)+)", re.IGNORECASE)
_CONTESTED = re.compile(r"contest|hold it to be part", re.IGNORECASE)
NO, YES, GOVERNMENT = "does not recognise it", "recognises it", "recognises it as the government"
_RECOGNISED = {"no": NO, "state": YES, "government": GOVERNMENT}


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
        """What a state says of it, the last where it says several; None where the record holds nothing of it."""
        return next((one.says for one in reversed(self.sayings) if one.speaker == viewpoint), None)

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


def disputes_on(record: Record, day: int | None) -> tuple[Dispute, ...]:
    """Every dispute of the day, or of any day, alphabetical by matter, subject and object."""
    when = record.known_to - 1 if day is None else day
    found = [*_statehood(record, when), *_territory(record, when), *_borders(record, when), *_spoken(record, day)]
    return tuple(sorted(found, key=lambda one: (one.matter, one.subject, one.object, one.claim)))


@lru_cache(maxsize=8)
def _lives(record: Record) -> dict[str, tuple[Span, ...]]:
    """When each state or organisation was there, for those who speak."""
    found: dict[str, tuple[Span, ...]] = {}
    for claim in record.claims(field="kind"):
        if claim.value in ("state", "organization"):
            found[claim.subject] = (*found.get(claim.subject, ()), claim.span)
    return found


@lru_cache(maxsize=8)
def _recognitions(record: Record) -> dict[str, tuple[Claim, ...]]:
    found: dict[str, list[Claim]] = {}
    for claim in record.claims(field="recognition"):
        found.setdefault(claim.object, []).append(claim)
    return {key: tuple(claims) for key, claims in found.items()}


def _statehood(record: Record, day: int) -> Iterator[Dispute]:
    """States that somebody refuses to recognise, or that the record calls contested."""
    lives = _lives(record)
    for claim in _contestable(record):
        if claim.span.holds(day) is Truth.NO:
            continue
        voices = [
            one for one in _recognitions(record).get(claim.subject, ())
            if one.span.holds(day) is not Truth.NO
            and any(life.holds(day) is not Truth.NO for life in lives[one.subject])
        ]  # fmt: skip
        noted = bool(_CONTESTED.search(claim.note))
        if not noted and all(one.value != "no" for one in voices):
            continue
        sayings = {one.subject: Saying(one.subject, _RECOGNISED[one.value], one.address) for one in voices}
        for key in _named(claim.note):
            sayings.setdefault(key, Saying(key, NO, claim.address))
        told = tuple(sayings[key] for key in sorted(sayings))
        yield Dispute(STATEHOOD, claim.subject, "", claim.note, told, claim.address)


@lru_cache(maxsize=8)
def _contestable(record: Record) -> tuple[Claim, ...]:
    """The existence of every state of which somebody says that it recognises it or not, or that is contested."""
    spoken_of = _recognitions(record)
    claims = record.claims(field="kind", value="state")
    return tuple(one for one in claims if one.subject in spoken_of or _CONTESTED.search(one.note))


def _named(note: str) -> list[str]:
    return sorted({key for words in _BY.findall(note) for key in re.findall(_KEY, words)})


def _territory(record: Record, day: int) -> Iterator[Dispute]:
    for area in claimed_areas(record):
        found = area.on(day)
        if found.disputed:
            sayings = tuple(Saying(one.speaker, one.says, one.claim) for one in found.voices)
            yield Dispute(TERRITORY, area.key, "", found.held_words(), sayings, found.voices[0].claim)


def _borders(record: Record, day: int) -> Iterator[Dispute]:
    for claim in _contested_borders(record):
        if claim.span.holds(day) is not Truth.NO:
            sayings = tuple(Saying(key, NO, claim.address) for key in _named(claim.note))
            yield Dispute(BORDER, claim.subject, claim.object, claim.note, sayings, claim.address)


@lru_cache(maxsize=8)
def _contested_borders(record: Record) -> tuple[Claim, ...]:
    return tuple(claim for claim in record.claims(field="land_border") if _CONTESTED.search(claim.note))


@lru_cache(maxsize=8)
def _voices(record: Record) -> dict[tuple[str, str, str], tuple[Claim, ...]]:
    """What somebody asserts of memberships, acts and consent, by matter, subject and object."""
    nobody = record.columns.strings.index("")
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for field, matter in _SPOKEN.items():
        rows = record.rows(field=field)
        for row in rows[np.asarray(record.columns.codes["speaker"][rows] != nobody)].tolist():
            claim = record.claim(row)
            groups.setdefault((matter, claim.subject, claim.object), []).append(claim)
    return {key: tuple(claims) for key, claims in groups.items()}


def _spoken(record: Record, day: int | None) -> Iterator[Dispute]:
    for (matter, subject, about), voices in _voices(record).items():
        claims = [claim for claim in voices if day is None or _lasts(claim, day, matter)]
        if not claims or (matter == CONSENT and not _contradict(claims)):
            continue  # the host's own word, and nobody's against it
        sayings = tuple(Saying(claim.speaker, claim.value, claim.address) for claim in claims)
        yield Dispute(matter, subject, about, claims[0].note, sayings, claims[0].address)


def _contradict(claims: list[Claim]) -> bool:
    """Whether two speakers say different things."""
    return len({claim.speaker for claim in claims}) > 1 and len({claim.value for claim in claims}) > 1


def _lasts(claim: Claim, day: int, matter: str) -> bool:
    """An act is a matter from its day on; whatever else lasts as long as it says."""
    return claim.span.from_earliest <= day if matter == ACT else claim.span.holds(day) is not Truth.NO


def speaks(record: Record, state: str) -> bool:
    """Whether a state asserts anything of memberships, acts or consent that is not said by all."""
    return any(one.said_by(state) is not None for one in _spoken(record, None))
