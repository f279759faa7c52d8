"""What a state asserts of what an answer shows, in one sentence: the same words on every map, table and file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from indivisible.apps.web.disputes import (
    ACT,
    BORDER,
    CONSENT,
    GOVERNMENT,
    MEMBERSHIP,
    NO,
    STATEHOOD,
    TERRITORY,
    Dispute,
    disputes_on,
)
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.record.record import Record
from indivisible.report.json_text import to_json
from indivisible.values import day_of

_WORD = re.compile(r"[A-Z][A-Z0-9_]{2,}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = ("on", "second", "to")
_SPOKEN = (MEMBERSHIP, ACT, CONSENT)
_SEVERAL = (
    ("{is}", "are"), ("as a state", "as states"), ("as a government", "as governments"),
    ("a state of its own", "states of their own"),
)  # fmt: skip
_CONSENTS = {"yes": "by consent", "no": "without consent"}
_ACTS = {"withdrawn": "withdrawn from", "signed": "signed", "ratified": "ratified", "acceded": "acceded to"}


def told_of(
    record: Record, view: Viewpoint, answer: dict[str, Any], *, areas: bool = False, changed: bool = False
) -> tuple[Viewpoint, dict[str, str]]:
    """The viewpoint with what it asserts of this answer, and each contested state in it as `disputed` or `denied`.

    `record` has all voices. `areas` is for what draws areas and borders; `changed` what differs by the viewpoint's own
    assertions of memberships, acts or consent.
    """
    words = set(_WORD.findall(to_json(answer)))
    every = disputes_on(record, _day(record, answer))
    disputes = [one for one in every if _shown(one, words, areas, changed)]
    if changed and not any(one.matter in _SPOKEN for one in disputes):  # it differs, and does not name by what
        disputes += [one for one in every if one.matter in _SPOKEN]
    statehood = {
        one.subject: shown for one in disputes if one.matter == STATEHOOD and (shown := view.shows(one)) is not None
    }
    said = [(one, told) for one in disputes if view.state and (told := one.said_by(view.state)) is not None]
    return replace(view, told="; ".join(_phrases(record, said))), statehood


def _day(record: Record, answer: dict[str, Any]) -> int | None:
    """The day that an answer is of; None where it is of many."""
    texts = (answer.get(name) for name in _DAYS)
    found = next((text for text in texts if isinstance(text, str) and _DAY.fullmatch(text)), None)
    return None if found is None else min(day_of(found), record.known_to - 1)


def _shown(dispute: Dispute, words: set[str], areas: bool, changed: bool) -> bool:
    if dispute.matter == STATEHOOD:
        return dispute.subject in words
    if dispute.matter == TERRITORY:
        return areas
    if dispute.matter == BORDER:
        return areas and {dispute.subject, dispute.object} <= words
    keys = {dispute.subject, dispute.object or dispute.subject}
    return keys <= words or (changed and (dispute.object or dispute.subject) in words)


def _phrases(record: Record, said: Iterable[tuple[Dispute, str]]) -> list[str]:
    """What is asserted, the like together."""
    groups: dict[str, list[str]] = {}
    for dispute, told in said:
        groups.setdefault(_of(record, dispute, told), []).append(_about(record, dispute))
    return [f"{_listed(names)} {_agreeing(predicate, len(names))}" for predicate, names in sorted(groups.items())]


def _agreeing(predicate: str, number: int) -> str:
    """The verb, and what follows it, for one or for several."""
    if number == 1:
        return predicate.replace("{is}", "is")
    for one, several in _SEVERAL:
        predicate = predicate.replace(one, several)
    return predicate


def _about(record: Record, dispute: Dispute) -> str:
    name = record.name_of(dispute.subject)
    if dispute.matter == BORDER:
        return f"the border of {name} with {record.name_of(dispute.object)}"
    return name


def _of(record: Record, dispute: Dispute, told: str) -> str:
    """What is said of it, with a place for the verb. Raises KeyError for a matter that has no words."""
    return {
        STATEHOOD: "{is} not recognised" if told == NO else f"{{is}} {_recognised(told)}",
        TERRITORY: f"{{is}} {told}",
        BORDER: "{is} not recognised",
        MEMBERSHIP: f"{_role(told)} {record.name_of(dispute.object)}",
        ACT: f"has {_ACTS.get(told) or told.replace('_', ' ') + ' towards'} {record.name_of(dispute.object)}",
        CONSENT: "{is} there " + _CONSENTS.get(told, f"by a consent that is {told}"),
    }[dispute.matter]


def _role(told: str) -> str:
    return "is a member of" if told == "member" else f"has the role {told.replace('_', ' ')} in"


def _recognised(told: str) -> str:
    return "recognised, as a government" if told == GOVERNMENT else "recognised as a state"


def _listed(names: Iterable[str]) -> str:
    every = sorted(set(names))
    last = ", and " if any(" and " in name for name in every) else " and "
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])}{last}{every[-1]}"
