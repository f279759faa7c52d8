"""Who owes whom what on a day: the duties that articles lay on pairs of states, by domain, in law or politically.

An article joins two states only where it gives both of them the duty towards the other: both are full members or
parties on the day, the text is in force, and a duty that runs one way (one guarantees the other) joins nobody. What the
record does not know stays unknown: `sure` and `perhaps` are two matrices, never one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture, Pledge
from indivisible.architecture.duty_parties import Parties, Roster
from indivisible.errors import QuestionError
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

Bools = NDArray[np.bool_]

DOMAINS: Final[Mapping[str, str]] = {
    "defence": "defence",
    "arms_control": "arms control",
    "incidents": "incidents and notification",
    "terrorism": "terrorism",
    "biological": "biological",
    "economic": "economic",
}
"""The domains of contracts: the record's word, and how it is called."""
BINDINGS: Final = ("legal", "political")
LAYERS: Final = ("participation", "legal")
MEETINGS: Final = frozenset({"consult", "notify"})
"""Duties that are met in a body's meetings or by its messages: a member that takes no part neither meets nor gets them.
Its duties to settle, limit and defend stay with the membership."""
PLEDGED: Final[Mapping[str, str]] = {"defend": "defence", "consult": "consultation"}
"""Duties in defence that pledges spell out pair by pair: there the pledges decide whom an article joins."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One article: who lays down what in which domain, how it binds, and the claims that say so."""

    text: str
    kind: str  # organization | treaty | change
    domain: str
    duty: str
    binding: str  # legal | political
    article: str
    universal: bool
    claims: tuple[str, ...]

    @property
    def says(self) -> str:
        """The duty in words: `NATO Washington Treaty Art. 4 (consult)`."""
        return f"{self.text} {self.article} ({self.duty})".replace("  ", " ")


@dataclass(frozen=True, eq=False, slots=True)
class Owed:
    """Which pairs one article joins, n states by n: symmetric, the diagonal empty.

    `sure`: both sides owe it to each other. `perhaps`: they do, or may. `idle`: bound, but a side takes no part.
    `unsure`: the states about which it is not known whether they are bound.
    """

    duty: Duty
    sure: Bools
    perhaps: Bools
    idle: Bools
    unsure: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Duties:
    """All duties of a day that join or may join somebody; `left_out` are the universal texts that were not counted."""

    states: tuple[str, ...]
    owed: tuple[Owed, ...]
    left_out: tuple[str, ...]


def duties_on(
    record: Record, architecture: Architecture, *, layer: str = "participation", with_universal: bool = False
) -> Duties:
    """Every duty of the architecture's day, and whom it joins.

    `layer`: participation leaves out a party that has suspended the text, and for consultation and notification a
    member that the body's meetings leave out; legal counts them. Universal texts (`open_to` all states, or resting on
    a treaty that is) are left out unless asked for. Raises QuestionError for a layer that does not exist.
    """
    if layer not in LAYERS:
        raise QuestionError(f"no layer is called {layer!r}", do="use participation or legal")
    universal = universal_texts(record, architecture.day)
    maker = Joining(record, architecture, layer=layer)
    found = (
        maker.owed(duty, claim)
        for duty, claim in (*_articles(record, architecture, universal), *_pledges_alone(record, maker, universal))
        if with_universal or not duty.universal
    )
    owed = tuple(one for one in found if one.perhaps.any() or one.idle.any())
    order = sorted(owed, key=lambda one: (one.duty.binding, one.duty.text, one.duty.domain, one.duty.duty))
    left_out = tuple(sorted(universal & _with_duties(record))) if not with_universal else ()
    return Duties(architecture.states, tuple(order), left_out)


def universal_texts(record: Record, day: int) -> frozenset[str]:
    """Organisations and treaties drawn up for every state of the world, and bodies that rest on such a treaty."""
    opened = record.claims(field="open_to", value="all_states")
    open_ = {claim.subject for claim in opened if claim.span.holds(day) is not Truth.NO}
    resting = record.claims(field="founding_treaty")
    return frozenset(open_ | {c.subject for c in resting if c.object in open_ and c.span.holds(day) is not Truth.NO})


