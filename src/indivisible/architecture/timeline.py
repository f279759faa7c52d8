"""What happened, in order: every dated claim about a state, an organisation, a treaty or a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, iso

DATED = (
    "kind", "founded_as", "role", "act", "chair", "capital", "sender", "entered_into_force", "ended", "adopted",
    "proposed", "side_a", "side_b", "pledge", "predecessor", "status",
)  # fmt: skip


def timeline(record: Record, name: str) -> Table:
    """Every dated turn in the claims about the thing, as subject or as object: what began, was done, or ended."""
    kind, key = record.resolve_any(name)
    rows: list[tuple[int, dict[str, Any]]] = []
    sources: set[str] = set()
    for claim in _about(record, key):
        sources.update(claim.sources)
        event = record.fields[claim.field].span == "event"
        if claim.span.from_earliest != NEVER_BEGUN:
            rows.append((claim.span.from_earliest, _row(claim, "on" if event else "from", claim.begin)))
        if not event and claim.span.to_latest != NEVER_ENDED:
            rows.append((claim.span.to_earliest, _row(claim, "until", claim.end)))
    rows.sort(key=lambda pair: (pair[0], pair[1]["what"], pair[1]["subject"], pair[1]["object"] or ""))
    says = f"The record dates {len(rows)} turns in the life of {record.name_of(key)}"
    says += f", from {iso(rows[0][0])} to {iso(rows[-1][0])}." if rows else "."
    body = tuple(row for _, row in rows)
    return Table(
        "timeline/1", {"about": key, "kind": kind}, says, body, record.digest, tuple(sorted(sources)),
        recalled=record.recalled_among(sources),
    )  # fmt: skip


def _about(record: Record, key: str) -> Iterable[Claim]:
    for field in DATED:
        yield from record.claims(subject=key, field=field)
        yield from record.claims(object=key, field=field)


def _row(claim: Claim, turn: str, date: str) -> dict[str, Any]:
    return {
        "date": date,
        "turn": turn,
        "what": claim.field,
        "subject": claim.subject,
        "object": claim.object or None,
        "value": claim.value or None,
        "confidence": claim.confidence,
        "claim": claim.address,
    }
