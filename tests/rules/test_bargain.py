"""Bargaining and positions as a case file asks for them: figures, rules of bodies, draws, places by votes, mistakes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indivisible.errors import FileError, MissingData, QuestionError, UnknownName
from indivisible.measures.voting_rules import Quota, carries, checked
from indivisible.readers import library
from indivisible.record.record import Record
from indivisible.report.json_text import to_json
from indivisible.rules import ballot
from indivisible.rules.bargain import _drawn, bargain
from indivisible.rules.bargain_answer import BargainAnswer
from indivisible.rules.bargain_rule import VotingRule, rule_of
from indivisible.rules.councils import COUNCILS
from indivisible.rules.in_favour import in_favour
from indivisible.rules.positions import positions
from indivisible.rules.positions_case import read_positions
from indivisible.rules.procedure import unreachable
from measures.bargaining_runs import SEVEN, SEVEN_CHANCES, SEVEN_POSITIONS, by_turn

Case = dict[str, Any]


def three(**more: Any) -> Case:
    """Three lands on one question, by hand: Aland at 0, Bland at 40, Cland at 100."""
    rows = [("Aland", 0, 20), ("Bland", 40, 10), ("Cland", 100, 10)]
    actors = [{"actor": a, "position": p, "salience": 50, "capability": c} for a, p, c in rows]
    return {"dimensions": ["length"], "actors": actors} | more


def answer(record: Record, case: Case, **chosen: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(to_json(BargainAnswer(bargain(record, case, **chosen)).to_dict()))
    return told


@pytest.fixture(scope="module")
def seven(record: Record) -> dict[str, Any]:
    """The reference run of seven actors as a case of the user's."""
    rows = [[float(word) for word in line.split()] for line in SEVEN.strip().splitlines()]
    actors = [
        {"actor": f"A{n}", "capability": row[0], "position": row[1::2], "salience": row[2::2]}
        for n, row in enumerate(rows)
    ]
    return answer(record, {"dimensions": ["one", "two", "three"], "actors": actors[::-1]})


def test_the_reference_run_through_a_case_file(seven: dict[str, Any]) -> None:
    assert seven["schema"] == "bargain/1"
    assert (len(seven["turns"]), seven["settled"]) == (10, True)
    for turn, printed in by_turn(SEVEN_POSITIONS).items():
        told = seven["turns"][turn]["positions"] if turn < 10 else seven["end"]["positions"]
        found = [figure for actor in sorted(told) for figure in told[actor]]
        assert np.abs(np.array(found) - printed).max() <= 0.05 + 1e-9
    ended = [seven["end"]["chances"][f"A{n}"] for n in range(7)]
    assert ended == pytest.approx(by_turn(SEVEN_CHANCES)[10].tolist(), abs=5.1e-5)
    assert seven["end"]["leading"] == ["A5"]


def test_everything_is_told_turn_by_turn(seven: dict[str, Any]) -> None:
    first = seven["turns"][0]
    one = first["challenges"][0]
    assert (one["challenger"], one["target"], round(one["odds"], 4), round(one["gain"], 4)) == (
        "A0",
        "A6",
        0.7643,
        0.0947,
    )
    assert {name: round(value, 4) for name, value in one["target_sees"].items()} == {
        "odds": 0.766, "gain": 0.0925, "gain_of_target": -0.1514
    }  # fmt: skip
    assert one["offers"] == {"challenger": [75.61, 24.78, 71.95], "target": [75.61, 24.79, 71.95]}
    choice = first["choices"][0]
    assert choice["actor"] == "A0"
    assert choice["takes"] == ["A4", "A0"]
    assert sum(option["chance"] for option in choice["options"]) == pytest.approx(1.0)
    assert choice["options"][0]["bargain"] is None
    assert seven["outcomes"] is None
    assert "names neither a body nor a rule" in seven["outcomes_not_told"]
    assert seven["seed"] is None


