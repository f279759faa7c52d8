"""What is left behind when a panel is ended from outside while it is being written: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.panel_command import tidy_if_ended
from indivisible.panels import blocks, files
from panels.invented_panels import world

FORMATS = ("parquet", "csv", "dta")
ASKED = ("panel", "dyad-years", "--years", "2003-2016", "--with", "nmc,atop", "--out")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    return world(folder, tmp_path_factory.mktemp("home"))


@pytest.fixture
def ended(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The process asks itself to end while the third block is made; what another handler hears of it."""
    monkeypatch.setenv("INDIVISIBLE_HOME", str(home))
    monkeypatch.setattr(files, "ROWS", 1)
    whole = blocks.Maker.blocks

    def stopped(self: blocks.Maker, rows: int | None) -> Iterator[blocks.Block]:
        for number, block in enumerate(whole(self, rows)):
            if number == 2:
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(0.2)
            yield block

    monkeypatch.setattr(blocks.Maker, "blocks", stopped)
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: heard.append(number))
    yield heard
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_is_left_and_the_older_file_stays(ended: list[int], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"panel.{ending}"
    path.write_text("older", encoding="utf-8")
    result = CliRunner().invoke(main, [*ASKED, str(path)])
    assert result.exit_code != 0
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == "older"
    assert ended == [signal.SIGTERM], "the handler from before hears of it once the file is gone"


def test_the_handler_from_before_is_in_force_again() -> None:
    def own(number: int, frame: FrameType | None) -> None: ...

    before = signal.signal(signal.SIGTERM, own)
    try:
        with tidy_if_ended():
            assert signal.getsignal(signal.SIGTERM) is not own
        assert signal.getsignal(signal.SIGTERM) is own
        with pytest.raises(ZeroDivisionError), tidy_if_ended():
            raise ZeroDivisionError
        assert signal.getsignal(signal.SIGTERM) is own
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.skipif(os.name != "posix", reason="exit by signal is POSIX")
def test_the_process_ends_by_the_signal(home: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from indivisible.apps.panel_command import tidy_if_ended\n"
        "with tidy_if_ended():\n    os.kill(os.getpid(), signal.SIGTERM)\n    import time; time.sleep(5)"
    )
    done: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == -signal.SIGTERM
    assert done.stderr == b""
