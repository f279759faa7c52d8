"""Where published sources disagree: both assertions are in the record, a named rule chooses, and the choice is shown.

One entry of TREATMENT a disagreement. `seat` asks for a role on a telling day and for the reasons: what is chosen on
each layer, our assertion among the claims, and the rival, from another source, beside it. `tie` does so for a treaty.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from indivisible.architecture.members import members
from indivisible.architecture.treaties import treaty
from indivisible.architecture.treaty_answers import TreatyParties, TreatyStatus
from indivisible.record.record import Record
from indivisible.report.why import why_members
from indivisible.values import Truth
from reference_material import shared

Check = Callable[[Record], None]
Assertion = tuple[str, str]  # a role and the source that asserts it
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def seat(
    organization: str, state: str, on: str, legal: Truth, *, ours: Assertion, rival: Assertion | None = None,
    takes_part: Truth | None = None, why: str | None = None, part: str = "rival", role: str = "full",
) -> Check:  # fmt: skip
    """The role is held or not on the day, on each layer; the reasons show our assertion and the rival's."""

    def check(record: Record) -> None:
        for layer, expected in (("legal", legal), ("participation", legal if takes_part is None else takes_part)):
            answer = members(record, organization, on=on, role=role, layer=layer)
            standing = answer.standings[state]
            assert standing.truth is expected, f"{layer}: {standing.truth}"
            assert (state in answer.members) is (expected is YES)
            assert (state in dict(answer.unsure)) is (expected is UNKNOWN)
            if expected is UNKNOWN and layer == "legal":
                assert standing.why == why
        rows = why_members(record, organization, state, on=on, role=role).rows()
        found = {(row["part"], row["role"], key) for row in rows for key in _sources(row["source"])}
        assert any(part_ != "rival" and (said, key) == ours for part_, said, key in found), sorted(map(str, found))
        if rival is not None:
            assert (part, *rival) in found, sorted(map(str, found))
            assert rival[1] != ours[1]

    return check


def _sources(text: object) -> list[str]:
    return [each.split(" ")[0] for each in str(text).split("; ")]


def tie(
    name: str, state: str, on: str, status: str, *, legal: str | None = None, participation: str | None = None,
    basis: str | None = None, says: tuple[str, ...] = (), events: tuple[tuple[str, str], ...] = (),
) -> Check:  # fmt: skip
    """The State's status under a treaty, on each layer; whose positions stand beside it; which events it shows."""

    def check(record: Record) -> None:
        answer = treaty(record, name, on=on, state=state)
        assert isinstance(answer, TreatyStatus)
        assert answer.status == status
        assert legal is None or answer.legal[0] == legal
        assert participation is None or answer.participation[0] == participation
        assert basis is None or answer.basis == basis
        speakers = {claim.speaker: claim.sources for claim in answer.positions}
        assert set(says) <= set(speakers), sorted(speakers)
        assert len({speakers[speaker] for speaker in says}) == len(says)
        assert set(events) <= {(claim.value, claim.begin) for claim in answer.events}

    return check


def counted(name: str, on: str, which: str, count: int, *, unsure: tuple[str, ...] = ()) -> Check:
    """How many a list of a treaty names on a day, those apart whose standing is not decided."""

    def check(record: Record) -> None:
        answer = treaty(record, name, on=on)
        assert isinstance(answer, TreatyParties)
        assert len(answer.lists[which]) == count
        assert set(unsure) <= {state for state, _ in answer.unsure} - set(answer.lists[which])

    return check


def said(subject: str, speaker: str, words: str, source: str, *, on: str) -> Check:
    """A position is in the record as said on a day by a named speaker."""

    def check(record: Record) -> None:
        claims = record.claims(subject=subject, field="position")
        found = [c for c in claims if c.speaker == speaker and source in c.sources and words in c.value]
        assert [c.begin for c in found] == [on]

    return check


