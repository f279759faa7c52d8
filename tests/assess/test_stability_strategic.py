"""Strategic stability through the code that the command calls: the toy, the table of leakage, bounds, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import changes_world
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.apps.stability_command import ask
from indivisible.assess.stability_strategic import (
    NAME,
    PARAMETERS,
    Holder,
    exchange,
    leakage_table,
    strategic_stability,
)
from indivisible.errors import QuestionError
from indivisible.models.base import settle
from indivisible.record.record import Record
from indivisible.report.json_text import to_json
from indivisible.values import Estimate

SIX = 5.1e-7
DAY = "2010-06-01"


def holder(state: str, warheads: float | tuple[float, float], **assumed: float) -> Holder:
    low, high = warheads if isinstance(warheads, tuple) else (warheads, warheads)
    return Holder(state, Estimate(low, (low + high) / 2, high), 2009, settle(NAME, PARAMETERS, assumed))


@pytest.mark.parametrize(
    ("vulnerable", "first", "waiting", "index"),
    [(0, None, None, 1.0), (2000, 0.922644, 1.008861, 0.836384), (3800, 0.231211, 1.200267, 0.037108)],
)
def test_the_toy(vulnerable: float, first: float | None, waiting: float | None, index: float) -> None:
    """4,000 warheads each, scale 800, lambda .3, three on a vehicle and no miss: three killed by one."""
    assumed = {"survivable": 1 - vulnerable / 4000, "kill": 1.0, "lambda": 0.3, "scale": 800.0}
    found = exchange(*(holder(s, 4000, warheads_per_vehicle=3.0, **assumed) for s in "AB"))
    assert found.index == pytest.approx((index,) * 3, abs=SIX)
    if first is not None:
        assert found.first[0] == found.first[1] == pytest.approx((first,) * 3, abs=SIX)
        assert found.waiting[0] == found.waiting[1] == pytest.approx((waiting,) * 3, abs=SIX)
    single = exchange(*(holder(s, 4000, warheads_per_vehicle=1.0, **assumed) for s in "AB"))
    assert single.index[1] == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    ("size", "track", "intercept", "shots", "none", "none_common"),
    [
        (4, 0.99, 0.8, 4, 0.954463, 0.983679),
        (10, 0.99, 0.8, 2, 0.601263, 0.658184),
        (20, 0.99, 0.8, 4, 0.792128, 0.958797),
        (20, 0.95, 0.7, 4, 0.304670, 0.807386),
        (100, 0.99, 0.8, 4, 0.311872, 0.843514),
    ],
)
def test_what_a_defence_lets_through(
    size: int, track: float, intercept: float, shots: int, none: float, none_common: float
) -> None:
    enough = holder("A", 1, interceptors=size * shots, track=track, intercept=intercept, shots=shots)
    rows = {row["arriving"]: row for row in leakage_table(enough, Estimate(1000, 1000, 1000))}
    assert rows[size]["chance_none_through"] == pytest.approx(none, abs=SIX)
    assert rows[size]["chance_none_if_tracking_fails_for_all_or_none"] == pytest.approx(none_common, abs=SIX)
    assert rows[size]["engaged"] == size
    if size == 100:
        assert rows[size]["through_on_average"] == pytest.approx(1.1584, abs=5.1e-5)
    if size < 100:
        larger = rows[100]
        assert larger["engaged"] == size  # interceptors run out
        assert larger["chance_none_through"] == 0.0
        assert larger["through_on_average"] > 100 - size


def test_shots_needed() -> None:
    found = leakage_table(holder("A", 1, interceptors=1.0, track=0.995, intercept=0.8), Estimate(1, 1, 1))
    assert next(row for row in found if row["arriving"] == 20)["shots_needed_for_80_per_cent"] == pytest.approx(
        3.166, abs=5.1e-4
    )
    assert leakage_table(holder("A", 1), Estimate(1, 1, 1)) == []  # no defence is assumed


@settings(max_examples=40, deadline=None)
@given(
    one=st.tuples(st.integers(1, 3000), st.integers(0, 2000)),
    other=st.tuples(st.integers(1, 3000), st.integers(0, 2000)),
    survivable=st.floats(0.0, 1.0),
    interceptors=st.sampled_from((0.0, 40.0, 500.0)),
    points=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6),
)
def test_no_number_of_warheads_lies_outside_the_bounds(
    one: tuple[int, int], other: tuple[int, int], survivable: float, interceptors: float,
    points: list[tuple[float, float]],
) -> None:  # fmt: skip
    assumed = {"survivable": survivable, "interceptors": interceptors}
    ends = [(float(low), float(low + width)) for low, width in (one, other)]
    found = exchange(*(holder(s, end, **assumed) for s, end in zip("AB", ends, strict=True)))
    for shares in points:
        at = [low + share * (high - low) for share, (low, high) in zip(shares, ends, strict=True)]
        point = exchange(*(holder(s, w, **assumed) for s, w in zip("AB", at, strict=True)))
        for bounds, value in ((found.index, point.index), *zip(found.first, point.first, strict=True),
                              *zip(found.waiting, point.waiting, strict=True)):  # fmt: skip
            assert bounds[0] - 1e-9 <= value[1] <= bounds[2] + 1e-9


@settings(max_examples=30, deadline=None)
@given(warheads=st.tuples(st.integers(1, 5000), st.integers(1, 5000)), survivable=st.floats(0, 1))
def test_the_order_of_the_two_does_not_matter(warheads: tuple[int, int], survivable: float) -> None:
    pair = [holder(s, float(w), survivable=survivable) for s, w in zip("AB", warheads, strict=True)]
    here, there = exchange(*pair), exchange(*pair[::-1])
    assert here.index == there.index
    assert here.first == there.first[::-1]


def armed(folder: Path, *rows: str) -> Record:
    own = [changes_world._row(*row.split(",")) for row in rows]
    return changes_world.record(folder / "facts", more=own)


def test_two_of_the_record(record: Record) -> None:
    found = strategic_stability(record, "Russia", "USA", on="2007-02-10")
    assert [h.state for h in found.holders] == ["RUS", "USA"]
    assert [h.year for h in found.holders] == [2004, 2004]
    assert 0.0 < found.found.index[0] <= found.found.index[2] <= 1.0
    assert found.found.index[0] == found.found.index[2]
    data = json.loads(to_json(found.to_dict()))
    assert data["schema"] == "strategic-stability/1"
    assert {row["assumption"] for row in data["assumptions"]} == set(PARAMETERS)
    assert all(row["low"] <= row["USA"] <= row["high"] for row in data["assumptions"])
    assert data["defences"] == []
    assert found.sources() == ("FAS_WARHEADS_OWID",)
    assert strategic_stability(record, "USA", "RUS", on="2007-02-10").to_dict() == found.to_dict()
    assert "assumptions that the record does not hold" in found.sentence()


def test_intervals_of_warheads_and_assumptions_for_one_side(tmp_path: Path) -> None:
    world = armed(tmp_path, "AAA,nuclear_warheads,,100..300,2009", "BBB,nuclear_warheads,,200,2009")
    found = strategic_stability(world, "AAA", "BBB", on=DAY, settings={"strategic.survivable": 0.2})
    low, best, high = found.found.index
    assert low < best < high
    assert f"between {low:.3f} and {high:.3f}" in found.sentence()
    safer = strategic_stability(
        world, "AAA", "BBB", on=DAY, settings={"strategic.survivable": 0.2, "BBB.survivable": "0.9"}
    )
    values = {row["assumption"]: (row["AAA"], row["BBB"]) for row in safer.assumptions}
    assert values["survivable"] == (0.2, 0.9)
    assert safer.found.index[1] > best
    shielded = strategic_stability(world, "AAA", "BBB", on=DAY, settings={"AAA.interceptors": 40})
    assert {row["defender"] for row in shielded.defences} == {"AAA"}
    assert shielded.to_dict()["kill_probability"] == {"AAA": pytest.approx(0.988416, abs=SIX), "BBB": None}


def test_who_has_none_and_who_is_not_known(tmp_path: Path, record: Record) -> None:
    world = armed(tmp_path, "AAA,nuclear_warheads,,100,2009", "BBB,nuclear_warheads,,0..5,2009")
    with pytest.raises(QuestionError, match="whether Bland had nuclear warheads"):
        strategic_stability(world, "AAA", "BBB", on=DAY)
    with pytest.raises(QuestionError, match="whether Cland had nuclear warheads"):
        strategic_stability(world, "AAA", "CCC", on=DAY)
    with pytest.raises(QuestionError, match="Brazil had no nuclear warheads on 2007-02-10, by the record"):
        strategic_stability(record, "USA", "BRA", on="2007-02-10")
    with pytest.raises(QuestionError, match="two different states"):
        strategic_stability(record, "USA", "United States", on="2007-02-10")
    with pytest.raises(QuestionError, match="was not a state"):
        strategic_stability(record, "USA", "Kosovo", on="1999-01-01")


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"survivable": 0.5}, "strategic.survivable=value"), ({"strategic.survivabel": 0.5}, "survivable"),
        ({"CHN.survivable": 0.5}, "RUS or USA"), ({"strategic.survivable": 1.5}, "at most 1"),
        ({"nobody.survivable": 0.5}, "neither of the two"), ({"strategic.scale": 0}, "above 0"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_understood(record: Record, given_: dict[str, float], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        strategic_stability(record, "USA", "RUS", on="2007-02-10", settings=given_)


def test_what_goes_with_the_network_does_not_go_here(record: Record) -> None:
    for chosen in ({"trade": True}, {"among": ["NATO"]}, {"power": "cinc"}):
        with pytest.raises(QuestionError, match="says nothing about strategic stability"):
            ask(record, on="2007-02-10", strategic=("USA", "RUS"), **chosen)  # type: ignore[arg-type]


def test_the_page_prints_every_assumption(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    ask(record, on="2007-02-10", strategic=("USA", "RUS")).show()  # type: ignore[attr-defined]
    shown = capsys.readouterr().out
    assert all(name in shown for name in PARAMETERS)
    assert "No missile defence is assumed" in shown
    assert "no targets" in shown
    ask(record, on="2007-02-10", strategic=("USA", "RUS"), settings={"USA.interceptors": 44}).show()  # type: ignore[attr-defined]
    assert "would let through" in capsys.readouterr().out
