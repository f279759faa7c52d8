"""Whom an article joins, on both sides of every day on which that turns; one way is not both; unknown is not no."""

from __future__ import annotations

from pathlib import Path

import pytest
from duties_world import record as make_record
from duties_world import row

from indivisible.architecture.duties import DOMAINS, Duties, duties_on, universal_texts
from indivisible.architecture.snapshot import as_of
from indivisible.errors import QuestionError
from indivisible.record.check import DOMAINS as RECORD_DOMAINS
from indivisible.record.check import check
from indivisible.record.record import Record
from indivisible.values import day_of


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return make_record(tmp_path_factory.mktemp("duties") / "facts")


def duties(world: Record, on: str, **asked: object) -> Duties:
    return duties_on(world, as_of(world, day_of(on)), **asked)  # type: ignore[arg-type]


def how(found: Duties, text: str, pair: str, duty: str = "") -> str:
    """yes, perhaps, idle or no: how a text joins a pair written as its initials."""
    one, other = (found.states.index(letter * 3) for letter in pair)
    words = set()
    for owed in found.owed:
        if owed.duty.text == text and duty in ("", owed.duty.duty):
            assert (owed.sure == owed.sure.T).all()
            assert not owed.perhaps.diagonal().any()
            assert not (owed.sure & ~owed.perhaps).any()
            words.add("yes" if owed.sure[one, other] else "perhaps" if owed.perhaps[one, other] else
                      "idle" if owed.idle[one, other] else "no")  # fmt: skip
    return next((word for word in ("yes", "perhaps", "idle") if word in words), "no")


@pytest.mark.parametrize(
    ("on", "text", "pair", "said"),
    [
        ("1999-12-31", "PACT", "AC", "no"),  # the day before C joins
        ("2000-01-01", "PACT", "AC", "yes"),
        ("2001-02-28", "LIMITS", "AD", "no"),  # the day before entry into force for A and D
        ("2001-03-01", "LIMITS", "AD", "yes"),
        ("2001-12-31", "LIMITS", "AE", "no"),  # E is bound from some day of 2002
        ("2002-01-01", "LIMITS", "AE", "perhaps"),
        ("2002-12-31", "LIMITS", "AE", "yes"),
        ("2008-04-30", "LIMITS", "AD", "yes"),  # D suspends, and resumes
        ("2008-05-01", "LIMITS", "AD", "idle"),
        ("2009-04-30", "LIMITS", "AD", "idle"),
        ("2009-05-01", "LIMITS", "AD", "yes"),
        ("2008-05-01", "LIMITS", "AE", "yes"),  # the others go on
        ("2009-12-31", "CLUB", "DE", "no"),  # E joins the club on some day of 2010
        ("2010-06-01", "CLUB", "DE", "perhaps"),
        ("2010-12-31", "CLUB", "DE", "yes"),
        ("2014-12-31", "CODE", "DE", "yes"),  # a political text of the club's members, which E then stops
        ("2015-01-01", "CODE", "DE", "idle"),
        ("2010-06-01", "CLUB", "DF", "no"),  # an observer has no duty
        ("2010-06-01", "PACT", "AD", "no"),  # nor has a partner
    ],
)
def test_each_side_of_the_day_on_which_it_turns(world: Record, on: str, text: str, pair: str, said: str) -> None:
    assert how(duties(world, on), text, pair) == said


@pytest.mark.parametrize(
    ("on", "duty", "said", "in_law"),
    [
        ("2003-12-31", "consult", "yes", "yes"),
        ("2004-01-01", "consult", "idle", "yes"),
        ("2004-01-01", "defend", "yes", "yes"),
        ("2005-12-31", "consult", "idle", "yes"),
        ("2006-01-01", "consult", "yes", "yes"),
    ],
)
def test_a_member_left_out_of_meetings_is_not_consulted_but_still_defended(
    world: Record, on: str, duty: str, said: str, in_law: str
) -> None:
    assert how(duties(world, on), "PACT", "AC", duty) == said
    assert how(duties(world, on, layer="legal"), "PACT", "AC", duty) == in_law


def test_what_runs_one_way_joins_nobody(world: Record) -> None:
    found = duties(world, "2010-06-01")
    assert how(found, "GUARD", "AF", "defend") == "no"  # A defends F, F does not defend A
    assert how(found, "GUARD", "AF", "consult") == "yes"
    assert how(found, "SHIELD", "BF") == "no"
    assert how(found, "GIFT", "AB") == "no"
    assert [how(found, "BORDER", pair) for pair in ("DE", "EF", "DF")] == ["yes", "yes", "no"]


def test_two_one_way_promises_of_one_text_make_a_mutual_one(tmp_path: Path) -> None:
    back = row("SHIELD", "pledge", "FFF>BBB", "defence", "2012-01-01", place="Art. 2")
    world = make_record(tmp_path / "facts", more=[back])
    assert how(duties(world, "2011-12-31"), "SHIELD", "BF") == "no"
    assert how(duties(world, "2012-01-01"), "SHIELD", "BF") == "yes"


