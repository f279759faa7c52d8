"""What a package is worth in each respect that a case names, and what it can be worth at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Floats
from indivisible.architecture.duties import duties_on
from indivisible.assess.vacuum_levels import chosen_domains, levels_of
from indivisible.assess.verdict import GAINS
from indivisible.explore.design_case import FEWEST_LEVERS, LEAST_VACUUM, LEXIMIN, MOST_GAIN
from indivisible.explore.examiner import Examiner
from indivisible.explore.frontier import Worth

SLACK = 1e-9  # how far rounding may move what is compared


def _at_best(change: Floats) -> Floats:
    """A change that is not a number may be anything."""
    return np.where(np.isnan(change), np.inf, change)


@dataclass
class Worths:
    """Compares packages by the wishes of a case; higher is better in each. `vacuum` are the states of the cells."""

    examiner: Examiner
    prefer: tuple[str, ...]
    vacuum: tuple[str, ...] = ()
    cells: dict[int, int] = field(default_factory=dict)

    def of(self, package: int) -> tuple[Worth, ...]:
        """What a package is worth, judged in full: one entry a wish, or one for each model where models judge it."""
        examiner = self.examiner
        return self._each(
            package,
            lambda label: float(sum(examiner.judge(package)[label].verdicts[i] == GAINS for i in examiner.rows)),
            lambda label: examiner.judge(package)[label].low,
            lambda: -float(self.open_cells(package)),
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
            if wish == FEWEST_LEVERS:
                found.append((-float(package.bit_count()),))
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

    def open_cells(self, package: int) -> int:
        """How many cells, each a pair of states in a domain, surely have no legal duty after a package."""
        if package not in self.cells:
            self.cells[package] = self._open_cells(self.examiner.worlds.comparison(package).after)
        return self.cells[package]

    def _open_cells(self, architecture: Architecture) -> int:
        record = self.examiner.worlds.record
        duties = duties_on(record, architecture, layer="participation", with_universal=False)
        closed = levels_of(duties, chosen_domains(None)).closed("legal")[1]
        asked = np.isin(architecture.states, self.vacuum)
        return int((~closed & np.triu(np.outer(asked, asked), 1)[None]).sum())
