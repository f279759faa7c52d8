"""One claim of the record with its sources written out: where every answer ends."""

from __future__ import annotations

from typing import Any

from indivisible.errors import QuestionError
from indivisible.record.record import Record


def claim(record: Record, address: str) -> dict[str, Any]:
    """The JSON shape claim/1. Raises QuestionError for an address at which nothing stands."""
    line = address.rpartition(":")[2]
    if not line.isdecimal() or len(line) > 9:
        raise QuestionError(f"{address!r} is no address", where="address", do="write organizations/CSTO.csv:12")
    found = record.at(address)
    return {
        "schema": "claim/1", "address": found.address, "subject": found.subject,
        "subject_name": record.name_of(found.subject), "field": found.field, "object": found.object or None,
        "value": found.value or None, "from": found.begin or None, "to": found.end or None,
        "layer": found.layer or None, "speaker": found.speaker or None, "place": found.place or None,
        "confidence": found.confidence or None, "note": found.note or None,
        "sources": [
            {"key": key, "title": source.title, "publisher": source.publisher or None,
             "published": source.published or None, "kind": source.kind, "url": source.url or None}
            for key in found.sources if (source := record.sources.get(key)) is not None
        ],
        "record": record.digest,
    }  # fmt: skip
