"""Spill-over: by hand in worlds of three, one state, nobody; loops over readings; the record's own days; the words."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.fictional_worlds import World, worlds
from indivisible.apps.cli import main
from indivisible.architecture.arrays import Arrays
from indivisible.assess.spillover import pledge_effects, power_effects, reads_of, seen_by, spillover
from indivisible.assess.spillover_answer import Effects, Seen
from indivisible.assess.spillover_words import coefficient_said
from indivisible.errors import QuestionError, UnknownName
from indivisible.measures.indivisibility import Indivisibility, indivisibility
from indivisible.models import MODELS, commitment, contest, deterrence, distance
from indivisible.models.at_once import pledge_sums
from indivisible.models.base import Model, Reading, Value, settle
from indivisible.record.record import Record

STEP = 2 * math.log(1.01)


def ready(model: Model, chosen: Mapping[str, Value] | None = None):
    return settle(model.name, model.parameters, chosen)


def of(arrays: Arrays, model: Model = deterrence, chosen: Mapping[str, Value] | None = None) -> Seen:
    return seen_by(model, ready(model, chosen), arrays, pledges=True)


# ---- by hand


def test_three_states_by_hand():
    """A 3, B 2, C 1; B and C defend one another. Deterrence, by leaders.

    Against A: B with C, 3 / 3. Against B: A alone, (2 + 1) / 3. Against C: A alone, 3 / 3. One per cent of A's power
    is one per cent of A's margin, and costs B and C one per cent each: S[A] = (1, -1, -1). One per cent of B's is 2/3
    of one of the sum of B and C: S[B] = (-2/3, 2/3, 2/3); S[C] = (-1/3, 1/3, 1/3).
    """
    arrays = Arrays.of({"A": 3.0, "B": 2.0, "C": 1.0}, defence=[("B", "C")])
    effects = of(arrays).power
    assert effects.matrix == pytest.approx(
        np.array([[1, -1, -1], [-2 / 3, 2 / 3, 2 / 3], [-1 / 3, 1 / 3, 1 / 3]]), abs=2e-5
    )
    assert effects.sums.positive == pytest.approx(1.0, abs=1e-4)  # B to C 2/3, C to B 1/3
    assert effects.sums.negative == pytest.approx(3.0, abs=1e-4)  # A to B and C, B to A, C to A
    assert effects.sums.coefficient == pytest.approx(0.25, abs=1e-4)
    assert (effects.sums.rising, effects.sums.falling, effects.sums.still) == (2, 4, 0)
    assert effects.sums.share_of_pairs == pytest.approx(1 / 3)
    assert of(arrays).ratios_only
    assert effects.heaviest(-1.0)[0] == (("A",), "B", pytest.approx(-1.0, abs=1e-4))
    assert effects.heaviest(1.0)[0] == (("B",), "C", pytest.approx(2 / 3, abs=1e-4))
    assert effects.given(-1.0) == pytest.approx([2, 2 / 3, 1 / 3], abs=1e-4)
    assert effects.received(1.0) == pytest.approx([0, 1 / 3, 2 / 3], abs=1e-4)


def test_the_central_difference_is_the_one_pinned():
    """Not a derivative: ln of 1 + 2 x 1.01 over ln of 1 + 2 / 1.01."""
    arrays = Arrays.of({"A": 3.0, "B": 2.0, "C": 1.0}, defence=[("B", "C")])
    found = power_effects(deterrence, ready(deterrence), arrays)
    assert found[1, 1] == pytest.approx((math.log(1 + 2 * 1.01) - math.log(1 + 2 / 1.01)) / STEP, abs=1e-13)


def test_pledges_of_three_by_hand():
    """Each 1, no pledge: whoever pledges, the third faces two instead of one: T = -ln 2 for it, ln 2 for both."""
    effects = of(Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0})).pledges
    assert effects is not None
    assert effects.acts == (("A", "B"), ("A", "C"), ("B", "C"))
    log2 = math.log(2)
    assert effects.matrix[0] == pytest.approx([log2, log2, -log2])
    assert effects.sums == Indivisibility(0.0, pytest.approx(3 * log2), 0, 3, 0)
    assert effects.sums.coefficient == 0.0
    assert effects.helps is not None
    assert effects.helps.all()
    assert effects.sums_of_helping == effects.sums


def test_a_pledge_that_is_already_there_counts_as_well():
    """T is with the pledge less without it, whatever is so now."""
    free = of(Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0})).pledges
    pledged = of(Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")])).pledges
    one_way = of(Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, pledges=[("A", "B", "defence")])).pledges
    assert free is not None
    assert pledged is not None
    assert one_way is not None
    assert pledged.matrix[0] == pytest.approx(free.matrix[0])
    assert one_way.matrix[0] == pytest.approx(free.matrix[0])


def test_power_of_none_does_nothing_and_does_not_count():
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "Z": 0.0})
    effects = of(arrays).power
    assert effects.matrix[2].tolist() == [0.0, 0.0, 0.0]
    assert effects.matrix[:, 2].tolist() == [0.0, 0.0, 0.0]  # nothing defends Z either way
    assert effects.acts_counted.tolist() == [True, True, False]
    assert of(arrays).undefended == ("Z",)
    assert "1 state whose own power does nothing for it left out" in coefficient_said(effects)


def test_unopposed_states_move_with_nobodys_power_and_are_named():
    """All three in one pact, and allies may not attack: nobody is opposed."""
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "C": 1.0}, defence=[("A", "B"), ("A", "C"), ("B", "C")])
    seen = of(arrays)
    assert seen.unopposed == ("A", "B", "C")
    assert not seen.power.matrix.any()
    assert math.isnan(seen.power.sums.coefficient)
    assert not seen.power.acts_counted.any()
    assert coefficient_said(seen.power) == "no state's own power makes it safer, so there is no coefficient of power"


def test_a_pledge_that_ends_all_opposition_is_infinite_and_in_no_sum():
    """A and B pledged to C, and to one another but for the pledge: with it, nobody is left to attack C or the two."""
    arrays = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, defence=[("A", "C"), ("B", "C")])
    effects = of(arrays).pledges
    assert effects is not None
    row = effects.matrix[effects.acts.index(("A", "B"))]
    assert row.tolist() == [math.inf, math.inf, 0.0]  # the two themselves are no third states
    assert effects.sums.infinite == 0


def test_third_states_opened_and_closed_are_counted_apart():
    """By distance and linear fading, D comes within reach of C only over the ground of an ally."""
    places = {"C": (0.0, 0.0), "D": (0.0, 60.0), "E": (0.0, 8.0)}
    arrays = Arrays.of({"C": 1.0, "D": 5.0, "E": 0.0}, places=places)
    chosen = {"decay": "linear", "scale": 1500.0, "reach": 1.0}
    effects = of(arrays, distance, chosen).pledges
    assert effects is not None
    assert effects.matrix[effects.acts.index(("D", "E"))][0] == -math.inf
    assert effects.sums.infinite == 1
    assert effects.sums.negative == 0.0
    assert "1 effect without bound in no sum" in coefficient_said(effects)
    slow = pledge_effects(distance, ready(distance, chosen), arrays, np.array([[1, 2]]), slowly=True)
    assert slow[0, 0] == -math.inf


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
@pytest.mark.parametrize("states", [("A",), ("A", "B")])
def test_one_state_and_two(model: Model, states: tuple[str, ...]):
    arrays = Arrays.of(dict.fromkeys(states, 1.0), places=dict.fromkeys(states, (0.0, 0.0)))
    if model.needs:
        pytest.skip("needs imported data")
    for chosen in side_by_side(model):
        seen = of(arrays, model, chosen)
        if len(states) == 1:
            assert math.isnan(seen.power.sums.coefficient)
        assert seen.pledges is not None
        assert math.isnan(seen.pledges.sums.coefficient)  # no third state
        json.dumps(seen.to_dict()["power"]["coefficient"])


def side_by_side(model: Model) -> list[dict[str, Value]]:
    beside = [p for p in model.parameters.values() if p.side_by_side]
    return [{p.name: choice} for p in beside for choice in p.choices] or [{}]


def test_a_model_that_does_not_read_power_says_so():
    seen = of(Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, hostile=[("A", "B")]), contest)
    assert seen.power.why_not == "this model does not read power"
    told = seen.power.to_dict()
    assert not told["seen"]
    assert math.isnan(told["coefficient"])
    assert told["states"] == told["burdens"] == []
    assert coefficient_said(seen.power) == "this model does not read power, so it gives no coefficient of power"


def test_what_a_model_reads_by_its_constants():
    assert "deployments" not in reads_of(distance, ready(distance))
    assert "deployments" in reads_of(distance, ready(distance, {"forward": 1.0}))
    assert "pledges.defence" not in reads_of(commitment, ready(commitment, {"kind": "neutrality"}))
    assert reads_of(deterrence, ready(deterrence)) == deterrence.reads


def test_own_power_never_counts_for_commitment():
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")], places=dict.fromkeys("ABC", (0.0, 0.0)))
    effects = of(arrays, commitment, {"kind": "defence"}).power
    assert effects.matrix[0, 1] > 0.0
    assert not effects.acts_counted.any()
    assert math.isnan(effects.sums.coefficient)


# ---- what holds in every world


@settings(max_examples=60, deadline=None)
@given(worlds(known=True, most=5), st.sampled_from([deterrence, distance]), st.floats(1e-3, 1e3))
def test_effects_of_power_do_not_hang_on_the_unit_of_power(world: World, model: Model, unit: float):
    scaled = World({s: x * unit for s, x in world.power.items() if x is not None}, world.pledges, places=world.places)
    before, after = (power_effects(model, ready(model), one.arrays) for one in (world, scaled))
    assert before == pytest.approx(after, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(worlds(known=True, most=5))
def test_effects_of_power_add_up_to_nothing(world: World):
    """Only ratios count: were all stronger alike, nobody would be safer. The central difference is off by 1e-4."""
    found = seen_by(distance, ready(distance), world.arrays)
    assert found.ratios_only
    assert np.abs(found.power.matrix.sum(axis=0)).max() < 1e-3
    if found.power.acts_counted.all():
        assert not found.power.sums.positive > found.power.sums.negative + 1e-3


def test_where_attacks_tie_the_central_difference_takes_the_mean_of_both_sides():
    """Four alike: one per cent more of B's power makes its attack the strongest, one per cent less changes nothing."""
    found = of(Arrays.of(dict.fromkeys("ABCD", 1.0)))
    assert found.power.matrix[0] == pytest.approx([1.0, -0.5, -0.5, -0.5])
    assert found.ratios_only


