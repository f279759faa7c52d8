"""What the parties to a treaty have promised one another: its pledge articles, spelled out pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indivisible.architecture.architecture import Pledge
from indivisible.errors import RecordError
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth


def pledges_of(record: Record, treaty: str, parties: Mapping[str, Truth], day: int) -> tuple[Pledge, ...]:
    """The directed pledges that a treaty's articles lay on its parties on a day, ordered sender, receiver, kind.

    `parties` says for each state whether it is bound: yes, or unknown (a party for which it is no is left out).
    An article's direction is `*>*` (each party to each other), `*>KOR`, `RUS>*` or `USA>JPN`; both ends must be
    parties. A pledge is certain only where the article and both parties are.
    Raises RecordError for a direction that cannot be read.
    """
    return tuple(_spelled_out(_holding(record, treaty, day), treaty, parties))


def pledges_to_come(record: Record, treaty: str, parties: Mapping[str, Truth], day: int) -> tuple[Pledge, ...]:
    """The same for a treaty that a change brings into force: articles that begin only later count as begun.

    Where a kind of pledge has an article that holds on the day, later wordings of the same kind are left out.
    """
    now = _holding(record, treaty, day)
    held = {(claim.value, claim.object) for claim, _ in now}
    ahead: dict[tuple[str, str], Claim] = {}
    for claim in record.claims(subject=treaty, field="pledge"):
        key = (claim.value, claim.object)
        if claim.span.from_earliest > day and key not in held:
            first = ahead.get(key)
            if first is None or claim.span.from_earliest < first.span.from_earliest:
                ahead[key] = claim
    return tuple(_spelled_out([*now, *((claim, Truth.YES) for claim in ahead.values())], treaty, parties))


def _holding(record: Record, treaty: str, day: int) -> list[tuple[Claim, Truth]]:
    claims = record.claims(subject=treaty, field="pledge")
    return [(claim, truth) for claim in claims if (truth := claim.span.holds(day)) is not Truth.NO]


def _spelled_out(
    articles: Iterable[tuple[Claim, Truth]], treaty: str, parties: Mapping[str, Truth]
) -> Iterable[Pledge]:
    bound = sorted(state for state, truth in parties.items() if truth is not Truth.NO)
    found: list[Pledge] = []
    for claim, truth in articles:
        sender, arrow, receiver = claim.object.partition(">")
        if not (sender and arrow and receiver):
            raise RecordError(f"{claim.object!r} is not a direction", where=claim.address, do="write *>* or A>B")
        certain = truth is Truth.YES
        for first in bound if sender == "*" else [sender] if sender in parties else []:
            for second in bound if receiver == "*" else [receiver] if receiver in parties else []:
                if first != second:
                    both = parties[first] & parties[second] is Truth.YES
                    found.append(
                        Pledge(first, second, claim.value, treaty, claim.place, certain and both, (claim.address,))
                    )
    return sorted(found, key=lambda p: (p.sender, p.receiver, p.kind, p.article))
