"""Votes in the Council of the European Union: the weights of 1958 to 2017, and majorities of states and people.

Thresholds are taken exactly: 55 % of 27 members are 15, 65 % of the people are the next whole person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indivisible.errors import FileError, QuestionError
from indivisible.rules.ballot import (
    ABSENT,
    ABSTAIN,
    ABSTAIN_WITH_DECLARATION,
    NO,
    NO_DECISION,
    NOT_PARTICIPATING,
    YES,
    Condition,
    Rule,
    at_least,
    every,
    fewer_than,
    given,
    nobody,
    some,
)  # fmt: skip
from indivisible.rules.facts import NAME, NUMBER, TABLE, TEXT, TRUTH, Fact
from indivisible.rules.procedure import Meeting
from indivisible.values import Truth, day_of, iso

VOTES = (NO, ABSENT, ABSTAIN, NOT_PARTICIPATING, YES)
WEIGHTS = Path(__file__).parent / "eu_weights.csv"
POPULATION = Fact(
    "population", TABLE, "people of each member, where others than the record's are to count, such as the official "
    "figures of the year", of=(Fact("state", NAME, "the member"), Fact("people", NUMBER, "its people")),
)  # fmt: skip
POPULATION_SOURCE = Fact("population_source", TEXT, "where the figures of `population` come from")
CHECK = Fact("population_check", TRUTH, "whether a member asks that 62 % of the population be verified")


def weight_table(day: int) -> Mapping[str, int]:
    """Votes of every state that has weighted votes on a day, members or not; empty before 1958."""
    rows = [row for row in _rows() if day_of(row["since"]) <= day]
    latest = max((row["since"] for row in rows), default="")
    return {row["state"]: int(row["votes"]) for row in rows if row["since"] == latest}


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def weights(meeting: Meeting) -> dict[str, int]:
    """Votes of each voter. Raises QuestionError for one that has none."""
    table = weight_table(meeting.day)
    for state in meeting.voters:
        if state not in table:
            raise QuestionError(f"the treaties give {state} no weighted votes on {iso(meeting.day)}")
    return {state: table[state] for state in meeting.voters}


@dataclass(frozen=True)
class People:
    """The people of each voter, None where not known; how they are told, and their sources."""

    of: Mapping[str, int | None]
    told: str
    sources: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All of them, as far as they are known."""
        return sum(people or 0 for people in self.of.values())

    def says(self, part: int) -> str:
        """So many of all, with whose figures they are."""
        if None in self.of.values():
            return f"not known of all members ({self.told})"
        return f"{part:,} of {self.total:,} people ({self.told})"


def people(meeting: Meeting) -> People:
    """The figures that the case gives, or else those of the record of the day."""
    rows = meeting.facts.table("population")
    if rows is None:
        claims = meeting.counted()
        years = sorted({claim.begin for claim in claims.values() if claim is not None})
        keys = sorted({key for claim in claims.values() if claim is not None for key in claim.sources})
        figures = f"figures of the record for {', '.join(years)}" if years else "figures not in the record"
        counted = {state: None if one is None else round(float(one.value)) for state, one in claims.items()}
        return People(counted, figures, tuple(keys))
    found: dict[str, int] = {}
    for row in rows:
        name, number = row.text("state"), row.number("people")
        if name is None or number is None or not number.known or number.low != number.high:
            raise FileError("each row gives a state and a whole number of people", where=row.where)
        state = meeting.record.resolve(name, "state")
        if state in found:
            raise FileError(f"{name!r} stands twice", where=row.where, do="keep one of the rows")
        found[state] = int(number.low)
    source = meeting.facts.text("population_source") or "figures of the case"
    return People({state: found.get(state) for state in meeting.voters}, source)


def whose_figures(meeting: Meeting) -> Iterable[str]:
    """What a reader has to know of a close case."""
    if meeting.facts.table("population") is None:
        yield (
            "the Council counts by population figures of its own for every year; here the record's count, rounded to "
            "three digits: in a close case give the official ones as facts"
        )