def test_a_model_in_which_more_than_ratios_count(monkeypatch: pytest.MonkeyPatch):
    def read(given: Arrays, chosen: object) -> Reading:
        scores, none = given.power.best.sum() * np.ones(2), np.zeros(2, dtype=bool)
        args = (scores, scores, scores, none, lambda i: None, lambda i: ())
        return Reading("deterrence", ready(deterrence), given.states, *args)

    monkeypatch.setattr(deterrence, "read", read)
    monkeypatch.setattr("indivisible.assess.spillover.BY_POWER", {})
    found = seen_by(deterrence, ready(deterrence), Arrays.of({"A": 1.0, "B": 1.0}))
    assert not found.ratios_only
    assert found.power.sums.coefficient == 1.0


@settings(max_examples=40, deadline=None)
@given(worlds(known=True, most=5), st.randoms(use_true_random=False), st.sampled_from([deterrence, distance]))
def test_relabelling_permutes_every_effect(world: World, random, model: Model):
    old = sorted(world.power)
    new = old[:]
    random.shuffle(new)
    to = dict(zip(old, new, strict=True))
    turned = World(
        {to[s]: x for s, x in world.power.items()},
        frozenset((to[a], to[b], kind) for a, b, kind in world.pledges),
        places={to[s]: place for s, place in world.places.items()},
    )
    order = [sorted(new).index(to[s]) for s in old]
    before, after = (power_effects(model, ready(model), one.arrays) for one in (world, turned))
    assert before == pytest.approx(after[np.ix_(order, order)], abs=1e-9)
    first, second = (of(one.arrays, model).pledges for one in (world, turned))
    assert first is not None
    assert second is not None
    assert first.sums.positive == pytest.approx(second.sums.positive, abs=1e-8)
    assert first.sums.negative == pytest.approx(second.sums.negative, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(worlds(known=True, most=6), st.booleans(), st.sampled_from([deterrence, distance]))
def test_sums_of_all_pledges_are_those_of_the_matrix(world: World, exposed: bool, model: Model):
    chosen = {"allies_may_attack": exposed} if model is deterrence else {}
    whole = of(world.arrays, model, chosen).pledges
    quick = pledge_sums(model.name, world.arrays, ready(model, chosen))
    assert whole is not None
    assert quick is not None
    assert quick.positive == pytest.approx(whole.sums.positive, abs=1e-9)
    assert quick.negative == pytest.approx(whole.sums.negative, abs=1e-9)
    counts = ("rising", "falling", "still", "infinite", "unknown")
    assert [getattr(quick, c) for c in counts] == [getattr(whole.sums, c) for c in counts]


@given(st.lists(st.sampled_from([-math.inf, -2.0, -0.5, 0.0, 1.0, 3.0, math.inf, math.nan]), max_size=12), st.data())
def test_the_coefficient_is_its_definition(effects: list[float], data: st.DataObject):
    counted = data.draw(st.lists(st.booleans(), min_size=len(effects), max_size=len(effects)))
    found = indivisibility(np.array(effects, dtype=float), np.array(counted, dtype=bool))
    kept = [x for x, yes in zip(effects, counted, strict=True) if yes]
    finite = [x for x in kept if math.isfinite(x)]
    p, n = sum(x for x in finite if x > 0), -sum(x for x in finite if x < 0)
    assert (found.positive, found.negative) == (p, n)
    assert found.unknown == sum(math.isnan(x) for x in kept)
    assert found.infinite == sum(math.isinf(x) for x in kept)
    assert found.rising + found.falling + found.still + found.unknown == len(kept)
    if p + n > 0:
        assert found.coefficient == pytest.approx(1 - n / (p + n))
        assert 0.0 <= found.coefficient <= 1.0
    else:
        assert math.isnan(found.coefficient)
    assert math.copysign(1.0, found.negative) == 1.0  # never -0


def test_sums_of_two_kinds_of_acts_add():
    one, two = Indivisibility(1.0, 2.0, 1, 2, 3, 4, 5), Indivisibility(1.0, 0.0, 1, 0, 1, 1, 1)
    assert one + two == Indivisibility(2.0, 2.0, 2, 2, 4, 5, 6)


def test_an_interval_that_no_point_settles_counts_at_its_middle_and_a_boundless_one_not_at_all():
    """Where C lies is not known, so that A and B have intervals, and C itself one without end; so has everybody where
    A's power has no bound."""
    hidden = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, places={"A": (0.0, 0.0), "B": (0.0, 5.0)})
    found = power_effects(distance, ready(distance), hidden)
    assert np.isfinite(found[:, :2]).all()
    assert np.isnan(found[:, 2]).all()
    boundless = Arrays.of({"A": None, "B": 1.0, "C": 1.0})
    effects = of(boundless).power
    assert np.isnan(effects.matrix[1]).any()
    assert effects.sums.unknown > 0
    assert "not known" in coefficient_said(effects)


