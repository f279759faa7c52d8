"""A mirrored case: two blocs swap all that is known of them, names stay where they were, and the verdicts swap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indivisible.architecture.arrays import Arrays, Plane, Promises, Ties
from indivisible.architecture.change import load_change
from indivisible.assess.assess import chosen_settings
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.moved import changes, verdicts
from indivisible.models import MODELS
from indivisible.models.base import Model, Settings
from indivisible.record.load import load

BLOCS = (("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"), ("CAN", "FRA", "ISL", "POL", "USA", "FIN"))
RUNS = chosen_settings([model for model in MODELS if not model.needs], {})


@pytest.fixture(scope="module")
def nordic() -> Comparison:
    return compare(load(), load_change("nordic-accession"))


def order(states: tuple[str, ...]) -> np.ndarray:
    """For every place, whose data stand there after the swap."""
    partner = dict(zip(*BLOCS, strict=True)) | dict(zip(*reversed(BLOCS), strict=True))
    return np.array([states.index(partner.get(state, state)) for state in states])


def mirrored(arrays: Arrays, to: np.ndarray) -> Arrays:
    """The same arrays with the data of the two blocs exchanged."""

    def row(plane: Plane) -> Plane:
        return Plane(plane.low[to], plane.best[to], plane.high[to])

    def table(plane: Plane) -> Plane:
        return Plane(*(one[np.ix_(to, to)] for one in (plane.low, plane.best, plane.high)))

    def ties(found: Ties) -> Ties:
        return Ties(*(one[np.ix_(to, to)] for one in (found.sure, found.possible, found.doubt)))

    def promises(made: Promises) -> Promises:
        place = np.argsort(to)
        return replace(made, senders=place[made.senders], receivers=place[made.receivers])

    return replace(
        arrays,
        power=row(arrays.power), warheads=row(arrays.warheads), capability=row(arrays.capability),
        expenditure=row(arrays.expenditure), promises=tuple(promises(made) for made in arrays.promises),
        shared_organizations=arrays.shared_organizations[np.ix_(to, to)],
        distance=arrays.distance[np.ix_(to, to)], borders=arrays.borders[np.ix_(to, to)],
        deployments=table(arrays.deployments),
        hostility=None if arrays.hostility is None else ties(arrays.hostility),
    )  # fmt: skip


def said(model: Model, settings: Settings, comparison: Comparison) -> np.ndarray:
    before = model.read(comparison.arrays_before, settings)
    after = model.read(comparison.arrays_after, settings)
    moved = changes(model, settings, comparison, before, after)
    return np.array(verdicts(model, moved, unit=before.unit, materiality=0.01))


@pytest.mark.parametrize(("model", "settings"), RUNS, ids=lambda one: getattr(one, "name", ""))
def test_two_blocs_that_swap_their_data_swap_their_verdicts(
    nordic: Comparison, model: Model, settings: Settings
) -> None:
    to = order(nordic.arrays_before.states)
    assert (np.flatnonzero(to != np.arange(len(to)))).size == 12
    other = replace(
        nordic, arrays_before=mirrored(nordic.arrays_before, to), arrays_after=mirrored(nordic.arrays_after, to)
    )
    here, there = said(model, settings, nordic), said(model, settings, other)
    assert there.tolist() == here[to].tolist()
