"""The texts made executable, listed by hand; each is one module of the shape that `rules.base.Treaty` describes."""

from __future__ import annotations

from indivisible.rules.base import Treaty
from indivisible.rules.treaties import cfe_1990, cfe_adapted_1999, cfe_flank_1996, un_charter

TREATIES: tuple[Treaty, ...] = (
    cfe_1990,
    cfe_flank_1996,
    cfe_adapted_1999,
    un_charter,
)
