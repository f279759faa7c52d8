"""Assessing a change on five lands of equal power, where every score can be worked out by hand."""

from __future__ import annotations

import dataclasses
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from changes_world import make, record

from indivisible.architecture.change import Change
from indivisible.architecture.outside import Outside
from indivisible.assess.assess import assess
from indivisible.assess.assessment import Assessment, plain_numbers
from indivisible.assess.verdict import VERDICTS
from indivisible.errors import ChangeError, MissingData, QuestionError, UnknownName
from indivisible.record.record import Record


@pytest.fixture(scope="module")
def joined(lands: Record, joining: Change) -> Assessment:
    return assess(lands, joining)


def of(assessment: Assessment, model: str) -> dict[str, Any]:
    return next({s.state: s for s in j.states} for j in assessment.models if j.model == model)


def test_scores_worked_out_by_hand(joined: Assessment):
    """Before: DDD alone against the pact of three; after: four against EEE alone, EEE against four."""
    found = of(joined, "deterrence")
    assert found["DDD"].before.best == pytest.approx(math.log(1 / 3))
    assert found["DDD"].after.best == pytest.approx(math.log(4))
    assert found["DDD"].change == pytest.approx(math.log(12))
    assert found["AAA"].change == pytest.approx(math.log(4) - math.log(3))
    assert found["EEE"].change == pytest.approx(math.log(1 / 4) - math.log(1 / 3))
    assert {state: one.verdict for state, one in found.items()} == {
        "AAA": "gains", "BBB": "gains", "CCC": "gains", "DDD": "gains", "EEE": "loses",
    }  # fmt: skip


def test_because_names_leader_and_both_sums(joined: Assessment):
    text = of(joined, "deterrence")["EEE"].because
    assert text.startswith("Before: ")
    assert "against Eland alone" in text
    assert "margin 0.333" in text
    assert "margin 0.25" in text


def test_counts_and_what_could_be_shown(joined: Assessment):
    judgement = next(j for j in joined.models if j.model == "deterrence")
    assert judgement.counts.to_dict() == {"gains": 4, "loses": 1, "unchanged": 0, "unknown": 0, "not_seen": 0}
    assert judgement.counts_at["0"] == judgement.counts_at["0.05"] == judgement.counts
    assert judgement.nobody_loses.json is False
    distance = next(j for j in joined.models if j.model == "distance")
    assert distance.can_show.third_loses is False
    assert distance.nobody_loses.json is None  # a model that cannot show a loss cannot say that nobody loses


def test_who_is_not_touched_is_not_seen(joined: Assessment):
    assert of(joined, "distance")["EEE"].verdict == "not_seen"
    assert of(joined, "distance")["EEE"].change == 0.0


def test_nothing_is_exactly_zero_everywhere(lands: Record, nothing: Change):
    found = assess(lands, nothing)
    assert found.on == "2019-12-31"
    for judgement in found.models:
        assert judgement.nobody_loses.json is None
        assert judgement.before == judgement.after
        for one in judgement.states:
            assert (one.change, one.low, one.high, one.verdict) == (0.0, 0.0, 0.0, "not_seen")
            assert one.before.best == one.after.best or math.isnan(one.before.best)


def test_what_touches_no_pledge_is_not_seen_by_models_of_pledges(lands: Record):
    found = assess(lands, make("do: observe, body: CLUB, organization: PACT", "do: remove, deployment: DEP_BASE"))
    assert {one.verdict for j in found.models for one in j.states} == {"not_seen"}
    assert any("None of that changes anything that" in line for line in found.summary)


SHAPE = {
    "": {"schema", "change", "on", "record", "version", "power", "data", "seed", "models", "summary"},
    "model": {"model", "parameters", "scale", "materiality", "can_show", "counts", "counts_at", "nobody_loses",
              "spread", "states"},
    "state": {"state", "before", "after", "change", "low", "high", "verdict", "because", "claims"},
}  # fmt: skip


