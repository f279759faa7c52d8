"""The Charter of the Collective Security Treaty Organization, 2002: bases, consensus, observers, leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.rules.base import CONSENT, CONSULT, DECLARE, LIMIT, PERMIT, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import CHOICE, NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, leaving
from indivisible.rules.parties import judged, when_owed
from indivisible.values import Truth, day_of

KEY = "CSTO_CHARTER_2002"
AUTHORITY = "legal"
LIMITED_FORMAT_SINCE = day_of("2012-12-19")  # the Protocol of 10 December 2010 in force
NOTICE_MONTHS = 6
UNPAID_YEARS = 2  # the financing article; from secondary sources
FACTS = vocabulary(
    Fact("foreign_base", TRUTH, "Whether forces or facilities of a non-member are placed on the member's territory."),
    Fact("others_consulted", TRUTH, "Whether the other members were consulted before."),
    Fact("others_agreed", TRUTH, "Whether all other members agreed to it."),
    Fact("question", CHOICE, "What was decided.", choices=("procedural", "other")),
    Fact("adopted", TRUTH, "Whether the text is held to be adopted."),
    Fact("objections", NUMBER, "Members that objected."),
    Fact("votes_for", NUMBER, "Votes for, on a procedural question."),
    Fact("votes_against", NUMBER, "Votes against, on a procedural question."),
    Fact("limited_format", TRUTH, "Whether only some members took part in the decision, by that format."),
    Fact("objections_to_format", NUMBER, "Members that objected to that format."),
    Fact("heads_of_state_decided", TRUTH, "Whether the Collective Security Council of heads of state decided it."),
    Fact("question_of_principle", TRUTH, "Whether it is a question of principle for the organisation."),
    Fact("suspended_or_excluded", TRUTH, "Whether a member was suspended or excluded."),
    Fact("duties_not_fulfilled", TRUTH, "Whether that member did not fulfil its duties."),
    Fact("council_decided", TRUTH, "Whether the Council decided it."),
    Fact("member_concerned_counted", TRUTH, "Whether the vote of the member concerned was counted."),
    Fact("years_unpaid", NUMBER, "Years for which the member has not paid its contribution."),
    Fact("votes_or_nominates", TRUTH, "Whether it still votes, or nominates officials."),
    Fact("observer_admitted", TRUTH, "Whether an observer was admitted."),
    Fact("written_request", TRUTH, "Whether it asked in writing."),
    Fact("settled", TRUTH, "Whether the member that leaves has settled its obligations."),
    *LEAVING,
)


@article(
    "7", "Bases of non-members only with the others", kind=CONSULT, domain="defence", confidence="medium",
    asks=("foreign_base", "others_consulted", "others_agreed"),
)  # fmt: skip
def foreign_bases(case: Case) -> Iterable[Finding]:
    """Forces and facilities of non-members are placed on a member's territory only after urgent consultations with, and
    agreement of, the others. The Charter is read as asking for consultations; the protocol signed in 2011 for the
    consent of all (confidence medium)."""
    facts = case.facts
    if facts.truth("foreign_base") is Truth.NO:
        yield Finding("7", NOT_APPLICABLE, "There are no forces or facilities of a non-member.")
        return
    met = {
        "consultations suffice": facts.truth("others_consulted"),
        "all must agree": facts.truth("others_consulted") & facts.truth("others_agreed"),
    }
    for reading, truth in met.items():
        yield judged(
            "7", when_owed(facts.truth("foreign_base"), truth),
            kept="The others were asked as the article wants, so read.",
            broken="The others were not asked as the article wants, so read.", facts=facts, asked=foreign_bases.asks,
            reading=reading, remedy="seek the agreement of the other members",
        )  # fmt: skip


@article(
    "12", "Consensus, but for procedure", kind=CONSENT, domain="defence",
    asks=("question", "adopted", "objections", "votes_for", "votes_against"),
)  # fmt: skip
def consensus(case: Case) -> Iterable[Finding]:
    """Decisions on all but procedural questions are taken by consensus, with one vote a member, and bind. Procedural
    questions go by simple majority (from knowledge of the text)."""
    facts = case.facts
    if facts.truth("adopted") is Truth.NO:
        yield Finding("12", NOT_APPLICABLE, "Nothing is held to be adopted.")
        return
    question = facts.text("question")
    if question is None:
        yield judged("12", Truth.UNKNOWN, kept="", broken="", facts=facts, asked=consensus.asks)
        return
    if question == "other":
        truth = ~reaches(facts.number("objections"), 0, above=True)
        told = f"Members that objected: {said(facts.number('objections'))}."
    elif question == "procedural":
        votes_for, votes_against = facts.number("votes_for"), facts.number("votes_against")
        truth = Truth.UNKNOWN
        if votes_for is not None and votes_against is not None:
            sure, possible = votes_for.low > votes_against.high, votes_for.high > votes_against.low
            truth = Truth.YES if sure else Truth.UNKNOWN if possible else Truth.NO
        told = f"Votes for: {said(votes_for)}; against: {said(votes_against)}."
    else:
        raise ValueError(question)
    found = judged(
        "12", when_owed(facts.truth("adopted"), truth), kept=told, broken=told, facts=facts, asked=consensus.asks
    )
    yield replace(found, confidence="medium") if question == "procedural" else found


@article(
    "12 limited format", "Decisions among some, if nobody objects to that", kind=CONSENT, domain="defence",
    asks=("limited_format", "objections_to_format"), source="Article 12 as amended by the Protocol of 10 December 2010",
)  # fmt: skip
def limited_format(case: Case) -> Iterable[Finding]:
    """Since the Protocol of 2010 some members may decide among themselves, if no member objects to that format."""
    facts = case.facts
    if facts.truth("limited_format") is Truth.NO:
        yield Finding("12 limited format", NOT_APPLICABLE, "All members took part.")
        return
    allowed = ~reaches(facts.number("objections_to_format"), 0, above=True)
    told = "A member objected to the format."
    if case.day < LIMITED_FORMAT_SINCE:
        allowed, told = Truth.NO, "The Charter did not know this format on that day."
    yield judged(
        "12 limited format", when_owed(facts.truth("limited_format"), allowed), kept="Nobody objected to the format.",
        broken=told, facts=facts, asked=limited_format.asks,
    )  # fmt: skip


@article(
    "13", "The Council of heads of state is the highest body", kind=CONSENT, domain="defence",
    asks=("question_of_principle", "heads_of_state_decided"),
)  # fmt: skip
def highest_body(case: Case) -> Iterable[Finding]:
    """The Collective Security Council of the heads of state is the highest body and decides questions of principle."""
    where = case.facts.truth("question_of_principle")
    yield requires(case, "13", "heads_of_state_decided", remedy="put it to the heads of state", where=where)


@article(
    "19",
    "Six months' notice, and settled obligations",
    kind=PERMIT,
    domain="defence",
    asks=(*LEAVING_ASKS, "settled"),
)
def leave(case: Case) -> Iterable[Finding]:
    """A member may leave after settling its obligations; it gives notice six months before."""
    yield leaving("19", case.facts, NOTICE_MONTHS)
    if case.facts.day("left_on") is not None:
        yield requires(case, "19 obligations", "settled", remedy="settle the obligations first")


@article(
    "20", "Suspension and exclusion by the Council", kind=CONSENT, domain="defence",
    asks=("suspended_or_excluded", "duties_not_fulfilled", "council_decided", "member_concerned_counted"),
)  # fmt: skip
def suspension(case: Case) -> Iterable[Finding]:
    """A member that does not fulfil its duties may be suspended or excluded by the Council, without its own vote."""
    facts = case.facts
    if facts.truth("suspended_or_excluded") is Truth.NO:
        yield Finding("20", NOT_APPLICABLE, "No member was suspended or excluded.")
        return
    met = (
        facts.truth("duties_not_fulfilled") & facts.truth("council_decided") & ~facts.truth("member_concerned_counted")
    )
    yield judged(
        "20", when_owed(facts.truth("suspended_or_excluded"), met),
        kept="The Council decided, without the member concerned.",
        broken="A condition of the article is not met.", facts=facts, asked=suspension.asks,
    )  # fmt: skip


@article(
    "arrears", "No vote after two years without contribution", kind=LIMIT, domain="defence", confidence="medium",
    asks=("years_unpaid", "votes_or_nominates"), source="Article on financing; number of the article not seen",
)  # fmt: skip
def arrears(case: Case) -> Iterable[Finding]:
    """A member that has not paid its contribution for two years loses the right to nominate and to vote."""
    unpaid = case.facts.number("years_unpaid")
    lost = reaches(unpaid, UNPAID_YEARS)
    yield judged(
        "arrears", ~(lost & case.facts.truth("votes_or_nominates")), facts=case.facts, asked=arrears.asks,
        kept=f"Years unpaid: {said(unpaid)}; it does not vote, or still may.",
        broken=f"Years unpaid: {said(unpaid)}, and it still votes or nominates.", remedy="pay the arrears",
    )  # fmt: skip


@article(
    "21", "Observers on written request", kind=DECLARE, domain="defence",
    asks=("observer_admitted", "written_request", "council_decided"),
)  # fmt: skip
def observers(case: Case) -> Iterable[Finding]:
    """A state that is no member, or an international organisation, may be an observer: on written request, by decision
    of the Council."""
    yield requires(case, "21", "written_request", "council_decided", where=case.facts.truth("observer_admitted"))


OBLIGATIONS = (foreign_bases, consensus, limited_format, highest_body, leave, suspension, arrears, observers)