def part_of(numerator: int, denominator: int, whole: int) -> int:
    """The least whole number that is at least so large a part of the whole."""
    return -(-numerator * whole // denominator)


def of_people(meeting: Meeting, percent: int, article: str) -> Condition:
    """Those who vote for have at least so many percent of the people."""
    who = people(meeting)
    needs = part_of(percent, 100, who.total)
    return at_least(
        needs,
        meeting.voters,
        f"at least {percent} % of the population: {who.says(needs)}",
        article,
        weights=who.of,
        unit="people",
        whole=who.total,
        sources=who.sources,
    )


def of_members(meeting: Meeting, percent: int, article: str) -> Condition:
    """At least so many percent of the voters vote for."""
    number = len(meeting.voters)
    needs = part_of(percent, 100, number)
    return at_least(needs, meeting.voters, f"at least {percent} % of the members: {needs} of {number} for", article)


def double_majority(meeting: Meeting) -> Rule:
    """55 % of the members, at least fifteen, with 65 % of the people; fewer than four cannot block."""
    article, number = "TEU 16(4)", len(meeting.voters)
    needs = max(part_of(55, 100, number), 15)
    by_members = at_least(needs, meeting.voters, f"at least 55 % of the members: {needs} of {number} for", article)
    return _unless_too_few_block(meeting, by_members, of_people(meeting, 65, article), 4, article)


def majority_of_participants(meeting: Meeting) -> Rule:
    """55 % of those who take part, with 65 % of their people; a minority needs one member more than 35 % take."""
    article, who = "TFEU 238(3)(a)", people(meeting)
    largest, fewest, sum_of = sorted((each or 0 for each in who.of.values()), reverse=True), 0, 0
    while sum_of * 100 <= 35 * who.total and fewest < len(largest):
        sum_of, fewest = sum_of + largest[fewest], fewest + 1
    by_members = of_members(meeting, 55, article)
    return _unless_too_few_block(meeting, by_members, of_people(meeting, 65, article), fewest + 1, article)


def _unless_too_few_block(
    meeting: Meeting, by_members: Condition, by_people: Condition, minority: int, article: str
) -> Rule:
    """Both majorities; a minority of fewer members than that does not block.

    Where so few can never leave the members short, only the people have to be made up for, which tells a reader more.
    """
    not_blocked = fewer_than(
        minority, meeting.voters,
        f"or fewer than {minority} members do not vote for, too few for a blocking minority", article,
        votes=(NO, ABSENT, ABSTAIN, NOT_PARTICIPATING), unit="not for",
    )  # fmt: skip
    if len(meeting.voters) - minority + 1 >= by_members.needs:
        return every(by_members, some(by_people, not_blocked))
    return some(every(by_members, by_people), not_blocked)


def reinforced_majority(meeting: Meeting, article: str) -> Rule:
    """72 % of the members with 65 % of the people."""
    return every(of_members(meeting, 72, article), of_people(meeting, 65, article))


def weighted_majority(meeting: Meeting, quota: int, members: int, article: str) -> Rule:
    """So many weighted votes, cast by at least so many members (none asked for where 0)."""
    votes = weights(meeting)
    total = sum(votes.values())
    says = f"at least {quota} of {total} weighted votes"
    parts: list[Rule] = [at_least(quota, meeting.voters, says, article, weights=votes, unit="weighted votes")]
    if members:
        parts.append(at_least(members, meeting.voters, f"at least {members} members for", article, unit="members"))
    return every(*parts)


def if_verified(meeting: Meeting, article: str) -> Rule:
    """62 % of the people, where a member asks for it; open where it is not known whether one does."""
    asked = meeting.facts.truth("population_check")
    if asked is Truth.YES:
        return of_people(meeting, 62, article)
    not_asked = given(
        "no member asks to verify that the majority has 62 % of the population", article, ~asked,
        defeated_by="population check",
    )  # fmt: skip
    return not_asked if asked is Truth.NO else some(not_asked, of_people(meeting, 62, article))


def unanimous(meeting: Meeting, article: str) -> Rule:
    """Nobody votes against, and everybody is present or represented; abstentions do not prevent it."""
    return every(
        nobody(meeting.voters, "no member votes against", article),
        fewer_than(
            1, meeting.voters, "every member is present or represented (or against)", article, votes=(NO, ABSENT),
            unit="members", defeated_by="absence",
        ),
    )  # fmt: skip


def few_declare(meeting: Meeting) -> Rule:
    """Those who abstain with a declaration are not a third of the members with a third of the people."""
    number, who = len(meeting.voters), people(meeting)
    third, third_of_people = part_of(1, 3, number), part_of(1, 3, who.total)
    told = (
        f"fewer than a third of the members ({third} of {number}) abstain with a declaration (or are against or absent)"
    )
    return some(
        _declare(meeting, third, told, "members"),
        _declare(
            meeting, third_of_people, f"or less than a third of the population: {who.says(third_of_people)}", "people",
            weights=who.of, whole=who.total, sources=who.sources,
        ),
    )  # fmt: skip


def few_votes_declare(meeting: Meeting) -> Rule:
    """Those who abstain with a declaration do not have more than a third of the weighted votes."""
    votes = weights(meeting)
    total = sum(votes.values())
    limit = total // 3 + 1
    told = f"fewer than {limit} of {total} weighted votes abstain with a declaration (or are against or absent)"
    return _declare(meeting, limit, told, "weighted votes", weights=votes)


def _declare(
    meeting: Meeting, limit: int, says: str, unit: str, *, weights: Mapping[str, int | None] | None = None,
    whole: int = 0, sources: tuple[str, ...] = (),
) -> Rule:  # fmt: skip
    return fewer_than(
        limit, meeting.voters, says, "TEU 31(1)" if weights is None or whole else "TEU 23(1) of 1999",
        votes=(NO, ABSENT, ABSTAIN_WITH_DECLARATION), weights=weights, unit=unit, defeated_by="constructive abstention",
        otherwise=NO_DECISION, whole=whole, sources=sources,
    )  # fmt: skip
