"""Write docs/reference from the code: commands, vocabulary and rules of the record, errors, models, changes, data."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Written by docs/generate.py from the code: change the code, then run `make docs`. -->\n\n"


def commands() -> str:
    """Every command with its help, as the terminal prints it."""
    from indivisible.apps.cli import main

    parts = ["# Commands\n"]
    for path, command in _walk(main, ("indivisible",)):
        settings = {"help_option_names": ["-h", "--help"], **command.context_settings}
        settings |= {"terminal_width": 100, "max_content_width": 100}
        context = click.Context(command, info_name=" ".join(path), **settings)
        parts.append(f"## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _walk(child, (*path, name))


def record() -> str:
    """The vocabulary, field by field, and what makes the record valid, rule by rule."""
    from indivisible.record.check import RULES
    from indivisible.record.claim import SOURCE_KINDS
    from indivisible.record.load import load

    loaded = load()
    lines = ["# The record: vocabulary and rules\n", "## What makes the record valid\n"]
    lines += [f"- **{name}**: {text}." for name, text, _ in RULES]
    lines += ["\nThe dates of every row are parsed, and a bad one refused, when the record is opened.\n"]
    lines += [f"Kinds of source, best first: {', '.join(SOURCE_KINDS)}.\n", "## Fields\n"]
    lines += ["| field | said of | object | value | span | meaning |", "| --- | --- | --- | --- | --- | --- |"]
    for field in loaded.fields.values():
        value = ", ".join(field.values) if field.values else field.value_type
        lines.append(
            f"| `{field.name}` | {', '.join(field.subjects)} | {', '.join(field.objects) or 'none'} | {value} "
            f"| {field.span} | {field.description} |"
        )
    return "\n".join(lines) + "\n"


def errors() -> str:
    """The error tree with exit codes."""
    from indivisible import errors as module

    return f"# Errors and exit codes\n\n```text\n{inspect.cleandoc(module.__doc__ or '')}\n```\n"


def models() -> str:
    """Every model with its parameters, ranges and sources, and what it can show."""
    from indivisible.apps.assessing import describe_models

    return describe_models()


def changes() -> str:
    """Every change that ships, with its steps and sources."""
    from indivisible.apps.assessing import describe_changes

    return describe_changes()


def datasets() -> str:
    """Every dataset that can be imported."""
    from indivisible.readers.library import describe_datasets

    return describe_datasets()


def rules() -> str:
    """Every text made executable, article by article, each with its function."""
    from indivisible.rules.describe import describe_rules

    return describe_rules()


def councils() -> str:
    """Every body, its procedures and the days on which they hold."""
    from indivisible.rules.list_procedures import describe_councils

    return describe_councils()


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "record.md": record,
    "errors.md": errors,
    "models.md": models,
    "changes.md": changes,
    "datasets.md": datasets,
    "rules.md": rules,
    "councils.md": councils,
}


def main() -> int:
    """Write every page; say which changed."""
    REFERENCE.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        path = REFERENCE / name
        text = MADE + make().rstrip() + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
