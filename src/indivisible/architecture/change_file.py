"""Reads a change file as plain data: no code, no tags, no shared references, no key written twice.

A change file comes from anyone. It is read with YAML's safe rules and then some: only maps, lists, texts, numbers,
yes/no and empty values; every value keeps the line it stood on, so that a mistake can be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from indivisible.errors import FileError

MOST_BYTES = 1_000_000
_PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_WORDS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:bool"}  # YAML reads a bare `on` as yes
_AS_WRITTEN = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}


@dataclass(frozen=True, slots=True)
class Table:
    """One map of the file; `line` is where it begins, `lines` where each key stands, `file` what it is called."""

    file: str
    line: int
    values: Mapping[str, object]
    lines: Mapping[str, int]

    def where(self, key: str = "") -> str:
        """The place to name in an error: file, line and field."""
        line = self.lines.get(key, self.line)
        return f"{self.file}, line {line}" + (f", field {key}" if key else "")

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Raise FileError at the first key that is not among `known`."""
        allowed = sorted(known)
        for key in self.values:
            if key not in allowed:
                raise FileError(f"unknown key {key!r}", where=self.where(key), do=f"known here: {', '.join(allowed)}")

    def text(self, key: str, *, required: bool = False) -> str:
        """The text under `key`; empty if absent."""
        value = self.values.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise FileError(f"{key} must be a text, not {_said(value)}", where=self.where(key), do="put it in quotes")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts under `key`, which may hold one text or a list of them."""
        value = self.values.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, tuple) else (value,)
        for one in listed:
            if not isinstance(one, str) or not one.strip():
                raise FileError(
                    f"{key} must be a text or a list of texts, not {_said(one)}",
                    where=self.where(key),
                    do="put it in quotes",
                )
        return tuple(str(one).strip() for one in listed)

    def flag(self, key: str) -> bool:
        """The yes or no under `key`; no if absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise FileError(f"{key} must be true or false, not {_said(value)}", where=self.where(key))
        return value

    def tables(self, key: str) -> tuple[Table, ...]:
        """The maps listed under `key`."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, tuple) or not all(isinstance(one, Table) for one in value):
            raise FileError(f"{key} must be a list of maps", where=self.where(key), do="begin each with '- '")
        return tuple(one for one in value if isinstance(one, Table))


def _said(value: object) -> str:
    return "a map" if isinstance(value, Table) else "empty" if value is None else repr(value)


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader without aliases: a few lines of them can grow into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not allowed", mark)
        return super().compose_node(parent, index)


def read_table(path: Path, *, called: str = "") -> Table:
    """The file as one Table. Raises FileError naming file and line for anything that is not plain data."""
    name = called or str(path)
    return parse_table(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """The file as text; `name` is what it is called in errors. Raises FileError."""
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise FileError(f"cannot be read: {problem.strerror}", where=name, do="check the path") from None
    if len(raw) > MOST_BYTES:
        raise FileError(f"is larger than {MOST_BYTES:,} bytes", where=name, do="a change file is a few lines of text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise FileError(f"byte {problem.start} is not UTF-8", where=name, do="save the file as UTF-8") from None


def parse_table(text: str, name: str) -> Table:
    """The text of a file called `name` as one Table; raises FileError."""
    try:
        loader = _StrictLoader(text)
        try:
            node = loader.get_single_node()
            value = None if node is None else _plain(node, loader, name)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        where = f"{name}, line {mark.line + 1}" if mark else name
        raise FileError(f"is not YAML: {problem.problem or problem}", where=where, do="see docs/reference") from None
    except yaml.YAMLError as problem:
        raise FileError(f"is not YAML: {' '.join(str(problem).split())}", where=name) from None
    except RecursionError:
        raise FileError("is nested too deeply", where=name, do="a change file has three levels") from None
    if not isinstance(value, Table):
        raise FileError("must be a map with the keys schema, name, title and steps", where=name)
    return value


def _plain(node: yaml.Node, loader: yaml.SafeLoader, name: str) -> object:
    where = f"{name}, line {node.start_mark.line + 1}"
    if isinstance(node, yaml.ScalarNode) and node.tag in _PLAIN:
        if node.tag in _AS_WRITTEN:
            return node.value
        try:
            return loader.construct_object(node)
        except (ValueError, OverflowError):
            raise FileError(f"{node.value!r} is not a number", where=where) from None
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return tuple(_plain(child, loader, name) for child in node.value)
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        return _table(node, loader, name)
    short = node.tag.replace("tag:yaml.org,2002:", "!!")
    raise FileError(f"the tag {short} is not allowed", where=where, do="a change file holds data only, never code")


def _table(node: yaml.MappingNode, loader: yaml.SafeLoader, name: str) -> Table:
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _WORDS:
            raise FileError("a key must be a word", where=f"{name}, line {line}")
        key = key_node.value
        if key in values:
            raise FileError(
                f"the key {key!r} stands twice (first on line {lines[key]})",
                where=f"{name}, line {line}",
                do="keep one of them",
            )
        values[key], lines[key] = _plain(value_node, loader, name), line
    return Table(name, node.start_mark.line + 1, values, lines)
