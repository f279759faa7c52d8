"""How each body decides, listed by hand; each is one module of the shape that `rules.procedure.Council` describes."""

from __future__ import annotations

from indivisible.rules.councils import unsc
from indivisible.rules.procedure import Council

COUNCILS: tuple[Council, ...] = (unsc,)
