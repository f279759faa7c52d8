"""What a link is worth: by the number of links, and by the share of recorded trade."""

from __future__ import annotations

import numpy as np
import pytest

from indivisible.errors import QuestionError
from indivisible.measures.link_gains import gains_of_degrees, gains_of_shares, shares

NAN = np.nan


def test_shares_of_recorded_trade_by_hand() -> None:
    """A trades 60 with B, 40 with C; of B and C only one of the two flows is recorded, 10; of D nothing."""
    known = np.array([[NAN, 60, 40, 0], [60, NAN, 10, NAN], [40, 10, NAN, NAN], [0, NAN, NAN, NAN]])
    whole = ~np.isnan(known)
    whole[1, 2] = whole[2, 1] = False
    low, high = shares(known, whole)
    assert low[0, 1:] == pytest.approx([0.6, 0.4, 0.0])
    assert high[0, 1:] == pytest.approx([0.6, 0.4, 0.0])
    assert (low[1, 2], high[1, 2]) == (0.0, 1.0)  # part of the flow is missing: any share
    assert (low[1, 0], high[1, 0]) == pytest.approx((60 / 70, 60 / 70))
    assert (low[1, 3], high[1, 3]) == (0.0, 1.0)  # not recorded at all is not zero
    assert (low[3, 0], high[3, 0]) == (0.0, 1.0)  # a state without any recorded trade has no shares


def test_a_link_at_the_bound_is_kept_and_below_it_is_not() -> None:
    share = np.array([[0.0, 0.1, 0.1], [0.1, 0.0, 0.0999], [0.2, 0.1, 0.0]])
    gains = gains_of_shares(share, share, 0.1)
    one, other = np.array([0, 0, 1]), np.array([1, 2, 2])
    assert gains.kept(one, other)[0].tolist() == [True, True, False]
    wanted = gains.wanted(one, other)
    assert wanted[0].tolist() == wanted[1].tolist() == [False, True, False]  # nobody gains; one gains; one loses
    with pytest.raises(QuestionError, match="0 to 1"):
        gains_of_shares(share, share, 1.5)


def test_what_is_not_known_is_possible_and_not_sure() -> None:
    low, high = np.zeros((2, 2)), np.ones((2, 2))
    gains = gains_of_shares(low, high, 0.01)
    pair = np.array([0]), np.array([1])
    assert [bool(answer[0]) for answer in gains.kept(*pair)] == [False, True]
    assert [bool(answer[0]) for answer in gains.wanted(*pair)] == [False, True]


def test_worth_by_the_number_of_links() -> None:
    """u(d) = 5 d - d^2 - d is 0, 3, 4, 3: best at two links. A path of three: the middle has two, the ends one."""
    links = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
    gains = gains_of_degrees(links, lambda d: 5 * d - d**2 - d)
    assert gains.adding[0][0].tolist() == [1.0] * 3
    assert gains.adding[0][1].tolist() == [-1.0] * 3
    assert gains.keeping[0][0].tolist() == [3.0] * 3
    assert gains.keeping[0][1].tolist() == [1.0] * 3
    ends = np.array([0]), np.array([2])
    assert gains.wanted(*ends)[0].tolist() == [True]
