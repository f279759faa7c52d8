"""At which reach verdicts turn: by hand, against verdicts asked one by one, and on the record that ships."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from indivisible.architecture.arrays import Arrays
from indivisible.architecture.change import Change, change_of, load_change
from indivisible.architecture.change_file import parse_table
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.judge import judge
from indivisible.assess.reach_flips import FINEST, Stretch, reach_flips
from indivisible.measures.geography import EARTH_RADIUS_KM
from indivisible.models import deterrence, distance
from indivisible.models.base import Settings, Value, settle
from indivisible.record.record import Record


def chosen(**values: Value) -> Settings:
    return settle(distance.name, distance.parameters, values)


def east(km: float) -> tuple[float, float]:
    return (0.0, math.degrees(km / EARTH_RADIUS_KM))


@pytest.fixture(scope="module")
def nordic(record: Record) -> Comparison:
    return compare(record, load_change("nordic-accession"))


@pytest.fixture
def three(nordic: Comparison) -> Comparison:
    """C, 4,000 km from A, allies with B, 1,000 km from A."""
    places = {"A": (0.0, 0.0), "B": east(1000), "C": east(4000)}
    power: dict[str, float | None] = dict.fromkeys("ABC", 1.0)
    before, after = Arrays.of(power, places=places), Arrays.of(power, places=places, defence=[("B", "C")])
    return replace(nordic, arrays_before=before, arrays_after=after, actors=("B", "C"))


def test_the_reach_from_which_a_loses_by_hand(three: Comparison) -> None:
    """e^-1 + e^-(4 - 3r) = 1.01 (e^-1 + e^-4) at L = 1,000: beyond that r, A's loss counts."""
    (found,) = reach_flips(chosen(scale=1000.0), three)
    expected = (4 + math.log(1.01 * (math.exp(-1) + math.exp(-4)) - math.exp(-1))) / 3
    assert found.losers == ("A",)
    first, second = found.any_loses
    assert (first.said, second.said, first.begins, second.ends) == (False, True, 0.0, 1.0)
    assert expected <= second.begins <= expected + FINEST
    assert found.actors == {state: (Stretch(0.0, 1.0, "gains"),) for state in "BC"}
    said = found.sentences({"A": "Aland", "B": "Bland", "C": "Cland"})
    assert said == (
        "distance: Bland, Cland gain at every reach.",
        f"distance: somebody loses from reach {second.begins:.3f} up (1 state at reach 1): Aland.",
    )


def test_a_turn_of_a_state_that_takes_the_step(three: Comparison) -> None:
    """The same seen from A, were it an actor."""
    (found,) = reach_flips(chosen(scale=1000.0), replace(three, actors=("A",)))
    first, second, third = found.actors["A"]
    assert [one.said for one in (first, second, third)] == ["not_seen", "unchanged", "loses"]
    assert 0.0 < first.ends <= FINEST
    assert third.begins == found.any_loses[1].begins
    assert (
        found.sentences({})[0]
        == f"distance: A is unchanged below reach {third.begins:.3f} and loses from {third.begins:.3f}."
    )


def test_states_left_out_are_not_counted(three: Comparison) -> None:
    (found,) = reach_flips(chosen(scale=1000.0), three, among=("B",))
    assert found.losers == ()
    assert tuple(found.actors) == ("B",)
    assert found.sentences({})[-1] == "distance: nobody loses at any reach."
    (coarse,) = reach_flips(chosen(scale=1000.0), three, materiality=0.5)
    (fine,) = reach_flips(chosen(scale=1000.0), three)
    assert coarse.any_loses[1].begins > fine.any_loses[1].begins


def test_verdicts_at_every_reach_are_those_of_an_assessment(nordic: Comparison) -> None:
    (found,) = reach_flips(chosen(), nordic)
    for reach in (0.0, 0.25, 0.5, 1.0):
        judged = judge(distance, chosen(reach=reach), nordic, names={})
        assert sum(one.verdict == "loses" for one in judged.states) == next(
            one.said for one in reversed(found.losing) if one.begins <= reach
        )
        for one in judged.states:
            if one.state in nordic.actors:
                assert one.verdict == next(s.said for s in reversed(found.actors[one.state]) if s.begins <= reach)
    turn = found.any_loses[1].begins
    around = [judge(distance, chosen(reach=r), nordic, names={}).counts.loses for r in (turn - FINEST, turn)]
    assert around[0] == 0 < around[1]


def test_what_is_written_is_plain_json(nordic: Comparison) -> None:
    (found,) = reach_flips(chosen(), nordic)
    shown = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert shown["constant"] == "distance.reach"
    assert shown["actors"]["FIN"] == [{"from": 0.0, "to": 1.0, "said": "gains"}]
    assert shown["losing"][0] == {"from": 0.0, "to": shown["losing"][1]["from"], "said": 0}
    assert len(shown["losers"]) == max(one["said"] for one in shown["losing"])


def test_a_change_that_moves_troops_is_also_judged_with_their_weight(record: Record) -> None:
    step = "{id: s, date: 2021-12-01, do: deploy, state: USA, host: LTU, personnel: 5000}"
    change: Change = change_of(parse_table(f"schema: change/1\nname: x\ntitle: X\nsteps: [{step}]", "x.yml"))
    moved = compare(record, change)
    blind, seeing = reach_flips(chosen(), moved)
    assert (blind.forward, seeing.forward) == (0.0, 1.0)
    assert [one.said for one in blind.actors["LTU"]] == ["not_seen"]
    assert blind.sentences({})[0] == "distance: at no reach does it see anything of the change for LTU, USA."
    gains, *nothing = seeing.actors["LTU"]  # at reach 1 allied ground is as open as a garrison makes it
    assert (gains.said, *(one.said for one in nothing)) == ("gains", "unchanged", "not_seen")
    assert 0.95 < nothing[0].begins < 1.0
    (only,) = reach_flips(chosen(forward=0.5), moved)
    assert only.forward == 0.5
    assert "with forward 0.5" in only.sentences({})[0]


def test_a_model_without_reach_has_no_turns(nordic: Comparison) -> None:
    assert reach_flips(settle(deterrence.name, deterrence.parameters), nordic) == ()
