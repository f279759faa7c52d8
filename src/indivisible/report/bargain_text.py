"""Bargaining on the terminal and as a page: every turn with its challenges, what was taken, and where it ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from indivisible.errors import FileError
from indivisible.measures.bargaining import Turn
from indivisible.report.bargain_drawing import to_svg, write_png, write_svg
from indivisible.report.files import HTML_STYLE, html_table, write, write_text
from indivisible.report.html_table import table
from indivisible.report.terminal import cell_text, print_table
from indivisible.rules.bargain_answer import BargainAnswer

Row = dict[str, Any]


@dataclass(frozen=True)
class ShownBargain(BargainAnswer):
    """A bargain that can show and draw itself."""

    def show(self) -> None:
        """Print every turn, the end, the spread of draws, and what the rule leaves."""
        print(self.sentence())
        print(f"{self.how()}\n")
        for number, rows in enumerate(self.turns(), start=1):
            print(f"Turn {number}")
            print_table(rows)
        print("In the end")
        print_table(self.end_rows())
        self._show_draws()
        print("\n".join(self.left_said()))

    def how(self) -> str:
        """The constants used."""
        told = ", ".join(f"{name.replace('_', ' ')} {cell_text(x)}" for name, x in self.found.chosen.to_dict().items())
        return f"Settings: {told}."

    def turns(self) -> Iterator[list[Row]]:
        """One table a turn: before it, what each did, and where it stood after."""
        run = self.found.run
        rows = self.rows()
        count = len(self.keys)
        for number in range(len(run.turns)):
            after = rows[(number + 1) * count : (number + 2) * count]
            now = rows[number * count : (number + 1) * count]
            told = [self._turn_row(before, then) for before, then in zip(now, after, strict=True)]
            self._say_ties(run.turns[number], told)
            yield told

    def _say_ties(self, turn: Turn, rows: list[Row]) -> None:
        """Where two targets or two bargains were worth the same, the first in the alphabet was taken; that is said."""
        for one in turn.challenges:
            if one.tied:
                rows[one.challenger]["challenges"] += f" (even: {', '.join(self.keys[other] for other in one.tied)})"
        for row, choice in zip(rows, turn.choices, strict=True):
            if choice.tied:
                row["takes"] += " (even)"

    def _turn_row(self, now: Row, then: Row) -> Row:
        row: Row = {"actor": now["actor"]}
        row |= {name: short(now[name]) for name in self.names}
        row |= {"chance": round(now["chance"], 3), "risk": round(now["risk"], 2), "challenges": now["challenges"]}
        row |= {name: None if now[name] is None else round(now[name], 3) for name in ("odds", "gain")}
        seen = now["odds_seen"], now["gain_seen"]
        row["target sees"] = None if now["challenges"] is None else f"{seen[0]:.3f}, {seen[1]:+.3f}"
        row |= {"offers": now["offers"], "takes": now["takes"]}
        moved = any(abs(now[name] - then[name]) > 1e-9 for name in self.names)
        row["moves to"] = ", ".join(f"{then[name]:.4g}" for name in self.names) if moved else None
        return row

    def end_rows(self) -> list[Row]:
        """Where everybody started and stood in the end, the likeliest to prevail first."""
        run, found = self.found.run, []
        for actor, one in enumerate(self.found.placed.places):
            row: Row = {"actor": one.actor, "name": one.name if one.name != one.actor else None}
            for number, name in enumerate(self.names):
                start, end = (self.found.units(run.positions[turn, actor])[number] for turn in (0, -1))
                row |= {f"{name} at first": short(start), name: short(end)}
            found.append(row | {"chance": round(float(run.chances[-1][actor]), 4)})
        return sorted(found, key=lambda row: (-row["chance"], row["actor"]))

    def left_said(self) -> list[str]:
        """What the rule leaves, or why that is not told."""
        if self.found.left is None:
            return [f"What the body's rule leaves is not told: {self.found.not_told}."]
        told = ["What the rule leaves where everybody prefers what is nearer, from the positions at first:"]
        return told + [f"  {line}" for line in self.found.left.says()]

    def draws_said(self) -> str:
        """How many draws, and how they ended."""
        spread = self.found.spread
        assert spread is not None
        told = f"{len(spread.ends)} draws of the intervals (seed {spread.seed}), {int(spread.settled.sum())} settled"
        return f"{told}, in {spread.turns.min()} to {spread.turns.max()} turns; 90% of them ended between low and high:"

    def _show_draws(self) -> None:
        if self.found.spread is not None:
            print(self.draws_said())
            print_table(_rounded(self.spread_rows()))

    def to_html(self) -> str:
        """One self-contained page: the drawing, every turn, the end, the draws, and what the rule leaves."""
        parts = [f"<p>{escape(self.how())}</p>", f"<figure>{to_svg(self)}</figure>"]
        parts.append(_section("In the end", self.end_rows()))
        if self.found.spread is not None:
            parts.append(_section("Draws", _rounded(self.spread_rows()), self.draws_said()))
        parts.append("<h2>What the rule leaves</h2>" + "".join(f"<p>{escape(one)}</p>" for one in self.left_said()))
        for number, rows in enumerate(self.turns(), start=1):
            parts.append(_section(f"Turn {number}", rows))
        parts.append("<h2>All figures</h2>")
        return html_table(self).replace("<table>", "\n".join(parts) + "\n<table>", 1).replace(
            HTML_STYLE, HTML_STYLE + "\nfigure{margin:0}table{display:block;overflow-x:auto}", 1
        )  # fmt: skip


def short(figure: float) -> float:
    """Four digits are enough for the eye."""
    return float(f"{figure:.4g}")


def _rounded(rows: list[Row]) -> list[Row]:
    return [{name: short(x) if isinstance(x, float) else x for name, x in row.items()} for row in rows]


def _section(title: str, rows: list[Row], says: str = "") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row if any(one.get(name) is not None for one in rows)))
    body = [[escape(cell_text(row.get(name))) for name in names] for row in rows]
    told = f"<p>{escape(says)}</p>" if says else ""
    return f"<h2>{escape(title)}</h2>{told}" + table([escape(name) for name in names], body)


def write_bargain(answer: ShownBargain, path: str | os.PathLike[str]) -> Path:
    """Write the answer by its ending: .svg and .png draw the turns, .html is the page, .csv and others the rows."""
    target = Path(path)
    if not target.parent.is_dir():
        raise FileError("the folder does not exist", where=str(target.parent), do="make it first")
    ending = target.suffix.lower()
    if ending == ".svg":
        return write_svg(answer, target)
    if ending == ".png":
        return write_png(answer, target)
    if ending == ".html":
        return write_text(answer.to_html(), target)
    return write(answer, target)
