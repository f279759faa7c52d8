"""Military activities as the texts on confidence-building measure them: figures, levels, the zone of application."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indivisible.record.record import Record
from indivisible.rules.facts import DAY, NUMBER, TABLE, TEXT, TRUTH, Fact, Facts, reaches, said
from indivisible.values import Truth

FOLDER = Path(__file__).parent / "treaties"
LAND_UNITS = ("troops", "tanks", "acvs", "artillery")
WORDS: Mapping[str, str] = {
    "troops": "troops", "tanks": "battle tanks", "acvs": "armoured combat vehicles",
    "artillery": "pieces of artillery", "landing_troops": "troops landing or dropped", "sorties": "aircraft sorties",
}  # fmt: skip
FIGURES = (
    Fact("troops", NUMBER, "Troops taking part at any one time, support troops included."),
    Fact("tanks", NUMBER, "Battle tanks."),
    Fact("acvs", NUMBER, "Armoured combat vehicles."),
    Fact("artillery", NUMBER, "Guns, mortars and rocket launchers of 100 mm and above."),
    Fact("landing_troops", NUMBER, "Troops in an amphibious landing, a heliborne landing or a parachute assault."),
    Fact("sorties", NUMBER, "Sorties of aircraft foreseen, helicopters left out."),
)
OTHERS = Fact(
    "other_activities", TABLE, "All other notifiable activities of the state in this year and in the two before and "
    "after; an empty list says that there are none.",
    of=(
        Fact("name", TEXT, "Its name."), Fact("starts", DAY, "First day."), Fact("ends", DAY, "Last day."),
        *(one for one in FIGURES if one.name in LAND_UNITS),
    ),
)  # fmt: skip
ACTIVITY = (
    Fact("starts", DAY, "First day of the activity."),
    Fact("ends", DAY, "Last day of the activity."),
    *FIGURES,
    Fact("in_zone", TRUTH, "Whether it takes place in the zone of application."),
    Fact("organised", TRUTH, "Whether it is under one operational command and organised into a divisional structure or "
         "at least two brigades or regiments."),
    Fact("transfer", TRUTH, "Whether forces are transferred into the zone, or within it to a point of concentration."),
    Fact("no_advance_notice", TRUTH, "Whether the troops are not told in advance (a snap or alert exercise)."),
    Fact("hours_above_level", NUMBER, "Hours during which it stays at or above the level of observation."),
    Fact("notified", TRUTH, "Whether notification was given."),
    Fact("notified_on", DAY, "Day on which notification was given."),
    Fact("observers_invited", TRUTH, "Whether observers of all other participating states were invited."),
    Fact("planned_by_calendar", TRUTH, "Whether it was foreseen on the last day for the annual calendar."),
    Fact("in_calendar", TRUTH, "Whether it stands in an annual calendar."),
    Fact("calendar_on", DAY, "Day on which that calendar was given."),
    Fact("announced", TRUTH, "Whether it was announced in the year before the year of the calendar."),
    Fact("announced_on", DAY, "Day of that announcement."),
    OTHERS,
)  # fmt: skip


@dataclass(frozen=True)
class Levels:
    """The numbers of one text: article and unit to level, from the table beside its module."""

    numbers: Mapping[tuple[str, str], int]

    def of(self, article: str) -> dict[str, int]:
        """Every unit of an article that counts forces."""
        return {unit: level for (one, unit), level in self.numbers.items() if one == article and unit in WORDS}

    def one(self, article: str, unit: str) -> int:
        """One number of an article."""
        return self.numbers[article, unit]


@lru_cache(maxsize=16)
def levels(name: str) -> Levels:
    """The table of that name. Each row has article, unit, level, confidence and source."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return Levels({(row["article"], row["unit"]): int(row["level"]) for row in csv.DictReader(file)})


