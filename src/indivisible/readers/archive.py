"""Zip archives as publishers offer them, and the sheets of a spreadsheet (.xlsx, a zip archive, too) as cells.

Only what a table of figures needs is read: text and numbers. Formulas, colours and formats are not.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from indivisible.errors import FileError

if TYPE_CHECKING:
    import polars as pl

CELL_COLUMNS = ("sheet", "row", "entry", "heading", "value")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK = "xl/workbook.xml"
_LARGEST = 4 << 30  # bytes unpacked; the largest dataset here has well under one
_AGAIN = "download it again from the publisher"


def is_workbook(path: Path) -> bool:
    """Whether the file is a spreadsheet in the .xlsx format. Raises FileError for a broken archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _BOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        raise FileError("the archive or spreadsheet is truncated or damaged", where=str(path), do=_AGAIN) from None


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with the files of a zip archive, gone afterwards. Raises FileError for a broken or huge archive."""
    with tempfile.TemporaryDirectory(prefix="indivisible-") as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                    raise FileError("the archive holds more than 4 GB", where=str(path), do="unpack it yourself")
                archive.extractall(folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as problem:
            what = f"the archive cannot be unpacked ({problem})"
            raise FileError(what, where=str(path), do=_AGAIN) from None
        yield folder


def cells(path: Path, headers: Sequence[str]) -> pl.DataFrame:
    """Every filled cell below a header row, which is the first whose first cell is one of `headers`; all as text."""
    import polars as pl

    try:
        with zipfile.ZipFile(path) as archive:
            shared = _shared_strings(archive)
            found = [cell for name, part in _sheets(archive) for cell in _cells(archive, name, part, shared, headers)]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError, OSError) as problem:
        what = f"the spreadsheet is damaged ({type(problem).__name__})"
        raise FileError(what, where=str(path), do=_AGAIN) from None
    return pl.DataFrame(found, schema=dict.fromkeys(CELL_COLUMNS, pl.String), orient="row")


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    for sheet in ElementTree.fromstring(archive.read(_BOOK)).iter(f"{_MAIN}sheet"):
        target = targets[sheet.attrib[_LINK]]
        yield sheet.attrib["name"], target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _cells(
    archive: zipfile.ZipFile, sheet: str, part: str, shared: list[str], headers: Sequence[str]
) -> Iterator[tuple[str, str, str, str, str]]:
    heading: dict[str, str] = {}
    for row in ElementTree.fromstring(archive.read(part)).iter(f"{_MAIN}row"):
        values = dict(_values(row, shared))
        entry = values.get("A", "")
        if not heading:
            heading = values if entry in headers else {}
            continue
        for column, value in values.items():
            if column != "A" and column in heading:
                yield sheet, row.attrib["r"], entry, heading[column], value


def _values(row: ElementTree.Element, shared: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{_MAIN}c"):
        kind = cell.attrib.get("t", "n")
        if kind == "inlineStr":
            text = "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
        else:
            text = cell.findtext(f"{_MAIN}v", "")
            text = shared[int(text)] if kind == "s" and text else text
        if text.strip():
            yield re.sub(r"\d", "", cell.attrib["r"]), text.strip()
