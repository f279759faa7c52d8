"""Put together from parts, every package is what applying its steps makes of the world, and what is seen is true."""

from __future__ import annotations

import pickle

import design_worlds as lands
import random_levers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import changed_fields
from indivisible.architecture.snapshot import as_of
from indivisible.errors import ChangeError, UnknownName
from indivisible.explore.design import examiner_of
from indivisible.explore.worlds import Worlds
from indivisible.values import day_of

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]
BEFORE = as_of(random_levers.world(), day_of(random_levers.DAY))


def of(listed: list[str]) -> Worlds:
    return Worlds(random_levers.world(), BEFORE, lands.case(listed).levers, "beckley_2018", "conflicts")


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(random_levers.levers())
def test_a_package_put_together_is_what_its_steps_make(listed: list[str]) -> None:
    worlds = of(listed)
    for package in range(1 << len(worlds.levers)):
        try:
            real = worlds.comparison(package)
        except (ChangeError, UnknownName):
            assert worlds.impossible(package)
            continue
        assert not worlds.impossible(package)
        assert not changed_fields(worlds.after(package), real.arrays_after)
        differ = changed_fields(real.arrays_before, real.arrays_after)
        assert worlds.seen(package, differ) or not differ


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(random_levers.levers(most=3), st.sampled_from((0.0, 0.01, 0.3)))
def test_what_is_quickly_seen_to_fail_fails(listed: list[str], materiality: float) -> None:
    models = "deterrence, distance, commitment, contest, landscape, allocation"
    more = f"harm: {{models: [{models}], materiality: {materiality}}}\naims: {{gain: [AAA, DDD], covered: [EEE]}}\n"
    examiner = examiner_of(random_levers.world(), lands.case(listed, more=more))
    again = pickle.loads(pickle.dumps(examiner))
    for package in range(1 << len(examiner.worlds.levers)):
        if not examiner.worlds.impossible(package):
            quick, full = examiner.surely_fails(package), examiner.fails(package)
            assert quick & full == quick, examiner.failed(quick & ~full)
            assert again.surely_fails(package) == quick
