"""What a change does to the coverage: the cells, each a pair in a domain, that it closes and those that it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.duties import Duties, duties_on
from indivisible.assess.vacuum_levels import Levels, chosen_domains, levels_of
from indivisible.errors import QuestionError
from indivisible.record.record import Record


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after: its levels, and the texts that close it on the side on which it is closed."""

    one: str
    other: str
    domain: str
    before: str
    after: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """Cells that a change closes, opens, or of which it is not known before or after; all in alphabetical order."""

    binding: str
    closed: tuple[CellChange, ...]
    opened: tuple[CellChange, ...]
    not_known: tuple[CellChange, ...]

    @property
    def net(self) -> int:
        """How many cells more are closed after it than before."""
        return len(self.closed) - len(self.opened)


def coverage_change(
    record: Record,
    before: Architecture,
    after: Architecture,
    *,
    binding: str = "legal",
    domains: Sequence[str] | str | None = None,
    layer: str = "participation",
    with_universal: bool = False,
    among: Sequence[str] | None = None,
) -> CoverageChange:
    """Coverage before and after a change of the same day and the same states.

    A cell is closed where it was surely open and is surely closed, opened the other way round, and not known where
    its state moved between these and unknown. `among`: count only pairs of these states.
    Raises QuestionError for two architectures that are not of the same day and states.
    """
    if before.day != after.day or before.states != after.states:
        raise QuestionError("two architectures of different days cannot be compared cell by cell", do="use one day")
    chosen = chosen_domains(domains)
    found = [duties_on(record, one, layer=layer, with_universal=with_universal) for one in (before, after)]
    levels = [levels_of(one, chosen) for one in found]
    (was, was_may), (is_, is_may) = (one.closed(binding) for one in levels)
    asked = np.isin(before.states, list(among)) if among is not None else np.ones(len(before.states), dtype=bool)
    upper = np.triu(np.outer(asked, asked), 1)[None]
    closed = ~was_may & is_ & upper
    opened = was & ~is_may & upper
    moved = ((was != is_) | (was_may != is_may)) & upper & ~closed & ~opened

    def told(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], side: int) -> tuple[CellChange, ...]:
        cells = sorted((before.states[i], before.states[j], d, i, j) for d, i, j in np.argwhere(mask).tolist())
        return tuple(_told(levels, found[side], chosen, d, i, j) for _, _, d, i, j in cells)

    return CoverageChange(binding, told(closed, 1), told(opened, 0), told(moved, 1))


def _told(levels: list[Levels], duties: Duties, domains: tuple[str, ...], d: int, i: int, j: int) -> CellChange:
    texts = (one.duty.says for one in duties.owed if one.duty.domain == domains[d] and one.sure[i, j])
    return CellChange(
        one=duties.states[i],
        other=duties.states[j],
        domain=domains[d],
        before=levels[0].word(d, i, j),
        after=levels[1].word(d, i, j),
        by=tuple(sorted(texts)),
    )