def edge(subject: str, field: str, object: str, value: str) -> Check:
    """Two entities are told apart and linked."""
    return lambda record: _linked(record, subject, field, object, value)


def _linked(record: Record, subject: str, field: str, object: str, value: str) -> None:
    assert record.claims(subject=subject, field=field, object=object, value=value)


def place_of_signature(record: Record) -> None:
    """The treaty was signed at Tashkent; a speaker says Moscow; the statement moves no date and no place."""
    adopted = record.claims(subject="COLLECTIVE_SECURITY_TREATY_1992", field="adopted")
    assert [(c.begin, c.place, c.sources) for c in adopted] == [("1992-05-15", "Tashkent", ("CST_TEXT",))]


def quotation_drift(record: Record) -> None:
    """The original comes first and both wordings stand; what is from memory says so."""
    claims = record.claims(subject="SPEECH_WOERNER_1990", field="position")
    assert [c.begin for c in sorted(claims, key=lambda c: c.begin)] == ["1990-05-17", "2007-02-10"]
    assert len({c.value for c in claims}) == len({c.sources for c in claims}) == 2
    assert all(c.confidence == "low" for c in claims if record.recalled(c.sources))
    assert "outside of German territory" in claims[1].note


def nobody_before(organization: str, on: str) -> Check:
    """Before its founding an organisation has no member, though a listing gives it some."""

    def check(record: Record) -> None:
        answer = members(record, organization, on=on)
        assert (answer.members, answer.unsure, answer.complete) == ((), (), True)

    return check


COW, WFB, PRESS = "COW_IGO_3", "CIA_WFB", "ACCOUNTS_UNNAMED"
CSTO = ("member", "CSTO_CHARTER_2002")
CST = ("cst_party", "CST_1992")
CST_TREATY = "COLLECTIVE_SECURITY_TREATY_1992"
MINSK = ("member", "MINSK_AGREEMENT_1991")
CIS = ("member", "CIS_CHARTER_1993")
SCO = ("member", "SCO_CHARTER_2002")
OSCE = ("member", "OSCE_LIST")
AU = ("member", "AU_CONSTITUTIVE_ACT")
OAS = ("member", "OAS_CHARTER_1948")
LEAGUE = ("member", "ARAB_LEAGUE_PACT_1945")
OIC = ("member", "OIC_MEMBERS")
P5 = ("permanent_member", "UN_CHARTER")
PARTNER = ("partner", "NATO_PFP_SIGNATURES")

