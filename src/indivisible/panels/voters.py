"""Which of the states that voted were members of an organisation when they voted, and whose code was whose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.standing import Roll, full_roll
from indivisible.record.record import Record
from indivisible.values import Truth


class Codes:
    """The COW code of a state of the record on a day."""

    def __init__(self, record: Record) -> None:
        self.claims = record.claims(field="cow_code")

    def on(self, state: str, day: int) -> int:
        """The code, or -1."""
        found = [c for c in self.claims if c.subject == state and c.span.holds(day) is Truth.YES]
        return int(found[0].value) if found else -1

    def holders(self, day: int) -> dict[int, str]:
        """Whose code it is on a day, for every code that one state has."""
        found: dict[int, set[str]] = {}
        for claim in self.claims:
            if claim.span.holds(day) is Truth.YES:
                found.setdefault(int(claim.value), set()).add(claim.subject)
        return {code: states.pop() for code, states in found.items() if len(states) == 1}


class Roster:
    """Which of the voting states were full members of one organisation."""

    def __init__(self, record: Record, organization: str) -> None:
        self.record, self.organization, self.code_of = record, organization, Codes(record)
        self.known: dict[tuple[int, int], tuple[dict[int, str], int]] = {}

    def of(self, codes: NDArray[np.int64], days: NDArray[np.int64], day: int | None) -> tuple[NDArray[np.bool_], int]:
        """[n, m]: the state is a member at the roll call, or on `day`; and the most states of which that is unknown."""
        member = np.zeros((len(codes), len(days)), dtype=bool)
        unsure = 0
        for column, voted in enumerate(days.tolist()):
            members, doubtful = self.on(voted if day is None else day, voted)
            member[:, column] = np.isin(codes, list(members))
            unsure = max(unsure, doubtful)
        return member, unsure

    def on(self, day: int, voted: int) -> tuple[dict[int, str], int]:
        """The members of one day by the code that they had when they voted; and of how many it is not known."""
        if (day, voted) not in self.known:
            roll: Roll = full_roll(self.record, self.organization, day, day, layer="legal")
            truths = {state: roll.on(state, day).truth for state in roll.by_holder}
            coded = {self.code_of.on(state, voted): state for state, truth in truths.items() if truth is Truth.YES}
            doubtful = sum(truth is Truth.UNKNOWN for truth in truths.values())
            self.known[day, voted] = {code: state for code, state in coded.items() if code != -1}, doubtful
        return self.known[day, voted]
