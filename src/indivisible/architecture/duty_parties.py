"""Whom a text binds on a day, who of them takes no part in it, and between which two of them it is suspended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indivisible.architecture.acts import enters_into_force
from indivisible.architecture.architecture import Architecture, Membership, Pledge
from indivisible.architecture.bonds import in_force, ratifiers
from indivisible.architecture.draft import Draft
from indivisible.architecture.snapshot import holders, treaty_parties
from indivisible.architecture.standing import LEAVES_OUT, full_roles
from indivisible.architecture.treaties import parties_on
from indivisible.architecture.treaty_text import SIGNING, TreatyText, treaty_text
from indivisible.architecture.treaty_tie import tie
from indivisible.record.record import Record
from indivisible.values import Truth

_STOPPED = frozenset({"suspended", "partial_suspension", "non_participation"})
_NOBODY: Mapping[str, Truth] = {}


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a text binds: yes or unknown; a state that is not named here is not bound.

    `out`: those that have suspended the text as a whole, or do not take part in it. `absent`: those that a body leaves
    out of its meetings. `apart`: two parties between which one has suspended it. All: yes or unknown.
    """

    bound: Mapping[str, Truth]
    out: Mapping[str, Truth] = field(default_factory=dict)
    absent: Mapping[str, Truth] = field(default_factory=dict)
    apart: Mapping[tuple[str, str], Truth] = field(default_factory=dict)


class Roster:
    """The memberships and pledges of one architecture, sorted once by organisation and by treaty."""

    def __init__(self, record: Record, architecture: Architecture) -> None:
        self.record = record
        self.architecture = architecture
        self.present = frozenset(architecture.states)
        self.memberships: dict[str, list[Membership]] = {}
        for membership in architecture.memberships:
            self.memberships.setdefault(membership.organization, []).append(membership)
        self.pledges: dict[str, list[Pledge]] = {}
        for pledge in architecture.pledges:
            self.pledges.setdefault(pledge.treaty, []).append(pledge)

    def of_body(self, organization: str) -> Parties:
        """The full members of an organisation, and those of them that take no part in its meetings."""
        day = self.architecture.day
        roles = full_roles(self.record, organization, day, day) or ("member",)
        here = self.memberships.get(organization, [])
        return Parties(self._states(holders(here, organization, roles)), absent=self._absent(organization))

    def of_text(self, treaty: str) -> Parties:
        """The parties to a treaty, or the states that have adopted a political text."""
        text = treaty_text(self.record, treaty)
        if text.binding == "political":
            return self._political(text)
        if text.binding == "draft":
            return Parties(_NOBODY)
        return Parties(self._bound(text), self._out(text), self._absent_of(text), self._apart(text))

    def _states(self, truths: Mapping[str, Truth]) -> dict[str, Truth]:
        return {state: truth for state, truth in truths.items() if state in self.present and truth is not Truth.NO}

    def _absent(self, organization: str) -> dict[str, Truth]:
        found: dict[str, Truth] = {}
        for m in self.memberships.get(organization, []):
            if m.layer == "participation" and m.role in LEAVES_OUT:
                found[m.state] = found.get(m.state, Truth.NO) | (Truth.YES if m.certain else Truth.UNKNOWN)
        return found

    def _absent_of(self, text: TreatyText) -> dict[str, Truth]:
        """Where the parties are the members of a body: those that the body leaves out."""
        found: dict[str, Truth] = {}
        for claim in text.about["parties_follow"]:
            if claim.span.holds(self.architecture.day) is not Truth.NO:
                found.update(self._absent(claim.object))
        return found

    def _bound(self, text: TreatyText) -> dict[str, Truth]:
        """The States a treaty binds, by its pledges where it has some for all parties, else by roll or by acts."""
        day = self.architecture.day
        if self._pledges_for_all(text):
            return self._states(self._bound_by_pledges(text) | self._suspended_by_steps(text))
        if any(treaty == text.key for treaty, _ in self.architecture.acts):
            return self._states(self._bound_after_steps(text) | self._suspended_by_steps(text))
        if text.about["parties_follow"]:
            here = self.architecture.memberships
            found = treaty_parties(self.record, text.key, day, self.architecture.states, here)
            force = text.in_force(day)
            return self._states({state: truth & force for state, truth in found.items()})
        return self._states(parties_on(self.record, text.key, day))

    def _pledges_for_all(self, text: TreatyText) -> bool:
        claims = self.record.claims(subject=text.key, field="pledge", object="*>*")
        return any(claim.span.holds(self.architecture.day) is Truth.YES for claim in claims)

    def _bound_by_pledges(self, text: TreatyText) -> dict[str, Truth]:
        found: dict[str, Truth] = {}
        for pledge in self.pledges.get(text.key, ()):
            for state in (pledge.sender, pledge.receiver):
                found[state] = found.get(state, Truth.NO) | (Truth.YES if pledge.certain else Truth.UNKNOWN)
        return found

    def _suspended_by_steps(self, text: TreatyText) -> dict[str, Truth]:
        """A step that suspends a treaty takes its pledges away; in law the State stays bound."""
        acts = self.architecture.acts.items()
        return {s: Truth.YES for (treaty, s), act in acts if treaty == text.key and act == "suspend"}

    def _bound_after_steps(self, text: TreatyText) -> dict[str, Truth]:
        draft = Draft.of(self.architecture, self.record, "")
        found = ratifiers(draft, text.key)
        if in_force(draft, text.key) is Truth.YES or enters_into_force(text.key, found, draft):
            return found
        return {}

    def _out(self, text: TreatyText) -> dict[str, Truth]:
        out = {s: tie(text, s, self.architecture.day).suspended for s in self._stoppers(text)}
        return {s: t for s, t in out.items() if t is not Truth.NO} | self._suspended_by_steps(text)

    def _apart(self, text: TreatyText) -> dict[tuple[str, str], Truth]:
        found: dict[tuple[str, str], Truth] = {}
        for state in self._stoppers(text):
            for other, says in tie(text, state, self.architecture.day).towards:
                found[state, other] = Truth.YES if says == "suspended" else Truth.UNKNOWN
        return found

    def _stoppers(self, text: TreatyText) -> list[str]:
        """States with an act that may stop what they do under the treaty."""
        if not any(claim.value in _STOPPED for claims in text.acts.values() for claim in claims):
            return []
        return [s for s in text.states() if any(c.value in _STOPPED for c in text.acts_of(s)) and s in self.present]

    def _political(self, text: TreatyText) -> Parties:
        """By an act of their own, or as members of the body whose members the text names."""
        day = self.architecture.day
        if text.adopted(day) is Truth.NO:
            return Parties(_NOBODY)
        found: dict[str, Truth] = {}
        for claim in text.about["parties_follow"]:
            truth = claim.span.holds(day)
            here = self.memberships.get(claim.object, [])
            for state, held in holders(here, claim.object, self._roles(claim.object, claim.value)).items():
                found[state] = found.get(state, Truth.NO) | (held & truth)
        own = [s for s in text.states() if _adopts(text, s)]
        found |= {state: tie(text, state, day).adopted for state in own if state in self.present}
        return Parties(self._states(found), self._out(text), self._absent_of(text))

    def _roles(self, organization: str, role: str) -> Iterable[str]:
        day = self.architecture.day
        return full_roles(self.record, organization, day, day) if role == "full" else (role,)


def _adopts(text: TreatyText, state: str) -> bool:
    return any(c.value in SIGNING | {"adopted"} and not c.speaker for c in text.acts_of(state))
