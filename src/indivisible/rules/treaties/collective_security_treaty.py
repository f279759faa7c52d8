"""The Collective Security Treaty, 1992: no force among parties, help against aggression, and how it is decided.

Where the wording of 2010 differs it is asked for from the day on which the protocols of 2010 came into force; the one
to this Treaty is not in the record, so the day is that of the one to the Charter (confidence medium).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indivisible.rules.base import CONSENT, CONSULT, DEFEND, LIMIT, NOTIFY, PERMIT, PROHIBIT, Case, article
from indivisible.rules.conduct import done_by, forbids, requires
from indivisible.rules.facts import DAY, NAME, TRUTH, Fact, before, vocabulary
from indivisible.rules.finding import KEPT, NOT_APPLICABLE, Finding
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, at_once, leaving
from indivisible.rules.parties import ATTACKED, bound, itself, judged, when_owed
from indivisible.values import Truth, day_of

KEY = "COLLECTIVE_SECURITY_TREATY_1992"
AUTHORITY = "legal"
WORDING_OF_2010 = day_of("2012-12-19")
NOTICE_MONTHS = 6
FACTS = vocabulary(
    Fact("target", NAME, "State against which force was used or threatened."),
    Fact("target_is_party", TRUTH, "Whether that state is a party, where it is not named."),
    Fact("force_or_threat", TRUTH, "Whether the state used or threatened force against it."),
    Fact("alliance_against_party", TRUTH, "Whether the state joined an alliance or action directed against a party."),
    Fact("threat_felt", TRUTH, "Whether there is a threat to the security or territory of a party."),
    Fact("threat_on", DAY, "Day of that threat."),
    Fact("consulted", TRUTH, "Whether joint consultations were begun."),
    Fact("consulted_on", DAY, "Day on which they began."),
    Fact("attacked", NAME, "State that was attacked."),
    Fact("attacked_is_party", TRUTH, "Whether that state is a party, where it is not named."),
    Fact("armed_attack", TRUTH, "Whether there was an armed attack on it."),
    Fact("attack_by_a_state", TRUTH, "Whether the attack was by a state or group of states."),
    Fact("outside_interference", TRUTH, "Whether armed groups acted against it with direction or help from outside."),
    Fact("menaces_state", TRUTH, "Whether its safety, stability, territory or sovereignty was menaced."),
    Fact("requested", TRUTH, "Whether it asked the others for help."),
    Fact("help_given", TRUTH, "Whether the state of the case gave the necessary help, military help included."),
    Fact("help_began_on", DAY, "Day on which the help began."),
    Fact("council_told", TRUTH, "Whether the UN Security Council was told of it."),
    Fact("council_told_on", DAY, "Day on which it was told."),
    Fact("force_sent", TRUTH, "Whether forces were sent to repel the aggression."),
    Fact("force_sent_on", DAY, "Day on which they were sent."),
    Fact("decided_by_heads_of_state", TRUTH, "Whether the heads of state decided on it."),
    Fact("decided_on", DAY, "Day of their decision."),
    Fact("task_stated", TRUTH, "Whether the decision states the task of the force."),
    Fact("term_stated", TRUTH, "Whether the decision states how long it stays, or what ends it."),
    Fact("mandate_ended_on", DAY, "Last day of the mandate."),
    Fact("force_left", TRUTH, "Whether the force has left."),
    Fact("force_left_on", DAY, "Day on which the last of it left."),
    Fact("facilities_sited", TRUTH, "Whether facilities of collective security were sited on a party's territory."),
    Fact("special_agreement", TRUTH, "Whether that rests on a special agreement."),
    Fact("incompatible_agreement", TRUTH, "Whether the state made an agreement that is incompatible with the Treaty."),
    Fact("applicant_shares_aims", TRUTH, "Whether a state that shares the aims asked to join."),
    Fact("applicant_barred", TRUTH, "Whether it was barred though it shares the aims."),
    *LEAVING,
)


@article(
    "1", "No force against a party", kind=PROHIBIT, domain="defence",
    asks=("target", "target_is_party", "force_or_threat"),
)  # fmt: skip
def no_force(case: Case) -> Iterable[Finding]:
    """Parties refrain from the use and threat of force among themselves. No procedure is laid down for a conflict
    between two of them."""
    among = bound(case, KEY, "target", told="target_is_party")
    if itself(case, "target") or among is Truth.NO:
        yield Finding("1", NOT_APPLICABLE, "The target is no other party to the Treaty.")
        return
    truth = when_owed(among, ~case.facts.truth("force_or_threat"))
    yield judged(
        "1", truth, kept="The state neither used nor threatened force against a party.",
        broken="The state used or threatened force against a party; the Treaty has no procedure for that.",
        facts=case.facts, asked=("target", "force_or_threat"), remedy="refrain from force",
    )  # fmt: skip


@article(
    "1 alliances", "No alliance against a party", kind=PROHIBIT, domain="defence", asks=("alliance_against_party",)
)
def no_alliance(case: Case) -> Iterable[Finding]:
    """Parties join no military alliance or grouping, and no action, that is directed against another party."""
    yield forbids(case, "1 alliances", "alliance_against_party")


@article(
    "2", "Consultations on a threat", kind=CONSULT, domain="defence",
    asks=("threat_felt", "threat_on", "consulted", "consulted_on"),
)  # fmt: skip
def consult(case: Case) -> Iterable[Finding]:
    """On a threat to the security, territory or sovereignty of a party (since 2010 also: stability) the parties at once
    begin joint consultations. The text gives no number of days."""
    if case.facts.truth("threat_felt") is Truth.NO:
        yield Finding("2", NOT_APPLICABLE, "There is no such threat.")
        return
    facts = case.facts
    yield at_once(
        "2",
        "joint consultations were begun",
        facts.day("threat_on"),
        facts.truth("consulted"),
        facts.day("consulted_on"),
    )


@article(
    "4", "Help against aggression", kind=DEFEND, domain="defence", confidence="medium",
    asks=("attacked", "armed_attack", "attack_by_a_state", "outside_interference", "menaces_state", "requested",
          "help_given"),
)  # fmt: skip
def help_one_another(case: Case) -> Iterable[Finding]:
    """Aggression against one is aggression against all: the others give the help that is needed, military help
    included. In the wording of 2010 aggression is an armed attack that menaces the state, and help follows its request.
    Whether armed groups directed from outside count is read in two ways; the Council held so on 6 January 2022."""
    facts = case.facts
    of_state = facts.truth("armed_attack") & facts.truth("attack_by_a_state")
    aggression = {
        "an armed attack by a state": of_state,
        "armed groups directed from outside count": of_state | facts.truth("outside_interference"),
    }
    party = bound(case, KEY, "attacked", told="attacked_is_party")
    for reading, attack in aggression.items():
        owed = party & attack
        if case.day >= WORDING_OF_2010:
            owed = owed & facts.truth("menaces_state") & facts.truth("requested")
        if itself(case, "attacked"):
            yield Finding("4", NOT_APPLICABLE, ATTACKED, reading=reading)
            continue
        if owed is Truth.NO:
            told = "No help is owed: what the article begins with is not so."
            yield Finding("4", NOT_APPLICABLE, told, reading=reading)
            continue
        yield judged(
            "4", when_owed(owed, facts.truth("help_given")), kept="The necessary help was given.",
            broken="Help was owed, and not given.", facts=facts, asked=help_one_another.asks, reading=reading,
            remedy="give the necessary help",
        )  # fmt: skip


@article(
    "4 report", "The Security Council is told at once", kind=NOTIFY, domain="defence",
    asks=("help_given", "help_began_on", "council_told", "council_told_on"), source="Article 4, last paragraph",
)  # fmt: skip
def tell_council(case: Case) -> Iterable[Finding]:
    """The parties tell the UN Security Council at once of measures taken under the article. No number of days."""
    facts = case.facts
    if facts.truth("help_given") is Truth.NO:
        yield Finding("4 report", NOT_APPLICABLE, "No measures were taken.")
        return
    yield at_once(
        "4 report", "the Security Council was told", facts.day("help_began_on"), facts.truth("council_told"),
        facts.day("council_told_on"),
    )  # fmt: skip


@article(
    "6", "The heads of state decide on the use of forces", kind=CONSENT, domain="defence",
    asks=("force_sent", "force_sent_on", "decided_by_heads_of_state", "decided_on"),
)  # fmt: skip
def decide(case: Case) -> Iterable[Finding]:
    """Forces are used to repel aggression by decision of the heads of state of the parties, which comes first."""
    facts = case.facts
    found = requires(case, "6", "decided_by_heads_of_state", remedy="have the heads of state decide",
                     where=facts.truth("force_sent"))  # fmt: skip
    decided, sent = facts.day("decided_on"), facts.day("force_sent_on")
    if found.verdict == KEPT:
        told = "The heads of state decided before the force was sent, or on that day."
        found = judged(
            "6", before(decided, 0, sent), kept=told, broken="It was sent before they decided.", facts=facts,
            asked=decide.asks,
        )  # fmt: skip
        if decided is not None and sent is not None:
            found = replace(found, margin=sent - decided, unit="days")
    yield found


@article(
    "mandate", "The force has a task and an end, and leaves", kind=LIMIT, domain="defence", confidence="medium",
    asks=("force_sent", "task_stated", "term_stated", "mandate_ended_on", "force_left", "force_left_on"),
    source="Decision of the Council on each operation; the Agreement on Peacekeeping of 2007 is not in the record",
)  # fmt: skip
def mandate(case: Case) -> Iterable[Finding]:
    """The decision on an operation states its task and its end; when that has come, the force leaves."""
    facts = case.facts
    sent = facts.truth("force_sent")
    yield requires(case, "mandate", "task_stated", "term_stated", where=sent)
    if sent is Truth.NO:
        yield Finding("mandate end", NOT_APPLICABLE, "No force was sent.")
        return
    yield done_by(
        case, "mandate end", "the withdrawal of the force", facts.day("mandate_ended_on"), facts.day("force_left_on"),
        done=facts.truth("force_left"),
    )  # fmt: skip


@article(
    "7",
    "Facilities by special agreement",
    kind=CONSENT,
    domain="defence",
    asks=("facilities_sited", "special_agreement"),
)
def facilities(case: Case) -> Iterable[Finding]:
    """Facilities of the system of collective security are sited on a party's territory by special agreement."""
    where = case.facts.truth("facilities_sited")
    yield requires(case, "7", "special_agreement", remedy="make a special agreement", where=where)


