"""A file with the facts of a case, as the page takes it: holdings as CSV, or holdings and facts as YAML or JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from indivisible.apps.web.limits import Limits
from indivisible.errors import FileError
from indivisible.rules.case_file import load_text
from indivisible.rules.holdings import COLUMNS, HOLDINGS

ASWRITTEN = (".yml", ".yaml", ".json")
_INTERVAL = re.compile(r"\s*([^.]+)\.\.([^.]+)\s*")


def case_file(text: str, name: str, limits: Limits) -> dict[str, Any]:
    """The JSON shape case_file/1: holdings as CSV text, None where the file has none, and facts. Raises FileError."""
    text = text.removeprefix("\ufeff")
    limits.check("bytes of a file", len(text.encode()), limits.upload)
    if "\x00" in text:
        raise FileError("it is not a text", where=name, do="save it as CSV, YAML or JSON in UTF-8")
    if name.lower().endswith(ASWRITTEN):
        holdings, facts = _written(load_text(text, name, aliases=False), name)
    else:
        holdings, facts = _commas(text), {}
    rows = 0 if holdings is None else max(0, len(holdings.splitlines()) - 1)
    limits.check("rows of holdings", rows, limits.holdings)
    says = f"{name}: {rows} rows of holdings and {len(facts)} other facts."
    return {"schema": "case_file/1", "sentence": says, "holdings": holdings, "facts": facts}


def _commas(text: str) -> str:
    """The same table with commas, where a spreadsheet has written semicolons or tabs."""
    first = text.partition("\n")[0]
    other = next((sign for sign in (";", "\t") if sign in first and "," not in first), "")
    if not other:
        return text
    return _csv(list(csv.reader(io.StringIO(text), delimiter=other)))


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _written(found: object, name: str) -> tuple[str | None, dict[str, Any]]:
    """Holdings as CSV and the facts of a YAML or JSON file: a map of facts, or the rows of holdings alone."""
    if isinstance(found, list):
        found = {HOLDINGS: found}
    if not isinstance(found, dict):
        do = "write `holdings:` with a list of rows, and one `name: value` for each fact"
        raise FileError("it is not a map of facts", where=name, do=do)
    facts = {str(key): plain(value) for key, value in found.items() if key != HOLDINGS}
    if HOLDINGS not in found:
        return None, facts
    rows = found[HOLDINGS]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileError("holdings are not a list of rows", where=f"{name}, field {HOLDINGS}",
                        do=f"write one map a row: {', '.join(COLUMNS)}")  # fmt: skip
    lines = [_row(row, f"{name}, row {number}") for number, row in enumerate(rows, 1)]
    return _csv([list(COLUMNS), *lines]), facts


def _row(row: Mapping[str, object], where: str) -> list[str]:
    """One row of holdings in the order of the columns; `count` stands for low and high."""
    for field in row:
        if field not in (*COLUMNS, "count"):
            raise FileError(f"no column is called {field!r}", where=f"{where}, field {field}",
                            do=f"write {', '.join(COLUMNS)}, or count for low and high")  # fmt: skip
    given = {name: _cell(value) for name, value in row.items()}
    if "count" in given:
        ends = _INTERVAL.fullmatch(given.pop("count"))
        low, high = (ends[1].strip(), ends[2].strip()) if ends else (_cell(row["count"]),) * 2
        given = {"low": low, "high": high, **given}
    return [given.get(name, "") for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def plain(value: Any) -> Any:
    """What stands in a file as plain data, days as they are written."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat()[:10] if isinstance(value, date) else value
