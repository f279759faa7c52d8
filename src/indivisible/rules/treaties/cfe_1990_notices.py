"""What the 1990 treaty asks for beside ceilings: temporary deployments, storage, notices, consent, withdrawal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import CONSENT, LIMIT, NOTIFY, SETTLE, Case, Obligation, article
from indivisible.rules.facts import CHOICE, DAY, NUMBER, TRUTH, Fact, Facts, before, said_day
from indivisible.rules.finding import BROKEN, NOT_APPLICABLE, UNKNOWN, Finding, at_most, ceiling, verdict_of
from indivisible.rules.treaties.cfe_counting import (
    FIVE,
    SAID,
    not_due,
    states_told,
    table_of,
    table_sum,
    the_row,
)
from indivisible.rules.treaties.cfe_tables import limits
from indivisible.values import Estimate, Truth, iso

LIMITS = "cfe_1990_limits.csv"
FACTS = (
    table_of("temporary_deployments", "What is in the flank zone on a temporary basis, above V(1)(A), in one group.",
             "host"),
    table_of("removed_from_storage", "What states of one group have out of designated storage sites."),
    table_of("notified_levels", "Maximum levels that a state has notified under Article VII.", "state",
             categories=FIVE),
    table_of("total_holdings", "What a state holds in the area, to be set against its notified levels.", "state",
             categories=FIVE),
    Fact("deployment_begins", DAY, "First day of a temporary deployment."),
    Fact("deployment_notified", DAY, "Day of its notification to all other parties."),
    Fact("deployment_ends", DAY, "Last day of a temporary deployment."),
    Fact("withdrawal_of_deployment_notified", DAY, "Day of the notification that it has been withdrawn."),
    Fact("level_change_notified", DAY, "Day on which a change of maximum levels was notified."),
    Fact("level_change_effect", DAY, "Day on which the change takes effect."),
    Fact("storage_removal_notified", DAY, "Day on which a removal from storage was notified."),
    Fact("storage_removal", DAY, "Day of the removal."),
    Fact("storage_return", DAY, "Day of the return."),
    Fact("industrial_rebuild", TRUTH, "Whether the items were removed for industrial rebuild."),
    Fact("site_holding", NUMBER, "Items of one category notified at a storage site.", "items"),
    Fact("site_out_for_repair", NUMBER, "Of these, out at once for maintenance, repair or modification.", "items"),
    Fact("stations_abroad", TRUTH, "Whether the state has forces on the territory of another party."),
    Fact("host_agrees", TRUTH, "Whether that party agrees."),
    Fact("withdrawal_notified", DAY, "Day of a notice of withdrawal."),
    Fact("withdrawal_effect", DAY, "Day on which the withdrawal is to take effect."),
    Fact("extraordinary_events_stated", TRUTH, "Whether the notice states the extraordinary events."),
    Fact("leaving", CHOICE, "How the state means to leave off.", choices=("withdrawal", "suspension", "no")),
)  # fmt: skip


@article("V(1)(B)", "Temporary deployment into the flank zone, by group", kind=LIMIT, domain="arms_control",
         asks=("temporary_deployments",))  # fmt: skip
def temporary_by_group(case: Case) -> Iterator[Finding]:
    """Above the flank ceilings a group may deploy for a time, among its own members there, at most 459 tanks, 723
    armoured combat vehicles and 420 pieces of artillery in all."""
    rows = case.facts.table("temporary_deployments")
    for limit in limits(LIMITS):
        if limit.article.startswith("V(1)(B)"):
            start = Finding(limit.article, UNKNOWN, "", unit=SAID[limit.category], zone="flank")
            if not limit.due(case.day) and not case.hypothetical:
                yield not_due(start, limit)
                continue
            what = f"{SAID[limit.category].capitalize()} deployed for a time by the group"
            yield ceiling(start, table_sum(rows, limit.category, {}), limit.limit, what=what)


@article("V(1)(C)", "Temporary deployment into one state of the flank zone", kind=LIMIT, domain="arms_control",
         asks=("temporary_deployments",))  # fmt: skip
def temporary_by_state(case: Case) -> Iterator[Finding]:
    """Of these no more than a third may be in any one state: 153 tanks, 241 armoured combat vehicles, 140 pieces of
    artillery."""
    rows = case.facts.table("temporary_deployments")
    hosts = sorted({row.text("host") or "" for row in rows or ()} - {""}) or [""]
    for limit in limits(LIMITS):
        for host in hosts if limit.article.startswith("V(1)(C)") else ():
            start = Finding(limit.article, UNKNOWN, "", unit=SAID[limit.category], zone="flank", state=host)
            if not limit.due(case.day) and not case.hypothetical:
                yield not_due(start, limit)
                continue
            what = f"{SAID[limit.category].capitalize()} deployed for a time into {host or 'one state'}"
            value = table_sum(rows, limit.category, {"host": host} if host else {})
            yield ceiling(start, value, limit.limit, what=what)


WITHDRAWAL_OF_DEPLOYMENT_DAYS = 30


@article("V(2)", "Notification of temporary deployments", kind=NOTIFY, domain="arms_control", confidence="medium",
         asks=("deployment_begins", "deployment_notified", "deployment_ends",
               "withdrawal_of_deployment_notified"))  # fmt: skip
def temporary_notice(case: Case) -> Iterator[Finding]:
    """All other parties are told of a temporary deployment no later than at its start, and within 30 days of its
    withdrawal."""
    facts = case.facts
    begins, told = facts.day("deployment_begins"), facts.day("deployment_notified")
    yield _notice("V(2) start", before(told, 0, begins), told, begins, "The deployment", begins)
    ends, told_end = facts.day("deployment_ends"), facts.day("withdrawal_of_deployment_notified")
    last = None if ends is None else ends + WITHDRAWAL_OF_DEPLOYMENT_DAYS
    yield _notice("V(2) withdrawal", before(told_end, 0, last), told_end, ends, "The withdrawal of it", last)


def _notice(number: str, kept: Truth, told: int | None, day: int | None, what: str, last: int | None) -> Finding:
    """Whether a notice came in time, and the last day on which it could have come."""
    text = f"{what}: {said_day(day)}; notified: {said_day(told)}."
    latest = "" if last is None else iso(last)
    remedy = f"notify by {latest}" if kept is Truth.NO else ""
    return Finding(number, verdict_of(kept), text, notice=latest, remedy=remedy)


def _ahead(number: str, days: int, told: int | None, day: int | None, what: str) -> Finding:
    """Whether a notice came so many days ahead of what it is about."""
    return _notice(number, before(told, days, day), told, day, what, None if day is None else day - days)


@article("VII(1)", "Maximum levels that a state has notified", kind=LIMIT, domain="arms_control",
         asks=("notified_levels", "total_holdings"))  # fmt: skip
def national_levels(case: Case) -> Iterator[Finding]:
    """No party holds more than the maximum levels that it has agreed in its group and notified."""
    levels, held = case.facts.table("notified_levels"), case.facts.table("total_holdings")
    for state in states_told(case, levels, held):
        for category in FIVE:
            level, count = _count(levels, state, category), _count(held, state, category)
            start = Finding("VII(1)", UNKNOWN, "", unit=SAID[category], zone="area", state=state)
            yield _against(start, count, level, SAID[category].capitalize())


def _count(rows: tuple[Facts, ...] | None, state: str, category: str) -> Estimate | None:
    row = the_row(rows, state, category)
    return None if row is None else row.number("count")


def _against(start: Finding, count: Estimate | None, level: Estimate | None, what: str) -> Finding:
    if level is None or level.low != level.high:
        return replace(start, because=f"{what}: the notified level is not in the record.", value=count)
    return ceiling(start, count, level.low, what=what)


LEVEL_NOTICE_DAYS = 90


@article("VII(3)", "Notice of a change of maximum levels", kind=NOTIFY, domain="arms_control", confidence="medium",
         asks=("level_change_notified", "level_change_effect"))  # fmt: skip
def level_notice(case: Case) -> Iterator[Finding]:
    """A change of maximum levels is notified to all other parties at least 90 days before it takes effect."""
    told, effect = case.facts.day("level_change_notified"), case.facts.day("level_change_effect")
    yield _ahead("VII(3)", LEVEL_NOTICE_DAYS, told, effect, "The change")


REPAIR_PERCENT, REPAIR_ITEMS = 10, 10


@article("X(7)", "Out of a storage site for repair", kind=LIMIT, domain="arms_control", confidence="medium",
         asks=("site_holding", "site_out_for_repair"))  # fmt: skip
def repair(case: Case) -> Iterator[Finding]:
    """Without notice, for maintenance, repair or modification, at once no more may be out of a storage site than a
    tenth of a category's items there, rounded up to the next even number, or ten items, whichever is less."""
    held, out = case.facts.number("site_holding"), case.facts.number("site_out_for_repair")
    if held is None or held.low != held.high:
        yield Finding("X(7)", UNKNOWN, "How many items the site holds is not told.", value=out, unit="items")
        return
    share = 2 * math.ceil(held.low * REPAIR_PERCENT / 100 / 2)
    limit = min(share, REPAIR_ITEMS)
    yield ceiling(Finding("X(7)", UNKNOWN, "", unit="items"), out, limit, what="Items out of the site for repair")


