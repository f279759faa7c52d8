"""An invented world in the publishers' layouts: seven lands, 2003 to 2020, about nobody; imported for the tests.

2 and 20 go through the whole time. 200 leaves in March 2008 and 210 enters in July of that year, so that the two
never meet. 300 leaves in 2009 and comes back in 2012; its
Gleditsch-Ward namesake 301 has no COW code before 2005. 400 is in the system of 2016 only from 2015. 255 has no data.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

from indivisible.readers import library

Row = dict[str, Any]
CODES = (2, 20, 200, 210, 255, 300, 400)
SPELLS = (
    (2, "2003-01-01", "2016-12-31"),
    (20, "2003-01-01", "2016-12-31"),
    (200, "2003-01-01", "2008-03-10"),
    (210, "2008-07-01", "2016-12-31"),
    (255, "2004-05-06", "2016-12-31"),
    (300, "2003-01-01", "2009-02-02"),
    (300, "2012-06-01", "2016-12-31"),
    (400, "2015-01-01", "2016-12-31"),
)
GW = {2: 2, 20: 20, 210: 211, 255: 260, 300: 301}  # COW code -> Gleditsch-Ward code


def world(folder: Path, home: Path) -> Path:
    """Write every file into `folder` and import it; the home."""
    for name, rows in {**_states(), **_pairs()}.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    report = library.import_path(folder, home=home)
    assert not report.failed, report.rows()
    assert all(one.result == "imported" for one in report.outcomes), report.rows()
    return home


def _dated(first: str, last: str) -> Row:
    names = ("styear", "stmonth", "stday", "endyear", "endmonth", "endday")
    return dict(zip(names, [int(part) for part in (*first.split("-"), *last.split("-"))], strict=True))


def _states() -> dict[str, list[Row]]:
    luck = random.Random(1)
    system = [
        {"stateabb": f"S{code}", "ccode": code, "statenme": f"Land {code}"} | _dated(a, b) | {"version": 2016}
        for code, a, b in SPELLS
    ]
    majors = [{"stateabb": "S2", "ccode": 2} | _dated("2003-01-01", "2016-12-31") | {"version": 2016}]
    majors += [{"stateabb": "S20", "ccode": 20} | _dated("2006-02-01", "2007-12-31") | {"version": 2016}]
    nmc, democracy, gw, igos = [], [], [], []
    for code in CODES:
        for year in range(2003, 2021):
            figures = {"milex": luck.choice([-9, luck.randrange(9000)]), "milper": luck.randrange(500)}
            figures |= {name: luck.randrange(1000) for name in ("irst", "pec", "tpop", "upop")}
            if code != 255 and year < 2019:
                nmc.append({"ccode": code, "year": year} | figures | {"cinc": round(luck.random(), 5)})
                polity = luck.choice(["", luck.randrange(-10, 11)])
                row = {"ccode": code, "year": year, "euds": round(luck.uniform(-2, 2), 4), "aeuds": 0.5}
                democracy.append(row | {"polity2": polity, "v2x_polyarchy": round(luck.random(), 3)})
            if code in GW:
                own = "" if code == 300 and year < 2005 else code
                gw.append({"stateabb": f"S{code}", "year": year, "gwcode": GW[code], "ccode": own, "gw_name": "",
                           "cw_name": ""})  # fmt: skip
            if code != 400 and year < 2013:
                row = {"ccode": code, "year": year, "state": f"s{code}"}
                igos.append(row | {name: luck.choice([-9, -1, 0, 1, 1, 2, 3]) for name in ("aaa", "bbb", "ccc", "ddd")})
    return {
        "states2016.csv": system,
        "majors2016.csv": majors,
        "cow_nmc_invented.csv": nmc,
        "cw_democracy.csv": democracy,
        "cw_gw_panel.csv": gw,
        "state_year_formatv3.csv": igos,
    }


def _pairs() -> dict[str, list[Row]]:
    luck = random.Random(2)
    contiguity, atop, trade, distance = [], [], [], []
    for year in range(2003, 2021):
        for one in CODES:
            for two in CODES:
                if one == two:
                    continue
                if year < 2017 and abs(one - two) < 100 and luck.random() < 0.9:
                    for kind in {luck.choice([1, 2, 5]), luck.choice([1, 5])}:
                        row = {"dyad": one * 1000 + two, "state1no": one, "state1ab": "x", "state2no": two}
                        contiguity.append(row | {"state2ab": "y", "year": year, "conttype": kind, "version": 3.2})
                if year < 2019 and luck.random() < 0.3:
                    kinds = {f"atop_{name}": luck.randrange(2) for name in OBLIGATIONS}
                    atop.append({"ccode1": one, "ccode2": two, "year": year} | kinds)
                if one < two:
                    flows = {name: luck.choice([-9, round(luck.random() * 99, 2)]) for name in FLOWS}
                    if year < 2015:
                        trade.append({"ccode1": one, "ccode2": two, "year": year} | flows)
                    if luck.random() < 0.8:
                        distance.append({"ccode1": one, "ccode2": two, "year": year,
                                         "mindist": round(luck.random() * 9000, 1)})  # fmt: skip
    return {
        "contdird.csv": contiguity,
        "atop_alliance.csv": atop,
        "cow_trade_ddy.csv": trade,
        "cow_mindist.csv": distance,
        "gml_dirdisp.csv": _gml(),
        "cow_mid_dirdisps.csv": _mids(),
        "tss_rivalries.csv": _rivalries(),
    }


OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
FLOWS = ("flow1", "flow2", "smoothflow1", "smoothflow2")


def _disputes(seed: int, last: int) -> list[tuple[int, int, int, int, bool, random.Random]]:
    """Number, two states, year, whether it begins in the year; often several of a pair in one year."""
    luck = random.Random(seed)
    made = []
    for number in range(1, 60):
        one, two = sorted(luck.sample(CODES, 2))
        start = luck.randrange(2003, last + 1)
        for year in range(start, min(last, start + luck.randrange(3)) + 1):
            made.append((number, one, two, year, year == start, luck))
    return made


def _sides(luck: random.Random, names: tuple[str, ...], highs: tuple[int, ...], lows: tuple[int, ...]) -> list[Row]:
    """The same figures seen from each of the two sides."""
    first = [luck.choice([-9, luck.randrange(low, high + 1)]) for low, high in zip(lows, highs, strict=True)]
    second = [luck.randrange(low, high + 1) for low, high in zip(lows, highs, strict=True)]
    both = [{f"{n}1": a, f"{n}2": b} for n, a, b in zip(names, first, second, strict=True)]
    turned = [{f"{n}1": b, f"{n}2": a} for n, a, b in zip(names, first, second, strict=True)]
    return [{k: v for part in parts for k, v in part.items()} for parts in (both, turned)]


def _gml() -> list[Row]:
    rows = []
    for number, one, two, year, begins, luck in _disputes(3, 2010):
        whole = {"hiact": 9, "hostlev": luck.randrange(2, 4), "mindur": luck.randrange(1, 4), "maxdur": 9,
                 "outcome": 1, "settle": 1, "fatality": luck.choice([-9, 0, 1]), "fatalpre": 0,
                 "stmon": luck.choice([3, 4, 13]), "endmon": 5, "recip": luck.randrange(2), "numa": 1, "numb": 1,
                 "ongo2010": 0, "version": "x"}  # fmt: skip
        figures = _sides(luck, ("fatality", "hiact", "hostlev"), (6, 21, 5), (0, 0, 1))
        for (a, b), side, own in (((one, two), 1, figures[0]), ((two, one), 0, figures[1])):
            row = {"dispnum": number, "ccode1": a, "ccode2": b, "year": year, "midongoing": 1, "midonset": int(begins),
                   "sidea1": side, "sidea2": 1 - side, "revstate1": -9, "revstate2": 0}  # fmt: skip
            row |= dict.fromkeys(("revtype11", "revtype12", "revtype21", "revtype22", "fatalpre1", "fatalpre2"), 0)
            rows.append(row | own | {"orig1": 1, "orig2": 1} | whole)
    return rows


def _mids() -> list[Row]:
    rows = []
    for number, one, two, year, begins, luck in _disputes(4, 2014):
        figures = _sides(luck, ("fatality", "hiact"), (6, 21), (0, 0))
        levels = [luck.randrange(1, 6), luck.randrange(1, 6)]
        for (a, b), side, own, level in (
            ((one, two), 1, figures[0], levels),
            ((two, one), 0, figures[1], levels[::-1]),
        ):
            row = {"dispnum": number, "ccode1": a, "ccode2": b, "year": year, "dispongoing": 1,
                   "disponset": int(begins), "sidea1": side, "sidea2": 1 - side}  # fmt: skip
            row |= {"fatalpre1": 0, "fatalpre2": 0, "hostlev1": level[0], "hostlev2": level[1], "orig1": 1, "orig2": 1}
            rows.append(row | own)
    return rows


def _rivalries() -> list[Row]:
    spells = ((20, 2, 2003, 2006), (2, 300, 2007, 2020), (210, 255, 1950, 2013))
    return [
        {"tssr_id": at, "rivalry": f"rivals {at}", "ccode1": one, "ccode2": two, "start": first, "end": last,
         "positional": at % 2, "spatial": "", "ideological": 1, "interventionary": 0, "principal": 1, "aprin": 0}
        for at, (one, two, first, last) in enumerate(spells, 1)
    ]  # fmt: skip
