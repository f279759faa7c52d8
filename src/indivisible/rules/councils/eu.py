"""The Council and the European Council of the European Union: weights, majorities of states and people, unanimity."""

from __future__ import annotations

from indivisible.errors import QuestionError
from indivisible.rules.ballot import (
    ABSENT,
    ABSTAIN,
    ABSTAIN_WITH_DECLARATION,
    NO,
    NO_DECISION,
    NOT_PARTICIPATING,
    YES,
    Rule,
    at_least,
    every,
    given,
    nobody,
)  # fmt: skip
from indivisible.rules.councils.eu_votes import (
    CHECK,
    POPULATION,
    POPULATION_SOURCE,
    VOTES,
    double_majority,
    few_declare,
    few_votes_declare,
    if_verified,
    majority_of_participants,
    part_of,
    reinforced_majority,
    unanimous,
    weighted_majority,
    whose_figures,
)  # fmt: skip
from indivisible.rules.facts import NAMES, TRUTH, Fact, vocabulary
from indivisible.rules.procedure import Meeting, Procedure, procedure
from indivisible.values import Truth

KEY, NAME, ORGANIZATION, LAYER = "EU", "Council of the European Union", "EU", "legal"
MAASTRICHT, AMSTERDAM, NICE, LISBON = "1993-11-01", "1999-05-01", "2003-02-01", "2009-12-01"
DOUBLE_MAJORITY, LAST_REQUEST = "2014-11-01", "2017-04-01"

FACTS = vocabulary(
    POPULATION,
    POPULATION_SOURCE,
    CHECK,
    Fact("proposed", TRUTH, "whether the Council acts on a proposal of the Commission or of the High Representative"),
    Fact("military_or_defence", TRUTH, "whether the decision has military or defence implications"),
    Fact("vital_reasons", NAMES, "members that oppose a vote for vital and stated reasons of national policy"),
    Fact("not_taking_part", NAMES, "members that do not take part, as in an enhanced cooperation or by a protocol"),
    Fact("concerned", NAMES, "the member whose conduct is at issue"),
    Fact("leaving", NAMES, "the member that leaves"),
)
PEOPLE = ("population", "population_source")
REFERRED = "The Council may, by qualified majority, refer the matter to the European Council for a unanimous decision."

# from, until, votes needed, members needed on a proposal (0: none), members needed otherwise, text, confidence
PERIODS = (
    ("1958-01-01", "1973-01-01", 12, 0, 4, "EEC Treaty 148(2)", "high"),
    ("1973-01-01", "1981-01-01", 41, 0, 6, "EEC Treaty 148(2), Act of Accession 1972", "medium"),
    ("1981-01-01", "1986-01-01", 45, 0, 6, "EEC Treaty 148(2), Act of Accession 1979", "medium"),
    ("1986-01-01", "1995-01-01", 54, 0, 8, "EEC Treaty 148(2), Act of Accession 1985", "medium"),
    ("1995-01-01", "2004-05-01", 62, 0, 10, "EC Treaty 148(2), from 1999 205(2)", "high"),
    ("2004-05-01", "2004-11-01", 88, 0, 17, "Act of Accession 2003, Article 26", "medium"),
    ("2004-11-01", "2007-01-01", 232, 13, 17, "EC Treaty 205(2) as of Nice", "medium"),
    ("2007-01-01", "2013-07-01", 255, 14, 18, "EC Treaty 205(2) as of Nice, Act of Accession 2005", "high"),
    ("2013-07-01", "2014-11-01", 260, 15, 19, "Protocol 36, Article 3(3)", "medium"),
)


def no_notes(meeting: Meeting) -> tuple[str, ...]:
    """Nothing to know beside the rule."""
    return ()


