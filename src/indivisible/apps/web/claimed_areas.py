"""Areas that more than one state calls its own, or that call themselves states: who says what of each from which day,
and who holds the ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indivisible.architecture.standing import turning_days
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import NEVER_ENDED, Truth, iso

FIELDS = ("part_of", "independent")
THERE = "the authorities there"


@dataclass(frozen=True)
class Voice:
    """What one speaker holds of an area: of which state it is part, or that it is a state of its own, or not."""

    speaker: str
    name: str
    says: str
    of: str  # the state whose part it is said to be; empty for a state of its own and for a denial
    since: str
    claim: str


@dataclass(frozen=True)
class Standing:
    """The voices of one day, and who holds the ground (name, and whether all of it)."""

    voices: tuple[Voice, ...]
    held: tuple[tuple[str, str, bool], ...]
    disputed: bool

    def held_words(self) -> str:
        """Who holds the ground, in a sentence; empty where the record does not say."""
        if not self.held:
            return ""
        return f"Held by {_listed(name if whole else f'{name} in part' for _, name, whole in self.held)}."

    def words(self) -> str:
        """What is said by whom since when, by position in alphabetical order."""
        groups: dict[str, list[Voice]] = {}
        for one in self.voices:
            groups.setdefault(one.says, []).append(one)
        told = []
        for says, voices in sorted(groups.items()):
            named = _listed(f"{one.name} (since {one.since})" if one.since else one.name for one in voices)
            plural = len(voices) > 1 or voices[0].name == THERE
            told.append(f"{says}, {'say' if plural else 'says'} {named}")
        return f"{'; '.join(told)}. {self.held_words()}".strip()


class Area:
    """One area with all that is claimed of it."""

    def __init__(self, record: Record, key: str, claims: Iterable[Claim]) -> None:
        self.record, self.key, self.name = record, key, record.name_of(key)
        self.claims = tuple(claims)

    def on(self, day: int) -> Standing:
        """Who says what on a day; disputed where they do not all hold, or all name, the same."""
        here = [claim for claim in self.claims if claim.span.holds(day) is not Truth.NO]
        voices = sorted((self._voice(one) for one in here if one.field in FIELDS), key=lambda one: (one.says, one.name))
        held = sorted(
            (one.object, self.record.name_of(one.object), one.value == "whole")
            for one in here if one.field == "held_by"
        )  # fmt: skip
        claimed = {(one.field, one.object) for one in here if one.field in FIELDS and one.value == "yes"}
        denied = {(one.field, one.object) for one in here if one.field in FIELDS and one.value == "no"}
        named = claimed | {("part_of", holder) for holder, _, _ in held}
        return Standing(tuple(voices), tuple(held), bool(voices) and (len(named) > 1 or bool(claimed & denied)))

    def _voice(self, claim: Claim) -> Voice:
        own = f"part of {self.record.name_of(claim.object)}" if claim.field == "part_of" else "a state of its own"
        name = THERE if claim.speaker == self.key else speaker_name(self.record, claim.speaker)
        yes = claim.value == "yes"
        return Voice(claim.speaker, name, own if yes else f"not {own}", claim.object if yes else "", claim.begin,
                     claim.address)  # fmt: skip

    def spans(self, viewpoint: str, first: int, last: int) -> list[dict[str, Any]]:
        """From which day to which it is shown how, by the viewpoint, and the sentence behind it.

        Where it is not in dispute, there is a span only if it is said to be part of one state.
        """
        turns = turning_days([claim.span for claim in self.claims], first, last)
        found: list[dict[str, Any]] = []
        for day, end in zip(turns, [*turns[1:], NEVER_ENDED], strict=True):
            span = self._span(self.on(day), viewpoint)
            to = None if end == NEVER_ENDED else iso(end)
            if span is None:
                continue
            if found and found[-1]["to"] == iso(day) and all(found[-1][name] == told for name, told in span.items()):
                found[-1]["to"] = to
            else:
                found.append({"from": iso(day), "to": to, **span})
        return found

    def _span(self, standing: Standing, viewpoint: str) -> dict[str, Any] | None:
        """How the area is shown: `disputed`, or what the viewpoint says of it, and of which state it is then part."""
        own = next((one for one in reversed(standing.voices) if viewpoint and one.speaker == viewpoint), None)
        said = f"{self.name}: {standing.words()}"
        if own is not None and standing.disputed:
            said = f"{self.name}, as asserted by {own.name}: {own.says}. Said of it: {standing.words()}"
        if standing.disputed:
            return {"disputed": True, "shown": "disputed" if own is None else own.says,
                    "of": own.of or None if own is not None else None, "sentence": said}  # fmt: skip
        held_to_be = {one.of: one.says for one in standing.voices if one.of}
        if len(held_to_be) != 1:
            return None
        ((of, says),) = held_to_be.items()
        return {"disputed": False, "shown": says, "of": of, "sentence": said}


def speaker_name(record: Record, key: str) -> str:
    """The name of a state, or of an organisation with its article."""
    return f"the {record.name_of(key)}" if key in record.entities("organization") else record.name_of(key)


@lru_cache(maxsize=8)
def claimed_areas(record: Record) -> tuple[Area, ...]:
    """Every area of which the record holds a claim, alphabetical by name."""
    found: dict[str, list[Claim]] = {}
    for field in (*FIELDS, "held_by"):
        for claim in record.claims(field=field):
            found.setdefault(claim.subject, []).append(claim)
    areas = [Area(record, key, claims) for key, claims in found.items()]
    return tuple(sorted(areas, key=lambda one: (one.name, one.key)))


def areas_over_time(record: Record, viewpoint: str, first: int, last: int) -> list[dict[str, Any]]:
    """All areas that were ever in dispute over that time, with their spans, and the other names they go by."""
    found = [(area, area.spans(viewpoint, first, last)) for area in claimed_areas(record)]
    return [
        {"key": area.key, "name": area.name,
         "also": [claim.value for claim in record.claims(subject=area.key, field="alias")], "spans": spans}
        for area, spans in found if any(one["disputed"] for one in spans)
    ]  # fmt: skip


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"
