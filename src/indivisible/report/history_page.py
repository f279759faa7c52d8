"""A history on the terminal, as one drawing a measure, and as a page: every figure has its limits and its table."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from indivisible.assess.history_answer import History, column_of
from indivisible.assess.history_measures import YearMeasure
from indivisible.report.files import HTML_STYLE, html_table, write_text
from indivisible.report.series import WIDTH, svg
from indivisible.report.terminal import print_table

_HEAD = re.compile(r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \d+ (\d+)"')
_TITLE = 26
_STYLE = "\nfigure{margin:0}table{display:block;overflow-x:auto}"


@dataclass(frozen=True)
class HistoryAnswer:
    """A history that can show and draw itself."""

    found: History

    @property
    def exit_code(self) -> int:
        """1 where it was interrupted."""
        return self.found.exit_code

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape history/1."""
        return self.found.to_dict()

    def sentence(self) -> str:
        """What was reckoned, over which years."""
        return self.found.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row a year."""
        return self.found.rows()

    def sources(self) -> tuple[str, ...]:
        """Names of the datasets that were read."""
        return self.found.sources()

    def cite(self) -> str:
        """BibTeX of the datasets."""
        return self.found.cite()

    def show(self) -> None:
        """Print the measures with their limits, what is not known, and a row a year."""
        print(self.sentence())
        print("\n".join(self.found.says()))
        first = [column for one in self.found.measures for column in self.found.columns(one)[:: len(one.columns)]]
        print_table([
            {"year": row["year"], "states": row["states"], **{column: _short(row.get(column)) for column in first}}
            for row in self.rows()
        ])  # fmt: skip
        print("The first figure of each measure; all of them: --out FILE.csv; drawn: --out FILE.html or .svg")

    def to_svg(self) -> str:
        """All measures as one SVG, one below the other."""
        parts, top = [], 0
        for one in self.found.measures:
            parts.append(f'<text x="8" y="{top + 17}" font-weight="bold">{escape(one.name)}</text>')
            top += _TITLE
            for drawing in self._drawings(one):
                figure, height = _nested(drawing, top)
                parts.append(figure)
                top += height
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
            f'font-family="system-ui,sans-serif" font-size="13" fill="currentColor">'
            f"<title>{escape(self.sentence())}</title>{''.join(parts)}</svg>"
        )

    def to_html(self) -> str:
        """One self-contained page: each measure drawn, with what it is and cannot say; what is not known; the table."""
        drawn = "".join(
            f"<h2>{escape(one.name)}</h2><p>It is {escape(one.says)}. It cannot say {escape(one.cannot)}.</p>"
            f"<figure>{''.join(self._drawings(one))}</figure>"
            for one in self.found.measures
        )
        gaps = "".join(f"<li>{escape(told)}</li>" for told in self.found.missing())
        known = f"<h2>Not known</h2><ul>{gaps}</ul>" if gaps else ""
        page = html_table(self).replace(HTML_STYLE, HTML_STYLE + _STYLE, 1)
        return page.replace("<table>", f"{drawn}{known}<h2>Every year</h2>\n<table>", 1)

    def _drawings(self, one: YearMeasure) -> Iterator[str]:
        """The drawings of a measure, for each reading of the model on its own."""
        for output in self.found.outputs if one.of_model else ("",):
            for columns in one.drawings:
                names = [column_of(column, output) for column in columns]
                rows = [{"year": row["year"]} | {name: row.get(name) for name in names} for row in self.found.body]
                yield svg(rows, title=", ".join(name.replace("_", " ") for name in names))


def _short(value: Any) -> Any:
    """Three digits are enough for the eye."""
    return float(f"{value:.3g}") if isinstance(value, float) else value


def _nested(figure: str, top: int) -> tuple[str, int]:
    """A drawing as part of a larger one, and its height."""
    found = _HEAD.match(figure)
    assert found is not None
    height = int(found[1])
    placed = f'<svg y="{top}" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return placed + figure[found.end() :], height


def write_svg(answer: HistoryAnswer, path: str | os.PathLike[str]) -> Path:
    """Write the drawing, whole or not at all. Raises FileError."""
    return write_text(answer.to_svg(), path)
