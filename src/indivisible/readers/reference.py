"""The reference page of outside data, made from the description of each dataset, and BibTeX for what was used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indivisible.readers import DATASETS
from indivisible.readers.coverage import known
from indivisible.readers.dataset import Column, Dataset, Layout, dataset

_HEAD = """# Datasets that can be imported

None of these ships with the program. Get a file from its publisher, then run `indivisible data import FILE` (see
[how to import data](../how-to/import-data.md)). A file is known by its name, and if that does not tell, by its
columns. Every column is declared here: an unknown or missing one is refused. A missing code becomes null, never
zero, and in a year that a dataset does not cover its answer is unknown.
"""


def datasets_page() -> str:
    """All datasets in Markdown: an overview, then publisher, terms, coverage, columns and traps of each."""
    lines = [_HEAD, "| dataset | title | years | terms |", "| --- | --- | --- | --- |"]
    described = [dataset(key) for key in DATASETS]
    lines += [f"| [{one.key}](#{one.key}) | {one.title} | {one.coverage_text} | {one.terms} |" for one in described]
    return "\n".join([*lines, "", *(_section(one) for one in described)]).rstrip() + "\n"


def _section(one: Dataset) -> str:
    silence = "is not so" if one.complete else "is unknown"
    lines = [
        f"## {one.key}",
        "",
        f"{one.title}. {one.about}",
        "",
        f"- Publisher: {one.publisher}, <{one.site}>",
        f"- Terms: {one.terms}",
        f"- Cite: {'; '.join(_cited(entry) for entry in one.citations)}",
        f"- One row: {one.unit}. Key: {', '.join(f'`{name}`' for name in one.unique)}.",
        f"- Years: {one.coverage_text}. Inside them, what is not listed {silence}.",
        *(f"- Mind: {trap}" for trap in one.traps),
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
        *(f"| `{column.name}` | {_type(column)} | {column.about} |" for column in one.table.values()),
        "",
        "Files that are read:",
        "",
        *(f"- {_layout(layout)}" for layout in one.layouts),
        "",
    ]
    return "\n".join(lines)


def _type(column: Column) -> str:
    return column.type.replace("_", " or ")


def _cited(entry: Mapping[str, str]) -> str:
    return f"{entry['author'].replace('{', '').replace('}', '')} ({entry['year']}), {entry['title']}".replace("\\", "")


def _layout(layout: Layout) -> str:
    patterns = ", ".join(f"`{pattern}`" for pattern in layout.files)
    kept = ", ".join(f"`{column.name}`{_missing(column)}" for column in layout.columns.values() if not column.drop)
    dropped = sorted(column.name for column in layout.columns.values() if column.drop and column.name)
    parts = [f"**{layout.name}** ({patterns}): {layout.about or 'as published.'} Columns read: {kept}."]
    if layout.like:
        parts.append(f"Columns by pattern: {', '.join(f'`{pattern.pattern}`' for pattern, _ in layout.like)}.")
    if dropped:
        parts.append(f"Known and left out: {', '.join(f'`{name}`' for name in dropped)}.")
    return " ".join(parts)


def _missing(column: Column) -> str:
    codes = [str(code) for code in column.missing if not isinstance(code, str)]
    return f" ({', '.join(codes)} is missing)" if codes else ""


def bibtex(keys: Iterable[str]) -> str:
    """BibTeX of the publications to cite for the named datasets; each once, alphabetical."""
    entries = {entry["key"]: entry for key in keys for entry in known(key).citations}
    return "\n".join(_entry(entries[key]) for key in sorted(entries))


def _entry(entry: Mapping[str, str]) -> str:
    fields = [f"  {name} = {{{value}}}," for name, value in entry.items() if name not in ("type", "key")]
    return "\n".join([f"@{entry['type']}{{{entry['key']},", *fields, "}"]) + "\n"
