"""Distance on small worlds worked out by hand, and the numbers of The War Trap."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays
from indivisible.measures.decay import exponential, linear, miles_per_day_in, war_trap_exponent
from indivisible.measures.geography import EARTH_RADIUS_KM, KM_PER_MILE, distances
from indivisible.models import distance
from indivisible.models.base import Settings, Value, settle


def chosen(**values: Value) -> Settings:
    return settle(distance.name, distance.parameters, values)


def east(km: float) -> tuple[float, float]:
    """A place on the equator so many km east of (0, 0)."""
    return (0.0, math.degrees(km / EARTH_RADIUS_KM))


@pytest.mark.parametrize(
    ("miles", "pace", "exponent"),
    [(0, 500, 0.862234), (1000, 375, 0.997753), (5000, 375, 1.314184), (3000, 250, 1.285146), (6000, 500, 1.285146)],
)
def test_war_trap_exponents(miles: float, pace: float, exponent: float) -> None:
    assert war_trap_exponent(np.array([miles * KM_PER_MILE]), pace) == pytest.approx([exponent], abs=5e-7)


@pytest.mark.parametrize(
    ("miles", "pace", "adjusted"),
    [(0, 500, 0.249646), (1000, 375, 0.200725), (5000, 375, 0.120621), (3000, 250, 0.126393), (6000, 500, 0.126393)],
)
def test_war_trap_values_through_read(miles: float, pace: float, adjusted: float) -> None:
    """A state with a fifth of all power, so many miles away."""
    arrays = Arrays.of({"A": 8.0, "B": 2.0}, places={"A": (0.0, 0.0), "B": east(miles * KM_PER_MILE)})
    reading = distance.read(arrays, chosen(decay="war_trap", miles_per_day=pace))
    reason = reading.because(0)
    assert reason is not None
    assert reason.against_sum == pytest.approx(adjusted, abs=5e-7)
    assert reading.best[0] == pytest.approx(math.log(0.8**0.862234 / adjusted), abs=1e-5)


def test_eras_of_the_war_trap() -> None:
    years = {1816: 250.0, 1918: 250.0, 1919: 375.0, 1945: 375.0, 1946: 500.0, 2022: 500.0}
    assert {year: miles_per_day_in(year) for year in years} == years


def test_fading() -> None:
    km = np.array([0.0, 1000.0, 2000.0, 3000.0])
    assert exponential(km, 2000.0) == pytest.approx([1.0, math.exp(-0.5), math.exp(-1.0), math.exp(-1.5)])
    assert linear(km, 2000.0) == pytest.approx([1.0, 0.5, 0.0, 0.0])


def test_great_circles() -> None:
    """A quarter of the Earth from pole to equator; London to Paris as atlases have it, 344 km."""
    km = distances(np.array([90.0, 0.0, 51.51, 48.86]), np.array([0.0, 25.0, -0.13, 2.35]))
    assert km[0, 1] == pytest.approx(EARTH_RADIUS_KM * math.pi / 2)
    assert km[2, 3] == pytest.approx(344, abs=1)
    assert (np.diagonal(km) == 0.0).all()
    assert np.allclose(km, km.T)


def test_two_lands_by_hand() -> None:
    """ln 3 - ln(2 exp(-1)) for the first, ln 2 - ln(3 exp(-1)) for the second."""
    arrays = Arrays.of({"A": 3.0, "B": 2.0}, places={"A": (0.0, 0.0), "B": east(2000.0)})
    expected = [math.log(3 / 2) + 1, math.log(2 / 3) + 1]
    assert distance.read(arrays, chosen()).best == pytest.approx(expected)


def test_reach_through_allied_territory() -> None:
    """C, 4,000 km away, is nearer by the capital of its ally B, 1,000 km away: only reach shows A's loss."""
    places = {"A": (0.0, 0.0), "B": east(1000.0), "C": east(4000.0)}
    alone = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, places=places)
    joined = Arrays.of({"A": 1.0, "B": 1.0, "C": 1.0}, places=places, defence=[("B", "C")])
    low, high = distance.change_bounds(alone, joined, chosen(scale=1000.0))
    assert (low[0], high[0]) == (0.0, 0.0)
    assert not distance.touched(alone, joined, chosen(scale=1000.0))[0]
    low, high = distance.change_bounds(alone, joined, chosen(scale=1000.0, reach=1.0))
    expected = math.log(math.exp(-1) + math.exp(-4)) - math.log(2 * math.exp(-1))
    assert (low[0], high[0]) == pytest.approx((expected, expected))
    assert distance.touched(alone, joined, chosen(scale=1000.0, reach=1.0))[0]
    halfway = distance.read(joined, chosen(scale=1000.0, reach=0.5)).parts(0)
    assert [p.weight for p in halfway] == pytest.approx([1.0, math.exp(-1), math.exp(-2.5)])


