"""The spatial model of politics against the logs of the open implementation, and what must hold of any run."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from indivisible.errors import QuestionError
from indivisible.measures import bargaining_challenge
from indivisible.measures.bargaining import Actors, Bargaining, Settings, bargain
from indivisible.measures.bargaining_challenge import odds_of_challenge, siding
from indivisible.measures.bargaining_votes import (
    CHANCES,
    coalitions,
    distances,
    prevailing,
    risk_attitudes,
    utility,
    victories,
    vote,
)
from measures.bargaining_runs import (
    FIVE,
    FIVE_CHALLENGES,
    SEVEN,
    SEVEN_CHALLENGES,
    SEVEN_CHANCES,
    SEVEN_POSITIONS,
    THIRTEEN,
    THIRTEEN_CHANCES,
    THIRTEEN_POSITIONS,
    actors,
    by_pair,
    by_turn,
)

PRINTED_POSITION, PRINTED_CHANCE = 0.05 + 1e-9, 5e-5 + 1e-9  # half of the last digit printed


@pytest.fixture(scope="module")
def seven() -> Bargaining:
    return bargain(actors(SEVEN))


@pytest.fixture(scope="module")
def thirteen() -> Bargaining:
    return bargain(actors(THIRTEEN))


def differences(run: Bargaining, positions: str, chances: str) -> tuple[int, float, float]:
    """How many figures were compared, and the largest differences of positions and of chances."""
    apart = [run.positions[turn].ravel() * 100 - printed for turn, printed in by_turn(positions).items()]
    other = [run.chances[turn] - printed for turn, printed in by_turn(chances).items()]
    return sum(map(len, apart + other)), np.abs(apart).max(), np.abs(other).max()


def test_seven_actors_on_three_dimensions_turn_by_turn(seven: Bargaining) -> None:
    compared, position, chance = differences(seven, SEVEN_POSITIONS, SEVEN_CHANCES)
    assert (len(seven.turns), seven.settled, compared) == (10, True, 231 + 77)
    assert position <= PRINTED_POSITION
    assert chance <= PRINTED_CHANCE


def test_seven_actors_step_by_step(seven: Bargaining) -> None:
    assert seven.steps[0] == pytest.approx(0.874, abs=5e-4)
    printed = [0.7631, 0.1780, 0.0801, 0.0853, 0.0686, 0.0639, 0.1058, 0.0398, 0.0045]
    assert seven.moved[1:] == pytest.approx(printed, abs=5.1e-5)
    assert seven.turns[0].risk == pytest.approx([-0.5, -0.459, -0.499, -0.274, 1, -0.232, -0.430], abs=5.1e-4)


def test_thirteen_actors_on_two_dimensions(thirteen: Bargaining) -> None:
    compared, position, chance = differences(thirteen, THIRTEEN_POSITIONS, THIRTEEN_CHANCES)
    assert (len(thirteen.turns), thirteen.settled, compared) == (27, True, 4 * 39)
    assert position <= PRINTED_POSITION
    assert chance <= PRINTED_CHANCE
    assert thirteen.moved[-1] == pytest.approx(0.0083, abs=5.1e-5)


def told(run: Bargaining) -> dict[tuple[int, int], list[float]]:
    return {
        (one.challenger, one.target): [one.odds, one.gain, one.cost, one.odds_seen, one.gain_seen, one.cost_seen]
        for one in run.turns[0].challenges
    }


def test_challenges_in_the_eyes_of_both(seven: Bargaining) -> None:
    found = told(seven)
    for pair, printed in by_pair(SEVEN_CHALLENGES).items():
        assert found[pair] == pytest.approx(printed, abs=5.1e-5), pair
    assert len(found) == 7
    first = seven.turns[0].challenges[0]
    assert np.round(first.offers * 100, 6).tolist() == [[75.61, 24.78, 71.95], [75.61, 24.79, 71.95]]


def test_the_other_example_with_cubic_votes_and_incentives() -> None:
    run = bargain(actors(FIVE), settings=Settings(votes="propcbc", chances="markov_incentive", most_turns=1))
    assert run.turns[0].risk == pytest.approx([1, -0.387, -0.5, -0.001, -0.298], abs=5.1e-4)
    assert run.chances[0] == pytest.approx([0.3154, 0.1668, 0.1082, 0.2216, 0.1880], abs=5.1e-5)
    found = told(run)
    for pair, printed in by_pair(FIVE_CHALLENGES).items():
        assert found[pair] == pytest.approx(printed, abs=5.1e-5), pair
    assert len(found) == 5
    among = [sorted(np.round(choice.chances, 4).tolist()) for choice in run.turns[0].choices]
    assert among[0] == [0.0054, 0.2444, 0.7502]
    assert among[2] == [0.0695, 0.0859, 0.1976, 0.2255, 0.4215]
    assert among[4] == [0.025, 0.0264, 0.9486]


def test_the_order_of_actors_says_nothing(seven: Bargaining) -> None:
    order = np.array([3, 0, 6, 2, 5, 1, 4])
    given = seven.actors
    turned = bargain(Actors.of(given.positions[order], given.salience[order], given.capability[order]))
    assert turned.positions == pytest.approx(seven.positions[:, order], abs=1e-9)
    assert turned.chances == pytest.approx(seven.chances[:, order], abs=1e-9)


def test_equals_are_said_to_be_tied() -> None:
    run = bargain(Actors.of([[0.0], [0.5], [1.0]], [[0.5]] * 3, [1.0, 1.0, 1.0]))
    assert any(one.tied for turn in run.turns for one in turn.challenges) or any(
        choice.tied for turn in run.turns for choice in turn.choices
    )


def test_nobody_moves_where_all_agree() -> None:
    run = bargain(Actors.of([[0.4, 0.4]] * 4, [[0.5, 0.2]] * 4, [1, 2, 3, 4]))
    assert run.settled
    assert len(run.turns) == 2
    assert run.turns[0].challenges == ()
    assert run.chances[-1] == pytest.approx([1.0] * 4)
    assert (run.end == 0.4).all()


def test_drawn_choices_repeat_with_their_seed(seven: Bargaining) -> None:
    first, again, other = (bargain(seven.actors, draw=np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first.end == again.end).all()
    assert first.positions.shape != other.positions.shape or (first.end != other.end).any()


def test_a_run_that_does_not_settle_says_so(seven: Bargaining) -> None:
    run = bargain(seven.actors, settings=Settings(most_turns=9))
    assert (len(run.turns), run.settled) == (9, False)
    assert bargain(seven.actors, settings=Settings(most_turns=10)).settled


def test_votes_by_hand() -> None:
    assert vote("prop", 2.0, 0.5) == 1.0
    assert vote("propcbc", 2.0, 0.5) == 0.625
    assert vote("cubic", 2.0, -0.5) == -0.25
    assert vote("binary", 2.0, [1e-6, 5e-9, -1e-6]) == pytest.approx([2.0, 1.0, -2.0])
    with pytest.raises(QuestionError, match="no way to vote is called 'loud'"):
        vote("loud", 1.0, 0.5)


def test_two_options_and_one_voter_by_hand() -> None:
    strengths = coalitions("prop", np.array([4.0]), np.array([[1.0, 0.5]]))
    assert strengths == pytest.approx(np.array([[1e-8, 2 + 1e-8], [1e-8, 1e-8]]))
    strengths = np.array([[1.0, 3.0], [1.0, 1.0]])
    for kind, power in (("linear", 1), ("square", 2), ("quartic", 4), ("octic", 8)):
        assert victories(kind, strengths)[0, 1] == pytest.approx(3**power / (3**power + 1))
        assert victories(kind, strengths)[1, 1] == 0.5
    with pytest.raises(QuestionError, match="no odds of victory"):
        victories("cubic", strengths)


def test_chances_to_prevail() -> None:
    strengths = np.array([[1.0, 3.0, 2.0], [1.0, 1.0, 4.0], [2.0, 1.0, 1.0]])
    odds = victories("linear", strengths)
    beats_all = odds.prod(axis=1)
    assert prevailing("conditional", strengths, odds) == pytest.approx(beats_all / beats_all.sum())
    for kind in CHANCES:
        assert prevailing(kind, strengths, odds).sum() == pytest.approx(1.0)
    q = prevailing("markov_uniform", strengths, odds)
    assert q == pytest.approx((odds * (q[:, None] + q[None, :])).sum(axis=1) / 3, abs=2e-6)
    with pytest.raises(QuestionError, match="no chances are called"):
        prevailing("certain", strengths, odds)


def test_risk_attitudes_by_hand() -> None:
    chances = np.array([0.5, 0.3, 0.2])
    assert risk_attitudes("mid", chances) == pytest.approx([1.0, 0.0, -0.5])
    assert risk_attitudes("low", chances) == pytest.approx([1.0, 1 / 3, 0.0])
    assert risk_attitudes("high", chances) == pytest.approx([1.0, -1 / 3, -1.0])
    assert risk_attitudes("neutral", chances).tolist() == [0, 0, 0]
    assert risk_attitudes("mid", np.full(3, 1 / 3)).tolist() == [0, 0, 0]
    with pytest.raises(QuestionError, match="no risk attitude"):
        risk_attitudes("bold", chances)


def test_utility_and_distance_by_hand() -> None:
    assert utility(0.5, 0.0) == 0.5
    assert utility(0.5, 1.0) == 0.75  # averse to risk: the middle is worth more than half
    assert utility(0.5, -0.5) == 0.375
    ideals, salience = np.array([[0.0, 0.0]]), np.array([[0.3, 0.4]])
    assert distances(ideals, np.array([[1.0, 0.0], [1.0, 1.0]]), salience)[0] == pytest.approx([0.6, 1.0])


def slow_odds(rule: str, u: np.ndarray, strength: np.ndarray, i: int, j: int) -> float:
    """One challenge, member by member."""
    mine, theirs = float(vote(rule, strength[i], u[i, i] - u[i, j])), float(vote(rule, strength[j], u[j, i] - u[j, j]))
    for_i = 1e-10 + max(mine, 0) + max(theirs, 0)
    for_j = 1e-10 + max(-mine, 0) + max(-theirs, 0)
    all_i, all_j = for_i, for_j
    for n in range(len(u)):
        if n in (i, j):
            continue
        v = float(vote(rule, strength[n], u[n, i] - u[n, j]))
        p = (for_i + max(v, 0)) / (for_i + for_j + abs(v))
        win_i, lose_i = 2 * u[n, i] + u[n, n], 3 * u[n, j]
        win_j, lose_j = 2 * u[n, j] + u[n, n], 3 * u[n, i]
        v = float(vote(rule, strength[n], (p * win_i + (1 - p) * lose_i) - (p * lose_j + (1 - p) * win_j)))
        all_i, all_j = all_i + max(v, 0), all_j + max(-v, 0)
    return all_i / (all_i + all_j)


@pytest.mark.parametrize("rule", ["prop", "propcbc", "cubic", "binary"])
@pytest.mark.parametrize("at_once", [1, 12, 1 << 18])
def test_odds_of_a_challenge_member_by_member(rule: str, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pairs are held at one time."""
    monkeypatch.setattr(bargaining_challenge, "AT_ONCE", at_once)
    rng = np.random.default_rng(5)
    u = rng.uniform(0, 1, (4, 6, 6))
    u[:, range(6), range(6)] = 1.0
    strength = rng.uniform(0.1, 2, 6)
    first, second, viewers = np.array([0, 3, 5, 2]), np.array([1, 0, 4, 5]), np.array([2, 0, 3, 1])
    found = odds_of_challenge(rule, u, viewers, strength, first, second)
    slow = [slow_odds(rule, u[viewers[n]], strength, int(first[n]), int(second[n])) for n in range(4)]
    assert found == pytest.approx(slow, abs=1e-12)


