"""How the 1990 treaty is carried out and verified: reductions, information, inspections, technical means, the Group."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.activities import levels
from indivisible.rules.base import CONSULT, DECLARE, LIMIT, NOTIFY, OBSERVE, PROHIBIT, SETTLE, Case, Obligation, article
from indivisible.rules.conduct import done_by, due_where, forbids, is_one_of, requires
from indivisible.rules.consensus import CONSENSUS, CONSENSUS_ASKS, by_consensus
from indivisible.rules.facts import CHOICE, DAY, NAME, NUMBER, TABLE, TRUTH, Fact, Facts, reaches, said
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding, verdict_of
from indivisible.rules.in_time import months_after
from indivisible.rules.treaties.cfe_counting import FIVE, SAID, states_told, the_row
from indivisible.rules.verification import EXCHANGE, exchange, less, refusal, within
from indivisible.values import Estimate, Truth, day_of, iso

ARMS = "arms_control"
TABLE_OF = "cfe_1990_procedures.csv"
APPLIED_FROM = day_of("1992-07-17")  # provisionally; the ceilings apply from 40 months after this day
PHASES = ("VIII(4)(A)", "VIII(4)(B)", "VIII(4)(C)")
MEANS = ("destruction", "conversion", "static_display", "ground_targets", "instruction", "recategorisation",
         "reclassification")  # fmt: skip
PERIODS = ("baseline_validation", "reduction", "residual_level_validation", "residual")
KINDS = ("declared_site", "challenge", "certification", "reduction")
FACTS = (
    Fact("reductions", TABLE, "What a state had to reduce in each category, and what it had reduced by the day.", of=(
        Fact("state", NAME, "Key of the state."), Fact("category", CHOICE, "Category of the treaty.", choices=FIVE),
        Fact("liability", NUMBER, "Items that it has to reduce."), Fact("reduced", NUMBER, "Items reduced by the day."),
    )),
    Fact("reduced_by", CHOICE, "By what means items were reduced.", choices=(*MEANS, "export", "removal_from_area")),
    *EXCHANGE,
    Fact("change_percent", NUMBER, "By how much the items of a category in a unit have changed.", "percent"),
    Fact("change_on", DAY, "Day of that change."),
    Fact("change_notified_on", DAY, "Day on which that change was notified."),
    Fact("structure_change_on", DAY, "Day of a permanent change in the organisation of the forces."),
    Fact("structure_change_notified_on", DAY, "Day on which that change was notified."),
    Fact("inspection_period", CHOICE, "The period of inspections.", choices=PERIODS),
    Fact("objects_of_verification", NUMBER, "Objects of verification that the state has declared."),
    Fact("declared_sites_before", NUMBER, "Inspections of declared sites accepted in the period before this "
         "one; in the reduction and residual periods, in the year."),
    Fact("site_inspection_refused", TRUTH, "Whether the inspection of a declared site was refused."),
    Fact("challenges_asked", NUMBER, "Challenge inspections asked of it in the period, or in the year."),
    Fact("challenge_reply_hours", NUMBER, "Hours from naming the area to the answer whether it may be inspected."),
    Fact("challenge_refused", TRUTH, "Whether the challenge inspection was refused."),
    Fact("challenge_assurance", TRUTH, "Whether the state gave all reasonable assurance that the area holds nothing "
         "limited by the treaty."),
    Fact("same_group_inspections", NUMBER, "Inspections in the year by one state of another of its own group."),
    Fact("inspection_kind", CHOICE, "What is inspected.", choices=KINDS),
    Fact("inspection_request_hours", NUMBER, "Hours from the notice to the arrival at the point of entry."),
    Fact("inspectors", NUMBER, "Inspectors in the team."),
    Fact("site_inspection_hours", NUMBER, "Hours that the inspection of a declared site lasted."),
    Fact("interferes_with_technical_means", TRUTH, "Whether it interferes with the technical means of verification of "
         "another party."),
    Fact("conceals", TRUTH, "Whether it conceals so that verification by technical means is impeded."),
    Fact("usual_concealment", TRUTH, "Whether that is cover or concealment of normal training, maintenance or "
         "operations."),
    *CONSENSUS,
    Fact("regular_sessions", NUMBER, "Regular sessions of the Joint Consultative Group in the year."),
    Fact("session_days", NUMBER, "Days from the request for an additional session to its opening."),
    Fact("session_weeks", NUMBER, "Weeks that a session lasts."),
    Fact("longer_session_decided", TRUTH, "Whether the Group decided on a longer session."),
)  # fmt: skip


def _number(name: str, unit: str) -> int:
    return levels(TABLE_OF).one(name, unit)


@article("VIII", "Reductions in three phases", kind=LIMIT, domain=ARMS, asks=("reductions",), confidence="medium")
def reductions(case: Case) -> Iterator[Finding]:
    """Each party reduces what it has to in each category in three phases: at least 25 percent of it within 16 months,
    60 percent within 28 and all of it within 40, counted from 17 July 1992."""
    rows = case.facts.table("reductions")
    for phase in PHASES:
        due = months_after(APPLIED_FROM, _number(phase, "months"))
        for state in states_told(case, rows):
            for category in FIVE:
                start = Finding(phase, UNKNOWN, "", unit=SAID[category], state=state)
                yield _phase(case, start, due, the_row(rows, state, category), category)


def _phase(case: Case, start: Finding, due: int, row: Facts | None, category: str) -> Finding:
    """Whether what was reduced is the share that was due by a day."""
    what = SAID[category].capitalize()
    percent = _number(start.article, "percent")
    if case.day < due:
        return replace(start, verdict=NOT_APPLICABLE, because=f"{what}: {percent} percent are due by {iso(due)}.")
    liability, done = (None, None) if row is None else (row.number("liability"), row.number("reduced"))
    if liability is None or done is None:
        lacks = "what it had to reduce" if liability is None else "what it had reduced"
        told = f"{what}: {lacks} is not given; {percent} percent were due by {iso(due)}."
        return replace(start, because=told, value=done)
    told = f"{what}: {said(done)} reduced of {said(liability)}; {percent} percent were due by {iso(due)}."
    needed = Estimate(liability.low * percent / 100, None, liability.high * percent / 100)
    kept = ~less(done, needed)
    exact = needed.low == needed.high and done.low == done.high
    missing = math.ceil(needed.low) - done.high
    return replace(
        start, verdict=verdict_of(kept), because=told, value=done, limit=needed.low if exact else None,
        margin=done.low - needed.low if exact else None,
        remedy=f"reduce {missing:,.10g} more" if kept is Truth.NO else "",
    )  # fmt: skip


@article("VIII means", "By what means", kind=DECLARE, domain=ARMS, asks=("reduced_by",), confidence="medium")
def means(case: Case) -> Iterator[Finding]:
    """Items are reduced by destruction, conversion to other than military purposes, static display, use as ground
    targets or for instruction, and by recategorising helicopters or reclassifying trainers; not by export or removal
    from the area."""
    chosen = case.facts.text("reduced_by")
    told = "not known" if chosen is None else chosen.replace("_", " ")
    yield Finding("VIII means", verdict_of(is_one_of(case.facts, "reduced_by", *MEANS)), f"Reduced by: {told}.")


@article("XIII exchange", "Annual exchange of information", kind=DECLARE, domain=ARMS,
         asks=("exchange_on", "exchange_given"), confidence="medium")  # fmt: skip
def information(case: Case) -> Iterator[Finding]:
    """By 15 December each party gives all others the information on its forces and items that holds on 1 January."""
    yield exchange(case, "XIII exchange")


@article("XIII change", "Notice of a change in a unit", kind=NOTIFY, domain=ARMS,
         asks=("change_percent", "change_on", "change_notified_on"), confidence="medium")  # fmt: skip
def change(case: Case) -> Iterator[Finding]:
    """A change of 10 percent or more in the items of a category that a unit holds is notified within five days."""
    on, percent = case.facts.day("change_on"), _number("XIII change", "percent")
    large = reaches(case.facts.number("change_percent"), percent)
    last = None if on is None else on + _number("XIII change", "days")
    found = done_by(case, "XIII change", "the notice of the change", last, case.facts.day("change_notified_on"))
    yield due_where(large, found, f"a change of {percent} percent or more")


@article("XIII structure", "Notice of a change in organisation", kind=NOTIFY, domain=ARMS,
         asks=("structure_change_on", "structure_change_notified_on"), confidence="medium")  # fmt: skip
def structure(case: Case) -> Iterator[Finding]:
    """A permanent change in the organisation of the forces in the area is notified at least 42 days ahead."""
    on = case.facts.day("structure_change_on")
    last = None if on is None else on - _number("XIII structure", "days")
    told = case.facts.day("structure_change_notified_on")
    yield done_by(case, "XIII structure", "the notice of the change", last, told)


def _part(name: str, case: Case, whole: Estimate | None) -> Estimate | None:
    """The quota of the period as a share of a whole; a fraction may be rounded either way."""
    period = case.facts.text("inspection_period")
    if period is None or whole is None:
        return None
    percent = _number(name, f"percent in {period}")
    low, high = math.floor(whole.low * percent / 100), math.ceil(whole.high * percent / 100)
    return Estimate(low, low if low == high else None, high)


def _rounded(quota: Estimate | None) -> str:
    """What is said of a quota that is a range for want of a rule."""
    unsure = quota is not None and quota.low != quota.high
    return " How a fraction is rounded is not in the record." if unsure else ""


def _sites(case: Case) -> Estimate | None:
    return _part("XIV declared sites", case, case.facts.number("objects_of_verification"))


@article("XIV declared sites", "Inspections of declared sites to be accepted", kind=OBSERVE, domain=ARMS,
         asks=("inspection_period", "objects_of_verification", "declared_sites_before", "site_inspection_refused"),
         confidence="medium")  # fmt: skip
def declared_sites(case: Case) -> Iterator[Finding]:
    """A party accepts inspections of its declared sites, without a right to refuse, up to a share of its objects of
    verification: 20 percent in the baseline validation period, 10 in each year of the reduction period, 20 in the
    residual level validation period and 15 in each year after. How a fraction is rounded is not in the record."""
    quota, before = _sites(case), case.facts.number("declared_sites_before")
    told = f"{said(before)} accepted before, of {said(quota)}.{_rounded(quota)}"
    refused = case.facts.truth("site_inspection_refused")
    yield refusal("XIV declared sites", refused, less(before, quota), told)


@article("XIV challenge quota", "Challenge inspections", kind=LIMIT, domain=ARMS,
         asks=("inspection_period", "objects_of_verification", "challenges_asked"), confidence="medium")  # fmt: skip
def challenges(case: Case) -> Iterator[Finding]:
    """Of the quota for declared sites at most 15 percent may be asked for as challenge inspections in the two
    validation periods, and 23 percent in each year of the other two. How a fraction is rounded is not in the record."""
    asked, quota = case.facts.number("challenges_asked"), _part("XIV challenge quota", case, _sites(case))
    told = f"{said(asked)} asked for, of {said(quota)}.{_rounded(quota)}"
    yield Finding("XIV challenge quota", verdict_of(~less(quota, asked)), told, value=asked, unit="inspections")


@article("XIV challenge reply", "Answer to a challenge", kind=OBSERVE, domain=ARMS, asks=("challenge_reply_hours",))
def challenge_reply(case: Case) -> Iterator[Finding]:
    """Whether an area may be inspected is answered within two hours."""
    name = "XIV challenge reply"
    yield within(case, name, "challenge_reply_hours", "Hours to the answer", "hours", _number(name, "hours"))


@article("XIV challenge refusal", "Refusal of a challenge", kind=OBSERVE, domain=ARMS,
         asks=("challenge_refused", "challenge_assurance"), confidence="medium")  # fmt: skip
def challenge_refusal(case: Case) -> Iterator[Finding]:
    """A party may refuse a challenge inspection; it then gives all reasonable assurance that the area holds nothing
    limited by the treaty."""
    yield requires(case, "XIV challenge refusal", "challenge_assurance", where=case.facts.truth("challenge_refused"),
                   when="a refusal")  # fmt: skip


@article("XIV same group", "Inspections within a group", kind=LIMIT, domain=ARMS, asks=("same_group_inspections",),
         confidence="medium")  # fmt: skip
def same_group(case: Case) -> Iterator[Finding]:
    """A party inspects another of its own group at most five times a year."""
    name, what = "XIV same group", "Inspections of one state by another of its group in the year"
    yield within(case, name, "same_group_inspections", what, "inspections", _number(name, "inspections"))


@article("XIV request", "Notice of an inspection", kind=NOTIFY, domain=ARMS,
         asks=("inspection_kind", "inspection_request_hours"))  # fmt: skip
def request(case: Case) -> Iterator[Finding]:
    """An inspection of a declared site or an area is announced at least 36 hours before the arrival; one of reductions
    or of a certification at least 96 hours before."""
    kind, hours = case.facts.text("inspection_kind"), case.facts.number("inspection_request_hours")
    if kind is None:
        yield Finding("XIV request", UNKNOWN, "What is inspected is not given.", value=hours, unit="hours")
        return
    least = _number("XIV request", f"hours for {kind}")
    told = f"Hours from the notice to the arrival: {said(hours)}, at least {least}."
    yield Finding("XIV request", verdict_of(reaches(hours, least)), told, value=hours, unit="hours")


@article("XIV team", "Size of the team", kind=OBSERVE, domain=ARMS, asks=("inspectors",), confidence="medium")
def team(case: Case) -> Iterator[Finding]:
    """A team has at most nine inspectors."""
    yield within(case, "XIV team", "inspectors", "Inspectors", "inspectors", _number("XIV team", "inspectors"))


@article("XIV length", "How long the inspection of a site lasts", kind=OBSERVE, domain=ARMS,
         asks=("site_inspection_hours",), confidence="medium")  # fmt: skip
def length(case: Case) -> Iterator[Finding]:
    """The inspection of a declared site ends within 48 hours."""
    what = "Hours of the inspection"
    yield within(case, "XIV length", "site_inspection_hours", what, "hours", _number("XIV length", "hours"))


@article("XV(2)", "No interference with technical means", kind=PROHIBIT, domain=ARMS,
         asks=("interferes_with_technical_means",), confidence="medium")  # fmt: skip
def interference(case: Case) -> Iterator[Finding]:
    """A party does not interfere with the national and multinational technical means by which others verify."""
    yield forbids(case, "XV(2)", "interferes_with_technical_means")


@article("XV(3)", "No concealment", kind=PROHIBIT, domain=ARMS, asks=("conceals", "usual_concealment"),
         confidence="medium")  # fmt: skip
def concealment(case: Case) -> Iterator[Finding]:
    """A party does not conceal so that verification by such means is impeded; cover and concealment of normal training,
    maintenance and operations are allowed."""
    yield forbids(case, "XV(3)", "conceals", unless=case.facts.truth("usual_concealment"))


@article("XVI consensus", "Decisions of the Joint Consultative Group", kind=SETTLE, domain=ARMS, asks=CONSENSUS_ASKS)
def consensus(case: Case) -> Iterator[Finding]:
    """The Joint Consultative Group of all parties decides by consensus: no party objects."""
    yield by_consensus(case, "XVI consensus", "the Joint Consultative Group")


@article("XVI sessions", "Sessions of the Group", kind=CONSULT, domain=ARMS,
         asks=("regular_sessions", "session_days", "session_weeks", "longer_session_decided"))  # fmt: skip
def sessions(case: Case) -> Iterator[Finding]:
    """The Group meets for two regular sessions a year, and within 15 days when a party asks for more; no session lasts
    longer than four weeks, unless the Group decides so."""
    regular, least = case.facts.number("regular_sessions"), _number("XVI sessions", "sessions")
    told = f"Regular sessions in the year: {said(regular)}, at least {least}."
    yield Finding("XVI sessions", verdict_of(reaches(regular, least)), told, value=regular, unit="sessions")
    name = "XVI additional session"
    yield within(case, name, "session_days", "Days to the session", "days", _number(name, "days"))
    weeks, most = case.facts.number("session_weeks"), _number("XVI length of session", "weeks")
    kept = ~reaches(weeks, most, above=True) | case.facts.truth("longer_session_decided")
    told = f"Weeks of the session: {said(weeks)}, at most {most} unless the Group decides so."
    yield Finding("XVI length of session", verdict_of(kept), told, value=weeks, unit="weeks")


OBLIGATIONS: tuple[Obligation, ...] = (
    reductions, means, information, change, structure, declared_sites, challenges, challenge_reply, challenge_refusal,
    same_group, request, team, length, interference, concealment, consensus, sessions,
)  # fmt: skip
