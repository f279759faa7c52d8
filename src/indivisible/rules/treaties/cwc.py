"""The Chemical Weapons Convention, 1993: declaration, destruction by steps, challenge inspection. Wording: medium."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from indivisible.rules.base import CONSULT, DECLARE, LIMIT, OBSERVE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import done_by, forbids, requires
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, NOT_APPLICABLE, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.rules.in_time import LEAVING, YEAR, months_after
from indivisible.rules.withdrawal import TOLD
from indivisible.values import Truth, day_of, iso

KEY = "CWC_1993"
AUTHORITY = "legal"
POISON = "chemical"

IN_FORCE = "1997-04-29"
DECLARATION_DAYS = 30
LATEST_YEARS = 15
SCHEDULE_1_TONNES = 1
CLARIFICATION_DAYS = 10
COUNCIL, SHARE = 41, 0.75
BLOCKING_HOURS = 12
DAYS_OF_NOTICE = 90

FACTS = vocabulary(
    Fact("develops", TRUTH, "Whether it develops, produces, otherwise acquires or retains chemical weapons."),
    Fact("transfers", TRUTH, "Whether it transfers chemical weapons to anybody."),
    Fact("uses", TRUTH, "Whether it uses chemical weapons."),
    Fact("prepares_use", TRUTH, "Whether it makes military preparations to use them."),
    Fact("assists", TRUTH, "Whether it assists, encourages or induces anybody to do what is forbidden."),
    Fact("riot_agents_in_war", TRUTH, "Whether it uses riot control agents as a method of warfare."),
    Fact("in_force_for_it_on", DAY, "Day on which the convention came into force for the state."),
    Fact("declared_on", DAY, "Day of its declarations under Article III."),
    Fact("declared", TRUTH, "Whether it made them."),
    Fact("destroyed_percent", NUMBER, "Share of its Category 1 weapons that is destroyed.", "percent"),
    Fact("destruction_extended_to", DAY, "Day to which the Conference extended the last step for the state."),
    Fact("destruction_extended", TRUTH, "Whether the Conference extended it at all."),
    Fact("schedule_1_tonnes", NUMBER, "All chemicals of Schedule 1 that it has, for permitted purposes.", "tonnes"),
    Fact("clarification_asked_on", DAY, "Day on which another party asked it for clarification."),
    Fact("clarified_on", DAY, "Day on which it answered."),
    Fact("clarified", TRUTH, "Whether it answered."),
    Fact("challenge_requested", TRUTH, "Whether a challenge inspection of it was requested."),
    Fact("votes_against_challenge", NUMBER, "Members of the Executive Council who voted to stop the inspection."),
    Fact("hours_to_vote", NUMBER, "Hours from the receipt of the request to that vote.", "hours"),
    Fact("receives_team", TRUTH, "Whether it receives the inspection team."),
    *LEAVING,
    Fact("reasons_stated", TRUTH, "Whether the notice states the extraordinary events that the state cites."),
    TOLD,
)
LEAVING_NAMES = ("notified", "notified_on", "left_on", "reasons_stated", "all_told")


@article("I(1)", "No chemical weapons", kind=PROHIBIT, domain=POISON, confidence="medium",
         asks=("develops", "transfers", "uses", "prepares_use", "assists"))  # fmt: skip
def weapons(case: Case) -> Iterator[Finding]:
    """Never under any circumstances to develop, acquire, retain, transfer or use chemical weapons, to prepare for their
    use, or to help anybody to do so."""
    yield forbids(case, "I(1)(a)", "develops", "transfers", remedy="destroy them under Article IV")
    yield forbids(case, "I(1)(b)", "uses")
    yield forbids(case, "I(1)(c)", "prepares_use")
    yield forbids(case, "I(1)(d)", "assists")


@article("I(5)", "Riot control agents", kind=PROHIBIT, domain=POISON, confidence="medium", asks=("riot_agents_in_war",))
def riot_agents(case: Case) -> Iterator[Finding]:
    """Riot control agents are not used as a method of warfare."""
    yield forbids(case, "I(5)", "riot_agents_in_war")


@article("III(1)", "Declarations", kind=DECLARE, domain=POISON, confidence="medium",
         asks=("in_force_for_it_on", "declared_on", "declared"))  # fmt: skip
def declarations(case: Case) -> Iterator[Finding]:
    """Not later than 30 days after the entry into force for it, a party declares its chemical weapons and
    facilities."""
    first = case.facts.day("in_force_for_it_on")
    last = None if first is None else first + DECLARATION_DAYS
    yield done_by(case, "III(1)", "the declaration", last, case.facts.day("declared_on"),
                  done=case.facts.truth("declared"))  # fmt: skip


@lru_cache(maxsize=1)
def steps() -> tuple[Mapping[str, str], ...]:
    """The steps of destruction: the share, and the years after the entry into force of the convention."""
    with (Path(__file__).parent / "cwc_destruction.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@article("IV(6)", "Destruction by steps", kind=LIMIT, domain=POISON, confidence="medium",
         asks=("destroyed_percent", "destruction_extended_to", "destruction_extended"))  # fmt: skip
def destruction(case: Case) -> Iterator[Finding]:
    """Of its Category 1 weapons a party has destroyed 1 percent three years after the entry into force of the
    convention, 20 after five, 45 after seven and all after ten; the Conference may extend the last step to fifteen
    years at most."""
    entered = day_of(IN_FORCE)
    share, extended = case.facts.number("destroyed_percent"), case.facts.day("destruction_extended_to")
    latest, never = months_after(entered, LATEST_YEARS * YEAR), ~case.facts.truth("destruction_extended")
    if extended is not None:
        verdict = verdict_of(Truth.YES if extended <= latest else Truth.NO)
        told = f"Extended to {iso(extended)}; {iso(latest)} at the latest."
        yield Finding("IV(6) extension", verdict, told, unit="days", margin=latest - extended)
    for row in steps():
        due, wanted = months_after(entered, int(row["years"]) * YEAR), int(row["percent"])
        last_step = row is steps()[-1]
        if last_step and extended is not None:
            due = max(due, min(extended, latest))
        done = verdict_of(reaches(share, wanted))
        told = f"Destroyed: {said(share)} percent; {wanted} percent are due by {iso(due)}."
        found = Finding(row["article"], done, told, limit=wanted, value=share, unit="percent", notice=iso(due))
        if case.day < due:
            found = replace(found, verdict=NOT_APPLICABLE)
        elif done == BROKEN and last_step and extended is None and never is not Truth.YES and case.day < latest:
            found = replace(found, verdict=UNKNOWN, because=f"{told} Whether it was extended is not given.")
        elif done == BROKEN and share is not None:
            found = replace(found, remedy=f"destroy {wanted - share.high:,.10g} percent more",
                            margin=share.high - wanted)  # fmt: skip
        yield found


@article(
    "VI(2)", "One tonne of Schedule 1", kind=LIMIT, domain=POISON, confidence="medium", asks=("schedule_1_tonnes",)
)
def schedule_1(case: Case) -> Iterator[Finding]:
    """A party has at most one tonne of Schedule 1 chemicals for permitted purposes at any time (Verification Annex
    VI)."""
    start = Finding("VI(2)", UNKNOWN, "", unit="tonnes")
    yield ceiling(
        start, case.facts.number("schedule_1_tonnes"), SCHEDULE_1_TONNES, what="Tonnes of Schedule 1 chemicals"
    )


@article("IX(2)", "Clarification", kind=CONSULT, domain=POISON, confidence="medium",
         asks=("clarification_asked_on", "clarified_on", "clarified"))  # fmt: skip
def clarification(case: Case) -> Iterator[Finding]:
    """A party that is asked to clarify a doubt answers as soon as possible, and not later than ten days after."""
    asked = case.facts.day("clarification_asked_on")
    last = None if asked is None else asked + CLARIFICATION_DAYS
    yield done_by(case, "IX(2)", "the answer", last, case.facts.day("clarified_on"), done=case.facts.truth("clarified"))


def _stopped(case: Case) -> Truth:
    """Whether the Council stopped the inspection: three quarters of its members, within twelve hours."""
    in_time = ~reaches(case.facts.number("hours_to_vote"), BLOCKING_HOURS, above=True)
    return reaches(case.facts.number("votes_against_challenge"), COUNCIL * SHARE) & in_time


@article("IX(17)", "Challenge inspection", kind=OBSERVE, domain=POISON, confidence="medium",
         asks=("challenge_requested", "votes_against_challenge", "hours_to_vote", "receives_team"))  # fmt: skip
def challenge(case: Case) -> Iterator[Finding]:
    """A challenge inspection goes ahead, and the party receives the team, unless within twelve hours of the request
    three quarters of all 41 members of the Executive Council vote to stop it."""
    where = case.facts.truth("challenge_requested") & ~_stopped(case)
    yield requires(case, "IX(17)", "receives_team", where=where, remedy="receive the team",
                   when="a challenge inspection that goes ahead")  # fmt: skip


@article("XVI(2)", "Withdrawal", kind=SETTLE, domain=POISON, confidence="medium", asks=LEAVING_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its supreme interests, 90 days after a notice that
    states them, to all other parties, the Executive Council, the Depositary and the Security Council."""
    facts = case.facts
    told, left = facts.day("notified_on"), facts.day("left_on")
    last = None if left is None else left - DAYS_OF_NOTICE
    yield done_by(case, "XVI(2)", "notice of leaving", last, told, done=facts.truth("notified"))
    yield requires(case, "XVI(2) reasons", "reasons_stated", remedy="state the extraordinary events")
    yield requires(case, "XVI(2) addressees", "all_told", remedy="tell all whom the article names")


OBLIGATIONS: tuple[Obligation, ...] = (
    weapons, riot_agents, declarations, destruction, schedule_1, clarification, challenge, leaves,
)  # fmt: skip
