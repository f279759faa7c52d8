"""What publishers offer as a zip archive or an Excel workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indivisible import readers
from indivisible.errors import FileError
from indivisible.readers import library

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = ("Constant (2024) US$", "Current US$", "Share of GDP", "Per capita", "Share of Govt. spending", "Footnotes")


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A small .xlsx file: numbers as numbers, the word `...` as a shared string, other text inline."""
    with zipfile.ZipFile(path, "w") as out:
        names = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(sheets, 1))
        out.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{names}</sheets></workbook>')
        links = "".join(
            f'<Relationship Id="r{at}" Target="worksheets/s{at}.xml" Type="x"/>' for at in range(1, len(sheets) + 1)
        )
        out.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        out.writestr("xl/sharedStrings.xml", f"<sst {MAIN}><si><r><t>..</t></r><r><t>.</t></r></si></sst>")
        for at, rows in enumerate(sheets.values(), 1):
            body = "".join(row_text(number, row) for number, row in enumerate(rows, 1))
            out.writestr(f"xl/worksheets/s{at}.xml", f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>")
    return path


def row_text(number: int, row: list[object]) -> str:
    filled = "".join(cell(value, "ABCDEF"[at] + str(number)) for at, value in enumerate(row))
    return f'<row r="{number}">{filled}</row>'


def cell(value: object, place: str) -> str:
    if value is None:
        return f'<c r="{place}"/>'
    if value == "...":
        return f'<c r="{place}" t="s"><v>0</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sipri(first: object = 10.5) -> dict[str, list[list[object]]]:
    table: list[list[object]] = [
        ["An invented sheet"],
        [],
        ["Country", None, "Notes", 2024, 2025.0],
        ["Somewhere", None, None, None, None],
        ["Aland", None, "note 1", first, "..."],
        ["Bland", None, None, "xxx", 0],
    ]
    return dict.fromkeys(SHEETS, table)


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "SIPRI-Milex-data-1949-2025.xlsx", sipri())
    report = library.import_path(path, home=tmp_path)
    assert [(one.dataset, one.version) for one in report.outcomes] == [("sipri_milex", "2026")]
    table = readers.open("sipri_milex", home=tmp_path).collect()
    assert table.rows() == [
        ("Aland", 2024, 10.5, 10.5, 10.5, 10.5, 10.5, 2024),
        ("Bland", 2025, 0.0, 0.0, 0.0, 0.0, 0.0, 2024),
    ], "no figure is no row, and a zero is a zero"


def test_a_cell_that_is_no_figure_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "SIPRI-Milex-data-1949-2025.xlsx", sipri("n.a."))
    with pytest.raises(FileError, match=r"SIPRI.*sheet 'Constant \(2024\) US\$'.*row 5, column 2024: 'n.a.'"):
        library.import_path(path, home=tmp_path)


def test_a_workbook_without_its_sheets_or_cut_short_or_of_something_else(tmp_path: Path) -> None:
    sheets = sipri()
    del sheets["Share of GDP"]
    path = workbook(tmp_path / "SIPRI-Milex-data-1949-2025.xlsx", sheets)
    with pytest.raises(FileError, match="no sheet 'Share of GDP'"):
        library.import_path(path, home=tmp_path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError, match="truncated"):
        library.import_path(path, home=tmp_path)
    other = workbook(tmp_path / "budget.xlsx", sipri())
    with pytest.raises(FileError, match="neither the name nor the columns"):
        library.import_path(other, home=tmp_path)


def test_a_zip_archive_is_imported_like_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("COW/system2016.csv", "stateabb,ccode,year,version\nAAA,901,2015,2016\n")
        out.writestr("COW/readme.csv", "a,b\n1,2\n")
    report = library.import_path(path, home=tmp_path)
    assert [(one.dataset, one.result) for one in report.outcomes] == [
        ("cow_system", "imported"),
        (None, "not recognised"),
    ]
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError, match="cannot be unpacked"):
        library.import_path(path, home=tmp_path)


def test_an_archive_in_a_folder_is_named_not_passed_over_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "system2016.csv").write_text("stateabb,ccode,year,version\nAAA,901,2015,2016\n")
    (folder / "more.zip").write_bytes(b"PK")
    report = library.import_path(folder, home=tmp_path)
    assert "import it by itself" in report.outcomes[-1].message
