"""Which areas of a map of today are drawn for which state of a day: its own, and those of later states it came apart
into."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.record.record import Record

_APART = ("continuator", "successor", "secession", "union", "part")


def areas_of(record: Record, states: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """ISO numeric codes to draw for every state of the day.

    An area whose state does not exist on the day belongs to the state that it later came out of, or to those that it
    later went into; where there are several of these, each has it. Areas of no state of the record are drawn for none.
    """
    present = set(states)
    numbers = {claim.subject: claim.value.zfill(3) for claim in record.claims(field="iso_numeric")}
    before: dict[str, set[str]] = {}
    for claim in record.claims(field="predecessor"):
        if claim.value in _APART:
            before.setdefault(claim.subject, set()).add(claim.object)
    found: dict[str, set[str]] = {state: set() for state in present}
    for state, number in numbers.items():
        for owner in _owners(state, present, before):
            found[owner].add(number)
    for state in present:
        if not found[state]:  # a state that came together with another: the area of the one it went into
            found[state] |= {
                numbers[later] for later, origins in before.items() if state in origins and later in numbers
            }
    return {state: tuple(sorted(areas)) for state, areas in sorted(found.items())}


def _owners(state: str, present: set[str], before: dict[str, set[str]]) -> set[str]:
    """The state itself if it exists on the day, else the nearest that it came out of and that does."""
    seen, level = {state}, {state}
    while level:
        here = level & present
        if here:
            return here
        level = {origin for one in level for origin in before.get(one, ())} - seen
        seen |= level
    return set()