@article("8", "No incompatible agreements", kind=PROHIBIT, domain="defence", asks=("incompatible_agreement",))
def compatible(case: Case) -> Iterable[Finding]:
    """The Treaty leaves rights and duties under other treaties as they are; parties make none incompatible with it."""
    yield forbids(case, "8", "incompatible_agreement")


@article(
    "10", "Open to those who share the aims", kind=PERMIT, domain="defence",
    asks=("applicant_shares_aims", "applicant_barred"),
)  # fmt: skip
def open_to_all(case: Case) -> Iterable[Finding]:
    """The Treaty is open to all states that share its aims and principles."""
    if case.facts.truth("applicant_shares_aims") is Truth.NO:
        yield Finding("10", NOT_APPLICABLE, "No state that shares the aims asked to join.")
        return
    truth = when_owed(case.facts.truth("applicant_shares_aims"), ~case.facts.truth("applicant_barred"))
    yield judged(
        "10", truth, kept="A state that shares the aims was not barred.",
        broken="A state that shares the aims was barred.", facts=case.facts, asked=open_to_all.asks,
    )  # fmt: skip


@article("11", "Six months' notice of leaving", kind=PERMIT, domain="defence", asks=LEAVING_ASKS)
def leave(case: Case) -> Iterable[Finding]:
    """A party may leave if it tells the others at least six months before. The first term was five years; for those who
    signed the Protocol of 1999 it runs on by five years at a time: who is bound, the record says."""
    yield leaving("11", case.facts, NOTICE_MONTHS)


OBLIGATIONS = (
    no_force, no_alliance, consult, help_one_another, tell_council, decide, mandate, facilities, compatible,
    open_to_all, leave,
)  # fmt: skip
