"""Answers as files: CSV, Parquet, Stata, JSON and HTML, written whole or not at all."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indivisible.errors import FileError
from indivisible.report.answer import Answer
from indivisible.report.json_text import rounded, to_json

HTML_STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;
color:#1b2430;background:#fff}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.35rem .7rem;border-bottom:1px solid #d8dee6;vertical-align:top}
th{border-bottom:2px solid #8a97a6}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.foot{color:#5a6673;font-size:.85rem;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{color:#e4e9ef;background:#12171d}th,td{border-color:#39424d}}"""


def write(answer: Answer, path: str | os.PathLike[str]) -> Path:
    """Write an answer to `path` in the format of its ending; atomic: an older file stays until the new one is whole.

    Raises FileError for an unknown ending, a missing folder, or a place that cannot be written.
    """
    target = Path(path)
    maker = WRITERS.get(target.suffix.lower())
    if maker is None:
        raise FileError(
            f"no format has the ending {target.suffix or '(none)'!r}", where=str(target), do=f"use {', '.join(WRITERS)}"
        )
    if not target.parent.is_dir():
        raise FileError("the folder does not exist", where=str(target.parent), do="make it first")
    replace_with(target, lambda temporary: maker(answer, temporary))
    return target


def write_text(text: str, path: str | os.PathLike[str]) -> Path:
    """Write a text to `path`, whole or not at all. Raises FileError."""
    target = Path(path)
    if not target.parent.is_dir():
        raise FileError("the folder does not exist", where=str(target.parent), do="make it first")
    replace_with(target, lambda temporary: temporary.write_text(text, encoding="utf-8"))
    return target


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file. Raises FileError."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as problem:
        raise FileError(f"cannot be read: {problem.strerror}", where=str(path), do="check the path") from None
    except UnicodeDecodeError as problem:
        raise FileError(f"byte {problem.start} is not UTF-8", where=str(path)) from None


def replace_with(target: Path, make: Callable[[Path], object]) -> None:
    """Let `make` write a file beside the target, then put it in the target's place in one step."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    except OSError as problem:
        raise FileError(f"cannot write here ({problem.strerror})", where=str(target.parent)) from None
    os.close(handle)
    temporary = Path(name)
    try:
        make(temporary)
        temporary.chmod(0o644)
        os.replace(temporary, target)
    except OSError as problem:
        raise FileError(f"cannot write ({problem.strerror})", where=str(target)) from None
    finally:
        temporary.unlink(missing_ok=True)


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose lists and mappings are JSON text, for formats that hold plain cells only."""
    return {
        key: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple, dict)) else value
        for key, value in rounded(row).items()
    }


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def csv_text(answer: Answer) -> str:
    """The rows as CSV; an unknown cell is empty, a truth value is true or false, as in JSON."""
    rows = [
        {name: str(value).lower() if isinstance(value, bool) else value for name, value in flat(row).items()}
        for row in answer.rows()
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=_columns(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _write_csv(answer: Answer, path: Path) -> None:
    path.write_text(csv_text(answer), encoding="utf-8")


def _write_json(answer: Answer, path: Path) -> None:
    path.write_text(to_json(answer.to_dict()), encoding="utf-8")


def to_polars(answer: Answer) -> Any:
    """The rows as a polars DataFrame (polars is imported only here)."""
    import polars

    rows = [flat(row) for row in answer.rows()]
    return polars.DataFrame(rows, infer_schema_length=None) if rows else polars.DataFrame()


def _write_parquet(answer: Answer, path: Path) -> None:
    about = {"sentence": answer.sentence(), "record": str(answer.to_dict().get("record", ""))}
    packed = io.BytesIO()  # polars does not tell a full disk from a broken table
    to_polars(answer).write_parquet(packed, metadata=about)
    path.write_bytes(packed.getvalue())


def _write_stata(answer: Answer, path: Path) -> None:
    import polars
    import pyreadstat

    frame = to_polars(answer)
    booleans = [name for name, kind in frame.schema.items() if kind == polars.Boolean]
    empty = [name for name, kind in frame.schema.items() if kind == polars.Null]
    frame = frame.with_columns([polars.col(booleans).cast(polars.Int8), polars.col(empty).cast(polars.String)])
    try:
        pyreadstat.write_dta(frame, str(path), file_label=answer.sentence()[:80])
    except pyreadstat.ReadstatError as problem:
        raise FileError(f"cannot write the Stata file ({problem})", where=str(path.parent)) from None


def _write_html(answer: Answer, path: Path) -> None:
    page = getattr(answer, "to_html", None)
    path.write_text(page() if page is not None else html_table(answer), encoding="utf-8")


def html_table(answer: Answer) -> str:
    """One self-contained page: the sentence, the table, the sources."""
    rows = [flat(row) for row in answer.rows()]
    names = [name for name in _columns(rows) if any(row.get(name) is not None for row in rows)]
    head = "".join(_head(name, rows) for name in names)
    body = "\n".join("<tr>" + "".join(_cell(row.get(name)) for name in names) + "</tr>" for row in rows)
    sources = ", ".join(answer.sources()) or "none"
    record = str(answer.to_dict().get("record", ""))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(answer.sentence())}</title>'
        f"<style>{HTML_STYLE}</style></head><body><h1>{html.escape(answer.sentence())}</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
        f'<p class="foot">Sources: {html.escape(sources)}.<br>Record {html.escape(record)}</p></body></html>\n'
    )


def _head(name: str, rows: list[dict[str, Any]]) -> str:
    """A column's head, to the right where its cells are numbers."""
    known = [row[name] for row in rows if row.get(name) is not None]
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in known)
    return f'<th scope="col"{" class=n" if numbers else ""}>{html.escape(name.replace("_", " "))}</th>'


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, (int, float)):
        return f'<td class="n">{value:g}</td>' if isinstance(value, float) else f'<td class="n">{value}</td>'
    return f"<td>{html.escape(str(value))}</td>"


WRITERS: dict[str, Callable[[Answer, Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".dta": _write_stata,
    ".json": _write_json,
    ".html": _write_html,
}
