"""Who owes whom what the slow and obvious way: one pair, one claim, one question to the record after another.

Written from the definition: an article joins two states where it holds, binds both, runs both ways, and neither has
stopped it. It asks the record's own claims and rolls, and builds no architecture and no matrix.
"""

from __future__ import annotations

from functools import lru_cache

from indivisible.architecture.standing import LEAVES_OUT, Roll, full_roles
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import tie
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

OWN = {"signed", "agreed", "lisbon_protocol_signed", "signed_not_ratified", "succession_agreed", "adopted"}


class SlowDuties:
    """All duties between two states on one day."""

    def __init__(self, record: Record, day: int, *, layer: str, with_universal: bool) -> None:
        self.record, self.day, self.layer, self.with_universal = record, day, layer, with_universal
        self.organizations = set(record.entities("organization"))
        self.bound = lru_cache(maxsize=None)(self._bound)
        self.out = lru_cache(maxsize=None)(self._out)
        self.absent = lru_cache(maxsize=None)(self._absent)
        self.roll = lru_cache(maxsize=None)(self._roll)
        self.claims = lru_cache(maxsize=None)(self._claims)
        self.pledges = lru_cache(maxsize=None)(self._pledges)
        self.treaties = sorted({c.subject for c in record.claims(field="pledge") if self.counts(c.subject)})

    def level(self, one: str, other: str, domain: str) -> tuple[Truth, Truth]:
        """Whether some article joins the two in law, and whether some joins them politically."""
        found = []
        for field in ("legal_duty", "political_duty"):
            truth = Truth.NO
            for claim in self.claims(field, domain):
                truth = truth | self.joins(claim, one, other)
            found.append(truth)
        if domain == "defence":
            for treaty in self.treaties:
                place = 1 if treaty_text(self.record, treaty).binding == "political" else 0
                found[place] = found[place] | self.pledged(treaty, one, other)
        return found[0], found[1]

    def _claims(self, field: str, domain: str) -> list[Claim]:
        return [c for c in self.record.claims(field=field, object=domain) if self.counts(c.subject)]

    def counts(self, text: str) -> bool:
        return self.with_universal or not self.universal(text)

    def universal(self, text: str) -> bool:
        texts = {text}
        for claim in self.record.claims(subject=text, field="founding_treaty"):
            if claim.span.holds(self.day) is not Truth.NO:
                texts.add(claim.object)
        opened = [c for t in texts for c in self.record.claims(subject=t, field="open_to", value="all_states")]
        return any(claim.span.holds(self.day) is not Truth.NO for claim in opened)

    def joins(self, claim: Claim, one: str, other: str) -> Truth:
        truth = claim.span.holds(self.day) & self.bound(claim.subject, one) & self.bound(claim.subject, other)
        if truth is Truth.NO:
            return truth
        kind = {"defend": "defence", "consult": "consultation"}.get(claim.value)
        body = claim.subject in self.organizations
        if not body and claim.object == "defence" and kind and self.pledges(claim.subject, kind):
            truth = truth & self.pledges_both(claim.subject, kind, one, other)
        else:
            ways = self.record.claims(subject=claim.subject, field="duty_direction", value=claim.object)
            if ways:
                truth = truth & self.runs(ways, one, other) & self.runs(ways, other, one)
        return truth & self.neither_stopped(claim.subject, claim.value, one, other)

    def pledged(self, treaty: str, one: str, other: str) -> Truth:
        """Mutual pledges of a treaty for which no duty is stated on the day."""
        truth = Truth.NO
        if Truth.NO in (self.bound(treaty, one), self.bound(treaty, other)):
            return truth
        for duty, kind in (("defend", "defence"), ("consult", "consultation")):
            stated = [c for field in ("legal_duty", "political_duty")
                      for c in self.record.claims(subject=treaty, field=field, object="defence", value=duty)
                      if c.span.holds(self.day) is not Truth.NO]  # fmt: skip
            if not stated and self.pledges(treaty, kind):
                both = self.bound(treaty, one) & self.bound(treaty, other)
                if both is not Truth.NO:
                    both = both & self.pledges_both(treaty, kind, one, other)
                    truth = truth | (both & self.neither_stopped(treaty, duty, one, other))
        return truth

    def _pledges(self, treaty: str, kind: str) -> tuple[Claim, ...]:
        return self.record.claims(subject=treaty, field="pledge", value=kind)

    def pledges_both(self, treaty: str, kind: str, one: str, other: str) -> Truth:
        claims = self.pledges(treaty, kind)
        return self.runs(claims, one, other) & self.runs(claims, other, one)

    def runs(self, claims: tuple[Claim, ...], sender: str, receiver: str) -> Truth:
        truth = Truth.NO
        for claim in claims:
            a, b = claim.object.split(">")
            if a in ("*", sender) and b in ("*", receiver):
                truth = truth | claim.span.holds(self.day)
        return truth

    def neither_stopped(self, text: str, duty: str, one: str, other: str) -> Truth:
        if self.layer == "legal":
            return Truth.YES
        truth = ~self.out(text, one) & ~self.out(text, other)
        if duty in ("consult", "notify"):
            truth = truth & ~self.absent(text, one) & ~self.absent(text, other)
        if text not in self.organizations:
            for a, b in ((one, other), (other, one)):
                if a in treaty_text(self.record, text).states():
                    for towards, says in tie(treaty_text(self.record, text), a, self.day).towards:
                        if towards == b:
                            truth = truth & (Truth.NO if says == "suspended" else Truth.UNKNOWN)
        return truth

    def _roll(self, organization: str, role: str) -> Roll:
        roles = full_roles(self.record, organization, self.day, self.day) if role == "full" else (role,)
        return Roll(self.record, organization, roles=roles, layer="legal")

    def _holds(self, organization: str, role: str, state: str) -> Truth:
        standing = self.roll(organization, role).on(state, self.day)
        return Truth.NO if standing.why == "silent" else standing.truth

    def _bound(self, text: str, state: str) -> Truth:
        if text in self.organizations:
            return self._holds(text, "full", state)
        about = treaty_text(self.record, text)
        follows = self.record.claims(subject=text, field="parties_follow")
        if about.binding == "political":
            acts = about.acts_of(state)
            if any(c.value in OWN and not c.speaker for c in acts):
                return tie(about, state, self.day).adopted
            truth = Truth.NO
            for claim in follows:
                truth = truth | (claim.span.holds(self.day) & self._holds(claim.object, claim.value, state))
            return truth & about.adopted(self.day)
        if about.binding != "legal":
            return Truth.NO
        if follows:
            truth = Truth.NO
            for claim in follows:
                if claim.span.holds(self.day) is not Truth.NO:
                    truth = truth | self._holds(claim.object, claim.value, state)
            return truth & about.in_force(self.day)
        return tie(about, state, self.day).bound if state in about.states() else Truth.NO

    def _out(self, text: str, state: str) -> Truth:
        if text in self.organizations:
            return Truth.NO
        about = treaty_text(self.record, text)
        stops = {"suspended", "partial_suspension", "non_participation"}
        if not any(claim.value in stops for claim in about.acts_of(state)):
            return Truth.NO
        return tie(about, state, self.day).suspended

    def _absent(self, text: str, state: str) -> Truth:
        bodies = [text] if text in self.organizations else [
            c.object for c in self.record.claims(subject=text, field="parties_follow")
            if c.span.holds(self.day) is not Truth.NO
        ]  # fmt: skip
        truth = Truth.NO
        for body in bodies:
            for claim in self.record.claims(subject=state, field="role", object=body):
                if claim.layer == "participation" and claim.value in LEAVES_OUT:
                    truth = truth | claim.span.holds(self.day)
        return truth
