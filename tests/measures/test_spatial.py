"""The core, vetoes and the uncovered set: published results, worlds by hand, and every coalition tried one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.spatial import Core, core, improvements, pareto, vetoes
from indivisible.measures.spatial_grid import accepted_by, beats, outcomes, preferred_to, uncovered
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, carries, checked, count_of, veto_of

MAJORITY = count_of(5, 3)
COUNCIL = Every((count_of(15, 9), *(veto_of(15, k) for k in range(5))))
PLOTT = [[0, 0], [1, 1], [-1, -1], [1, -2], [-2, 4]]  # two pairs on opposite sides of the first


def test_symmetry_in_pairs_makes_the_middle_the_core() -> None:
    """Plott 1967."""
    assert core(PLOTT, MAJORITY).corners == ((0.0, 0.0),)


def test_the_slightest_asymmetry_leaves_no_core() -> None:
    moved = [*PLOTT[:4], [-2, 4.001]]
    assert core(moved, MAJORITY).empty


def test_the_core_under_unanimity_is_all_that_is_efficient() -> None:
    square = [[0, 0], [4, 0], [4, 4], [0, 4], [2, 1]]
    assert core(square, count_of(5, 5)).corners == ((0, 0), (4, 0), (4, 4), (0, 4))
    assert pareto(square) == core(square, count_of(5, 5))
    assert pareto([[1, 2], [3, 4]]).corners == ((1, 2), (3, 4))
    assert pareto([[1, 2]]).corners == ((1, 2),)


def test_the_median_voter() -> None:
    """Black 1948: one median of an odd number, the interval between both of an even number."""
    assert core([[1], [9], [4], [5], [0]], MAJORITY).corners == ((4,),)
    assert core([[0], [4], [5], [9]], count_of(4, 3)).corners == ((4,), (5,))
    assert core([[0], [4], [5], [9]], count_of(4, 2)).empty  # two pairs, both of which carry


def test_members_in_a_row_on_two_dimensions_are_as_on_one() -> None:
    assert core([[0, 0], [1, 2], [2, 4], [3, 6]], count_of(4, 3)).corners == ((1, 2), (2, 4))
    assert core([[3, 4]] * 4, count_of(4, 3)).corners == ((3, 4),)
    assert core([[0, 5], [7, 5], [3, 5]], count_of(3, 2)).corners == ((3, 5),)


def test_the_council_can_leave_nothing_on_which_its_vetoes_agree() -> None:
    five = [[0, 0], [10, 0], [10, 10], [0, 10], [5, 5]]
    ten = [[4, 4]] * 10
    found = core(five + ten, COUNCIL)
    assert set(found.corners) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert vetoes(COUNCIL) == (0, 1, 2, 3, 4)
    # vetoes together at the origin and nine needed: four others must come along, the rest are not needed
    far = [[0, 0]] * 5 + [[10 + k, 0] for k in range(10)]
    assert core(far, COUNCIL).corners == ((0, 0), (13, 0))


def test_the_veto_of_one_makes_its_place_stable_at_any_quota() -> None:
    rule = Every((count_of(5, 3), veto_of(5, 4)))
    assert core(PLOTT, rule).holds([-2, 4])
    assert vetoes(rule) == (4,)
    assert vetoes(MAJORITY) == ()


def in_hull(point: tuple[int, int], corners: list[tuple[int, int]]) -> bool:
    """Whether a point is in a triangle of the corners (Caratheodory), in whole numbers."""

    def turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    for a in corners:
        for b in corners:
            for c in corners:
                turns = [turn(a, b, point), turn(b, c, point), turn(c, a, point)]
                inside = all(x >= 0 for x in turns) or all(x <= 0 for x in turns)
                box = all(min(a[d], b[d], c[d]) <= point[d] <= max(a[d], b[d], c[d]) for d in (0, 1))
                if inside and box:
                    return True
    return False


def slow_core(points: list[tuple[int, int]], rule: Rule, point: tuple[int, int]) -> bool:
    """In the hull of every coalition that carries."""
    members = range(len(points))
    every = (set(c) for size in range(1, len(points) + 1) for c in combinations(members, size))
    return all(in_hull(point, [points[k] for k in sorted(c)]) for c in every if carries(rule, c))


PLACES = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda p: (2 * p[0], 2 * p[1]))
RULES = st.one_of(
    st.integers(3, 5).map(lambda k: count_of(5, k)),
    st.tuples(st.integers(2, 4), st.integers(0, 4)).map(lambda r: Every((count_of(5, r[0]), veto_of(5, r[1])))),
    st.just(Some((Quota((3, 2, 2, 1, 1), 6), Quota((1, 1, 1, 1, 1), 4)))),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, min_size=5, max_size=5), RULES, st.tuples(st.integers(0, 8), st.integers(0, 8)))
def test_the_core_is_what_every_coalition_leaves(
    points: list[tuple[int, int]], rule: Rule, point: tuple[int, int]
) -> None:
    assert core(points, rule).holds(point) == slow_core(points, rule, point)


@settings(max_examples=25, deadline=None)
@given(st.lists(PLACES, min_size=5, max_size=5), RULES)
def test_nothing_beats_the_corners_of_the_core(points: list[tuple[int, int]], rule: Rule) -> None:
    found = core(points, rule)
    if not found.empty:
        places = outcomes(points, side=9).places
        assert not beats(points, rule, places, np.array(found.corners)).any()


def test_the_core_of_many_members_is_quick_and_exact() -> None:
    rng = np.random.default_rng(3)
    points = rng.integers(0, 100, (27, 2))
    found = core(points, count_of(27, 20))
    assert len(found.corners) > 2
    turned = core(points[::-1], count_of(27, 20))
    assert turned.corners == found.corners
    assert core(points, count_of(27, 14)).empty


def test_what_a_core_holds() -> None:
    square = Core(((0, 0), (4, 0), (4, 4), (0, 4)))
    assert square.holds([4, 2])
    assert not square.holds([4.00001, 2])
    line = Core(((0, 0), (3, 4)))
    assert line.holds([1.5, 2])
    assert not line.holds([4.5, 6])
    assert not line.holds([1.5, 2.1])
    assert not Core(()).holds([0, 0])
    assert Core(((1,), (2,))).holds([1.5])
    assert not Core(((1,), (2,))).holds([2.1])


def test_what_a_coalition_prefers_on_a_line() -> None:
    points = [[0], [4], [5], [9], [1]]
    assert improvements(points, MAJORITY, 6) == (2, 6)
    assert improvements(points, MAJORITY, 4) == (4, 4)
    assert improvements(points, count_of(5, 5), 6) == (6, 6)
    assert improvements([[0], [0], [9], [9]], count_of(4, 2), 5) == (-5, 13)
    with pytest.raises(QuestionError, match="one dimension"):
        improvements(PLOTT, MAJORITY, 0)


def slow_uncovered(points: list, rule: Rule, places: np.ndarray) -> list[bool]:
    """Outcome by outcome, as the definition says."""
    members = range(checked(rule))

    def beat(y: int, x: int) -> bool:
        near = {
            k for k in members if np.linalg.norm(points[k] - places[y]) < np.linalg.norm(points[k] - places[x]) - 1e-9
        }
        return carries(rule, near)

    count = range(len(places))
    table = [[beat(y, x) for x in count] for y in count]
    covers = [[table[y][x] and all(table[z][x] for z in count if table[z][y]) for x in count] for y in count]
    return [not any(covers[y][x] for y in count) for x in count]


@pytest.mark.parametrize("rule", [MAJORITY, count_of(5, 4), Every((MAJORITY, veto_of(5, 2)))])
def test_the_uncovered_set_outcome_by_outcome(rule: Rule) -> None:
    points = np.random.default_rng(2).integers(0, 9, (5, 2)).astype(float)
    places = outcomes(points, side=5).places
    assert uncovered(points, rule, places).tolist() == slow_uncovered(points, rule, places)


def test_a_core_of_one_point_is_all_that_is_uncovered() -> None:
    places = outcomes(PLOTT, side=13).places
    left = places[uncovered(PLOTT, MAJORITY, places)]
    assert left.tolist() == [[0, 0]]


def test_the_median_alone_is_uncovered_on_a_line() -> None:
    points = [[1], [9], [4], [5], [0]]
    places = outcomes(points).places
    assert places[uncovered(points, MAJORITY, places)].tolist() == [[4]]


def test_a_grid_holds_its_ideal_points_and_says_how_fine_it_is() -> None:
    found = outcomes([[0, 0], [1, 3]], side=5, also=[[2, 2]])
    assert found.steps == (0.5, 0.75)
    assert [1.0, 3.0] in found.places.tolist()
    assert len(found.places) == 5 * 5 + 1  # [1, 3] lies on the grid, [2, 2] does not
    with pytest.raises(QuestionError, match="grid of 1"):
        outcomes([[0]], side=1)
    with pytest.raises(QuestionError, match="grid of 64"):
        outcomes([[0, 0]], side=64)
    assert len(outcomes([[0, 0], [1, 1]], side=63).places) == 63**2


def test_what_the_vetoes_accept_and_what_can_carry() -> None:
    points, rule = [[0.0], [2.0], [10.0]], Every((count_of(3, 2), veto_of(3, 0)))
    places = np.arange(0, 11.0).reshape(-1, 1)
    assert places[accepted_by([[0.0]], [4.0], places)].ravel().tolist() == [0, 1, 2, 3, 4]
    assert places[preferred_to(points, rule, [4.0], places)].ravel().tolist() == [1, 2, 3]
    assert accepted_by([[0.0], [10.0]], [4.0], places).nonzero()[0].tolist() == [4]


def test_populations_are_weighed_exactly() -> None:
    rule = Quota((83_000_001, 83_000_000, 1), 83_000_002)
    assert beats([[0.0], [0.0], [9.0]], rule, np.array([[0.0]]), np.array([[5.0]]))[0, 0]
    assert not beats([[0.0], [9.0], [9.0]], rule, np.array([[0.0]]), np.array([[5.0]]))[0, 0]


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([[0, 0, 0]] * 5, "one or two dimensions"),
        ([[0, 0]] * 4, "4 positions for a rule of 5"),
        ([[0, np.nan]] * 5, "not known"),
        ([[0, 1001]] * 5, "beyond 1000"),
    ],
)
def test_what_is_no_place(points: list, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        core(points, MAJORITY)
