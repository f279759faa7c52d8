"""Which treaties bind whom, seen from the working copy of an architecture that is being changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indivisible.architecture.change import Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.pledges import pledges_to_come
from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import tie
from indivisible.values import Truth


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
    """States with a ratification not ended on the day, or that the treaty binds, by the record and the steps so far."""
    text = treaty_text(draft.record, treaty)
    present = set(draft.before.states)
    found = {state: tie(text, state, draft.day).ratified for state in text.states() if state in present}
    found.update(dict.fromkeys(draft.ratified.get(treaty, ()), Truth.YES))
    gone = {state for left, state in draft.left if left == treaty}
    return {state: truth for state, truth in found.items() if truth is not Truth.NO and state not in gone}


def signatories(draft: Draft, treaty: str) -> set[str]:
    """States that signed on or before the day, or whose signature brings the treaty to life in this change."""
    claims = draft.record.claims(object=treaty, field="act", value="signed")
    return {claim.subject for claim in claims}


def in_force(draft: Draft, treaty: str) -> Truth:
    """Whether the treaty as a whole is in force on the day, by the record."""
    return treaty_text(draft.record, treaty).in_force(draft.day)


def suspended(draft: Draft, treaty: str, state: str) -> Truth:
    """Whether the state has suspended the treaty on the day, by the record or by a step before."""
    if (treaty, state) in draft.left:
        return Truth.YES if draft.left[treaty, state] == "suspend" else Truth.NO
    return tie(treaty_text(draft.record, treaty), state, draft.day).suspended


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
