"""Risk: scores worked out by hand, what moves them which way, and bounds of what is not known against trying."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contracts"))

from fictional_worlds import World, at_one_point, changed, worlds

from indivisible.architecture.arrays import Arrays, Plane
from indivisible.errors import MissingData
from indivisible.models import risk
from indivisible.models.base import Settings, Value, recombined, settle
from indivisible.models.risk_change import change_of_target, hazards, score
from indivisible.panels.onset_fit import OnsetFit, Variant
from indivisible.values import day_of
from made_up_fits import risk_fit
from published_worlds import published_home

SPOTS = {"A": (0.0, 0.0), "B": (0.0, 9.0), "C": (0.0, 18.0), "D": (50.0, 0.0)}


def ready(*, fit: OnsetFit | None = None, **chosen: Value) -> Settings:
    return replace(settle("risk", risk.parameters, chosen), fit=risk_fit() if fit is None else fit)


def only(**weights: float) -> OnsetFit:
    """A fit in which all but these coefficients are 0."""
    made = {}
    for name in ("none", "rivalries"):
        names = risk_fit().variants[name].names
        values = tuple(weights.get(column, 0.0) for column in names)
        made[name] = Variant(name, values, (0.5,) * len(values), 10, 5, (1901, 1989), None, None, None)
    return OnsetFit(1989, made, {})


def world(**more: object) -> Arrays:
    return Arrays.of({"A": 4.0, "B": 2.0, "C": 1.0, "D": 1.0}, places=SPOTS, **more)  # type: ignore[arg-type]


def best(arrays: Arrays, chosen: Settings) -> dict[str, float]:
    return dict(zip(arrays.states, risk.read(arrays, chosen).best.tolist(), strict=True))


def test_two_states_by_hand() -> None:
    """One other state, chance 1 in 5: log odds of becoming a target ln(1/4), so the score is ln 4."""
    fit = only(constant=-math.log(4.0))
    found = risk.read(Arrays.of({"A": 1.0, "B": 1.0}, places=SPOTS), ready(fit=fit))
    assert found.best == pytest.approx([math.log(4.0)] * 2)


def test_chances_of_several_are_put_together_by_hand() -> None:
    """Three others, each 1 in 5: nobody begins in (4/5)^3 = 64/125, so the score is ln(64/61)."""
    found = best(world(), ready(fit=only(constant=-math.log(4.0))))
    assert found == pytest.approx(dict.fromkeys("ABCD", math.log(64 / 61)))


def test_a_pair_in_full_by_hand() -> None:
    """B against A, neighbours and rivals, with C pledged to A: every column by itself."""
    chosen = ready()
    pair = Arrays.of({"A": 2.0, "B": 6.0, "C": 2.0}, places=SPOTS, hostile=[("A", "B")], borders=[("A", "B")],
                     pledges=[("C", "A", "defence"), ("B", "A", "nonaggression")])  # fmt: skip
    km = pair.distance[0, 1]
    odds = (-1.0 + 0.2 * math.log(3) + 0.5 * math.log(0.8) - 0.6 * math.log(1 + km) + 1.0 - 0.3
            - 0.2 * math.log(1 + 1.0) + 2.0)  # fmt: skip
    assert risk.pairs(pair, chosen)[1, 0] == pytest.approx(-odds)
    assert risk.pairs(pair, chosen)[0, 0] == math.inf  # nobody begins it with itself


@pytest.mark.parametrize(
    ("what", "who", "way"),
    [
        ({"hostile": [("A", "C")]}, "A", -1), ({"hostile": [("A", "C")]}, "C", -1),
        ({"hostile": [("A", "C")]}, "B", 0), ({"borders": [("B", "C")]}, "C", -1),
        ({"defence": [("B", "C")]}, "C", 1), ({"defence": [("B", "C")]}, "B", 1),
        ({"defence": [("B", "C")]}, "D", -1),  # allies of the two stand behind each of them
        ({"pledges": [("B", "C", "neutrality")]}, "C", 1), ({"pledges": [("B", "C", "neutrality")]}, "B", 0),
        ({"pledges": [("B", "C", "consultation")]}, "C", 0), ({"pledges": [("B", "C", "offence")]}, "C", 0),
    ],
)  # fmt: skip
def test_what_moves_a_score_which_way(what: dict[str, object], who: str, way: int) -> None:
    before, after = best(world(), ready())[who], best(world(**what), ready())[who]
    assert np.sign(round(after - before, 12)) == way


def test_a_treaty_that_is_left_out() -> None:
    tied = world(defence=[("A", "C")], treaty="EU_TEU_42_7_2009")
    assert best(tied, ready(eu_42_7=False)) == best(world(), ready())
    assert best(tied, ready()) != best(world(), ready())


def test_coefficients_are_moved_by_standard_errors() -> None:
    tied = world(defence=[("A", "C")])
    fit = only(constant=-3.0, allied=-1.0)
    moved = only(constant=-3.0, allied=0.0)
    assert best(tied, ready(fit=fit, shift_allied=2.0)) == pytest.approx(best(tied, ready(fit=moved)))


def test_hostility_decides_which_fit_is_read() -> None:
    with_, without = world(hostile=[("A", "B")]), replace(world(hostile=[("A", "B")]), hostility=None)
    assert best(with_, ready())["A"] < best(without, ready())["A"]
    assert best(without, ready()) == best(replace(world(), hostility_name="none"), ready())
    with pytest.raises(MissingData, match="hostility by disputes"):
        risk.read(replace(with_, hostility_name="disputes of 10 years"), ready())


def test_it_does_not_run_without_a_fit() -> None:
    with pytest.raises(MissingData, match="not been fitted"):
        risk.read(world(), settle("risk", risk.parameters))


def test_the_reason_names_the_likeliest_and_the_parts_recombine() -> None:
    arrays = world(hostile=[("A", "D")], defence=[("B", "D")])
    reading = risk.read(arrays, ready())
    reason = reading.because(3)
    assert reason is not None
    assert reason.leader == "A"
    assert reason.told.startswith("likeliest to begin a dispute with it within a year are {A} (")
    assert "the chance that anybody does is" in reason.told
    assert not reason.told.endswith(".")
    assert reason.defenders == ("B", "D")
    assert math.log(reason.margin) == pytest.approx(reading.best[3])
    parts = reading.parts(3)
    assert recombined(parts) == pytest.approx(reading.best[3], abs=1e-12)
    assert {part.state for part in parts if part.kind == "against"} == {"A", "B", "C"}
    assert "An association, not an effect." in reading.note
    assert "association is no effect" in risk.assumes(ready())


def test_two_states_are_named_as_one() -> None:
    reading = risk.read(Arrays.of({"A": 1.0, "B": 1.0}, places=SPOTS), ready())
    reason = reading.because(0)
    assert reason is not None
    assert "within a year is {B} (" in reason.told


def test_very_likely_and_very_unlikely() -> None:
    for constant in (-700.0, -40.0, 40.0, 700.0):
        found = risk.read(world(), ready(fit=only(constant=constant)))
        assert np.isfinite(found.best).all()
        assert np.sign(found.best[0]) == -np.sign(constant)
    hazard = np.array([1e-300, 1e-8, 0.5, 1.0, 40.0, 800.0])
    expected = [-math.log(math.expm1(h)) if h < 700 else -h for h in hazard]
    assert score(hazard) == pytest.approx(expected, rel=1e-12)


def test_a_share_that_is_not_known_leaves_bounds() -> None:
    known = world()
    share = known.capability.best.copy()
    share[3] = np.nan
    blind = replace(
        known, capability=Plane(np.where(np.isnan(share), 0.0, share), share, np.where(np.isnan(share), 1.0, share))
    )
    reading = risk.read(blind, ready())
    assert np.isnan(reading.best).all()  # everybody may be the target of D
    assert (reading.low < reading.high).all()
    full = risk.read(known, ready())
    assert ((reading.low <= full.best) & (full.best <= reading.high)).all()
    reason = reading.because(0)
    assert reason is not None
    assert not reason.certain
    low, high = risk.change_bounds(blind, replace(blind, hostility=world(hostile=[("A", "B")]).hostility), ready())
    assert low[0] < high[0] < 0.0  # A is hostile to B now: a loss, whatever D has
    assert (low[2], high[2]) == (0.0, 0.0)


@settings(max_examples=150, deadline=None)
@given(world=worlds(known=True), data=st.data())
def test_where_all_is_known_the_change_is_the_difference_of_the_scores(world: World, data: st.DataObject) -> None:
    """Powers, pledges and hostility may all change at once."""
    after = data.draw(changed(world))
    power = {state: data.draw(st.sampled_from([had, 3.0])) for state, had in after.power.items()}
    after = replace(after, power=power, hostile=frozenset(data.draw(st.sets(st.sampled_from(sorted(
        world.hostile | {("A", "B")} if len(world.power) > 1 else {("A", "A")}
    ))))) - {("A", "A")})  # fmt: skip
    first, second = (risk.read(one.arrays, ready()) for one in (world, after))
    low, high = risk.change_bounds(world.arrays, after.arrays, ready())
    touched = risk.touched(world.arrays, after.arrays, ready())
    moved = np.where(first.unopposed, 0.0, second.best - first.best)
    assert low == pytest.approx(moved, abs=1e-9)
    assert high == pytest.approx(moved, abs=1e-9)
    assert touched[np.abs(moved) > 1e-9].all()
    assert (low[~touched] == 0.0).all()


@settings(max_examples=200, deadline=None)
@given(world=worlds(), data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_whatever_is_not_known_the_truth_lies_within_the_bounds(world: World, data: st.DataObject, seed: int) -> None:
    """Powers change too, and a change may bring new pledges in doubt."""
    after = data.draw(changed(world))
    ties = [(a, b, "defence") for a in world.power for b in world.power if a != b]
    more = frozenset(data.draw(st.sets(st.sampled_from(ties), max_size=2))) if ties else frozenset()
    known = {state for state, had in world.power.items() if had is not None}
    power = {state: data.draw(st.sampled_from([had, 3.0])) if state in known else had
             for state, had in after.power.items()}  # fmt: skip
    after = replace(after, power=power, unsure=(after.unsure | more) - after.pledges)
    low, high = risk.change_bounds(world.arrays, after.arrays, ready())
    readings = [risk.read(one.arrays, ready()) for one in (world, after)]
    luck = np.random.default_rng(seed)
    for _ in range(6):
        points = [risk.read(one.arrays, ready()).best for one in at_one_point(luck, world, after)]
        for i in range(len(low)):
            if readings[0].unopposed[i]:
                continue
            assert low[i] - 1e-9 <= points[1][i] - points[0][i] <= high[i] + 1e-9
            for reading, value in zip(readings, points, strict=True):
                assert reading.low[i] - 1e-9 <= value[i] <= reading.high[i] + 1e-9


odds = st.floats(-6.0, 3.0)


@settings(max_examples=150, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(odds, st.sampled_from([0.0, 0.0, 0.5, 3.0]), st.floats(-2, 2), st.sampled_from([0.0, 0.3])),
        min_size=1, max_size=11,
    ),
    seed=st.integers(0, 1000),
)  # fmt: skip
def test_bounds_of_a_change_hold_whatever_is_tried(pairs: list[tuple[float, float, float, float]], seed: int) -> None:
    low = np.array([one[0] for one in pairs])
    high = low + [one[1] for one in pairs]
    least = np.array([one[2] for one in pairs])
    most = least + [one[3] for one in pairs]
    lowest, highest = change_of_target(low, high, least, most)
    luck = np.random.default_rng(seed)
    for k in range(40):
        # ends are tried as often as what lies between
        at = np.where(luck.random(len(low)) < 0.5, luck.choice([0.0, 1.0], len(low)), luck.random(len(low)))
        by = luck.choice([0.0, 1.0], len(low)) if k % 2 else luck.random(len(low))
        here, move = low + at * (high - low), least + by * (most - least)
        change = float(score(hazards(here + move).sum()) - score(hazards(here).sum()))
        assert lowest - 1e-9 <= change <= highest + 1e-9
    doubtful = int((low < high).sum())
    if doubtful <= 8 and (least == most).all():  # then the bounds are reached
        ends = [np.where([(n >> k) & 1 for k in range(len(low))], high, low) for n in range(2 ** len(low))]
        tried = [float(score(hazards(one + least).sum()) - score(hazards(one).sum())) for one in ends]
        assert lowest == pytest.approx(min(tried), abs=1e-9)
        assert highest == pytest.approx(max(tried), abs=1e-9)


def test_a_day_past_the_capabilities_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    home = published_home()
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    chosen = settle("risk", risk.parameters)
    found = risk.fit(chosen, day=day_of("2023-12-30"))  # the last year that has ended is 2022
    assert found.last == 1989
    with pytest.raises(MissingData, match="capabilities of 2023"):
        risk.fit(chosen, day=day_of("2023-12-31"))
    assert risk.fit(chosen, day=day_of("1985-06-01")).last == 1979


def test_without_data_it_says_what_to_import(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(tmp_path))
    with pytest.raises(MissingData, match="indivisible data import"):
        risk.fit(settle("risk", risk.parameters), day=day_of("2020-01-01"))
