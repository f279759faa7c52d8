"""All code in the docs runs, every link leads somewhere, and the reference is what the code says."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from asked_once import asked_once as asked_once
from indivisible.apps.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", NAMES)
def test_commands_and_python_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`console` blocks hold commands after `$`; `python` blocks run in order, in one namespace."""
    page = (ROOT / name).read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for written in BLOCK.finditer(page):
        if written.group(1) == "yaml" and "schema: change/1" in written.group(2):
            (tmp_path / "my-change.yml").write_text(written.group(2), encoding="utf-8")
        if written.group(1) == "yaml" and "schema: exercise/1" in written.group(2):
            (tmp_path / "exercise.yaml").write_text(written.group(2), encoding="utf-8")
        if written.group(1) == "yaml" and (named := re.match(r"# save as (\S+\.yaml)\n", written.group(2))):
            (tmp_path / named.group(1)).write_text(written.group(2), encoding="utf-8")
    namespace: dict[str, object] = {}
    for kind, body in BLOCK.findall(page):
        if kind == "console":
            output = ""
            for line in body.splitlines():
                if line.startswith("$ indivisible "):
                    result = CliRunner().invoke(main, shlex.split(line[2:], comments=True)[1:])
                    assert result.exit_code == 0, f"{line}\n{result.output}"
                    output = result.output
                elif line.strip():
                    assert line.strip() in output, f"the page shows what the program does not print: {line}"
        elif kind == "python":
            exec(compile(body, name, "exec"), namespace)


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


def test_the_reference_is_what_the_code_says() -> None:
    """Run `make docs` if this fails."""
    specification = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert specification is not None
    assert specification.loader is not None
    generate = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(generate)
    for name, make in generate.PAGES.items():
        written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == generate.MADE + make().rstrip() + "\n", name
