"""`indivisible power`: published numbers through the command line, rules of one's own, and mistakes in one line."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.errors import QuestionError
from indivisible.measures.voting_abstention import Points
from indivisible.report.json_text import rounded
from indivisible.rules.ballot import at_least
from indivisible.rules.facts import read_facts
from indivisible.rules.in_favour import not_known
from indivisible.rules.power_of import VotingPower, measured, power_of_rule
from indivisible.rules.power_rule import written_rule
from indivisible.rules.procedure import council_of, meeting_of
from indivisible.values import day_of

COUNCIL = ("power", "UNSC", "--on", "2024-01-01")
OWN = """\
schema: rule/1
title: a league of four
needs:
  every:
    - weights: {Aland: 5, Borduria: 3, Cordia: 3, Dland: 1}
      quota: 6
    - some:
        - veto: [Aland]
        - count: 3
          of: [Borduria, Cordia, Dland]
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def answer(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def by_member(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["member"]: one for one in found["members"]}


def test_the_security_council_by_its_own_rule() -> None:
    found = answer(*COUNCIL, "--abstention")
    assert list(found)[:4] == ["schema", "body", "on", "procedure"]
    assert (found["schema"], found["method"], found["error"]) == ("power/1", "exact", 0)
    assert found["coalitions"] == {"all": 32_768, "carrying": 848, "minimal": 210}
    members = by_member(found)
    assert list(members) == sorted(members)
    assert {name for name, one in members.items() if one["swings"] == 848} == {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert members["CHN"]["banzhaf"] == {"exact": "53/1024", "value": 0.0517578125}
    assert members["JPN"]["shapley_shubik"]["exact"] == "4/2145"
    assert members["JPN"]["johnston"]["exact"] == "7/636"
    three = found["abstention"]
    assert (three["ballots"], three["carrying"]) == (3**15, 146_796)
    own = {one["member"]: one for one in three["members"]}
    assert (own["USA"]["no_to_yes"], own["JPN"]["no_to_yes"]) == (108_336, 53_154)
    assert (own["USA"]["no_to_abstain"], own["USA"]["abstain_to_yes"]) == (38_460, 69_876)
    assert round(own["USA"]["shapley_shubik"]["value"], 8) == 0.16338987
    assert round(own["JPN"]["shapley_shubik"]["value"], 8) == 0.01830506


def test_before_and_after_the_amendment_of_the_charter() -> None:
    before, after = (answer("power", "UNSC", "--on", day) for day in ("1965-08-30", "1966-06-01"))
    assert (before["coalitions"]["carrying"], after["coalitions"]["carrying"]) == (57, 848)
    assert by_member(before)["FRA"]["shapley_shubik"]["exact"] == "76/385"


def test_python_the_command_line_and_files_agree(desk: Desk, tmp_path: Path) -> None:
    asked = desk.councils.power("UNSC", on="2024-01-01")
    assert answer(*COUNCIL) == json.loads(json.dumps(rounded(asked.to_dict())))
    written = run(*COUNCIL, "--out", str(tmp_path / "power.csv"))
    assert written.exit_code == 0, written.output
    rows = list(csv.DictReader((tmp_path / "power.csv").open(encoding="utf-8")))
    assert (len(rows), rows[1]["member"], rows[1]["shapley_shubik_exact"]) == (15, "CHN", "421/2145")
    assert float(rows[1]["holler"]) == pytest.approx(1 / 9, abs=1e-9)


def test_the_terminal_shows_the_rule_and_members_of_a_kind_together() -> None:
    said = run(*COUNCIL, "--by-kind", "--abstention").stdout
    for words in ("848 of 32,768 coalitions carry", "at least 9", "53/1024 0.0518", "10: ", "5: CHN, FRA, GBR, RUS",
                  "Can stop anything alone: CHN, FRA, GBR, RUS and USA", "146,796 of 14,348,907 ballots"):  # fmt: skip
        assert words in said
    assert "Never decisive" not in said
    assert "Never decisive: player 6." in run("power", "--rule", "[12; 4,4,4,2,2,1]").stdout
    assert "player 1 decides alone" in run("power", "--rule", "[5; 5,1,1]").stdout


def test_the_union_by_its_members_people_equals_every_coalition(desk: Desk) -> None:
    """The double majority of 1 January 2024, counted once more with a flag for each of 2^27 coalitions, in parts."""
    council = council_of(desk.record, "EU")
    meeting = meeting_of(desk.record, council, day_of("2024-01-01"), read_facts({}, council.FACTS, where="test"))
    people = meeting.population()
    known = [number for number in people.values() if number is not None]
    assert len(known) == 27
    first, last = known[:11], known[11:]
    codes = np.arange(1 << len(last))
    weight, size = (sum(w * (codes >> k & 1) for k, w in enumerate(values)) for values in (last, [1] * len(last)))
    quota, carrying = -(-sum(known) * 65 // 100), 0
    for number in range(len(first) + 1):
        for held in combinations(first, number):
            enough = (size + number >= 15) & (weight + sum(held) >= quota)
            carrying += int(np.count_nonzero(enough | (size + number >= 24)))
    found = answer("power", "EU", "--on", "2024-01-01")
    assert found["coalitions"]["carrying"] == carrying
    assert sum(F(one["shapley_shubik"]["exact"]) for one in found["members"]) == 1
    largest = max(found["members"], key=lambda one: one["swings"])["member"]
    assert largest == max(people, key=lambda one: people[one] or 0)


ASK = "--fact {name}=..."


def test_past_the_record_no_number_is_given(desk: Desk) -> None:
    said = desk.councils.power("UNSC", on="2030-01-01").sentence()
    assert "No number is given: the record ends on 20" in said
    assert "does not know who had a vote after it." in said


def test_where_something_is_not_known_no_number_is_given(desk: Desk) -> None:
    """A rule on the people of two members, one of whose number is not known, and a member that may be none."""
    council = council_of(desk.record, "UNION_STATE")
    meeting = meeting_of(desk.record, council, day_of("2024-01-01"), read_facts({}, council.FACTS, where="test"))
    chosen, (one, other) = council.PROCEDURES[0], meeting.voters
    rule = at_least(3, meeting.voters, "at least 3 people", "Article 1", weights={one: 3, other: None})
    said = f"the record does not know what counts for {other} (at least 3 people)"
    assert not_known(rule, chosen, meeting, ask=ASK) == said
    known = at_least(3, meeting.voters, "at least 3 people", "Article 1", weights={one: 3, other: 2})
    assert not_known(known, chosen, meeting, ask=ASK) == ""
    unsure = replace(meeting, unsure=("XXX",))
    assert not_known(known, chosen, unsure, ask=ASK) == "the record does not know whether XXX had a vote on 2024-01-01"
    frame = VotingPower({}, "A body", meeting.voters, (), desk.record, unknown="it is not known")
    assert "No number is given: it is not known." in frame.sentence()
    assert frame.to_dict()["members"][0]["shapley_shubik"] is None
    assert frame.to_dict()["method"] is frame.to_dict()["error"] is frame.to_dict()["coalitions"] is None
    with pytest.raises(QuestionError, match="a proposal fails however the members vote"):
        measured(frame, Points((1, 1), (0, 0), (0, 0), 3), abstention=False)


def test_a_fact_on_which_the_rule_turns() -> None:
    asked = ("power", "EU", "--on", "2005-01-01")
    assert "--fact population_check" in answer(*asked)["unknown"]
    with_it, without = (answer(*asked, "--fact", f"population_check={said}") for said in ("yes", "no"))
    assert with_it["coalitions"]["carrying"] < without["coalitions"]["carrying"]
    assert without["confidence"] == "medium"


def test_a_rule_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "league.yaml"
    path.write_text(OWN, encoding="utf-8")
    found = answer("power", "--rule", str(path))
    assert [one["member"] for one in found["members"]] == ["Aland", "Borduria", "Cordia", "Dland"]
    # by hand: {A,B}, {A,C}, {A,D}, {A,B,C}, {A,B,D}, {A,C,D}, all four, and {B,C,D} by its count of three
    assert found["coalitions"]["carrying"] == 8
    assert found["conditions"] == [
        "weights of at least 6 of 12", "no vote against by Aland", "at least 3 of Borduria, Cordia, Dland",
    ]  # fmt: skip
    three = answer("power", "--rule", str(path), "--abstention")["abstention"]
    weights = (5, 3, 3, 1)
    ballots = [(a, b, c, d) for a in range(3) for b in range(3) for c in range(3) for d in range(3)]
    by_hand = sum(
        sum(w for w, vote in zip(weights, one, strict=True) if vote == 2) >= 6
        and (one[0] > 0 or sum(vote == 2 for vote in one[1:]) >= 3)
        for one in ballots
    )
    assert three["carrying"] == by_hand


def test_a_rule_too_large_to_count_says_how_far_it_may_be_off() -> None:
    weights = [100 + 7 * k for k in range(70)]
    found = answer("power", "--rule", f"[{sum(weights) // 2 + 1}; {','.join(map(str, weights))}]")
    assert found["method"] == "floating point"
    assert 0 < found["error"] < 1e-12
    assert found["members"][0]["shapley_shubik"]["exact"] is None
    assert sum(one["shapley_shubik"]["value"] for one in found["members"]) == pytest.approx(1, abs=1e-7)
    said = run("power", "--rule", f"[{sum(weights) // 2 + 1}; {','.join(map(str, weights))}]").stdout
    assert "no number is off by more than" in said


def test_parts_of_numbers_are_exact(desk: Desk) -> None:
    found = power_of_rule(desk.record, "[0.4; 0.3, 0.2, 0.1]")
    assert found.exact is not None
    assert found.exact.swings == (3, 1, 1)
    assert written_rule("[1/2; 1/3 1/3 1/3]").rule == written_rule("[3; 2,2,2]").rule


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rule", "[101; 50,49,1]"), "a quota of 101 that all together, 100, do not reach"),
        (("--rule", "[5; -1,9]"), "a weight of -1"),
        (("--rule", "[0; 1,1]"), "reached without any vote"),
        (("--rule", "[50%; 50,49]"), "'50%' is not a number"),
        (("--rule", "[51 50,49]"), "is no rule"),
        (("--rule", "[51;]"), "gives no weight"),
        (("--rule", "no-such-file.yaml"), "cannot be read"),
        (("--rule", "majority"), "name a YAML file"),
        (("NATOO", "--on", "2024-01-01"), "no rules of a body called 'NATOO' are known (near names: NATO"),
        (("UNSC",), "no day is given"),
        (("UNSC", "--on", "2024-13-01"), "2024-13-01"),
        (("UNSC", "--on", "1940-01-01"), "1940-01-01"),
        (("UNSC", "--on", "2024-01-01", "--procedure", "majority"), "no procedure 'majority'"),
        (("UNSC", "--on", "2024-01-01", "--rule", "[2; 1,1]"), "give --rule alone"),
        (("[51; 50,49,1]",), "write --rule '[51; 50,49,1]'"),
        ((), "neither a body nor a rule"),
        (("OSCE", "--on", "2024-01-01", "--procedure", "minus_one"), "add --fact concerned=[...]"),
        (("UNSC", "--on", "2024-01-01", "--fact", "colour=red"), "no fact is called 'colour'"),
    ],
)
def test_mistakes_are_one_clear_line(arguments: tuple[str, ...], said: str) -> None:
    result = run("power", *arguments)
    assert result.exit_code in (2, 3)
    told = str(result.exception) if not result.stderr else result.stderr
    assert said in told
    assert "\n" not in told.strip()


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({"weights": {"A": 5, "B": -3}, "quota": 2}, "a weight of -3"),
        ({"weights": {"A": 5, "B": 3}, "quota": 9}, "do not reach"),
        ({"weights": {"A": 5, "B": 3}}, "write weights with quota"),
        ({"count": 4, "of": ["A", "B"]}, "do not reach"),
        ({"count": 1.5, "of": ["A", "B"]}, "a count of 1.5"),
        ({"count": 2}, "it names no players"),
        ({"every": [{"veto": ["A"]}, {"some": []}]}, "rule, needs, every 2: some is not a list of parts"),
        ({"every": [{"veto": ["A"]}, {"vetos": ["B"]}]}, "near names: veto"),
        ({"veto": ["A", True]}, "put such a name in quotes"),
        ({"some": [{"weights": {"A": "many"}, "quota": 1}]}, "rule, needs, some 1, weight of A"),
        (None, "does not say what a proposal needs"),
    ],
)
def test_files_that_make_no_sense_say_where(needs: object, said: str) -> None:
    with pytest.raises(Exception, match=said):
        written_rule({"needs": needs})


def test_names_and_fields_in_a_file_are_checked() -> None:
    for data, said in (
        ({"players": ["A", "B"], "needs": {"veto": ["C"]}}, "'C' is not among the players"),
        ({"players": ["A", "A"], "needs": {"count": 1}}, "stands twice"),
        ({"players": ["A"], "need": {"count": 1}}, "near names: needs"),
        ({"schema": "change/1", "needs": {"veto": ["A"]}}, "write schema: rule/1"),
        ({"players": ["A"], "needs": ["veto"]}, "a part of a rule is a map"),
    ):
        with pytest.raises(Exception, match=said):
            written_rule(data)