# ---- the record


@pytest.fixture(scope="module")
def lands_spillover(lands: Record):
    return spillover(lands, on="2010-06-01", model="deterrence", pledges=True)


def test_the_five_lands(lands_spillover):
    """AAA, BBB and CCC are bound; all have the same power. S[D, A] = -1 for the leader alone is -1 on each of three."""
    told = lands_spillover.to_dict()
    assert next(iter(told)) == "schema"
    assert told["schema"] == "spillover/1"
    assert told["coefficient"] == told["readings"][0]["power"]["coefficient"]
    states = {row["state"]: row for row in told["readings"][0]["power"]["states"]}
    assert states["DDD"]["own"] == pytest.approx(1.0, abs=1e-4)
    assert states["AAA"]["gains_to_others"] == pytest.approx(2 / 3, abs=1e-4)  # a third to each of its two allies
    assert states["AAA"]["burdens_to_others"] == pytest.approx(2 / 3, abs=1e-4)  # a third on each of the two outside
    json.dumps(told, allow_nan=False)
    assert told["readings"][0]["pledges"]["acts"] == 10
    assert sorted(row["state"] for row in told["readings"][0]["power"]["states"]) == sorted(states)


def test_rows_are_the_whole_matrix(lands_spillover):
    rows = lands_spillover.rows()
    assert [row["act"] for row in rows] == ["power"] * 5 + ["pledges"] * 10
    assert all({"AAA", "BBB", "CCC", "DDD", "EEE"} <= set(row) for row in rows)
    assert rows[0]["by"] == "AAA"
    assert rows[0]["and"] is None
    assert (rows[5]["by"], rows[5]["and"]) == ("AAA", "BBB")


