"""An answer as a file to take away: JSON, CSV, a page, a picture or a printed sheet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indivisible.errors import QuestionError
from indivisible.report.files import csv_text, write
from indivisible.report.json_text import to_json

MEDIA = {"csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8", "svg": "image/svg+xml",
         "pdf": "application/pdf", "json": "application/json",
         "yml": "application/yaml; charset=utf-8", "parquet": "application/vnd.apache.parquet",
         "dta": "application/octet-stream"}  # fmt: skip
FORMS = ("json", "csv", "html", "svg", "pdf", "parquet", "dta")


def written_as(answer: Any, form: str) -> bytes:
    """The bytes of an answer in one of FORMS. Raises QuestionError for a form that this answer does not have."""
    plain = getattr(answer, "answer", answer)
    if form == "json":
        return to_json({**plain.to_dict(), "sentence": plain.sentence()}).encode()
    if form == "csv":
        return csv_text(plain).encode()
    if form == "svg":
        return _drawn(plain)
    if form == "pdf":
        from indivisible.apps.web.pdf import sheet_of

        return sheet_of(plain)
    with TemporaryDirectory(prefix="indivisible-") as folder:
        return write(plain, Path(folder) / f"answer.{form}").read_bytes()


def _drawn(plain: Any) -> bytes:
    """The picture of an answer that has one."""
    schema = str(plain.to_dict().get("schema", ""))
    with TemporaryDirectory(prefix="indivisible-") as folder:
        path = Path(folder) / "answer.svg"
        if schema.startswith("history/"):
            from indivisible.report.history_page import write_svg

            return write_svg(plain, path).read_bytes()
        if schema.startswith("bargain/"):
            from indivisible.report.bargain_text import write_bargain

            return write_bargain(plain, path).read_bytes()
    raise QuestionError(f"{schema} has no picture of its own", where="form",
                        do="ask for json, csv, html or pdf; the page draws its figures itself")  # fmt: skip
