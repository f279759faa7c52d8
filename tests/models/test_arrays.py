"""An architecture becomes arrays: power, pledges, distances, and what is not known stays so."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from indivisible.architecture.architecture import Architecture, Deployment, Figure, Membership, Pledge
from indivisible.architecture.arrays import Arrays, changed_fields
from indivisible.architecture.outside import Outside
from indivisible.architecture.to_arrays import to_arrays
from indivisible.errors import MissingData, QuestionError
from indivisible.values import Estimate


def figure(state: str, field: str, low: float, best: float | None, high: float) -> tuple[tuple[str, str], Figure]:
    return (state, field), Figure(state, field, Estimate(low, best, high), 2022, ("figures.csv:1",))


def exact(state: str, field: str, value: float) -> tuple[tuple[str, str], Figure]:
    return figure(state, field, value, value, value)


WORLD = Architecture(
    day=738000,
    record="sha256:0",
    states=("ALA", "BLA", "CLA", "DLA"),
    memberships=(
        Membership("ALA", "PACT", "member", "legal", True, ()),
        Membership("BLA", "PACT", "member", "legal", True, ()),
        Membership("CLA", "PACT", "observer", "legal", True, ()),
        Membership("ALA", "LEAGUE", "party", "legal", True, ()),
        Membership("BLA", "LEAGUE", "party", "legal", True, ()),
        Membership("DLA", "LEAGUE", "party", "legal", False, ()),
    ),
    pledges=(
        Pledge("ALA", "BLA", "defence", "PACT_TREATY", "Art. 5", True, ()),
        Pledge("BLA", "ALA", "defence", "PACT_TREATY", "Art. 5", True, ()),
        Pledge("ALA", "BLA", "defence", "OTHER_TREATY", "Art. 1", True, ()),
        Pledge("CLA", "ALA", "defence", "OTHER_TREATY", "Art. 1", False, ()),
        Pledge("CLA", "DLA", "nonaggression", "PEACE", "Art. 2", True, ()),
    ),
    deployments=(
        Deployment("DEP_1", "ALA", "CLA", "base", Estimate(100.0, 150.0, 200.0), True, ()),
        Deployment("DEP_2", "ALA", "CLA", "rotation", Estimate(10.0, 15.0, 20.0), False, ()),
    ),
    figures=dict(
        [
            exact("ALA", "gdp_current_usd", 100.0), exact("ALA", "population", 4.0),
            figure("BLA", "gdp_current_usd", 50.0, 60.0, 70.0), figure("BLA", "population", 5.0, 6.0, 7.0),
            figure("CLA", "gdp_current_usd", 0.0, None, 30.0), exact("CLA", "population", 3.0),
            exact("DLA", "population", 2.0), exact("ALA", "nuclear_warheads", 12.0),
        ]
    ),
    capitals={"ALA": (0.0, 0.0), "BLA": (0.0, 10.0), "CLA": (0.0, 40.0)},
    borders=frozenset({("ALA", "BLA"), ("BLA", "ALA")}),
)  # fmt: skip


def test_net_resources_are_gdp_squared_over_population() -> None:
    power = to_arrays(WORLD).power
    assert power.best[:2] == pytest.approx([100**2 / 4, 60**2 / 6])
    assert (power.low[1], power.high[1]) == pytest.approx((50**2 / 7, 70**2 / 5))
    assert np.isnan(power.best[2:]).all()
    assert power.low[2:].tolist() == [0.0, 0.0]
    assert power.high[2:].tolist() == [30**2 / 3, math.inf]  # a declared bound; no figure at all


def test_another_measure_of_power() -> None:
    arrays = to_arrays(WORLD, power="cinc_6", outside=Outside(powers={"cinc_6": {"ALA": 0.5, "BLA": 0.25}}))
    assert arrays.power.best[:2].tolist() == [0.5, 0.25]
    assert arrays.power.high[2:].tolist() == [1.0, 1.0]
    assert arrays.power_name == "cinc_6"
    with pytest.raises(MissingData):
        to_arrays(WORLD, power="cinc_6")
    with pytest.raises(QuestionError):
        to_arrays(WORLD, power="prestige")


def test_pledges_by_kind_treaty_and_doubt() -> None:
    arrays = to_arrays(WORLD)
    assert np.argwhere(arrays.pledges["defence"]).tolist() == [[0, 1], [1, 0]]
    assert np.argwhere(arrays.pledges_unsure["defence"]).tolist() == [[2, 0]]
    assert np.argwhere(arrays.pledges["nonaggression"]).tolist() == [[2, 3]]
    without = arrays.ties("defence", without=("PACT_TREATY",))
    assert np.argwhere(without.sure).tolist() == [[0, 1]]


def test_organisations_in_common_count_full_memberships_only() -> None:
    assert to_arrays(WORLD).shared_organizations[0].tolist() == [0, 1, 0, 0]
    roles = {"LEAGUE": ("party",)}
    assert to_arrays(WORLD, full_roles=roles).shared_organizations[0].tolist() == [0, 2, 0, 0]


def test_distances_and_reach() -> None:
    arrays = to_arrays(WORLD)
    degree = math.pi / 180 * 6371.0088
    assert arrays.distance[0, 2] == pytest.approx(40 * degree)
    assert arrays.reach_distance[0, 2] == pytest.approx(30 * degree)  # from the capital of its ally BLA
    assert np.isnan(arrays.distance[0, 3])
    assert arrays.distance[3, 3] == 0.0
    assert np.argwhere(arrays.borders).tolist() == [[0, 1], [1, 0]]


def test_warheads_and_deployments() -> None:
    arrays = to_arrays(WORLD)
    assert arrays.warheads.best[0] == 12.0
    assert np.isnan(arrays.warheads.best[1])
    sent = arrays.deployments
    assert (sent.low[0, 2], sent.high[0, 2]) == (100.0, 220.0)
    assert np.isnan(sent.best[0, 2])  # it is not known whether the rotation was there
    assert sent.best[0, 1] == 0.0


def test_caps_hold_figures_and_deployments_down() -> None:
    caps = {("BLA", "gdp_current_usd"): 55.0, ("ALA", "CLA"): 120.0, ("DLA", "nuclear_warheads"): 3.0}
    arrays = to_arrays(replace(WORLD, caps=caps))
    assert arrays.power.best[1] == pytest.approx(55**2 / 6)
    assert (arrays.deployments.low[0, 2], arrays.deployments.high[0, 2]) == (100.0, 120.0)
    assert arrays.warheads.high[3] == 3.0
    found = changed_fields(to_arrays(WORLD), arrays)
    assert found == {"power", "deployments", "warheads"}


def test_what_changed() -> None:
    arrays = to_arrays(WORLD)
    fewer = to_arrays(replace(WORLD, pledges=WORLD.pledges[:-1]))
    assert changed_fields(arrays, arrays) == frozenset()
    assert changed_fields(arrays, fewer) == {"pledges.nonaggression"}
    with pytest.raises(QuestionError):
        changed_fields(arrays, Arrays.of({"A": 1.0}))


def test_a_cap_on_imported_expenditure_holds_the_figure_and_nothing_else() -> None:
    outside = Outside(expenditure={"ALA": 50.0, "BLA": 20.0})
    field = "military_expenditure_usd"
    capped = replace(
        WORLD, caps={("ALA", field): 30.0},
        figures={**WORLD.figures, ("ALA", field): Figure("ALA", field, Estimate(0.0, None, 30.0), None, ())},
    )  # fmt: skip
    free, held = (to_arrays(one, outside=outside).expenditure for one in (WORLD, capped))
    assert (free.low[0], free.best[0], free.high[0]) == (50.0, 50.0, 50.0)
    assert (held.low[0], held.best[0], held.high[0]) == (30.0, 30.0, 30.0)
    assert held.best[1] == 20.0
    set_to = replace(WORLD, figures={("ALA", field): Figure("ALA", field, Estimate(7.0, 7.0, 7.0), None, ())})
    assert to_arrays(set_to, outside=outside).expenditure.best[0] == 7.0
