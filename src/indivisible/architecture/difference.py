"""What changed between two days: roles, pledges, deployments, and the states themselves."""

from __future__ import annotations

from typing import Any

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.treaties import parties_on
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import Truth, day_of, iso


def difference(record: Record, first: str, second: str, *, about: str | None = None) -> Table:
    """Everything that stood on one of two days and not on the other; `about` keeps one state, organisation or treaty.

    Given the later day first, it says what would have to be undone. Raises QuestionError for a day past what the
    record covers.
    """
    days = day_of(first), day_of(second)
    for text, day in zip((first, second), days, strict=True):
        if day >= record.known_to:
            raise QuestionError(
                f"{text} is past what the record covers", do=f"use a day up to {iso(record.known_to - 1)}"
            )
    key = None if about is None else record.resolve_any(about)[1]
    before, after = (_facts(record, as_of(record, day)) for day in days)
    rows = []
    for fact in sorted(before.keys() ^ after.keys()):
        if key is None or key in fact:
            turn = "ended" if fact in before else "began"
            addresses = (before if fact in before else after)[fact]
            what, subject, other, value = fact
            rows.append(
                {
                    "turn": turn,
                    "what": what,
                    "subject": subject,
                    "object": other or None,
                    "value": value or None,
                    "claim": addresses[0] if addresses else None,
                }
            )
    sources = {s for row in rows if row["claim"] for s in record.at(str(row["claim"])).sources}
    began = sum(row["turn"] == "began" for row in rows)
    says = f"From {first} to {second}, {began} facts began and {len(rows) - began} ended"
    says += f" about {record.name_of(key)}." if key else "."
    asked: dict[str, Any] = {"first": first, "second": second, "about": key}
    recalled = record.recalled_among(sources)
    return Table("diff/1", asked, says, tuple(rows), record.digest, tuple(sorted(sources)), recalled=recalled)


def _facts(record: Record, architecture: Architecture) -> dict[tuple[str, str, str, str], tuple[str, ...]]:
    facts: dict[tuple[str, str, str, str], tuple[str, ...]] = {
        ("state", state, "", ""): () for state in architecture.states
    }
    for m in architecture.memberships:
        facts["role", m.state, m.organization, m.role + ("" if m.certain else " (unsure)")] = m.claims
    for p in architecture.pledges:
        value = f"{p.kind}: {p.treaty} {p.article}" + ("" if p.certain else " (unsure)")
        facts["pledge", p.sender, p.receiver, value] = p.claims
    for d in architecture.deployments:
        facts["deployment", d.sender, d.host, f"{d.key}" + ("" if d.certain else " (unsure)")] = d.claims
    for text in record.entities("treaty"):
        for state, truth in parties_on(record, text, architecture.day).items():
            if truth is not Truth.NO:
                acts = tuple(claim.address for claim in record.claims(subject=state, field="act", object=text))[::-1]
                facts["party", state, text, "" if truth is Truth.YES else "(unsure)"] = acts
    return facts
