"""What is being served: the version, the record and how far it reaches, and what may be asked at most."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indivisible import __version__
from indivisible.apps.web.limits import Limits
from indivisible.record.record import Record
from indivisible.values import iso


def about(record: Record, limits: Limits) -> dict[str, Any]:
    """The JSON shape about/1."""
    return {
        "schema": "about/1", "version": __version__, "record": record.digest, "overlays": list(record.overlays),
        "known_to": iso(record.known_to), "last_day": iso(record.known_to - 1),
        "states": len(record.entities("state")), "sources": len(record.sources),
        "claims": len(record.columns), "limits": asdict(limits),
        "sentence": f"indivisible {__version__}: {len(record.columns):,} claims from {len(record.sources):,} sources, "
        f"up to {iso(record.known_to - 1)}.",
    }  # fmt: skip
