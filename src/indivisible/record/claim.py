"""What the record is made of: a claim, the source that makes it, and the field it is about."""

from __future__ import annotations

from dataclasses import dataclass

from indivisible.values import Span

SOURCE_KINDS = ("treaty", "official", "compiled", "scholarly", "dataset", "press", "recalled")
"""Kinds of source, best first: the order in which a named rule prefers one to another."""

CONFIDENCES = ("high", "medium", "low")
LAYERS = ("", "legal", "participation")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication at the version we read; `recalled` was not seen when the fact was written."""

    key: str
    title: str
    publisher: str
    published: str
    kind: str
    licence: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Field:
    """One word of the vocabulary: what it is said of, about what, and what its value may be."""

    name: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    value_type: str
    values: tuple[str, ...]
    span: str
    description: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sourced assertion: a subject's field had a value over a span, at this place in the source.

    `address` is where it stands in the record: file and line. `begin` and `end` are the dates as written.
    """

    subject: str
    field: str
    object: str
    value: str
    span: Span
    begin: str
    end: str
    layer: str
    speaker: str
    sources: tuple[str, ...]
    place: str
    confidence: str
    note: str
    address: str
