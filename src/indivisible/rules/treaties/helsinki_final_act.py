"""The Helsinki Final Act of 1975: large manoeuvres notified, and observers invited, on a voluntary basis."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.activities import ACTIVITY, levels, size, zone
from indivisible.rules.base import NOTIFY, OBSERVE, Case, article
from indivisible.rules.demands import Demand, notice
from indivisible.rules.facts import vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding

KEY = "HELSINKI_FINAL_ACT_1975"
AUTHORITY = "political"
TABLE = "helsinki_final_act.csv"
REPLACED_BY = "STOCKHOLM_DOCUMENT_1986"  # in what it says of manoeuvres
NAME = "notification of manoeuvres"
FACTS = vocabulary(*(one for one in ACTIVITY if one.name in (
    "starts", "ends", "troops", "in_zone", "notified", "notified_on", "observers_invited",
)))  # fmt: skip


def _notice(case: Case) -> Demand:
    level = levels(TABLE)
    conditions = (zone(case.facts), size(case.facts, level.of(NAME), above=True))
    return notice(case, NAME, conditions, level.one(NAME, "days"), voluntary=True)


def demands(case: Case) -> Iterator[Demand]:
    """What a manoeuvre calls for."""
    yield _notice(case)


@article(NAME, "Major military manoeuvres", kind=NOTIFY, domain="arms_control", asks=("troops", "notified_on"))
def manoeuvres(case: Case) -> Iterator[Finding]:
    """Manoeuvres of more than 25,000 troops in Europe, or within 250 km of its borders where a state reaches beyond
    it, are notified to all other participating states 21 days ahead or more. The text rests on a voluntary basis."""
    yield _notice(case).finding


@article("observers", "Observers at manoeuvres", kind=OBSERVE, domain="arms_control", asks=("observers_invited",),
         confidence="medium")  # fmt: skip
def observers(case: Case) -> Iterator[Finding]:
    """States invite others to send observers to manoeuvres, of their own will and between two."""
    told = "The text invites states to ask observers, of their own will; it sets no level and no number."
    given = "observers_invited" in case.facts.values
    yield Finding("observers", NOT_APPLICABLE, told + (f" Invited: {case.facts.truth('observers_invited').value}."
                  if given else ""))  # fmt: skip


OBLIGATIONS = (manoeuvres, observers)