def _by_weights(
    name: str, title: str, period: tuple[str, str, int, int, int, str, str], *, proposed: bool, brake: bool = False
) -> Procedure:
    since, until, quota, members, otherwise, article, confidence = period
    members = members if proposed else otherwise
    since = max(since, AMSTERDAM) if brake else since
    verified = since >= "2004-11-01"

    def build(meeting: Meeting) -> Rule:
        rule = weighted_majority(meeting, quota, members, article)
        rule = every(rule, if_verified(meeting, article)) if verified else rule
        return _unless_braked(meeting, rule) if brake else rule

    build.__doc__ = (
        f"At least {quota} weighted votes"
        + (f", cast by at least {members} members" if members else "")
        + (". A member may ask to verify that they stand for 62 % of the population." if verified else ".")
    )
    asks = (("population_check", *PEOPLE) if verified else ()) + (BRAKE if brake else ())
    basis = f"TEU 31(2), as 23(2) before 2009; {article}" if brake else article
    return procedure(
        name, title, basis=basis, votes=VOTES, asks=asks, since=since, until=until,
        confidence=confidence if proposed else "medium", notes=whose_figures if verified else no_notes,
    )(build)  # fmt: skip


BRAKE = ("military_or_defence", "vital_reasons")


def _unless_braked(meeting: Meeting, rule: Rule) -> Rule:
    """Refuses what Article 31(4) never lets be put to a majority; stops where a member pulls the brake of 31(2)."""
    military = meeting.facts.truth("military_or_defence")
    if military is not Truth.NO:
        what = "is not said to be without" if military is Truth.UNKNOWN else "has"
        raise QuestionError(
            f"the decision {what} military or defence implications, and those are never decided by qualified majority "
            "(TEU 31(4))",
            where=meeting.facts.where,
            do="choose procedure: cfsp, or add facts: {military_or_defence: no} where it has none",
        )
    names = meeting.facts.names("vital_reasons")
    says = "no member opposes a vote for vital and stated reasons of national policy"
    truth = Truth.UNKNOWN if names is None else Truth.NO if names else Truth.YES
    told = ", ".join(names) if names else "nobody" if names is not None else ""
    brake = given(says, "TEU 31(2)", truth, defeated_by="emergency brake", otherwise=NO_DECISION, told=told)
    return every(brake, rule)


@procedure(
    "qualified_majority", "acts on a proposal of the Commission", basis="TEU 16(4)", votes=VOTES, asks=PEOPLE,
    since=DOUBLE_MAJORITY, notes=whose_figures,
)  # fmt: skip
def by_double_majority(meeting: Meeting) -> Rule:
    """At least 55 % of the members, fifteen or more of them, with at least 65 % of the people.

    A minority that blocks needs at least four members: where fewer do not vote for, the majority counts as reached.
    An abstention is no vote for.
    """
    return double_majority(meeting)


@procedure(
    "qualified_majority_not_proposed", "acts that nobody entitled has proposed", basis="TFEU 238(2)", votes=VOTES,
    asks=PEOPLE, since=DOUBLE_MAJORITY, confidence="medium", notes=whose_figures,
)  # fmt: skip
def by_reinforced_majority(meeting: Meeting) -> Rule:
    """At least 72 % of the members with at least 65 % of the people, where neither the Commission nor the High
    Representative proposes."""
    return reinforced_majority(meeting, "TFEU 238(2)")


@procedure(
    "qualified_majority_by_weights", "acts on a proposal, where a member asked for the old weights",
    basis="Protocol 36, Article 3(2)", votes=VOTES, asks=("population_check", *PEOPLE), since=DOUBLE_MAJORITY,
    until=LAST_REQUEST, confidence="medium", notes=whose_figures,
)  # fmt: skip
def by_weights_on_request(meeting: Meeting) -> Rule:
    """Until 31 March 2017 a member could ask that the weights of Nice be used: 260 votes of 352, by a majority of
    the members, and on request 62 % of the people."""
    article = "Protocol 36, Article 3(3)"
    return every(weighted_majority(meeting, 260, 15, article), if_verified(meeting, article))


@procedure(
    "qualified_majority_of_participants", "acts in which not all members take part", basis="TFEU 238(3)(a)",
    votes=VOTES, asks=PEOPLE, since=DOUBLE_MAJORITY, confidence="medium", without="not_taking_part",
    notes=whose_figures,
)  # fmt: skip
def by_participants(meeting: Meeting) -> Rule:
    """At least 55 % of those who take part, with at least 65 % of their people.

    A minority that blocks needs one member more than the fewest that have over 35 % of those people.
    """
    return majority_of_participants(meeting)


