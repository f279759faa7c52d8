"""The Treaty on intermediate-range and shorter-range missiles, signed 1987: none of them, based on the ground."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import OBSERVE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import any_so, is_one_of
from indivisible.rules.facts import CHOICE, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, NOT_APPLICABLE, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.rules.in_time import YEAR, months_after
from indivisible.rules.withdrawal import LEAVING_FACTS, LEAVING_NAMES, notice, recorded, suspension
from indivisible.values import Truth, day_of, iso

KEY = "INF_1987"
AUTHORITY = "legal"
ARMS = "arms_control"

IN_FORCE = "1988-06-01"
SHORTEST, BOUNDARY, LONGEST = 500, 1000, 5500  # km
INTERMEDIATE_MONTHS, SHORTER_MONTHS = 36, 18
MONTHS_OF_NOTICE = 6
NO_MORE = 0  # inspections, after the thirteen years
MISSILE = ("range", "basing", "type", "interceptor_only")

FACTS = vocabulary(
    Fact("range", NUMBER, "Range capability of the missile.", "km"),
    Fact("basing", CHOICE, "From where it is launched, or was tested for launching.", choices=("ground", "sea", "air")),
    Fact("type", CHOICE, "What kind of missile.", choices=("ballistic", "cruise", "other")),
    Fact("interceptor_only", TRUTH, "Whether it was made and tested solely to intercept objects not on the surface of "
         "the earth."),
    Fact("possessed", TRUTH, "Whether the party has such missiles, launchers or support structures."),
    Fact("produced", TRUTH, "Whether the party produces such missiles, their stages or launchers."),
    Fact("flight_tested", TRUTH, "Whether the party flight-tests or launches such missiles."),
    Fact("inspections", NUMBER, "Short-notice inspections by one party in the calendar year of the treaty."),
    *LEAVING_FACTS,
)  # fmt: skip


def _covered(case: Case, *, intermediate: bool) -> Truth:
    """Whether the missile is one of the class: ballistic or cruise, ground-launched, with a range within its bounds."""
    facts = case.facts
    span = facts.number("range")
    if intermediate:
        within = reaches(span, BOUNDARY, above=True) & ~reaches(span, LONGEST, above=True)
    else:
        within = reaches(span, SHORTEST) & ~reaches(span, BOUNDARY, above=True)
    kind = is_one_of(facts, "basing", "ground") & is_one_of(facts, "type", "ballistic", "cruise")
    return within & kind & ~facts.truth("interceptor_only")


def _bounds(intermediate: bool) -> str:
    if intermediate:
        return f"intermediate range, above {BOUNDARY:,} and up to {LONGEST:,} km"
    return f"shorter range, {SHORTEST:,} to {BOUNDARY:,} km"


def _missile(case: Case, number: str, acts: tuple[str, ...], *, intermediate: bool, from_day: int) -> Finding:
    """Whether none of the acts was done with a missile of the class; before the day of the article, nothing is due."""
    facts = case.facts
    covered, done = _covered(case, intermediate=intermediate), any_so(facts.truth(name) for name in acts)
    truth = ~(covered & done)
    answers = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "not known"}
    told = (
        f"Ground-launched missile of {_bounds(intermediate)}: {answers[covered]} (range {said(facts.number('range'))} "
        f"km). {' or '.join(acts).replace('_', '-').capitalize()}: {answers[done]}."
    )
    found = Finding(number, verdict_of(truth), told, value=facts.number("range"), unit="km")
    remedy = "eliminate the missiles, launchers and support structures" if "possessed" in acts else "stop it"
    if case.day < from_day:
        told = f"{told} The article binds from {iso(from_day)}."
        return Finding(
            number, NOT_APPLICABLE, told, value=found.value, unit="km", notice=iso(from_day), confidence="medium"
        )
    if found.verdict == BROKEN:
        return Finding(number, BROKEN, told, value=found.value, unit="km", remedy=remedy)
    return found


@article("IV(1)", "No intermediate-range missiles", kind=PROHIBIT, domain=ARMS, asks=(*MISSILE, "possessed"))
def intermediate_held(case: Case) -> Iterator[Finding]:
    """Three years after the entry into force and from then on no party has ground-launched ballistic or cruise missiles
    with a range above 1,000 and up to 5,500 km, nor launchers or support structures of them (classes: Article II(5);
    interceptors are left out, Article VII(3))."""
    last = months_after(day_of(IN_FORCE), INTERMEDIATE_MONTHS)
    yield _missile(case, "IV(1)", ("possessed",), intermediate=True, from_day=last)


@article("V(1)", "No shorter-range missiles", kind=PROHIBIT, domain=ARMS, asks=(*MISSILE, "possessed"))
def shorter_held(case: Case) -> Iterator[Finding]:
    """Eighteen months after the entry into force and from then on no party has ground-launched ballistic or cruise
    missiles with a range of 500 to 1,000 km, nor launchers or support equipment of them (classes: Article II(6))."""
    last = months_after(day_of(IN_FORCE), SHORTER_MONTHS)
    yield _missile(case, "V(1)", ("possessed",), intermediate=False, from_day=last)


@article("VI(1)", "No production and no flight test", kind=PROHIBIT, domain=ARMS,
         asks=(*MISSILE, "produced", "flight_tested"))  # fmt: skip
def made(case: Case) -> Iterator[Finding]:
    """From the entry into force no party produces, flight-tests or launches missiles of either class."""
    first = day_of(IN_FORCE)
    yield _missile(case, "VI(1)(a)", ("produced", "flight_tested"), intermediate=True, from_day=first)
    yield _missile(case, "VI(1)(b)", ("produced", "flight_tested"), intermediate=False, from_day=first)


@lru_cache(maxsize=1)
def quotas() -> tuple[Mapping[str, str], ...]:
    """Short-notice inspections a year, by year of the treaty."""
    with (Path(__file__).parent / "inf_inspections.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@article("XI(5)", "Short-notice inspections in a year", kind=OBSERVE, domain=ARMS, confidence="medium",
         asks=("inspections",))  # fmt: skip
def inspections(case: Case) -> Iterator[Finding]:
    """A party may carry out 20 inspections a year in the first three years, 15 in the next five and ten in the last
    five of the thirteen; after these none. (From knowledge of the text, not re-seen.)"""
    for row in quotas():
        if case.day < months_after(day_of(IN_FORCE), YEAR * int(row["until_year"])):
            start = Finding(row["article"], UNKNOWN, "", unit="inspections", confidence=row["confidence"])
            yield ceiling(start, case.facts.number("inspections"), int(row["limit"]), what="Inspections in the year")
            return
    yield ceiling(Finding("XI(5)", UNKNOWN, "", unit="inspections"), case.facts.number("inspections"), NO_MORE,
                  what="Inspections in the year")  # fmt: skip


@article("XV(2)", "Withdrawal", kind=SETTLE, domain=ARMS, asks=LEAVING_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """The treaty is of unlimited duration. A party may withdraw if extraordinary events have jeopardised its supreme
    interests, six months after a notice that states them."""
    yield from notice(case, "XV(2)", MONTHS_OF_NOTICE)


@article("XV(2) record", "Withdrawals on record", kind=SETTLE, domain=ARMS)
def left(case: Case) -> Iterator[Finding]:
    """The same term of six months, measured on the notice and the end that the record has for the state."""
    yield from recorded(case, KEY, "XV(2) record", MONTHS_OF_NOTICE)


@article("XV suspension", "No clause on suspension", kind=SETTLE, domain=ARMS)
def suspended(case: Case) -> Iterator[Finding]:
    """The treaty knows no suspension. What a party calls so is a practice, about which the parties differ."""
    yield suspension(case, KEY, "XV suspension")


OBLIGATIONS: tuple[Obligation, ...] = (
    intermediate_held, shorter_held, made, inspections, leaves, left, suspended,
)  # fmt: skip
