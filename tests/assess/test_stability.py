"""The stability of a day's network: five lands worked out by hand, trade, what is not known, every form of answer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import changes_world
import pytest

from indivisible.apps.stability_command import ask
from indivisible.assess.comparison import compare
from indivisible.assess.stability import AS_IT_IS, stability
from indivisible.assess.stability_report import Stability
from indivisible.errors import MissingData, QuestionError, UnknownName
from indivisible.models import deterrence
from indivisible.models.base import settle
from indivisible.readers import library
from indivisible.record.record import Record
from indivisible.report.files import csv_text, to_polars, write
from indivisible.report.json_text import to_json
from indivisible.report.stability_text import StabilityAnswer
from indivisible.values import Truth

DAY = "2010-06-01"
CODES = {"AAA": 901, "BBB": 902, "CCC": 903, "DDD": 904, "EEE": 905}


def found(record: Record, gamma: float, **chosen: object) -> Stability:
    return stability(record, on=DAY, settings={"deterrence.gamma": gamma}, **chosen)  # type: ignore[arg-type]


def missing(answer: Stability) -> dict[str, list[str]]:
    return {row["pledge"]: row["exposes"] for row in answer.missing if row["exposes"]}


def idle(answer: Stability) -> dict[tuple[str, str], bool | None]:
    return {(row["state"], row["pledge"]): row["idle"] for row in answer.pledges}


def test_the_five_lands_by_hand(lands: Record) -> None:
    """Five equal powers, AAA, BBB and CCC pledged. Three against one is three; one against three a third."""
    answer = found(lands, 1.0)
    assert answer.vulnerable(Truth.YES) == ["DDD", "EEE"]
    deciding = answer.deciding()
    states = answer.found.states
    assert [states[k] for k in deciding["DDD"].members] == ["AAA", "BBB", "CCC"]
    assert states[deciding["DDD"].leader] == "AAA"  # of three that tie, the first by alphabet
    assert deciding["DDD"].attack == (12e12, 12e12)
    assert deciding["DDD"].defence == (4e12, 4e12)
    assert missing(answer) == {}
    assert set(idle(answer).values()) == {True}  # any two of the three hold out against one
    assert (answer.found.s1, answer.found.s2, answer.found.s3) == (Truth.NO,) * 3


def test_a_missing_pledge_that_would_be_exploited(lands: Record) -> None:
    """DDD and EEE together are two against three: feasible below 2/3, and nobody could attack the three before."""
    assert missing(found(lands, 0.66)) == {"DDD-EEE": ["AAA", "BBB", "CCC"]}
    assert missing(found(lands, 0.67)) == {}


def test_a_pledge_that_is_needed(lands: Record) -> None:
    """Without BBB, AAA and CCC are two, and BBB or DDD is one: feasible below a half. At a half all are idle."""
    needed, not_needed = (idle(found(lands, gamma)) for gamma in (0.49, 0.5))
    assert set(needed) == {(s, p) for p in ("AAA-BBB", "AAA-CCC", "BBB-CCC") for s in p.split("-")}
    assert set(needed.values()) == {False}
    assert set(not_needed.values()) == {True}


def test_the_answer_is_that_of_the_model_on_the_record(record: Record) -> None:
    answer = stability(record, on="2007-02-10")
    arrays = compare(record, AS_IT_IS, on="2007-02-10").arrays_before
    assert answer.found.vulnerable == deterrence.vulnerable(arrays, settle("deterrence", deterrence.parameters))
    counts = answer.counts()
    assert sum(counts["vulnerable"].values()) == counts["states"] == len(arrays.states)
    assert counts["missing_pledges"] + counts["pledges"] >= 193 * 192 // 2
    assert {one.state for one in answer.attacks()} == {
        i for i, answer in enumerate(answer.found.vulnerable) if answer is not Truth.NO
    }
    assert set(Counter(one.state for one in answer.attacks() if one.deciding).values()) == {1}


def test_a_figure_that_is_not_known_gives_unknown(tmp_path: Path) -> None:
    """Nobody knows how strong EEE is: whether it is safe from the pact, and the pact from it, is not known."""
    world = changes_world.record(tmp_path / "facts", forget="EEE,gdp_current_usd")
    answer = found(world, 1.0)
    assert answer.vulnerable(Truth.YES) == ["DDD"]
    assert answer.vulnerable(Truth.UNKNOWN) == ["AAA", "BBB", "CCC", "EEE"]
    data = json.loads(to_json(answer.to_dict()))
    assert data["vulnerable"] == {"AAA": None, "BBB": None, "CCC": None, "DDD": True, "EEE": None}
    assert data["war_stable"] == {"S1": False, "S2": False, "S3": None, "all": False}
    attack = next(one for one in data["attacks"] if one["state"] == "AAA" and one["leader"] == "EEE")
    assert attack["attack"] == [0, None]  # no upper bound is declared
    assert attack["feasible"] is None
    shown = "\n".join(str(part) for part in StabilityAnswer(answer, world).attacks())
    assert "4 not known" in shown
    assert "perhaps" in shown


def test_only_states_reported_on(lands: Record) -> None:
    answer = found(lands, 0.66, among="AAA,DDD")
    assert answer.among == ("AAA", "DDD")
    assert answer.vulnerable(Truth.YES) == ["DDD"]
    assert missing(answer) == {"DDD-EEE": ["AAA"]}
    assert {row["state"] for row in answer.pledges} == {"AAA"}
    assert {row["state"] for row in answer.rows()} == {"AAA", "DDD"}
    assert found(lands, 0.66, among="PACT").among == ("AAA", "BBB", "CCC")


def test_rows_have_one_shape_and_every_format_writes(lands: Record, tmp_path: Path) -> None:
    answer = StabilityAnswer(found(lands, 0.66), lands)
    rows = answer.rows()
    assert len({tuple(row) for row in rows}) == 1
    assert {row["condition"] for row in rows} == {"S1", "S2", "S3"}
    assert to_polars(answer).height == len(rows)
    assert len(csv_text(answer).splitlines()) == len(rows) + 1
    for ending in ("csv", "json", "html", "parquet", "dta"):
        assert write(answer, tmp_path / f"found.{ending}").stat().st_size > 100
    page = answer.to_html()
    assert page.count("<td>S1</td>") == 2  # the strongest on DDD and on EEE
    assert page.count("<td>S3</td>") == 6
    data = json.loads((tmp_path / "found.json").read_text())
    assert next(iter(data)) == "schema"
    assert data["schema"] == "stability/1"
    assert list(data["vulnerable"]) == sorted(data["vulnerable"])


def test_both_rules_and_both_conventions_answer(lands: Record) -> None:
    for rule in ("leader", "clique"):
        for exposed in ("yes", "no"):
            answer = stability(
                lands, on=DAY, settings={"deterrence.rule": rule, "deterrence.allies_may_attack": exposed}
            )
            assert answer.vulnerable(Truth.YES) == (["AAA", "BBB", "CCC"] if exposed == "yes" else []) + ["DDD", "EEE"]
            assert answer.parameters["rule"] == rule
            assert ("its own allies included" in answer.assumes) == (exposed == "yes")


def test_the_sentence_and_the_page(lands: Record, capsys: pytest.CaptureFixture[str]) -> None:
    answer = StabilityAnswer(found(lands, 0.66), lands)
    assert answer.sentence() == (
        "On 2010-06-01 the network of defence pledges is not war-stable: 2 of 5 states can be attacked, 1 missing "
        "pledge would expose one that cannot be now, and 6 of 6 ends of their pledges are idle."
    )
    answer.show()
    shown = capsys.readouterr().out
    for said in ("no intention is modelled", "S1, nobody can be attacked: does not hold", "DDD-EEE", "gamma 0.66"):
        assert said in shown
    quiet = StabilityAnswer(found(lands, 9.0), lands)
    quiet.show()
    assert "0 states are vulnerable, 5 safe" in capsys.readouterr().out


# trade


@pytest.fixture
def traded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Trade of 2009: AAA-BBB 30, AAA-CCC 1, AAA-DDD 70 (one flow of AAA-EEE missing); BBB-CCC nothing recorded."""
    monkeypatch.setenv("INDIVISIBLE_HOME", str(tmp_path / "home"))
    rows = ["ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2"]
    flows = {("AAA", "BBB"): (10, 20), ("AAA", "CCC"): (1, 0), ("AAA", "DDD"): (40, 30), ("AAA", "EEE"): (-9, 0),
             ("BBB", "DDD"): (0, 0)}  # fmt: skip
    for (one, other), (first, second) in flows.items():
        rows.append(f"{CODES[one]},{CODES[other]},2009,{first},{second},{first},{second}")
    path = tmp_path / "cow_trade_ddy.csv"
    path.write_text("\n".join(rows) + "\n")
    library.import_path(path)
    more = [changes_world._row(land, "cow_code", "", str(code), "1900-01-01") for land, code in CODES.items()]
    return changes_world.record(tmp_path / "facts", more=more)


