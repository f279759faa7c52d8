"""A case put to a body, from a YAML file or plain data: who votes how, on which day, on what kind of matter."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from indivisible.architecture.change_file import read_text
from indivisible.errors import FileError, QuestionError
from indivisible.rules.ballot import VOTES
from indivisible.values import day_of

SCHEMA = "decision-case/1"
KEYS = (
    "schema", "case", "body", "on", "procedure", "title", "votes", "others", "counts", "facts", "members", "change",
    "sources", "source", "expect",
)  # fmt: skip
UNKNOWN = "unknown"
MEANT = {
    "for": "yes", "in_favour": "yes", "in_favor": "yes", "aye": "yes", "support": "yes", "against": "no", "nay": "no",
    "veto": "no", "object": "no", "objects": "no", "abstention": "abstain", "missing": "absent",
    "not_present": "absent",
}  # fmt: skip


@dataclass(frozen=True)
class DecisionCase:
    """Who votes how. `votes` by name as written; `others` the vote of all not named, empty if not known.

    `counts` is for a body in which all members weigh the same and only totals are known. `members` replaces the
    record's list, `change` names a change file that founds the body. `where` names the file.
    """

    body: str
    day: int
    procedure: str = ""
    title: str = ""
    votes: Mapping[str, str] = field(default_factory=dict)
    others: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    members: tuple[str, ...] | None = None
    change: str = ""
    sources: tuple[str, ...] = ()
    where: str = "case"


def read_case(given: str | Path | Mapping[str, object]) -> DecisionCase:
    """A case from a YAML file or plain data. Raises FileError naming the field for what it cannot read."""
    if isinstance(given, Mapping):
        return _case(given, "case")
    where = str(given)
    return _case(read_yaml(read_text(Path(given), where), where), where)


def read_many(path: Path) -> list[dict[str, Any]]:
    """A file that holds a list of cases, as plain data. Raises FileError."""
    data = _load(read_text(path, str(path)), str(path))
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise FileError("it is not a list of cases", where=str(path), do="begin each with `- case: NAME-001`")
    return data


def read_yaml(text: str, where: str) -> Mapping[str, object]:
    """One YAML map as plain data, keys as written; raises FileError, also for a key that stands twice."""
    data = _load(text, where)
    if not isinstance(data, Mapping):
        raise FileError("it is not a map", where=where, do="begin with `body: UNSC`, `on: 2022-02-25`, `votes:`")
    return data


def _load(text: str, where: str) -> object:
    try:
        found: object = yaml.load(text, _StrictLoader)  # a SafeLoader that refuses a key written twice
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{where}, line {mark.line + 1}" if mark else where
        raise FileError(str(problem.problem or problem), where=place, do="see docs/how-to/decide.md") from None
    except yaml.YAMLError as problem:
        raise FileError(f"is not YAML: {' '.join(str(problem).split())}", where=where) from None
    return found


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader: keys stay as written (`on`, `no`), and none may stand twice in one map."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(self.construct_object(key, deep=True))
            if name in found:
                raise yaml.constructor.ConstructorError(None, None, f"{name!r} stands twice", key.start_mark)
            found[name] = self.construct_object(value, deep=True)
        return found

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not allowed", mark)
        return super().compose_node(parent, index)


def _case(data: Mapping[str, object], where: str) -> DecisionCase:
    for key in data:
        if key not in KEYS:
            near = ", ".join(get_close_matches(str(key), KEYS)) or ", ".join(KEYS)
            raise FileError(f"no field is called {key!r}", where=where, do=f"near names: {near}")
    if data.get("schema", SCHEMA) != SCHEMA:
        raise FileError(f"schema is {data['schema']!r}", where=where, do=f"write schema: {SCHEMA}")
    if not data.get("body"):
        raise FileError("it names no body", where=f"{where}, field body", do="write body: UNSC")
    votes = {str(name): vote_of(vote, f"{where}, votes, {name}") for name, vote in _map(data, "votes", where).items()}
    counts = {_known_vote(k, f"{where}, counts"): _whole(n, f"{where}, counts, {k}") for k, n in _counts(data, where)}
    if counts and (votes or data.get("others")):
        raise FileError("both votes by name and counts", where=where, do="give one of them")
    members = data.get("members")
    return DecisionCase(
        body=str(data["body"]),
        day=_day(data.get("on"), where),
        procedure=str(data.get("procedure") or ""),
        title=str(data.get("title") or ""),
        votes=votes,
        others=vote_of(data["others"], f"{where}, field others") if data.get("others") is not None else "",
        counts=counts,
        facts=_map(data, "facts", where),
        members=None if members is None else _names(members, f"{where}, field members"),
        change=str(data.get("change") or ""),
        sources=_names(data.get("sources") or data.get("source") or (), f"{where}, field sources"),
        where=where,
    )


def vote_of(value: object, where: str) -> str:
    """A vote as written in a file; empty for `unknown`. Raises FileError for a word that is no vote."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == UNKNOWN:
        return ""
    return _known_vote(value, where)


def _known_vote(value: object, where: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = str(value).strip().casefold().replace(" ", "_").replace("-", "_")
    if word in VOTES:
        return word
    near = [MEANT[word]] if word in MEANT else get_close_matches(word, VOTES, n=2) or list(VOTES)
    raise FileError(f"{value!r} is no vote", where=where, do=f"write {', '.join(near)} or unknown")


def _counts(data: Mapping[str, object], where: str) -> Sequence[tuple[str, object]]:
    return list(_map(data, "counts", where).items())


def _whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FileError(f"{value!r} is not a whole number of 0 or more", where=where)
    return value


def _map(data: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    found = data.get(key)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise FileError(f"{key} must be a map", where=f"{where}, field {key}", do="write name: value, one a line")
    return found


def _names(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise FileError(f"{value!r} is not a list of names", where=where, do="write [FRA, GBR]")


def _day(value: object, where: str) -> int:
    if value is None:
        raise FileError("it names no day", where=f"{where}, field on", do="write on: 2022-02-25")
    if isinstance(value, date):
        return value.toordinal()
    try:
        return day_of(str(value))
    except QuestionError:
        raise FileError(f"{value!r} is not a day", where=f"{where}, field on", do="write YYYY-MM-DD") from None
