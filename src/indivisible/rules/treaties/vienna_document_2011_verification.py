"""Inspections, evaluation visits, questions on unusual activities and regional measures in the Vienna Document 2011."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.activities import levels
from indivisible.rules.base import CONSULT, OBSERVE, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import TRUTH, Fact
from indivisible.rules.finding import Finding
from indivisible.rules.verification import (
    EVALUATION,
    evaluation_quota,
    inspection_quota,
    names,
    request_hours,
    visit_days,
    within,
)

TABLE = "vienna_document_2011.csv"
ARMS, INCIDENTS = "arms_control", "incidents"
QUOTA = ("inspections_before", "inspections_before_same_state", "inspection_refused")
FACTS = (
    Fact("regional_measure", TRUTH, "Whether a bilateral or regional measure was agreed under Chapter X."),
    Fact("regional_measure_told", TRUTH, "Whether all participating states were informed of it."),
)


@article("16.1", "Answer on unusual activities", kind=CONSULT, domain=INCIDENTS, asks=("explanation_hours",))
def explanation(case: Case) -> Iterator[Finding]:
    """A state asked to explain unusual and unscheduled activities of its forces outside their peacetime places answers
    within 48 hours."""
    limit = levels(TABLE).one("16.1", "hours")
    yield within(case, "16.1", "explanation_hours", "Hours to the answer", "hours", limit)


@article("16.2", "Meeting of the two", kind=CONSULT, domain=INCIDENTS, asks=("bilateral_meeting_hours",))
def meeting(case: Case) -> Iterator[Finding]:
    """A state that is not satisfied may ask for a meeting with the other, which is held within 48 hours."""
    limit = levels(TABLE).one("16.2", "hours")
    yield within(case, "16.2", "bilateral_meeting_hours", "Hours to the meeting of the two", "hours", limit)


@article("16.3", "Meeting of all", kind=CONSULT, domain=INCIDENTS, asks=("joint_meeting_hours",))
def joint_meeting(case: Case) -> Iterator[Finding]:
    """Either may ask for a meeting of all participating states, which is held within 48 hours."""
    limit = levels(TABLE).one("16.3", "hours")
    yield within(case, "16.3", "joint_meeting_hours", "Hours to the meeting of all", "hours", limit)


@article("17", "Hazardous incidents", kind=CONSULT, domain=INCIDENTS, asks=("hazardous_incident", "incident_explained"))
def incident(case: Case) -> Iterator[Finding]:
    """After a hazardous incident the state whose forces were involved informs the others without delay."""
    yield requires(case, "17", "incident_explained", where=case.facts.truth("hazardous_incident"))


@article("IX inspection quota", "Inspections to be accepted", kind=OBSERVE, domain=ARMS, asks=QUOTA,
         confidence="medium")  # fmt: skip
def inspections(case: Case) -> Iterator[Finding]:
    """A state accepts inspections on its territory, but no more than three in a calendar year, and one by the same
    state."""
    yield inspection_quota(case, levels(TABLE), "IX inspection quota")


@article("IX inspection request", "When an inspection is asked for", kind=OBSERVE, domain=ARMS,
         asks=("inspection_notice_hours",), confidence="medium")  # fmt: skip
def inspection_request(case: Case) -> Iterator[Finding]:
    """An inspection is asked for at least 36 hours and at most five days before the team enters."""
    yield request_hours(case, levels(TABLE), "IX inspection request")


@article("IX inspection reply", "Answer to the request", kind=OBSERVE, domain=ARMS, asks=("inspection_reply_hours",),
         confidence="medium")  # fmt: skip
def inspection_reply(case: Case) -> Iterator[Finding]:
    """A request is answered within 24 hours."""
    name = "IX inspection reply"
    limit = levels(TABLE).one(name, "hours")
    yield within(case, name, "inspection_reply_hours", "Hours to the answer", "hours", limit)


@article("IX inspection length", "How long an inspection lasts", kind=OBSERVE, domain=ARMS, asks=("inspection_hours",),
         confidence="medium")  # fmt: skip
def inspection_length(case: Case) -> Iterator[Finding]:
    """An inspection ends within 48 hours of the team's arrival."""
    name = "IX inspection length"
    yield within(case, name, "inspection_hours", "Hours of the inspection", "hours", levels(TABLE).one(name, "hours"))


@article("IX inspection team", "Size of the team", kind=OBSERVE, domain=ARMS, asks=("inspectors",), confidence="medium")
def inspection_team(case: Case) -> Iterator[Finding]:
    """A team has at most four inspectors."""
    name = "IX inspection team"
    yield within(case, name, "inspectors", "Inspectors", "inspectors", levels(TABLE).one(name, "inspectors"))


@article("IX evaluation quota", "Evaluation visits to be accepted", kind=OBSERVE, domain=ARMS,
         asks=names(EVALUATION[:6]))  # fmt: skip
def visits(case: Case) -> Iterator[Finding]:
    """A state accepts one visit a year for every 60 units that it reports or part of them, 15 at most; no more than a
    fifth of them (one at least) by the same state, no unit more than twice, nor more than once by the same state."""
    yield evaluation_quota(case, levels(TABLE), "IX evaluation quota")


@article("IX evaluation request", "When a visit is asked for", kind=OBSERVE, domain=ARMS, asks=("visit_notice_days",))
def visit_request(case: Case) -> Iterator[Finding]:
    """A visit is asked for five to seven days before."""
    yield visit_days(case, levels(TABLE), "IX evaluation request")


@article("IX evaluation reply", "Answer to the request for a visit", kind=OBSERVE, domain=ARMS,
         asks=("visit_reply_hours",))  # fmt: skip
def visit_reply(case: Case) -> Iterator[Finding]:
    """The request for a visit is answered within 48 hours."""
    name = "IX evaluation reply"
    yield within(case, name, "visit_reply_hours", "Hours to the answer", "hours", levels(TABLE).one(name, "hours"))


@article("X", "Regional measures", kind=SETTLE, domain=ARMS, asks=("regional_measure", "regional_measure_told"),
         confidence="medium")  # fmt: skip
def regional(case: Case) -> Iterator[Finding]:
    """States may agree on more between two or in a region, and inform all participating states of it."""
    yield requires(case, "X", "regional_measure_told", where=case.facts.truth("regional_measure"))


OBLIGATIONS: tuple[Obligation, ...] = (
    explanation, meeting, joint_meeting, incident, inspections, inspection_request, inspection_reply,
    inspection_length, inspection_team, visits, visit_request, visit_reply, regional,
)  # fmt: skip
