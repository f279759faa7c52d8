"""Gains, loses, unchanged, unknown or not seen: what a change of a score means for one state.

A verdict is known when it is the same over the whole interval of the change, that is for every value that the figures
nobody knows could have. At the bound of materiality a state is unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from indivisible.errors import QuestionError
from indivisible.values import Truth

GAINS, LOSES, UNCHANGED, UNKNOWN, NOT_SEEN = "gains", "loses", "unchanged", "unknown", "not_seen"
VERDICTS: Final = (GAINS, LOSES, UNCHANGED, UNKNOWN, NOT_SEEN)
DEFAULT_MATERIALITY: Final = 0.01
LEVELS: Final = (0.0, 0.01, 0.05)
ROUNDING: Final = 1e-12  # two sums of the same powers in another order may differ by this much


def checked_materiality(share: float) -> float:
    """The share above which effects count. Raises QuestionError where it is none between 0 and 1, both included."""
    if not 0.0 <= share <= 1.0:
        do = f"{share:g} per cent is {share / 100:g}" if 1.0 < share <= 100.0 else "0.01 is one per cent"
        raise QuestionError(f"materiality {share:g} is not a share between 0 and 1", do=do)
    return float(share)


def threshold(scale: str, materiality: float, unit: float = 1.0) -> float:
    """The change of a score that must be exceeded to count, on the model's scale (contracts, section 2).

    `log_ratio`: ln(1 + m); `share` and `probability`: m times their range, which is `unit` (1 unless a reading says
    otherwise); `ordinal`: any step counts.
    """
    if not 0.0 <= materiality < math.inf:
        raise ValueError(f"materiality {materiality!r} is not a share from 0 up")
    if scale == "log_ratio":
        return math.log1p(materiality)
    if scale in ("share", "probability"):
        return materiality * unit
    if scale == "ordinal":
        return 0.0
    raise ValueError(f"no scale is called {scale!r}")


def verdict(low: float, high: float, *, touched: bool, bound: float) -> str:
    """The verdict on a change that lies somewhere in low..high; `bound` is the threshold that must be exceeded."""
    if not touched:
        return NOT_SEEN
    if math.isnan(low) or math.isnan(high):
        return UNKNOWN
    if low > high + ROUNDING:
        raise ValueError(f"a change from {low!r} to {high!r} is no interval")
    limit = bound + ROUNDING
    if low > limit:
        return GAINS
    if high < -limit:
        return LOSES
    if -limit <= low and high <= limit:
        return UNCHANGED
    return UNKNOWN


@dataclass(frozen=True, slots=True)
class Counts:
    """How many states have each verdict."""

    gains: int = 0
    loses: int = 0
    unchanged: int = 0
    unknown: int = 0
    not_seen: int = 0

    @classmethod
    def of(cls, verdicts: Iterable[str]) -> Counts:
        """Count verdicts."""
        found = dict.fromkeys(VERDICTS, 0)
        for one in verdicts:
            found[one] += 1
        return cls(**found)

    def to_dict(self) -> dict[str, int]:
        """The counts by verdict."""
        return {name: getattr(self, name) for name in VERDICTS}


def nobody_loses(counts: Counts, *, could_show: bool) -> Truth:
    """Whether nobody loses: yes only where the model could have shown a loss and every verdict is known."""
    if counts.loses:
        return Truth.NO
    if counts.unknown or not could_show:
        return Truth.UNKNOWN
    return Truth.YES
