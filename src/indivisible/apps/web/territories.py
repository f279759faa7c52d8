"""Which areas of a map of today are drawn for which state of a day: its own, and those of later states it came apart
into."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.record.record import Record
from indivisible.values import Truth

_APART = ("continuator", "successor", "secession", "union", "part")


class Areas:
    """The areas of a map of today, by ISO numeric code or ~name, and which state came out of which."""

    def __init__(self, record: Record) -> None:
        today = record.known_to - 1
        here = {c.subject for c in record.claims(field="kind", value="state") if c.span.holds(today) is not Truth.NO}
        self._numbers = {
            claim.subject: claim.value.zfill(3)
            for claim in record.claims(field="iso_numeric")
            if claim.subject in here and claim.span.holds(today) is not Truth.NO
        }
        listed = {claim.subject for claim in record.claims(field="gw_system", value="member")}
        for state in (here & listed) - set(self._numbers):
            self._numbers[state] = f"~{record.name_of(state)}"  # an outline that has no number is known by its name
        self._before: dict[str, set[str]] = {}
        for claim in record.claims(field="predecessor"):
            if claim.value in _APART:
                self._before.setdefault(claim.subject, set()).add(claim.object)

    def of(self, states: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The areas to draw for every state of the day.

        An area whose state does not exist on the day belongs to the state that it later came out of, or to those that
        later went into it; where there are several of these, each has it. Other areas are drawn for none.
        """
        present = set(states)
        found: dict[str, set[str]] = {state: set() for state in present}
        for state, number in self._numbers.items():
            for owner in self._owners(state, present):
                found[owner].add(number)
        for state in present:
            if not found[state]:  # a state that went into another: the area of that one
                into = [later for later, origins in self._before.items() if state in origins and later in self._numbers]
                found[state] |= {self._numbers[later] for later in into}
        return {state: tuple(sorted(areas)) for state, areas in sorted(found.items())}

    def _owners(self, state: str, present: set[str]) -> set[str]:
        """The state itself if it exists on the day, else the nearest that it came out of and that does."""
        seen, level = {state}, {state}
        while level:
            here = level & present
            if here:
                return here
            level = {origin for one in level for origin in self._before.get(one, ())} - seen
            seen |= level
        return set()
