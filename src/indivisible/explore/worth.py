"""What a package is worth in each respect that a case names, and what it can be worth at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Floats
from indivisible.assess.verdict import GAINS
from indivisible.explore.design_case import (
    FEWEST_LEVERS,
    FEWEST_STEPS,
    LEAST_VACUUM,
    LEXIMIN,
    MOST_GAIN,
    MOST_LEVERS,
    MOST_STEPS,
)  # fmt: skip
from indivisible.explore.examiner import Examiner
from indivisible.explore.frontier import Worth

SLACK = 1e-9  # how far rounding may move what is compared


def _at_best(change: Floats) -> Floats:
    """A change that is not a number may be anything."""
    return np.where(np.isnan(change), np.inf, change)


@dataclass
class Worths:
    """Compares packages by the wishes of a case; higher is better in each."""

    examiner: Examiner
    prefer: tuple[str, ...]

    def of(self, package: int) -> tuple[Worth, ...]:
        """What a package is worth, judged in full: one entry a wish, or one for each model where models judge it."""
        examiner = self.examiner
        return self._each(
            package,
            lambda label: float(sum(examiner.judge(package)[label].verdicts[i] == GAINS for i in examiner.rows)),
            lambda label: examiner.judge(package)[label].low,
            lambda: -float(self.examiner.cells.open(package)),
            0.0,
        )

    def at_most(self, package: int) -> tuple[Worth, ...]:
        """No less than what it is worth, by the quick look alone."""
        examiner = self.examiner
        seen = examiner.worlds.seen(package, examiner.reads)
        return self._each(
            package,
            lambda label: float(examiner.screens[label].may_gain(seen)[examiner.rows].sum()),
            lambda label: _at_best(examiner.screens[label].change(seen)),
            lambda: 0.0,
            SLACK + max((screen.margin for screen in examiner.screens.values()), default=0.0),
        )

    def _each(
        self,
        package: int,
        gainers: Callable[[str], float],
        lows: Callable[[str], Floats],
        vacuum: Callable[[], float],
        slack: float,
    ) -> tuple[Worth, ...]:
        found: list[Worth] = []
        for wish in self.prefer:
            if wish in (FEWEST_LEVERS, MOST_LEVERS):
                found.append((float(package.bit_count()) * (1.0 if wish == MOST_LEVERS else -1.0),))
            elif wish in (FEWEST_STEPS, MOST_STEPS):
                found.append((float(self.steps(package)) * (1.0 if wish == MOST_STEPS else -1.0),))
            elif wish == MOST_GAIN:
                found += [(gainers(label),) for label in self.examiner.labels]
            elif wish == LEXIMIN:
                found += [self._ranked(lows(label) + slack) for label in self.examiner.labels]
            elif wish == LEAST_VACUUM:
                found.append((vacuum(),))
            else:
                raise ValueError(wish)
        return tuple(found)

    def _ranked(self, low: Floats) -> Worth:
        """The watched states' changes from the worst up, at the low end of their bounds."""
        return tuple(np.sort(np.round(low[self.examiner.rows], 9)).tolist())

    def steps(self, package: int) -> int:
        """How many steps the levers of a package have."""
        return sum(len(lever.steps) for lever in self.examiner.worlds.taken(package))
