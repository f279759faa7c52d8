"""Who is a nuclear-weapon State under the Non-Proliferation Treaty: by one day and no other."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from indivisible.errors import FileError
from indivisible.rules.base import Case
from indivisible.values import Truth, day_of, iso

BEFORE = "1967-01-01"
NUCLEAR, NON_NUCLEAR = "nuclear-weapon States", "non-nuclear-weapon States"


@lru_cache(maxsize=1)
def explosions() -> Mapping[str, int]:
    """The day of the first nuclear explosion of every state that has one on record."""
    return {row["state"]: day_of(row["first_explosion"]) for row in _rows()}


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    with (Path(__file__).parent / "npt_first_explosions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def year_is_sure(state: str) -> bool:
    """Whether the year of its first explosion, on which the status turns, is known with high confidence."""
    return any(row["state"] == state and row["year_confidence"] == "high" for row in _rows())


def first_explosion(case: Case) -> int | None:
    """The day for the state of the case, by the table; for a case without a state, as its facts have it.

    Raises FileError where the facts and the table contradict each other.
    """
    told = case.facts.day("first_explosion")
    if not case.state:
        return told
    known = explosions().get(case.state)
    early = told is not None and told < day_of(BEFORE)
    if told is not None and told != known and (known is not None or early):
        record = "no explosion before 1967" if known is None else iso(known)
        raise FileError(f"first_explosion is {iso(told)}, but for {case.state} the table has {record}",
                        where=case.facts.where, do="leave the fact out, or leave the state out")  # fmt: skip
    return known or told


def is_nuclear(state: str) -> bool:
    """Whether a state exploded a nuclear device before the day."""
    day = explosions().get(state)
    return day is not None and day < day_of(BEFORE)


def is_not_nuclear(state: str) -> bool:
    """Whether it did not."""
    return not is_nuclear(state)


def nuclear_weapon_state(case: Case) -> Truth:
    """Whether the treaty counts the state among the nuclear-weapon States.

    The table holds all that exploded a device before 1967, so a state that is not in it did not; a case without a
    state is decided by its facts alone.
    """
    day = first_explosion(case)
    if day is not None:
        return Truth.YES if day < day_of(BEFORE) else Truth.NO
    return Truth.NO if case.state else ~case.facts.truth("never_exploded")
