"""Majorities of regional bodies against the texts, worked out again in the plainest way, and published totals."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import FileError, QuestionError
from indivisible.record.record import Record
from indivisible.rules.ballot import ADOPTED, NO_DECISION, REJECTED, Condition, conditions_of, count
from indivisible.rules.councils import african_union, council_of_europe, eu, eu_votes
from indivisible.rules.councils.eu_votes import part_of, weight_table
from indivisible.rules.decide import decide
from indivisible.rules.facts import Facts, read_facts
from indivisible.rules.flips import flips
from indivisible.rules.procedure import Meeting, meeting_of
from indivisible.values import day_of

DAY = day_of("2024-03-01")


@pytest.fixture(scope="module")
def meeting(record: Record) -> Meeting:
    """The twenty-seven."""
    return meeting_of(record, eu, DAY, Facts(eu.FACTS))


@pytest.fixture(scope="module")
def people(meeting: Meeting) -> dict[str, int]:
    return {state: number for state, number in meeting.population().items() if number is not None}


def weighted(record: Record, on: str) -> Condition:
    """The condition on weighted votes of a day."""
    facts = read_facts({"population_check": False}, eu.FACTS, where="test")
    meeting = meeting_of(record, eu, day_of(on), facts)
    one = next(o for o in eu.PROCEDURES if o.name == "qualified_majority" and o.since <= meeting.day < o.until)
    return next(iter(conditions_of(one.rule(meeting))))


@pytest.mark.parametrize(
    ("on", "quota", "total"),
    [
        ("1958-01-01", 12, 17), ("1972-12-31", 12, 17), ("1973-01-01", 41, 58), ("1980-12-31", 41, 58),
        ("1981-01-01", 45, 63), ("1985-12-31", 45, 63), ("1986-01-01", 54, 76), ("1994-12-31", 54, 76),
        ("1995-01-01", 62, 87), ("2004-04-30", 62, 87), ("2004-05-01", 88, 124), ("2004-10-31", 88, 124),
        ("2004-11-01", 232, 321), ("2006-12-31", 232, 321), ("2007-01-01", 255, 345), ("2013-06-30", 255, 345),
        ("2013-07-01", 260, 352), ("2014-10-31", 260, 352),
    ],
)  # fmt: skip
def test_weights_and_quotas_of_every_period(record: Record, on: str, quota: int, total: int) -> None:
    found = weighted(record, on)
    assert (found.needs, sum(points["yes"] for points in found.points.values())) == (quota, total)


def winning(condition: Condition) -> tuple[int, Counter[int]]:
    """Winning coalitions, and for each weight the swings of one member who has it: counted sum by sum."""
    weights = sorted(points["yes"] for points in condition.points.values())

    def ways(of: list[int]) -> Counter[int]:
        found = Counter({0: 1})
        for weight in of:
            for total, number in list(found.items()):
                found[total + weight] += number
        return found

    wins = sum(number for total, number in ways(weights).items() if total >= condition.needs)
    swings: Counter[int] = Counter()
    for weight in set(weights):
        others = list(weights)
        others.remove(weight)
        swings[weight] = sum(
            number for total, number in ways(others).items() if condition.needs - weight <= total < condition.needs
        )
    return wins, swings


def test_the_six_fifteen_and_twenty_seven_of_the_literature(record: Record) -> None:
    """Luxembourg never mattered in 1958; the counts for the fifteen and under Nice are the published ones."""
    assert winning(weighted(record, "1958-01-01")) == (14, Counter({4: 10, 2: 6, 1: 0}))
    wins, swings = winning(weighted(record, "1996-01-01"))
    assert (wins, swings) == (2549, Counter({10: 1849, 8: 1531, 5: 973, 4: 793, 3: 595, 2: 375}))
    wins, swings = winning(weighted(record, "2008-01-01"))
    assert wins == 2_718_774
    assert swings == Counter(
        {29: 2193664, 27: 2091380, 14: 1200504, 13: 1120138, 12: 1038492, 10: 871654, 7: 614702, 4: 352374, 3: 265568}
    )


def test_no_weights_before_the_treaty() -> None:
    assert weight_table(day_of("1957-12-31")) == {}


def by_the_text(meeting: Meeting, people: dict[str, int], for_it: set[str]) -> bool:
    """TEU 16(4), with fractions."""
    number, all_people = len(meeting.voters), sum(people.values())
    members = Fraction(len(for_it), number) >= Fraction(55, 100) and len(for_it) >= 15
    of_people = Fraction(sum(people[state] for state in for_it), all_people) >= Fraction(65, 100)
    return (members and of_people) or number - len(for_it) < 4


def test_the_double_majority_is_the_text(meeting: Meeting, people: dict[str, int]) -> None:
    rule, chance = eu.by_double_majority.rule(meeting), random.Random(6)
    seen = set()
    for _ in range(400):
        for_it = set(chance.sample(meeting.voters, chance.randint(12, 27)))
        ballot = {state: "yes" if state in for_it else chance.choice(("no", "abstain")) for state in meeting.voters}
        adopted = count(rule, ballot).outcome == ADOPTED
        assert adopted is by_the_text(meeting, people, for_it)
        seen.add(adopted)
    assert seen == {True, False}


def test_who_could_turn_a_double_majority(meeting: Meeting, people: dict[str, int]) -> None:
    """Every single member and pair tried; where neither turns it, the answer is three or more, and is proven."""
    rule, chance = eu.by_double_majority.rule(meeting), random.Random(7)
    sizes = set()
    for _ in range(25):
        for_it = set(chance.sample(meeting.voters, chance.randint(12, 22)))
        ballot = {state: "yes" if state in for_it else "no" for state in meeting.voters}
        outcome = ADOPTED if by_the_text(meeting, people, for_it) else REJECTED
        found = flips(rule, ballot, outcome, eu_votes.VOTES)
        able = sorted(for_it if outcome == ADOPTED else set(meeting.voters) - for_it)
        slow: list[list[str]] = []
        for size in (1, 2):
            slow = slow or [
                list(some)
                for some in combinations(able, size)
                if by_the_text(meeting, people, for_it ^ set(some)) is not (outcome == ADOPTED)
            ]
        assert found.proven
        if slow:
            assert found.sets() == slow
        else:
            assert found.size is not None
            assert found.size >= 3
        sizes.add(found.size)
    assert {1, 2} <= sizes


@given(numerator=st.integers(1, 100), whole=st.integers(0, 10**9))
def test_a_part_is_exact(numerator: int, whole: int) -> None:
    needs = part_of(numerator, 100, whole)
    assert Fraction(needs) >= Fraction(numerator * whole, 100) > needs - 1


@settings(max_examples=30, deadline=None)
@given(numbers=st.lists(st.integers(1, 60), min_size=9, max_size=9))
def test_a_blocking_minority_of_participants_has_one_member_more(record: Record, numbers: list[int]) -> None:
    states = ("AUT", "BEL", "DEU", "ESP", "FRA", "ITA", "LUX", "NLD", "PRT")
    table = [{"state": state, "people": n * 1_000_000} for state, n in zip(states, numbers, strict=True)]
    facts = read_facts({"population": table}, eu.FACTS, where="test")
    rule = eu_votes.majority_of_participants(Meeting(record, "EU", DAY, states, facts))
    (block,) = [one for one in conditions_of(rule) if "blocking minority" in one.says]
    fewest = next(
        size for size in range(1, 10)
        if any(sum(some) * 100 > 35 * sum(numbers) for some in combinations(numbers, size))
    )  # fmt: skip
    everybody = dict.fromkeys(states, "yes")
    assert count(block, {**everybody, **dict.fromkeys(states[:fewest], "no")}).outcome == ADOPTED
    assert count(block, {**everybody, **dict.fromkeys(states[: fewest + 1], "no")}).outcome != ADOPTED


def test_constructive_abstention_is_the_text(meeting: Meeting, people: dict[str, int]) -> None:
    rule, chance, seen = eu.foreign_policy.rule(meeting), random.Random(8), set()
    for _ in range(300):
        declare = set(chance.sample(meeting.voters, chance.randint(0, 14)))
        ballot = {state: "abstain_with_declaration" if state in declare else "yes" for state in meeting.voters}
        third = Fraction(len(declare), 27) >= Fraction(1, 3)
        third &= Fraction(sum(people[one] for one in declare), sum(people.values())) >= Fraction(1, 3)
        outcome = count(rule, ballot).outcome
        assert outcome == (NO_DECISION if third else ADOPTED)
        seen.add(outcome)
        ballot[chance.choice(meeting.voters)] = "no"
        assert count(rule, ballot).outcome == REJECTED
    assert seen == {NO_DECISION, ADOPTED}


def test_the_assembly_of_the_african_union_by_counts(record: Record) -> None:
    """Every way in which nine members can vote: consensus with a quorum, or two thirds; no decision without quorum."""
    voters = tuple("ABCDEFGHI")
    rule = african_union.assembly.rule(Meeting(record, "AU", DAY, voters, Facts(african_union.FACTS)))
    for yes in range(10):
        for no in range(10 - yes):
            for absent in range(10 - yes - no):
                cast = ["yes"] * yes + ["no"] * no + ["absent"] * absent + ["abstain"] * (9 - yes - no - absent)
                if yes >= 6 or (no == 0 and absent <= 3):
                    expected = ADOPTED
                else:
                    expected = NO_DECISION if no == 0 else REJECTED
                assert count(rule, dict(zip(voters, cast, strict=True))).outcome == expected, cast


def test_the_committee_of_ministers_by_counts(record: Record) -> None:
    voters = tuple("ABCDEFGHI")
    rule = council_of_europe.resolution.rule(Meeting(record, "COE", DAY, voters, Facts({})))
    for yes in range(10):
        for no in range(10 - yes):
            cast = ["yes"] * yes + ["no"] * no + ["abstain"] * (9 - yes - no)
            adopted = yes >= 5 and Fraction(yes, yes + no) >= Fraction(2, 3)
            assert (count(rule, dict(zip(voters, cast, strict=True))).outcome == ADOPTED) is adopted


def test_the_figures_are_named(record: Record) -> None:
    found = decide(record, {"body": "EU", "on": "2024-03-01", "others": "yes"})
    assert "WB_POPULATION" in found.sources()
    assert "figures of the record for 2023" in found.steps[1].rule
    earlier = decide(record, {"body": "EU", "on": "2022-12-31", "others": "yes", "votes": {"HUN": "no"}})
    assert "figures of the record for 2016" in earlier.steps[1].rule


def test_figures_that_cannot_be_meant(record: Record) -> None:
    case = {"body": "EU", "on": "2024-03-01", "others": "yes"}
    twice = [{"state": "FRA", "people": 1}, {"state": "France", "people": 2}]
    with pytest.raises(FileError, match="stands twice"):
        decide(record, {**case, "facts": {"population": twice}})
    with pytest.raises(FileError, match="whole number"):
        decide(record, {**case, "facts": {"population": [{"state": "FRA", "people": "1..2"}]}})
    with pytest.raises(QuestionError, match="Atlantis"):
        decide(record, {**case, "facts": {"population": [{"state": "Atlantis", "people": 1}]}})
    with pytest.raises(QuestionError, match="no weighted votes"):
        decide(record, {"body": "EU", "on": "1996-01-01", "others": "yes", "members": ["Japan"]})


def test_a_change_file_is_found_beside_the_case(record: Record, tmp_path: Path) -> None:
    (tmp_path / "club.yml").write_text(
        "schema: change/1\nname: club\ntitle: A club\nsources: [none]\nsteps:\n"
        "  - {id: f, do: found, organization: CLUB, members: [FIN, SRB, TUR], rule: two_thirds}\n",
        encoding="utf-8",
    )
    case = tmp_path / "case.yaml"
    case.write_text("body: CLUB\non: 2024-03-01\nchange: club.yml\nvotes: {FIN: no}\nothers: yes\n", encoding="utf-8")
    found = decide(record, case).to_dict()
    assert (found["outcome"], found["members"]) == (ADOPTED, ["FIN", "SRB", "TUR"])
    assert found["rule"] == "decisions (charter of CLUB: two_thirds)"
    assert found["flips"] == [["SRB"], ["TUR"]]


def club(tmp_path: Path, rule: str, members: str) -> Path:
    path = tmp_path / "club.yml"
    path.write_text(
        "schema: change/1\nname: club\ntitle: A club\nsources: [none]\nsteps:\n"
        f"  - {{id: f, do: found, organization: CLUB, members: [{members}], rule: '{rule}'}}\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        ("50 %", 4), ("50.1 %", 5), ("62.5 %", 5), ("62.51 %", 6), ("12.5%", 1), ("100 %", 8), ("99 %", 8), ("1 %", 1),
        ("87.5 %", 7), ("87 %", 7), ("majority", 5), ("two_thirds", 6), ("two-thirds", 6), ("3 of 8", 3), ("8 of 8", 8),
        ("unanimity", 8),
    ],
)  # fmt: skip
def test_how_many_of_eight_a_charter_asks(record: Record, tmp_path: Path, rule: str, needs: int) -> None:
    path = club(tmp_path, rule, "FIN, SRB, TUR, KAZ, MNG, ARM, AUT, CHE")
    found = decide(record, {"body": "CLUB", "on": "2024-03-01", "change": str(path), "others": "yes"})
    assert [one.needs for one in conditions_of(found.rule)] == [needs]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("0 of 8", "carried by nobody"), ("0 %", "no part"), ("100.1 %", "no part"), ("9 of 8", "cannot be reached"),
        ("3 of 7", "made for 7 members"), ("5", "no rule that is known"),
    ],
)  # fmt: skip
def test_charters_that_no_vote_can_follow(record: Record, tmp_path: Path, rule: str, says: str) -> None:
    path = club(tmp_path, rule, "FIN, SRB, TUR, KAZ, MNG, ARM, AUT, CHE")
    with pytest.raises(QuestionError, match=says):
        decide(record, {"body": "CLUB", "on": "2024-03-01", "change": str(path), "others": "yes"})
