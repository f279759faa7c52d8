"""How much of the world's material capability each state holds: the Composite Index of National Capability (CINC).

J. David Singer, Stuart Bremer and John Stuckey, "Capability Distribution, Uncertainty, and Major Power War,
1820-1965", in Bruce Russett (ed.), Peace, War, and Numbers (1972); National Material Capabilities, Correlates of War.
The rule for missing components was found by reproducing the published column, not read in print.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]


def cinc(components: Floats, *, year: NDArray[np.int64] | None = None) -> Floats:
    """CINC of n states, [n]: the mean, over the components known of a state, of its share of the yearly total.

    `components` [n, c], any units, one column a component (published: military expenditure and personnel, iron and
    steel, energy, total and urban population); NaN is not known. A component that is not known is left out of that
    state's mean and of the total: it is not zero. `year` [n] tells rows of different years apart; without it all rows
    are of one year. NaN for a state of which nothing is known. As in the published column, a year's sum may exceed 1
    where components are missing: see `renormalised`.

    Raises QuestionError for negative components (datasets write -9 for missing) and for shapes that do not fit.
    """
    shares = component_shares(components, year=year)
    known = ~np.isnan(shares)
    with np.errstate(invalid="ignore"):
        index: Floats = np.where(known, shares, 0.0).sum(axis=1) / known.sum(axis=1)
    return index


def component_shares(components: Floats, *, year: NDArray[np.int64] | None = None) -> Floats:
    """Each state's share of the yearly total of each component, [n, c]; NaN where it, or every total, is nothing.

    The total is over the states of which the component is known. If it is 0 (nobody had any) there are no shares.
    """
    amounts = np.asarray(components, dtype=np.float64)
    if amounts.ndim != 2:
        raise QuestionError(f"components have {amounts.ndim} axes, not 2", do="one row a state, one column a component")
    if (amounts < 0.0).any():
        raise QuestionError("a component is negative", do="write what is not known as NaN, not as -9")
    first, count = _years(len(amounts), year)
    totals = np.zeros((count, amounts.shape[1]))
    np.add.at(totals, first, np.where(np.isnan(amounts), 0.0, amounts))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = amounts / totals[first]
    return shares


def renormalised(index: Floats, *, year: NDArray[np.int64] | None = None) -> Floats:
    """The same index divided by its yearly sum, [n], so that known values add up to 1: what weights need to be.

    NaN stays NaN. Where a year's sum is 0 nothing is defined: NaN.
    """
    values = np.asarray(index, dtype=np.float64)
    first, count = _years(len(values), year)
    totals = np.bincount(first, weights=np.where(np.isnan(values), 0.0, values), minlength=count)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights: Floats = values / totals[first]
    return weights


def _years(rows: int, year: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], int]:
    """Rows numbered by year from 0, and how many years there are."""
    if year is None:
        return np.zeros(rows, dtype=np.int64), 1
    if np.shape(year) != (rows,):
        raise QuestionError(f"{np.size(year)} years for {rows} rows", do="give the year of each row")
    different, number = np.unique(year, return_inverse=True)
    return number, len(different)
