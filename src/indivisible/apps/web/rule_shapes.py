"""The shapes of answers about treaties, councils, bargaining and searches."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from indivisible.apps.web.shapes import Answer, Shape


class Rules(Answer):
    """The texts that can be checked."""

    schema_: Literal["treaty_rules/1"] = Field(alias="schema")
    sentence: str
    treaties: list[dict[str, Any]]


class Comply(Answer):
    """Every article's finding for one case."""

    schema_: Literal["comply/1"] = Field(alias="schema")
    treaty: str
    on: str
    findings: list[dict[str, Any]]


class ExerciseFacts(Answer):
    """What can be said of a military exercise."""

    schema_: Literal["exercise_facts/1"] = Field(alias="schema")
    fields: list[dict[str, Any]]


class Notices(Answer):
    """What an exercise calls for."""

    schema_: Literal["notify/1"] = Field(alias="schema")
    name: str
    on: str
    duties: list[dict[str, Any]]
    constraints: list[dict[str, Any]]
    instruments: list[dict[str, Any]]


class CaseFile(Answer):
    """What a file with holdings or facts of a case says."""

    schema_: Literal["case_file/1"] = Field(alias="schema")
    sentence: str
    holdings: str | None
    facts: dict[str, Any]


class Decide(Answer):
    """What a body decides."""

    schema_: Literal["decide/1"] = Field(alias="schema")
    body: str
    on: str
    outcome: str | None
    steps: list[dict[str, Any]]
    possible: list[str]


class Bodies(Answer):
    """The bodies whose rules are known."""

    schema_: Literal["bodies/1"] = Field(alias="schema")
    on: str | None
    sentence: str
    bodies: list[dict[str, Any]]


class KnownDecision(Shape):
    """A vote that was taken, as a case."""

    case: str
    title: str
    on: str
    procedure: str
    votes: dict[str, str]
    others: str
    facts: dict[str, Any]
    outcome: str
    source: str
    recalled: bool


class Decisions(Answer):
    """Votes that a body is known to have taken."""

    schema_: Literal["decisions/1"] = Field(alias="schema")
    body: str
    sentence: str
    decisions: list[KnownDecision]


class Bargain(Answer):
    """Where bargaining ends."""

    schema_: Literal["bargain/1"] = Field(alias="schema")


class BargainSetting(Shape):
    """A constant of bargaining: a choice, or a number where there are no choices."""

    name: str
    default: float | str
    choices: list[str]
    meaning: str
    source: str


class BargainSettings(Answer):
    """The constants of bargaining."""

    schema_: Literal["bargain_settings/1"] = Field(alias="schema")
    settings: list[BargainSetting]


class Designs(Answer):
    """The cases of design that ship."""

    schema_: Literal["designs/1"] = Field(alias="schema")
    designs: list[dict[str, Any]]


class Design(Answer):
    """Packages that leave nobody worse off."""

    schema_: Literal["design/1"] = Field(alias="schema")