def test_the_json_shape(joined: Assessment):
    told = joined.to_dict()
    json.dumps(told, allow_nan=False)
    assert next(iter(told)) == "schema"
    assert told["schema"] == "assess/1"
    assert set(told) >= SHAPE[""]
    for model in told["models"]:
        assert set(model) >= SHAPE["model"]
        assert set(model["counts"]) == set(VERDICTS)
        assert set(model["counts_at"]) == {"0", "0.01", "0.05"}
        assert sum(model["counts"].values()) == len(model["states"])
        assert set(model["can_show"]) == {"actor_gains", "actor_loses", "third_gains", "third_loses"}
        for when in ("before", "after"):
            assert set(model["spread"][when]) >= {"gini_absolute", "variance", "worst"}
        names = [state["state"] for state in model["states"]]
        assert names == sorted(names)
        for state in model["states"]:
            assert set(state) >= SHAPE["state"]
            assert state["verdict"] in VERDICTS
            assert state["because"]
            change = state["change"]
            assert change is None or change == float(f"{change:.9g}")


def test_what_is_not_known_is_null_and_never_a_number(lands: Record, joining: Change):
    assert plain_numbers([math.nan, math.inf, -math.inf, 0.0, 1 / 3]) == [None, None, None, 0.0, 0.333333333]
    doubtful = make("do: found, organization: RING, members: [AAA, members of CLUB], "
                    "pledges: [{kind: defence, among: members}]")  # fmt: skip
    told = assess(lands, doubtful, models=["deterrence"]).to_dict()["models"][0]["states"][-1]
    assert told["state"] == "EEE"  # whether it is in the club on that day is not known
    assert (told["after"], told["change"]) == (None, None)
    assert told["before"] == told["before_interval"][0] == told["before_interval"][1]
    assert told["after_interval"][0] < told["after_interval"][1]
    assert told["low"] < told["high"]


def test_claims_lead_back_to_the_record_or_to_a_step(joined: Assessment, lands: Record):
    claims = of(joined, "deterrence")["DDD"].claims
    assert "changes/x#s1" in claims
    fields = {lands.at(address).field for address in claims if not address.startswith("changes/")}
    assert fields == {"pledge", "population", "gdp_current_usd"}
    assert joined.source_keys == ("PRIMER",)


def test_what_a_model_takes_for_granted_follows_its_constants(joined: Assessment, lands: Record, joining: Change):
    assert (
        "In deterrence any state may attack any state that is not its ally; no intention is modelled." in joined.summary
    )
    other = assess(lands, joining, settings={"deterrence.allies_may_attack": "yes"})
    assert any("its own allies included; no intention" in line for line in other.summary)


def test_a_pledge_beside_another_treaty_is_named_though_no_model_reads_it_anew(lands: Record):
    text = "do: enact, treaty: DRAFT, effects: [{do: pledge, from: AAA, to: BBB, kind: defence, mutual: true}]"
    found = assess(lands, make(text), models=["deterrence", "distance"])
    assert "In the architecture it adds 2 directed pledges of defence beside another treaty's." in found.summary
    assert "None of that changes anything that deterrence and distance read." in found.summary
    assert {one.verdict for j in found.models for one in j.states} == {"not_seen"}


def test_several_who_take_the_steps_are_third_states_to_one_another(lands: Record):
    alone = assess(lands, make("do: accede, state: DDD, organization: PACT"), models=["deterrence"])
    assert not alone.models[0].can_show.actor_loses
    both = assess(lands, make("do: accede, states: [DDD, EEE], organization: PACT"), models=["deterrence"])
    assert both.models[0].can_show.actor_loses


def test_the_table_of_constants_marks_the_one_in_use(joined: Assessment, lands: Record, joining: Change):
    rows = [v for v in joined.variants if v.model == "deterrence"]
    assert [v.chosen for v in rows].count(True) == 1
    assert rows[-1].counts is None
    other = assess(lands, joining, settings={"deterrence.allies_may_attack": "yes"})
    row = next(v for v in joined.variants if v.parameters == {"eu_42_7": True, "allies_may_attack": True})
    assert other.models[0].counts == row.counts
    assert other.models[0].nobody_loses == row.nobody_loses


