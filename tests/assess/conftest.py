"""The five lands of tests/architecture/changes_world.py, with powers, a pact and a day on which one may join it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "architecture"))

import changes_world

from indivisible.architecture.change import Change
from indivisible.record.record import Record


@pytest.fixture(scope="session")
def lands(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """AAA, BBB, CCC are in the pact; DDD and EEE are not; all have power 4e12 (GDP 2e9, a million people)."""
    return changes_world.record(tmp_path_factory.mktemp("lands") / "facts")


@pytest.fixture(scope="session")
def joining() -> Change:
    """DDD joins the pact."""
    return changes_world.make("do: accede, state: DDD, organization: PACT")


@pytest.fixture(scope="session")
def nothing() -> Change:
    """No step."""
    return changes_world.make()
