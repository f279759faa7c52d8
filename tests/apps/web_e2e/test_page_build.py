"""The page that ships is the page that is written: built from its source, typed by the server's own description."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from indivisible.apps.desk import Desk
from indivisible.apps.web.server import STATIC, app_of

WEB = Path(__file__).resolve().parents[3] / "web"
MOST = 700_000  # bytes of the page, compressed
NOTATIONS = "http://www.w3.org/"  # names of notations, which nobody fetches


def run(*command: str | Path) -> str:
    done = subprocess.run([str(one) for one in command], cwd=WEB, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def outlines(node: str, packages: Path) -> None:
    """The outlines that the page draws, made from the atlas."""
    run(node, "scripts/make_map.mjs")


@pytest.mark.usefixtures("outlines")
def test_the_page_that_ships_is_what_its_source_builds(packages: Path, tmp_path: Path) -> None:
    run(packages / "vite", "build", "--outDir", tmp_path, "--emptyOutDir", "--logLevel", "error")
    built, ships = contents(tmp_path), contents(STATIC)
    assert sorted(built) == sorted(ships), "run `npm run build` in web/ and commit what it writes"
    assert [name for name in built if built[name] != ships[name]] == []


@pytest.mark.usefixtures("outlines")
def test_its_types_fit(packages: Path) -> None:
    run(packages / "tsc", "--noEmit")


@pytest.mark.usefixtures("outlines")
def test_its_pure_functions_do_what_they_say(packages: Path) -> None:
    assert re.search(r"Tests.*\d+ passed", run(packages / "vitest", "run", "--no-color"))


def test_its_types_are_those_of_the_servers_description(packages: Path, desk: Desk, tmp_path: Path) -> None:
    described, typed = tmp_path / "openapi.json", tmp_path / "api_types.ts"
    described.write_text(json.dumps(app_of(desk).openapi()), encoding="utf-8")
    run(packages / "openapi-typescript", described, "-o", typed)
    assert typed.read_text("utf-8") == (WEB / "src" / "api_types.ts").read_text("utf-8"), "run `npm run types` in web/"


def test_licences_are_those_of_what_is_built_in(node: str, packages: Path, tmp_path: Path) -> None:
    run(node, "scripts/licences.mjs", tmp_path / "licences.txt")
    gathered = (tmp_path / "licences.txt").read_text("utf-8")
    assert gathered == (WEB / "public" / "licences.txt").read_text("utf-8")
    assert len(re.findall(r"\n----\n\n(\S+) \d+\.", gathered)) == 6


def test_it_is_light_and_leads_nowhere_else() -> None:
    ships = contents(STATIC)
    assert sum(len(gzip.compress(body, 5)) for body in ships.values()) <= MOST
    for name, body in ships.items():
        if not name.endswith((".json", "licences.txt")):
            away = [
                link for link in re.findall(r"https?://[^\s\"'`)]+", body.decode()) if not link.startswith(NOTATIONS)
            ]
            assert not away, name
    assert not re.search(
        rb"@import|url\(\s*[\"']?(https?:)?//", b"".join(body for name, body in ships.items() if name.endswith(".css"))
    )