@dataclass(frozen=True, slots=True)
class Condition:
    """A thing on which a duty hangs: whether it is so, and how to say that it is, that it is not, that it is open."""

    truth: Truth
    so: str
    not_so: str
    if_so: str


def weigh(conditions: Iterable[Condition]) -> tuple[Truth, str]:
    """Whether all conditions hold, with the reason; where that is not known, what would have to be so."""
    every = tuple(conditions)
    failing = [one.not_so for one in every if one.truth is Truth.NO]
    if failing:
        return Truth.NO, f"Not required: {'; '.join(failing)}."
    open_ = [one.if_so for one in every if one.truth is Truth.UNKNOWN]
    if open_:
        return Truth.UNKNOWN, f"Unknown: would be required if {', and '.join(open_)}."
    return Truth.YES, f"Required: {'; '.join(one.so for one in every)}."


def size(facts: Facts, level: Mapping[str, int], *, above: bool = False) -> Condition:
    """Whether one of the figures reaches its level (`above`: is more than it)."""
    found = {unit: reaches(facts.number(unit), number, above=above) for unit, number in level.items()}
    verb = "more than" if above else "at least"
    over = [f"{said(facts.number(u))} {WORDS[u]}, {verb} {level[u]:,}" for u in level if found[u] is Truth.YES]
    open_ = [f"{verb} {level[u]:,} {WORDS[u]}" for u in level if found[u] is Truth.UNKNOWN]
    short = [f"{said(facts.number(u))} {WORDS[u]}, not {verb} {level[u]:,}" for u in level if found[u] is Truth.NO]
    truth = Truth.YES if over else Truth.UNKNOWN if open_ else Truth.NO
    return Condition(truth, "; ".join(over), "; ".join(short), f"it has {' or '.join(open_)}")


def zone(facts: Facts) -> Condition:
    """Whether the activity is in the zone of application."""
    return Condition(facts.truth("in_zone"), "it is in the zone of application",
                     "it is outside the zone of application", "it is in the zone of application")  # fmt: skip


def organised(facts: Facts) -> Condition:
    """Whether the forces are organised as the text asks."""
    said_so = "it is organised into a division or at least two brigades or regiments under one command"
    return Condition(facts.truth("organised"), said_so, f"it is not so that {said_so}", said_so)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Whether at least one of several conditions holds."""
    every = tuple(conditions)
    truth = Truth.NO
    for one in every:
        truth = truth | one.truth
    return Condition(
        truth, "; ".join(one.so for one in every if one.truth is Truth.YES),
        "; ".join(one.not_so for one in every), ", or ".join(one.if_so for one in every if one.truth is Truth.UNKNOWN),
    )  # fmt: skip


def both(*conditions: Condition) -> Condition:
    """All conditions as one."""
    truth = Truth.YES
    for one in conditions:
        truth = truth & one.truth
    return Condition(
        truth, "; ".join(one.so for one in conditions),
        "; ".join(one.not_so for one in conditions if one.truth is Truth.NO),
        ", and ".join(one.if_so for one in conditions if one.truth is Truth.UNKNOWN),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _exceptions() -> dict[str, tuple[str, str]]:
    with (FOLDER / "zone_of_application.csv").open(encoding="utf-8", newline="") as file:
        return {row["state"]: (row["part"], row["note"]) for row in csv.DictReader(file)}


def territory_in_zone(record: Record, state: str, *, bound: Truth) -> tuple[Truth, str]:
    """Whether an activity on a state's territory is in the zone of the Stockholm and Vienna documents, and why.

    The territory of a participating state is, unless the table of exceptions says that none or only a part is.
    """
    part, note = _exceptions().get(state, ("whole", ""))
    if bound is not Truth.YES:
        return bound, f"{record.name_of(state)} does not take part" if bound is Truth.NO else "not known"
    found = {"whole": Truth.YES, "none": Truth.NO, "part": Truth.UNKNOWN}[part]
    return found, note or f"{record.name_of(state)} lies in the zone"
