"""What the record shows of the states of a use of force: who was bound, by what pledges, whose forces stood where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.members import is_member
from indivisible.architecture.snapshot import as_of
from indivisible.record.record import Record
from indivisible.rules.base import bond
from indivisible.rules.force_case import ForceCase
from indivisible.values import Truth

CHARTER = "UN_CHARTER_1945"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that the record shows for one branch, with the claims and sources it rests on."""

    branch: str
    says: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"says": self.says, "claims": list(self.claims)}


def evidence(case: ForceCase, record: Record) -> tuple[Evidence, ...]:
    """All that the record shows of the states that the case names; nothing of those it does not know."""
    if case.day >= record.known_to:
        return (Evidence("prohibition", "The record does not reach to this day."),)
    states = set(record.entities("state"))
    by, against = ([key for key in named if key in states] for named in (case.by, case.against))
    attacked = case.text("attacked")
    found = list(_bound(record, case.day, sorted({*by, *against})))
    if by and (against or attacked in states):
        day = as_of(record, case.day)
        found += _promises(record, day, by, against, "prohibition", ("nonaggression",))
        if attacked in states:
            found += _promises(record, day, by, [str(attacked)], "self_defence_collective", ("defence",))
        found += _forces(record, day, by, against)
    body = case.text("regional_body")
    if body in record.entities("organization"):
        found += _body(record, case.day, str(body), sorted({*by, *against}))
    return tuple(found)


def _bound(record: Record, day: int, states: list[str]) -> Iterable[Evidence]:
    for state in states:
        tied = bond(record, CHARTER, state, day)
        said = {Truth.YES: "was bound", Truth.NO: "was not bound", Truth.UNKNOWN: "was perhaps bound"}[tied.bound]
        yield Evidence("prohibition", f"{state} {said} by the UN Charter.", sources=tied.sources)


def _promises(
    record: Record, day: Architecture, by: list[str], towards: list[str], branch: str, kinds: tuple[str, ...]
) -> Iterable[Evidence]:
    told: dict[tuple[str, str, str, str, bool], list[Pledge]] = {}
    for one in day.pledges:
        if one.sender in by and one.receiver in towards and one.kind in kinds:
            told.setdefault((one.treaty, one.article, one.receiver, one.kind, one.certain), []).append(one)
    for (treaty, article, receiver, kind, certain), pledges in told.items():
        senders = ", ".join(sorted({one.sender for one in pledges}))
        word = {"nonaggression": "no force against", "defence": "to defend"}[kind]
        name = ", ".join(filter(None, (record.name_of(treaty), article)))
        says = f"{senders} had {'' if certain else 'perhaps '}promised {word} {receiver} ({name})."
        claims = tuple(sorted({address for one in pledges for address in one.claims}))
        sources = tuple(sorted({key for address in claims for key in record.at(address).sources}))
        yield Evidence(branch, says, claims, sources)


def _forces(record: Record, day: Architecture, by: list[str], against: list[str]) -> Iterable[Evidence]:
    for one in day.deployments:
        if one.sender in by and one.host in against:
            agreed = [c for c in record.claims(subject=one.key, field="consent") if c.span.holds(day.day) is Truth.YES]
            said = "; ".join(f"consent: {c.value}" + (f", says {c.speaker}" if c.speaker else "") for c in agreed)
            told = f"Forces of {one.sender} in {one.host} ({record.name_of(one.key)})"
            claims = (*one.claims, *(c.address for c in agreed))
            sources = tuple(sorted({key for address in claims for key in record.at(address).sources}))
            yield Evidence("invitation", f"{told}; {said or 'on consent the record says nothing'}.", claims, sources)


def _body(record: Record, day: int, body: str, states: list[str]) -> Iterable[Evidence]:
    for state in states:
        standing = is_member(record, state, body, day)
        said = {Truth.YES: "was a member", Truth.NO: "was no member", Truth.UNKNOWN: "was perhaps a member"}
        claims = tuple(claim.address for claim in standing.claims)
        sources = tuple(sorted({key for claim in standing.claims for key in claim.sources}))
        yield Evidence("regional", f"{state} {said[standing.truth]} of {record.name_of(body)}.", claims, sources)