def test_rows_are_turns_and_actors_and_end_where_the_json_does(record: Record) -> None:
    found = BargainAnswer(bargain(record, three()))
    rows, told = found.rows(), found.to_dict()
    assert len(rows) == 3 * (len(told["turns"]) + 1)
    assert [row["length"] for row in rows[-3:]] == [told["end"]["positions"][key][0] for key in found.keys]
    assert "challenges" not in rows[-1]
    for turn, row in ((turn, row) for turn in told["turns"] for row in rows if row["turn"] == turn["turn"] - 1):
        made = {one["challenger"]: one for one in turn["challenges"]}.get(row["actor"])
        assert row["challenges"] == (made and made["target"])
        pair = next(one["takes"] for one in turn["choices"] if one["actor"] == row["actor"])
        other = pair and next(one for one in pair if one != row["actor"])
        assert row["takes"] == (f"with {other}" if other else "as it is")
        assert row["offers"] == (made and f"length {made['offers']['target'][0]:.4g}")
    assert {row["takes"] for row in rows[:-3]} <= {"as it is", "with Aland", "with Bland", "with Cland"}
    assert found.sentence().endswith("This is what the model makes of these figures, not a forecast.")


def test_the_order_of_rows_and_the_units_of_the_scale_say_nothing(record: Record) -> None:
    plain = answer(record, three())
    turned = three()
    turned["actors"] = [row | {"position": row["position"] / 10 - 3} for row in turned["actors"][::-1]]
    other = answer(record, turned | {"scale": [-3, 7]})
    for actor, place in plain["end"]["positions"].items():
        assert other["end"]["positions"][actor][0] == pytest.approx(place[0] / 10 - 3, abs=1e-6)


def test_what_the_rule_leaves_on_a_line(record: Record) -> None:
    told = answer(record, three(rule="majority", status_quo=70))["outcomes"]
    assert told["core"] == [[40.0]]
    assert told["rule"] == "a majority, 2 of 3"
    assert (told["vetoes"], told["vetoes_agree"]) == ([], None)
    assert told["uncovered"]["low"] == told["uncovered"]["high"] == [40.0]
    assert told["uncovered"]["step"] == [0.5]
    assert told["status_quo"]["between"] == [10.0, 70.0]
    assert told["status_quo"]["stable"] is False
    told = answer(record, three(rule={"at_least": 2, "veto": ["Aland"]}, status_quo=30))["outcomes"]
    assert told["core"] == [[0.0], [40.0]]
    assert told["vetoes"] == ["Aland"]
    assert told["vetoes_agree"] == [[0.0]]
    assert told["status_quo"]["stable"] is True
    told = answer(record, three(rule="unanimity"))["outcomes"]
    assert told["core"] == [[0.0], [100.0]]
    weighed = answer(record, three(rule={"weights": {"Aland": 3, "Bland": 1, "Cland": 1}, "quota": 3}))["outcomes"]
    assert weighed["core"] == [[0.0]]


def test_what_the_rule_leaves_on_a_plane_is_in_the_units_of_the_case(record: Record) -> None:
    rows = [("A", 0, 0), ("B", 10, 0), ("C", 0, 40), ("D", 10, 40), ("E", 5, 20)]
    actors = [{"actor": a, "position": [x, y], "salience": [30, 30], "capability": 1} for a, x, y in rows]
    case = {"dimensions": ["x", "y"], "scale": {"x": [0, 10], "y": [0, 40]}, "actors": actors, "rule": "majority"}
    told = answer(record, case | {"side": 11, "status_quo": [0, 0]})["outcomes"]
    assert told["core"] == [[5.0, 20.0]]  # two pairs on opposite sides of E
    assert told["uncovered"]["step"] == [1.0, 4.0]
    assert told["status_quo"]["preferred"]["outcomes"] > 0
    assert "between" not in told["status_quo"]


def test_draws_repeat_and_stay_within_their_intervals(record: Record) -> None:
    case = three()
    case["actors"][1]["position"] = [[30, 50]]
    case["actors"][2]["capability"] = {"low": 5, "best": 10, "high": 20}
    first, again = (answer(record, case, draws=20, seed=4)["draws"] for _ in range(2))
    assert first == again
    assert first["draws"] == 20
    assert first != answer(record, case, draws=20, seed=5)["draws"]
    spread = bargain(record, case, draws=20, seed=4).spread
    assert spread is not None
    for n, row in enumerate(first["ends"]):
        ends = spread.ends[:, n, 0] * 100
        assert [row["low"], row["middle"], row["high"]] == pytest.approx(np.percentile(ends, [5, 50, 95]).tolist())
        assert row["leads"] == spread.leads[n]
        assert (ends >= 0).all()
        assert (ends <= 100).all()
    assert answer(record, case)["draws"] is None
    fewer = bargain(record, case, draws=5, seed=4).spread
    more = bargain(record, case, draws=20, seed=4).spread
    assert fewer is not None
    assert more is not None
    assert (fewer.ends == more.ends[:5]).all()


