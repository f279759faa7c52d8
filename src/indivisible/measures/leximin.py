"""Which of two outcomes is better for whoever is worst off; if that is a tie, for the second worst off; and so on.

The leximin order (Sen, Collective Choice and Social Welfare, 1970; Rawls's difference principle carried on through
ties). It looks at how many are how well off, never at who they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]


def leximin(first: Floats, second: Floats, *, tolerance: float = 0.0) -> int | None:
    """1 if `first` is better, -1 if `second` is, 0 if neither, None if it hangs on a score that is not known (NaN).

    Both hold n scores, [n], higher is better, compared sorted ascending, lexicographically. Differences up to
    `tolerance` count as none (with it the order need not be transitive). QuestionError if the lengths differ.
    """
    if np.shape(first) != np.shape(second) or np.ndim(first) != 1:
        raise QuestionError(f"scores of shapes {np.shape(first)} and {np.shape(second)}", do="compare the same states")
    if np.isnan(first).any() or np.isnan(second).any():
        return None
    one, other = np.sort(first), np.sort(second)
    with np.errstate(invalid="ignore"):
        differ = np.flatnonzero((one != other) & ~(np.abs(one - other) <= tolerance))
    if not len(differ):
        return 0
    return 1 if one[differ[0]] > other[differ[0]] else -1


def leximin_order(outcomes: Floats) -> NDArray[np.intp]:
    """Rows of k outcomes, [k, n], from the best to the worst, [k]; ties keep their order.

    Raises QuestionError if a score is not known: leave such outcomes out or bound them first.
    """
    table = np.asarray(outcomes, dtype=np.float64)
    if np.isnan(table).any():
        raise QuestionError("a score is not known", do="order only outcomes whose scores are all known")
    ordered = np.sort(table, axis=1)
    if not ordered.shape[1]:
        return np.arange(len(ordered))
    return np.lexsort(-ordered[:, ::-1].T)  # the last key, the worst off, decides first
