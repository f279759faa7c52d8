"""Who was a member of an organisation on a day, who may have been, and on which claims that rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.standing import RULE, Roll, Standing, full_roll, turning_days
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import Truth, date_bounds, iso


@dataclass(frozen=True)
class Members:
    """Answer to `members`: the states certainly in a role, those unsure and why, and whether the list is complete."""

    organization: str
    on: str
    role: str
    role_used: tuple[str, ...]
    stage: str | None
    layer: str
    members: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...]
    organizations: tuple[str, ...]
    complete: bool
    known_to: int
    record: str
    standings: dict[str, Standing]
    names: dict[str, str]
    recalled: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape members/1."""
        return {
            "schema": "members/1",
            "organization": self.organization,
            "on": self.on,
            "role": self.role,
            "role_used": list(self.role_used),
            "stage": self.stage,
            "layer": self.layer,
            "members": list(self.members),
            "unsure": [{"state": state, "why": why} for state, why in self.unsure],
            "organizations": list(self.organizations),
            "rivals": [
                {"state": state, "rule": RULE, "accepted": standing.truth.json, "rival": claim.address}
                for state, standing in sorted(self.standings.items())
                for claim in standing.rivals
            ],
            "complete": self.complete,
            "known_to": iso(self.known_to),
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        roles = " or ".join(self.role_used) or self.role
        count = f"{len(self.members)} state{'' if len(self.members) == 1 else 's'}"
        layer = "" if self.layer == "legal" else ", those suspended or frozen left out"
        text = f"{count} held the role {roles} in {self.organization} on {self.on}{layer}"
        if self.unsure:
            text += f"; {len(self.unsure)} unsure"
        if any(why == "past_coverage" for _, why in self.unsure):
            text += f"; the record is known only to {iso(self.known_to - 1)}"
        elif not self.complete:
            text += "; the list is not declared complete, so its silence does not mean no"
        return with_recalled(text + ".", self.recalled)

    def rows(self) -> list[dict[str, Any]]:
        """One row a state: standing, reason, since when, confidence."""
        rows = []
        for state in sorted({*self.members, *(state for state, _ in self.unsure)}):
            standing = self.standings[state]
            first = next((claim for claim in standing.claims if claim.field == "role"), None)
            rows.append(
                {
                    "state": state,
                    "name": self.names[state],
                    "standing": "member" if standing.truth is Truth.YES else "unsure",
                    "why": standing.why,
                    "role": first.value if first else None,
                    "from": (first.begin or None) if first else None,
                    "to": (first.end or None) if first else None,
                    "confidence": first.confidence if first else None,
                }
            )
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return _sources(self.standings)


def _sources(standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """Sources of the claims that make a holder of a role, perhaps or surely, or that say who holds none."""
    return tuple(sorted({key for standing in standings.values() for c in standing.claims for key in c.sources}))


def members(record: Record, organization: str, *, on: str, role: str = "full", layer: str = "legal") -> Members:
    """Holders of a role in an organisation on a day, or throughout a month or a year.

    `role` is `full` (what the organisation itself counts as membership on that day) or a role of the vocabulary;
    `layer` is `legal` (a suspended or frozen member counts) or `participation` (it does not).
    Raises UnknownName for an organisation, QuestionError for a role, layer or date that cannot be meant.
    """
    key = record.resolve(organization, "organization")
    first, last = date_bounds(on)
    if layer not in ("legal", "participation"):
        raise QuestionError(f"no layer is called {layer!r}", do="use legal or participation")
    roll = roll_of(record, key, role, first, last, layer=layer)
    states = set(record.entities("state"))
    standings = {holder: roll.over(holder, first, last) for holder in sorted(roll.by_holder)}
    certain = [holder for holder, standing in standings.items() if standing.truth is Truth.YES]
    unsure = [(h, s.why or "undated") for h, s in standings.items() if s.truth is Truth.UNKNOWN and h in states]
    days = turning_days((c.span for c in (*roll.complete, *roll.existence)), first, last)
    return Members(
        organization=key,
        on=on,
        role=role,
        role_used=tuple(sorted(roll.roles)),
        stage=_stage(record, key, first, last),
        layer=layer,
        members=tuple(holder for holder in certain if holder in states),
        unsure=tuple(unsure),
        organizations=tuple(holder for holder in certain if holder not in states),
        complete=last < record.known_to and all(map(roll.is_complete, days)),
        known_to=record.known_to,
        record=record.digest,
        standings=standings,
        names={holder: record.name_of(holder) for holder in standings},
        recalled=record.recalled_among(_sources(standings)),
    )


def roll_of(record: Record, organization: str, role: str, first: int, last: int, *, layer: str) -> Roll:
    """The roll of a role, or of full membership where `role` is `full`; QuestionError for a role nobody ever held."""
    if role == "full":
        return full_roll(record, organization, first, last, layer=layer)
    return Roll(record, organization, roles=_known_role(record, organization, role), layer=layer)


def _known_role(record: Record, organization: str, role: str) -> tuple[str, ...]:
    roles = {claim.value for claim in record.claims(field="role", object=organization)}
    roles |= {claim.value for claim in record.claims(subject=organization, field="list_complete")}
    if role not in roles:
        known = ", ".join(sorted(roles))
        raise QuestionError(f"{organization} has no role {role!r} in the record", do=f"use full or one of {known}")
    return (role,)


def _stage(record: Record, organization: str, first: int, last: int) -> str | None:
    stages = [
        claim.value
        for claim in record.claims(subject=organization, field="founded_as")
        if claim.span.holds_throughout(first, last) is Truth.YES
    ]
    return stages[0] if stages else None


def is_member(record: Record, state: str, organization: str, day: int, *, layer: str = "legal") -> Standing:
    """The standing of one state in one organisation on one exact day, in its full roles."""
    return full_roll(record, organization, day, day, layer=layer).on(state, day)


def roles_of(record: Record, state: str, first: int, last: int) -> Iterable[tuple[str, str, Standing]]:
    """(organisation, role, standing) of every role that a claim says a state held or may have held over first..last."""
    found = {(claim.object, claim.value) for claim in record.claims(subject=state, field="role")}
    for organization, role in sorted(found):
        if role == "none":
            continue
        layer = "legal"
        standing = Roll(record, organization, roles=(role,), layer=layer).over(state, first, last)
        if standing.truth is not Truth.NO and standing.why != "silent":
            yield organization, role, standing