def test_among_narrows_acts_and_states_but_not_who_acts(lands: Record, lands_spillover):
    few = spillover(lands, on="2010-06-01", model="deterrence", pledges=True, among=["AAA", "DDD"])
    assert few.among == ("AAA", "DDD")
    power, whole = few.seen[0].power, lands_spillover.seen[0].power
    rows = [whole.states.index(s) for s in power.states]
    assert power.matrix == pytest.approx(whole.matrix[np.ix_(rows, rows)])
    pact = spillover(lands, on="2010-06-01", model="deterrence", among="PACT")
    assert pact.among == ("AAA", "BBB", "CCC")
    assert pact.seen[0].power.sums.coefficient == 1.0  # among allies all is gain
    with pytest.raises(QuestionError, match="only one"):
        spillover(lands, on="2010-06-01", model="deterrence", among="AAA")


def test_questions_that_cannot_be_understood(lands: Record):
    with pytest.raises(UnknownName, match="deterence"):
        spillover(lands, on="2010-06-01", model="deterence")
    with pytest.raises(QuestionError, match="not one model"):
        spillover(lands, on="2010-06-01", model="all")
    with pytest.raises(QuestionError, match="not one day"):
        spillover(lands, on="2010", model="deterrence")


def test_what_was_settled_is_said():
    """On a day of the record some figures are not known: they are named, and stand in the middle."""
    from indivisible.record.load import load

    record = load()
    found = spillover(record, on="2021-01-01", model="deterrence", among="CSTO")
    told = found.to_dict()
    assert told["settled"]["figures"]
    assert all(set(one) == {"figure", "state"} for one in told["settled"]["figures"])
    assert "in the middle of the bounds" in found.sentence()
    assert found.sources()
    assert told["hostility"] is None  # deterrence does not read it


