"""What every reader of outside data must satisfy, whatever the dataset and the layout of its file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from reader_samples import LAYOUTS, file_name, layout_of, names, rows, sample, write

from indivisible import readers
from indivisible.errors import FileError
from indivisible.readers import library
from indivisible.readers.dataset import dataset
from indivisible.values import Truth

every_layout = pytest.mark.parametrize(("key", "name"), LAYOUTS, ids=[f"{key}/{name}" for key, name in LAYOUTS])


def refused(path: Path, key: str, home: Path) -> str:
    """The message of the refusal; nothing may have been kept."""
    with pytest.raises(FileError) as caught:
        library.import_path(path, dataset=key, home=home)
    assert path.name in str(caught.value)
    data = home / "data"
    assert not data.exists() or not list(data.iterdir()), "something was half-imported"
    return str(caught.value)


@every_layout
def test_a_sound_file_is_imported_opened_and_checked(key: str, name: str, tmp_path: Path) -> None:
    path = sample(tmp_path, key, name)
    report = library.import_path(path, home=tmp_path)
    assert [(one.dataset, one.result) for one in report.outcomes] == [(key, "imported")]
    table = readers.open(key, home=tmp_path).collect()
    described = dataset(key)
    assert table.columns == list(described.table)
    assert table.height > 0
    assert not table.select(pl.struct(described.unique).is_duplicated().any()).item()
    assert [(one.dataset, one.result) for one in library.check(home=tmp_path).findings] == [(key, "sound")]
    again = library.import_path(path, home=tmp_path)
    assert [one.result for one in again.outcomes] == ["already"]


@every_layout
def test_a_parquet_copy_reads_the_same(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    if layout.header:
        pytest.skip("this layout is a sheet with lines before its header; Parquet has none")
    path = sample(tmp_path, key, name)
    library.import_path(path, home=tmp_path / "csv")
    copy = path.with_suffix(".parquet")
    pl.read_csv(path, infer_schema_length=None).write_parquet(copy)
    library.import_path(copy, dataset=key, home=tmp_path / "parquet")
    left = readers.open(key, home=tmp_path / "csv").collect()
    assert left.equals(readers.open(key, home=tmp_path / "parquet").collect())


@every_layout
def test_a_missing_code_becomes_null_never_a_number(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    table = rows(key, layout)
    coded = []
    for column_name in names(key, layout):
        column = layout.column(column_name)
        assert column is not None
        codes = [code for code in column.missing if not isinstance(code, str)]
        in_key = column_name in layout.key and column.filled is None
        if codes and not column.drop and not in_key and not column.filled:
            table[0][column_name] = str(codes[0])
            coded.append(float(codes[0]))
    if not coded:
        pytest.skip("the publisher uses no missing codes in this layout")
    library.import_path(write(tmp_path / file_name(layout), layout, table), dataset=key, home=tmp_path)
    frame = readers.open(key, home=tmp_path).collect()
    numeric = frame.select(pl.col(pl.Int64, pl.Float64))
    for column in numeric:
        assert not column.cast(pl.Float64).is_in(coded).any(), f"{column.name} keeps a missing code as a number"
    assert sum(frame.null_count().row(0)) >= 1


@every_layout
def test_an_unknown_column_is_refused_by_name(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    table = [{**row, "Unheard-of column": "1"} for row in rows(key, layout)]
    message = refused(write(tmp_path / file_name(layout), layout, table), key, tmp_path / "home")
    assert "unknown column 'Unheard-of column'" in message


@every_layout
def test_a_missing_column_is_refused_with_the_near_name(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    able = [one for one in layout.required if len(one) > 3 and one != layout.header]
    if not able:
        pytest.skip("without its one required column the header of this layout cannot be found at all")
    lost = able[-1]
    wrong = f"{lost}__X"
    table = [{wrong if at == lost else at: value for at, value in row.items()} for row in rows(key, layout)]
    message = refused(write(tmp_path / file_name(layout), layout, table), key, tmp_path / "home")
    assert lost in message
    assert wrong in message
    assert "near:" in message


@every_layout
def test_a_duplicate_key_is_refused_with_its_rows(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    if not layout.key:
        pytest.skip("rows of this layout may be alike: they are told apart by their place in the file")
    table = rows(key, layout)
    path = write(tmp_path / file_name(layout), layout, [*table, table[0]])
    first = 2 + (2 if layout.header else 0)
    message = refused(path, key, tmp_path / "home")
    assert f"rows {first}, {first + len(table)} are both" in message


@every_layout
def test_a_bad_value_is_named_with_row_and_column(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    table = rows(key, layout)
    column = next(
        one
        for one in names(key, layout)
        if (found := layout.column(one)) is not None and not found.drop and found.type != "text"
    )
    table[1][column] = "twelve"
    message = refused(write(tmp_path / file_name(layout), layout, table), key, tmp_path / "home")
    row = 3 + (2 if layout.header else 0)
    assert f"row {row}, column {column}: 'twelve' is not" in message


@every_layout
def test_a_truncated_file_is_refused(key: str, name: str, tmp_path: Path) -> None:
    layout = layout_of(key, name)
    path = sample(tmp_path, key, name)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b",")])
    assert "truncated" in refused(path, key, tmp_path / "home")
    if not layout.header:
        copy = path.with_suffix(".parquet")
        pl.DataFrame(rows(key, layout)).write_parquet(copy)
        copy.write_bytes(copy.read_bytes()[:-20])
        assert "truncated" in refused(copy, key, tmp_path / "home")


@every_layout
def test_past_the_window_the_answer_is_unknown(key: str, name: str, tmp_path: Path) -> None:
    library.import_path(sample(tmp_path, key, name), home=tmp_path)
    assert readers.covers(key, 2099, home=tmp_path) is Truth.NO
    assert readers.within(key, 2099, Truth.NO, home=tmp_path) is Truth.UNKNOWN
    assert readers.within(key, 1200, Truth.YES, home=tmp_path) is Truth.UNKNOWN