STORAGE_DAYS = 42


@article("X(8)", "Notice of removal from storage", kind=NOTIFY, domain="arms_control", confidence="medium",
         asks=("storage_removal_notified", "storage_removal"))  # fmt: skip
def storage_notice(case: Case) -> Iterator[Finding]:
    """A removal from a designated storage site is notified at least 42 days ahead."""
    told, day = case.facts.day("storage_removal_notified"), case.facts.day("storage_removal")
    yield _ahead("X(8)", STORAGE_DAYS, told, day, "The removal")


@article(
    "X(9)",
    "Out of storage at once, by group",
    kind=LIMIT,
    domain="arms_control",
    confidence="medium",
    asks=("removed_from_storage",),
)
def storage_group(case: Case) -> Iterator[Finding]:
    """What a group has out of storage on such notice is at no time more than 550 tanks, 1,000 armoured combat vehicles
    and 300 pieces of artillery."""
    rows = case.facts.table("removed_from_storage")
    for limit in limits(LIMITS):
        if limit.article.startswith("X(9)"):
            start = Finding(limit.article, UNKNOWN, "", unit=SAID[limit.category])
            if not limit.due(case.day) and not case.hypothetical:
                yield not_due(start, limit)
                continue
            what = f"{SAID[limit.category].capitalize()} out of storage"
            yield ceiling(start, table_sum(rows, limit.category, {}), limit.limit, what=what)


