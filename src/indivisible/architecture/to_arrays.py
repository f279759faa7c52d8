"""From the architecture of a day to arrays: figures, pledges and hostilities of every state as numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import (
    Arrays,
    Floats,
    Integers,
    Plane,
    Ties,
    distances_of,
    known_ties,
    pairs_of,
    promises_of,
)
from indivisible.architecture.hostility import YEARS
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.power import net_resources, net_resources_bounds
from indivisible.values import Estimate, iso

HOSTILITIES = ("conflicts", "disputes", "none", "rivalries")
"""Where hostility can come from: the record's interstate conflicts, imported disputes or rivalries, or nowhere."""
EXPENDITURE = "military_expenditure_usd"


def to_arrays(
    architecture: Architecture,
    *,
    power: str = "beckley_2018",
    outside: Outside = NOTHING,
    hostility: str = "conflicts",
    full_roles: Mapping[str, Collection[str]] | None = None,
) -> Arrays:
    """The architecture as arrays, its figures frozen at the latest snapshot and its caps applied.

    `power` is `beckley_2018` (net resources, from the record's own figures) or a name in `outside.powers`;
    `hostility` is one of HOSTILITIES. `full_roles` says which roles in an organisation are full membership
    (default: `member`). Raises MissingData where imported data are asked for and not given.
    """
    hostile, hostile_name = _hostility(architecture, hostility, outside)
    states = architecture.states
    planes = planes_of(architecture, power=power, outside=outside)
    return Arrays(
        states=states,
        power=planes["power"],
        power_name=power,
        promises=promises_of(architecture.pledges, states),
        shared_organizations=_shared(architecture, full_roles or {}),
        distance=distances_of(architecture.capitals, states),
        borders=pairs_of(architecture.borders, states),
        warheads=planes["warheads"],
        deployments=planes["deployments"],
        hostility=hostile,
        hostility_name=hostile_name,
        capability=planes["capability"],
        expenditure=planes["expenditure"],
    )


def planes_of(architecture: Architecture, *, power: str, outside: Outside = NOTHING) -> dict[str, Plane]:
    """The figures of an architecture and its deployments as arrays, by the names they have in Arrays."""
    return {
        "power": _power(architecture, power, outside),
        "warheads": Plane(*_figure(architecture, "nuclear_warheads")),
        "deployments": _deployments(architecture),
        "capability": _shares(architecture, outside.capability),
        "expenditure": _expenditure(architecture, outside),
    }


def _figure(architecture: Architecture, name: str) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of a figure for every state, its caps applied; without a figure anything from 0 up."""
    n = len(architecture.states)
    low, best, high = np.zeros(n), np.full(n, np.nan), np.full(n, np.inf)
    for i, state in enumerate(architecture.states):
        figure = architecture.figures.get((state, name))
        if figure is not None:
            low[i], high[i] = figure.estimate.low, figure.estimate.high
            best[i] = np.nan if figure.estimate.best is None else figure.estimate.best
        cap = architecture.caps.get((state, name))
        if cap is not None:
            low[i], best[i], high[i] = min(low[i], cap), np.minimum(best[i], cap), min(high[i], cap)
    return low, best, high


def _power(architecture: Architecture, power: str, outside: Outside) -> Plane:
    if power == "beckley_2018":
        gdp_low, gdp, gdp_high = _figure(architecture, "gdp_current_usd")
        heads_low, heads, heads_high = _figure(architecture, "population")
        low, high = net_resources_bounds(gdp_low, gdp_high, heads_low, heads_high)
        return Plane(low, net_resources(gdp, heads), high)
    if power.startswith("cinc"):
        if power not in outside.powers:
            raise MissingData(f"power {power!r} needs National Material Capabilities", do="indivisible data import")
        return _shares(architecture, outside.powers[power])
    raise QuestionError(f"no measure of power is called {power!r}", do="beckley_2018, or cinc_... once imported")


def _shares(architecture: Architecture, index: Mapping[str, float]) -> Plane:
    plane = Plane.exact(np.array([index.get(state, np.nan) for state in architecture.states], dtype=float))
    return Plane(plane.low, plane.best, np.minimum(plane.high, 1.0))  # an index of shares cannot exceed 1


def _expenditure(architecture: Architecture, outside: Outside) -> Plane:
    """The record's own figure (a change may set one), else the imported one; caps hold for both.

    A cap on a figure that the record does not have leaves a mere bound there: the imported figure, held to it, is it.
    """
    low, best, high = _figure(architecture, EXPENDITURE)
    for i, state in enumerate(architecture.states):
        cap = architecture.caps.get((state, EXPENDITURE), np.inf)
        figure = architecture.figures.get((state, EXPENDITURE))
        bound_only = figure is not None and figure.year is None and figure.estimate == Estimate(0.0, None, cap)
        if (figure is None or bound_only) and state in outside.expenditure:
            low[i] = best[i] = high[i] = min(outside.expenditure[state], cap)
    return Plane(low, best, high)


def _hostility(architecture: Architecture, choice: str, outside: Outside) -> tuple[Ties | None, str]:
    """Who is hostile to whom by the source chosen, and its name with the day on which it was so."""
    n = len(architecture.states)
    if choice == "none":
        return Ties.none(n), "none"
    if choice == "conflicts":
        found = architecture.hostilities
        if found is None:
            return None, "conflicts"
        sure = pairs_of(((h.one, h.other) for h in found.pairs if h.certain), architecture.states)
        possible = pairs_of(((h.one, h.other) for h in found.pairs), architecture.states)
        doubt = np.where(possible & ~sure, 1 + np.arange(n * n).reshape(n, n), 0)
        return Ties(sure, possible, np.minimum(doubt, doubt.T)), f"conflicts of {YEARS} years to {iso(found.day)}"
    if choice in HOSTILITIES:
        if choice not in outside.hostile:
            raise MissingData(f"hostility by {choice} needs imported data", do="indivisible data import")
        return known_ties(pairs_of(outside.hostile[choice], architecture.states)), outside.hostile_name.get(
            choice, choice
        )
    raise QuestionError(f"no source of hostility is called {choice!r}", do=" or ".join(HOSTILITIES))


def _shared(architecture: Architecture, full_roles: Mapping[str, Collection[str]]) -> Integers:
    row = {state: i for i, state in enumerate(architecture.states)}
    column: dict[str, int] = {}
    seats: list[tuple[int, int]] = []
    for held in architecture.memberships:
        full = held.role in full_roles.get(held.organization, ("member",)) and held.layer == "legal" and held.certain
        if full and held.state in row:
            seats.append((row[held.state], column.setdefault(held.organization, len(column))))
    table = np.zeros((len(row), len(column)), dtype=np.int64)
    for i, organization in seats:
        table[i, organization] = 1
    shared: Integers = table @ table.T
    np.fill_diagonal(shared, 0)
    return shared


def _deployments(architecture: Architecture) -> Plane:
    row = {state: i for i, state in enumerate(architecture.states)}
    low, best, high = (np.zeros((len(row), len(row))) for _ in range(3))
    for sent in architecture.deployments:
        if sent.sender in row and sent.host in row:
            place = row[sent.sender], row[sent.host]
            troops = sent.personnel
            low[place] += troops.low if sent.certain else 0.0
            best[place] += np.nan if troops.best is None or not sent.certain else troops.best
            high[place] += troops.high
    for (state, host), cap in architecture.caps.items():
        if state in row and host in row:
            place = row[state], row[host]
            low[place], best[place] = min(low[place], cap), np.minimum(best[place], cap)
            high[place] = min(high[place], cap)
    return Plane(low, best, high)
