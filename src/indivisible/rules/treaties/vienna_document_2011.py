"""The Vienna Document 2011: what is notified, observed and forbidden of military activities, and how it is verified."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules import confidence_building as kinds
from indivisible.rules.activities import ACTIVITY
from indivisible.rules.base import CONSULT, OBSERVE, SETTLE, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.confidence_building import ARMS, INCIDENTS, Document
from indivisible.rules.facts import TRUTH, Fact, vocabulary
from indivisible.rules.finding import Finding
from indivisible.rules.treaties import vienna_document_1999 as before
from indivisible.rules.verification import EVALUATION, EXCHANGE, INSPECTION, QUESTIONS, request_hours, visit_days

KEY = "VIENNA_DOCUMENT_2011"
AUTHORITY = "political"
FACTS = vocabulary(
    *ACTIVITY, *EXCHANGE, *INSPECTION, *EVALUATION, *QUESTIONS,
    Fact("regional_measure", TRUTH, "Whether a bilateral or regional measure was agreed under Chapter X."),
    Fact("regional_measure_told", TRUTH, "Whether all participating states were informed of it."),
)  # fmt: skip
DOCUMENT = Document(
    "vienna_document_2011.csv",
    {
        kinds.INFORMATION: "I", kinds.EXPLANATION: "16.1", kinds.EXERCISES: "40.1.1", kinds.AIR_FORCES: "40.1.2",
        kinds.LANDINGS: "40.2.1", kinds.TRANSFERS: "40.3", kinds.SNAP: "41", kinds.OBSERVATION: "VI exercises",
        kinds.OBSERVATION_OF_LANDINGS: "VI landings", kinds.CALENDAR: "61", kinds.LARGEST: "67.1",
        kinds.LARGE: "67.2", kinds.LARGER: "67.2.1", kinds.TOGETHER: "67.3", kinds.ANNOUNCEMENT: "68",
        kinds.INSPECTIONS: "IX inspection quota", kinds.VISITS: "IX evaluation quota",
    },
    term="V",
)  # fmt: skip
demands, limits = DOCUMENT.demands, DOCUMENT.limits

# In the words of the document of 1999:
air, transfers, snap, landing_observation, largest, larger, together, inspections = DOCUMENT.keeps(
    before.air, before.transfer, before.snap, before.observation_of_landings, before.largest, before.larger,
    before.together, before.inspections,
)  # fmt: skip


@DOCUMENT.article(kinds.INFORMATION, confidence="high")
def information(case: Case) -> Iterator[Finding]:
    """By 15 December each state gives all others information on its forces, weapons and plans, valid on 1 January."""
    yield DOCUMENT.finding(kinds.INFORMATION, case)


@DOCUMENT.article(kinds.EXERCISES)
def exercises(case: Case) -> Iterator[Finding]:
    """An exercise of land forces under one command is notified to all other participating states 42 days ahead or more,
    if it has at least 9,000 troops, 250 battle tanks, 500 armoured combat vehicles or 250 pieces of artillery and is
    organised into a division or at least two brigades or regiments."""
    yield DOCUMENT.finding(kinds.EXERCISES, case)


@DOCUMENT.article(kinds.LANDINGS)
def landings(case: Case) -> Iterator[Finding]:
    """An amphibious landing, a heliborne landing or a parachute assault is notified from 3,000 troops."""
    yield DOCUMENT.finding(kinds.LANDINGS, case)


@DOCUMENT.article(kinds.OBSERVATION)
def observation(case: Case) -> Iterator[Finding]:
    """Observers of all other participating states are invited to exercises of at least 13,000 troops, 300 tanks, 500
    armoured combat vehicles or 250 pieces of artillery; to one without advance notice only if it lasts more than 72
    hours. The invitation goes out with the notification."""
    yield DOCUMENT.finding(kinds.OBSERVATION, case)


@DOCUMENT.article(kinds.CALENDAR, confidence="high")
def calendar(case: Case) -> Iterator[Finding]:
    """By 15 November each state gives all others a calendar of the notifiable activities that it foresees for the
    following year."""
    yield DOCUMENT.finding(kinds.CALENDAR, case)


@DOCUMENT.article(kinds.LARGE)
def large(case: Case) -> Iterator[Finding]:
    """In a calendar year a state holds at most six activities with more than 13,000 troops, 300 tanks, 500 armoured
    combat vehicles or 300 pieces of artillery that are not above the levels of 67.1."""
    yield DOCUMENT.finding(kinds.LARGE, case)


@DOCUMENT.article(kinds.ANNOUNCEMENT)
def announcement(case: Case) -> Iterator[Finding]:
    """An activity with more than 40,000 troops, 900 tanks, 2,000 armoured combat vehicles or 900 pieces of artillery is
    announced by 15 November of the year before last."""
    yield DOCUMENT.finding(kinds.ANNOUNCEMENT, case)


@DOCUMENT.article(kinds.EXPLANATION, confidence="high")
def explanation(case: Case) -> Iterator[Finding]:
    """A state asked to explain unusual and unscheduled activities of its forces outside their peacetime places answers
    within 48 hours."""
    yield DOCUMENT.finding(kinds.EXPLANATION, case)


@article("16.2", "Meeting of the two", kind=CONSULT, domain=INCIDENTS, asks=("bilateral_meeting_hours",))
def meeting(case: Case) -> Iterator[Finding]:
    """A state that is not satisfied may ask for a meeting with the other, which is held within 48 hours."""
    yield DOCUMENT.within(case, "16.2", "bilateral_meeting_hours", "Hours to the meeting of the two")


@article("16.3", "Meeting of all", kind=CONSULT, domain=INCIDENTS, asks=("joint_meeting_hours",))
def joint_meeting(case: Case) -> Iterator[Finding]:
    """Either may ask for a meeting of all participating states, which is held within 48 hours."""
    yield DOCUMENT.within(case, "16.3", "joint_meeting_hours", "Hours to the meeting of all")


@article("17", "Hazardous incidents", kind=CONSULT, domain=INCIDENTS, asks=("hazardous_incident", "incident_explained"))
def incident(case: Case) -> Iterator[Finding]:
    """After a hazardous incident the state whose forces were involved informs the others without delay."""
    yield requires(case, "17", "incident_explained", where=case.facts.truth("hazardous_incident"))


@article("IX inspection request", "When an inspection is asked for", kind=OBSERVE, domain=ARMS,
         asks=("inspection_notice_hours",), confidence="medium")  # fmt: skip
def inspection_request(case: Case) -> Iterator[Finding]:
    """An inspection is asked for at least 36 hours and at most five days before the team enters."""
    yield request_hours(case, DOCUMENT.levels, "IX inspection request")


@article("IX inspection reply", "Answer to the request", kind=OBSERVE, domain=ARMS, asks=("inspection_reply_hours",),
         confidence="medium")  # fmt: skip
def inspection_reply(case: Case) -> Iterator[Finding]:
    """A request is answered within 24 hours."""
    yield DOCUMENT.within(case, "IX inspection reply", "inspection_reply_hours", "Hours to the answer")


@article("IX inspection length", "How long an inspection lasts", kind=OBSERVE, domain=ARMS, asks=("inspection_hours",),
         confidence="medium")  # fmt: skip
def inspection_length(case: Case) -> Iterator[Finding]:
    """An inspection ends within 48 hours of the team's arrival."""
    yield DOCUMENT.within(case, "IX inspection length", "inspection_hours", "Hours of the inspection")


