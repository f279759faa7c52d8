"""Nothing is ever half-imported: faults between any two steps leave the previous import as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indivisible import readers
from indivisible.errors import FileError
from indivisible.readers import home as home_module
from indivisible.readers import library
from indivisible.readers.home import data_home, read_stored

HEAD = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
SYSTEM = "stateabb,ccode,year,version\nAAA,901,2015,2016\n"


def nmc(folder: Path, cinc: str, year: int = 2016, name: str = "NMC-60-abridged.csv") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}AAA,901,{year},10,1,2,3,100,40,{cinc},2025\n")
    return path


def kept(home: Path) -> float:
    return float(readers.open("nmc", home=home).collect()["cinc"][0])


@pytest.mark.parametrize("step", [1, 2])
def test_a_fault_while_replacing_leaves_the_previous_import(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.import_path(nmc(tmp_path, "0.25"), home=tmp_path)
    files = sorted(data_home(tmp_path).iterdir())
    calls = 0
    real = os.replace

    def faulty(source: Any, target: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(home_module.os, "replace", faulty)
    with pytest.raises(OSError, match="No space"):
        library.import_path(nmc(tmp_path, "0.75"), home=tmp_path)
    monkeypatch.undo()
    assert kept(tmp_path) == 0.25
    assert library.check(home=tmp_path).findings[0].result == "sound"
    assert [path for path in data_home(tmp_path).iterdir() if path.suffix == ".tmp"] == []
    assert set(files) <= set(data_home(tmp_path).iterdir())
    library.import_path(nmc(tmp_path, "0.75"), home=tmp_path)
    assert kept(tmp_path) == 0.75


@pytest.mark.parametrize("step", [1, 2])
def test_a_kill_while_replacing_leaves_the_previous_import(step: int, tmp_path: Path) -> None:
    library.import_path(nmc(tmp_path, "0.25"), home=tmp_path)
    path = nmc(tmp_path, "0.75")
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom indivisible.readers import home, library\n"
        f"calls, real = 0, os.replace\n"
        "def killed(source, target):\n"
        "    global calls\n    calls += 1\n"
        f"    os._exit(9) if calls == {step} else real(source, target)\n"
        "home.os.replace = killed\n"
        "library.import_path(Path(sys.argv[1]), home=Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path), str(tmp_path)], check=False)
    assert done.returncode == 9
    assert kept(tmp_path) == 0.25
    assert library.check(home=tmp_path).findings[0].result == "sound"
    for left in data_home(tmp_path).iterdir():  # as if the kill had been long ago
        os.utime(left, (0, 0))
    library.import_path(path, home=tmp_path)
    assert kept(tmp_path) == 0.75
    assert len(list(data_home(tmp_path).iterdir())) == 2, "what the kill left behind is swept up"


def test_an_import_that_was_killed_starts_again_where_it_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    nmc(folder, "0.5")
    (folder / "system2016.csv").write_text(SYSTEM)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom indivisible.readers import library\n"
        "progress = lambda p: os._exit(9) if p.dataset == 'nmc' else None\n"
        "library.import_path(Path(sys.argv[1]), home=Path(sys.argv[2]), progress=progress)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path)], check=False)
    assert done.returncode == 9
    report = library.import_path(folder, home=tmp_path)
    assert [(one.dataset, one.result) for one in report.outcomes] == [("cow_system", "already"), ("nmc", "imported")]


def test_a_failing_dataset_leaves_the_others_and_its_own_previous_version(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    library.import_path(nmc(tmp_path, "0.25"), home=tmp_path)
    nmc(folder, "1.75")  # a share cannot exceed one
    (folder / "system2016.csv").write_text(SYSTEM)
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    steps: list[str] = []
    report = library.import_path(folder, home=tmp_path, progress=lambda step: steps.append(str(step)))
    fates = [(one.file, one.dataset, one.result) for one in report.outcomes]
    assert fates == [
        ("system2016.csv", "cow_system", "imported"),
        ("NMC-60-abridged.csv", "nmc", "failed"),
        ("notes.csv", None, "not recognised"),
    ]
    assert report.failed
    assert report.exit_code == 3
    assert "as it was before" in report.sentence()
    assert "row 2, column cinc: 1.75 is above 1" in report.outcomes[1].message
    assert kept(tmp_path) == 0.25
    assert steps[0].startswith("[1/3]")
    assert steps[-1].startswith("[3/3]")


def test_a_full_disk_is_reported_for_the_one_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    nmc(folder, "0.5")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(home_module.os, "replace", full)
    report = library.import_path(folder, home=tmp_path)
    assert [one.result for one in report.outcomes] == ["failed"]
    assert "No space" in report.outcomes[0].message


def test_of_two_versions_in_a_folder_the_one_that_reaches_further_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    old = nmc(folder, "0.25", 2016)
    nmc(folder, "0.75", 2022, "NMC-70-abridged.csv")
    for fates in (["imported", "passed over"], ["passed over", "already"]):
        report = library.import_path(folder, home=tmp_path)
        assert sorted(one.result for one in report.outcomes) == sorted(fates)
        assert kept(tmp_path) == 0.75
    stored = read_stored("nmc", tmp_path)
    assert stored is not None
    assert stored.version == "7.0"
    (folder / "NMC-70-abridged.csv").unlink()
    assert [one.result for one in library.import_path(folder, home=tmp_path).outcomes] == ["older"]
    assert kept(tmp_path) == 0.75
    assert [one.version for one in library.import_path(old, home=tmp_path).outcomes] == ["6.0"]
    assert kept(tmp_path) == 0.25


def test_check_finds_what_was_changed_or_lost(tmp_path: Path) -> None:
    assert "Nothing is imported" in library.check(home=tmp_path).sentence()
    library.import_path(nmc(tmp_path, "0.25"), home=tmp_path)
    stored = read_stored("nmc", tmp_path)
    assert stored is not None
    table = data_home(tmp_path) / stored.table
    whole = table.read_bytes()
    table.write_bytes(whole[:-8] + b"\0" * 8)
    report = library.check(home=tmp_path)
    assert [one.result for one in report.findings] == ["damaged"]
    assert report.exit_code == 3
    assert "changed after the import" in report.findings[0].message
    table.unlink()
    assert "is gone" in library.check(home=tmp_path).findings[0].message
    assert library.import_path(tmp_path / "NMC-60-abridged.csv", home=tmp_path).outcomes[0].result == "imported"
    assert not library.check(home=tmp_path).failed


def test_a_damaged_note_is_one_clear_error_and_mended_by_importing(tmp_path: Path) -> None:
    path = nmc(tmp_path, "0.25")
    library.import_path(path, home=tmp_path)
    note = data_home(tmp_path) / "nmc.json"
    for text in ("{", "[]", '{"schema": "dataset/0"}'):
        note.write_text(text)
        with pytest.raises(FileError, match="import the dataset again"):
            readers.open("nmc", home=tmp_path)
        assert library.check(home=tmp_path).findings[0].result == "damaged"
        entry = next(one for one in library.list_datasets(home=tmp_path).entries if one.dataset.key == "nmc")
        assert "damaged" in entry.problem or "another version" in entry.problem
        library.import_path(path, home=tmp_path)
        assert kept(tmp_path) == 0.25


def test_the_home_is_the_argument_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDIVISIBLE_HOME", str(tmp_path / "named"))
    assert data_home() == tmp_path / "named" / "data"
    assert data_home(tmp_path) == tmp_path / "data"
    monkeypatch.delenv("INDIVISIBLE_HOME")
    assert "indivisible" in str(data_home())


def test_a_broken_file_that_is_none_of_ours_does_not_fail_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    nmc(folder, "0.5")
    (folder / "diary.csv").write_bytes("Tagebuch,Übung\n1,2\n".encode("latin-1"))
    report = library.import_path(folder, home=tmp_path)
    assert [(one.file, one.result) for one in report.outcomes] == [
        ("NMC-60-abridged.csv", "imported"),
        ("diary.csv", "not recognised"),
    ]
    assert "not UTF-8" in report.outcomes[1].message
    assert not report.failed