def test_a_suspension_between_two_leaves_the_others(tmp_path: Path) -> None:
    stop = row("AAA", "act", "LIMITS", "partial_suspension", "2012-01-01", note="towards:EEE")
    world = make_record(tmp_path / "facts", more=[stop])
    assert [how(duties(world, "2011-12-31"), "LIMITS", pair) for pair in ("AD", "AE", "DE")] == ["yes"] * 3
    assert [how(duties(world, "2012-01-01"), "LIMITS", pair) for pair in ("AD", "AE", "DE")] == ["yes", "idle", "yes"]
    assert how(duties(world, "2012-01-01", layer="legal"), "LIMITS", "AE") == "yes"


def test_a_direction_that_begins_on_an_unknown_day_may_join(tmp_path: Path) -> None:
    more = [row("BORDER", "duty_direction", "*>FFF", "incidents", "2012", place="Art. 4"),
            row("BORDER", "duty_direction", "FFF>*", "incidents", "2012", place="Art. 4")]  # fmt: skip
    world = make_record(tmp_path / "facts", more=more)
    said = [how(duties(world, on), "BORDER", "DF") for on in ("2011-12-31", "2012-06-01", "2012-12-31")]
    assert said == ["no", "perhaps", "yes"]


def test_an_organisation_as_an_end_of_a_direction_is_no_state(tmp_path: Path) -> None:
    more = [row("CLUB", "duty_direction", "PACT>*", "economic", place="rule 2")]
    world = make_record(tmp_path / "facts", more=more)
    assert how(duties(world, "2011-06-01"), "CLUB", "DE", "settle") == "no"
    assert how(duties(world, "2011-06-01"), "CLUB", "DE", "consult") == "yes"


def test_universal_texts_are_left_out_unless_asked_for(world: Record) -> None:
    day = day_of("2010-06-01")
    assert universal_texts(world, day) == {"WORLD", "WORLD_CHARTER", "COUNCIL"}  # the council rests on the charter
    assert how(duties(world, "2010-06-01"), "WORLD", "BE") == "no"
    assert duties(world, "2010-06-01").left_out == ("COUNCIL", "WORLD")
    asked = duties(world, "2010-06-01", with_universal=True)
    assert (how(asked, "WORLD", "BE"), how(asked, "COUNCIL", "AE"), asked.left_out) == ("yes", "yes", ())


def test_a_treaty_that_waits_for_ratifications_joins_nobody(world: Record) -> None:
    assert how(duties(world, "2010-06-01"), "WAITING", "AF") == "no"


def test_a_duty_of_the_record_leads_to_its_claim(world: Record) -> None:
    for owed in duties(world, "2010-06-01").owed:
        claims = [world.at(address) for address in owed.duty.claims]
        assert all(claim.subject == owed.duty.text for claim in claims)
        assert owed.duty.article


def test_an_unknown_layer_is_refused(world: Record) -> None:
    with pytest.raises(QuestionError, match="participation or legal"):
        duties(world, "2010-06-01", layer="moral")


def test_the_domains_are_those_of_the_record() -> None:
    assert set(DOMAINS) == RECORD_DOMAINS


def test_no_treaty_that_binds_its_parties_only_stands_as_a_duty_of_all_members(record: Record) -> None:
    """What a note of the record says of its parties only is a treaty of its own, with parties of its own."""
    for field in ("legal_duty", "political_duty"):
        for claim in record.claims(field=field):
            assert "binds its parties" not in claim.note or claim.subject in ("ASEAN", "OAS"), claim.address


@pytest.mark.parametrize(("on", "said"), [("2011-12-31", "no"), ("2012-06-01", "perhaps"), ("2012-12-31", "yes")])
def test_a_duty_that_begins_in_some_year_may_hold_in_it(tmp_path: Path, on: str, said: str) -> None:
    more = [row("PACT", "legal_duty", "incidents", "notify", "2012", place="Art. 8")]
    assert how(duties(make_record(tmp_path / "facts", more=more), on), "PACT", "AB", "notify") == said


@pytest.mark.parametrize(("on", "said"), [("2011-12-31", "no"), ("2012-06-01", "perhaps"), ("2012-12-31", "yes")])
def test_a_treaty_of_all_members_binds_them_when_it_is_in_force(tmp_path: Path, on: str, said: str) -> None:
    more = [
        row("ANNEX", "kind", value="treaty", begin="1990-01-01"), row("ANNEX", "name", value="The annex"),
        row("ANNEX", "binding", value="legal"), row("ANNEX", "entered_into_force", begin="2012"),
        row("ANNEX", "adopted", "", "signed", "1990-01-01"), row("ANNEX", "parties_follow", "PACT", "member"),
        row("ANNEX", "legal_duty", "incidents", "limit", place="Art. 1"),
    ]  # fmt: skip
    assert how(duties(make_record(tmp_path / "facts", more=more), on), "ANNEX", "AB") == said


def test_a_direction_without_a_duty_is_a_fault_of_the_record(tmp_path: Path) -> None:
    more = [row("LIMITS", "duty_direction", "AAA>*", "economic", place="Art. 1")]
    faults = {fault.rule: fault.what for fault in check(make_record(tmp_path / "facts", more=more)).faults}
    assert "no duty in the domain economic" in faults["direction_of_a_duty"]
    assert "direction_of_a_duty" not in {fault.rule for fault in check(make_record(tmp_path / "plain")).faults}
