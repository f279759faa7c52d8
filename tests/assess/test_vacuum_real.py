"""Coverage on the real record: pairs worked out by hand from treaties and members, on both sides of each change."""

from __future__ import annotations

import pytest

from architecture.changes_world import make
from indivisible.architecture.change import load_change
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.steps import apply
from indivisible.assess.vacuum import vacuum
from indivisible.assess.vacuum_answer import Vacuum
from indivisible.assess.vacuum_change import coverage_change
from indivisible.record.record import Record
from indivisible.values import day_of


def told(found: Vacuum) -> dict[str, str]:
    return {cell.domain: cell.level for cell in found.cells}


def texts(found: Vacuum, domain: str, place: str = "by") -> set[str]:
    (cell,) = [cell for cell in found.cells if cell.domain == domain]
    return {found.owed[n].duty.text for n in getattr(cell, place)}


def legal(found: Vacuum, domain: str) -> set[str]:
    (cell,) = [cell for cell in found.cells if cell.domain == domain]
    return {found.owed[n].duty.text for n in cell.by if found.owed[n].duty.binding == "legal"}


# Pair, day, domain, level, the texts that bind both in law, and why it is so.
CASES = [
    # CIS members both (Charter Art. 12, 17, 18); the CST lapsed for Azerbaijan on 1999-04-20
    ("ARM,AZE", "2021-06-01", "defence", "legal", {"CIS", "CIS_CHARTER_1993"}),
    ("ARM,AZE", "2021-06-01", "arms_control", "legal", {"CFE_1990"}),
    ("ARM,AZE", "2021-06-01", "incidents", "political", set()),  # the Vienna Document only
    ("ARM,AZE", "2021-06-01", "biological", "none", set()),  # both are parties to the BTWC, which is universal
    # the treaty of 1992 is all that binds the two in law; Finland joined NATO on 2023-04-04, which closes nothing here
    ("FIN,RUS", "2021-06-01", "defence", "legal", {"RUS_FIN_TREATY_1992"}),
    ("FIN,RUS", "2024-06-01", "defence", "legal", {"RUS_FIN_TREATY_1992"}),
    # Russia left Open Skies on 2021-12-18
    ("FIN,RUS", "2021-12-17", "arms_control", "legal", {"OPEN_SKIES_1992"}),
    ("FIN,RUS", "2021-12-18", "arms_control", "political", set()),
    # Russia stopped taking part in the Vienna Document at some time in 2023
    ("FIN,RUS", "2022-12-31", "incidents", "political", set()),
    ("FIN,RUS", "2023-06-01", "incidents", "unknown", set()),
    ("FIN,RUS", "2024-01-01", "incidents", "none", set()),
    # NATO since 2020-03-27; before it the OSCE's political commitments
    ("MKD,USA", "2020-03-26", "defence", "political", set()),
    ("MKD,USA", "2020-03-27", "defence", "legal", {"NATO", "WASHINGTON_TREATY_1949"}),
    ("GRC,MKD", "2020-03-27", "defence", "legal", {"NATO", "WASHINGTON_TREATY_1949", "STOCKHOLM_CONVENTION_1992"}),
    # the security treaty of 1960: the United States defends Japan, not the other way round; both settle and consult
    ("JPN,USA", "2021-06-01", "defence", "legal", {"USA_JPN_SECURITY_1960"}),
    # between the United States and New Zealand ANZUS is suspended since 1986-08-11, and nothing else binds the two
    ("NZL,USA", "1986-08-10", "defence", "legal", {"ANZUS_1951"}),
    ("NZL,USA", "1986-08-11", "defence", "none", set()),
    # the border treaty of 1996 binds China and each of the four, not the four among themselves; the zone of 2009 does
    ("CHN,KAZ", "2005-06-01", "incidents", "legal", {"SHANGHAI_CBM_BORDER_1996"}),
    ("KAZ,KGZ", "2005-06-01", "incidents", "political", set()),
    ("KAZ,KGZ", "2009-03-20", "arms_control", "political", set()),
    ("KAZ,KGZ", "2009-03-21", "arms_control", "legal", {"CENTRAL_ASIA_NWFZ_2006"}),
    # a convention of the Council of Europe or of the OSCE binds its parties only: France is one, Azerbaijan is not
    ("AZE,FRA", "2021-06-01", "defence", "political", set()),
    ("ARM,FRA", "2021-06-01", "defence", "legal", {"STOCKHOLM_CONVENTION_1992"}),
    # two partners of the Partnership for Peace promise each other nothing there
    ("AUT,CHE", "1996-06-01", "defence", "legal", {"STOCKHOLM_CONVENTION_1992", "COE_DISPUTES_1957"}),
    # two parties to the Treaty of Amity from outside the region owe each other nothing by it
    ("DEU,NZL", "2021-06-01", "economic", "none", set()),
    ("DEU,VNM", "2021-06-01", "economic", "legal", {"TAC_1976"}),
]


@pytest.mark.parametrize(
    ("pair", "on", "domain", "level", "bind"),
    CASES,
    ids=lambda one: " ".join(sorted(one)) if isinstance(one, set | frozenset) else str(one)[:24],
)
def test_pairs_worked_out_by_hand(record: Record, pair: str, on: str, domain: str, level: str, bind: set[str]) -> None:
    found = vacuum(record, on=on, among=pair)
    assert told(found)[domain] == level
    assert legal(found, domain) == bind


