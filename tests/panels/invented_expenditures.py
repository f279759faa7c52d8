"""An invented SIPRI and invented National Material Capabilities, in the publishers' layouts, about real states.

Norway is missing in 2018; Poland has nine times as much from 2013.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from indivisible.readers import library

FIRST, LAST = 2004, 2018
NAMES = ("Belarus", "Congo, DR", "Estonia", "Finland", "Georgia", "Germany", "Latvia", "Norway", "Poland", "Russia",
         "Sweden", "Türkiye", "Ukraine", "European Union")  # fmt: skip


def imported(folder: Path, home: Path) -> Path:
    """Write both files into `folder` and import them; the home."""
    luck, rows = random.Random(3), []
    for name in NAMES:
        spent = luck.uniform(100, 900)
        for year in range(FIRST, LAST + 1):
            spent *= luck.uniform(0.85, 1.2) * (9.0 if (name, year) == ("Poland", 2013) else 1.0)
            if (name, year) != ("Norway", 2018):
                rows.append({"Country": name, "year": year, "constant_2022_usd_m": round(spent, 3),
                             "current_usd_m": round(spent * 0.9, 3), "per_capita_usd": "", "share_of_gdp": "",
                             "share_of_govt_spending": ""})  # fmt: skip
    _write(folder / "sipri_milex_invented.csv", rows)
    others = dict.fromkeys(("milper", "irst", "pec", "tpop", "upop"), 1)
    _write(folder / "cow_nmc_invented.csv", [
        {"ccode": code, "year": year, "milex": 1000 * code} | others | {"cinc": 0.1}
        for code in (385, 390, 375) for year in range(FIRST, LAST + 1)
    ])  # fmt: skip
    report = library.import_path(folder, home=home)
    assert not report.failed, report.rows()
    return home


def _write(path: Path, rows: Sequence[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
