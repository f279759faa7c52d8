"""Cohesion of voting groups: numbers by hand, groups in the General Assembly, every outcome of coin flips counted."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.cohesion import (
    agreement_index,
    attina,
    expected_agreement_index,
    expected_attina,
    expected_rice,
    rice,
    tally,
)
from indivisible.measures.similarity import contested
from reference_material import shared

VOTES = shared("data", "INDIVISIBLE_DATA") / "unga_votes_cow_1946_2024.parquet"


@pytest.mark.parametrize(
    ("votes", "printed"),
    # models.md section 9: (yes, no, abstain) and Rice, agreement index, Attina
    [
        ((90, 10, 0), (0.8, 0.85, 0.8)),
        ((60, 20, 20), (0.5, 0.4, 0.2)),
        ((10, 10, 10), (0.0, 0.0, -1 / 3)),
        ((15, 2, 5), (0.764706, 0.522727, 0.363636)),
        ((50, 50, 0), (0.0, 0.25, 0.0)),
    ],
)
def test_reference_numbers(votes: tuple[int, int, int], printed: tuple[float, float, float]) -> None:
    yes, no, abstain = votes
    found = (rice(yes, no), agreement_index(*votes), attina(yes, no, abstain))
    assert [float(x) for x in found] == pytest.approx(printed, abs=5.1e-7)


def test_nobody_voted() -> None:
    assert np.isnan(rice(0, 0))
    assert np.isnan(agreement_index(0, 0, 0))
    assert np.isnan(attina(0, 0, 0))
    assert float(agreement_index(0, 0, 3)) == 1.0  # all abstained, together
    assert math.isnan(expected_rice(0))
    assert math.isnan(expected_agreement_index(0))


@pytest.mark.parametrize(
    ("members", "printed"),
    # models.md section 9: E[Rice] under coin flips
    [(2, 0.5), (3, 0.5), (5, 0.375), (10, 0.246094), (27, 0.154981), (50, 0.112275)],
)
def test_expected_rice(members: int, printed: float) -> None:
    assert expected_rice(members) == pytest.approx(printed, abs=5.1e-7)


def test_expected_agreement_index() -> None:
    """models.md section 9: E[AI], yes, no and abstain alike, 27 members."""
    assert expected_agreement_index(27) == pytest.approx(0.143320, abs=5.1e-7)
    with pytest.raises(QuestionError, match="sum to 1"):
        expected_agreement_index(3, chances=(0.5, 0.5, 0.5))


@pytest.mark.parametrize("members", range(1, 8))
def test_expectations_are_means_over_every_outcome(members: int) -> None:
    chances = {"yes": 0.5, "no": 0.2, "abstain": 0.3}
    mean_rice = mean_index = mean_attina = skewed = 0.0
    for flips in itertools.product((True, False), repeat=members):
        mean_rice += float(rice(sum(flips), members - sum(flips))) / 2**members
    for votes in itertools.product(chances, repeat=members):
        index = float(agreement_index(*(votes.count(word) for word in chances)))
        mean_index += index / 3**members
        mean_attina += float(attina(*(votes.count(word) for word in chances))) / 3**members
        skewed += index * math.prod(chances[word] for word in votes)
    assert expected_rice(members) == pytest.approx(mean_rice)
    assert expected_agreement_index(members) == pytest.approx(mean_index)
    assert expected_attina(members) == pytest.approx(mean_attina)
    assert expected_agreement_index(members, chances=(0.5, 0.2, 0.3)) == pytest.approx(skewed)


def test_large_groups_and_certain_votes() -> None:
    assert expected_rice(2000) == pytest.approx(math.sqrt(2 / (math.pi * 2000)), rel=1e-3)
    assert expected_rice(9, chance=1.0) == expected_agreement_index(9, chances=(0.0, 1.0, 0.0)) == pytest.approx(1.0)


# codes of the Correlates of War; the Union without the United Kingdom, the six of the CSTO
EU27 = [205, 210, 211, 212, 220, 230, 235, 255, 290, 305, 310, 316, 317, 325, 338, 344, 349, 350, 352, 355, 360, 366,
        367, 368, 375, 380, 390]  # fmt: skip
CSTO6 = [365, 370, 371, 702, 703, 705]


@pytest.mark.parametrize(
    ("members", "printed"),
    # models.md section 9: session 74, 91 roll calls, mean Rice and agreement index
    [(EU27, (0.936647, 0.918803)), (CSTO6, (0.915751, 0.830769))],
)
def test_general_assembly_session_74(members: list[int], printed: tuple[float, float]) -> None:
    if not VOTES.exists():
        pytest.skip(f"no General Assembly votes at {VOTES}: set INDIVISIBLE_DATA")
    import polars as pl

    wide = pl.read_parquet(VOTES).filter(pl.col("session") == 74).pivot(on="resid", index="ccode", values="vote")
    table = wide.drop("ccode").to_numpy().astype(float)
    table = table[:, contested(table)]
    assert table.shape[1] == 91
    inside = [code in members for code in wide["ccode"]]
    assert sum(inside) == len(members)
    yes, no, abstain = tally(table[inside], yes=1, abstain=2, no=3)
    found = (np.nanmean(rice(yes, no)), np.nanmean(agreement_index(yes, no, abstain)))
    assert found == pytest.approx(printed, abs=5.1e-7)


def test_tally() -> None:
    votes = np.array([[1.0, 3.0, math.nan], [1.0, 2.0, math.nan]])
    assert [count.tolist() for count in tally(votes, yes=1, no=3, abstain=2)] == [[2, 0, 0], [0, 1, 0], [0, 1, 0]]
    with pytest.raises(QuestionError, match="neither yes"):
        tally(np.array([[8.0]]), yes=1, no=3, abstain=2)


counts = st.integers(0, 200)


@given(counts, counts, counts)
def test_bounds_symmetry_and_kinship(yes: int, no: int, abstain: int) -> None:
    total = yes + no + abstain
    if yes + no:
        assert 0 <= rice(yes, no) <= 1
        assert rice(yes, no) == rice(no, yes)
    if total:
        index = agreement_index(yes, no, abstain)
        assert 0 <= index <= 1
        assert -1 / 3 - 1e-12 <= attina(yes, no, abstain) <= 1
        assert index == pytest.approx((3 * max(yes, no, abstain) - total) / (2 * total))  # models.md section 9
        assert {float(agreement_index(*order)) for order in itertools.permutations((yes, no, abstain))} == {
            float(index)
        }
    if yes + no and not abstain:
        assert attina(yes, no, 0) == pytest.approx(rice(yes, no))
