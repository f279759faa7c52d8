"""What is encoded, for the reader of the reference: every text, every article with its function, every fact."""

from __future__ import annotations

from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.rules.comply import encoded
from indivisible.rules.facts import Fact
from indivisible.rules.treaties import TREATIES


def list_rules(record: Record) -> Table:
    """The texts that are encoded."""
    body = tuple(
        {
            "key": text.KEY,
            "name": record.name_of(text.KEY),
            "authority": text.AUTHORITY,
            "articles": len(text.OBLIGATIONS),
            "facts": len(text.FACTS),
        }
        for text in sorted(TREATIES, key=lambda one: one.KEY)
    )
    articles = sum(len(text.OBLIGATIONS) for text in TREATIES)
    says = f"{len(body)} texts are encoded, with {articles} articles. Facts: `indivisible comply TREATY --asks`."
    return Table("rules/1", {}, says, body, record.digest)


def list_facts(record: Record, treaty: str) -> Table:
    """The facts that a text asks for, and the articles that ask."""
    text = encoded(record, treaty)
    body = tuple(
        {
            "fact": fact.name,
            "type": kind_of(fact),
            "meaning": fact.meaning,
            "asked by": ", ".join(one.article for one in text.OBLIGATIONS if fact.name in one.asks),
        }
        for fact in text.FACTS.values()
    )
    says = f"{record.name_of(text.KEY)} ({text.KEY}) asks for {len(body)} facts; what is not given is unknown."
    return Table("rule_facts/1", {"treaty": text.KEY}, says, body, record.digest)


def kind_of(fact: Fact) -> str:
    """The type of a fact in words: its choices, its columns, its unit."""
    if fact.choices:
        return "one of " + ", ".join(fact.choices)
    if fact.of:
        return "rows of " + ", ".join(one.name for one in fact.of)
    return f"{fact.kind} ({fact.unit})" if fact.unit else fact.kind


def describe_rules() -> str:
    """The reference page: every article with its function, in our own words, with kind and confidence."""
    lines = [
        "# Treaties as rules: every article that can be checked\n",
        "Confidence says how sure our wording and figures are: *high* where they stand in a published text or in two "
        "sources, *medium* where they rest on one secondary source or on knowledge of the text.\n",
    ]
    for text in sorted(TREATIES, key=lambda one: one.KEY):
        lines.append(f"## {text.KEY}\n\n{_first_line(text)} Authority: {text.AUTHORITY}.\n")
        lines += [
            "| article | about | kind | domain | confidence | function |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for one in text.OBLIGATIONS:
            name = f"`{one.check.__module__.removeprefix('indivisible.')}.{one.check.__name__}`"
            lines.append(f"| {one.article} | {one.title} | {one.kind} | {one.domain} | {one.confidence} | {name} |")
        lines.append("")
        lines += [f"- **{one.article}** {one.gist}" for one in text.OBLIGATIONS]
        lines += ["\nFacts:\n", *(f"- `{f.name}` ({kind_of(f)}): {f.meaning}" for f in text.FACTS.values()), ""]
    return "\n".join(lines) + "\n"


def _first_line(text: object) -> str:
    line = (getattr(text, "__doc__", None) or "").strip().split("\n")[0]
    return line if line.endswith(".") else f"{line}."