@procedure("unanimity", "acts for which the treaties ask unanimity", basis="TFEU 238(4)", votes=VOTES)
def unanimity(meeting: Meeting) -> Rule:
    """Nobody votes against; abstentions of members present or represented do not prevent it.

    A member that leaves the room by agreement (not_participating) counts as one that abstains, as in the European
    Council of 14 December 2023; one that is absent and represented by nobody prevents it.
    """
    return unanimous(meeting, "TFEU 238(4)")


@procedure("simple_majority", "procedure, studies and inquiries", basis="TFEU 238(1)", votes=VOTES, confidence="medium")
def simple_majority(meeting: Meeting) -> Rule:
    """More than half of all members vote for."""
    needs = len(meeting.voters) // 2 + 1
    return at_least(needs, meeting.voters, f"at least {needs} of {len(meeting.voters)} members for", "TFEU 238(1)")


@procedure(
    "european_council", "conclusions of the European Council", basis="TEU 15(4)", votes=VOTES, since=LISBON,
    confidence="medium",
)  # fmt: skip
def european_council(meeting: Meeting) -> Rule:
    """Consensus of the heads of state or government: nobody objects."""
    return nobody(meeting.voters, "no member objects", "TEU 15(4)")


CFSP_VOTES = (NO, ABSENT, ABSTAIN_WITH_DECLARATION, ABSTAIN, NOT_PARTICIPATING, YES)
NOT_OBLIGED = "Who abstained with a declaration need not apply it, but accepts that it commits the Union."


@procedure(
    "cfsp", "common foreign and security policy", basis="TEU 31(1)", votes=CFSP_VOTES, asks=PEOPLE, since=LISBON,
    then=NOT_OBLIGED, notes=whose_figures,
)  # fmt: skip
def foreign_policy(meeting: Meeting) -> Rule:
    """Unanimity. Who abstains with a formal declaration does not prevent the decision and need not apply it.

    If those are at least a third of the members with at least a third of the people, no decision is taken. Decisions
    with military or defence implications are always taken so.
    """
    return every(unanimous(meeting, "TEU 31(1)"), few_declare(meeting))


@procedure(
    "cfsp", "common foreign and security policy", basis="TEU 23(1) of Amsterdam", votes=CFSP_VOTES, since=AMSTERDAM,
    until=LISBON, confidence="medium", then=NOT_OBLIGED,
)  # fmt: skip
def foreign_policy_of_amsterdam(meeting: Meeting) -> Rule:
    """Unanimity. Who abstains with a formal declaration does not prevent it, unless they have more than a third of
    the weighted votes."""
    return every(unanimous(meeting, "TEU 23(1) of 1999"), few_votes_declare(meeting))


@procedure(
    "cfsp", "common foreign and security policy", basis="TEU J.8(2) of Maastricht", votes=VOTES, since=MAASTRICHT,
    until=AMSTERDAM, confidence="medium",
)  # fmt: skip
def foreign_policy_of_maastricht(meeting: Meeting) -> Rule:
    """Unanimity; the treaty knew no abstention with a declaration yet."""
    return unanimous(meeting, "TEU J.8(2) of 1993")


@procedure(
    "cfsp_implementing", "carrying out decisions of the common foreign and security policy", basis="TEU 31(2)",
    votes=VOTES, asks=("proposed", *BRAKE, *PEOPLE), since=DOUBLE_MAJORITY, otherwise={"emergency brake": REFERRED},
    notes=whose_figures,
)  # fmt: skip
def implementing(meeting: Meeting) -> Rule:
    """Qualified majority where a decision only carries out an earlier unanimous one, or appoints an envoy.

    55 % of the members with 65 % of the people on a proposal of the High Representative, 72 % otherwise. No vote is
    taken where a member opposes it for vital and stated reasons of national policy. Never for what has military or
    defence implications (31(4)).
    """
    proposed = meeting.facts.truth("proposed")
    if proposed is Truth.UNKNOWN:
        raise QuestionError(
            "the majority turns on whether the High Representative proposes the decision, and the case does not say",
            where=meeting.facts.where,
            do="add facts: {proposed: yes} or {proposed: no}",
        )
    majority = double_majority(meeting) if proposed is Truth.YES else reinforced_majority(meeting, "TFEU 238(2)")
    return _unless_braked(meeting, majority)


