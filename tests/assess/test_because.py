"""What a sentence that tells the reason says of sums."""

from __future__ import annotations

import math

import pytest

from indivisible.assess.because import because_sentence
from indivisible.assess.verdict import UNCHANGED, UNKNOWN
from indivisible.models.base import Because

NAMES = {"AAA": "Aland", "BBB": "Bland"}


@pytest.mark.parametrize(
    ("against", "certain", "verdict", "says"),
    [
        (3.0, True, UNCHANGED, "Before and after: if Bland alone (3) came against Aland alone (6), margin 2."),
        (
            math.inf, False, UNKNOWN,
            "Before and after: if Bland alone (no upper bound known) came against Aland alone (6), margin 0. Some of "
            "it is not known; this is the case of the lowest score. A figure or pledge that is not known could decide "
            "otherwise.",
        ),
    ],
)  # fmt: skip
def test_a_sum_without_an_upper_bound_is_said_in_words(against: float, certain: bool, verdict: str, says: str) -> None:
    because = Because("BBB", ("BBB",), ("AAA",), against, 6.0, certain)
    assert because_sentence("AAA", (because, because), verdict, NAMES, {"BBB": against}) == says