TREATMENT: dict[str, tuple[Check, ...]] = {
    "CSTO UZB 2002-2005": (
        seat("CSTO", "UZB", "2003-01-01", NO, ours=CST, rival=("member", COW)),
        seat("CSTO", "UZB", "2006-08-15", NO, ours=CSTO, rival=("member", COW)),
        seat("CSTO", "UZB", "2006-08-16", YES, ours=CSTO),
    ),
    "CSTO UZB 2013-2016": (
        seat("CSTO", "UZB", "2014-06-01", NO, ours=CSTO, rival=("member", WFB)),
        seat("CSTO", "UZB", "2016-12-31", NO, ours=CSTO, rival=("member", WFB)),
    ),
    "CSTO UZB 28 Jun - 19 Dec 2012": (
        seat("CSTO", "UZB", "2012-06-27", YES, ours=CSTO),
        seat("CSTO", "UZB", "2012-06-28", YES, takes_part=NO, ours=CSTO, rival=("none", PRESS)),
        seat("CSTO", "UZB", "2012-12-18", YES, takes_part=NO, ours=CSTO, rival=("none", PRESS)),
        seat("CSTO", "UZB", "2012-12-19", NO, ours=CSTO),
        tie(CST_TREATY, "UZB", "2012-09-01", "suspended", legal="in_force", participation="suspended",
            says=("UZB",), events=(("suspended", "2012-06-28"), ("withdrawn", "2012-12-19"))),
    ),
    "CSTO ARM from 2024-02-22": (
        seat("CSTO", "ARM", "2024-02-21", YES, ours=CSTO),
        seat("CSTO", "ARM", "2024-02-22", YES, takes_part=NO, ours=CSTO, rival=("none", PRESS)),
        seat("CSTO", "ARM", "2025-06-01", YES, takes_part=NO, ours=CSTO, rival=("none", PRESS)),
        lambda record: _speaks(record, "ARM", "CSTO", speaker="RUS", role="member", on="2025-03-07"),
    ),
    "CST signed at": (
        place_of_signature,
        said(CST_TREATY, "RUS", "signed in Moscow", "KREMLIN_2022_05_16", on="2022-05-16"),
        tie(CST_TREATY, "RUS", "2022-05-16", "in_force", says=("RUS",)),
    ),
    "CST AZE GEO UZB end": tuple(
        check
        for state in ("AZE", "GEO", "UZB")
        for check in (
            seat("CSTO", state, "1999-04-02", YES, ours=CST, rival=("none", PRESS)),
            seat("CSTO", state, "1999-04-19", YES, ours=CST, rival=("none", PRESS)),
            seat("CSTO", state, "1999-04-20", NO, ours=CST),
            tie(CST_TREATY, state, "1999-04-20", "lapsed", events=(("lapsed", "1999-04-20"),)),
        )
    ),
    "CIS AZE MDA GEO start": (
        seat("CIS", "AZE", "1992-06-01", NO, ours=CIS, rival=("member", COW)),
        seat("CIS", "AZE", "1992-06-01", YES, ours=("signatory", "ALMA_ATA_PROTOCOL_1991"), role="signatory"),
        seat("CIS", "AZE", "1993-09-24", YES, ours=MINSK),
        seat("CIS", "MDA", "1992-06-01", NO, ours=CIS, rival=("member", WFB)),
        seat("CIS", "MDA", "1994-04-08", YES, ours=MINSK),
        seat("CIS", "GEO", "1993-12-02", NO, ours=CIS),
        seat("CIS", "GEO", "1993-12-03", YES, ours=MINSK, rival=("none", COW)),
    ),
    "CIS GEO end": (
        seat("CIS", "GEO", "2008-08-17", YES, ours=MINSK, rival=("none", COW)),
        seat("CIS", "GEO", "2009-08-17", YES, ours=MINSK, rival=("none", COW)),
        seat("CIS", "GEO", "2009-08-18", NO, ours=CIS, rival=("member", WFB)),
    ),
    "CIS TKM 2006-": (
        seat("CIS", "TKM", "2005-08-25", YES, ours=MINSK),
        seat("CIS", "TKM", "2006-01-01", NO, ours=CIS, rival=("member", WFB)),
        seat("CIS", "TKM", "2006-01-01", YES, ours=("associate", "CIS_CHARTER_1993"), role="associate"),
        seat("CIS", "TKM", "2005-06-01", NO, ours=("associate", "CIS_CHARTER_1993"), rival=("associate", COW),
             role="associate"),
    ),
    "CIS UKR": (
        seat("CIS", "UKR", "1992-06-01", NO, ours=CIS, rival=("member", COW)),
        seat("CIS", "UKR", "2005-06-01", NO, ours=CIS, rival=("member", WFB)),
        seat("CIS", "UKR", "2005-06-01", NO, ours=("associate", "CIS_CHARTER_1993"), rival=("associate", COW),
             role="associate"),
        tie("CIS_AGREEMENT_1991", "UKR", "2005-06-01", "in_force"),
        tie("CIS_CHARTER_1993", "UKR", "2005-06-01", "none"),
    ),
    "SCO IND PAK IRN": (
        seat("SCO", "IND", "2025-06-01", YES, ours=("member", "SCO_SECRETARIAT")),
        seat("SCO", "IND", "2025-06-01", NO, ours=("observer", "SCO_SECRETARIAT"), rival=("observer", WFB),
             role="observer"),
        seat("SCO", "IRN", "2025-06-01", YES, ours=("member", "SCO_SECRETARIAT")),
        seat("SCO", "IRN", "2025-06-01", NO, ours=("observer", "SCO_SECRETARIAT"), rival=("observer", WFB),
             role="observer"),
        seat("SCO", "PAK", "2017-06-08", NO, ours=SCO),
        seat("SCO", "PAK", "2017-06-09", YES, ours=SCO),
    ),
    "SCO 1996-2000": (
        *(seat("SCO", state, "1998-01-01", NO, ours=SCO, rival=("member", COW))
          for state in ("CHN", "KAZ", "KGZ", "RUS", "TJK")),
        nobody_before("SCO", "1998-01-01"),
        seat("SHANGHAI_FIVE", "RUS", "1998-01-01", YES, ours=("member", "SCO_DECLARATION_2001")),
        edge("SCO", "founded_as", "SHANGHAI_FIVE", "Shanghai Five"),
    ),
    "BRICS SAU": (
        seat("BRICS", "SAU", "2023-12-31", NO, ours=("member", "BRICS_DECLARATIONS")),
        seat("BRICS", "SAU", "2025-06-01", UNKNOWN, why="disputed", ours=("member", "BRICS_BRAZIL_2025"),
             rival=("none", "SAU_MINISTER_2025_01_20"), part="decides"),
        seat("BRICS", "SAU", "2025-06-01", UNKNOWN, why="disputed", ours=("none", "SAU_MINISTER_2025_01_20"),
             rival=("member", WFB)),
    ),
    "GOF_UNCHARTER founding": (
        seat("GOF_UNCHARTER", "GNQ", "2021-07-06", YES, ours=("member", "GOF_DECLARATION_2021"),
             rival=("none", "WIKIPEDIA_GOF")),
        lambda record: _count(record, "GOF_UNCHARTER", "2021-07-06", 18),
    ),
    "CICA BHR": (
        seat("CICA", "BHR", "2010-12-01", UNKNOWN, why="undated", ours=("member", "CICA_SECRETARIAT"),
             rival=("none", COW)),
        seat("CICA", "BHR", "2012-01-01", YES, ours=("member", "CICA_SECRETARIAT")),
    ),
    "OIC early joiners": (
        *(seat("OIC", state, "1971-12-31", NO, ours=OIC, rival=("member", COW))
          for state in ("ARE", "BHR", "OMN", "QAT", "SYR")),
        *(seat("OIC", state, "1972-07-01", UNKNOWN, why="undated", ours=OIC, rival=("member", COW))
          for state in ("ARE", "BHR", "OMN", "QAT", "SYR")),
        seat("OIC", "BEN", "1982-12-31", NO, ours=OIC, rival=("member", COW)),
        seat("OIC", "BEN", "1984-01-01", YES, ours=OIC),
    ),
    "OIC CMR": (
        seat("OIC", "CMR", "1975-01-01", YES, ours=OIC, rival=("none", COW)),
        seat("OIC", "CMR", "2005-12-31", YES, ours=OIC, rival=("none", COW)),
    ),
    "AU GNQ": (seat("AU", "GNQ", "2010-06-01", YES, ours=AU, rival=("none", COW)),),
    "COE FIN": (
        seat("COE", "FIN", "1970-01-01", NO, ours=("member", "COE_STATUTE"), rival=("member", COW)),
        seat("COE", "FIN", "1989-05-05", YES, ours=("member", "COE_STATUTE")),
    ),
    "COE RUS": (
        seat("COE", "RUS", "2022-03-15", YES, takes_part=NO, ours=("member", "COE_STATUTE")),
        seat("COE", "RUS", "2024-01-01", NO, ours=("member", "COE_STATUTE"), rival=("member", WFB)),
    ),
    "EU GBR": (
        seat("EU", "GBR", "2020-01-31", YES, ours=("member", "EU_ACCESSION_TREATIES")),
        seat("EU", "GBR", "2022-01-01", NO, ours=("member", "EU_ACCESSION_TREATIES"), rival=("member", WFB)),
    ),
    "PFP MNE MKD": (
        seat("PFP", "MNE", "2021-01-01", NO, ours=PARTNER, rival=("partner", WFB)),
        seat("PFP", "MKD", "2020-03-26", YES, ours=PARTNER),
        seat("PFP", "MKD", "2020-03-27", NO, ours=PARTNER, rival=("partner", WFB)),
    ),
    "AU MAR": (
        seat("AU", "MAR", "2017-01-30", NO, ours=AU),
        seat("AU", "MAR", "2017-01-31", YES, ours=AU, rival=("none", WFB)),
    ),
    "Arab League EGY SYR; OAS CUB HND; AU many": (
        seat("ARAB_LEAGUE", "EGY", "1985-01-01", YES, takes_part=NO, ours=LEAGUE, rival=("none", COW)),
        seat("ARAB_LEAGUE", "SYR", "2013-01-01", YES, takes_part=NO, ours=LEAGUE, rival=("none", COW)),
        seat("OAS", "CUB", "1990-01-01", YES, takes_part=NO, ours=OAS, rival=("none", COW)),
        seat("OAS", "HND", "2010-06-01", YES, takes_part=NO, ours=OAS, rival=("none", COW)),
        *(seat("AU", state, "2024-01-01", YES, takes_part=NO, ours=AU, rival=("none", WFB))
          for state in ("BFA", "GAB", "GIN", "MLI", "NER", "SDN")),
    ),
    "OSCE VAT LIE SMR MCO": tuple(
        seat("OSCE", state, "1985-01-01", YES, ours=OSCE, rival=("none", COW)) for state in ("LIE", "MCO", "SMR", "VAT")
    ),
    "OSCE YUG 1992-2000": (
        seat("OSCE", "YUG", "1992-07-07", YES, ours=OSCE),
        seat("OSCE", "YUG", "1995-01-01", NO, ours=OSCE, rival=("member", WFB)),
        seat("OSCE", "SRB", "2000-11-09", NO, ours=OSCE),
        seat("OSCE", "SRB", "2000-11-10", YES, ours=OSCE),
        lambda record: _count(record, "OSCE", "1999-06-01", 54),
    ),
    "RUS/SUN in UN OSCE CFE": (
        seat("UN", "SUN", "1985-01-01", YES, ours=("member", "UNTC_I_1")),
        seat("UN", "RUS", "1985-01-01", NO, ours=("member", "UNTC_I_1"), rival=("member", COW)),
        seat("OSCE", "SUN", "1985-01-01", YES, ours=OSCE),
        seat("OSCE", "RUS", "1985-01-01", NO, ours=OSCE, rival=("member", COW)),
        edge("RUS", "predecessor", "SUN", "continuator"),
        tie("CFE_1990", "SUN", "1991-06-01", "signed"),
        tie("CFE_1990", "RUS", "1993-01-01", "in_force", events=(("succession_agreed", "1992-05-15"),)),
    ),
    "UNSC China seat": (
        seat("UNSC_P5", "TWN", "1971-10-24", YES, ours=P5),
        seat("UNSC_P5", "CHN", "1971-10-24", NO, ours=P5, rival=("permanent_member", PRESS)),
        seat("UNSC_P5", "TWN", "1971-10-25", NO, ours=P5),
        seat("UNSC_P5", "CHN", "1971-10-25", YES, ours=P5),
    ),
    "A/CFE ratification UKR": (
        tie("CFE_ADAPTED_1999", "UKR", "2008-01-01", "ratified_not_in_force", says=("RUS", "UKR"),
            events=(("ratified", "2000"),)),
        counted("CFE_ADAPTED_1999", "2008-01-01", "ratified", 4),
        lambda record: _deposits(record, "CFE_ADAPTED_1999", {"RUS"}),
    ),
    "CFE RUS 2007-2023": (
        tie("CFE_1990", "RUS", "2007-12-11", "in_force"),
        tie("CFE_1990", "RUS", "2007-12-12", "suspended", legal="in_force", participation="suspended",
            basis="no_clause"),
        said("CFE_1990", "NATO", "no clause on suspension", "STARTING_FACTS", on="2007-07-14"),
        said("CFE_1990", "RUS", "entitle a party to suspend", "STARTING_FACTS", on="2007-07-14"),
        tie("CFE_1990", "RUS", "2023-11-07", "withdrawn"),
    ),
    "New START RUS 2023-2026": (
        tie("NEW_START_2010", "RUS", "2023-02-27", "in_force"),
        tie("NEW_START_2010", "RUS", "2023-02-28", "suspended", legal="in_force", participation="suspended",
            basis="no_clause", says=("RUS", "USA")),
        tie("NEW_START_2010", "RUS", "2026-02-05", "ended"),
    ),
    "NPT PRK": (
        tie("NPT_1968", "PRK", "2003-01-09", "in_force"),
        tie("NPT_1968", "PRK", "2010-01-01", "disputed", says=("PRK", "USA"), events=(("withdrawn", "2003-01-10"),)),
        tie("NPT_1968", "PRK", "2020-01-01", "disputed", says=("PRK", "United Nations Office for Disarmament Affairs")),
        counted("NPT_1968", "2020-01-01", "parties", 190, unsure=("PRK",)),
    ),
    "CTBT counts": (
        counted("CTBT_1996", "2024-12-01", "signatories", 187),
        counted("CTBT_1996", "2023-11-01", "ratified", 178),
        counted("CTBT_1996", "2023-11-02", "ratified", 177),
        counted("CTBT_1996", "2024-12-01", "ratified", 178),
        lambda record: _ever_ratified(record, "CTBT_1996", 179),
        tie("CTBT_1996", "RUS", "2024-12-01", "ratification_revoked", says=("CTBTO Preparatory Commission",),
            events=(("signed", "1996-09-24"), ("withdrawn_ratification", "2023-11-02"))),
    ),
    "Woerner 1990 quotation": (
        quotation_drift,
        said("SPEECH_WOERNER_1990", "Manfred Wörner", "beyond the territory of the Federal Republic",
             "QUOTATIONS_RECALLED", on="1990-05-17"),
        said("SPEECH_WOERNER_1990", "Vladimir Putin", "outside of German territory", "PUTIN_MUNICH_2007_READ",
             on="2007-02-10"),
    ),
}  # fmt: skip
"""What the record answers, disagreement by disagreement; the topics are those of the table of disagreements."""


