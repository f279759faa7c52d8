"""Answers on the terminal: a plain sentence, then the table; wide cells wrap, nothing is cut."""

from __future__ import annotations

import io
import shutil
import sys
from typing import Any

from indivisible.report.answer import Answer
from indivisible.report.json_text import rounded

PLAIN_WIDTH = 160  # where there is no terminal to measure


def show(answer: Answer) -> None:
    """Print the answer; an answer that knows how to show itself (`show`) does."""
    own = getattr(answer, "show", None)
    if own is not None:
        own()
        return
    print(answer.sentence())
    rows = [rounded(row) for row in answer.rows()]
    heads = getattr(answer, "cards", ())
    if rows and heads:
        print_cards(rows, heads)
    elif rows:
        print_table(rows)


def print_cards(rows: list[dict[str, Any]], heads: tuple[str, ...]) -> None:
    """Print every row as a card: the head columns on a line, then one line a filled column, wrapped."""
    import textwrap

    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    for row in rows:
        print(
            "\n"
            + "; ".join(
                f"{name.replace('_', ' ')} {cell_text(row[name])}" if i else cell_text(row[name])
                for i, name in enumerate(heads)
            )
        )
        for name, value in row.items():
            if name not in heads and value is not None:
                lines = textwrap.wrap(cell_text(value), width - 16, break_long_words=False, break_on_hyphens=False)
                print(f"    {name.replace('_', ' '):<12}" + f"\n{' ' * 16}".join(lines))


def print_table(rows: list[dict[str, Any]]) -> None:
    """Print rows as a table; columns without any value are left out."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = [n for n in dict.fromkeys(k for row in rows for k in row) if any(row.get(n) is not None for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        numeric = all(isinstance(row.get(name), (int, float)) or row.get(name) is None for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell_text(row.get(name))) for name in names))
    live = sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if live else PLAIN_WIDTH
    drawn = io.StringIO()  # rich itself would leave with code 1 where a reader closes the pipe
    Console(file=drawn, width=width, highlight=False, force_terminal=live).print(table)
    print("\n".join(line.rstrip() for line in drawn.getvalue().splitlines()))


def cell_text(value: Any) -> str:
    """One cell: yes or no for a truth value, six significant digits for a number, a dot for nothing."""
    if value is None:
        return "·"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(cell_text, value)) or "·"
    if isinstance(value, dict):
        return ", ".join(f"{key} {cell_text(item)}" for key, item in value.items()) or "·"
    return str(value)