def test_an_adversary_never_starts_from_the_territory_of_the_state_it_goes_against() -> None:
    """A guarantees B, which has promised nothing: B is among the others, from its own capital, however far reach."""
    arrays = Arrays.of(
        {"A": 1.0, "B": 1.0}, pledges=[("A", "B", "defence")], places={"A": (0.0, 0.0), "B": east(2000.0)}
    )
    reading = distance.read(arrays, chosen(reach=1.0))
    assert reading.best[0] == pytest.approx(1.0)
    assert reading.unopposed.tolist() == [False, True]
    assert [p.weight for p in reading.parts(1)] == [1.0, 1.0]


def test_the_shares_of_the_war_trap_sum_to_one_whatever_the_unit() -> None:
    places = {"A": (0.0, 0.0), "B": east(2000.0), "C": east(5000.0)}
    small = Arrays.of({"A": 1.0, "B": 2.0, "C": 3.0}, places=places)
    large = Arrays.of({"A": 1e12, "B": 2e12, "C": 3e12}, places=places)
    war_trap = chosen(decay="war_trap")
    assert distance.read(small, war_trap).best == pytest.approx(distance.read(large, war_trap).best)


def slow(
    i: str, power: Mapping[str, float], places: Mapping[str, tuple[float, float]],
    pledges: frozenset[tuple[str, str, str]], decay: str, reach: float,
) -> tuple[float, float]:  # fmt: skip
    """Both sums in plain loops, from the definition."""
    states = sorted(power)
    km = distances(np.array([places[s][0] for s in states]), np.array([places[s][1] for s in states]))

    def between(a: str, b: str) -> float:
        return float(km[states.index(a), states.index(b)])

    sums = [0.0, 0.0]
    for j in states:
        defends = j == i or (j, i, "defence") in pledges
        allies = [k for k in states if (j, k, "defence") in pledges or (k, j, "defence") in pledges]
        ground = [k for k in allies if k != i or defends]
        d = (1 - reach) * between(j, i) + reach * min([between(j, i), *(between(k, i) for k in ground)])
        if decay == "exponential":
            brought = power[j] * math.exp(-d / 2000)
        elif decay == "linear":
            brought = power[j] * max(0.0, 1 - d / 2000)
        else:
            brought = (power[j] / sum(power.values())) ** math.log10(d / 1.609344 / 500 + 10 - math.e)
        sums[0 if defends else 1] += brought
    return sums[0], sums[1]


@settings(max_examples=100, deadline=None)
@given(data=st.data(), decay=st.sampled_from(("exponential", "linear", "war_trap")), reach=st.sampled_from((0, 0.3, 1)))
def test_the_model_equals_plain_loops(data: st.DataObject, decay: str, reach: float) -> None:
    states = "ABCDEF"[: data.draw(st.integers(2, 6))]
    degrees = st.integers(-40, 40).map(float)
    power = {s: float(data.draw(st.integers(1, 9))) for s in states}
    places = {s: (data.draw(degrees), data.draw(degrees)) for s in states}
    ties = [(a, b, "defence") for a in states for b in states if a != b]
    pledges = frozenset(data.draw(st.sets(st.sampled_from(ties), max_size=8)))
    arrays = Arrays.of(dict(power), pledges=pledges, places=places)
    reading = distance.read(arrays, chosen(decay=decay, reach=reach))
    for i, state in enumerate(states):
        ours, theirs = slow(state, power, places, pledges, decay, reach)
        assert reading.unopposed[i] == (theirs == 0.0)
        if theirs > 0.0:
            assert reading.best[i] == pytest.approx(math.log(ours) - math.log(theirs), rel=1e-9, abs=1e-9)
