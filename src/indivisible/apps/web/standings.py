"""How one state stands towards one organisation or treaty on one day: its class on the map, and why in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.architecture.standing import Roll, Standing, full_roles, full_roll, is_listing
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import Tie, tie
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Span, Truth

Legend = tuple[tuple[str, str], ...]
MEMBERSHIP: Legend = (
    ("member", "a member"), ("suspended", "a member whose participation is suspended or frozen"),
    ("other", "another role, such as observer"), ("disputed", "disputed"), ("unsure", "not known for sure"),
    ("not_member", "not a member"), ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
TREATY: Legend = (
    ("party", "bound"), ("suspended", "bound, and suspended"), ("provisional", "provisionally applied"),
    ("ratified", "ratified, not in force for it"), ("signed", "signed, not ratified"), ("adopted", "adopted"),
    ("left", "no longer bound"), ("disputed", "disputed"), ("unsure", "not known for sure"), ("none", "not bound"),
    ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
_WHY = {
    "disputed": "disputed", "undated": "not known: the date is not exact", "silent": "not known: no claim says so",
    "past_coverage": "not known: the record does not reach that day",
}  # fmt: skip


@dataclass(frozen=True)
class Shade:
    """How one state is shown: its class, why, and a value where there is one."""

    kind: str
    sentence: str
    value: float | None = None
    more: Mapping[str, Any] | None = None


class Membership:
    """The standings in one organisation. Raises UnknownName."""

    legend = MEMBERSHIP

    def __init__(self, record: Record, name: str) -> None:
        self.record, self.key = record, record.resolve(name, "organization")
        self.name = record.name_of(self.key)
        self.title = f"Membership of {self.name}"
        self._claims: dict[str, list[Claim]] = {}
        for claim in record.claims(field="role", object=self.key):
            self._claims.setdefault(claim.subject, []).append(claim)
        self._rolls: dict[tuple[str, ...], Roll] = {}
        self._own = record.claims(subject=self.key)

    def spans(self, state: str) -> Iterable[Span]:
        """Spans on whose edges the standing of a state can change."""
        return [claim.span for claim in (*self._own, *self._claims.get(state, ()))]

    def shade(self, state: str, day: int) -> Shade:
        """The standing of a state on a day."""
        roles = full_roles(self.record, self.key, day, day)
        roll = self._full(roles, day)
        standing, others = roll.on(state, day), self._others(state, day, roles)
        who, what, also = self.record.name_of(state), self.name, " and ".join(others).replace("_", " ")
        if standing.truth is Truth.YES:
            since = f" since {_since(standing)}" if _since(standing) else ""
            if also:
                return Shade("suspended", f"{who} is a member of {what}{since}; {also}.")
            return Shade("member", f"{who} is a member of {what}{since}.")
        if standing.truth is Truth.UNKNOWN and standing.why != "silent":
            kind = "disputed" if standing.why == "disputed" else "unsure"
            return Shade(kind, f"Whether {who} is a member of {what} is {_WHY[standing.why or 'undated']}.")
        if also:
            return Shade("other", f"{who} has the role {also} in {what}.")
        if standing.truth is Truth.NO:
            return Shade("not_member", f"{who} is not a member of {what}.")
        return Shade("not_listed", f"The record does not list {who} in {what}, and its list is not complete.")

    def _full(self, roles: tuple[str, ...], day: int) -> Roll:
        if roles not in self._rolls:
            self._rolls[roles] = full_roll(self.record, self.key, day, day, layer="legal")
        return self._rolls[roles]

    def _others(self, state: str, day: int, roles: tuple[str, ...]) -> list[str]:
        """Roles besides full membership that the state holds or may hold, as the snapshot of a day accepts them."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self._claims.get(state, ()):
            if claim.value not in (*roles, "none") and claim.span.holds(day) is not Truth.NO:
                found.setdefault((claim.value, claim.layer), []).append(claim)
        return sorted({role for (role, layer), claims in found.items() if self._holds(state, role, layer, claims, day)})

    def _holds(self, state: str, role: str, layer: str, claims: list[Claim], day: int) -> bool:
        certain = any(claim.span.holds(day) is Truth.YES for claim in claims)
        if layer == "participation" or (certain and len(claims) == 1 and not is_listing(self.record, claims[0])):
            return True
        if (role,) not in self._rolls:
            self._rolls[(role,)] = Roll(self.record, self.key, roles=(role,), layer="legal")
        return self._rolls[(role,)].on(state, day).truth is not Truth.NO


def _since(standing: Standing) -> str:
    return next((claim.begin for claim in standing.claims if claim.field == "role"), "")


class TreatyStanding:
    """The standings towards one treaty or text. Raises UnknownName."""

    legend = TREATY

    def __init__(self, record: Record, name: str) -> None:
        self.record = record
        self.text = treaty_text(record, record.resolve(name, "treaty"))
        self.key, self.name = self.text.key, record.name_of(self.text.key)
        self.title = f"Status of {self.name}"
        self._listed = set(self.text.states())
        self._shared = [claim.span for claims in self.text.about.values() for claim in claims]
        if self.text.entered is not None:
            self._shared.append(_point(self.text.entered.first, self.text.entered.last))

    def spans(self, state: str) -> Iterable[Span]:
        """Spans on whose edges the standing of a state can change."""
        own = [claim.span for claim in self.text.acts_of(state)]
        own += [_point(entry.first, entry.last) for entry in self.text.entries(state)]
        own += [claim.span for claim in self.record.claims(subject=state, field="kind")]
        for _, roll in self.text.rolls():
            own += [claim.span for claim in (*roll.by_holder.get(state, ()), *roll.complete, *roll.existence)]
        return [*self._shared, *own]

    def shade(self, state: str, day: int) -> Shade:
        """The standing of a state on a day."""
        found = tie(self.text, state, day) if state in self._listed else None
        who = self.record.name_of(state)
        kind = "" if found is None else _kind(found)
        if found is not None and kind in ("disputed", "unsure"):
            return Shade(kind, f"Whether {who} is bound by {self.name} is {_WHY[found.why or 'undated']}.")
        if found is not None and kind:
            since = f", since {found.since.text}" if found.since is not None and found.since.text else ""
            return Shade(kind, f"{who}, {self.name}: {_SAID[kind]}{since}.")
        if self.text.is_complete("parties", day) is Truth.YES:
            return Shade("none", f"{who} is not bound by {self.name}.")
        says = f"The record knows of no act of {who} towards {self.name}, and its list is not complete."
        return Shade("not_listed", says)


_SAID = dict(TREATY)


def _kind(found: Tie) -> str:
    """The class of a tie; empty where there is none."""
    if found.bound is Truth.YES:
        return "suspended" if found.suspended is Truth.YES else "party"
    if found.status == "disputed":
        return "disputed"
    if Truth.UNKNOWN in (found.bound, found.adopted) or (found.bound is Truth.NO and found.ratified is Truth.UNKNOWN):
        return "disputed" if found.why == "disputed" else "unsure"
    if found.status in ("withdrawn", "lapsed", "ended", "ratification_revoked"):
        return "left"
    order = ((found.provisional, "provisional"), (found.ratified, "ratified"), (found.signed, "signed"),
             (found.adopted, "adopted"))  # fmt: skip
    return next((kind for truth, kind in order if truth is Truth.YES), "")


def _point(first: int, last: int) -> Span:
    return Span(first, last, last + 1, last + 1)
