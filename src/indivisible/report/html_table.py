"""Sections and tables of a page that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_WORD = re.compile(r"[A-Za-z0-9]+")


def section(name: str, title: str, inside: str) -> str:
    """A part of the page under a heading of its own; `name` is made fit for an address."""
    name = "-".join(_WORD.findall(name))
    return f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{escape(title)}</h2>\n{inside}</section>'


Cell = str | tuple[str, float]


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, caption: str = "", name: str = "") -> str:
    """A table of cells that are HTML already, or (HTML, number to sort by); the first cell of a row is its heading."""
    columns = "".join(f'<th scope="col">{one}</th>' for one in head)
    body = "\n".join(f'<tr><th scope="row">{row[0]}</th>{"".join(map(_td, row[1:]))}</tr>' for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    kind = f' class="{name}"' if name else ""
    return (
        f'<div class="wide"><table{kind}>{said}<thead><tr>{columns}</tr></thead><tbody>\n{body}\n</tbody></table></div>'
    )


def _td(cell: Cell) -> str:
    return f"<td>{cell}</td>" if isinstance(cell, str) else f'<td data-value="{cell[1]:.9g}">{cell[0]}</td>'
