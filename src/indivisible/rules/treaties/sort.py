"""The Moscow Treaty on strategic offensive reductions, signed 2002: one number by the end of 2012."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import CONSULT, LIMIT, SETTLE, Case, Obligation, article
from indivisible.rules.facts import NUMBER, Fact, reaches, said, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS
from indivisible.rules.withdrawal import notice
from indivisible.values import day_of

KEY = "SORT_2002"
AUTHORITY = "legal"
ARMS = "arms_control"

DUE = "2012-12-31"
WARHEADS_LOW, WARHEADS = 1700, 2200
SESSIONS = 2
MONTHS_OF_NOTICE = 3

FACTS = vocabulary(
    Fact("strategic_warheads", NUMBER, "Strategic nuclear warheads, as the party itself counts them."),
    Fact("commission_sessions", NUMBER, "Meetings of the Bilateral Implementation Commission in the year."),
    *LEAVING,
)


@article("I", "Strategic nuclear warheads", kind=LIMIT, domain=ARMS, asks=("strategic_warheads",))
def warheads(case: Case) -> Iterator[Finding]:
    """By 31 December 2012 each party has reduced its strategic nuclear warheads so that they are no more than 1,700 to
    2,200. Each decides their composition; the text has no rule of counting and no verification of its own. Fewer than
    1,700 is no breach."""
    value = case.facts.number("strategic_warheads")
    found = ceiling(Finding("I", UNKNOWN, "", unit="warheads"), value, WARHEADS, what="Strategic nuclear warheads")
    told = f"{found.because} The text gives the range {WARHEADS_LOW:,} to {WARHEADS:,} and no rule of counting."
    if case.day < day_of(DUE):
        remedy = f"{found.remedy} by {DUE}" if found.remedy else ""
        told = f"{told} It is due on {DUE}, not before."
        yield replace(found, verdict=NOT_APPLICABLE, because=told, remedy=remedy, notice=DUE)
        return
    yield replace(found, because=told)


@article("III", "Bilateral Implementation Commission", kind=CONSULT, domain=ARMS, confidence="medium",
         asks=("commission_sessions",))  # fmt: skip
def commission(case: Case) -> Iterator[Finding]:
    """The parties hold meetings of a commission at least twice a year. (From knowledge of the text, not re-seen.)"""
    held = case.facts.number("commission_sessions")
    told = f"Meetings in the year: {said(held)}; at least {SESSIONS}."
    enough = verdict_of(reaches(held, SESSIONS))
    yield Finding("III", enough, told, limit=SESSIONS, value=held, unit="meetings")


@article("IV(3)", "Withdrawal", kind=SETTLE, domain=ARMS, asks=LEAVING_ASKS)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw with a written notice of three months to the other; the text asks for no reasons."""
    yield from notice(case, "IV(3)", MONTHS_OF_NOTICE, reasons=False)


OBLIGATIONS: tuple[Obligation, ...] = (warheads, commission, leaves)