def test_settings_models_and_among(lands: Record, joining: Change):
    found = assess(lands, joining, models=["deterrence"], among="PACT,Eland", settings={"deterrence.gamma": "2"})
    (judgement,) = found.models
    assert [one.state for one in judgement.states] == ["AAA", "BBB", "CCC", "EEE"]
    assert judgement.counts.gains + judgement.counts.loses == 4
    assert judgement.states[-1].before.best == pytest.approx(math.log(2 / 3))
    assert found.among == ("AAA", "BBB", "CCC", "EEE")
    assert {sum(counts.to_dict().values()) for counts in judgement.counts_at.values()} == {4}
    coarse = assess(lands, joining, models=["deterrence"], materiality=0.5)  # a third more power is no change then
    assert (coarse.models[0].counts.gains, coarse.models[0].counts.unchanged) == (1, 4)
    cinc = {"cinc_2009": dict.fromkeys(("AAA", "BBB", "CCC", "DDD", "EEE"), 0.2)}
    measured = assess(lands, joining, power="cinc_2009", outside=Outside(powers=cinc))
    assert measured.power == "cinc_2009"
    assert measured.models[0].counts == assess(lands, joining).models[0].counts


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        ({"models": ["deterence"]}, UnknownName),
        ({"settings": {"gamma": 2}}, QuestionError),
        ({"settings": {"deterrence.gama": 2}}, QuestionError),
        ({"settings": {"deterence.gamma": 2}}, UnknownName),
        ({"settings": {"deterrence.gamma": "much"}}, QuestionError),
        ({"among": "Atlantis"}, UnknownName),
        ({"power": "cinc_2009"}, MissingData),
        ({"on": "2011"}, QuestionError),
        ({"on": "2030-01-01"}, QuestionError),
        ({"materiality": -1.0}, QuestionError),
    ],
)
def test_what_cannot_be_asked(lands: Record, joining: Change, chosen: dict[str, Any], error: type[Exception]):
    with pytest.raises(error):
        assess(lands, joining, **chosen)


def test_a_change_that_is_true_already(lands: Record):
    with pytest.raises(ChangeError, match="already_so"):
        assess(lands, make("do: accede, state: AAA, organization: PACT"))


def test_the_result_is_frozen(joined: Assessment):
    with pytest.raises(dataclasses.FrozenInstanceError):
        joined.on = "1999-01-01"  # type: ignore[misc]


def test_relabelling_the_lands_relabels_the_verdicts(lands: Record):
    """D and E stand alike but for a doubt in a club that no model reads: exchange them and all else is exchanged."""
    one = of(assess(lands, make("do: accede, state: DDD, organization: PACT")), "deterrence")
    other = of(assess(lands, make("do: accede, state: EEE, organization: PACT")), "deterrence")
    swap = {"DDD": "EEE", "EEE": "DDD"}
    for state, found in one.items():
        twin = other[swap.get(state, state)]
        assert (found.verdict, found.change) == (twin.verdict, twin.change)


def test_the_summary_is_plain_and_takes_no_side(joined: Assessment):
    text = " ".join(joined.summary)
    assert "deterrence: 4 gain and 1 loses, 0 unchanged, 0 unknown. Effects above 1% count" in text
    assert "never averaged" in text
    assert "no intention is modelled" in text
    assert "cannot show a loss of third states" in text
    assert "1 state loses in deterrence alone; the others give no verdict" in text
    text = text.replace("nonaggression", "")  # a kind of pledge
    for word in ("should", "better", "right", "wrong", "threat", "aggress"):
        assert word not in text


@pytest.mark.parametrize("state", ["AAA", "BBB", "CCC", "DDD", "EEE"])
def test_forgetting_a_figure_keeps_the_verdict_or_makes_it_unknown(
    joined: Assessment, joining: Change, tmp_path: Path, state: str
):
    forgetful = assess(record(tmp_path / "facts", forget=f"{state},gdp_current_usd"), joining)
    known = 0
    for judgement, full in zip(forgetful.models, joined.models, strict=True):
        for one, other in zip(judgement.states, full.states, strict=True):
            assert one.verdict in (other.verdict, "unknown"), (judgement.model, one.state)
            known += one.verdict != "unknown"
    assert known
    assert any("is not known" in line for line in forgetful.summary)


def test_no_table_library_is_loaded_before_there_is_a_table() -> None:
    """In a process of its own: half a second of every assessment would go to it."""
    code = "import sys, indivisible.apps.desk, indivisible.assess.assess; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