def test_a_pledge_that_carries_trade_is_not_idle(traded: Record) -> None:
    """Of AAA's recorded trade of 101 BBB has 30 and CCC 1. All pledges are idle by arms alone."""
    answer = stability(traded, on=DAY, trade=True)
    assert answer.trade is not None
    assert answer.trade.year == 2009
    assert idle(answer) == {
        ("AAA", "AAA-BBB"): False,
        ("BBB", "AAA-BBB"): False,
        ("AAA", "AAA-CCC"): True,  # 1 of 101 is less than the cost
        ("CCC", "AAA-CCC"): False,  # all of CCC's recorded trade
        ("BBB", "BBB-CCC"): None,
        ("CCC", "BBB-CCC"): None,  # no trade recorded is not no trade
    }
    cheap = stability(traded, on=DAY, trade=True, settings={"trade.cost": 1 / 101})
    assert idle(cheap)["AAA", "AAA-CCC"] is False  # at the bound it is worth its cost
    assert idle(stability(traded, on=DAY, trade=True, settings={"trade.cost": 0.0099}))["AAA", "AAA-CCC"] is False
    assert idle(stability(traded, on=DAY, trade=True, settings={"trade.cost": 0.0100}))["AAA", "AAA-CCC"] is True


def test_a_missing_pledge_that_both_would_take_for_trade(traded: Record) -> None:
    """AAA has 70 of 101 with DDD, and DDD all of its own with AAA. BBB and DDD are recorded at nothing."""
    answer = stability(traded, on=DAY, trade=True)
    wanted = {row["pledge"]: row["wanted"] for row in answer.missing}
    assert wanted["AAA-DDD"] is True
    assert "BBB-DDD" not in wanted
    assert wanted["AAA-EEE"] is None  # one of the two flows is missing
    assert {row["pledge"]: row["answer"] for row in answer.rows() if row["condition"] == "S2 by trade"} == {
        pledge: answer for pledge, answer in wanted.items() if answer is not False
    }
    data = answer.to_dict()["trade"]
    assert (data["cost"], data["year"], data["dataset"]) == (0.01, 2009, "cow_trade")
    assert "no data tell" in data["assumes"]
    told = "\n".join(str(line) for line in StabilityAnswer(answer, traded).missing())
    assert "worth their cost in trade to both ends: AAA-DDD" in told
    cited = StabilityAnswer(answer, traded).cite()
    assert "barbieri_2009" in cited
    assert "PRIMER".lower() in cited
    assert "barbieri_2009" not in StabilityAnswer(stability(traded, on=DAY), traded).cite()


