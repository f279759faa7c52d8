"""Measure panels: seconds and peak memory, with the same tables made in plain polars and in pandas beside them.

    python benchmarks/panels.py [PART ...]

The published datasets are taken from `$INDIVISIBLE_DATA` or `../shared/data`. Every part runs in a process of its own;
pandas is measured where it is installed. Nothing here is asserted by a test.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
YEARS = (1816, 2025)
JOINED = ("contiguity", "majors", "nmc", "atop", "gml-mids")
EVERYTHING = (*JOINED, "mids", "distance", "igos", "trade", "rivalries", "democracy", "peace-years")
NMC = ["milex", "milper", "irst", "pec", "tpop", "upop", "cinc"]
ATOP = ["defense", "offense", "neutral", "nonagg", "consul"]
Timed = Callable[[], object]


def bare() -> Timed:
    from indivisible import panels

    return lambda: panels.dyad_years(years=YEARS, carry_system=True).frame()


def joined() -> Timed:
    from indivisible import panels

    return lambda: panels.dyad_years(years=YEARS, carry_system=True).with_(*JOINED).frame()


def everything() -> Timed:
    from indivisible import panels

    return lambda: panels.dyad_years(years=YEARS, carry_system=True).with_(*EVERYTHING).frame()


def three_years() -> Timed:
    from indivisible import panels

    return lambda: panels.dyad_years(years=(2000, 2002)).with_(*JOINED).frame()


def streamed() -> Timed:
    from indivisible import panels

    folder = tempfile.mkdtemp()
    made = panels.dyad_years(years=YEARS, carry_system=True).with_(*EVERYTHING)
    return lambda: made.write(Path(folder) / "panel.parquet")


def peace() -> Timed:
    """Years of peace alone, on the 2.25 million rows of a table that is there already."""
    from indivisible import panels
    from indivisible.panels.peace import peace_years

    frame = panels.dyad_years(years=YEARS, carry_system=True).with_("gml-mids").frame()
    units = (frame["ccode1"] * 1000 + frame["ccode2"]).to_numpy()
    years, events = frame["year"].to_numpy(), (frame["gmlmidongoing"] == 1).fill_null(False).to_numpy()
    return lambda: [peace_years(units, years, events, gaps=gaps) for gaps in ("bridge",)]


def peace_polars() -> Timed:
    """The same in plain polars: sorted by pair, runs by cumulative sums; over gaps the count starts anew."""
    import polars as pl

    from indivisible import panels

    frame = panels.dyad_years(years=YEARS, carry_system=True).with_("gml-mids").frame()

    def make() -> Any:
        pair = ["ccode1", "ccode2"]
        event = (pl.col("gmlmidongoing") == 1).fill_null(False)
        ordered = frame.sort([*pair, "year"]).with_columns(
            event.shift(1, fill_value=False).over(pair).alias("after"),
            ((pl.col("year") - pl.col("year").shift(1).over(pair)) > 1).fill_null(False).alias("gap"),
        )
        runs = ordered.with_columns((pl.col("after") | pl.col("gap")).cum_sum().over(pair).alias("run"))
        return runs.with_columns(pl.int_range(pl.len()).over([*pair, "run"]).alias("spell"))

    return make


def plain_polars() -> Timed:
    import polars as pl

    from indivisible import readers

    def make() -> Any:
        system = readers.open("cow_system").select("ccode", "year")
        later = pl.LazyFrame({"year": list(range(2017, YEARS[1] + 1))})
        system = pl.concat([system, system.filter(pl.col("year") == 2016).select("ccode").join(later, how="cross")])
        pairs = system.join(system, on="year", suffix="2").rename({"ccode": "ccode1"})
        pairs = pairs.filter(pl.col("ccode1") != pl.col("ccode2"))
        key = ["ccode1", "ccode2", "year"]
        near = readers.open("cow_contiguity_years").group_by(key).agg(pl.col("conttype").min())
        made = pairs.join(near, on=key, how="left").with_columns(_inside(pl.col("conttype"), 2016))
        majors = _majors(readers.open("cow_majors").collect())
        for side in ("1", "2"):
            sided = {"ccode": f"ccode{side}"} | {name: f"{name}{side}" for name in NMC}
            made = made.join(majors.rename({"ccode": f"ccode{side}", "cowmaj": f"cowmaj{side}"}).lazy(),
                             on=[f"ccode{side}", "year"], how="left")  # fmt: skip
            made = made.with_columns(_inside(pl.col(f"cowmaj{side}"), 2016))
            made = made.join(readers.open("nmc").rename(sided), on=[f"ccode{side}", "year"], how="left")
        made = made.join(readers.open("atop_directed"), on=key, how="left")
        made = made.with_columns(_inside(pl.col(name).cast(pl.Int8), 2018) for name in ATOP)
        order = ["onset", "fatality", "hostlev", "mindur"]
        gml = readers.open("gml_disputes").sort(order, descending=True).unique(key, keep="first", maintain_order=True)
        gml = gml.select(*key, "dispnum", "onset", pl.lit(1).cast(pl.Int8).alias("ongoing"))
        made = made.join(gml, on=key, how="left")
        made = made.with_columns(_inside(pl.col(name).cast(pl.Int8), 2010) for name in ("onset", "ongoing"))
        return made.sort("year", "ccode1", "ccode2").collect()

    def _inside(column: Any, last: int) -> Any:
        return pl.when(pl.col("year") <= last).then(column.fill_null(0))

    return make


def _majors(spells: Any) -> Any:
    import polars as pl

    rows = [
        {"ccode": row["ccode"], "year": year, "cowmaj": 1}
        for row in spells.iter_rows(named=True)
        for year in range(row["begins"].year, (row["ends"] or row["known_to"]).year + (row["ends"] is not None))
    ]
    return pl.DataFrame(rows).unique()


def plain_pandas() -> Timed:
    import pandas as pd

    from indivisible import readers

    def table(name: str) -> Any:
        frame = readers.open(name).collect()
        return pd.DataFrame({column: frame[column].to_numpy() for column in frame.columns})

    def make() -> Any:
        system = table("cow_system")[["ccode", "year"]]
        last = system[system["year"] == 2016]
        later = [last.assign(year=year) for year in range(2017, YEARS[1] + 1)]
        system = pd.concat([system, *later])
        pairs = system.merge(system, on="year", suffixes=("1", "2"))
        made = pairs[pairs["ccode1"] != pairs["ccode2"]]
        key = ["ccode1", "ccode2", "year"]
        near = table("cow_contiguity_years").groupby(key, as_index=False)["conttype"].min()
        made = made.merge(near, on=key, how="left")
        rows = _majors(readers.open("cow_majors").collect())
        majors = pd.DataFrame({column: rows[column].to_numpy() for column in rows.columns})
        for side in ("1", "2"):
            sided = {"ccode": f"ccode{side}", "cowmaj": f"cowmaj{side}"} | {name: f"{name}{side}" for name in NMC}
            made = made.merge(majors.rename(columns=sided), on=[f"ccode{side}", "year"], how="left")
            made = made.merge(table("nmc").rename(columns=sided), on=[f"ccode{side}", "year"], how="left")
        made = made.merge(table("atop_directed"), on=key, how="left")
        gml = table("gml_disputes").sort_values(["onset", "fatality", "hostlev", "mindur"], ascending=False)
        gml = gml.drop_duplicates(key)[[*key, "dispnum", "onset"]].assign(ongoing=1)
        made = made.merge(gml, on=key, how="left")
        ends = {"conttype": 2016, "cowmaj1": 2016, "cowmaj2": 2016, "onset": 2010, "ongoing": 2010}
        for name, last_year in (ends | dict.fromkeys(ATOP, 2018)).items():
            made[name] = made[name].astype("float32").fillna(0).where(made["year"] <= last_year)
        return made.sort_values(["year", "ccode1", "ccode2"])

    return make


PARTS: dict[str, tuple[str, str, Callable[[], Timed]]] = {
    "bare": ("2,252,760 directed dyad-years", "0.1 s", bare),
    "joined": ("the same with contiguity, majors, NMC, ATOP, GML disputes", "0.6 s, 1 GB", joined),
    "polars": ("the same in plain polars", "", plain_polars),
    "pandas": ("the same in pandas", "", plain_pandas),
    "three-years": ("three years of the same", "", three_years),
    "peace": ("years of peace of 2,252,760 rows", "0.1 s", peace),
    "peace-polars": ("the same in plain polars", "", peace_polars),
    "everything": ("dyad-years with all twelve sources, in memory", "", everything),
    "streamed": ("the same streamed to Parquet", "", streamed),
}


def one(part: str) -> None:
    """Run a part in this process: first and median seconds, peak memory in MB."""
    call = PARTS[part][2]()
    taken = []
    for _ in range(6):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes on macOS, KiB elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"{statistics.median(taken[1:]):.3f} {taken[0]:.3f} {min(taken):.3f} {peak:.0f}")


def measured(parts: list[str]) -> list[tuple[str, str, str]]:
    """What, bound and measurement of each part, for the table of all benchmarks."""
    folder = Path(os.environ.get("INDIVISIBLE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        return [(PARTS[part][0], PARTS[part][1], "not measured: no data folder") for part in parts]
    rows = []
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "INDIVISIBLE_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        code = f"from indivisible.readers import library; library.import_path({str(folder)!r})"
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        for part in parts:
            what, bound, _ = PARTS[part]
            if part == "pandas" and importlib.util.find_spec("pandas") is None:
                rows.append((what, bound, "not measured: pandas is not installed"))
                continue
            command = [sys.executable, __file__, "--one", part]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            median, first, least, peak = done.stdout.split()
            rows.append((what, bound, f"{median} s (least {least}, first {first}), {peak} MB"))
    return rows


def main() -> int:
    """Measure the parts named, or all."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
        return 0
    unknown = sorted(set(sys.argv[1:]) - set(PARTS))
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    for what, bound, value in measured(sys.argv[1:] or list(PARTS)):
        print(f"{what:<62} {bound:<12} {value}")
    print(f"load average {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
