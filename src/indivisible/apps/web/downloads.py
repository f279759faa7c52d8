"""An answer as a file to take away: JSON, CSV, a page, a picture or a printed sheet."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Any

from indivisible.apps.web.viewed import Viewed
from indivisible.errors import QuestionError
from indivisible.report.files import csv_text, write
from indivisible.report.json_text import to_json

MEDIA = {"csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8", "svg": "image/svg+xml",
         "pdf": "application/pdf", "json": "application/json",
         "yml": "application/yaml; charset=utf-8", "parquet": "application/vnd.apache.parquet",
         "dta": "application/octet-stream"}  # fmt: skip
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
FORMS = ("json", "csv", "html", "svg", "pdf", "parquet", "dta")


def as_json(answer: Any) -> dict[str, Any]:
    """An answer as JSON with its sentence; the viewpoint stands beside it."""
    plain = getattr(answer, "answer", answer)
    said = plain.plain if isinstance(plain, Viewed) else plain
    return {**plain.to_dict(), "sentence": said.sentence()}


def written_as(answer: Any, form: str) -> bytes:
    """The bytes of an answer in one of FORMS. Raises QuestionError for a form that this answer does not have."""
    plain = getattr(answer, "answer", answer)
    if form == "json":
        return to_json(as_json(plain)).encode()
    if form == "csv":
        return csv_text(plain).encode()
    if form == "svg":
        return _drawn(plain.plain, plain.view.sentence()) if isinstance(plain, Viewed) else _drawn(plain, "")
    if form == "pdf":
        from indivisible.apps.web.pdf import sheet_of

        return sheet_of(plain.printed() if isinstance(plain, Viewed) else plain)
    with TemporaryDirectory(prefix="indivisible-") as folder:
        return write(plain, Path(folder) / f"answer.{form}").read_bytes()


def _drawn(plain: Any, says: str) -> bytes:
    """The picture of an answer that has one, with a sentence below it."""
    schema = str(plain.to_dict().get("schema", ""))
    with TemporaryDirectory(prefix="indivisible-") as folder:
        path = Path(folder) / "answer.svg"
        if schema.startswith("history/"):
            from indivisible.report.history_page import write_svg

            return _with_words(write_svg(plain, path).read_text("utf-8"), says)
        if schema.startswith("bargain/"):
            from indivisible.report.bargain_text import write_bargain

            return _with_words(write_bargain(plain, path).read_text("utf-8"), says)
    raise QuestionError(f"{schema} has no picture of its own", where="form",
                        do="ask for json, csv, html or pdf; the page draws its figures itself")  # fmt: skip


def _with_words(drawing: str, says: str) -> bytes:
    """A drawing made higher by the lines of a sentence."""
    box = _BOX.search(drawing)
    lines = wrap(says, 120)
    if box is None or not lines:
        return drawing.encode()
    width, height = int(box[1]), int(box[2])
    words = "".join(
        f'<text x="8" y="{height + 16 * number}" font-size="12">{escape(line)}</text>'
        for number, line in enumerate(lines, 1)
    )
    higher = _BOX.sub(f'viewBox="0 0 {width} {height + 16 * len(lines) + 10}"', drawing, count=1)
    return f"{higher.rstrip().removesuffix('</svg>')}{words}</svg>".encode()
