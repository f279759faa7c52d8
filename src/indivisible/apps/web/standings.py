"""How one state stands towards one organisation or treaty on one day: its class on the map, and why in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indivisible.apps.web.worded import capital, limits_told, organization_name, roles_held, text_name
from indivisible.architecture.standing import Roll, Standing, full_roles, full_roll, is_listing
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import Tie, tie
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Span, Truth

Legend = tuple[tuple[str, str], ...]
MEMBERSHIP: Legend = (
    ("member", "a member"), ("suspended", "a member, with limits to its participation"),
    ("other", "another role, such as observer"), ("disputed", "disputed"), ("unsure", "not known for sure"),
    ("not_member", "not a member"), ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
TREATY: Legend = (
    ("party", "bound"), ("suspended", "bound, and suspended"), ("provisional", "provisionally applied"),
    ("ratified", "ratified, not in force for it"), ("signed", "signed, not ratified"), ("adopted", "adopted"),
    ("left", "no longer bound"), ("disputed", "disputed"), ("unsure", "not known for sure"), ("none", "not bound"),
    ("not_listed", "not listed, which does not mean no"),
)  # fmt: skip
POLITICAL: Legend = (
    ("signed", "signed"), ("adopted", "adopted"), ("left", "no longer held to it"), ("disputed", "disputed"),
    ("unsure", "not known for sure"), ("none", "neither signed nor adopted"),
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
        self.name = organization_name(record.name_of(self.key))
        self.title = f"Membership of {self.name}"
        self._claims: dict[str, list[Claim]] = {}
        for claim in record.claims(field="role", object=self.key):
            self._claims.setdefault(claim.subject, []).append(claim)
        self._rolls: dict[tuple[str, ...], Roll] = {}
        self._own = record.claims(subject=self.key)

    def absent(self, day: int) -> str:
        """That there was no such organisation on a day; empty where there was, or may have been."""
        kinds = [claim for claim in self._own if claim.field == "kind"]
        there = any(claim.span.holds(day) is not Truth.NO for claim in kinds)
        return "" if there or not kinds else f"{capital(self.name)} did not exist"

    def spans(self, state: str) -> Iterable[Span]:
        """Spans on whose edges the standing of a state can change."""
        return [claim.span for claim in (*self._own, *self._claims.get(state, ()))]

    def shade(self, state: str, day: int) -> Shade:
        """The standing of a state on a day."""
        roles = full_roles(self.record, self.key, day, day)
        roll = self._full(roles, day)
        standing, others = roll.on(state, day), self._others(state, day, roles)
        who, what = self.record.name_of(state), self.name
        if standing.truth is Truth.YES:
            since = f" since {_since(standing)}" if _since(standing) else ""
            if others:
                return Shade("suspended", f"{who} is a member of {what}{since}; {limits_told(others)}.")
            return Shade("member", f"{who} is a member of {what}{since}.")
        if standing.truth is Truth.UNKNOWN and standing.why != "silent":
            kind = "disputed" if standing.why == "disputed" else "unsure"
            return Shade(kind, f"Whether {who} is a member of {what} is {_WHY[standing.why or 'undated']}.")
        if others:
            return Shade("other", f"{who} {roles_held(others, what)}.")
        if gone := self.absent(day):
            return Shade("not_member", f"{gone} on this day.")
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

    def __init__(self, record: Record, name: str) -> None:
        self.record = record
        self.text = treaty_text(record, record.resolve(name, "treaty"))
        self.key, self.name = self.text.key, text_name(record.name_of(self.text.key))
        self.title = f"Status of {self.name}"
        self.legend = TREATY if self.text.binding == "legal" else POLITICAL
        self._said = {**_SAID, **({} if self.legend is TREATY else _SAID_POLITICALLY)}
        self._listed = set(self.text.states())
        self._shared = [claim.span for claims in self.text.about.values() for claim in claims]
        if self.text.entered is not None:
            self._shared.append(_point(self.text.entered.first, self.text.entered.last))

    def absent(self, day: int) -> str:
        """That there was no such text on a day; empty where there was, or may have been."""
        return f"{capital(self.name)} did not exist" if self.text.adopted(day) is Truth.NO else ""

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
            held = "is bound by" if self.legend is TREATY else "has signed or adopted"
            return Shade(kind, f"Whether {who} {held} {self.name} is {_WHY[found.why or 'undated']}.")
        if found is not None and kind:
            day_of_it = found.since.text if found.since is not None else ""
            since, when = (f" since {day_of_it}", f" ({day_of_it})") if day_of_it else ("", "")
            return Shade(kind, f"{who} {self._said[kind].format(name=self.name, since=since, when=when)}.")
        if gone := self.absent(day):
            return Shade("none", f"{gone} on this day.")
        if self.text.is_complete("parties", day) is Truth.YES:
            return Shade("none", f"{who} is not bound by {self.name}." if self.legend is TREATY
                         else f"{who} has neither signed nor adopted {self.name}.")  # fmt: skip
        says = f"The record knows of no act of {who} towards {self.name}, and its list is not complete."
        return Shade("not_listed", says)


_SAID = {
    "party": "has been bound by {name}{since}",
    "suspended": "is bound by {name}, which has been suspended for it{since}",
    "provisional": "has applied {name} provisionally{since}",
    "ratified": "has ratified {name}{when}, which is not in force for it",
    "signed": "has signed and not ratified {name}{when}",
    "adopted": "has been among those that adopted {name}{since}",
    "left": "is no longer bound by {name}{when}",
}
_SAID_POLITICALLY = {"signed": "has signed {name}{when}", "left": "is no longer held to {name}{when}"}


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