def test_two_readings_side_by_side(lands: Record):
    found = spillover(lands, on="2010-06-01", model="commitment")
    told = found.to_dict()
    assert len(told["readings"]) == 5
    assert "coefficient" not in told  # one reading has one coefficient, five have five
    assert told["readings"][0]["output"] == "consultation"


def test_the_loop_tells_how_far_it_is():
    told: list[tuple[str, int, int]] = []
    arrays = Arrays.of({"A": 2.0, "B": 1.0, "C": 1.0}, defence=[("A", "B")])
    clique = ready(deterrence, {"rule": "clique"})
    seen_by(deterrence, clique, arrays, pledges=True, progress=lambda *one: told.append(one))
    assert told[2] == ("power of one state after another", 3, 3)
    assert told[-1] == ("pledges between two states", 3, 3)


def test_a_model_without_any_score_is_read_once_per_base(monkeypatch: pytest.MonkeyPatch):
    """Where nothing is known without the pledge, nothing can be known of its effect."""
    arrays = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0})
    nothing = np.full(3, math.nan)
    calls: list[int] = []

    def read(given: Arrays, chosen: object) -> Reading:
        calls.append(1)
        low, high = np.full(3, -math.inf), np.full(3, math.inf)
        none = np.zeros(3, dtype=bool)
        return Reading("contest", ready(contest), given.states, low, nothing, high, none, lambda i: None, lambda i: ())

    monkeypatch.setattr(contest, "read", read)
    found = pledge_effects(contest, ready(contest), arrays, np.array([[0, 1], [0, 2], [1, 2]]))
    assert np.isnan(found).all()
    assert len(calls) == 1


# ---- the command


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["spillover", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_prints_words_and_tables():
    text = run("--on", "2021-01-01", "--model", "deterrence", "--among", "NATO,CSTO", "--pledges")
    assert "indivisibility coefficient" in text
    assert "who burdens whom most" in text
    assert "This is what the model says of small changes, not what is so" in text


def test_the_command_writes_the_matrix(tmp_path: Path):
    for name in ("m.csv", "m.parquet", "m.html", "m.json"):
        run("--on", "2021-01-01", "--model", "distance", "--among", "CSTO", "--out", str(tmp_path / name))
    with (tmp_path / "m.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert pl.read_parquet(tmp_path / "m.parquet").height == 6
    told = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    by_state = {row["state"]: row for row in told["readings"][0]["power"]["states"]}
    assert float(rows[0][rows[0]["by"]]) == pytest.approx(by_state[rows[0]["by"]]["own"], rel=1e-8)
    assert "<table>" in (tmp_path / "m.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--on", "2021-01-01"], 2, "Missing option '--model'"),
        (["--on", "2021", "--model", "deterrence"], 2, "not one day"),
        (["--on", "1700-01-01", "--model", "deterrence"], 2, "no state on 1700-01-01"),
        (["--on", "2021-01-01", "--model", "deterrance"], 2, "near names: deterrence"),
        (["--on", "2021-01-01", "--model", "deterrence", "--set", "distance.scale=500"], 2, "no model is called"),
        (["--on", "2021-01-01", "--model", "deterrence", "--among", "NATOO"], 2, "near names"),
    ],
)
def test_likely_mistakes(words: list[str], code: int, said: str):
    result = CliRunner().invoke(main, ["spillover", *words])
    assert result.exit_code == code
    assert said in result.output


def test_an_unseen_effect_is_no_zero():
    unseen = Effects.unseen("power", (("A",),), ("A",), "this model does not read power")
    assert unseen.sums == Indivisibility(0.0, 0.0, 0, 0, 0)
    assert unseen.heaviest(1.0) == []
