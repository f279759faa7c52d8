"""Whether a state held a role in an organisation on a day: which claims are accepted, by which named rule.

The rule `primary_over_listing`: an assertion that only a data set or the press makes is not accepted where the
list of the organisation, complete by its own acts or its own publication, is silent. The rival stays in the record and
is named beside the answer. Two assertions of equal rank that contradict each other are not decided: `disputed`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indivisible.record.claim import SOURCE_KINDS, Claim
from indivisible.record.record import Record
from indivisible.values import Span, Truth

RULE = "primary_over_listing"
ABSENT = "none"  # the value of a role claim that asserts the role was not held
LEAVES_OUT = frozenset({"suspended", "participation_suspended", "participation_frozen"})
"""Overlays that leave a member out of the participation layer; other overlays do not."""
_LISTING_RANK = SOURCE_KINDS.index("dataset")


@dataclass(frozen=True, slots=True)
class Standing:
    """Truth of a role on a day or over a period, why it is unknown, the claims it rests on, the rivals not accepted."""

    truth: Truth
    why: str | None  # undated | disputed | silent | past_coverage, where the truth is unknown
    claims: tuple[Claim, ...] = ()
    rivals: tuple[Claim, ...] = ()


def is_listing(record: Record, claim: Claim) -> bool:
    """Whether only data sets or the press assert this claim."""
    return are_listings(record, claim.sources)


def are_listings(record: Record, sources: Iterable[str]) -> bool:
    """Whether all of these sources are data sets or the press."""
    kinds = [record.sources[key].kind for key in sources if key in record.sources]
    ranks = [SOURCE_KINDS.index(kind) for kind in kinds if kind in SOURCE_KINDS]
    return bool(ranks) and min(ranks) >= _LISTING_RANK and "recalled" not in kinds


class Lists:
    """For which roles and days the list of an organisation's holders is complete, so that silence means no."""

    def __init__(self, record: Record, organization: str) -> None:
        self.existence = record.claims(subject=organization, field="kind")
        self.complete = record.claims(subject=organization, field="list_complete")

    def are_complete(self, roles: Iterable[str], day: int) -> bool:
        """Whether the lists of all these roles are complete on the day (or the organisation did not exist)."""
        if _any(claim.span.holds(day) for claim in self.existence) is Truth.NO:
            return True
        found = [
            _any(claim.span.holds(day) for claim in self.complete if claim.value == role) is Truth.YES for role in roles
        ]
        return bool(found) and all(found)


class Roll:
    """The role claims of one organisation, ready to be asked about any state and day.

    `roles` are asked about; a claim of one of the `also` roles bears on the answer too (another source's name for
    full membership), but their lists need not be complete.
    """

    def __init__(
        self, record: Record, organization: str, *, roles: Iterable[str], layer: str, also: Iterable[str] = ()
    ) -> None:
        self.record = record
        self.organization = organization
        self.roles = frozenset(roles)
        self.layer = layer
        full = {claim.value for claim in record.claims(subject=organization, field="full_role")}
        bearing = self.roles | set(also)
        denied = not bearing.isdisjoint(full)  # "not a member" denies full membership, not a lesser role
        self._lists = Lists(record, organization)
        self.existence = self._lists.existence
        self.complete = [claim for claim in self._lists.complete if claim.value in self.roles]
        self.by_holder: dict[str, list[Claim]] = {}
        self.overlays: dict[str, list[Claim]] = {}
        for claim in record.claims(field="role", object=organization):
            if claim.value in bearing or (denied and claim.value == ABSENT and claim.layer != "participation"):
                self.by_holder.setdefault(claim.subject, []).append(claim)
            elif claim.layer == "participation" and claim.value in LEAVES_OUT:
                self.overlays.setdefault(claim.subject, []).append(claim)

    def is_complete(self, day: int) -> bool:
        """Whether the lists of all these roles are complete on the day (or the organisation did not exist)."""
        return self._lists.are_complete(self.roles, day)

    def on(self, holder: str, day: int) -> Standing:
        """The standing of one holder on one day."""
        if day >= self.record.known_to:
            return Standing(Truth.UNKNOWN, "past_coverage", tuple(self.by_holder.get(holder, ())))
        legal = self._legal(holder, day)
        if self.layer == "legal" or legal.truth is Truth.NO:
            return legal
        out = [claim for claim in self.overlays.get(holder, ()) if claim.span.holds(day) is not Truth.NO]
        if not out:
            return legal
        overlaid = _any(claim.span.holds(day) for claim in out)
        if overlaid is Truth.YES:
            return Standing(Truth.NO, None, tuple(out), legal.rivals)
        return Standing(Truth.UNKNOWN, legal.why or "undated", (*legal.claims, *out), legal.rivals)

    def _legal(self, holder: str, day: int) -> Standing:
        possible = [claim for claim in self.by_holder.get(holder, ()) if claim.span.holds(day) is not Truth.NO]
        present = [claim for claim in possible if claim.value != ABSENT]
        absent = [claim for claim in possible if claim.value == ABSENT]
        firm = [claim for claim in present if not is_listing(self.record, claim)]
        firm_absent = [claim for claim in absent if not is_listing(self.record, claim)]
        listed = [claim for claim in present if claim not in firm]
        rivals = tuple(claim for claim in (*listed, *absent) if claim not in firm_absent)
        if firm and firm_absent:
            return Standing(Truth.UNKNOWN, "disputed", (*firm, *firm_absent), rivals)
        if firm:
            truth = _any(claim.span.holds(day) for claim in firm)
            return Standing(truth, None if truth is Truth.YES else "undated", tuple(firm), rivals)
        if firm_absent:
            return Standing(Truth.NO, None, tuple(firm_absent), rivals)
        if self.is_complete(day):
            return Standing(Truth.NO, None, tuple(self.complete), rivals)
        if listed and not absent:
            truth = _any(claim.span.holds(day) for claim in listed)
            return Standing(truth, None if truth is Truth.YES else "undated", tuple(listed), ())
        if listed:
            return Standing(Truth.UNKNOWN, "disputed", (*listed, *absent), ())
        return Standing(Truth.UNKNOWN, "silent", (), rivals)

    def over(self, holder: str, first: int, last: int) -> Standing:
        """The standing throughout first..last: yes on all days, no on all days, or unknown."""
        claims = (*self.by_holder.get(holder, ()), *self.overlays.get(holder, ()), *self.complete, *self.existence)
        days = turning_days((claim.span for claim in claims), first, last, extra=(self.record.known_to,))
        found = [self.on(holder, day) for day in days]
        return throughout(found)


