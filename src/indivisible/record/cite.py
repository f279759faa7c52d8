"""What an answer rests on, as BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.record.record import Record

_ENTRY = {"scholarly": "article", "dataset": "misc", "press": "misc", "treaty": "misc", "official": "misc",
          "compiled": "misc", "recalled": "misc"}  # fmt: skip


def bibtex(record: Record, keys: Iterable[str]) -> str:
    """BibTeX entries of the sources, alphabetical; a source that was not seen says so in its note."""
    entries = []
    for key in sorted(set(keys)):
        source = record.sources[key]
        note = source.note
        if source.kind == "recalled":
            note = f"recalled: not seen when the fact was written. {note}".strip()
        fields = {
            "title": source.title,
            "author": source.publisher,
            "year": source.published[:4],
            "url": source.url,
            "note": note,
            "howpublished": source.kind,
        }
        body = ",\n".join(f"  {name} = {{{_escape(text)}}}" for name, text in fields.items() if text)
        entries.append(f"@{_ENTRY[source.kind]}{{{key.lower()},\n{body}\n}}")
    return "\n\n".join(entries)


def _escape(text: str) -> str:
    for mark in "&%#_$":
        text = text.replace(mark, f"\\{mark}")
    return text
