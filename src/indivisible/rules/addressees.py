"""Who is to be told under a text: all that it bound on a day, known between the days on which that can change."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import lru_cache

from indivisible.architecture.treaty_text import treaty_text
from indivisible.architecture.treaty_tie import bound_on, tie
from indivisible.record.record import Record
from indivisible.values import Truth


def bound_by(record: Record, key: str, day: int) -> tuple[str, ...]:
    """All that the text bound on the day; a political text, all that had adopted it. Alphabetical."""
    if treaty_text(record, key).binding != "political":
        return bound_on_the_day(record, key, day)
    turns = _turns(record, key)
    return bound_on_the_day(record, key, turns[max(bisect_right(turns, day) - 1, 0)])


@lru_cache(maxsize=1024)
def bound_on_the_day(record: Record, key: str, day: int) -> tuple[str, ...]:
    """The same, state by state on the very day."""
    text = treaty_text(record, key)
    if text.binding == "political":
        return tuple(state for state in text.states() if tie(text, state, day).adopted is Truth.YES)
    return tuple(state for state in text.states() if bound_on(text, state, day) is Truth.YES)


@lru_cache(maxsize=64)
def _turns(record: Record, key: str) -> tuple[int, ...]:
    """Every day on which who has adopted a political text can change, with the first day of all."""
    text = treaty_text(record, key)
    claims = [claim for found in (*text.acts.values(), *text.about.values()) for claim in found]
    for state in text.states():
        claims += record.claims(subject=state, field="kind")
    for _, roll in text.rolls():
        claims += [claim for found in roll.by_holder.values() for claim in found]
        claims += [*roll.complete, *roll.existence]
    spans = (claim.span for claim in claims)
    ends = {day for one in spans for day in (one.from_earliest, one.from_latest, one.to_earliest, one.to_latest)}
    return tuple(sorted({date.min.toordinal(), record.known_to, *ends}))