def test_eighty_actors_bargain_within_a_modest_memory() -> None:
    """Their pairs times their pairs would be a third of a gigabyte, of all states 12."""
    many = 80
    where = np.linspace(0.0, 1.0, many)[:, None]
    actors = Actors.of(where, np.full((many, 1), 0.5), np.ones(many))
    tracemalloc.start()
    bargain(actors, settings=Settings(most_turns=1))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 80e6


def test_who_is_sure_to_be_with_the_winner_sides_with_it() -> None:
    assert siding(np.array(1.0), np.array(0.4), np.array(0.4), np.array(1.0)) > 0
    assert siding(np.array(0.0), np.array(0.4), np.array(0.4), np.array(1.0)) < 0
    assert siding(np.array(0.5), np.array(0.4), np.array(0.4), np.array(1.0)) == 0


@pytest.mark.parametrize(
    ("positions", "salience", "capability", "told"),
    [
        ([[0.5], [1.01]], [[0.5]] * 2, [1, 1], "outside the scale"),
        ([[0.5], [-0.01]], [[0.5]] * 2, [1, 1], "outside the scale"),
        ([[0.5, 0.5]], [[0.5, 0.51]], [1], "sums to more than 1"),
        ([[0.5, 0.5]], [[0.6, -0.1]], [1], "below 0"),
        ([[0.5]], [[0.0]], [1], "cares for nothing"),
        ([[0.5]], [[0.5]], [-1], "capability"),
        ([[0.5]], [[0.5]], [0], "capability"),
        ([[np.nan]], [[0.5]], [1], "not known"),
        ([[0.5]], [[0.5, 0.5]], [1], "do not fit"),
        ([[]], [[]], [1], "do not fit"),
    ],
)
def test_what_is_no_actor(positions: list, salience: list, capability: list, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        Actors.of(positions, salience, capability)


def test_the_bounds_themselves_are_allowed() -> None:
    assert Actors.of([[0.0, 1.0]], [[0.4, 0.6]], [1]).positions.tolist() == [[0.0, 1.0]]
    assert len(bargain(Actors.of([[0.0], [1.0]], [[1.0]] * 2, [1, 0])).turns) >= 2
