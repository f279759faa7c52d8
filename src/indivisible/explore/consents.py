"""Who has to consent to the levers of a package, and whether they would, going by what a model says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indivisible.architecture.draft import Draft
from indivisible.assess.consent import Consent, body_consents, state_consents
from indivisible.assess.verdict import UNKNOWN
from indivisible.errors import QuestionError
from indivisible.explore.lever import Lever
from indivisible.explore.worlds import NAME, Kept, Worlds
from indivisible.record.record import Record
from indivisible.rules.procedure import council_of
from indivisible.values import Truth

Verdicts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One who is asked to consent to a lever, and what he says; `against` and `open` are members of a body."""

    lever: str
    who: str
    body: bool
    truth: Truth
    against: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lever": self.lever, "who": self.who, "consents": self.truth.json, "against": list(self.against),
            "open": list(self.open), "why": self.why or None,
        }  # fmt: skip


@dataclass
class Consents:
    """The consents that the levers of a case need."""

    worlds: Worlds
    known: Kept[tuple[str, ...], Consent] = field(default_factory=lambda: Kept(4096))
    kinds: dict[tuple[str, str], tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    def of(self, package: int, said: Verdicts) -> Iterator[Asked]:
        """All consents that a package needs, with what those asked say who go by these verdicts."""
        for lever in self.worlds.taken(package):
            for state in lever.consent_states:
                yield Asked(lever.id, state, False, state_consents(said.get(state, UNKNOWN)))
            for body in lever.consent_bodies:
                yield self._by_body(lever, body, said)

    def _by_body(self, lever: Lever, body: str, said: Verdicts) -> Asked:
        """A body consents to a lever if it consents to every step of it that it is asked about."""
        found = [self._asked(body, kind, concerned, said) for kind, concerned in self._steps(lever, body)]
        truth = Truth.YES
        for one in found:
            truth = truth & one.truth
        against = sorted({state for one in found for state in one.against})
        open_ = sorted({state for one in found for state in one.open})
        why = "; ".join(dict.fromkeys(one.why for one in found))
        return Asked(lever.id, body, True, truth, tuple(against), tuple(open_), why)

    def _asked(self, body: str, kind: str, concerned: tuple[str, ...], said: Verdicts) -> Consent:
        key = (body, kind, *concerned, "", *said.values())
        known = self.known.asked(key)
        if known is None:
            record, day = self.worlds.record, self.worlds.before.day
            known = self.known.put(key, body_consents(record, body, kind, day, said, concerned=concerned))
        return known

    def _steps(self, lever: Lever, body: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The steps of a lever that a body is asked about: those in itself, or else the first; who takes them."""
        key = (lever.id, body)
        if key not in self.kinds:
            draft = Draft.of(self.worlds.before, self.worlds.record, NAME)
            levers = self.worlds.levers
            draft.founded = frozenset(step.organization for one in levers for step in one.steps if step.do == "found")
            asked = organization_of(self.worlds.record, body)
            own = [s for s in lever.steps if s.organization and draft.organization(s.organization) == asked]
            self.kinds[key] = tuple((s.do, tuple(draft.group(s.states, s))) for s in own or lever.steps[:1])
        return self.kinds[key]


def organization_of(record: Record, body: str) -> str:
    """The organisation whose body is asked. Raises UnknownName where the record has none of that name."""
    try:
        return council_of(record, body).ORGANIZATION
    except QuestionError:
        return record.resolve(body, "organization")


def refused(asked: Iterable[Asked], *, full: bool) -> Iterator[Asked]:
    """Consents that are surely not given; in `full`, those that are not surely given."""
    test: Callable[[Truth], bool] = (lambda t: t is not Truth.YES) if full else (lambda t: t is Truth.NO)
    return (one for one in asked if test(one.truth))
