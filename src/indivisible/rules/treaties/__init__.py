"""The texts made executable, listed by hand; each is one module of the shape that `rules.base.Treaty` describes."""

from __future__ import annotations

from indivisible.rules.base import Treaty

TREATIES: tuple[Treaty, ...] = ()
