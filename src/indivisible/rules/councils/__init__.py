"""How each body decides, listed by hand; each is one module of the shape that `rules.procedure.Council` describes."""

from __future__ import annotations

from indivisible.rules.councils import brics, cis, csto, nato, osce, sco, unga, union_state, unsc
from indivisible.rules.procedure import Council

COUNCILS: tuple[Council, ...] = (brics, cis, csto, nato, osce, sco, unga, union_state, unsc)
