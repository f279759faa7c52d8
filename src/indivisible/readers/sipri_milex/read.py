"""Military expenditure: one row a state and year, from the workbook's sheets or a table made of them."""

from __future__ import annotations

import re

import polars as pl

from indivisible.errors import FileError

_FIGURES = ("constant_usd_m", "current_usd_m", "per_capita_usd", "share_of_gdp", "share_of_government")
_LONG = {
    "Country": "country",
    "constant_2022_usd_m": "constant_usd_m",
    "share_of_govt_spending": "share_of_government",
}
_LONG_BASE_YEAR = 2022
_SHEETS = {
    "constant_usd_m": r"Constant \((\d{4})\) US\$",
    "current_usd_m": r"Current US\$",
    "per_capita_usd": r"Per capita",
    "share_of_gdp": r"Share of GDP",
    "share_of_government": r"Share of Govt\. spending",
}
_NO_FIGURE = ("...", ". .", "..", "xxx")
_YEAR = r"^((?:19|20)\d\d)(?:\.0)?$"
_SHOWN = 20


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The five figures; from one sheet of the workbook, one figure and four that are not known."""
    if layout == "workbook":
        return _workbook(frame)
    if layout == "long":
        base_year = pl.lit(_LONG_BASE_YEAR, dtype=pl.Int64).alias("base_year")
        return frame.rename(_LONG).select("country", "year", *_FIGURES, base_year)
    if layout == "sheet-current":
        long = frame.unpivot(index="Country", variable_name="year", value_name="current_usd_m")
        unknown = pl.lit(None, dtype=pl.Float64)
        return (
            long.drop_nulls("current_usd_m")
            .with_columns(pl.col("year").str.slice(0, 4).cast(pl.Int64))
            .with_columns(unknown.alias(name) for name in _FIGURES if name != "current_usd_m")
            .rename({"Country": "country"})
            .select("country", "year", *_FIGURES, pl.lit(None, dtype=pl.Int64).alias("base_year"))
        )
    raise AssertionError(layout)


def _workbook(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells of the five sheets, brought together by country and year."""
    names = cells["sheet"].unique().to_list()
    base_year: int | None = None
    parts = []
    for figure, pattern in _SHEETS.items():
        found = next((match for name in sorted(names) if (match := re.fullmatch(pattern, name))), None)
        if found is None:
            plain = pattern.replace("\\", "")
            raise FileError(f"the workbook has no sheet {plain!r} with a row that begins with Country")
        if found.groups():
            base_year = int(found[1])
        part = _figures(cells.filter(pl.col("sheet") == found[0]), found[0])
        parts.append(part.with_columns(figure=pl.lit(figure)))
    long = pl.concat(parts)
    wide = long.pivot(on="figure", index=["country", "year"], values="value", aggregate_function=None)
    lost = [pl.lit(None, dtype=pl.Float64).alias(name) for name in _FIGURES if name not in wide.columns]
    base = pl.lit(base_year, dtype=pl.Int64).alias("base_year")
    return wide.with_columns(*lost, base).select("country", "year", *_FIGURES, "base_year")


def _figures(cells: pl.DataFrame, sheet: str) -> pl.DataFrame:
    years = cells.with_columns(year=pl.col("heading").str.extract(_YEAR).cast(pl.Int64)).filter(
        pl.col("year").is_not_null() & ~pl.col("value").is_in(_NO_FIGURE)
    )
    typed = years.with_columns(number=pl.col("value").cast(pl.Float64, strict=False))
    bad = typed.filter(pl.col("number").is_null() | (pl.col("number") < 0) | ~pl.col("number").is_finite())
    if bad.height:
        rows = bad.head(_SHOWN).rows(named=True)
        shown = "; ".join(f"row {one['row']}, column {one['heading']}: {one['value']!r}" for one in rows)
        what = f"{bad.height} value(s) of the sheet {sheet!r} are no figures: {shown}"
        raise FileError(what, do="nothing was imported; download the workbook again")
    return typed.select(pl.col("entry").alias("country"), "year", pl.col("number").alias("value"))