def throughout(found: list[Standing]) -> Standing:
    """One standing for several days: the same on all, or unknown because it changes or is unknown on one."""
    first = found[0]
    if len(found) == 1:
        return first
    claims = tuple(dict.fromkeys(claim for standing in found for claim in standing.claims))
    rivals = tuple(dict.fromkeys(claim for standing in found for claim in standing.rivals))
    if all(standing.truth is Truth.YES for standing in found):
        return Standing(Truth.YES, None, claims, rivals)
    if all(standing.truth is Truth.NO for standing in found):
        return Standing(Truth.NO, None, claims, rivals)
    why = next((standing.why for standing in found if standing.why is not None), "undated")
    return Standing(Truth.UNKNOWN, why, claims, rivals)


def turning_days(spans: Iterable[Span], first: int, last: int, *, extra: Iterable[int] = ()) -> list[int]:
    """The first day and every later day of first..last on which one of the spans can turn."""
    edges = {first, *(day for day in extra if first < day <= last)}
    for span in spans:
        edges.update(
            day
            for day in (span.from_earliest, span.from_latest, span.to_earliest, span.to_latest)
            if first < day <= last
        )
    return sorted(edges)


def _any(truths: Iterable[Truth]) -> Truth:
    result = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return truth
        result = result | truth
    return result


def full_roll(record: Record, organization: str, first: int, last: int, *, layer: str) -> Roll:
    """The roll of full membership over first..last, whatever the organisation called it then."""
    claims = record.claims(subject=organization, field="full_role")
    roles = full_roles_among(claims, first, last)
    return Roll(record, organization, roles=roles, layer=layer, also=(claim.value for claim in claims))


def full_roles(record: Record, organization: str, first: int, last: int) -> tuple[str, ...]:
    """The roles that are full membership at some time in first..last, as the record declares them, dated."""
    return full_roles_among(record.claims(subject=organization, field="full_role"), first, last)


def full_roles_among(claims: tuple[Claim, ...], first: int, last: int) -> tuple[str, ...]:
    """The same, from the `full_role` claims of the organisation."""
    holding = [c for c in claims if c.span.holds_throughout(first, last) is not Truth.NO]
    chosen = holding or _nearest(claims, first)
    return tuple(dict.fromkeys(claim.value for claim in chosen))


def _nearest(claims: tuple[Claim, ...], day: int) -> list[Claim]:
    """Before the founding or after the end: the first or the last declared role, so that the answer can say 'none'."""
    if not claims:
        return []
    return [min(claims, key=lambda c: min(abs(c.span.from_earliest - day), abs(c.span.to_latest - day)))]