def _with_duties(record: Record) -> set[str]:
    return {claim.subject for field in ("legal_duty", "political_duty") for claim in record.claims(field=field)}


def _articles(
    record: Record, architecture: Architecture, universal: frozenset[str]
) -> Iterator[tuple[Duty, Claim | None]]:
    """The duties that the record states, of organisations and treaties that have them on the day."""
    organizations = set(record.entities("organization"))
    for binding in BINDINGS:
        for claim in record.claims(field=f"{binding}_duty"):
            if claim.span.holds(architecture.day) is not Truth.NO:
                kind = "organization" if claim.subject in organizations else "treaty"
                open_ = claim.subject in universal
                yield (
                    Duty(claim.subject, kind, claim.object, claim.value, binding, claim.place, open_, (claim.address,)),
                    claim,
                )


def _pledges_alone(record: Record, maker: Joining, universal: frozenset[str]) -> Iterator[tuple[Duty, Claim | None]]:
    """Pledges of defence and consultation that no duty of the record repeats: those that changes make among them."""
    treaties = frozenset(record.entities("treaty"))
    for text, pledges in sorted(maker.roster.pledges.items()):
        for duty, kind in PLEDGED.items():
            here = [pledge for pledge in pledges if pledge.kind == kind]
            if here and not _stated(record, text, duty, maker.architecture.day):
                claims = tuple(dict.fromkeys(address for pledge in here for address in pledge.claims))
                yield (
                    Duty(
                        text=text,
                        kind="treaty" if text in treaties else "change",
                        domain="defence",
                        duty=duty,
                        binding=_binding(record, text),
                        article=here[0].article,
                        universal=text in universal,
                        claims=claims,
                    ),
                    None,
                )


def _stated(record: Record, text: str, duty: str, day: int) -> bool:
    """Whether the record states the duty in defence beside the pledges."""
    fields = (f"{binding}_duty" for binding in BINDINGS)
    claims = (c for f in fields for c in record.claims(subject=text, field=f, object="defence", value=duty))
    return any(claim.span.holds(day) is not Truth.NO for claim in claims)


def _binding(record: Record, text: str) -> str:
    """A political text stays political; what a change makes, or puts into force, is taken to bind in law."""
    claims = record.claims(subject=text, field="binding")
    return "political" if any(claim.value == "political" for claim in claims) else "legal"


