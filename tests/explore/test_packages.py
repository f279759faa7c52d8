"""Which packages there are, and in what order, against every combination tried."""

from __future__ import annotations

from itertools import combinations, islice
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from indivisible.explore.nearby import nearby
from indivisible.explore.packages import packages, sets_in_all


@st.composite
def levers(draw: st.DrawFn) -> list[Any]:
    count = draw(st.integers(0, 6))
    found = []
    for k in range(count):
        others = [str(j) for j in range(count) if j != k]
        few = st.sets(st.sampled_from(others), max_size=2) if others else st.just(set())
        steps = (None,) * draw(st.integers(1, 3))
        found.append(SimpleNamespace(id=str(k), requires=tuple(draw(few)), excludes=tuple(draw(few)), steps=steps))
    return found


def by_trying(listed: list[Any], most: int | None, steps: int | None) -> list[int]:
    found = []
    for size in range(min(len(listed), len(listed) if most is None else most) + 1):
        for chosen in combinations(range(len(listed)), size):
            ids = {str(k) for k in chosen}
            if steps is not None and sum(len(listed[k].steps) for k in chosen) > steps:
                continue
            if all(set(listed[k].requires) <= ids and not set(listed[k].excludes) & ids for k in chosen):
                found.append(sum(1 << k for k in chosen))
    return found


@given(levers(), st.sampled_from((None, 0, 2)), st.sampled_from((None, 1, 4, 7)))
def test_every_package_that_is_allowed_and_no_other_the_smallest_first(
    listed: list[Any], most: int | None, steps: int | None
) -> None:
    assert list(packages(cast(Any, listed), most=most, steps=steps)) == by_trying(listed, most, steps)


@given(levers(), st.sampled_from((None, 2)), st.sampled_from((None, 4)), st.randoms())
def test_local_search_keeps_to_what_is_allowed(listed: list[Any], most: int | None, steps: int | None, at: Any) -> None:
    every = by_trying(listed, most, steps)
    begin = at.choice(every)
    blocks = nearby(cast(Any, listed), {begin: 1}, lambda tasks: ([(one, 7) for one in task] for task in tasks),
                    most_levers=most, most_steps=steps)  # fmt: skip
    found = [package for block in blocks for package, _ in block]
    around = [one for one in every if one != begin and _moves(one, begin) <= 1]
    assert sorted(found) == sorted(around)


def _moves(one: int, other: int) -> int:
    """How many levers are put in or taken out, one in place of another counting once."""
    return max((one & ~other).bit_count(), (other & ~one).bit_count())


def test_many_that_exclude_each_other_are_not_tried_one_with_another() -> None:
    names = [str(k) for k in range(60)]
    every = [
        SimpleNamespace(id=one, requires=(), excludes=tuple(o for o in names if o != one), steps=(None,))
        for one in names
    ]
    assert list(packages(cast(Any, every))) == [0, *(1 << k for k in range(60))]
    free = [SimpleNamespace(id=str(k), requires=(), excludes=(), steps=()) for k in range(10_000)]
    assert len(list(islice(packages(cast(Any, free)), 20_000))) == 20_000
    assert sets_in_all(4) == 16
    assert sets_in_all(4, most=2) == 11
