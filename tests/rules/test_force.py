"""The tree of a use of force: no disputed fact behind a verdict, readings that matter, mistakes that are named."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.errors import FileError
from indivisible.record.record import Record
from indivisible.rules.facts import TRUTH
from indivisible.rules.force import force, holders
from indivisible.rules.force_branches import BRANCHES, FACTS, GROUNDS, PROHIBITION, overall
from indivisible.rules.force_case import read_force
from indivisible.values import Truth

NAMES = {"ARC": "Arcadia", "BOR": "Bordavia"}
TRUTHS = [name for name, fact in FACTS.items() if fact.kind == TRUTH]


def case(**facts: Any) -> dict[str, Any]:
    return {"name": "made up", "on": "2020-05-03", "names": NAMES, "by": "ARC", "against": "BOR", "facts": facts}


DISPUTED = [{"by": "ARC", "says": True}, {"by": "BOR", "says": False}]
VALUES = st.sampled_from([True, False, None, "disputed", "asserted"])


def written(value: Any) -> Any:
    if value == "disputed":
        return DISPUTED
    return [{"by": "ARC", "says": True}] if value == "asserted" else value


@settings(max_examples=150, deadline=None)
@given(facts=st.dictionaries(st.sampled_from(TRUTHS), VALUES, max_size=len(TRUTHS)), right=st.booleans())
def test_a_known_answer_is_the_same_whoever_is_right(record: Record, facts: dict[str, Any], right: bool) -> None:
    """Settle every fact that is disputed or asserted, either way: no known answer turns."""
    open_ = read_force(case(**{name: written(value) for name, value in facts.items()}), record)
    settled = read_force(
        case(**{name: right if value in ("disputed", "asserted") else value for name, value in facts.items()}), record
    )
    for branch in BRANCHES:
        for name, answer in branch.answers(open_).items():
            if answer is not Truth.UNKNOWN:
                assert branch.answers(settled)[name] is answer
        if branch.answer(open_) is not Truth.UNKNOWN:
            assert branch.answer(settled) is branch.answer(open_)
    if overall(open_):
        assert overall(settled) in (overall(open_), "not_engaged")


@settings(max_examples=150, deadline=None)
@given(facts=st.dictionaries(st.sampled_from(TRUTHS), VALUES, max_size=len(TRUTHS)))
def test_a_disputed_fact_stays_in_sight(record: Record, facts: dict[str, Any]) -> None:
    answer = force(record, case(**{name: written(value) for name, value in facts.items()})).to_dict()
    disputed = {name for name, value in facts.items() if value == "disputed"}
    assert set(answer["disputed"]) == disputed
    for branch in answer["branches"]:
        for fact in branch["facts"]:
            if fact["fact"] in disputed:
                assert (fact["answer"], fact["why"]) == (None, "disputed")
                assert [(one["by"], one["says"]) for one in fact["said"]] == [("ARC", "yes"), ("BOR", "no")]
        if branch["answer"] == "unknown":
            assert branch["why"] in ("disputed", "asserted", "not given", "readings differ")
            assert branch["because"]


@settings(max_examples=200, deadline=None)
@given(facts=st.dictionaries(st.sampled_from(TRUTHS), st.booleans(), max_size=len(TRUTHS)))
def test_the_verdict_on_the_whole_is_that_of_every_choice_of_readings(record: Record, facts: dict[str, bool]) -> None:
    """Against a slow oracle: choose one reading for every branch, in all ways."""
    known = read_force(case(**facts), record)
    found = set()
    answers = [list(branch.answers(known).values()) for branch in GROUNDS]
    for applies in PROHIBITION.answers(known).values():
        for chosen in product(*map(sorted_once, answers)):
            if applies is Truth.NO:
                found.add("not_engaged")
            elif Truth.YES in chosen:
                found.add("within")
            else:
                found.add("outside" if applies is Truth.YES and set(chosen) == {Truth.NO} else "")
    said = overall(known)
    if said == "within":
        assert found <= {"within", "not_engaged"}
    elif said:
        assert found == {said}
    else:
        assert found - {"within", "not_engaged"} or found == {"within", "not_engaged"}


def sorted_once(answers: list[Truth]) -> list[Truth]:
    return sorted(set(answers), key=lambda one: one.value)


def test_nothing_known_settles_nothing(record: Record) -> None:
    known = read_force(case(), record)
    assert overall(known) == ""
    assert {branch.answer(known) for branch in BRANCHES} == {Truth.UNKNOWN}


def test_every_reading_has_holders_and_no_other_is_listed() -> None:
    listed = holders()
    assert set(listed) == {branch.key for branch in BRANCHES}
    for branch in BRANCHES:
        assert set(listed[branch.key]) == {reading.name for reading in branch.readings}
        assert all(one["who"] and one["where"] for rows in listed[branch.key].values() for one in rows)


CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "rules" / "charter.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("branch", BRANCHES, ids=lambda branch: branch.key)
def test_every_reading_parts_from_a_rival_and_agrees_with_it_in_the_corpus(record: Record, branch: Any) -> None:
    parted, agreed = set(), set()
    for one in CASES:
        if one.get("asks") != "force":
            continue
        answers = branch.answers(read_force({"on": one[True], **one["facts"]}, record))
        for first, second in product(answers, answers):
            known = answers[first] is not Truth.UNKNOWN and answers[second] is not Truth.UNKNOWN
            if first != second and known:
                (agreed if answers[first] is answers[second] else parted).add(first)
    names = {reading.name for reading in branch.readings}
    assert agreed == names
    assert parted == names


def test_the_attacked_state_says_whose_self_defence_it_is(record: Record) -> None:
    own = read_force(case(attacked="ARC"), record)
    assert own.truth("attack_on_user_of_force") is Truth.YES
    assert own.truth("attack_on_another_state") is Truth.NO
    other = read_force({**case(attacked="BOR"), "by": "ARC"}, record)
    assert other.truth("attack_on_another_state") is Truth.YES
    both = read_force({**case(attacked="ARC"), "by": ["ARC", "BOR"], "against": []}, record)
    assert both.truth("attack_on_another_state") is Truth.YES
    disputed = read_force(case(attacked=[{"by": "ARC", "says": "ARC"}, {"by": "BOR", "says": "BOR"}]), record)
    assert disputed.truth("attack_on_user_of_force") is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"facts": {"armed_atack": True}}, "armed_attack"),
        ({"facts": {"armed_attack": "maybe"}}, "write yes, no or unknown"),
        ({"facts": {"armed_attack": [{"by": "ARC"}]}}, "does not say who says what"),
        ({"facts": {"armed_attack": [{"by": "XYZ", "says": True}]}}, "declare it"),
        ({"facts": {"armed_attack": [*DISPUTED, {"by": "ARC", "says": False}]}}, "says two things"),
        ({"by": "Arkadia"}, "nobody is called"),
        ({"by": None}, "'by' is missing"),
        ({"on": "May 2020"}, "YYYY-MM-DD"),
        ({"on": None}, "no day is given"),
        ({"whom": "BOR"}, "no field is called 'whom'"),
        ({"schema": "change/1"}, "force-case/1"),
        ({"claims": [{"by": "ARC", "ground": "self-defence"}]}, "self_defence_individual"),
        ({"claims": "self_defence_individual"}, "not a list"),
        ({"facts": []}, "not a map"),
        ({"sources": "a letter"}, "must be a list"),
        ({"by": False}, "quotes"),
        ({"facts": {"force_began_on": "soon"}}, "not a day"),
    ],
)
def test_mistakes_say_what_where_and_what_to_do(record: Record, change: dict[str, Any], says: str) -> None:
    with pytest.raises(FileError) as caught:
        force(record, {**case(), **change})
    assert says in str(caught.value)


def test_the_command_prints_what_python_answers(tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(yaml.safe_dump(case(armed_attack=DISPUTED, force_used=True)), encoding="utf-8")
    done = CliRunner().invoke(main, ["force", str(path), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == json.loads(json.dumps(desk.rules.force(path).to_dict()))
    shown = CliRunner().invoke(main, ["force", str(path)])
    assert "ARC says yes, BOR says no" in shown.output
    assert "no verdict on the whole" in shown.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [(["force"], 2, "no case is given"), (["force", "nowhere.yaml"], 3, "cannot be read")],
)
def test_mistakes_on_the_command_line(arguments: list[str], code: int, says: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == code
    assert says in done.output


def test_the_record_shows_forces_and_consent_and_does_not_decide(desk: Desk) -> None:
    given = {"name": "K", "on": "2022-01-07", "by": ["RUS"], "against": ["KAZ"], "facts": {"regional_body": "CSTO"}}
    answer = desk.rules.force(given).to_dict()
    branches = {one["branch"]: one for one in answer["branches"]}
    assert "consent: yes, says KAZ" in branches["invitation"]["record"][0]["says"]
    assert branches["invitation"]["answer"] == "unknown"
    assert [one["says"] for one in branches["regional"]["record"]] == [
        f"{state} was a member of {desk.record.name_of('CSTO')}." for state in ("KAZ", "RUS")
    ]
    assert answer["recalled"] == sorted(answer["recalled"])


def test_a_day_past_the_record_is_said(desk: Desk) -> None:
    given = {"on": "2030-01-07", "by": ["RUS"], "against": ["KAZ"]}
    branches = {one["branch"]: one for one in desk.rules.force(given).to_dict()["branches"]}
    assert branches["prohibition"]["record"] == [{"says": "The record does not reach to this day.", "claims": []}]


def test_readings_have_rows_of_their_own_only_where_they_differ(record: Record) -> None:
    rows = force(record, case(force_used=True, against_another_state=True, aimed_at_territory_or_independence=False))
    heads = [row["question"] for row in rows.rows()]
    assert sum(head.startswith("2(4), read as:") for head in heads) == 2
    assert not any(head.startswith("invitation, read as:") for head in heads)
    assert rows.cards == ("question", "verdict")


def test_a_mistake_names_its_row(record: Record) -> None:
    with pytest.raises(FileError, match="armed_attack, row 2"):
        force(record, case(armed_attack=[{"by": "ARC", "says": True}, {"by": "BOR"}]))
    with pytest.raises(FileError, match="claims, row 1"):
        force(record, {**case(), "claims": ["ARC"]})


def test_what_the_charter_did_not_bind_is_said(record: Record) -> None:
    facts = {"force_used": True, "against_another_state": True}
    early = force(record, {"on": "1939-09-01", "by": "DEU", "against": "POL", "facts": facts})
    assert early.to_dict()["not_bound"] == ["DEU"]
    assert "The Charter did not bind Germany on that day" in early.sentence()
    late = force(record, {"on": "1999-03-24", "by": ["DEU", "FRA"], "against": "RUS", "facts": facts})
    assert late.to_dict()["not_bound"] == []
    assert "did not bind" not in late.sentence()


def test_nobody_stands_on_both_sides_and_a_place_is_named_once(record: Record) -> None:
    with pytest.raises(FileError, match="RUS stands under by and under against"):
        force(record, {"on": "2020-05-03", "by": "RUS", "against": ["RUS", "FRA"], "facts": {"force_used": True}})
    with pytest.raises(FileError) as caught:
        force(record, {"on": "2020-05-03", "by": "RUS", "against": "FRA", "facts": {"force_used": "maybe"}})
    assert str(caught.value).count("field force_used") == 1