RETURN_DAYS = 42


@article("X(10)", "Return to storage", kind=LIMIT, domain="arms_control", confidence="medium",
         asks=("storage_removal", "storage_return", "industrial_rebuild"))  # fmt: skip
def storage_return(case: Case) -> Iterator[Finding]:
    """What was removed on such notice is back within 42 days, unless it went to industrial rebuild."""
    rebuild = case.facts.truth("industrial_rebuild")
    if rebuild is Truth.YES:
        yield Finding("X(10)", NOT_APPLICABLE, "The items went to industrial rebuild.")
        return
    out, back = case.facts.day("storage_removal"), case.facts.day("storage_return")
    days = None if out is None or back is None else Estimate(back - out, back - out, back - out)
    verdict, margin = at_most(days, RETURN_DAYS)
    if verdict == BROKEN and rebuild is Truth.UNKNOWN:
        verdict, margin = UNKNOWN, None
    last = "" if out is None else iso(out + RETURN_DAYS)
    text = f"Out on {said_day(out)}, back on {said_day(back)}; due back by {last or 'a day not known'}."
    yield Finding("X(10)", verdict, text, RETURN_DAYS, days, "days", margin=margin)


@article(
    "IV(5)",
    "Consent of the host",
    kind=CONSENT,
    domain="arms_control",
    confidence="medium",
    asks=("stations_abroad", "host_agrees"),
)
def host_consent(case: Case) -> Iterator[Finding]:
    """No party stations conventional forces on the territory of another without its agreement."""
    abroad, agrees = case.facts.truth("stations_abroad"), case.facts.truth("host_agrees")
    if abroad is Truth.NO:
        yield Finding("IV(5)", NOT_APPLICABLE, "The state has no forces on the territory of another party.")
        return
    kept = agrees if abroad is Truth.YES else Truth.UNKNOWN
    told = {Truth.YES: "agrees", Truth.NO: "does not agree", Truth.UNKNOWN: "is not known to agree"}[agrees]
    remedy = "withdraw the forces or obtain consent" if kept is Truth.NO else ""
    yield Finding("IV(5)", verdict_of(kept), f"The host {told}.", remedy=remedy)


WITHDRAWAL_DAYS = 150


@article("XIX", "Withdrawal", kind=SETTLE, domain="arms_control",
         asks=("leaving", "withdrawal_notified", "withdrawal_effect", "extraordinary_events_stated"))  # fmt: skip
def withdrawal(case: Case) -> Iterator[Finding]:
    """The treaty is of unlimited duration. A party may withdraw when extraordinary events have jeopardised its supreme
    interests, with a notice of at least 150 days that states them. The treaty has no clause on suspension."""
    facts = case.facts
    leaving = facts.text("leaving")
    if leaving == "no":
        yield Finding("XIX", NOT_APPLICABLE, "The state does not leave.")
        return
    if leaving == "suspension":
        yield Finding(
            "XIX suspension", UNKNOWN,
            "The treaty has no clause on suspension and does not say whether general law allows it: a practice, about "
            "which the parties differ.",
        )  # fmt: skip
        return
    told, effect = facts.day("withdrawal_notified"), facts.day("withdrawal_effect")
    last = None if effect is None else effect - WITHDRAWAL_DAYS
    kept = before(told, WITHDRAWAL_DAYS, effect)
    if leaving is None:
        kept = Truth.UNKNOWN
    yield _notice("XIX(2) notice", kept, told, effect, "The withdrawal", last)
    stated = facts.truth("extraordinary_events_stated") if leaving is not None else Truth.UNKNOWN
    what = {Truth.YES: "states", Truth.NO: "does not state", Truth.UNKNOWN: "is not known to state"}[stated]
    yield Finding("XIX(2) events", verdict_of(stated), f"The notice {what} the extraordinary events.")


OBLIGATIONS: tuple[Obligation, ...] = (
    host_consent, temporary_by_group, temporary_by_state, temporary_notice, national_levels, level_notice, repair,
    storage_notice, storage_group, storage_return, withdrawal,
)  # fmt: skip