def test_bargains_can_be_taken_by_lot(record: Record) -> None:
    case = three(settings={"takes": "drawn", "most_turns": 5})
    first, again = (answer(record, case, seed=1) for _ in range(2))
    assert first == again
    assert first["seed"] == 1
    assert answer(record, case, seed=1, draws=3)["draws"]["draws"] == 3


def test_a_body_decides_by_its_own_rule(record: Record) -> None:
    members = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    actors = [{"actor": key, "position": 10 * n, "salience": 50, "capability": 1} for n, key in enumerate(members)]
    case = {"body": "CSTO", "on": "2022-01-05", "dimensions": ["size"], "actors": actors}
    told = answer(record, case)
    assert told["outcomes"]["vetoes"] == members
    assert told["outcomes"]["core"] == [[0.0], [50.0]]
    assert [one["name"] for one in told["actors"]][:2] == ["Armenia", "Belarus"]
    short = answer(record, case | {"actors": actors[:5]})
    assert short["unplaced"] == ["TJK"]
    assert short["outcomes"] is None
    assert short["outcomes_not_told"] == "others vote under this rule, and have no position here: TJK"
    fewer = positions(record, case | {"actors": actors[:5]})
    assert fewer.unplaced == (("TJK", "Tajikistan"),)
    assert "without a position: TJK" in fewer.sentence()


def test_the_security_council_with_its_vetoes(record: Record) -> None:
    roll = positions(record, {"body": "UNSC", "on": "2020-02-01", "dimensions": ["a"], "actors": []} | {
        "positions": "own", "actors": [{"actor": "FRA", "position": 50}]}).members  # fmt: skip
    five = {"CHN", "FRA", "GBR", "RUS", "USA"}
    places = {key: 40 if key in five else 60 for key in roll}
    actors = [{"actor": k, "position": p, "salience": 50, "capability": 1} for k, p in places.items()]
    case = {"body": "UNSC", "on": "2020-02-01", "dimensions": ["a"], "actors": actors}
    told = answer(record, case)["outcomes"]
    assert set(told["vetoes"]) == five
    assert told["core"] == [[40.0], [60.0]]  # the five and four of the ten are needed either way
    assert told["vetoes_agree"] == [[40.0]]
    free = answer(record, case | {"procedure": "procedural"})["outcomes"]
    assert (free["vetoes"], free["core"]) == ([], [[60.0]])


@pytest.mark.parametrize("council", COUNCILS, ids=lambda council: council.KEY)
def test_every_body_has_a_rule_that_all_together_carry(record: Record, council: Any) -> None:
    case = read_positions(
        {"body": council.KEY, "on": "2020-02-01", "dimensions": ["a"], "actors": [{"actor": "x", "position": 1}]}
    )
    found = rule_of(record, case, ())
    if isinstance(found, str):
        assert council.KEY in found
        return
    everybody = range(checked(found.rule))
    assert carries(found.rule, everybody)
    assert not carries(found.rule, ())


def core_case(body: str, on: str, procedure: str = "", facts: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"body": body, "on": on, "procedure": procedure, "facts": facts or {}, "dimensions": ["a"],
            "actors": [{"actor": "RUS", "position": 1}]}  # fmt: skip


def test_the_rule_of_bargaining_is_the_one_that_decides(record: Record) -> None:
    """Who is concerned has no vote and no veto; who may be a member, and what is not said, leaves the rule untold."""
    without = core_case("CSTO", "2022-02-25", "suspension", {"concerned": ["Armenia"]})
    found = rule_of(record, read_positions(without), ())
    assert isinstance(found, VotingRule)
    assert found.members == ("BLR", "KAZ", "KGZ", "RUS", "TJK")
    unsure = rule_of(record, read_positions(core_case("BRICS", "2024-02-25")), ())
    assert unsure == "BRICS, consensus: the record does not know whether SAU had a vote on 2024-02-25"
    unsaid = rule_of(record, read_positions(core_case("UNGA", "2024-02-25", "admission")), ())
    assert isinstance(unsaid, str)
    assert "it is not said whether the Security Council has recommended it (facts: {recommended: ...})" in unsaid
    told = answer(record, core_case("UNGA", "2024-02-25") | {"everyone": {"salience": 50, "capability": 1}, "actors": [
        {"actor": "RUS", "position": 1}, {"actor": "USA", "position": 9}]})  # fmt: skip
    assert len(told["unplaced"]) == 191
    placed = positions(record, core_case("UN", "2024-02-25"))
    assert (
        placed.sentence()
        == "1 member of UN on 2024-02-25 placed by the figures given; without a position: 192 members."
    )
    with pytest.raises(QuestionError, match="decision without the members concerned, and the case names none"):
        rule_of(record, read_positions(core_case("CSTO", "2022-02-25", "suspension")), ())
    with pytest.raises(FileError, match="consensus does not turn on 'host'"):
        rule_of(record, read_positions(core_case("CSTO", "2022-02-25", "consensus", {"host": "Kazakhstan"})), ())


