"""What makes the record valid, rule by rule: `indivisible record check` reads this aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from indivisible.errors import IndivisibleError
from indivisible.record.claim import CONFIDENCES, LAYERS, SOURCE_KINDS, Claim
from indivisible.record.columns import OVERLAY
from indivisible.record.record import Record
from indivisible.values import day_of

DOMAINS = frozenset({"defence", "arms_control", "incidents", "terrorism", "biological", "economic"})
NAME_FIELDS = frozenset({"name", "official_name", "name_ru", "alias"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_DIRECTION = re.compile(r"([A-Z_0-9]+|\*)>([A-Z_0-9]+|\*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the record breaks a rule: which rule, where, and what is wrong."""

    rule: str
    where: str
    what: str


@dataclass(frozen=True)
class CheckReport:
    """Answer to `record check`: how much was read, which rules were applied, what is wrong."""

    claims: int
    source_count: int
    rules: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    record: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape record-check/1."""
        return {
            "schema": "record-check/1",
            "valid": not self.faults,
            "claims": self.claims,
            "sources": self.source_count,
            "rules": [{"rule": rule, "says": text} for rule, text in self.rules],
            "faults": [{"rule": f.rule, "where": f.where, "what": f.what} for f in self.faults],
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        if not self.faults:
            counted = f"{self.claims} claims and {self.source_count} sources"
            return f"The record is valid: {counted} keep all {len(self.rules)} rules."
        return f"The record breaks its rules in {len(self.faults)} place{'' if len(self.faults) == 1 else 's'}."

    @property
    def exit_code(self) -> int:
        """0 for a valid record, 4 for one that breaks its rules."""
        return 4 if self.faults else 0

    def rows(self) -> list[dict[str, Any]]:
        """One row a fault."""
        return [{"rule": f.rule, "where": f.where, "what": f.what} for f in self.faults]

    def sources(self) -> tuple[str, ...]:
        """A check rests on no source."""
        return ()


def check(record: Record) -> CheckReport:
    """Validate the whole record against every rule in RULES."""
    claims = tuple(map(record.claim, range(len(record.columns))))
    rules = tuple((name, text) for name, text, _ in RULES)
    return CheckReport(len(claims), len(record.sources), rules, tuple(_faults(record, claims)), record.digest)


def faults_of_overlays(record: Record) -> list[Fault]:
    """What is wrong with the claims that overlays add, and with what they make of the record."""
    texts = record.columns.strings
    files = [code for code, text in enumerate(texts) if text.startswith(OVERLAY)]
    rows = np.flatnonzero(np.isin(record.columns.codes["file"], files))
    return _faults(record, tuple(map(record.claim, rows.tolist())))


def _faults(record: Record, claims: tuple[Claim, ...]) -> list[Fault]:
    kinds = {claim.subject: claim.value for claim in record.claims(field="kind")}
    return [Fault(name, where, what) for name, _, rule in RULES for where, what in rule(record, claims, kinds)]


Finding = Iterator[tuple[str, str]]
Rule = Callable[[Record, tuple[Claim, ...], dict[str, str]], Finding]


def _declared(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        if claim.subject not in kinds:
            yield claim.address, f"{claim.subject} is not declared by a `kind` claim"


def _subject_kind(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        allowed = record.fields[claim.field].subjects
        if "any" not in allowed and kinds.get(claim.subject, "") not in allowed:
            yield claim.address, f"{claim.field} is said of {' or '.join(allowed)}, not of {claim.subject}"


def _object_kind(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        allowed = record.fields[claim.field].objects
        if not claim.object:
            if allowed and claim.field not in OBJECT_OPTIONAL:
                yield claim.address, f"{claim.field} needs an object ({' or '.join(allowed)})"
        elif not allowed:
            yield claim.address, f"{claim.field} takes no object, found {claim.object}"
        elif "direction" in allowed:
            ends = _DIRECTION.fullmatch(claim.object)
            if ends is None:
                yield claim.address, f"{claim.object!r} is not a direction such as *>* or USA>JPN"
            else:
                for end in ends.groups():
                    if end != "*" and kinds.get(end) not in ("state", "organization"):
                        yield claim.address, f"{end} in {claim.object} is not declared"
        elif "domain" in allowed:
            if claim.object not in DOMAINS:
                yield claim.address, f"{claim.object} is not a domain ({', '.join(sorted(DOMAINS))})"
        elif kinds.get(claim.object, "") not in allowed:
            yield claim.address, f"{claim.object} is not declared as {' or '.join(allowed)}"


OBJECT_OPTIONAL = frozenset({"founded_as", "legal_basis", "position", "speaker_of", "chair", "related", "linked"})


def _value(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        field = record.fields[claim.field]
        if field.value_type == "enum":
            if claim.value not in field.values:
                yield claim.address, f"{claim.field} is one of {', '.join(field.values)}, not {claim.value!r}"
        elif field.value_type == "number":
            if not _NUMBER.fullmatch(claim.value):
                yield claim.address, f"{claim.value!r} is not a number"
        elif field.value_type == "interval":
            low, dots, high = claim.value.partition("..")
            if not _NUMBER.fullmatch(low) or (dots and not _NUMBER.fullmatch(high)):
                yield claim.address, f"{claim.value!r} is not a number or low..high"
            elif dots and float(high) < float(low):
                yield claim.address, f"the interval {claim.value} ends below its beginning"
        elif field.value_type == "date":
            try:
                day_of(claim.value)
            except IndivisibleError:
                yield claim.address, f"{claim.value!r} is not a day"
        elif field.value_type == "text":
            if not claim.value and claim.field not in VALUE_OPTIONAL:
                yield claim.address, f"{claim.field} needs a value"
        else:
            yield claim.address, f"the vocabulary gives {claim.field} the unknown type {field.value_type!r}"


VALUE_OPTIONAL = frozenset(
    {"chair", "sender", "host", "side_a", "side_b", "adopted", "entered_into_force", "proposed", "amends"}
    | {"supersedes", "depositary", "founding_treaty", "linked", "speaker_of", "founded_as"}
)


def _sourced(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        for key in claim.sources:
            if key not in record.sources:
                yield claim.address, f"the source {key or '(none)'} is not in sources/"


def _recalled_is_low(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        known = [record.sources[key].kind for key in claim.sources if key in record.sources]
        if known and all(kind == "recalled" for kind in known) and claim.confidence != "low":
            yield claim.address, f"rests on recalled sources only, but its confidence is {claim.confidence}, not low"


def _confidence(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        if claim.confidence not in CONFIDENCES:
            yield claim.address, f"confidence is high, medium or low, not {claim.confidence!r}"
        if claim.layer not in LAYERS:
            yield claim.address, f"layer is legal, participation or empty, not {claim.layer!r}"


def _source_kind(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for source in record.sources.values():
        if source.kind not in SOURCE_KINDS:
            yield f"sources/{source.key}", f"a source is one of {', '.join(SOURCE_KINDS)}, not {source.kind!r}"
        if not source.title:
            yield f"sources/{source.key}", "a source needs a title"


def _once(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    seen: dict[tuple[str, ...], str] = {}
    for claim in claims:
        about = (claim.subject, claim.field, claim.object, claim.value, claim.begin, claim.end)
        said = (claim.layer, claim.speaker, *claim.sources, claim.place if claim.field in PLACE_IDENTIFIES else "")
        key = (*about, *said)
        if key in seen:
            yield claim.address, f"says again what {seen[key]} says"
        seen[key] = claim.address


PLACE_IDENTIFIES = frozenset({"pledge", "legal_duty", "political_duty", "act", "position"})


def _one_kind(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    values: dict[str, set[str]] = {}
    for claim in record.claims(field="kind"):
        values.setdefault(claim.subject, set()).add(claim.value)
    for subject, found in sorted(values.items()):
        if len(found) > 1:
            yield f"kind of {subject}", f"declared as {' and as '.join(sorted(found))}"


def _complete_ends(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        if claim.field == "list_complete" and claim.span.to_latest > record.known_to:
            yield claim.address, "a list is complete up to a stated day, not past what the record covers"


def _year_given(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        if record.fields[claim.field].span == "year" and not _YEAR.fullmatch(claim.begin):
            yield claim.address, f"{claim.field} is a figure of one year, from {claim.begin or '(nothing)'}"


def _full_role(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    declared = {claim.subject for claim in record.claims(field="full_role")}
    for key, kind in kinds.items():
        if kind == "organization" and key not in declared:
            yield f"kind of {key}", "the organization does not say which of its roles is full membership (full_role)"


def _known_to(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    days = [claim.address for claim in record.claims(field="known_to")]
    if len(days) != 1:
        yield "known_to", f"the record is known to one day, not {len(days)} ({', '.join(days)})"


def _borders_once(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    for claim in claims:
        if claim.field == "land_border" and claim.subject >= claim.object:
            yield claim.address, "a border stands once, with the alphabetically first state as subject"


def _direction_of_a_duty(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    duties = {(c.subject, c.object) for field in ("legal_duty", "political_duty") for c in record.claims(field=field)}
    for claim in claims:
        if claim.field == "duty_direction" and (claim.subject, claim.value) not in duties:
            yield claim.address, f"{claim.subject} has no duty in the domain {claim.value} that could have a direction"


def _named(record: Record, claims: Iterable[Claim], kinds: dict[str, str]) -> Finding:
    named = {claim.subject for claim in record.claims(field="name")}
    for key, kind in kinds.items():
        if key not in named and kind != "record":
            yield f"kind of {key}", f"the {kind} has no `name`"


RULES: tuple[tuple[str, str, Rule], ...] = (
    ("declared", "every subject is declared by a `kind` claim", _declared),
    ("one_kind", "a key is declared as one kind of thing", _one_kind),
    ("named", "everything declared has a common name", _named),
    ("subject_kind", "a field is said only of the kinds of subject that the vocabulary names", _subject_kind),
    ("object_kind", "the object of a claim is declared and of the kind that the vocabulary names", _object_kind),
    ("value", "a value is of the type, and among the values, that the vocabulary names", _value),
    ("sourced", "every claim rests on at least one source that is in the record", _sourced),
    ("source_kind", "every source has a title and one of the known kinds", _source_kind),
    ("recalled_is_low", "a claim that rests only on sources not seen has confidence low", _recalled_is_low),
    ("confidence", "confidence and layer are among the known words", _confidence),
    ("once", "no claim says again what another says from the same source", _once),
    ("complete_ends", "a list is declared complete only up to a day that the record covers", _complete_ends),
    ("year_given", "a figure names the year it is of", _year_given),
    ("full_role", "an organization declares which of its roles is full membership", _full_role),
    ("known_to", "one claim says up to which day the record is known", _known_to),
    ("direction_of_a_duty", "a direction is that of a duty which the same text has", _direction_of_a_duty),
    ("borders_once", "a land border stands once, alphabetically", _borders_once),
)
"""Name, statement and test of every rule. The dates of every row are parsed, and refused, when the record is packed."""
