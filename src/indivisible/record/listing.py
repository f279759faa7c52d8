"""What there is to ask about: states, organisations, treaties and sources, with a word to search by."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.record.record import NAME_FIELDS, Record
from indivisible.record.table import Table
from indivisible.values import iso

LISTED = {"states": "state", "organizations": "organization", "treaties": "treaty", "texts": "text",
          "deployments": "deployment", "conflicts": "conflict"}  # fmt: skip


def listing(record: Record, what: str, *, grep: str = "") -> Table:
    """All entities of a kind, or all sources, alphabetical; `grep` keeps those with the word in key or names."""
    if what == "sources":
        return _sources(record, grep)
    if what not in LISTED:
        raise QuestionError(f"nothing is listed as {what!r}", do=f"use {', '.join([*LISTED, 'sources'])}")
    kind = LISTED[what]
    names: dict[str, list[str]] = {}
    for field in NAME_FIELDS:
        for claim in record.claims(field=field):
            names.setdefault(claim.subject, []).append(claim.value)
    spans = {claim.subject: claim for claim in record.claims(field="kind", value=kind)}
    rows = []
    for key in record.entities(kind):
        spelled = names.get(key, [])
        if grep and not any(grep.casefold() in word.casefold() for word in (key, *spelled)):
            continue
        claim = spans[key]
        others = [name for name in dict.fromkeys(spelled[1:]) if name != spelled[0]]
        rows.append(
            {
                "key": key,
                "name": record.name_of(key),
                "from": claim.begin or None,
                "to": claim.end or None,
                "also": "; ".join(others[:4]) or None,
            }
        )
    word = f" with {grep!r} in a name" if grep else ""
    says = f"The record knows {len(rows)} {what}{word}, up to {iso(record.known_to - 1)}."
    return Table("list/1", {"list": what, "grep": grep or None}, says, tuple(rows), record.digest)


def _sources(record: Record, grep: str) -> Table:
    rows = tuple(
        {
            "key": source.key,
            "title": source.title,
            "publisher": source.publisher or None,
            "published": source.published or None,
            "kind": source.kind,
            "licence": source.licence or None,
        }
        for _, source in sorted(record.sources.items())
        if grep.casefold() in f"{source.key} {source.title} {source.publisher}".casefold()
    )
    says = f"The record rests on {len(rows)} sources{f' with {grep!r} in title or publisher' if grep else ''}."
    return Table("list/1", {"list": "sources", "grep": grep or None}, says, rows, record.digest)
