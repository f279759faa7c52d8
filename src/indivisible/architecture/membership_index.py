"""One yes, no or unknown, asked many times: the turning days of each state in each organisation, found once."""

from __future__ import annotations

from bisect import bisect_right

from indivisible.architecture.standing import Roll, full_roles_among, turning_days
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, Truth


class MembershipIndex:
    """Answers `truth(state, organization, day)` from turning days; each pair is worked out at its first question.

    Between two turning days of its claims nothing can change, so a pair is worked out once per turn by the same
    rule that `members` uses, and a question is then one look-up and one bisection.
    """

    def __init__(self, record: Record, *, layer: str = "legal") -> None:
        self._record = record
        self._layer = layer
        self._rolls: dict[tuple[str, tuple[str, ...]], Roll] = {}
        self._full: dict[str, tuple[Claim, ...]] = {}
        self._turns: dict[tuple[str, str], tuple[list[int], list[Truth]]] = {}

    def truth(self, state: str, organization: str, day: int) -> Truth:
        """Whether the state was a full member of the organisation on the day; both are keys of the record."""
        turns = self._turns.get((state, organization))
        if turns is None:
            turns = self._turns[state, organization] = self._work_out(state, organization)
        edges, truths = turns
        return truths[bisect_right(edges, day) - 1]

    def _work_out(self, state: str, organization: str) -> tuple[list[int], list[Truth]]:
        full = self._full.get(organization)
        if full is None:
            full = self._full[organization] = self._record.claims(subject=organization, field="full_role")
        every = self._roll(organization, full, tuple(dict.fromkeys(claim.value for claim in full)))
        claims = [*every.by_holder.get(state, ()), *every.overlays.get(state, ())]
        claims += [*every.complete, *every.existence, *full]
        spans = (claim.span for claim in claims)
        edges = turning_days(spans, NEVER_BEGUN, NEVER_ENDED - 1, extra=(self._record.known_to,))
        truths = [
            self._roll(organization, full, full_roles_among(full, day, day)).on(state, day).truth for day in edges
        ]
        return edges, truths

    def _roll(self, organization: str, full: tuple[Claim, ...], roles: tuple[str, ...]) -> Roll:
        key = (organization, roles)
        if key not in self._rolls:
            also = (claim.value for claim in full)
            self._rolls[key] = Roll(self._record, organization, roles=roles, layer=self._layer, also=also)
        return self._rolls[key]
