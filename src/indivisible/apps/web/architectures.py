"""Architectures of days asked for lately, so that map, network and matrix of one day read the record once."""

from __future__ import annotations

from functools import lru_cache

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.snapshot import as_of
from indivisible.record.record import Record


@lru_cache(maxsize=8)
def architecture(record: Record, day: int) -> Architecture:
    """Who was bound to whom on a day. Raises QuestionError past what the record covers."""
    return as_of(record, day)
