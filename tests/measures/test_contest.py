"""Contests: numbers by hand, best responses by trial, the groups of the Congo war, and refusals by name."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.contest import (
    Contest,
    Equilibrium,
    NoInterior,
    Reason,
    change_of_dissipation,
    embargo,
    embargoes,
    equilibrium,
    key_players,
    without,
)
from reference_material import shared

Floats = NDArray[np.float64]
DATA = shared("data", "INDIVISIBLE_DATA")
NONE = np.zeros((3, 3))
ALL = 1.0 - np.eye(3)
PAIR = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
FIVE = 5.1e-7


def payoffs(contest: Contest, effort: Floats) -> Floats:
    """The game itself: nobody wins anything by a strength below nothing."""
    reach = np.eye(len(effort)) + contest.beta * contest.allies - contest.gamma * contest.enemies
    strength = np.maximum(reach @ effort + contest.shifters, 0.0)
    return contest.prize * strength / strength.sum() - contest.costs * effort


def solved(contest: Contest, *, linear: bool = False) -> Equilibrium:
    found = equilibrium(contest, linear=linear)
    assert isinstance(found, Equilibrium), found
    return found


# Oracle D: three groups, V = 1, beta = gamma = .1 (models.md section 3)
THREE = {
    "no ties": (NONE, NONE, (2 / 9,) * 3, (1 / 9,) * 3),
    "two allies against their enemy": (
        PAIR,
        ALL - PAIR,
        (0.221893, 0.221893, 0.310651),
        (0.085799, 0.085799, 0.073964),
    ),
    "all allied": (ALL, NONE, (1 / 6,) * 3, (1 / 6,) * 3),
    "all enemies": (NONE, ALL, (0.305556,) * 3, (0.027778,) * 3),
}


@pytest.mark.parametrize("name", THREE)
def test_three_groups(name: str) -> None:
    allies, enemies, effort, payoff = THREE[name]
    contest = Contest(allies, enemies, 0.1, 0.1)
    found = solved(contest)
    assert found.effort == pytest.approx(effort, abs=FIVE)
    assert found.payoff == pytest.approx(payoff, abs=FIVE)
    assert payoffs(contest, found.effort) == pytest.approx(found.payoff, abs=1e-12)
    for i in range(3):  # nobody does better by any other effort
        for other in np.linspace(0.0, 1.0, 401):
            tried = found.effort.copy()
            tried[i] = other
            assert payoffs(contest, tried)[i] <= found.payoff[i] + 1e-12


def test_two_allies_against_their_enemy_by_hand() -> None:
    found = solved(Contest(PAIR, ALL - PAIR, 0.1, 0.1))
    assert found.hostility == pytest.approx([1.0, 1.0, 1.25])  # models.md section 3, D
    assert found.total_hostility == pytest.approx(9 / 13)
    centred = (1 - 9 / 13) * (found.hostility - 9 / 13 * found.centrality)
    assert found.payoff == pytest.approx(
        centred
    )  # section 3: payoff = V (1 - Lambda) (Gamma - Lambda c) at no shifters


@pytest.mark.parametrize(
    ("contest", "reason", "who"),
    [
        (Contest(np.zeros((0, 0)), np.zeros((0, 0)), 0.1, 0.1), Reason.NO_RIVAL, ()),
        (Contest(np.zeros((1, 1)), np.zeros((1, 1)), 0.1, 0.1), Reason.NO_RIVAL, ()),
        (Contest(NONE, ALL - PAIR, 0.1, 0.5), Reason.HOSTILITY, (2,)),  # 1 - .5 x 2 = 0: at the bound it fails
        (Contest(PAIR, NONE, 1.0, 0.1), Reason.SINGULAR, ()),  # only the sum of two allies' efforts counts
        (Contest(ALL, NONE, 2.0, 0.1), Reason.STRENGTH, ()),  # sum Gamma = 3/5: all free-ride
        (Contest(NONE, NONE, 0.1, 0.1, costs=np.array([2.0, 1.0, 1.0])), Reason.STRENGTH, (0,)),  # 2 Lambda = 1: bound
        (Contest(NONE, NONE, 0.1, 0.1, shifters=np.array([0.5, 0.0, 0.0])), Reason.EFFORT, (0,)),
    ],
)
def test_no_interior_equilibrium_is_named(contest: Contest, reason: Reason, who: tuple[int, ...]) -> None:
    assert equilibrium(contest) == NoInterior(reason, who)


def test_just_inside_the_bounds() -> None:
    assert isinstance(equilibrium(Contest(NONE, ALL - PAIR, 0.1, 0.1)), Equilibrium)
    assert solved(Contest(NONE, NONE, 0.1, 0.1, costs=np.array([1.99, 1.0, 1.0]))).strength[0] > 0.0
    assert solved(Contest(NONE, NONE, 0.1, 0.1, shifters=np.array([2 / 9 - 1e-9, 0.0, 0.0]))).effort[0] > 0.0


def test_linear_solves_what_is_no_equilibrium() -> None:
    shifted = Contest(NONE, NONE, 0.1, 0.1, shifters=np.array([0.5, 0.0, 0.0]))
    assert solved(shifted, linear=True).effort == pytest.approx([2 / 9 - 0.5, 2 / 9, 2 / 9])
    assert equilibrium(Contest(PAIR, NONE, 1.0, 0.1), linear=True) == NoInterior(Reason.SINGULAR)
    assert equilibrium(Contest(NONE, ALL - PAIR, 0.1, 0.5), linear=True) == NoInterior(Reason.HOSTILITY, (2,))


@pytest.mark.parametrize(
    "ties",
    [np.full((3, 3), np.nan), np.eye(3), np.triu(ALL), -ALL, np.zeros((2, 3))],
    ids=["unknown", "oneself", "one side", "below 0", "shape"],
)
def test_ties_that_are_no_ties(ties: Floats) -> None:
    with pytest.raises(QuestionError):
        Contest(ties, NONE, 0.1, 0.1)


def test_questions_that_cannot_be_understood() -> None:
    with pytest.raises(QuestionError, match="at once"):
        Contest(PAIR, PAIR, 0.1, 0.1)
    for beta, gamma, prize in ((-0.1, 0.1, 1.0), (0.1, math.nan, 1.0), (0.1, 0.1, 0.0)):
        with pytest.raises(QuestionError):
            Contest(NONE, NONE, beta, gamma, prize=prize)
    for wrong in (np.zeros(3), np.ones(2), np.array([1.0, 1.0, np.nan])):
        with pytest.raises(QuestionError):
            Contest(NONE, NONE, 0.1, 0.1, costs=wrong)
    for position in (-1, 3):
        with pytest.raises(QuestionError, match="position"):
            without(Contest(NONE, NONE, 0.1, 0.1), [position])
    idle = Contest(NONE, NONE, 0.1, 0.1, shifters=np.full(3, 0.5))
    with pytest.raises(QuestionError, match="before"):
        change_of_dissipation(idle, idle, linear=True)


def test_key_players_by_hand() -> None:
    """Without ties n groups spend 1 - 1/n: 2/3 before, 1/2 after one of three has left."""
    contest = Contest(NONE, NONE, 0.1, 0.1)
    assert key_players(contest) == pytest.approx([-0.25] * 3)
    pair = Contest(np.zeros((2, 2)), np.zeros((2, 2)), 0.1, 0.1)
    assert key_players(pair) == (NoInterior(Reason.NO_RIVAL),) * 2
    # costs (c, 1): Lambda = 1 / (1 + c), efforts Lambda (1 - c Lambda) and c Lambda^2
    assert solved(embargo(pair, [0, 0], 3.0)).effort == pytest.approx([1 / 16, 3 / 16])
    assert embargoes(pair, 3.0) == pytest.approx([-0.5] * 2)  # 1/4 over 1/2


def test_players_taken_together() -> None:
    """Four without ties spend 3/4; without two of them 1/2; a player may be one of the four too."""
    contest = Contest(np.zeros((4, 4)), np.zeros((4, 4)), 0.1, 0.1)
    assert key_players(contest, players=[[0, 1], [3]]) == pytest.approx([-1 / 3, -1 / 9])
    alone = change_of_dissipation(contest, embargo(contest, [0, 1], 1.1))
    assert embargoes(contest, 1.1, players=[[1, 0]]) == pytest.approx([alone])


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    n = draw(st.integers(2, 6))
    tie = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=n * n, max_size=n * n))
    half = np.triu(np.array(tie).reshape(n, n), 1)
    whole = half + half.T
    rates = st.floats(0.0, 0.15)
    one_each = st.lists(st.floats(0.8, 1.2), min_size=n, max_size=n)
    shifters = st.lists(st.floats(-0.05, 0.05), min_size=n, max_size=n)
    return Contest(
        (whole == 1).astype(float),
        (whole == -1).astype(float),
        draw(rates),
        draw(rates),
        shifters=np.array(draw(shifters)),
        costs=np.array(draw(one_each)),
    )


@settings(max_examples=60, deadline=None)
@given(contests(), st.floats(0.01, 100.0), st.randoms(use_true_random=False))
def test_relabelling_and_units(contest: Contest, unit: float, random: object) -> None:
    order = list(range(len(contest.allies)))
    random.shuffle(order)  # type: ignore[attr-defined]
    square = np.ix_(order, order)
    renamed = Contest(
        contest.allies[square],
        contest.enemies[square],
        contest.beta,
        contest.gamma,
        shifters=contest.shifters[order],
        costs=contest.costs[order],
    )
    richer = replace(contest, prize=unit, shifters=contest.shifters * unit)
    found = equilibrium(contest)
    if isinstance(found, NoInterior):
        for other in (renamed, richer):
            again = equilibrium(other)
            if found.reason is not Reason.EFFORT:  # an effort of 0 may round to either side
                assert isinstance(again, NoInterior)
                assert again.reason is found.reason
        return
    again, more = solved(renamed, linear=True), solved(richer, linear=True)
    assert again.payoff == pytest.approx(found.payoff[order], abs=1e-9)
    assert again.effort == pytest.approx(found.effort[order], abs=1e-9)
    assert more.effort == pytest.approx(found.effort * unit, rel=1e-6, abs=1e-9 * unit)
    assert more.share == pytest.approx(found.share, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(contests())
def test_first_order_conditions_hold(contest: Contest) -> None:
    found = equilibrium(contest)
    if isinstance(found, NoInterior):
        return
    assert payoffs(contest, found.effort) == pytest.approx(found.payoff, abs=1e-9)
    for i in range(len(found.effort)):
        step = np.zeros(len(found.effort))
        step[i] = 1e-6
        up, down = payoffs(contest, found.effort + step)[i], payoffs(contest, found.effort - step)[i]
        if (found.strength > 1e-4).all():
            assert (up - down) / 2e-6 == pytest.approx(0.0, abs=1e-5)


@pytest.fixture(scope="module")
def congo() -> tuple[Contest, dict[str, int], Floats]:
    """80 groups with the estimates and shifters of the published embargo exercise; observed mean efforts."""
    if not (DATA / "krtz_congo_groups.csv").exists():
        pytest.skip("the replication data of the Congo war are not here")
    with (DATA / "krtz_congo_groups.csv").open(encoding="utf-8") as lines:
        groups = sorted(csv.DictReader(lines), key=lambda row: int(row["group"]))
    allies, enemies = np.zeros((80, 80)), np.zeros((80, 80))
    with (DATA / "krtz_congo_adjacency.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            place = int(row["group_a"]) - 1, int(row["group_b"]) - 1
            allies[place], enemies[place] = float(row["allied"]), float(row["enemy"])
    shifters = np.array([float(row["OBS_SHIFTER"]) + float(row["E"]) for row in groups])
    contest = Contest(allies, enemies, float(groups[0]["beta"]), float(groups[0]["gamma"]), shifters=shifters)
    observed = np.array([float(row["TotFight"]) for row in groups])
    return contest, {row["name_short"]: i for i, row in enumerate(groups)}, observed


def test_congo_equilibrium(congo: tuple[Contest, dict[str, int], Floats]) -> None:
    contest, _, observed = congo
    assert (contest.allies.sum() / 2, contest.enemies.sum() / 2) == (96, 118)  # models.md section 3, A
    found = solved(contest)
    assert found.hostility.sum() == pytest.approx(83.31056364, abs=5.1e-9)
    assert found.total_hostility == pytest.approx(0.98799672, abs=5.1e-9)
    assert found.dissipation == pytest.approx(474.3077334, abs=5.1e-8)
    assert found.effort == pytest.approx(observed, abs=1e-5)


def test_congo_key_players(congo: tuple[Contest, dict[str, int], Floats]) -> None:
    contest, place, observed = congo
    # models.md section 3, B: reckoned by the linear formula
    printed = {
        "DRC": -0.2181, "RCD-G": -0.1510, "RCD-K": -0.0944, "LRA": -0.0565, "FDLR": -0.0547,
        "MAYI": -0.0462, "UGA": -0.0433, "CNDP": -0.0411, "MLC": -0.0386,
    }  # fmt: skip
    removed = key_players(contest, linear=True)
    for name, number in printed.items():
        assert removed[place[name]] == pytest.approx(number, abs=5.1e-5), name
    share = observed[place["RCD-G"]] / observed.sum()
    assert -np.float64(removed[place["RCD-G"]]) / share == pytest.approx(1.740, abs=5.1e-4)
    both = without(contest, [place["RWA-I"], place["RWA-II"]])
    assert change_of_dissipation(contest, both, linear=True) == pytest.approx(-0.0657, abs=5.1e-5)
    peace = replace(contest, enemies=np.zeros((80, 80)))
    assert change_of_dissipation(contest, peace, linear=True) == pytest.approx(-0.6509, abs=5.1e-5)
    alone = replace(contest, allies=np.zeros((80, 80)))
    assert change_of_dissipation(contest, alone, linear=True) == pytest.approx(1.9003, abs=5.1e-5)


def test_most_congo_counterfactuals_are_no_equilibria(congo: tuple[Contest, dict[str, int], Floats]) -> None:
    """Without the CNDP all efforts stay above 0; without the others of that list somebody's would be below."""
    contest, place, _ = congo
    removed = key_players(contest)
    assert removed[place["CNDP"]] == pytest.approx(-0.0411, abs=5.1e-5)
    for name in ("DRC", "RCD-G", "RCD-K", "LRA", "FDLR", "MAYI", "UGA", "MLC"):
        refused = removed[place[name]]
        assert isinstance(refused, NoInterior)
        assert refused.reason is Reason.EFFORT
    alone = equilibrium(replace(contest, allies=np.zeros((80, 80))))  # 13 enemies or more: Gamma below 0
    assert isinstance(alone, NoInterior)
    assert alone.reason is Reason.HOSTILITY


