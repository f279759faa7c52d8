"""The texts that can be checked, as the page offers them: articles, facts, and the columns of holdings."""

from __future__ import annotations

from typing import Any

from indivisible.record.record import Record
from indivisible.rules.comply import encoded
from indivisible.rules.exercise import FACTS, FIGURE_FACTS
from indivisible.rules.facts import TABLE, Fact
from indivisible.rules.holdings import COLUMNS, HOLDINGS


def rules(record: Record, treaty: str = "") -> dict[str, Any]:
    """The JSON shape treaty_rules/1: all texts, or one with articles and facts. Raises UnknownName, QuestionError."""
    from indivisible.rules.treaties import TREATIES

    texts = [encoded(record, treaty)] if treaty else sorted(TREATIES, key=lambda one: one.KEY)
    says = f"{len(TREATIES)} texts can be checked article by article; what is not given is unknown, never yes."
    found = [_text(record, one, bool(treaty)) for one in texts]
    return {"schema": "treaty_rules/1", "sentence": says, "treaties": found, "record": record.digest}


def _text(record: Record, text: Any, whole: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": text.KEY, "name": record.name_of(text.KEY), "authority": text.AUTHORITY,
        "articles": len(text.OBLIGATIONS), "holdings": HOLDINGS in text.FACTS,
    }  # fmt: skip
    if not whole:
        return found
    return {
        **found,
        "obligations": [
            {"article": one.article, "title": one.title, "kind": one.kind, "domain": one.domain, "gist": one.gist,
             "confidence": one.confidence, "asks": list(one.asks)}
            for one in text.OBLIGATIONS
        ],
        "facts": [fact_shape(one) for one in text.FACTS.values() if one.name != HOLDINGS],
        "holdings_columns": _columns(text.FACTS[HOLDINGS]) if HOLDINGS in text.FACTS else [],
    }  # fmt: skip


def fact_shape(one: Fact) -> dict[str, Any]:
    """A fact as JSON: name, type, meaning, unit, choices, columns."""
    return {"name": one.name, "type": one.kind, "meaning": one.meaning, "unit": one.unit or None,
            "choices": list(one.choices), "columns": [fact_shape(column) for column in one.of]}  # fmt: skip


def _columns(holdings: Fact) -> list[dict[str, Any]]:
    """The columns of the file of holdings, in their order, with what may stand in them."""
    known = {column.name: fact_shape(column) for column in holdings.of}
    meaning = "Lowest and highest figure; empty where not known."
    number: dict[str, Any] = {"type": "number", "meaning": meaning, "unit": None, "choices": [], "columns": []}
    return [known.get(name) or {"name": name, **number} for name in COLUMNS]


def exercise_fields(record: Record) -> dict[str, Any]:
    """The JSON shape exercise_facts/1: what can be said of a military exercise, figures of several sources as rows."""
    figures = Fact("figures", TABLE, "Figures of several sources, side by side; in place of the single ones.",
                   of=tuple(FIGURE_FACTS.values()))  # fmt: skip
    fields = [fact_shape(one) for one in (*FACTS.values(), figures)]
    says = f"An exercise has {len(fields)} fields; starts, and by or host, are needed; what is not given is unknown."
    return {"schema": "exercise_facts/1", "sentence": says, "fields": fields, "record": record.digest}