@article("IX inspection team", "Size of the team", kind=OBSERVE, domain=ARMS, asks=("inspectors",), confidence="medium")
def inspection_team(case: Case) -> Iterator[Finding]:
    """A team has at most four inspectors."""
    yield DOCUMENT.within(case, "IX inspection team", "inspectors", "Inspectors", "inspectors")


@DOCUMENT.article(kinds.VISITS, confidence="high")
def visits(case: Case) -> Iterator[Finding]:
    """A state accepts one visit a year for every 60 units that it reports or part of them, 15 at most; no more than a
    fifth of them (one at least) by the same state, no unit more than twice, nor more than once by the same state."""
    yield DOCUMENT.finding(kinds.VISITS, case)


@article("IX evaluation request", "When a visit is asked for", kind=OBSERVE, domain=ARMS, asks=("visit_notice_days",))
def visit_request(case: Case) -> Iterator[Finding]:
    """A visit is asked for five to seven days before."""
    yield visit_days(case, DOCUMENT.levels, "IX evaluation request")


@article("IX evaluation reply", "Answer to the request for a visit", kind=OBSERVE, domain=ARMS,
         asks=("visit_reply_hours",))  # fmt: skip
def visit_reply(case: Case) -> Iterator[Finding]:
    """The request for a visit is answered within 48 hours."""
    yield DOCUMENT.within(case, "IX evaluation reply", "visit_reply_hours", "Hours to the answer")


@article("X", "Regional measures", kind=SETTLE, domain=ARMS, asks=("regional_measure", "regional_measure_told"),
         confidence="medium")  # fmt: skip
def regional(case: Case) -> Iterator[Finding]:
    """States may agree on more between two or in a region, and inform all participating states of it."""
    yield requires(case, "X", "regional_measure_told", where=case.facts.truth("regional_measure"))


OBLIGATIONS = (
    information, exercises, air, landings, transfers, snap, observation, landing_observation, calendar, largest, large,
    larger, together, announcement, explanation, meeting, joint_meeting, incident, inspections, inspection_request,
    inspection_reply, inspection_length, inspection_team, visits, visit_request, visit_reply, regional,
)  # fmt: skip