def test_what_is_suspended_binds_in_law_and_closes_nothing(record: Record) -> None:
    """Russia suspended the CFE Treaty on 2007-12-12, left it on 2023-11-07; Open Skies ended for it in 2021."""
    done, law = (vacuum(record, on="2022-06-01", among="DEU,RUS", layer=one) for one in ("participation", "legal"))
    assert told(done)["arms_control"] == "political"
    assert "CFE_1990" in texts(done, "arms_control", "idle")
    assert legal(law, "arms_control") == {"CFE_1990"}
    assert legal(vacuum(record, on="2007-12-11", among="DEU,RUS"), "arms_control") == {"CFE_1990", "OPEN_SKIES_1992"}


def test_two_nuclear_powers_with_and_without_what_is_universal(record: Record) -> None:
    without = vacuum(record, on="2021-06-01", among="RUS,USA")
    with_ = vacuum(record, on="2021-06-01", among="RUS,USA", with_universal=True)
    assert legal(without, "arms_control") == {"NEW_START_2010"}  # the CFE Treaty is suspended
    assert told(without)["biological"] == "none"
    assert legal(with_, "biological") == {"BTWC_1972"}
    assert {"UN", "UNSC_P5"} <= legal(with_, "defence")
    assert not legal(without, "defence") & {"UN", "UNSC_P5"}
    # it expired on 2026-02-05; Russia had suspended it three years before
    assert told(vacuum(record, on="2022-06-01", among="RUS,USA"))["arms_control"] == "legal"
    assert told(vacuum(record, on="2024-06-01", among="RUS,USA"))["arms_control"] == "political"
    assert legal(vacuum(record, on="2026-02-04", among="RUS,USA", layer="legal"), "arms_control") == {"NEW_START_2010"}
    assert legal(vacuum(record, on="2026-02-05", among="RUS,USA", layer="legal"), "arms_control") == set()


def test_the_nordic_accession_closes_defence_with_those_who_had_no_duty(record: Record) -> None:
    """With the allies of the European Union both had Art. 42(7). Of the other nine, Albania, North Macedonia,
    Montenegro and Norway are parties with both to the Stockholm Convention, and the United Kingdom with Sweden to the
    convention of 1957: nine pairs are left, five of Finland, four of Sweden.
    """
    before = as_of(record, day_of("2023-04-03"))
    found = coverage_change(record, before, apply(before, load_change("nordic-accession"), record))
    assert {frozenset((cell.one, cell.other)) for cell in found.closed} == {
        frozenset(("FIN", other)) for other in ("CAN", "GBR", "ISL", "TUR", "USA")
    } | {frozenset(("SWE", other)) for other in ("CAN", "ISL", "TUR", "USA")}
    assert {cell.domain for cell in found.closed} == {"defence"}
    assert found.opened == ()


def test_an_observer_seat_of_an_organisation_closes_nothing(record: Record) -> None:
    before = as_of(record, day_of("2022-05-15"))
    after = apply(before, load_change("cis-observer-in-csto"), record)
    found = coverage_change(record, before, after, binding="any")
    assert (found.closed, found.opened, found.not_known) == ((), (), ())


def test_a_founded_architecture_closes_defence_among_its_members(record: Record) -> None:
    change = load_change("eurasian-architecture")
    before = as_of(record, day_of("2025-04-28"))
    found = coverage_change(record, before, apply(before, change, record))
    assert found.closed
    assert {cell.domain for cell in found.closed} == {"defence"}
    assert found.opened == ()
    assert all("EURASIAN_ARCHITECTURE" in " ".join(cell.by) for cell in found.closed)


@pytest.mark.parametrize(
    ("state", "organization"), [("GEO", "NATO"), ("SRB", "EU"), ("AZE", "CSTO"), ("TUR", "SCO"), ("ARM", "GUAM")]
)
def test_a_membership_closes_what_an_accession_closes(record: Record, state: str, organization: str) -> None:
    day = day_of("2021-06-01")
    step = f"do: accede, state: {state}, organization: {organization}"
    found = vacuum(record, on="2021-06-01", among="OSCE", top=10_000)
    assert found.links is not None
    ranked = {(link.state, link.organization): link.closes for link in found.links.ranking if link.kind == "membership"}
    before = as_of(record, day, also=found.states)
    after = apply(before, make(step), record)
    change = coverage_change(record, before, after, among=found.states)
    assert ranked.get((state, organization), 0) == len(change.closed)


def test_everybody_in_the_osce_is_in_the_table(record: Record) -> None:
    """Fifty-seven, the Holy See included, which no list of the state system has: 57 x 56 / 2 pairs."""
    found = vacuum(record, on="2021-06-01", among="OSCE")
    assert len(found.states) == 57
    assert len(found.pairs.pairs) == 1596
    assert (
        found.counts[-1]["legal"]
        + found.counts[-1]["political"]
        + found.counts[-1]["none"]
        + found.counts[-1]["unknown"]
        == 9576
    )


@pytest.mark.parametrize("on", ["1950-06-01", "1991-12-25", "2014-03-18", "2026-02-05"])
def test_counts_and_cells_agree(record: Record, on: str) -> None:
    for binding in ("legal", "political", "any"):
        found = vacuum(record, on=on, among="UNSC_P5,EU,CSTO" if on > "1992" else None, binding=binding, top=0)
        cells = found.cells
        whole = found.counts[-1]
        for level in ("legal", "political", "none", "unknown"):
            assert whole[level] == sum(cell.level == level for cell in cells)
        assert whole["closed"] == sum(cell.closed is True for cell in cells)
        assert whole["open"] == sum(cell.closed is False for cell in cells)
        assert whole["not_known"] == sum(cell.closed is None for cell in cells)
        assert sum(row["open"] for row in found.by_state) == 2 * whole["open"]
        for cell in cells:
            bindings = {found.owed[n].duty.binding for n in cell.by}
            assert (cell.closed is True) == bool(bindings & ({"legal", "political"} if binding == "any" else {binding}))
