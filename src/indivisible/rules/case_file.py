"""A file of facts as people write it: read strictly, so that nothing in it is taken for something else.

A key that stands twice, a day that does not exist, and a number such as 9.500, which may be nine thousand five hundred,
are refused; keys stay as written (YAML itself reads a bare `on` as yes).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from indivisible.architecture.change_file import read_text
from indivisible.errors import FileError

THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")


def read_map(path: str | Path, *, begin: str) -> dict[str, object]:
    """The fields of a file, by name. `begin` says how such a file begins. Raises FileError."""
    where = str(path)
    found = load_text(read_text(Path(path), where), where)
    if found is None:
        raise FileError("it is empty", where=where, do=f"begin with {begin}")
    if not isinstance(found, dict):
        raise FileError("it is not a map", where=where, do=f"begin with {begin}")
    return found


def load_text(text: str, where: str, *, aliases: bool = True) -> object:
    """What a text holds, read strictly; without `aliases` it may not say `*name` either. Raises FileError."""
    try:
        return yaml.load(text, _Strict if aliases else _StrictPlain)  # a SafeLoader that refuses more
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{where}, line {mark.line + 1}" if mark else where
        do = str(problem.note or "write YAML: `name: value`")
        raise FileError(str(problem.problem or problem), where=place, do=do) from None
    except yaml.YAMLError as problem:
        raise FileError(f"it is not YAML: {' '.join(str(problem).split())}", where=where) from None


class _Strict(yaml.SafeLoader):
    """YAML's safe loader, without what it reads in a way that the writer may not have meant."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(self.construct_object(key, deep=True))
            if name in found:
                raise _refused(f"{name!r} stands twice", key, "keep one of the two")
            found[name] = self.construct_object(value, deep=True)
        return found

    def number(self, node: yaml.ScalarNode) -> float:
        """A number with a point; refused where the point may part thousands."""
        text = str(node.value)
        if THOUSANDS.fullmatch(text):
            do = f"write {text.replace('.', '')}, or {float(text):g}"
            raise _refused(f"{text} may be read in two ways", node, do)
        return float(self.construct_yaml_float(node))

    def day(self, node: yaml.ScalarNode) -> object:
        """A day; refused where there is no such day."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            raise _refused(f"{node.value!r} is not a day", node, "write YYYY-MM-DD") from None


class _StrictPlain(_Strict):
    """The same, without aliases: a short file cannot stand for a huge one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not allowed", mark)
        return super().compose_node(parent, index)


_Strict.add_constructor("tag:yaml.org,2002:float", _Strict.number)
_Strict.add_constructor("tag:yaml.org,2002:timestamp", _Strict.day)


def _refused(what: str, node: yaml.Node, do: str) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark, note=do)