def test_congo_embargo(congo: tuple[Contest, dict[str, int], Floats]) -> None:
    """The published ranking: effort costs one group ten times as much; per cent by which dissipation falls."""
    contest, place, _ = congo
    # the first two: models.md section 3, A; the others: the output that comes with the published replication
    printed = {
        "RCD-G": 3.074052, "RCD-K": 2.073475, "LRA": 0.827756, "UPC": 0.752722, "MLC": 0.539494, "UGA": 0.172483,
        "CNDP": -0.181297, "RCD-N": -0.861284, "RCD": -1.098481,
    }  # fmt: skip
    fall = embargoes(contest, 10.0, linear=True)
    for name, number in printed.items():
        assert -100.0 * np.float64(fall[place[name]]) == pytest.approx(number, abs=FIVE), name
    rwanda = embargo(contest, [place["RWA-I"], place["RWA-II"]], 10.0)  # one group in the ranking
    assert change_of_dissipation(contest, rwanda, linear=True) == pytest.approx(-0.00963189, abs=5.1e-9)
    embargoed = equilibrium(embargo(contest, [place["RCD-G"]], 10.0))  # ten times the cost is more than it can win
    assert embargoed == NoInterior(Reason.STRENGTH, (place["RCD-G"],))


def test_congo_regression_is_near_the_published_one() -> None:
    """models.md section 3, C: least squares of fighting on enemies' and allies' .066 and .001.

    The replication's own control dummies are not among the data, so this is near, not equal: groups and years fixed,
    own rainfall of three years.
    """
    path = DATA / "krtz_congo_group_year.csv"
    if not path.exists():
        pytest.skip("the replication data of the Congo war are not here")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    rain = [f"{name}{lag}" for lag in range(3) for name in ("meanc_rain", "sqmeanc_rain")]
    columns = ["TotFight", "TotFight_Enemy", "TotFight_Allied", *rain]
    table = np.array([[float(row[name]) for name in columns] for row in rows])
    years = np.array([[float(row["year"] == str(year)) for year in range(1999, 2011)] for row in rows])
    table = np.hstack([table, years])
    groups = np.array([row["group"] for row in rows])
    for group in set(groups.tolist()):
        table[groups == group] -= table[groups == group].mean(axis=0)
    found = np.linalg.lstsq(table[:, 1:], table[:, 0], rcond=None)[0]
    assert len(rows) == 1040
    assert found[:2] == pytest.approx([0.066, 0.001], abs=0.0021)
