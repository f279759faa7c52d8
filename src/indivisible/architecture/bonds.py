"""Which treaties bind whom, seen from the working copy of an architecture that is being changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indivisible.architecture.change import Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.pledges import pledges_to_come
from indivisible.values import Span, Truth

_RATIFYING = ("ratified", "acceded", "approved", "accepted", "succeeded", "deposited", "rejoined")
_ENDING = ("withdrawn", "lapsed", "expired", "terminated", "denounced", "withdrawn_ratification")


def treaties_of(draft: Draft, organization: str) -> dict[str, tuple[str, ...]]:
    """Treaties whose parties are the holders of roles in the organisation, with those roles.

    A founding treaty whose parties the record lists by their acts has no roles: its parties are those it binds.
    """
    found: dict[str, tuple[str, ...]] = {}
    for claim in draft.record.claims(field="parties_follow", object=organization):
        if claim.span.holds(draft.day) is not Truth.NO:
            roles = draft.full_roles(organization) if claim.value == "full" else (claim.value,)
            found[claim.subject] = found.get(claim.subject, ()) + roles
    for claim in draft.record.claims(subject=organization, field="founding_treaty"):
        follows = draft.record.claims(subject=claim.object, field="parties_follow")
        if claim.span.holds(draft.day) is not Truth.NO and not follows:
            found.setdefault(claim.object, ())
    return found


def bound_by(draft: Draft, treaty: str) -> set[str]:
    """States that a pledge of the treaty binds or protects."""
    return {state for p in draft.pledges if p.treaty == treaty for state in (p.sender, p.receiver)}


def ratifiers(draft: Draft, treaty: str) -> dict[str, Truth]:
    """States with a ratification not ended on the day, by the record and by the steps so far."""
    found: dict[str, Truth] = {}
    for claim in draft.record.claims(object=treaty, field="act"):
        if claim.subject in draft.before.states and claim.value in _RATIFYING:
            found[claim.subject] = found.get(claim.subject, Truth.NO) | begun(claim.span, draft.day)
    for claim in draft.record.claims(object=treaty, field="act"):
        if claim.subject in found and claim.value in _ENDING:
            found[claim.subject] = found[claim.subject] & ~begun(claim.span, draft.day)
    found.update(dict.fromkeys(draft.ratified.get(treaty, ()), Truth.YES))
    return {state: truth for state, truth in found.items() if truth is not Truth.NO}


def signatories(draft: Draft, treaty: str) -> set[str]:
    """States that signed on or before the day, or whose signature brings the treaty to life in this change."""
    claims = draft.record.claims(object=treaty, field="act", value="signed")
    return {claim.subject for claim in claims}


def in_force(draft: Draft, treaty: str) -> Truth:
    """Whether the treaty as a whole is in force on the day, by the record."""
    entered = draft.record.claims(subject=treaty, field="entered_into_force")
    truth = Truth.NO
    for claim in entered:
        truth = truth | begun(claim.span, draft.day)
    for claim in draft.record.claims(subject=treaty, field="ended"):
        truth = truth & ~begun(claim.span, draft.day)
    return truth


def add_pledges(draft: Draft, treaty: str, parties: Mapping[str, Truth], fresh: Iterable[str], step: Step) -> None:
    """The treaty's pledges by and to the `fresh` parties, certain or not, beside those that already stand."""
    new = set(fresh)
    mark = (draft.address(step),)
    standing = {(p.sender, p.receiver, p.kind, p.treaty, p.certain) for p in draft.pledges}
    added = [
        replace(p, claims=p.claims + mark)
        for p in pledges_to_come(draft.record, treaty, parties, draft.day)
        if (p.sender in new or p.receiver in new)
        and (p.sender, p.receiver, p.kind, p.treaty, p.certain) not in standing
    ]
    sure = {(p.sender, p.receiver, p.kind, p.treaty) for p in added if p.certain}
    draft.drop_pledges(lambda p: not p.certain and (p.sender, p.receiver, p.kind, p.treaty) in sure)
    draft.pledges += tuple(added)


def begun(span: Span, day: int) -> Truth:
    """Whether an event had happened on or before the day."""
    if span.from_latest <= day:
        return Truth.YES
    return Truth.NO if span.from_earliest > day else Truth.UNKNOWN
