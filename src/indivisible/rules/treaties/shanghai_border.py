"""The Shanghai Agreement of 1996 on confidence-building in the border area: which exercises, told to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.activities import Condition
from indivisible.rules.base import DECLARE, LIMIT, NOTIFY, OBSERVE, PROHIBIT, Case, article
from indivisible.rules.conduct import forbids, requires
from indivisible.rules.demands import INVITE, Demand, Term, demand, first_day
from indivisible.rules.demands import NOTIFY as NOTIFYING
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, Facts, reaches, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.values import Truth

KEY = "SHANGHAI_CBM_BORDER_1996"
AUTHORITY = "legal"
ARMS = "arms_control"
ZONE_KM = 100
NO_LEVEL = "the level of the agreement, which is not in the record"
OTHER_SIDE = "the other parties"
FACTS = vocabulary(
    Fact("starts", DAY, "First day of the exercise."),
    Fact("ends", DAY, "Last day of the exercise."),
    Fact("troops", NUMBER, "Troops taking part."),
    Fact("in_border_zone", TRUTH, "Whether it takes place in the zone of 100 km on either side of the border."),
    Fact("km_from_border", NUMBER, "Kilometres from the border at the nearest."),
    Fact("against_other_side", TRUTH, "Whether the exercise is directed against the other side."),
    Fact("attack", TRUTH, "Whether forces stationed in the border area are used to attack the other side."),
    Fact("threatening", TRUTH, "Whether there is military activity that threatens the other side or the calm at the "
         "border."),
    Fact("notified", TRUTH, "Whether it was notified."),
    Fact("observers_invited", TRUTH, "Whether observers were invited."),
    Fact("zone_information", TRUTH, "Whether the agreed information on forces in the zone was given."),
)  # fmt: skip


def in_zone(facts: Facts) -> Condition:
    """Whether it is within 100 km of the border."""
    told = facts.truth("in_border_zone")
    near = ~reaches(facts.number("km_from_border"), ZONE_KM, above=True)
    words = f"it is within {ZONE_KM} km of the border"
    return Condition(
        near if told is Truth.UNKNOWN else told, words, f"it is not within {ZONE_KM} km of the border", words
    )


def _demand(case: Case, name: str, duty: str, done: str) -> Demand:
    large = Condition(Truth.UNKNOWN, "", "", f"it reaches {NO_LEVEL}")
    found = demand(case, name, duty, (in_zone(case.facts), large), Term("Notice", first_day(case.facts), done))
    return replace(found, to=OTHER_SIDE, last=None, finding=replace(found.finding, notice=""))


def demands(case: Case) -> Iterator[Demand]:
    """What an exercise in the zone may call for."""
    yield _demand(case, "notification", NOTIFYING, "notified")
    yield _demand(case, "observers", INVITE, "observers_invited")


@article("1", "Forces of the border area", kind=PROHIBIT, domain="defence", asks=("attack", "threatening"))
def no_attack(case: Case) -> Iterator[Finding]:
    """Forces in the border area are not used to attack the other side, nor for activities that threaten it or disturb
    the calm at the border."""
    yield forbids(case, "1", "attack", "threatening")


@article("exercises", "No exercise against the other side", kind=PROHIBIT, domain=ARMS, asks=("against_other_side",),
         confidence="medium")  # fmt: skip
def not_against(case: Case) -> Iterator[Finding]:
    """No exercises are held against the other side."""
    yield forbids(case, "exercises", "against_other_side")


@article("exercise size", "Size and number of exercises", kind=LIMIT, domain=ARMS, asks=("troops", "in_border_zone",
         "km_from_border"), confidence="medium")  # fmt: skip
def size_of_exercises(case: Case) -> Iterator[Finding]:
    """Exercises in the zone of 100 km are limited in size, extent and number."""
    where = in_zone(case.facts)
    value = case.facts.number("troops")
    if where.truth is Truth.NO:
        yield Finding("exercise size", NOT_APPLICABLE, f"{where.not_so[:1].upper()}{where.not_so[1:]}.")
        return
    yield Finding("exercise size", UNKNOWN, "The ceiling is not in the record.", value=value, unit="troops")


@article("notification", "Large exercises notified", kind=NOTIFY, domain=ARMS, asks=("in_border_zone", "notified"),
         confidence="medium")  # fmt: skip
def notification(case: Case) -> Iterator[Finding]:
    """Large military activities in the zone are notified to the other side."""
    yield _demand(case, "notification", NOTIFYING, "notified").finding


@article("observers", "Observers at large exercises", kind=OBSERVE, domain=ARMS, asks=("in_border_zone",
         "observers_invited"), confidence="medium")  # fmt: skip
def observers(case: Case) -> Iterator[Finding]:
    """Observers of the other side are invited to large exercises in the zone."""
    yield _demand(case, "observers", INVITE, "observers_invited").finding


@article("information", "Information on forces in the zone", kind=DECLARE, domain=ARMS, asks=("zone_information",),
         confidence="medium")  # fmt: skip
def information(case: Case) -> Iterator[Finding]:
    """The sides exchange information on agreed parts of their forces in the zone."""
    yield requires(case, "information", "zone_information")


OBLIGATIONS = (no_attack, not_against, size_of_exercises, notification, observers, information)
