"""The invented world of the panels with what worlds of years need beside it: capitals and alliances."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import invented_panels

from indivisible.readers import library

Row = dict[str, Any]
PLACES = {2: (10.0, 10.0), 20: (10.0, 30.0), 200: (-20.0, 0.0), 210: (-20.0, 5.0), 255: (40.0, 0.0), 300: (0.0, 90.0),
          400: (0.0, -90.0)}  # fmt: skip
RIVALS = ((2, 20, 2004, 2008), (20, 300, 1990, 2006), (210, 255, 2009, 2010))
MOVED = (2, "2010-05-01", (12.0, 11.0))  # 2 has another capital from that day


def world(folder: Path, home: Path) -> Path:
    """Write the files into `folder`, import them and those of the panels; the home."""
    invented_panels.world(folder, home)
    more = folder / "more"
    more.mkdir()
    for name, rows in _files().items():
        with (more / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    report = library.import_path(more, home=home)
    assert not report.failed, report.rows()
    return home


def _files() -> dict[str, list[Row]]:
    capitals = []
    for code, (latitude, longitude) in PLACES.items():
        first, last = "1990-01-01", "2019-12-31"
        row = {"ccode": code, "statenme": f"Land {code}", "capital": f"Town {code}"}
        if code == MOVED[0]:
            capitals.append(row | {"stdate": MOVED[1], "enddate": last, "lat": MOVED[2][0], "lng": MOVED[2][1]})
            last = "2010-04-30"
        capitals.append(row | {"stdate": first, "enddate": last, "lat": latitude, "lng": longitude})
    rivals = [
        {"rivalryno": at, "rivalryname": f"rivals {at}", "ccode1": one, "ccode2": two, "styear": first, "endyear": last,
         "region": "", "type1": "spatial", "type2": "", "type3": ""}
        for at, (one, two, first, last) in enumerate(RIVALS, 1)
    ]  # fmt: skip
    return {
        "cow_capitals_invented.csv": capitals,
        "alliance_v4.1_by_member_yearly.csv": _alliances(),
        "td_rivalries.csv": rivals,
    }


def _alliances() -> list[Row]:
    """Alliance 1 binds 2, 20 and 300 to defend one another to 2010; in alliance 2 only 255 is pledged to neutrality."""
    rows = []
    for year in range(2003, 2013):
        for number, code, kinds in (
            (1, 2, "defense"), (1, 20, "defense"), (1, 300, "defense"), (2, 255, "neutrality"), (2, 20, "entente"),
        ):  # fmt: skip
            if number == 1 and year > 2010:
                continue
            row: Row = dict.fromkeys(
                ("all_st_day", "all_st_month", "all_st_year", "all_end_day", "all_end_month", "all_end_year",
                 "mem_st_day", "mem_st_month", "mem_st_year", "mem_end_day", "mem_end_month", "mem_end_year"), 1,
            )  # fmt: skip
            row |= {"version4id": number, "ccode": code, "state_name": f"Land {code}", "ss_type": "x"}
            row |= {"left_censor": 0, "right_censor": 0, "year": year, "version": 4.1}
            row |= {kind: int(kind == kinds) for kind in ("defense", "neutrality", "nonaggression", "entente")}
            rows.append(row)
    return rows