class Joining:
    """Works out for one architecture which pairs an article joins."""

    def __init__(self, record: Record, architecture: Architecture, *, layer: str) -> None:
        self.record = record
        self.architecture = architecture
        self.layer = layer
        self.roster = Roster(record, architecture)
        self.index = {state: row for row, state in enumerate(architecture.states)}
        self._parties: dict[str, Parties] = {}

    def parties(self, duty: Duty) -> Parties:
        """Whom the text of a duty binds."""
        if duty.text not in self._parties:
            found = Parties({})
            if duty.kind == "organization":
                found = self.roster.of_body(duty.text)
            elif duty.kind == "treaty":
                found = self.roster.of_text(duty.text)
            self._parties[duty.text] = found
        return self._parties[duty.text]

    def owed(self, duty: Duty, claim: Claim | None) -> Owed:
        """The pairs that a duty joins; `claim` is where the record states it, None for pledges alone."""
        parties = self.parties(duty)
        sure, perhaps = self._both(duty, parties)
        if claim is not None and claim.span.holds(self.architecture.day) is not Truth.YES:
            sure = np.zeros_like(sure)
        takes, may_take = self.taking_part(duty, parties)
        kept, maybe = sure & takes, perhaps & may_take
        unsure = tuple(sorted(state for state, truth in parties.bound.items() if truth is Truth.UNKNOWN))
        if self.layer == "legal":
            return Owed(duty, sure, perhaps, perhaps & ~may_take, unsure)
        return Owed(duty, kept, maybe, perhaps & ~maybe, unsure)

    def _both(self, duty: Duty, parties: Parties) -> tuple[Bools, Bools]:
        """Pairs bound in law on both sides, surely and perhaps."""
        kind = PLEDGED.get(duty.duty) if duty.domain == "defence" else None
        if kind is not None and duty.kind != "organization" and self._has_pledges(duty.text, kind):
            here = [p for p in self.roster.pledges.get(duty.text, ()) if p.kind == kind]
            one_way = self._directed(p for p in here if p.certain), self._directed(here)
        else:
            sure, perhaps = self.vector(parties.bound)
            allowed, may_be = self.directions(duty)
            one_way = np.outer(sure, sure) & allowed, np.outer(perhaps, perhaps) & may_be
        return mutual(one_way[0]), mutual(one_way[1])

    def _has_pledges(self, text: str, kind: str) -> bool:
        """Whether the text spells such pledges out, now or at another time; a change's text has only what it made."""
        claims = self.record.claims(subject=text, field="pledge", value=kind)
        return bool(claims) or any(p.kind == kind for p in self.roster.pledges.get(text, ()))

    def _directed(self, pledges: Iterable[Pledge]) -> Bools:
        n = len(self.index)
        found = np.zeros((n, n), dtype=bool)
        for pledge in pledges:
            found[self.index[pledge.sender], self.index[pledge.receiver]] = True
        return found

    def vector(self, truths: Mapping[str, Truth]) -> tuple[Bools, Bools]:
        """The states for which it is so, surely and perhaps."""
        sure, perhaps = np.zeros((2, len(self.index)), dtype=bool)
        for state, truth in truths.items():
            if state in self.index and truth is not Truth.NO:
                perhaps[self.index[state]] = True
                sure[self.index[state]] = truth is Truth.YES
        return sure, perhaps

    def directions(self, duty: Duty) -> tuple[Bools, Bools]:
        """[i, j]: whether the article can lay the duty on i towards j; all, where the record states no direction."""
        n = len(self.index)
        claims = self.record.claims(subject=duty.text, field="duty_direction", value=duty.domain)
        if not claims:
            whole = np.ones((n, n), dtype=bool)
            return whole, whole
        sure, perhaps = np.zeros((2, n, n), dtype=bool)
        for claim in claims:
            truth = claim.span.holds(self.architecture.day)
            if truth is not Truth.NO:
                sender, _, receiver = claim.object.partition(">")
                cells = np.ix_(self._end(sender), self._end(receiver))
                perhaps[cells] = True
                if truth is Truth.YES:
                    sure[cells] = True
        return sure, perhaps

    def _end(self, end: str) -> list[int]:
        """The rows of one end of a direction; an organisation as such is no state and owes no state's duty."""
        if end == "*":
            return list(range(len(self.index)))
        return [self.index[end]] if end in self.index else []

    def taking_part(self, duty: Duty, parties: Parties) -> tuple[Bools, Bools]:
        """Pairs of which neither side stays out, surely and perhaps."""
        out, may_be_out = self.vector(parties.out)
        if duty.duty in MEETINGS:
            absent, may_be_absent = self.vector(parties.absent)
            out, may_be_out = out | absent, may_be_out | may_be_absent
        sure = np.outer(~may_be_out, ~may_be_out)
        perhaps = np.outer(~out, ~out)
        for (one, other), truth in parties.apart.items():
            if one in self.index and other in self.index:
                cells = ([self.index[one], self.index[other]], [self.index[other], self.index[one]])
                sure[cells] = False
                if truth is Truth.YES:
                    perhaps[cells] = False
        return sure, perhaps


def mutual(one_way: Bools) -> Bools:
    """Pairs that are so in both directions; nobody is paired with itself."""
    both: Bools = one_way & one_way.T
    np.fill_diagonal(both, val=False)
    return both
