"""Ideal points: simulated recovery, mirrored anchors, other names, a slow search, and votes that are awkward."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures import ideal_points_session as one_session
from indivisible.measures import ideal_points_walk as walk
from indivisible.measures.ideal_points import IdealPoints, ideal_points
from oracles.slow_ideal_points import best, log_posterior

Floats = NDArray[np.float64]


def world(
    seed: int, *, states: int = 40, sessions: int = 4, calls: int = 60, missing: float = 0.1, drift: float = 0.2
) -> tuple[list[Floats], Floats]:
    """Votes from the model, and the places that they were drawn from."""
    luck = np.random.default_rng(seed)
    places = np.cumsum(luck.normal(size=(states, sessions)) * np.r_[1.0, np.full(sessions - 1, drift)], axis=1)
    places = (places - places.mean()) / places.std()
    votes = []
    for t in range(sessions):
        slope, lower = luck.normal(size=calls), luck.normal(size=calls) * 0.7
        upper = lower + luck.exponential(0.8, size=calls)
        latent = slope * places[:, [t]] + luck.normal(size=(states, calls))
        cast = 1.0 + (latent > lower) + (latent > upper)
        cast[luck.random(cast.shape) < missing] = np.nan
        votes.append(cast)
    return votes, places


def anchored(places: Floats) -> Floats:
    """The two ends of the first session as starting places."""
    anchors = np.full(len(places), np.nan)
    anchors[places[:, 0].argmax()], anchors[places[:, 0].argmin()] = 2.0, -2.0
    return anchors


def solved(seed: int, **chosen: float) -> tuple[IdealPoints, Floats]:
    votes, places = world(seed, **chosen)  # type: ignore[arg-type]
    return ideal_points(votes, anchored(places)), places


@pytest.mark.parametrize("seed", range(4))
def test_places_that_votes_were_drawn_from_are_found_again(seed: int) -> None:
    found, places = solved(seed)
    assert found.search.converged
    assert found.search.change <= found.search.tolerance
    assert found.search.gradient < 1e-6
    assert np.corrcoef(found.points.ravel(), places.ravel())[0, 1] > 0.95
    for t in range(places.shape[1]):
        assert np.corrcoef(found.points[:, t], places[:, t])[0, 1] > 0.92
    assert found.points.mean() == pytest.approx(0.0, abs=1e-9)
    assert found.points.std() == pytest.approx(1.0, abs=1e-9)
    assert found.classified > found.by_mode


def test_standard_errors_are_as_large_as_the_errors() -> None:
    """Over many places the error, measured in standard errors, has a deviation of about 1."""
    scaled = []
    for seed in range(10, 16):
        found, places = solved(seed, states=60, calls=80)
        slope, level = np.polyfit(found.points.ravel(), places.ravel(), 1)  # the unit of the places is a convention
        scaled.append((slope * found.points + level - places) / found.errors)
    assert 0.85 < np.concatenate(scaled).std() < 1.2


def test_more_votes_make_smaller_errors() -> None:
    few, many = (solved(3, calls=calls)[0] for calls in (25, 100))
    assert np.nanmedian(many.errors) < 0.7 * np.nanmedian(few.errors)


def test_mirrored_anchors_mirror_the_places_exactly() -> None:
    votes, places = world(5)
    one, other = (ideal_points(votes, sign * anchored(places)) for sign in (1.0, -1.0))
    assert (one.points == -other.points).all()
    assert (one.errors == other.errors).all()
    for a, b in zip(one.calls, other.calls, strict=True):
        assert (a[0] == -b[0]).all()
        assert (a[1:] == b[1:]).all()


def test_the_sign_is_that_of_the_anchors_and_their_size_does_not_matter() -> None:
    votes, places = world(6)
    usual = ideal_points(votes, anchored(places)).points
    ends = anchored(places)
    assert (np.nan_to_num(ends) * usual[:, 0]).sum() > 0
    assert ideal_points(votes, 0.5 * ends).points == pytest.approx(usual, abs=1e-5)
    single = np.full(len(places), np.nan)
    single[places[:, 0].argmin()] = -1.0
    assert ideal_points(votes, single).points == pytest.approx(usual, abs=1e-5)


def test_the_same_question_has_the_same_answer() -> None:
    votes, places = world(7)
    one, other = (ideal_points(votes, anchored(places)) for _ in range(2))
    assert (one.points == other.points).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_neither_names_nor_order_matter(seed: int) -> None:
    votes, places = world(8, states=15, sessions=3, calls=25)
    usual = ideal_points(votes, anchored(places))
    luck = np.random.default_rng(seed)
    order = luck.permutation(15)
    shuffled = [cast[order][:, luck.permutation(25)] for cast in votes]
    other = ideal_points(shuffled, anchored(places)[order])
    assert other.points == pytest.approx(usual.points[order], abs=1e-5)
    assert other.errors == pytest.approx(usual.errors[order], abs=1e-5)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_turning_a_question_round_turns_only_its_slope(seed: int) -> None:
    """Yes for no in some roll calls leaves all places where they are."""
    votes, places = world(9, states=15, sessions=3, calls=25)
    usual = ideal_points(votes, anchored(places))
    turned = np.random.default_rng(seed).random((3, 25)) < 0.5
    other = ideal_points(
        [np.where(turn, 4.0 - cast, cast) for cast, turn in zip(votes, turned, strict=True)], anchored(places)
    )
    assert other.points == pytest.approx(usual.points, abs=1e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_general_search_finds_the_same_place(seed: int) -> None:
    """Ternary and binary roll calls, missing votes, a gap of one session: BFGS on the posterior written out."""
    votes, places = world(seed, states=9, sessions=3, calls=9, missing=0.15)
    votes[0][:, 0] = np.where(votes[0][:, 0] == 2.0, 1.0, votes[0][:, 0])
    votes[1][3] = np.nan
    found = ideal_points(votes, anchored(places), keep_unvarying=True, cut_limit=7.0)
    assert not found.at_limit.any()
    kept = [cast[:, own] for cast, own in zip(votes, found.kept, strict=True)]
    slow, value = best(kept, np.nan_to_num(found.points) + 0.3 * np.random.default_rng(seed).normal(size=(9, 3)))
    if np.nansum(slow * found.points) < 0:
        slow = -slow
    assert found.search.log_posterior == pytest.approx(value, abs=1e-4)
    assert np.nan_to_num(slow) == pytest.approx(np.nan_to_num(found.points), abs=2e-3)
    calls = [[tuple(own[:, v]) for v in range(own.shape[1])] for own in found.calls]
    assert log_posterior(kept, found.points, calls, 0.5) == pytest.approx(found.search.log_posterior, abs=1e-8)


def test_derivatives_are_those_of_the_likelihood() -> None:
    """Against finite differences, in the middle and far out in the tails."""
    luck = np.random.default_rng(4)
    votes = luck.integers(1, 4, size=(12, 8)).astype(float)
    votes[luck.random(votes.shape) < 0.2] = np.nan
    votes[:, 0] = np.where(votes[:, 0] == 2.0, 3.0, votes[:, 0])
    votes[:, 1] = np.where(votes[:, 1] == 3.0, 2.0, votes[:, 1])
    session = one_session.session_of(votes)
    calls = one_session.start(session, 7.0)
    calls[0] = luck.normal(size=8) * 2
    for spread in (1.0, 4.0):
        places = luck.normal(size=12) * spread
        found = one_session.derivatives(session, places, calls, variance=1e9, limit=7.0)
        for i in range(12):
            up, down = (one_session.log_likelihood(session, places + d * np.eye(12)[i], calls) for d in (1e-5, -1e-5))
            assert found.places[i] == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-5)
            above, below = (
                one_session.derivatives(session, places + d * np.eye(12)[i], calls, variance=1e9, limit=7.0)
                for d in (1e-5, -1e-5)
            )
            assert -found.bend[i] == pytest.approx((above.places[i] - below.places[i]) / 2e-5, rel=1e-4, abs=1e-4)
            assert found.cross[:, i] == pytest.approx((above.calls - below.calls) / 2e-5, rel=1e-4, abs=1e-4)


def test_the_block_equations_are_those_of_the_whole_matrix() -> None:
    luck = np.random.default_rng(2)
    sessions, states = 5, 4
    roots = luck.normal(size=(sessions, states, states))
    stiffness = luck.random((sessions, states))
    stiffness[0] = 0.0
    blocks = roots @ roots.transpose(0, 2, 1) + 3 * np.eye(states)
    whole = np.zeros((sessions * states,) * 2)
    for t in range(sessions):
        own = slice(t * states, (t + 1) * states)
        whole[own, own] = blocks[t]
        if t:
            before = slice((t - 1) * states, t * states)
            whole[own, before] = whole[before, own] = -np.diag(stiffness[t])
    right = luck.normal(size=(sessions, states, 2))
    for shift in (0.0, -3.5):  # positive definite, and not
        shifted = whole + shift * np.eye(len(whole))
        solved = walk.solve_blocks(blocks + shift * np.eye(states), stiffness, right, variances=True)
        assert solved.solution.reshape(-1, 2) == pytest.approx(np.linalg.solve(shifted, right.reshape(-1, 2)))
        assert solved.variances.reshape(-1) == pytest.approx(np.diagonal(np.linalg.inv(shifted)))
        assert solved.negative == (np.linalg.eigvalsh(shifted) < 0).sum()
        assert (solved.negative > 0) == (shift < 0)


def test_a_leap_over_sessions_keeps_its_variance() -> None:
    """The walk of a state away for two sessions, worked out by hand: variance 0.5 * 30 / (10 + 30) = 0.375."""
    stiffness, on_way = walk.ties(np.array([[10], [0], [0], [30]]), 0.5)
    assert on_way.all()
    assert (1.0 / stiffness[1:]).sum() == pytest.approx(0.375)
    assert stiffness[0] == 0
    alone, there = walk.ties(np.array([[0], [7], [0]]), 0.5)
    assert not alone.any()
    assert there.ravel().tolist() == [False, True, False]


def test_unanimous_roll_calls_change_nothing() -> None:
    votes, places = world(11, states=12, sessions=2, calls=20)
    usual = ideal_points(votes, anchored(places))
    padded = [np.concatenate([cast, np.full((12, 2), 1.0), np.full((12, 1), np.nan)], axis=1) for cast in votes]
    other = ideal_points(padded, anchored(places))
    assert (other.points == usual.points).all()
    assert [own.tolist()[20:] for own in other.kept] == [[False] * 3] * 2


def test_a_state_that_never_varies_has_no_place_unless_asked() -> None:
    votes, places = world(12, states=20, sessions=3, calls=30, missing=0.0)
    votes[1][4] = 1.0
    usual = ideal_points(votes, anchored(places))
    assert np.isnan(usual.points[4]).tolist() == [False, True, False]
    assert usual.votes[4].tolist() == [30, 0, 30]
    asked = ideal_points(votes, anchored(places), keep_unvarying=True)
    assert np.isfinite(asked.points[4]).all()
    assert asked.votes[4, 1] == 30


def test_one_vote_is_no_variation_and_an_absent_state_has_no_place() -> None:
    votes, places = world(13, states=20, sessions=3, calls=30)
    votes[2][6] = np.nan
    votes[2][6, 0] = 3.0
    votes[0][7] = votes[1][7] = np.nan
    found = ideal_points(votes, anchored(places))
    assert np.isnan(found.points[6]).tolist() == [False, False, True]
    assert np.isnan(found.points[7]).tolist() == [True, True, False]
    assert np.isnan(found.errors).tolist() == np.isnan(found.points).tolist()
    kept = ideal_points(votes, anchored(places), keep_unvarying=True)
    assert np.isfinite(kept.points[6]).all()
    assert abs(kept.points[6, 2] - kept.points[6, 1]) < 0.2, "one vote moves a state little"


def test_what_is_left_out_may_leave_out_more() -> None:
    """A state with one vote never varies: without it the third roll call is unanimous, and so on until all hold."""
    nan = np.nan
    votes = np.array([[1, 3, nan, 1], [3, 1, nan, 3], [nan, nan, 2, nan], [1, 1, 1, nan], [2, 3, nan, 2.0]])
    found = ideal_points([votes], np.array([2.0, -2.0, nan, nan, nan]))
    assert found.kept[0].tolist() == [True, True, False, True]
    assert (found.votes[:, 0] > 0).tolist() == [True, True, False, False, True]


def test_a_place_at_the_limit_has_no_error_and_is_said() -> None:
    """Two camps that are always apart, in one session: nothing but the limit holds the one outsider."""
    luck = np.random.default_rng(3)
    votes = np.where(luck.random((30, 40)) < 0.5, 1.0, 2.0)
    votes[0] = 3.0
    votes[0, 0], votes[1, :5] = 1.0, 3.0
    anchors = np.full(30, np.nan)
    anchors[0] = 3.0
    found = ideal_points([votes], anchors, limit=4.0, keep_unvarying=True)
    assert found.at_limit[0, 0]
    assert found.points[0, 0] == pytest.approx(4.0)
    assert np.isnan(found.errors[0, 0])
    assert np.nanmax(np.abs(found.points)) <= 4.0
    assert found.search.converged


def test_a_search_that_is_cut_short_says_so() -> None:
    votes, places = world(1)
    heard: list[tuple[int, float]] = []
    found = ideal_points(votes, anchored(places), most_steps=1, tell=lambda step, change: heard.append((step, change)))
    assert not found.search.converged
    assert heard == [(1, found.search.change)]
    assert found.search.change > found.search.tolerance


def test_what_is_no_question() -> None:
    votes, places = world(1, states=6, sessions=1, calls=8)
    anchors = anchored(places)
    for wrong, starts, says in (
        ([], anchors, "list of arrays"),
        ([votes[0][:5]], anchors, "do not fit 6 anchors"),
        ([np.where(votes[0] == 3.0, 9.0, votes[0])], anchors, "a vote is 1"),
        (votes, np.full(6, np.nan), "no state with an anchor"),
        (votes, np.zeros(6), "no state with an anchor"),
        ([np.full((6, 4), 1.0)], anchors, "in no roll call do two states differ"),
    ):
        with pytest.raises(QuestionError, match=says):
            ideal_points(wrong, starts)
