"""How far power is concentrated in few hands: Ray-Singer concentration, Herfindahl-Hirschman, effective number.

Each takes n amounts, [n], of any unit, and gives one number; NaN where it is undefined or an amount is not known (an
amount that is not known is not zero: leave the state out on purpose, or know it).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ray_singer(amounts: Floats) -> float:
    """CON = sqrt((sum s^2 - 1/N) / (1 - 1/N)): 0 if all shares s are equal, 1 if one state has everything.

    Shares are renormalised to sum to 1. James Lee Ray and J. David Singer, "Measuring the Concentration of Power in
    the International System", Sociological Methods & Research 1 (1973) 403-437; usually of major powers' CINC.
    Undefined (NaN) for a single state, as every share is then equal and everything is in one hand.
    """
    n = len(amounts)
    if n < 2:
        return math.nan
    unequal = herfindahl(amounts) - 1.0 / n
    return math.sqrt(max(unequal, 0.0) / (1.0 - 1.0 / n)) if not math.isnan(unequal) else math.nan


def herfindahl(amounts: Floats, *, renormalise: bool = True) -> float:
    """HHI = sum s^2 of the shares, in [1/N, 1].

    With `renormalise` False the amounts are taken as the shares, though they need not sum to 1 (published CINC does
    not). NaN for no states, a negative amount, or a sum of 0.
    """
    shares = np.asarray(amounts, dtype=np.float64)
    total = float(shares.sum()) if len(shares) else math.nan
    if not (0.0 < total < math.inf) or (shares < 0.0).any():
        return math.nan
    if renormalise:
        shares = shares / total
    return float(shares @ shares)


def effective_number(amounts: Floats) -> float:
    """1 / HHI, in [1, N]: how many states with equal shares would be as concentrated (Laakso and Taagepera 1979)."""
    return 1.0 / herfindahl(amounts)
