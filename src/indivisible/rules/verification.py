"""Inspections, evaluation visits, exchanges of information and questions: quotas and times, in hours and days."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from indivisible.rules.activities import Levels
from indivisible.rules.base import Case
from indivisible.rules.demands import HOURS, Term, settled
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, reaches, said
from indivisible.rules.finding import BROKEN, KEPT, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.values import Estimate, Truth

EXCHANGE_MONTH, EXCHANGE_DAY = 12, 15
INSPECTION = (
    Fact("inspections_before", NUMBER, "Inspections that the state has accepted in the calendar year before this one."),
    Fact("inspections_before_same_state", NUMBER, "Of these, by the state that asks now."),
    Fact("inspection_refused", TRUTH, "Whether the inspection was refused."),
    Fact("inspection_notice_hours", NUMBER, "Hours from the request to the intended entry."),
    Fact("inspection_reply_hours", NUMBER, "Hours from the request to the reply."),
    Fact("inspection_hours", NUMBER, "Hours that the inspection lasted."),
    Fact("inspectors", NUMBER, "Inspectors in the team."),
)
EVALUATION = (
    Fact("units_reported", NUMBER, "Units that the state reports in the annual exchange."),
    Fact("visits_before", NUMBER, "Evaluation visits that it has accepted in the calendar year before this one."),
    Fact("visits_before_same_state", NUMBER, "Of these, by the state that asks now."),
    Fact("visits_to_unit", NUMBER, "Of these, to the unit in question."),
    Fact("visits_to_unit_same_state", NUMBER, "Of these, to the unit, by the state that asks now."),
    Fact("visit_refused", TRUTH, "Whether the visit was refused."),
    Fact("visit_notice_days", NUMBER, "Days from the request to the visit."),
    Fact("visit_reply_hours", NUMBER, "Hours from the request to the reply."),
)
EXCHANGE = (
    Fact("exchange_given", TRUTH, "Whether the annual information for the year of the case was given."),
    Fact("exchange_on", DAY, "Day on which it was given."),
)
QUESTIONS = (
    Fact("explanation_hours", NUMBER, "Hours from the request for an explanation to the answer."),
    Fact("bilateral_meeting_hours", NUMBER, "Hours from the request for a meeting to the meeting."),
    Fact("joint_meeting_hours", NUMBER, "Hours from the request for a meeting of all to that meeting."),
    Fact("hazardous_incident", TRUTH, "Whether there was a hazardous incident of a military nature."),
    Fact("incident_explained", TRUTH, "Whether the state whose forces were involved informed the others at once."),
)


def names(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Names of facts, for what an article asks."""
    return tuple(fact.name for fact in facts)


def refusal(article: str, refused: Truth, must: Truth, told: str) -> Finding:
    """Whether a refusal is within the text: allowed only where the state need not accept."""
    found = Finding(article, UNKNOWN, told)
    verdict = verdict_of(~(refused & must))
    if verdict == BROKEN:
        return replace(found, verdict=BROKEN, because=f"Refused, though it had to be accepted: {told}",
                       remedy="accept it")  # fmt: skip
    if verdict == KEPT:
        why = "Not refused" if refused is Truth.NO else "It need not be accepted"
        return replace(found, verdict=KEPT, because=f"{why}: {told}")
    return replace(found, because=f"Whether it was refused, or had to be accepted, is not known: {told}")


def inspection_quota(case: Case, levels: Levels, article: str) -> Finding:
    """A state accepts so many inspections a calendar year, and so many by the same state."""
    facts, total, same = case.facts, levels.one(article, "visits"), levels.one(article, "visits of one state")
    before, own = facts.number("inspections_before"), facts.number("inspections_before_same_state")
    must = ~reaches(before, total) & ~reaches(own, same)
    told = f"{said(before)} accepted before, of {total} a year; {said(own)} by the same state, of {same}."
    return refusal(article, facts.truth("inspection_refused"), must, told)


def within(case: Case, article: str, fact: str, what: str, unit: str, limit: int) -> Finding:
    """A number that may not be more than a limit; not given is unknown."""
    return ceiling(Finding(article, UNKNOWN, "", unit=unit), case.facts.number(fact), limit, what=what)


def between(case: Case, article: str, fact: str, what: str, unit: str, least: int, most: int) -> Finding:
    """A number that may be neither less than one limit nor more than another."""
    value = case.facts.number(fact)
    truth = reaches(value, least) & ~reaches(value, most, above=True)
    told = f"{what}: {said(value)}; at least {least} and at most {most} {unit}."
    return Finding(article, verdict_of(truth), told, value=value, unit=unit)


def request_hours(case: Case, levels: Levels, article: str) -> Finding:
    """An inspection is asked for between so many hours and so many days before the entry."""
    least, most = levels.one(article, "least hours"), HOURS * levels.one(article, "most days")
    what = "Hours from the request to the entry"
    return between(case, article, "inspection_notice_hours", what, "hours", least, most)


def visits_due(units: Estimate | None, levels: Levels, article: str) -> Estimate | None:
    """The visits a year that a state with so many units has to accept: one for each so many units or part of them."""
    if units is None:
        return None
    for_each, most = levels.one(article, "units for a visit"), levels.one(article, "visits")
    ends = (units.low, min(units.high, most * for_each))
    low, high = (min(most, math.ceil(one / for_each)) for one in ends)
    return Estimate(low, low if low == high else None, high)


def evaluation_quota(case: Case, levels: Levels, article: str) -> Finding:
    """Visits up to the quota, one fifth of it (one at least) by the same state, and so many to the same unit."""
    facts = case.facts
    due, part = visits_due(facts.number("units_reported"), levels, article), levels.one(article, "part of one state")
    before, own = facts.number("visits_before"), facts.number("visits_before_same_state")
    unit, unit_own = facts.number("visits_to_unit"), facts.number("visits_to_unit_same_state")
    room = less(before, due)
    share = None if due is None else Estimate(_share(due.low, part), None, _share(due.high, part))
    must = (
        room & less(own, share) & ~reaches(unit, levels.one(article, "visits to a unit"))
        & ~reaches(unit_own, levels.one(article, "visits to a unit by one state"))
    )  # fmt: skip
    told = (
        f"{said(before)} visits accepted before, of {said(due)} a year; {said(own)} by the same state, of "
        f"{said(share)}; {said(unit)} to the unit, {said(unit_own)} of them by the same state."
    )
    return refusal(article, facts.truth("visit_refused"), must, told)


def _share(quota: float, part: int) -> float:
    return max(1, quota // part)


def less(one: Estimate | None, other: Estimate | None) -> Truth:
    """Whether one number is below another; unknown where their intervals meet."""
    if one is None or other is None:
        return Truth.UNKNOWN
    if one.high < other.low:
        return Truth.YES
    return Truth.NO if one.low >= other.high else Truth.UNKNOWN


def visit_days(case: Case, levels: Levels, article: str) -> Finding:
    """An evaluation visit is asked for so many days before, no fewer and no more."""
    least, most = levels.one(article, "least days"), levels.one(article, "most days")
    return between(case, article, "visit_notice_days", "Days from the request to the visit", "days", least, most)


def exchange(case: Case, article: str) -> Finding:
    """The annual information for a year is given by 15 December of the year before."""
    year = date.fromordinal(case.day).year
    last = date(year - 1, EXCHANGE_MONTH, EXCHANGE_DAY).toordinal()
    term = Term(f"The information that holds on 1 January {year}", last, "exchange_given", "exchange_on")
    return settled(case, Finding(article, UNKNOWN, "", unit="days", notice=date.fromordinal(last).isoformat()), term)