def _count(record: Record, organization: str, on: str, count: int) -> None:
    assert len(members(record, organization, on=on).members) == count


def _speaks(record: Record, state: str, organization: str, *, speaker: str, role: str, on: str) -> None:
    claims = record.claims(subject=state, field="role", object=organization, value=role)
    assert [c.begin for c in claims if c.speaker == speaker] == [on]


def _deposits(record: Record, name: str, states: set[str]) -> None:
    assert {c.subject for c in record.claims(field="act", object=name, value="deposited")} == states


def _ever_ratified(record: Record, name: str, count: int) -> None:
    acts = [c for value in ("ratified", "acceded") for c in record.claims(field="act", object=name, value=value)]
    assert len({c.subject for c in acts}) == count


@pytest.mark.parametrize("topic", sorted(TREATMENT))
def test_both_assertions_stand_and_the_choice_is_shown(record: Record, topic: str) -> None:
    for check in TREATMENT[topic]:
        check(record)


def test_no_disagreement_is_forgotten() -> None:
    path = shared("facts", "INDIVISIBLE_FACTS") / "source_disagreements.csv"
    if not path.is_file():
        pytest.skip(f"the table of disagreements is not there: {path} (INDIVISIBLE_FACTS names another folder)")
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["topic"] for row in csv.DictReader(file)} == set(TREATMENT)