def test_trade_of_a_year_that_is_not_covered_is_refused(traded: Record) -> None:
    assert stability(traded, on="2009-12-31", trade=True).trade is not None  # the year had ended by the day's close
    for day, year in (("2009-12-30", 2008), ("2010-12-31", 2010)):
        with pytest.raises(MissingData, match=f"covers 2009, not {year}"):
            stability(traded, on=day, trade=True)
    with pytest.raises(QuestionError, match="--trade"):
        stability(traded, on=DAY, settings={"trade.cost": 0.1})
    with pytest.raises(QuestionError, match="at most 1"):
        stability(traded, on=DAY, trade=True, settings={"trade.cost": 1.5})


def test_trade_that_is_not_imported_is_refused(lands: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(tmp_path / "nothing"))
    with pytest.raises(MissingData, match="cow_trade"):
        stability(lands, on=DAY, trade=True)


def test_questions_that_cannot_be_understood(lands: Record) -> None:
    for settings, said in (
        ({"gamma": 2}, "model.parameter"),
        ({"deterrence.gama": 2}, "gamma"),
        ({"distance.scale": 2}, "deterrence"),
    ):
        with pytest.raises(QuestionError, match=said):
            stability(lands, on=DAY, settings=settings)
    with pytest.raises(UnknownName, match="PACT"):
        stability(lands, on=DAY, among="PACTT")
    with pytest.raises(QuestionError, match=r"is past what|past the day"):
        stability(lands, on="2030-01-01")
    with pytest.raises(MissingData):
        ask(lands, on=DAY, power="cinc")
