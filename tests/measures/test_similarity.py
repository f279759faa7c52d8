"""Similarity of portfolios: published numbers, a slow version, other packages, and what must hold of any portfolio."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indivisible.errors import QuestionError
from indivisible.measures import similarity
from indivisible.measures.joint_levels import compare
from oracles import similarity_slow as slow
from reference_material import shared

LEVELS = (0.0, 1.0, 2.0, 3.0)
DATA = shared("data", "INDIVISIBLE_DATA")

# models.md section 5: Signorino & Ritter 1999, Table 6, Germany and Russia in 1914 over twenty European states.
STATES = ["GMY", "RUS", "UKG", "FRN", "AUH", "ITA", "BEL", "SPN", "TUR", "NTH", "SWD", "RUM", "POR", "SWZ"]
CAPABILITY = [0.25, 0.21, 0.20, 0.08, 0.08, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01]
ALLIES = ({"GMY": 3, "AUH": 3, "ITA": 3, "RUM": 3}, {"RUS": 3, "UKG": 1, "FRN": 3, "ITA": 1})
EUROPE = np.array([[row.get(name, 0.0) for name in STATES] + [0.0] * 6 for row in ALLIES], dtype=float)
WEIGHTS = np.array(CAPABILITY + [0.0] * 6)


def pair(measure: str, portfolios: np.ndarray = EUROPE, weights: np.ndarray | None = None) -> float:
    levels = LEVELS if portfolios.max() > 1 else (0.0, 1.0)
    return float(similarity.MEASURES[measure](compare(portfolios, levels, weights=weights))[0, 1])


@pytest.mark.parametrize(
    ("measure", "printed"),
    [
        # models.md section 5, published
        ("s", 0.4), ("tau_b", 0.03031695), ("kappa_squared", -0.07758621), ("pi_nominal", -0.04477612),
        ("s_corrected", -0.04),
        # models.md section 5, derived
        ("s_squared", 0.444444), ("kappa_linear", -0.0714286), ("kappa_nominal", -0.0294118),
        ("pi_squared", -0.0869565), ("pi_linear", -0.0843373),
    ],
)  # fmt: skip
def test_germany_and_russia_in_1914(measure: str, printed: float) -> None:
    assert pair(measure) == pytest.approx(printed, abs=5.1e-7)


@pytest.mark.parametrize(
    ("measure", "printed"),
    # models.md section 5: weighted by capability
    [("s", -0.46), ("s_squared", -0.348889), ("kappa_squared", -0.619012), ("pi_squared", -0.619552)],
)
def test_germany_and_russia_weighted_by_capability(measure: str, printed: float) -> None:
    assert pair(measure, weights=WEIGHTS) == pytest.approx(printed, abs=5.1e-7)


def test_germany_and_russia_allied_or_not() -> None:
    """models.md section 5: binary S .4, kappa = pi = tau-b = .0625."""
    binary = (EUROPE > 0).astype(float)
    assert pair("s", binary) == pytest.approx(0.4)
    assert [pair(name, binary) for name in ("kappa_squared", "pi_squared", "tau_b")] == pytest.approx([0.0625] * 3)


def votes_of_session(session: int) -> tuple[np.ndarray, list[int]]:
    path = DATA / "unga_votes_cow_1946_2024.parquet"
    if not path.exists():
        pytest.skip(f"no General Assembly votes at {path}: set INDIVISIBLE_DATA")
    import polars as pl

    votes = pl.read_parquet(path).filter(pl.col("session") == session)
    wide = votes.pivot(on="resid", index="ccode", values="vote")
    table = wide.drop("ccode").to_numpy().astype(float)
    return table[:, similarity.contested(table)], wide["ccode"].to_list()


# models.md section 5, session 74, unanimous roll calls dropped; codes of the Correlates of War
USA, GBR, RUS, ISR, CHN, IND, PAK = 2, 200, 365, 666, 710, 750, 770
ASSEMBLY = [
    (USA, GBR, "agreement", 0.653846), (USA, GBR, "s", 0.307692), (USA, GBR, "kappa_squared", 0.394908),
    (USA, GBR, "pi_squared", 0.307935), (USA, RUS, "agreement", 0.287356), (USA, RUS, "s", -0.425287),
    (USA, RUS, "kappa_squared", -0.191781), (USA, RUS, "pi_squared", -0.501992), (USA, ISR, "agreement", 0.960674),
    (CHN, RUS, "agreement", 0.873563), (CHN, RUS, "kappa_squared", 0.709613), (IND, PAK, "agreement", 0.927778),
]  # fmt: skip


def test_general_assembly_session_74() -> None:
    table, codes = votes_of_session(74)
    pairs = compare(table, (1, 2, 3))
    assert table.shape[1] == 91
    assert pairs.total[codes.index(USA), codes.index(GBR)] == 91
    for one, other, measure, printed in ASSEMBLY:
        found = similarity.MEASURES[measure](pairs)[codes.index(one), codes.index(other)]
        assert found == pytest.approx(printed, abs=5.1e-7), (one, other, measure)


def test_the_united_states_and_mexico_in_1946() -> None:
    """models.md section 5: 38 votes; kappa (quadratic), pi (nominal), tau-b, published with another package."""
    table, codes = votes_of_session(1)
    mexico = 70
    pairs = compare(table, (1, 2, 3))
    at = codes.index(USA), codes.index(mexico)
    assert pairs.total[at] == 38
    assert similarity.kappa(pairs)[at] == pytest.approx(-0.01222707, abs=5.1e-9)
    assert similarity.pi(pairs, distance="nominal")[at] == pytest.approx(-0.02775801, abs=5.1e-9)
    assert similarity.tau_b(pairs)[at] == pytest.approx(0.01431261, abs=5.1e-9)


def tables(most: int = 9) -> st.SearchStrategy[np.ndarray]:
    cells = st.sampled_from([*LEVELS, math.nan])
    return hnp.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(0, most)), elements=cells)


SLOW = {
    "s": lambda x, y, w: slow.s(x, y, w, 3.0),
    "s_squared": lambda x, y, w: slow.s(x, y, w, 3.0, "squared"),
    "tau_b": slow.tau_b,
    "agreement": lambda x, y, w: (1 + slow.s(x, y, w, 3.0)) / 2,
    **{
        f"{name}_{word}": lambda x, y, w, d=distance, p=pooled: slow.chance_corrected(x, y, w, d, pooled=p)
        for name, pooled in (("kappa", False), ("pi", True))
        for word, distance in (("nominal", "nominal"), ("linear", "absolute"), ("squared", "squared"))
    },
}


@settings(max_examples=150, deadline=None)
@given(tables(), st.data())
def test_equal_to_the_slow_version(table: np.ndarray, data: st.DataObject) -> None:
    counts = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=table.shape[1], max_size=table.shape[1])
    weights = data.draw(st.none() | counts)
    pairs = compare(table, LEVELS, weights=None if weights is None else np.array(weights))
    column = weights if weights is not None else [1.0] * table.shape[1]
    for name, obvious in SLOW.items():
        fast = similarity.MEASURES[name](pairs)
        expected = [[obvious(x, y, column) for y in table.tolist()] for x in table.tolist()]
        np.testing.assert_allclose(fast, expected, atol=1e-9, err_msg=name)


@settings(max_examples=100, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_symmetric_bounded_and_blind_to_order(table: np.ndarray, random: object) -> None:
    pairs = compare(table, LEVELS)
    rows = np.array(sorted(range(len(table)), key=lambda _: random.random()), dtype=int)  # type: ignore[attr-defined]
    columns = np.array(sorted(range(table.shape[1]), key=lambda _: random.random()), dtype=int)  # type: ignore[attr-defined]
    moved = compare(table[rows][:, columns], LEVELS)
    for name, measure in similarity.MEASURES.items():
        score = measure(pairs)
        np.testing.assert_allclose(score, score.T, atol=1e-12, err_msg=name)
        np.testing.assert_allclose(measure(moved), score[np.ix_(rows, rows)], atol=1e-9, err_msg=name)
        assert (score[~np.isnan(score)] <= 1 + 1e-9).all(), name
    for name in ("s", "s_squared", "tau_b", "agreement"):
        score = similarity.MEASURES[name](pairs)
        assert (score[~np.isnan(score)] >= -1 - 1e-9).all(), name
    own = np.diag(similarity.s(pairs))
    assert (own[~np.isnan(own)] == 1).all()


@settings(max_examples=60, deadline=None)
@given(tables())
def test_chance_corrected_s_over_its_most_is_kappa(table: np.ndarray) -> None:
    pairs = compare(table, LEVELS)
    most = 2 * similarity.expected_own(pairs, "absolute") / 3.0
    kappa = similarity.kappa(pairs, distance="absolute")
    defined = ~np.isnan(kappa)
    np.testing.assert_allclose((similarity.corrected_s(pairs) / np.where(most > 0, most, 1))[defined], kappa[defined])


@settings(max_examples=60, deadline=None)
@given(tables())
def test_s_of_values_is_s_where_values_are_levels(table: np.ndarray) -> None:
    expected = similarity.s(compare(table, LEVELS))
    np.testing.assert_allclose(similarity.s_of_values(table, 3.0), expected, atol=1e-12)


def test_s_of_shares_of_trade() -> None:
    # worked out by hand: distances .2, .1, .1, span 1: 1 - 2 * .4 / 3
    trade = np.array([[0.5, 0.3, 0.2], [0.7, 0.2, 0.1]])
    assert similarity.s_of_values(trade, 1.0)[0, 1] == pytest.approx(1 - 0.8 / 3)
    with pytest.raises(QuestionError, match="span"):
        similarity.s_of_values(trade, 0.3)


def test_without_variation_only_s_is_defined() -> None:
    pairs = compare(np.zeros((2, 7)), LEVELS)
    assert (similarity.s(pairs) == 1).all()
    for name in ("kappa_nominal", "kappa_linear", "kappa_squared", "pi_nominal", "pi_linear", "pi_squared", "tau_b"):
        assert np.isnan(similarity.MEASURES[name](pairs)).all(), name


def test_nothing_known_of_both_is_undefined() -> None:
    table = np.array([[0.0, math.nan], [math.nan, 3.0], [math.nan, math.nan]])
    for name, measure in similarity.MEASURES.items():
        score = measure(compare(table, LEVELS))
        assert np.isnan(score[0, 1]), name
        assert np.isnan(score[2]).all(), name


def test_nobody_and_one_state() -> None:
    for name, measure in similarity.MEASURES.items():
        assert measure(compare(np.zeros((0, 4)), LEVELS)).shape == (0, 0), name
        assert measure(compare(np.array([[3.0]]), LEVELS)).shape == (1, 1), name


def test_a_number_off_the_scale_stops() -> None:
    with pytest.raises(QuestionError, match=r"1\.5 is not one of the levels"):
        compare(np.array([[0.0, 1.5]]), LEVELS)
    with pytest.raises(QuestionError, match="at least two levels"):
        compare(np.array([[0.0]]), (0.0,))
    with pytest.raises(QuestionError, match="weights"):
        compare(np.array([[0.0, 1.0]]), LEVELS, weights=np.array([1.0, -1.0]))
    with pytest.raises(QuestionError, match="axes"):
        compare(np.array([0.0, 1.0]), LEVELS)
    with pytest.raises(QuestionError, match="not a distance"):
        similarity.s(compare(np.array([[0.0, 1.0]]), LEVELS), distance="cubic")  # type: ignore[arg-type]


def test_contested_roll_calls() -> None:
    votes = np.array([[1.0, 1.0, math.nan, math.nan], [1.0, 3.0, 2.0, math.nan]])
    assert similarity.contested(votes).tolist() == [False, True, False, False]


def test_alliance_levels_take_the_highest_that_holds() -> None:
    no = np.zeros((3, 3), dtype=bool)
    defence, neutrality, consultation = no.copy(), no.copy(), no.copy()
    defence[0, 1] = neutrality[0, 1] = consultation[0, 1] = neutrality[1, 2] = consultation[2, 0] = True
    assert similarity.alliance_levels(defence, neutrality, consultation).tolist() == [[3, 3, 0], [0, 3, 2], [1, 0, 3]]


def test_scikit_learn_gives_the_same_kappas() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    table = np.random.default_rng(5).choice(LEVELS, (4, 60))
    pairs = compare(table, LEVELS)
    for distance, theirs in (("nominal", None), ("absolute", "linear"), ("squared", "quadratic")):
        found = similarity.kappa(pairs, distance=distance)[0, 1]  # type: ignore[arg-type]
        assert found == pytest.approx(metrics.cohen_kappa_score(table[0], table[1], weights=theirs))


def test_scipy_gives_the_same_tau_b() -> None:
    stats = pytest.importorskip("scipy.stats")
    table = np.random.default_rng(5).choice(LEVELS, (4, 60))
    found = similarity.tau_b(compare(table, LEVELS))
    assert found[1, 3] == pytest.approx(stats.kendalltau(table[1], table[3]).statistic)