def test_rules_over_votes_as_rules_over_those_in_favour() -> None:
    who = ("A", "B", "C")
    no_objection = ballot.nobody(who, "nobody objects", "1")
    assert in_favour(no_objection, who, ("no", "yes")) == Quota((1, 1, 1), 3)
    assert in_favour(no_objection, who, ("abstain", "yes")) is True
    two_thirds = in_favour(ballot.present_and_voting(2, 3, who, "two thirds", "1"), who, ("no", "yes"))
    assert not isinstance(two_thirds, bool)
    assert carries(two_thirds, {0, 1})
    assert not carries(two_thirds, {0})
    free = ballot.every(no_objection, ballot.at_least(2, who, "two", "1"))
    assert in_favour(free, who, ("abstain", "yes")) == in_favour(ballot.every(free.parts[1]), who, ("no", "yes"))
    assert in_favour(ballot.some(no_objection, free.parts[1]), who, ("abstain", "yes")) is True
    assert unreachable(free, ("no", "yes")) is None


CODES = {"ARM": 371, "BLR": 370, "KAZ": 705, "KGZ": 703, "RUS": 365, "USA": 2, "GBR": 200, "CAN": 20}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented votes of some members; Tajikistan casts none."""
    folder, luck = tmp_path_factory.mktemp("votes"), np.random.default_rng(1)
    place = dict(zip(CODES.values(), [-0.6, -1.2, -0.9, -1.0, -1.5, 2.0, 1.6, 1.4], strict=True))
    rows = []
    for session in (69, 70):
        for number in range(40):
            slope, cut = luck.choice([-1.5, 1.5]), luck.normal() * 0.6
            for code in CODES.values():
                latent = slope * place[code] + luck.normal()
                vote = 1 + int(latent > cut) + int(latent > cut + 0.7)
                date = f"{1945 + session}-{10 + number // 20}-{1 + number % 20:02d}"
                told = {"amend": 0, "para": 0} | dict.fromkeys(("me", "nu", "di", "hr", "co", "ec"), 0)
                rows.append({"rcid": session * 1000 + number, "ccode": code, "session": session, "vote": vote,
                             "date": date} | told)  # fmt: skip
    path = folder / "UNVotes_invented.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    library.import_path(path, home=folder)
    return folder


BY_VOTES = {
    "body": "CSTO", "on": "2015-11-01", "positions": "ideal-points", "everyone": {"salience": 60, "capability": 1}
}  # fmt: skip


def test_members_placed_by_their_votes(record: Record, home: Path) -> None:
    found = positions(record, BY_VOTES, home=home)
    assert (found.session, found.years) == (70, (2006, 2015))
    assert [one.actor for one in found.places] == ["ARM", "BLR", "KAZ", "KGZ", "RUS"]
    assert found.unplaced == (("TJK", "Tajikistan"),)
    rows = {row["actor"]: row for row in found.rows()}
    assert rows["RUS"]["best"] < rows["ARM"]["best"]
    for row in rows.values():
        assert row["standard_error"] > 0
        assert row["high"] - row["best"] == pytest.approx(1.959964 * row["standard_error"], abs=1e-9)
    assert found.dimensions[0].low == min(row["low"] for row in rows.values())
    assert found.dimensions[0].high == max(row["high"] for row in rows.values())
    told = found.to_dict()
    assert (told["schema"], told["datasets"], told["session"]) == ("positions/1", ["unga_votes"], 70)
    assert positions(record, BY_VOTES | {"on": "2015-08-31"}, home=home).session == 69
    assert positions(record, BY_VOTES | {"session": 69}, home=home).session == 69
    assert "Journal of Conflict Resolution" in found.cite()
    assert "csto_charter" in found.cite()


def test_places_by_votes_are_input_for_bargaining(record: Record, home: Path) -> None:
    told = answer(record, BY_VOTES | {"draws": 5}, home=home)
    placed = {row["actor"]: row["best"] for row in positions(record, BY_VOTES, home=home).rows()}
    assert told["turns"][0]["positions"]["RUS"][0] == pytest.approx(placed["RUS"], abs=1e-6)
    assert told["unplaced"] == ["TJK"]
    assert told["draws"]["draws"] == 5
    place = positions(record, BY_VOTES, home=home)
    lots = [_drawn(place.places[0], place, np.random.default_rng(n))[0] for n in range(400)]
    assert np.std(lots) == pytest.approx(place.places[0].error, rel=0.15)
    scaled = answer(record, BY_VOTES | {"scale": [-5, 5], "dimensions": ["alignment"]}, home=home)
    assert scaled["dimensions"] == [{"name": "alignment", "low": -5.0, "high": 5.0}]
    with pytest.raises(QuestionError, match="outside the scale"):
        positions(record, BY_VOTES | {"scale": [4, 5]}, home=home)
    with pytest.raises(QuestionError, match="no votes of session 60"):
        positions(record, BY_VOTES | {"session": 60, "years": [2010, 2015]}, home=home)


def test_without_imported_votes(record: Record, tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="unga_votes"):
        positions(record, BY_VOTES, home=tmp_path)


ROW = {"actor": "Aland", "position": 10, "salience": 50, "capability": 1}


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"actors": [ROW, ROW]}, FileError, "two rows for Aland"),
        ({"actors": [ROW | {"salience": 101}]}, FileError, "101 is out of bounds"),
        ({"actors": [ROW | {"salience": 0}]}, FileError, "cares for nothing"),
        ({"actors": [ROW | {"capability": -1}]}, FileError, "-1 is out of bounds"),
        ({"actors": [ROW | {"position": 100.5}]}, FileError, "100.5 is out of bounds"),
        ({"actors": [ROW | {"position": -0.5}]}, FileError, "-0.5 is out of bounds"),
        ({"actors": [ROW | {"position": [20, 40]}]}, FileError, r"\[\[20, 40\]\]"),
        ({"actors": [ROW | {"position": [[40, 20]]}]}, FileError, "not in order"),
        ({"actors": [ROW | {"position": "high"}]}, FileError, "'high' is no number"),
        ({"actors": [ROW | {"position": True}]}, FileError, "True is no number"),
        ({"actors": [ROW | {"position": None}]}, FileError, "Aland has no position"),
        ({"actors": [ROW | {"postion": 3}]}, FileError, "near names: position"),
        ({"actors": [ROW | {"position": {"lenth": 3}}]}, FileError, "near names: length"),
        ({"actors": []}, FileError, "names no actor"),
        ({"actors": [ROW]}, QuestionError, "two actors or more"),
        ({"dimensions": []}, FileError, "names no dimension"),
        ({"dimensions": ["length", "length"]}, FileError, "stands twice"),
        ({"dimensions": ["chance"]}, FileError, "name of a column"),
        ({"scale": [5, 5]}, FileError, "scale from 5 to 5"),
        ({"actor": []}, FileError, "near names: actors"),
        ({"positions": "guess"}, FileError, "own or ideal-points"),
        ({"settings": {"votes": "loud"}}, FileError, "write prop, propcbc, cubic, binary"),
        ({"settings": {"vote": "prop"}}, FileError, "near names: votes"),
        ({"settings": {"ends_below": 1}}, FileError, "no share"),
        ({"settings": {"most_turns": 0}}, FileError, "whole number of 1 or more"),
        ({"rule": "loudest"}, FileError, "'loudest' is no rule"),
        ({"rule": {"at_least": 4}}, FileError, "a quota of 4 that all together, 3, do not reach"),
        ({"rule": {"veto": ["Dland"]}}, FileError, "'Dland' is no actor"),
        ({"rule": {"weights": {"Aland": 1}, "quota": 1}}, FileError, "Bland, Cland"),
        ({"rule": {"quota": 1}}, FileError, "go together"),
        ({"status_quo": 101}, FileError, "101 is out of bounds"),
        ({"draws": 5}, QuestionError, "every figure is exact"),
        ({"draws": -1}, FileError, "whole number of 0 or more"),
        ({"positions": "ideal-points", "actors": []}, QuestionError, "need a body and a day"),
        ({"positions": "ideal-points", "body": "CSTO"}, FileError, "a position of its own"),
        ({"body": "CSTO"}, QuestionError, "CSTO on which day"),
        ({"body": "CSTO", "on": "2022-01-05"}, UnknownName, "no state is called 'Aland'"),
        ({"body": "CSTO", "on": "2022-01-05", "actors": [ROW | {"actor": "France"}]}, QuestionError,
         "France is no member of CSTO on 2022-01-05"),
        ({"body": "CSTO", "on": "2022-01-05", "actors": [ROW | {"actor": "Russia"}, ROW | {"actor": "RUS"}]}, FileError,
         "two rows for RUS"),
        ({"body": "CSTO", "on": "1950-01-05"}, QuestionError, "no member of CSTO on 1950-01-05"),
        ({"on": "2022-02-30"}, FileError, "2022-02-30"),
        ({"schema": "bargain/2"}, FileError, "bargain-case/1"),
    ],
)  # fmt: skip
def test_mistakes(record: Record, change: Case, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        bargain(record, three() | change)


def test_the_bounds_themselves_are_allowed(record: Record) -> None:
    rows = [ROW | {"position": 0, "salience": 100}, ROW | {"actor": "Bland", "position": 100, "capability": 0}]
    assert answer(record, three(actors=rows))["turns"]


def test_salience_over_two_dimensions(record: Record) -> None:
    rows = [{"actor": a, "position": [p, p], "salience": [50, 50], "capability": 1} for a, p in (("A", 1), ("B", 9))]
    assert answer(record, {"dimensions": ["x", "y"], "actors": rows})["turns"]
    rows[0]["salience"] = [60, 41]
    with pytest.raises(FileError, match="salience sums to 101"):
        bargain(record, {"dimensions": ["x", "y"], "actors": rows})
    rows[0]["salience"] = [60, [10, 41]]
    with pytest.raises(FileError, match="salience sums to 101"):
        bargain(record, {"dimensions": ["x", "y"], "actors": rows})


def test_rows_can_be_written_by_name(record: Record) -> None:
    rows = three()["actors"]
    named = {row["actor"]: {name: row[name] for name in row if name != "actor"} for row in rows}
    assert answer(record, three(actors=named)) == answer(record, three())
    with pytest.raises(FileError, match="it is not a map"):
        bargain(record, three(actors={"Aland": 3}))


def test_who_is_missing_is_named_up_to_eight(record: Record) -> None:
    rows = [ROW | {"actor": "FRA"}, ROW | {"actor": "DEU"}]
    told = answer(record, three(body="NATO", on="2020-01-01", actors=rows))["outcomes_not_told"]
    assert told.endswith("ALB, BEL, BGR, CAN, CZE, DNK, ESP, EST and 19 more")


def test_salience_written_as_shares_is_refused(record: Record) -> None:
    with pytest.raises(FileError, match=r"salience is out of 100, and nobody has more than 0\.9 \(multiply"):
        bargain(record, three(actors=[ROW | {"salience": 0.5}, ROW | {"actor": "B", "salience": 0.9}]))
    assert bargain(record, three(actors=[ROW | {"salience": 0.5}, ROW | {"actor": "B", "salience": 1.1}])).run.turns


def test_who_has_no_salience_or_capability(record: Record) -> None:
    rows = [ROW, {"actor": "Bland", "position": 5, "salience": 10}]
    with pytest.raises(FileError, match="Bland has no capability"):
        bargain(record, three(actors=rows))
    told = answer(record, three(actors=rows, everyone={"capability": 7}))
    assert [one["capability"][1] for one in told["actors"]] == [1, 7]
    assert len(positions(record, three(actors=rows)).places) == 2


def test_a_file_is_read_strictly(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    for text, told in (
        ("dimensions: [a]\ndimensions: [b]\n", "stands twice"),
        ("- 1\n", "not a map"),
        ("dimensions: [a\n", "case.yaml, line"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileError, match=told):
            positions(record, path)
    with pytest.raises(FileError, match=r"none\.yaml"):
        positions(record, tmp_path / "none.yaml")


def test_a_rule_with_words_of_its_own(record: Record) -> None:
    found = rule_of(record, read_positions(three(rule={"at_least": 2, "veto": "Bland"})), ("Aland", "Bland", "Cland"))
    assert isinstance(found, VotingRule)
    assert found.says == "at least 2 of 3 and a veto of Bland"
    assert carries(found.rule, {0, 1})
    assert not carries(found.rule, {0, 2})


def test_the_case_in_the_guide_runs(record: Record, tmp_path: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs/how-to/bargain.md").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    found = bargain(record, path, draws=2)
    assert [one.capability and one.capability.best for one in found.placed.places] == [100, 80]
    assert found.left is not None
    assert found.left.rule.says == "unanimity of 2"
