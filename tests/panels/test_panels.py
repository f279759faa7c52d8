"""What a panel says of itself, where it is null, what it refuses; and the published totals where the data are there."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest

from indivisible import panels
from indivisible.errors import MissingData, QuestionError
from indivisible.panels.joins import JOINS
from indivisible.readers import DATASETS, library
from panels.invented_panels import CODES, world
from reference_material import shared


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home"))


def test_states_that_never_met_on_a_day_are_no_pair(home: Path) -> None:
    frame = panels.dyad_years(years=(2008, 2008), home=home).frame()
    assert {200, 210} <= set(frame["ccode1"])
    assert frame.filter(pl.col("ccode1").is_in([200, 210]), pl.col("ccode2").is_in([200, 210])).height == 0


def test_the_system_is_carried_only_when_asked(home: Path) -> None:
    short = panels.dyad_years(years=(2014, 2020), home=home)
    assert short.frame()["year"].max() == 2016
    assert "known to 2016 only" in short.sentence()
    long = panels.dyad_years(years=(2014, 2020), carry_system=True, home=home)
    assert long.frame()["year"].max() == 2020
    assert "its last 4 years repeat the system of 2016" in long.sentence()
    assert long.to_dict()["description"]["system_carried_forward"] is True
    assert any("2017 to 2020 repeat the members of 2016" in note for note in long.to_dict()["notes"])
    past = panels.dyad_years(years=(2018, 2019), carry_system=True, home=home)
    assert past.frame().equals(long.frame().filter(pl.col("year").is_between(2018, 2019)))


def test_null_beyond_the_years_of_a_source_and_zero_within(home: Path) -> None:
    panel = panels.dyad_years(years=(2003, 2020), carry_system=True, home=home)
    frame = panel.with_("contiguity", "atop", "gml-mids", "mids").frame()
    ends = {"conttype": 2016, "atop_defense": 2018, "gmlmidongoing": 2010, "gmlmidonset": 2010, "cowmidongoing": 2014}
    for column, last in ends.items():
        known = frame.select(pl.col(column).is_not_null() == (pl.col("year") <= last)).to_series()
        assert known.all(), column
        assert 0 in set(frame[column]), column


def test_powers_of_years_of_peace(home: Path) -> None:
    for powers, names in ((1, set()), (2, {"_squared"}), (3, {"_squared", "_cubed"})):
        panel = panels.dyad_years(years=(2003, 2012), powers=powers, home=home).with_("gml-mids", "peace-years")
        frame = panel.frame()
        for number, ending in ((2, "_squared"), (3, "_cubed")):
            assert (f"gmlmidspell{ending}" in frame.columns) == (ending in names)
            if ending in names:
                power = frame["gmlmidspell"].cast(pl.Int64) ** number
                assert frame[f"gmlmidspell{ending}"].cast(pl.Int64).equals(power, null_equal=True)
        assert panel.to_dict()["description"]["powers"] == powers
    with pytest.raises(QuestionError, match="powers up to 1, 2 or 3"):
        panels.state_years(years=(2003, 2012), powers=4, home=home)


def test_direction_is_kept(home: Path) -> None:
    frame = panels.dyad_years(years=(2003, 2018), carry_system=True, home=home).with_("atop", "gml-mids").frame()
    turned = frame.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
    both = frame.join(turned, on=["ccode1", "ccode2", "year"], suffix="_turned")
    assert both.height == frame.height
    assert both.filter(pl.col("atop_defense") != pl.col("atop_defense_turned")).height > 0
    assert both.filter(pl.col("gmlmid_sidea1") == pl.col("gmlmid_sidea1_turned")).height == 0
    assert both.filter(pl.col("gmlmid_fatality1") != pl.col("gmlmid_fatality2_turned")).height == 0
    assert both.filter(pl.col("gmlmid_dispnum") != pl.col("gmlmid_dispnum_turned")).height == 0


def test_relevant_pairs_are_rows_of_all_pairs(home: Path) -> None:
    joined = ("contiguity", "majors", "gml-mids", "peace-years", "trade")
    everyone = panels.dyad_years(years=(2003, 2018), carry_system=True, home=home).with_(*joined).frame()
    for rule, kinds in (("contiguous-or-major", [1, 2, 3, 4, 5]), ("land-or-major", [1])):
        some = panels.dyad_years(years=(2003, 2018), carry_system=True, relevant=rule, home=home).with_(*joined)
        near = pl.col("conttype").is_in(kinds) | (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
        assert some.frame().equals(everyone.filter(near & pl.col("conttype").is_not_null()))
        assert any(rule in note for note in some.to_dict()["notes"])
        unknown = "rows whose relevance is not known, left out"
        assert some.to_dict()["counts"][unknown] == everyone["conttype"].null_count()


def test_state_years(home: Path) -> None:
    joined = ("contiguity", "majors", "nmc", "democracy", "igos", "gml-mids", "mids", "peace-years")
    panel = panels.state_years(years=(2003, 2020), carry_system=True, home=home).with_(*joined).keyed("state")
    frame = panel.frame()
    assert set(frame["ccode"]) == set(CODES)
    assert frame.filter(ccode=255)["cinc"].null_count() == frame.filter(ccode=255).height
    assert frame.filter(pl.col("year") > 2010)["gmlmidspell"].null_count() == frame.filter(pl.col("year") > 2010).height
    assert frame.filter(ccode=2, year=2006)["state"].to_list() == ["USA"]
    pairs = panels.dyad_years(years=(2003, 2010), home=home).with_("gml-mids").frame()
    fought = pairs.group_by("ccode1", "year").agg(pl.col("gmlmidongoing").max()).sort("year", "ccode1")
    same = frame.filter(pl.col("year") <= 2010).sort("year", "ccode")
    # a dispute with a state that was no member in the year is one of the state's, but no row of pairs
    assert (same["gmlmidongoing"] >= fought["gmlmidongoing"]).all()
    lines = library.open_table("gml_disputes", home=home).filter(pl.col("onset")).collect()
    began = set(lines.select("ccode1", "year").iter_rows())
    assert {tuple(row[:2]) for row in same.select("ccode", "year", "gmlmidonset").iter_rows() if row[2]} <= began
    assert same["gmlmidonset"].sum() < same["gmlmidongoing"].sum()


def test_the_account(home: Path) -> None:
    panel = panels.dyad_years(years=(2003, 2020), carry_system=True, home=home).with_("nmc", "gml-mids")
    told = panel.to_dict()
    assert told["schema"] == "panel/1"
    assert len(told["first_rows"]) == 10
    frame = panel.frame()
    assert [row["column"] for row in panel.rows()] == frame.columns
    for row in panel.rows():
        assert row["known"] == len(frame) - frame[row["column"]].null_count()
        assert row["type"] == str(frame[row["column"]].dtype)
    rules = {name: count for name, count in told["counts"].items() if "left out by the rule" in name}
    lines = library.open_table("gml_disputes", home=home).collect().height
    several = frame["gmlmid_dispnum"].count() + sum(rules.values())
    assert several + told["counts"]["gmlmid: pairs and years with a dispute that are no rows of the panel"] == lines
    assert len(rules) == 7
    assert "gmlmidonset" in panel.describe()
    assert panel.sources() == ("cow_states", "gml_disputes", "nmc")
    assert "gibler_2016" in panel.cite()
    assert "leeds_2002" not in panel.cite()


def test_a_table_of_the_other_system_needs_a_crosswalk(home: Path) -> None:
    plain = panels.dyad_years(years=(2005, 2016), system="gw", home=home)
    frame = plain.frame()
    assert frame.columns == ["gwcode1", "gwcode2", "year"]
    assert set(frame["gwcode1"]) == {2, 20, 211, 260, 301}
    with pytest.raises(QuestionError, match="crosswalk='isard'"):
        plain.with_("nmc").frame()
    with pytest.raises(QuestionError, match="crosswalk='isard'"):
        panels.dyad_years(years=(2005, 2016), system="gw", relevant="land-or-major", home=home).frame()
    crossed = panels.dyad_years(years=(2005, 2016), system="gw", crosswalk="isard", home=home)
    joined = ("nmc", "atop", "trade", "gml-mids")
    found = crossed.with_(*joined).frame()
    cow = panels.dyad_years(years=(2005, 2016), home=home).with_(*joined).frame()
    one = found.filter(gwcode1=211, gwcode2=301, year=2013).drop("gwcode1", "gwcode2")
    assert one.equals(cow.filter(ccode1=210, ccode2=300, year=2013).drop("ccode1", "ccode2"))
    assert "gw_system" in crossed.sources()


def test_of_a_state_without_a_cow_code_nothing_is_known(home: Path) -> None:
    """Sources in COW codes cannot speak of it: its cells are null, never 0, and no years of peace pass."""
    chosen = {"years": (2003, 2010), "system": "gw", "crosswalk": "isard", "home": home}
    joined = ("contiguity", "majors", "gml-mids", "peace-years")
    pairs = panels.dyad_years(**chosen).with_(*joined, "atop")  # type: ignore[arg-type]
    states = panels.state_years(**chosen).with_(*joined)  # type: ignore[arg-type]
    frame = pairs.frame()
    nameless = ((pl.col("gwcode1") == 301) | (pl.col("gwcode2") == 301)) & (pl.col("year") < 2005)
    for name in ("conttype", "gmlmidongoing", "gmlmidonset", "gmlmidspell", "gmlmidspell_number", "atop_defense"):
        assert frame.select((pl.col(name).is_null() == nameless).all()).item(), name
    assert frame.filter(gwcode1=301, year=2003)["cowmaj1"].null_count() == 4
    near = panels.dyad_years(**chosen, relevant="land-or-major").frame()  # type: ignore[arg-type]
    assert near.filter(nameless).height == 0  # beside a major power too: whether it is near is not known
    assert near.filter(gwcode1=2, gwcode2=301, year=2005).height == 1
    first = frame.filter(pl.col("gwcode2") == 301, pl.col("year") == 2005)
    assert set(first["gmlmidspell"]) == {0}
    alone = states.frame().filter(gwcode=301).sort("year")
    for name in ("land", "cowmaj", "gmlmidongoing", "gmlmidspell"):
        assert [value is None for value in alone[name].to_list()[:3]] == [True, True, False], name
    assert alone["gmlmidspell"].to_list()[2] == 0
    assert states.to_dict()["counts"]["state-years without a COW code, of which the sources say nothing: null"] == 2


def test_undirected_pairs_of_the_other_system_keep_their_sides(home: Path) -> None:
    joined = ("trade", "distance", "gml-mids")
    chosen = {"years": (2005, 2010), "system": "gw", "crosswalk": "isard", "home": home}
    both = panels.dyad_years(directed=True, **chosen).with_(*joined).frame()  # type: ignore[arg-type]
    once = panels.dyad_years(directed=False, **chosen).with_(*joined).frame()  # type: ignore[arg-type]
    assert once.equals(both.filter(pl.col("gwcode1") < pl.col("gwcode2")))


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"years": (2010, 2005)}, "end .2005. before they begin"),
        ({"years": (0, 2005)}, "no years of a panel"),
        ({"years": (2005, 2010), "system": "un"}, "use one of: cow, gw"),
        ({"years": (2005, 2010), "relevant": "near"}, "contiguous-or-major"),
        ({"years": (2005, 2010), "gaps": "fill"}, "bridge, restart"),
        ({"years": (2005, 2010), "crosswalk": "guess"}, "isard"),
    ],
)
def test_what_there_is_not_is_refused(chosen: dict[str, object], says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        panels.dyad_years(**chosen)  # type: ignore[arg-type]


def test_wrong_units_and_names_are_refused(home: Path) -> None:
    states = panels.state_years(years=(2005, 2010), home=home)
    with pytest.raises(QuestionError, match="atop describes pairs of states"):
        states.with_("atop")
    with pytest.raises(QuestionError, match="nmc"):
        states.with_("nmcc")
    with pytest.raises(QuestionError, match="join one of gml-mids, mids as well"):
        states.with_("peace-years").frame()
    with pytest.raises(QuestionError, match="iso3c, state"):
        states.keyed("iso2")
    with pytest.raises(QuestionError, match="state-years or dyad-years"):
        panels.build("days", years=(2005, 2010))
    with pytest.raises(QuestionError, match="ask for dyad-years"):
        panels.build("state-years", years=(2005, 2010), relevant="land-or-major")
    with pytest.raises(MissingData, match="indivisible data import"):
        panels.state_years(years=(2005, 2010), home=home / "nothing").frame()


def test_every_join_names_datasets_that_there_are() -> None:
    assert {dataset for one in JOINS for dataset in one.datasets} <= set(DATASETS)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shared("data", "INDIVISIBLE_DATA")
    if not folder.is_dir():
        pytest.skip(f"the published datasets are not at {folder}; set INDIVISIBLE_DATA")
    home = tmp_path_factory.mktemp("published")
    library.import_path(folder, home=home)
    return home


def test_known_totals(published: Path) -> None:
    assert panels.dyad_years(years=(1816, 2016), home=published).frame().height == 1_912_290
    carried = panels.dyad_years(years=(1816, 2025), carry_system=True, home=published)
    assert carried.frame().height == 2_252_760
    assert panels.dyad_years(years=(1816, 2016), directed=False, home=published).frame().height == 956_145
    assert panels.state_years(years=(1816, 2016), home=published).frame().height == 15_951


def test_belgium_and_france_in_1832(published: Path) -> None:
    """France had pledged to defend Belgium, and not the other way round."""
    frame = panels.dyad_years(years=(1832, 1832), home=published).with_("atop").frame()
    assert frame.filter(ccode1=220, ccode2=211)["atop_defense"].to_list() == [1]
    assert frame.filter(ccode1=211, ccode2=220)["atop_defense"].to_list() == [0]


def test_several_disputes_in_a_year(published: Path) -> None:
    """The Netherlands and Belgium in 1832: a dispute that began in the year stands before the one that went on."""
    frame = panels.dyad_years(years=(1832, 1832), home=published).with_("gml-mids").frame()
    for one, two in ((210, 211), (210, 220)):
        forth, back = (frame.filter(ccode1=a, ccode2=b).row(0, named=True) for a, b in ((one, two), (two, one)))
        assert (forth["gmlmid_dispnum"], forth["gmlmidonset"]) == (368, 1)
        assert (forth["gmlmid_sidea1"], forth["gmlmid_sidea2"]) == (back["gmlmid_sidea2"], back["gmlmid_sidea1"])


def test_past_the_end_of_published_sources(published: Path) -> None:
    panel = panels.dyad_years(years=(2016, 2019), carry_system=True, home=published).with_("atop", "contiguity", "nmc")
    frame = panel.frame()
    assert frame.filter(year=2019)["atop_defense"].null_count() == 195 * 194
    assert frame.filter(year=2018)["atop_defense"].sum() == 3412
    assert frame.filter(pl.col("year") > 2016)["conttype"].null_count() == 3 * 195 * 194
    assert frame.filter(year=2016)["conttype"].null_count() == 0


def test_onsets_of_a_published_baseline(published: Path) -> None:
    """Undirected dyad-years of 1900 to 2010, years that only go on dropped: 749 onsets from 1990 on."""
    frame = panels.dyad_years(years=(1900, 2010), directed=False, home=published).with_("gml-mids").frame()
    kept = frame.filter((pl.col("gmlmidongoing") == 0) | (pl.col("gmlmidonset") == 1))
    assert kept.height == 790_334
    later = kept.filter(pl.col("year") >= 1990)["gmlmidonset"]
    assert later.sum() == 749
    share = kept.filter(pl.col("year") < 1990)["gmlmidonset"].mean()
    rate = later.mean()
    assert isinstance(share, float)
    assert isinstance(rate, float)
    assert -(rate * math.log(share) + (1 - rate) * math.log(1 - share)) == pytest.approx(0.015567, abs=5e-7)
