"""Landscape: what is frustrated of each state's ties, against every world and every division tried one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays, Ties
from indivisible.errors import MissingData
from indivisible.models import landscape
from indivisible.models.base import BLIND, Reading, Value, recombined, settle
from indivisible.models.camps import Relations, torn, torn_between, touched_camps
from oracles.camps_by_hand import Pair, all_worlds, frustrated


def ties(n: int, sure: set[Pair], open_: set[Pair]) -> Ties:
    tables = [np.zeros((n, n), dtype=bool) for _ in range(2)]
    for table, pairs in zip(tables, (sure, sure | open_), strict=True):
        for a, b in pairs:
            table[a, b] = table[b, a] = True
    number = 1 + np.arange(n * n).reshape(n, n)
    return Ties(*tables, np.where(tables[1] & ~tables[0], np.minimum(number, number.T), 0))


@st.composite
def relations(draw: st.DrawFn, *, most: int = 6, sizes: bool = True) -> tuple[Relations, tuple[object, ...]]:
    """Some states, ties of both kinds, some of them in doubt, and sizes, some of them not known."""
    n = draw(st.integers(1, most))
    pairs = list(combinations(range(n), 2))
    kinds = st.sampled_from(("friend", "foe", "", "both", "friend?", "foe?", "friend, foe?", "foe, friend?"))
    frequent = st.one_of(st.sampled_from(("friend", "foe")), kinds)
    said = {pair: draw(frequent) for pair in pairs}
    sure = tuple({p for p, s in said.items() if s in ("both", k) or s.startswith(f"{k},")} for k in ("friend", "foe"))
    open_ = tuple({p for p, s in said.items() if f"{k}?" in s} for k in ("friend", "foe"))
    while len(open_[0]) + len(open_[1]) > 5:
        (open_[0] or open_[1]).pop()
    least = [draw(st.integers(1, 3)) if sizes else 1 for _ in range(n)]
    highest = list(least)
    for k in draw(st.sets(st.integers(0, n - 1), max_size=2)) if sizes else ():
        highest[k] += draw(st.integers(1, 3))
    best = [low if low == high else 0 for low, high in zip(least, highest, strict=True)]
    made = Relations(
        ties(n, sure[0], open_[0]), ties(n, sure[1], open_[1]), *(np.array(s) for s in (least, best, highest))
    )
    return made, (sure, open_, least, highest)


@settings(max_examples=150, deadline=None)  # every world of each is divided in every way, which takes long
@given(relations())
def test_the_range_holds_every_world_and_is_exact_where_it_says_so(
    given_: tuple[Relations, tuple[object, ...]],
) -> None:
    made, world = given_
    n = len(made.least)
    ranges = [frustrated(n, *one) for one in all_worlds(*world)]  # type: ignore[arg-type]
    low, high = np.min([r[0] for r in ranges], axis=0), np.max([r[1] for r in ranges], axis=0)
    found = torn(made)
    assert (found.low <= low).all()
    assert (high <= found.high).all()
    both, open_ = made.friends.possible & made.foes.possible, made.least < made.most
    exact = found.exact & ~(both & open_).any(axis=1)
    assert np.array_equal(found.low[exact], low[exact])
    assert np.array_equal(found.high[exact], high[exact])
    if (made.least == made.most).all() and len(made.doubts) <= 3:
        assert found.exact.all()


@settings(max_examples=120, deadline=None)
@given(relations(most=5), st.data())
def test_the_change_in_every_world_lies_within_its_bounds(
    given_: tuple[Relations, tuple[object, ...]], data: st.DataObject
) -> None:
    """Some sure ties come or go; what is not known is the same before and after, the best divisions need not be."""
    made, (sure, open_, least, most) = given_
    n = len(least)  # type: ignore[arg-type]
    pairs = list(combinations(range(n), 2))
    other = data.draw(st.sets(st.sampled_from(pairs), max_size=2)) if pairs else set()
    changed = (sure[0] ^ (other - open_[0]), sure[1])  # type: ignore[index]
    after = Relations(
        ties(n, changed[0], open_[0]),
        ties(n, changed[1], open_[1]),
        made.least,
        made.best,
        made.most,  # type: ignore[index]
    )
    low, high = torn_between(made, after)
    touched = touched_camps(made, after)
    worlds = (list(all_worlds(s, open_, least, most)) for s in (sure, changed))  # type: ignore[arg-type]
    for one, two in zip(*worlds, strict=True):
        old, new = frustrated(n, *one), frustrated(n, *two)
        for i in range(n):
            assert low[i] <= new[0][i] - old[1][i]
            assert new[1][i] - old[0][i] <= high[i]
            assert touched[i] or (old[0][i], old[1][i]) == (new[0][i], new[1][i])


def world(friends: str, hostile: str = "", unsure: str = "", power: dict[str, float | None] | None = None) -> Arrays:
    """Mutual defence between the two letters of each word."""
    names = sorted({letter for letter in friends + hostile + unsure if letter.isalpha()})
    return Arrays.of(
        power or dict.fromkeys(names, 1.0),
        defence=[(a, b) for a, b in friends.split()],
        hostile=[(a, b) for a, b in hostile.split()],
        unsure=[(a, b, "defence") for a, b in unsure.split()],
    )


def read(found: Arrays, **chosen: Value) -> Reading:
    return landscape.read(found, settle("landscape", landscape.parameters, chosen))


def told(reading: Reading, state: str) -> str:
    reason = reading.because(reading.states.index(state))
    assert reason is not None
    return reason.told


def test_two_camps_that_fit() -> None:
    reading = read(world("AB CD", "AC AD BC BD"))
    assert reading.best.tolist() == [0.0] * 4
    assert told(reading, "A") == "its 3 ties all fit the two camps"
    assert reading.note == "All 6 ties fit two camps; one division is best."


def test_a_triangle_with_one_foe_has_three_best_divisions() -> None:
    """My two friends are foes: any of the three ties may be the one that does not fit."""
    reading = read(world("AB AC", "BC"))
    assert (reading.low.tolist(), reading.high.tolist()) == ([-1.0] * 3, [0.0] * 3)
    assert np.isnan(reading.best).all()
    assert reading.note == "Of 3 ties 1 cannot fit two camps; 3 divisions are equally good."
    reason = reading.because(0)
    assert reason is not None
    assert reason.undetermined
    assert reason.told.endswith("is a friend in the other; in another division that fits all ties as well, none")


def test_by_power_the_lightest_tie_gives_way() -> None:
    found = world("AB AC", "BC", power={"A": 10.0, "B": 5.0, "C": 1.0})
    reading = read(found, weights="power")
    assert reading.best.tolist() == [0.0, -100.0, -500.0]  # B and C in one camp: a tie of 500 times 100
    assert told(reading, "C") == "of its 2 ties 1 does not fit the two camps: {B} is a foe in its own camp"
    assert [recombined(reading.parts(i)) for i in range(3)] == reading.best.tolist()
    assert reading.note == "Of the weight of all ties 7.69% cannot fit two camps; one division is best."


def test_friend_and_foe_at_once_fits_no_camps_and_pulls_neither_way() -> None:
    reading = read(world("AB AC", "AB"))
    assert reading.best.tolist() == [-1.0, -1.0, 0.0]
    assert told(reading, "A") == "of its 3 ties 1 does not fit the two camps: {B} is friend and foe at once"
    assert [part.hostile for part in reading.parts(0)] == [True, False]
    assert reading.note.startswith("One pair is friend and foe at once.")


def test_who_has_no_ties_and_who_has_one() -> None:
    reading = read(world("AB", power={"A": 1.0, "B": 1.0, "C": None}))
    assert (told(reading, "C"), told(reading, "A")) == ("it has no friend and no foe", "its one tie fits the two camps")


def test_many_doubts_that_cost_nothing_leave_every_score_known() -> None:
    """Ten lands of which it is not known whether they are pledged to two friends each."""
    names = "CDEFGHIJKL"
    reading = read(world("AB", "", " ".join(f"{one}{end} {end}{one}" for one in names for end in "AB")))
    assert reading.best.tolist() == [0.0] * 12
    assert reading.note == "20 ties are in doubt."


def test_doubts_that_are_too_many_give_half_of_the_ties_at_most() -> None:
    """Every land of a ring of foes may be friends with A: what fits hangs on each doubt at once."""
    names = "BCDEFGHI"
    foes = " ".join(f"{names[k - 1]}{names[k]}" for k in range(len(names)))
    reading = read(world("", foes, " ".join(f"A{one} {one}A" for one in names)))
    assert (reading.low[0], reading.high[0]) == (-4.0, 0.0)
    assert told(reading, "A") == "of its 8 ties, at most 4 can go against the best two camps"
    assert recombined(reading.parts(0)) == -4.0


def test_a_change_elsewhere_is_not_seen() -> None:
    """A quarrel in another part of the network, and a new friend on no cycle, leave a state where it was."""
    before, after = world("AB AC DE EF", "BC DF"), world("AB AC DE", "BC DF")
    ready = settle("landscape", landscape.parameters)
    assert landscape.touched(before, after, ready).tolist() == [False] * 3 + [True] * 3
    low, high = landscape.change_bounds(before, after, ready)
    assert (low.tolist(), high.tolist()) == ([0.0] * 3 + [0.0] * 3, [0.0] * 3 + [1.0] * 3)


def test_what_power_is_does_not_matter_where_ties_count_one() -> None:
    before, after = (world("AB AC", "BC", power={"A": p, "B": 1.0, "C": 1.0}) for p in (1.0, 9.0))
    for weights, seen in (("none", False), ("power", True)):
        ready = settle("landscape", landscape.parameters, {"weights": weights})
        assert landscape.touched(before, after, ready).any() == seen
        assert (landscape.can_show("set", ready) == BLIND) != seen


def test_hostility_that_is_not_covered_is_asked_for() -> None:
    with pytest.raises(MissingData, match="hostile"):
        read(replace(world("AB"), hostility=None))


def test_a_size_that_is_not_known_may_change_within_the_same_bounds() -> None:
    """B may have any power; A has none, then some: what share of the mightiest B is need not stay what it was."""
    before, after = (world("AB", "AB", power={"A": p, "B": None}) for p in (0.0, 1.0))
    ready = settle("landscape", landscape.parameters, {"weights": "power"})
    assert landscape.touched(before, after, ready).all()
    low, high = landscape.change_bounds(before, after, ready)
    assert (low[0], high[0]) == (-999.0, 999.0)


def test_the_worst_of_sizes_that_are_not_known_need_not_be_the_least() -> None:
    """As A grows its tie to C comes to weigh as much as the quarrel of B and C, which then may give way instead."""
    found = Arrays.of(
        {"A": None, "B": 10.0, "C": 3.0}, bounds={"A": (1.0, 10.0)},
        defence=[("A", "B"), ("A", "C")], hostile=[("B", "C")],
    )  # fmt: skip
    reading = read(found, weights="power")
    assert (reading.low[1], reading.high[1]) == (-300.0, 0.0)
    assert recombined(reading.parts(1)) == -300.0
    assert told(reading, "B") == "of its 2 ties, at most 300 by weight can go against the best two camps"
