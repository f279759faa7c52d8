"""Which single interconnection would close most of a vacuum: a membership, an observer seat, or an agreement.

A membership closes a pair only where an article of the organisation, or of a treaty whose parties are its members,
gives both sides the duty. A seat gives what the record says its holders owe: usually nothing. What an agreement between
two organisations would oblige to, no text says; it is taken to extend consultation, and that is an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.duties import BINDINGS, PLEDGED, Duty, Joining, mutual, universal_texts
from indivisible.architecture.standing import full_roles
from indivisible.architecture.treaty_text import treaty_text
from indivisible.assess.vacuum_levels import ANY
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

Bools = NDArray[np.bool_]

OBSERVER: Final = "observer"
ASSUMPTION: Final = (
    "an agreement between two organisations is assumed to oblige every full member of one to consult every full member "
    "of the other, in the domains in which both organisations already oblige their own members to consult, and to bind "
    "as the weaker of the two does; no text says so"
)
ELIGIBILITY: Final = "whether a state may or would join, and what it would cost, is not considered"
SEATS: Final = (
    "an observer seat closes nothing: the record lays the duties of an organisation on its full members, and no treaty "
    "takes its observers as parties"
)


@dataclass(frozen=True, slots=True)
class Link:
    """One interconnection: how many open cells it would close, in which domains, for which pairs, by which claims."""

    kind: str  # membership | observer | agreement
    state: str
    organization: str
    other: str
    closes: int
    by_domain: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]

    @property
    def says(self) -> str:
        """The link in words: `AAA joins CLUB`."""
        if self.kind == "agreement":
            return f"agreement between {self.organization} and {self.other}"
        return f"{self.state} {'joins' if self.kind == 'membership' else 'observes'} {self.organization}"


@dataclass(frozen=True, slots=True)
class Links:
    """The interconnections tried: the best first, ties alphabetical; how many of each kind, and what was assumed.

    `best`: of each kind the one that closes most; None where none closes anything.
    """

    ranking: tuple[Link, ...]
    best: Mapping[str, Link | None]
    tried: Mapping[str, int]
    closing: Mapping[str, int]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Body:
    """An organisation of the day: its sure full members, and the duties that full members, or observers, would owe."""

    key: str
    members: Bools
    held: Bools  # a full member, surely or perhaps
    observers: Bools
    duties: tuple[_Gives, ...]
    seats: tuple[_Gives, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Gives:
    """One duty with whom a newcomer would share it: `partners` who surely take part, `allowed` pairs of states."""

    duty: Duty
    partners: Bools
    allowed: Bools
    whole: bool  # among all, no direction stated
    claims: tuple[str, ...]


def links(
    record: Record,
    architecture: Architecture,
    open_cells: Bools,
    domains: tuple[str, ...],
    counted: Bools,
    *,
    binding: str,
    layer: str,
    with_universal: bool,
    top: int = 10,
) -> Links:
    """The `top` interconnections that would close most open cells, and how many were tried.

    `open_cells` [d, n, n]: cells that are surely open, of the architecture's states; `counted` [n]: the states of the
    table: only they join or observe. An agreement counts the pairs it newly joins; a body that gives no duty is tried.
    """
    made = _Maker(record, architecture, layer=layer, with_universal=with_universal)
    bodies = [body for body in made.bodies() if (body.held & counted).any()]
    scorer = _Scorer(open_cells, domains, architecture.states, binding)
    found: list[Link] = []
    tried = dict.fromkeys(("membership", "observer", "agreement"), 0)
    for body in bodies:
        outside = counted & ~body.held
        tried["membership"] += int(outside.sum())
        found += scorer.joining(body, body.duties, outside, "membership")
        seats = outside & ~body.observers
        tried["observer"] += int(seats.sum())
        found += scorer.joining(body, body.seats, seats, "observer")
    for n, one in enumerate(bodies):
        for other in bodies[n + 1 :]:
            tried["agreement"] += 1
            found += scorer.agreeing(one, other)
    best = sorted(found, key=lambda link: (-link.closes, link.kind, link.organization, link.other, link.state))
    closing = {kind: sum(link.closes > 0 for link in best if link.kind == kind) for kind in tried}
    said = (ASSUMPTION, ELIGIBILITY) if closing["observer"] else (ASSUMPTION, ELIGIBILITY, SEATS)
    chosen = tuple(scorer.told(link, made) for link in best[:top])
    first = {kind: next((scorer.told(link, made) for link in best if link.kind == kind), None) for kind in tried}
    return Links(chosen, first, tried, closing, said)


class _Scorer:
    """Counts the open cells that a link closes."""

    def __init__(self, open_cells: Bools, domains: tuple[str, ...], states: tuple[str, ...], binding: str) -> None:
        self.open = open_cells
        self.domains = domains
        self.at = {domain: number for number, domain in enumerate(domains)}
        self.states = states
        self.binding = binding

    def counts(self, binding: str) -> bool:
        """Whether a duty that binds so closes a cell."""
        return self.binding in (ANY, binding)

    def joining(self, body: _Body, gives: Iterable[_Gives], newcomers: Bools, kind: str) -> Iterator[Link]:
        """The links of every newcomer to a body, those that close nothing left out."""
        n = len(self.states)
        joined = np.zeros((len(self.domains), n, n), dtype=bool)
        for one in gives:
            if one.duty.domain in self.at and self.counts(one.duty.binding):
                joined[self.at[one.duty.domain]] |= one.allowed & one.partners[None, :]
        joined &= self.open
        totals = joined.sum(axis=(0, 2))
        for row in np.flatnonzero(newcomers & (totals > 0)).tolist():
            yield self._link(kind, self.states[row], body.key, "", joined[:, row, :][:, None, :], [row])

    def agreeing(self, one: _Body, other: _Body) -> Iterator[Link]:
        """The link between two bodies, where it closes anything."""
        joined = np.zeros_like(self.open)
        for domain in consulting(one).keys() & consulting(other).keys() & self.at.keys():
            if self.counts(weaker(consulting(one)[domain].duty, consulting(other)[domain].duty)):
                first, second = consulting(one)[domain].partners, consulting(other)[domain].partners
                across = np.outer(first, second)
                joined[self.at[domain]] = np.triu((across | across.T) & self.open[self.at[domain]])
        if joined.any():
            yield self._link("agreement", "", one.key, other.key, joined, range(len(self.states)))

    def _link(self, kind: str, state: str, organization: str, other: str, joined: Bools, rows: Iterable[int]) -> Link:
        by_domain = {domain: int(joined[d].sum()) for d, domain in enumerate(self.domains) if joined[d].any()}
        numbers = list(rows)
        where = np.argwhere(joined.any(axis=0)).tolist()
        pairs = sorted((min(a, b), max(a, b)) for a, b in ((self.states[numbers[i]], self.states[j]) for i, j in where))
        return Link(kind, state, organization, other, int(joined.sum()), by_domain, tuple(pairs), ())

    def told(self, link: Link, made: _Maker) -> Link:
        """The same link with the claims it rests on: the duties, and the memberships of those it would join."""
        rests: list[str] = []
        for key in filter(None, (link.organization, link.other)):
            body = made.body(key)
            given = consulting(body).values() if link.kind == "agreement" else (*body.duties, *body.seats)
            for one in given:
                if one.duty.domain in link.by_domain:
                    rests += one.claims
            involved = {state for pair in link.pairs for state in pair}
            rests += made.memberships(key, involved)
        return Link(
            link.kind, link.state, link.organization, link.other, link.closes, link.by_domain, link.pairs,
            tuple(sorted(set(rests))),
        )  # fmt: skip


def consulting(body: _Body) -> dict[str, _Gives]:
    """By domain the duty to consult that all members of a body owe each other, one in law before a political one."""
    found: dict[str, _Gives] = {}
    for one in body.duties:
        if one.duty.kind == "organization" and one.duty.duty == "consult" and one.whole:
            now = found.get(one.duty.domain)
            if now is None or BINDINGS.index(one.duty.binding) < BINDINGS.index(now.duty.binding):
                found[one.duty.domain] = one
    return found


def weaker(one: Duty, other: Duty) -> str:
    """How an agreement binds that leans on two duties: politically, unless both are legal."""
    return "legal" if one.binding == other.binding == "legal" else "political"


class _Maker:
    """The organisations of a day with the duties they give, those of the treaties that follow their roles included."""

    def __init__(self, record: Record, architecture: Architecture, *, layer: str, with_universal: bool) -> None:
        self.record = record
        self.architecture = architecture
        self.joining = Joining(record, architecture, layer=layer)
        self.layer = layer
        self.left_out = frozenset() if with_universal else universal_texts(record, architecture.day)
        self._made: dict[str, _Body] = {}

    def bodies(self) -> Iterator[_Body]:
        """Every organisation with a full member on the day, alphabetical, universal ones left out unless asked for."""
        for key in sorted(self.joining.roster.memberships):
            if key not in self.left_out:
                yield self.body(key)

    def body(self, key: str) -> _Body:
        """One organisation."""
        if key not in self._made:
            members, held = self.joining.vector(self.joining.roster.of_body(key).bound)
            seats = {m.state: Truth.YES for m in self.joining.roster.memberships.get(key, ()) if m.role == OBSERVER}
            _, observers = self.joining.vector(seats)
            roles = full_roles(self.record, key, self.architecture.day, self.architecture.day) or ("member",)
            own = self._own(key)
            following = tuple(self._following(key, roles))
            seats_give = tuple(self._following(key, (OBSERVER,)))
            self._made[key] = _Body(key, members, held, observers, (*own, *following), seats_give)
        return self._made[key]

    def memberships(self, key: str, states: Iterable[str]) -> list[str]:
        """Addresses of the claims by which some states hold a role in an organisation."""
        wanted = set(states)
        return [
            address for m in self.joining.roster.memberships.get(key, ()) if m.state in wanted for address in m.claims
        ]

    def _own(self, key: str) -> tuple[_Gives, ...]:
        return tuple(self._given(duty, claim) for duty, claim in self._stated(key, "organization"))

    def _stated(self, text: str, kind: str) -> Iterator[tuple[Duty, Claim]]:
        for binding in BINDINGS:
            for claim in self.record.claims(subject=text, field=f"{binding}_duty"):
                if claim.span.holds(self.architecture.day) is Truth.YES:
                    yield (
                        Duty(text, kind, claim.object, claim.value, binding, claim.place, False, (claim.address,)),
                        claim,
                    )

    def _given(self, duty: Duty, claim: Claim) -> _Gives:
        parties = self.joining.parties(duty)
        sure, _ = self.joining.vector(parties.bound)
        takes, _ = self.joining.taking_part(duty, parties)
        allowed, _ = self.joining.directions(duty)
        stated = self.record.claims(subject=duty.text, field="duty_direction", value=duty.domain)
        partners = sure & np.diag(takes) if self.layer != "legal" else sure
        claims = (claim.address, *(one.address for one in stated))
        return _Gives(duty, partners, mutual(allowed), not stated, claims)

    def _following(self, key: str, roles: Iterable[str]) -> Iterator[_Gives]:
        """Duties of treaties whose parties are the holders of these roles."""
        wanted = {*roles, *(("full",) if OBSERVER not in roles else ())}
        for follows in self.record.claims(field="parties_follow", object=key):
            text = treaty_text(self.record, follows.subject)
            day = self.architecture.day
            if follows.value not in wanted or follows.span.holds(day) is not Truth.YES or text.key in self.left_out:
                continue
            if text.binding == "draft" or (text.binding == "legal" and text.in_force(day) is not Truth.YES):
                continue
            for duty, claim in self._stated(text.key, "treaty"):
                if duty.domain != "defence" or duty.duty not in PLEDGED or self._mutual_pledge(duty):
                    given = self._given(duty, claim)
                    yield _Gives(duty, given.partners, given.allowed, given.whole, (*given.claims, follows.address))

    def _mutual_pledge(self, duty: Duty) -> bool:
        """Whether the treaty pledges the duty among all its parties, or leaves it to the article alone."""
        claims = self.record.claims(subject=duty.text, field="pledge", value=PLEDGED[duty.duty])
        holding = [claim for claim in claims if claim.span.holds(self.architecture.day) is Truth.YES]
        return not claims or any(claim.object == "*>*" for claim in holding)
