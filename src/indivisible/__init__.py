"""Architecture as code for international security: who is bound to whom, and what any change does to every state.

import indivisible as iv
r = iv.load()
r.members("CSTO", on="2010-01-01")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indivisible.apps.desk import Desk, load

__version__ = "0.1.0"
__all__ = ["Desk", "__version__", "load"]


def __getattr__(name: str) -> Any:
    if name in ("Desk", "load"):
        from indivisible.apps import desk

        return getattr(desk, name)
    raise AttributeError(f"module 'indivisible' has no attribute {name!r}")