@procedure(
    "article_7_1", "clear risk of a serious breach of the values of the Union", basis="TEU 7(1)", votes=VOTES,
    since=NICE, confidence="medium", without="concerned",
    then="The European Parliament has to have consented, and the member to have been heard.",
)  # fmt: skip
def risk_of_breach(meeting: Meeting) -> Rule:
    """Four fifths of the members vote for; the member concerned has no vote and is not counted."""
    number = len(meeting.voters)
    needs = part_of(4, 5, number)
    return at_least(needs, meeting.voters, f"at least four fifths: {needs} of {number} members for", "TEU 7(1)")


@procedure(
    "article_7_2", "serious and persistent breach of the values of the Union", basis="TEU 7(2)", votes=VOTES,
    since=AMSTERDAM, without="concerned", then="Rights may then be suspended by a reinforced majority (7(3)).",
)  # fmt: skip
def breach(meeting: Meeting) -> Rule:
    """Unanimity of the European Council without the member concerned; abstentions do not prevent it (TFEU 354)."""
    return unanimous(meeting, "TEU 7(2)")


@procedure(
    "article_7_3", "suspension of rights after a finding under Article 7(2)", basis="TEU 7(3), TFEU 354", votes=VOTES,
    asks=PEOPLE, since=DOUBLE_MAJORITY, confidence="medium", without="concerned", notes=whose_figures,
)  # fmt: skip
def suspension(meeting: Meeting) -> Rule:
    """At least 72 % of the other members with at least 65 % of their people."""
    return reinforced_majority(meeting, "TFEU 354, 238(3)(b)")


@procedure(
    "enlargement", "admission of a member", basis="TEU 49", votes=VOTES, confidence="medium",
    then="The European Parliament has to consent, and all members and the applicant ratify the treaty of accession.",
)  # fmt: skip
def enlargement(meeting: Meeting) -> Rule:
    """Unanimity of the Council; abstentions do not prevent it."""
    return unanimous(meeting, "TEU 49")


@procedure(
    "withdrawal_agreement", "agreement with a member that leaves", basis="TEU 50(2)", votes=VOTES, asks=PEOPLE,
    since=DOUBLE_MAJORITY, confidence="medium", without="leaving",
    then="The European Parliament has to consent as well.",
    otherwise="Without an agreement the treaties cease to apply two years after the notice, unless all prolong that.",
    notes=whose_figures,
)  # fmt: skip
def withdrawal_agreement(meeting: Meeting) -> Rule:
    """At least 72 % of the remaining members with at least 65 % of their people; the one that leaves has no vote."""
    return reinforced_majority(meeting, "TEU 50(4), TFEU 238(3)(b)")


ACTS, OTHER = "acts on a proposal of the Commission", "acts that nobody entitled has proposed"
PROCEDURES = (
    by_double_majority,
    *(_by_weights("qualified_majority", ACTS, period, proposed=True) for period in PERIODS),
    by_reinforced_majority,
    *(_by_weights("qualified_majority_not_proposed", OTHER, period, proposed=False) for period in PERIODS),
    by_weights_on_request, by_participants, unanimity, simple_majority, european_council, foreign_policy,
    foreign_policy_of_amsterdam, foreign_policy_of_maastricht, implementing,
    *(
        _by_weights("cfsp_implementing", implementing.title, period, proposed=False, brake=True)
        for period in PERIODS if period[0] >= "1995-01-01"
    ),
    risk_of_breach, breach, suspension, enlargement, withdrawal_agreement,
)  # fmt: skip
STEPS = {"accede": "enlargement", "suspend": "article_7_2", "withdraw": ""}
