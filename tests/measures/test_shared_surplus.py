"""Sharing out surpluses: the flow against every group tried one by one, and who may go short against every flow."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.measures.shared_surplus import in_units, share_out

Case = tuple[list[int], list[int], list[set[int]]]


@st.composite
def cases(draw: st.DrawFn, *, most: int = 5, units: int = 6) -> Case:
    takers, givers = draw(st.integers(0, most)), draw(st.integers(0, most))
    may = [draw(st.sets(st.integers(0, givers - 1))) if givers else set() for _ in range(takers)]
    needs = draw(st.lists(st.integers(0, units), min_size=takers, max_size=takers))
    return needs, draw(st.lists(st.integers(0, units), min_size=givers, max_size=givers)), may


def lacks(case: Case, group: tuple[int, ...]) -> int:
    """What a group needs above what all who may give to any of it can spare."""
    needs, surpluses, may = case
    sources = set().union(*(may[taker] for taker in group))
    return sum(needs[taker] for taker in group) - sum(surpluses[giver] for giver in sources)


@settings(max_examples=400, deadline=None)
@given(cases())
def test_as_little_lacks_as_the_group_that_lacks_most_and_the_smallest_of_these_may_go_short(case: Case) -> None:
    needs, surpluses, may = case
    found = share_out(needs, surpluses, may)
    groups = [group for size in range(len(needs) + 1) for group in combinations(range(len(needs)), size)]
    most = max(lacks(case, group) for group in groups)
    assert found.lacking == most
    worst = [set(group) for group in groups if lacks(case, group) == most]
    assert found.short == set.intersection(*worst)
    for giver, surplus in enumerate(surpluses):
        assert sum(amount for (one, _), amount in found.given.items() if one == giver) <= surplus
    for taker, need in enumerate(needs):
        assert sum(amount for (_, one), amount in found.given.items() if one == taker) <= need
    assert all(giver in may[taker] and amount > 0 for (giver, taker), amount in found.given.items())
    assert sum(found.given.values()) == sum(needs) - found.lacking


@settings(max_examples=60, deadline=None)
@given(cases(most=3, units=2))
def test_who_may_go_short_does_so_in_some_largest_flow_and_nobody_else_does(case: Case) -> None:
    needs, surpluses, may = case
    pairs = [(giver, taker) for taker in range(len(needs)) for giver in sorted(may[taker])][:5]
    kept = [{giver for giver, one in pairs if one == taker} for taker in range(len(needs))]
    flows = []
    for amounts in product(*(range(min(surpluses[g], needs[t]) + 1) for g, t in pairs)):
        flow = dict(zip(pairs, amounts, strict=True))
        gets = [sum(a for (_, t), a in flow.items() if t == taker) for taker in range(len(needs))]
        gives = [sum(a for (g, _), a in flow.items() if g == giver) for giver in range(len(surpluses))]
        if all(g <= n for g, n in zip(gets, needs, strict=True)) and all(
            g <= s for g, s in zip(gives, surpluses, strict=True)
        ):
            flows.append(gets)
    largest = max(sum(gets) for gets in flows)
    short = {t for gets in flows if sum(gets) == largest for t in range(len(needs)) if gets[t] < needs[t]}
    assert share_out(needs, surpluses, kept).short == short


@settings(max_examples=150, deadline=None)
@given(cases(), st.data())
def test_more_to_spare_helps_everybody_and_more_need_nobody(case: Case, data: st.DataObject) -> None:
    needs, surpluses, may = case
    before = share_out(needs, surpluses, may).short
    if surpluses:
        giver = data.draw(st.integers(0, len(surpluses) - 1))
        more = [s + data.draw(st.integers(1, 9)) * (k == giver) for k, s in enumerate(surpluses)]
        assert share_out(needs, more, may).short <= before
    if needs:
        taker = data.draw(st.integers(0, len(needs) - 1))
        more = [n + data.draw(st.integers(1, 9)) * (k == taker) for k, n in enumerate(needs)]
        assert share_out(more, surpluses, may).short >= before
    if needs and surpluses:
        taker, giver = data.draw(st.integers(0, len(needs) - 1)), data.draw(st.integers(0, len(surpluses) - 1))
        wider = [one | {giver} if k == taker else one for k, one in enumerate(may)]
        assert taker in before or taker not in share_out(needs, surpluses, wider).short


def test_a_new_taker_can_be_at_the_expense_of_an_old_one() -> None:
    """One giver with two to spare; the first taker needs two. When the second may take too, either may go short."""
    assert share_out([2, 1], [2], [{0}, set()]).short == {1}
    assert share_out([2, 1], [2], [{0}, {0}]).short == {0, 1}
    assert share_out([2, 0], [2], [{0}, {0}]).short == frozenset()


def test_decimals_are_taken_as_they_are_written() -> None:
    tenth, fifth, both = in_units([0.1, 0.2, 0.3])
    assert tenth + fifth == both
    assert in_units([0.0, 1.5, 2e3, 1e-3, 5e25]) == (0, 1500, 2_000_000, 1, 5 * 10**28)
    assert in_units([]) == ()
    with pytest.raises(ValueError, match="no units"):
        in_units([float("inf")])
