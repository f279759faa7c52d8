"""Every command takes what its options give it: an option that several commands share reaches each of them."""

from __future__ import annotations

import inspect

import click
import pytest

from indivisible.apps.cli import main

OWN = {"as_json", "out", "as_cite", "overlays"}  # taken by the frame around each command


def commands(group: click.Group, prefix: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            found |= commands(one, f"{prefix}{name} ")
        if one.callback is not None:
            found[prefix + name] = one
    return found


COMMANDS = commands(main)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_reaches_its_command(name: str) -> None:
    one = COMMANDS[name]
    assert one.callback is not None
    taken = inspect.signature(inspect.unwrap(one.callback)).parameters
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in taken.values()):
        return
    given = {parameter.name for parameter in one.params if parameter.expose_value}
    assert given - OWN <= set(taken), given - OWN - set(taken)
