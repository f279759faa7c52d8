"""The Comprehensive Nuclear-Test-Ban Treaty, 1996: no explosion, and the 44 States that must ratify before it binds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from indivisible.architecture.treaties import treaty as status_of
from indivisible.architecture.treaty_answers import TreatyParties
from indivisible.rules.base import PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import forbids
from indivisible.rules.facts import DAY, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, NOT_APPLICABLE, UNKNOWN, Finding, verdict_of
from indivisible.rules.in_time import YEAR, months_after
from indivisible.rules.withdrawal import TOLD_FACTS, TOLD_NAMES, notice
from indivisible.values import Estimate, day_of, iso

KEY = "CTBT_1996"
AUTHORITY = "legal"
ATOM = "nuclear"

OPENED = "1996-09-24"
DAYS_AFTER_LAST, YEARS_AFTER_OPENING = 180, 2
MONTHS_OF_NOTICE = 6
INSPECTION_VOTES = 30

FACTS = vocabulary(
    Fact("explodes", TRUTH, "Whether it carries out a nuclear explosion, for whatever purpose."),
    Fact("takes_part", TRUTH, "Whether it causes, encourages or takes part in a nuclear explosion of another."),
    Fact("explosions_under_it", TRUTH, "Whether it lets one happen in a place under its jurisdiction or control."),
    Fact("last_deposit", DAY, "Day on which the last of the Annex 2 States deposited, supposing that all have."),
    Fact("inspection_votes", NUMBER, "Affirmative votes of the Executive Council for an on-site inspection."),
    *TOLD_FACTS,
)


@lru_cache(maxsize=1)
def annex_2() -> tuple[str, ...]:
    """The States listed in Annex 2."""
    with (Path(__file__).parent / "ctbt_annex2.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["state"] for row in csv.DictReader(file))


@article("I(1)", "No nuclear explosion", kind=PROHIBIT, domain=ATOM, asks=("explodes", "explosions_under_it"))
def no_explosion(case: Case) -> Iterator[Finding]:
    """No party carries out a nuclear weapon test explosion or any other nuclear explosion, and each prevents them
    wherever it has jurisdiction or control."""
    yield forbids(case, "I(1)", "explodes", "explosions_under_it")


@article("I(2)", "No part in one", kind=PROHIBIT, domain=ATOM, asks=("takes_part",))
def no_part(case: Case) -> Iterator[Finding]:
    """No party causes, encourages or in any way takes part in a nuclear explosion."""
    yield forbids(case, "I(2)", "takes_part")


@article("IV(46)", "Approval of an on-site inspection", kind=SETTLE, domain=ATOM, confidence="medium",
         asks=("inspection_votes",))  # fmt: skip
def inspection(case: Case) -> Iterator[Finding]:
    """An on-site inspection is approved by at least 30 affirmative votes of the Executive Council. (From knowledge of
    the text, not re-seen.)"""
    votes = case.facts.number("inspection_votes")
    enough = verdict_of(reaches(votes, INSPECTION_VOTES))
    told = f"Affirmative votes: {said(votes)}; {INSPECTION_VOTES} approve an inspection."
    if enough == BROKEN:  # that a majority is missed is nobody's breach
        enough, told = NOT_APPLICABLE, f"Not approved. {told}"
    yield Finding("IV(46)", enough, told, limit=INSPECTION_VOTES, value=votes, unit="votes")


@article("IX(2)", "Withdrawal", kind=SETTLE, domain=ATOM, asks=TOLD_NAMES)
def leaves(case: Case) -> Iterator[Finding]:
    """A party may withdraw if extraordinary events have jeopardised its supreme interests, six months after a notice
    that states them, to all other parties, the Executive Council, the Depositary and the Security Council."""
    yield from notice(case, "IX(2)", MONTHS_OF_NOTICE, told=True)


@article("XIV(1) ratifications", "All States of Annex 2", kind=CONDITION, domain=ATOM)
def ratifications(case: Case) -> Iterator[Finding]:
    """The treaty enters into force only when every one of the 44 States of Annex 2 has ratified: whether they had on
    the day, by the record. A ratification that is revoked before no longer counts."""
    found = status_of(case.record, KEY, on=case.date)
    assert isinstance(found, TreatyParties)
    listed = annex_2()
    joined = [one for one in listed if one in found.lists["ratified"]]
    open_ = [one for one in listed if one in dict(found.unsure)]
    missing = [one for one in listed if one not in joined and one not in open_]
    value = Estimate(len(joined), None if open_ else len(joined), len(joined) + len(open_))
    verdict = BROKEN if missing else UNKNOWN if open_ else KEPT
    names = ", ".join(case.record.name_of(one) for one in missing)
    told = f"{said(value)} of {len(listed)} States of Annex 2 had ratified"
    yield Finding(
        "XIV(1) ratifications", verdict, f"{told}; missing: {names or 'none for certain'}.", limit=len(listed),
        value=value, unit="states", margin=value.high - len(listed) if missing else None,
        remedy=f"ratification by {names}" if missing else "",
    )  # fmt: skip


@article("XIV(1) entry", "180 days after the last, two years after the opening", kind=CONDITION, domain=ATOM,
         confidence="medium", asks=("last_deposit",))  # fmt: skip
def entry(case: Case) -> Iterator[Finding]:
    """It enters into force 180 days after the last of these deposits, but not earlier than two years after it was
    opened for signature. (The numbers from knowledge of the text, not re-seen.)"""
    last = case.facts.day("last_deposit")
    found = Finding("XIV(1) entry", UNKNOWN, "When the last State of Annex 2 deposited is not given.", unit="days")
    if last is None:
        yield found
        return
    day = max(last + DAYS_AFTER_LAST, months_after(day_of(OPENED), YEARS_AFTER_OPENING * YEAR))
    told = f"If all had deposited by {iso(last)}, it is in force from {iso(day)}."
    verdict = KEPT if case.day >= day else BROKEN
    yield Finding("XIV(1) entry", verdict, told, unit="days", margin=case.day - day)


OBLIGATIONS: tuple[Obligation, ...] = (no_explosion, no_part, inspection, leaves, ratifications, entry)
