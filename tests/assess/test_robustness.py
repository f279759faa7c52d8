"""How sure a verdict is, what turns it, and whom it is due to, on five lands of equal power."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from changes_world import make, record

from indivisible.architecture.arrays import Arrays, Plane
from indivisible.architecture.change import Change
from indivisible.architecture.points import MIDDLE, Point, settled, unknowns
from indivisible.assess.assess import assess
from indivisible.assess.attribution import attributed
from indivisible.assess.comparison import compare
from indivisible.assess.draws import CHUNK, drawn, draws
from indivisible.assess.flips import ends
from indivisible.assess.robustness import Depth
from indivisible.errors import QuestionError
from indivisible.models import MODELS, deterrence
from indivisible.models.base import Parameter, settle
from indivisible.record.record import Record
from indivisible.report.assessment_depth import expense_section, sure_section
from indivisible.report.assessment_html import loss_text
from indivisible.report.assessment_text import state_rows

TWO = ("deterrence", "distance")
DEFAULT = settle("deterrence", deterrence.parameters)


def worlds() -> tuple[Arrays, Arrays]:
    """A, B, C of known power and D of 0 to 9; then A and B join hands, and D is held down to 4."""
    power: dict[str, float | None] = {"A": 3, "B": 2, "C": 4, "D": None}
    before = Arrays.of(power, bounds={"D": (0, 9)}, unsure=[("C", "D", "defence")])
    after = Arrays.of(power, bounds={"D": (0, 4)}, unsure=[("C", "D", "defence")], defence=[("A", "B")])
    return before, after


def test_an_unknown_figure_is_one_number_before_and_after_and_keeps_to_its_later_bounds() -> None:
    for fraction, first, later in ((0.0, 0.0, 0.0), (1 / 3, 3.0, 3.0), (1.0, 9.0, 4.0)):
        before, after = settled(worlds(), Point({("power", "D"): fraction}))
        assert before.power.best[3] == pytest.approx(first)
        assert after.power.best[3] == pytest.approx(later)
        assert (before.power.low == before.power.high).all()


def test_a_tie_in_doubt_holds_from_one_half_up_both_times() -> None:
    name = next(one for one in unknowns(worlds(), read=deterrence.reads) if one[0] == "pledges.defence")
    for fraction, holds in ((0.0, False), (0.499, False), (0.5, True), (1.0, True)):
        for one in settled(worlds(), Point({name: fraction})):
            ties = one.ties("defence")
            assert ties.sure[2, 3] == ties.possible[2, 3] == holds


def test_what_has_no_upper_bound_stays_unknown() -> None:
    boundless = Arrays.of({"A": 1, "B": None})
    assert unknowns([boundless], read=frozenset({"power"})) == ()
    (one,) = settled([boundless], MIDDLE)
    assert np.isnan(one.power.best[1])
    assert (one.power.low[1], one.power.high[1]) == (0.0, math.inf)


def test_every_drawn_world_lies_within_what_was_not_known() -> None:
    before, after = worlds()
    lowest, highest = deterrence.change_bounds(before, after, DEFAULT)
    for fraction in np.linspace(0, 1, 21):
        for tie in (0.0, 1.0):
            points = {one: tie if one[0].startswith("pledges") else fraction
                      for one in unknowns((before, after), read=deterrence.reads)}  # fmt: skip
            first, second = (deterrence.read(w, DEFAULT).best for w in settled((before, after), Point(points)))
            finite = np.isfinite(first) & np.isfinite(second)
            moved = second[finite] - first[finite]
            assert ((moved >= lowest[finite] - 1e-9) & (moved <= highest[finite] + 1e-9)).all()


def test_the_same_seed_gives_the_same_counts_for_any_number_of_workers(lands: Record, joining: Change) -> None:
    comparison = compare(lands, joining)
    number = 3 * CHUNK + 5
    found = [
        draws(deterrence, DEFAULT, comparison.arrays_before, comparison.arrays_after, materiality=0.01,
              number=number, seed=seed, workers=workers)
        for seed, workers in ((7, 1), (7, 2), (7, 8), (8, 1))
    ]  # fmt: skip
    assert all((one.counts == found[0].counts).all() for one in found[1:3])
    assert found[0].decisive == found[1].decisive == found[2].decisive
    assert all((one.counts.sum(axis=1) == number).all() for one in found)


def test_shares_of_the_draws_and_the_constant_that_turns_the_sign(lands: Record, joining: Change) -> None:
    """Where allies may attack, four of equal power threaten each member with three others: more than two before."""
    found = assess(lands, joining, models=["deterrence"], depth=Depth(draws=128))
    (judged,) = found.models
    assert judged.drawn is not None
    said = judged.drawn.of("AAA")
    assert sum(said[kind] for kind in ("gains", "loses", "unchanged", "unknown")) == pytest.approx(1.0)
    assert 0.2 < said["gains"] < 0.7
    assert said["loses"] > 0.1
    assert said["turns_on"] == "allies_may_attack"
    assert judged.drawn.of("EEE")["gains"] == 0.0
    flip = next(one for one in judged.flips if one.parameter == "allies_may_attack")
    assert (flip.value, flip.states) == (True, ("AAA", "BBB", "CCC"))
    assert any("allies_may_attack at yes" in line and "Aland, Bland, Cland" in line for line in found.summary)
    assert found.to_dict()["models"][0]["draws"]["draws"] == 128


def test_constants_that_were_set_are_not_drawn(lands: Record, joining: Change) -> None:
    chosen = {"deterrence.allies_may_attack": "no", "deterrence.rule": "leader", "deterrence.fade": "none"}
    found = assess(lands, joining, models=["deterrence"], settings=chosen, depth=Depth(draws=64))
    (judged,) = found.models
    assert judged.drawn is not None
    assert judged.drawn.drawn == ("gamma", "eu_42_7")
    assert judged.drawn.share("AAA", "gains") == 1.0
    assert judged.drawn.share("EEE", "loses") == 1.0


def test_a_draw_lies_in_the_range_of_its_constant() -> None:
    number = Parameter("x", 2.0, "m", "s", low=0.5, high=5.0)
    assert [drawn(number, f) for f in (0.0, 0.5, 1.0)] == pytest.approx([0.5, math.sqrt(2.5), 5.0])
    narrow = Parameter("x", 0.1, "m", "s", low=0.0, high=0.3)
    assert [drawn(narrow, f) for f in (0.0, 0.5, 1.0)] == pytest.approx([0.0, 0.15, 0.3])
    choice = Parameter("x", "a", "m", "s", choices=("a", "b", "c"))
    assert [drawn(choice, f) for f in (0.0, 0.34, 0.99, 1.0)] == ["a", "b", "c", "c"]
    switch = Parameter("x", True, "m", "s")
    assert [drawn(switch, f) for f in (0.49, 0.5)] == [False, True]
    optional = Parameter("x", None, "m", "s", low=500.0, high=4000.0, optional=True)
    assert drawn(optional, 0.49) is None
    assert drawn(optional, 0.5) == pytest.approx(500.0)
    assert drawn(optional, 1.0) == pytest.approx(4000.0)
    assert ends(optional, None) == (500.0, 4000.0)
    assert ends(optional, 500.0) == (None, 4000.0)
    assert ends(choice, "b") == ("a", "c")
    assert ends(switch, True) == (False,)


@pytest.mark.parametrize("number", [0, -1, 10_000_000])
def test_an_impossible_number_of_draws_is_refused(lands: Record, joining: Change, number: int) -> None:
    comparison = compare(lands, joining)
    with pytest.raises(QuestionError, match="draws"):
        draws(deterrence, DEFAULT, comparison.arrays_before, comparison.arrays_after, materiality=0.01,
              number=number, seed=0)  # fmt: skip


def test_no_step_and_no_touch_are_not_drawn(lands: Record, nothing: Change) -> None:
    found = assess(lands, nothing, models=list(TWO), depth=Depth(draws=32, attribution=True))
    for judged in found.models:
        assert judged.drawn is None
        assert judged.attributed is not None
        assert judged.attributed.due.shape[0] == 0
    assert not np.any(found.models[0].attributed.total)  # type: ignore[union-attr]


TWO_JOIN = ("do: accede, state: DDD, organization: PACT", "do: accede, state: EEE, organization: PACT")


def test_shares_of_two_who_join_worked_out_by_hand(lands: Record) -> None:
    """AAA with two allies against two single lands: ln 3 at first, ln 4 with one more, unopposed with both."""
    found = assess(lands, make(TWO_JOIN[0]), models=["deterrence"], depth=Depth(attribution=True))
    share = found.to_dict()["models"][0]["states"][4]["attribution"]
    assert share["exact"] is True
    assert share["total"] == pytest.approx(math.log(1 / 4) - math.log(1 / 3))
    assert share["states"] == [{"state": "DDD", "due": pytest.approx(share["total"])}]
    assert any(line.startswith("- Eland") and "Dland" in line for line in found.summary)


PLEDGES = (
    "do: pledge, from: AAA, to: DDD, kind: defence, mutual: true",
    "do: pledge, from: DDD, to: EEE, kind: defence, mutual: true",
    "do: pledge, from: BBB, to: EEE, kind: defence",
)


def test_the_parts_sum_to_the_total_and_follow_the_definition(lands: Record) -> None:
    """Against the definition: the mean over all orders of what each step adds when its turn comes."""
    from itertools import permutations

    change = make(*PLEDGES)
    comparison = compare(lands, change)
    runs = [(m, settle(m.name, m.parameters)) for m in MODELS if m.name in TWO]
    found = attributed(runs, comparison)
    for (model, settings), one in zip(runs, found, strict=True):
        finite = np.isfinite(one.total)
        assert np.abs((one.due.sum(axis=0) - one.total)[finite]).max(initial=0.0) < 1e-12
        by_hand = np.zeros_like(one.due)
        orders = list(permutations(change.ids))
        for order in orders:
            for k, step in enumerate(order):
                pair = [settled((comparison.arrays_before, comparison.after_only(order[: k + more])), MIDDLE)[1]
                        for more in (0, 1)]  # fmt: skip
                first, second = (model.read(a, settings).best for a in pair)
                by_hand[change.ids.index(step)] += (second - first) / len(orders)
        np.testing.assert_allclose(one.due[:, finite], by_hand[:, finite], atol=1e-12)
        for i in np.flatnonzero(finite).tolist():
            assert sum(one.by_state(i).values()) == pytest.approx(one.total[i], abs=1e-12)


def test_a_step_taken_by_two_is_split_equally(lands: Record) -> None:
    found = attributed([(deterrence, DEFAULT)], compare(lands, make(PLEDGES[0])))[0]
    assert found.takers == (("AAA", "DDD"),)
    for i in np.flatnonzero(np.isfinite(found.total)).tolist():
        assert found.by_state(i) == pytest.approx({"AAA": found.total[i] / 2, "DDD": found.total[i] / 2})


def test_a_swap_of_two_lands_swaps_their_shares(lands: Record) -> None:
    one = attributed([(deterrence, DEFAULT)], compare(lands, make(TWO_JOIN[0])))[0]
    other = attributed([(deterrence, DEFAULT)], compare(lands, make(TWO_JOIN[1])))[0]
    swap = [0, 1, 2, 4, 3]
    np.testing.assert_allclose(one.total, other.total[swap])


def test_one_land_alone_is_unopposed_and_unchanged() -> None:
    alone = Arrays.of({"A": 3})
    found = draws(deterrence, DEFAULT, alone, alone, materiality=0.01, number=8, seed=0)
    assert found.of("A")["unchanged"] == 1.0


def test_a_figure_nobody_knows_has_its_share_of_the_draws(tmp_path_factory: pytest.TempPathFactory) -> None:
    """DDD, of unknown power, joins: whether AAA gains by more than a hundredth is left to the draws."""
    bound = "DDD,gdp_current_usd_upper_bound,,500000000,2009,,,,PRIMER,list,high,"
    world = record(tmp_path_factory.mktemp("unknown") / "facts", "DDD,gdp_current_usd,", [bound])
    kept = {"allies_may_attack": False, "rule": "leader", "fade": None, "gamma": 1.0, "eu_42_7": True}
    chosen = {f"deterrence.{name}": value for name, value in kept.items()}
    found = assess(world, make(TWO_JOIN[0]), models=["deterrence"], settings=chosen, depth=Depth(draws=256))
    (judged,) = found.models
    said = next(one for one in judged.states if one.state == "AAA")
    assert said.verdict == "unknown"
    assert judged.drawn is not None
    assert judged.drawn.unknown_drawn == 1
    shares = judged.drawn.of("AAA")
    assert 0.0 < shares["gains"] < 1.0
    assert shares["gains"] + shares["unchanged"] == pytest.approx(1.0)
    plane = compare(world, make(TWO_JOIN[0])).arrays_before.power
    assert isinstance(plane, Plane)
    assert np.isnan(plane.best[3])


def one_plane(low: float, high: float, best: float | None = None) -> Arrays:
    """A of known power, D between two bounds."""
    return Arrays.of({"A": 3, "D": best}, bounds={} if best is not None else {"D": (low, high)})


@pytest.mark.parametrize(
    ("was", "will", "first", "later"),
    [
        ((5, 5, 5.0), (2, 10), 5.0, 8.0),  # a known figure that a change sets to an interval is not known any more
        ((0, 0, 0.0), (4, 8), 0.0, 7.0),  # troops come where none stood
        ((0, 8), (10, 18), 6.0, 16.0),  # ten more come: the difference is ten, wherever in its bounds the figure lies
        ((0, 8), (0, 7), 6.0, 6.0),  # held down, and allowed
        ((0, 8), (0, 4), 6.0, 4.0),  # held down, and not allowed
    ],
)
def test_a_figure_set_anew_or_added_to_is_drawn_over_all_of_its_new_bounds(
    was: tuple[float, ...], will: tuple[float, float], first: float, later: float
) -> None:
    before, after = settled((one_plane(*was), one_plane(*will)), Point({("power", "D"): 0.75}))
    assert before.power.best[1] == pytest.approx(first)
    assert after.power.best[1] == pytest.approx(later)


def test_a_seed_below_zero_is_refused() -> None:
    with pytest.raises(QuestionError, match="seed -1"):
        Depth(8, -1)


def test_only_those_asked_about_are_said_to_lose(lands: Record) -> None:
    leaving = make("do: withdraw, state: AAA, organization: PACT")
    whole = assess(lands, leaving, models=["deterrence"], depth=Depth(attribution=True))
    losers = [one.state for one in whole.models[0].states if one.verdict == "loses"]
    assert len(losers) > 1
    asked = assess(lands, leaving, models=["deterrence"], among=losers[-1:], depth=Depth(8, attribution=True))
    others = [lands.name_of(state) for state in losers[:-1]]
    assert any(line.startswith(f"- {lands.name_of(losers[-1])} -") for line in asked.summary)
    assert not any(line.startswith(f"- {name} -") for name in others for line in asked.summary)
    shown = sure_section(asked) + expense_section(asked)
    assert f"{lands.name_of(losers[-1])} <span" in shown
    assert not any(f"{name} <span" in shown for name in others)


def test_a_state_that_was_not_there_is_not_left_out_in_silence(tmp_path: Path, joining: Change) -> None:
    gone = ("FFF,kind,,state,1900-01-01,1990-01-01,,,PRIMER,list,high,", "FFF,name,,Fland,,,,,PRIMER,list,high,")
    with pytest.raises(QuestionError, match="Fland is not a state on 2010-06-01"):
        assess(record(tmp_path / "facts", more=gone), joining, models=["deterrence"], among=["AAA", "FFF"])


def test_an_unknown_verdict_is_shown_with_its_bounds_not_with_a_point(lands: Record) -> None:
    vague = make("do: set, states: [EEE], figure: gdp_current_usd, value: 1e9..9e9")
    (judged,) = assess(lands, vague, models=["deterrence"], among="EEE").models
    (row,) = state_rows(judged, {})
    assert row["verdict"] == "unknown"
    assert " to " in row["change"]


def test_nobody_means_nobody_whoever_is_reported(lands: Record, joining: Change) -> None:
    one = assess(lands, joining, models=["deterrence"], among=["DDD"])
    (judged,) = one.models
    assert judged.counts.loses == 0  # EEE loses, and is not reported
    assert judged.nobody_loses.json is False
    assert {v.nobody_loses.json for v in one.variants if v.chosen} == {False}
    assert "deterrence: somebody loses, though none of the states reported does." in one.summary
    assert loss_text(judged) == "Somebody loses, though none of the states reported does."


def test_states_that_the_draws_cannot_see_are_told_to_count_as_unchanged(lands: Record, joining: Change) -> None:
    only = {"models": ["commitment"], "settings": {"commitment.kind": "defence"}, "depth": Depth(draws=32)}
    found = assess(lands, joining, **only)
    unseen = found.models[0].counts.not_seen
    assert unseen > 0
    told = f"The draws count {unseen} state{'s' if unseen > 1 else ''} not seen"
    assert any(told in line and "as unchanged" in line for line in found.summary)
    assert f"{told}, where nothing that the model reads changes, as unchanged" in sure_section(found)
    everyone = assess(lands, joining, among=["AAA", "BBB"], **only)
    assert everyone.models[0].counts.not_seen == 0
    assert not any("The draws count" in line for line in everyone.summary)
    assert "The draws count" not in sure_section(everyone)


def test_where_a_model_sees_nothing_its_expense_is_not_to_be_seen(lands: Record) -> None:
    """Troops move, and only distance reads them; a pact that is joined costs nobody where only pledges count."""
    troops = make("do: deploy, state: AAA, host: BBB, personnel: 10")
    found = assess(lands, troops, models=["deterrence"], depth=Depth(attribution=True))
    (said,) = [line for line in found.summary if "at whose expense" in line]
    assert said == "deterrence, at whose expense: not to be seen, since nothing that it reads changes for them."
    joined = assess(lands, make(TWO_JOIN[0]), models=["commitment"], settings={"commitment.kind": "defence"},
                    depth=Depth(attribution=True))  # fmt: skip
    (said,) = [line for line in joined.summary if "at whose expense" in line]
    assert said == "commitment (defence), at whose expense: no state shown loses by a known amount."
