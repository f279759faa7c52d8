"""The Moscow Agreement of 1997 on reducing forces in the border area: ceilings on personnel in the zone of 100 km."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import LIMIT, Case, article
from indivisible.rules.facts import NUMBER, Fact, vocabulary
from indivisible.rules.finding import UNKNOWN, Finding
from indivisible.rules.verification import within

KEY = "MOSCOW_BORDER_REDUCTION_1997"
AUTHORITY = "legal"
ARMS = "arms_control"
TABLE = "moscow_border_limits.csv"
SIDE = "of one side in the zone; the four neighbours together are one side"
GIVEN = (
    Fact("personnel", NUMBER, f"Personnel of ground, air and air defence forces {SIDE}."),
    Fact("ground_personnel", NUMBER, f"Personnel of ground forces {SIDE}."),
    Fact("air_personnel", NUMBER, f"Personnel of air forces {SIDE}."),
    Fact("air_defence_personnel", NUMBER, f"Personnel of air defence aviation {SIDE}."),
    Fact("personnel_east", NUMBER, "Of the personnel, in the eastern part."),
    Fact("ground_personnel_east", NUMBER, "Of the personnel of ground forces, in the eastern part."),
    Fact("personnel_west", NUMBER, "Of the personnel, in the western part; all of it ground forces."),
    Fact("border_guards", NUMBER, f"Border guards {SIDE}."),
    Fact("border_guards_east", NUMBER, "Of the border guards, in the eastern part."),
    Fact("border_guards_west", NUMBER, "Of the border guards, in the western part."),
    Fact("rotation_excess_percent", NUMBER, "By how much a yearly rotation exceeds the ceiling.", "percent"),
    Fact("rotation_days", NUMBER, "For how long it does.", "days"),
)
FACTS = vocabulary(*GIVEN)


@lru_cache(maxsize=2)
def limits() -> tuple[tuple[str, str, int], ...]:
    """Article, fact and ceiling of every row of the table."""
    with Path(__file__).with_name(TABLE).open(encoding="utf-8", newline="") as file:
        return tuple((row["article"], row["fact"], int(row["limit"])) for row in csv.DictReader(file))


def _ceilings(case: Case, begin: str) -> Iterator[Finding]:
    for name, fact, limit in limits():
        if name.startswith(begin):
            known = case.facts.known[fact]
            yield within(case, name, fact, known.meaning.rstrip("."), known.unit or "persons", limit)


@article("5(1)", "Personnel in the zone", kind=LIMIT, domain=ARMS, confidence="medium",
         asks=tuple(one.name for one in GIVEN if "personnel" in one.name))  # fmt: skip
def personnel(case: Case) -> Iterator[Finding]:
    """Each side has in the zone at most 130,400 persons in ground, air and air defence forces: 119,400 in the east and
    11,000 in the west; 115,400 in ground forces, 104,400 of them in the east; 14,100 in air forces; 900 in air
    defence."""
    yield from _ceilings(case, "5(1)")


@article("5(2)", "Border guards in the zone", kind=LIMIT, domain=ARMS, confidence="medium",
         asks=("border_guards", "border_guards_east", "border_guards_west"))  # fmt: skip
def border_guards(case: Case) -> Iterator[Finding]:
    """Each side has in the zone at most 55,000 border guards, 38,500 in the east and 16,500 in the west."""
    yield from _ceilings(case, "5(2)")


@article("5(3)", "Rotation", kind=LIMIT, domain=ARMS, confidence="medium", asks=("rotation_excess_percent",
         "rotation_days"))  # fmt: skip
def rotation(case: Case) -> Iterator[Finding]:
    """While personnel is relieved once a year, a ceiling may be exceeded by at most 35 percent and for at most 90
    days."""
    yield from _ceilings(case, "5(3)")


@article("weapons", "Weapons in the zone", kind=LIMIT, domain=ARMS, confidence="medium")
def weapons(case: Case) -> Iterator[Finding]:
    """Each side keeps its weapons in the zone within ceilings, by kind."""
    yield Finding("weapons", UNKNOWN, "The ceilings on weapons are not in the record.")


OBLIGATIONS = (personnel, border_guards, rotation, weapons)
