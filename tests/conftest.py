"""A small fictional world for every test: five lands, two alliances, numbers worked out by hand."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: threads that wait for each other cost three times it

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from indivisible.apps.desk import Desk
from indivisible.apps.desk import load as open_desk
from indivisible.record.load import load
from indivisible.record.record import Record

hypothesis.settings.register_profile("unhurried", deadline=None)  # a busy machine makes no test wrong
hypothesis.settings.load_profile("unhurried")

HEADER = "subject,field,object,value,from,to,layer,speaker,source,place,confidence,note"

LANDS = """\
ALA,kind,,state,1900-01-01,,,,ATLAS,p. 1,high,
ALA,name,,Aland,,,,,ATLAS,p. 1,high,
ALA,alias,,Kingdom of Aland,,,,,ATLAS,p. 1,high,
ALA,cow_system,,member,1900-01-01,,,,ATLAS,p. 1,high,
BLA,kind,,state,1900-01-01,,,,ATLAS,p. 1,high,
BLA,name,,Bland,,,,,ATLAS,p. 1,high,
BLA,cow_system,,member,1900-01-01,,,,ATLAS,p. 1,high,
CLA,kind,,state,1900-01-01,,,,ATLAS,p. 1,high,
CLA,name,,Cland,,,,,ATLAS,p. 1,high,
CLA,cow_system,,member,1900-01-01,,,,ATLAS,p. 1,high,
DLA,kind,,state,1900-01-01,,,,ATLAS,p. 1,high,
DLA,name,,Dland,,,,,ATLAS,p. 1,high,
DLA,cow_system,,member,1900-01-01,,,,ATLAS,p. 1,high,
ELA,kind,,state,1900-01-01,1990-01-01,,,ATLAS,p. 1,high,
ELA,name,,Eland,,,,,ATLAS,p. 1,high,
ELA,cow_system,,member,1900-01-01,1990-01-01,,,ATLAS,p. 1,high,
"""
LEAGUE = """\
LEAGUE,kind,,organization,1950-01-01,,,,CHARTER,Art. 1,high,
LEAGUE,name,,The League,,,,,CHARTER,Art. 1,high,
LEAGUE,founded_as,,Pact 1950,1950-01-01,1960-01-01,,,CHARTER,Art. 1,high,
LEAGUE,full_role,,signatory_party,1950-01-01,1960-01-01,,,CHARTER,Art. 2,high,
LEAGUE,full_role,,member,1960-01-01,,,,CHARTER,Art. 2,high,
LEAGUE,list_complete,,member,1960-01-01,2020-01-01,,,CHARTER,list,high,
LEAGUE,list_complete,,signatory_party,1950-01-01,1960-01-01,,,CHARTER,list,high,
ALA,role,LEAGUE,signatory_party,1950-01-01,1960-01-01,legal,,CHARTER,list,high,
ALA,role,LEAGUE,member,1960-01-01,,legal,,CHARTER,list,high,
BLA,role,LEAGUE,member,1970,1980-06-15,legal,,CHARTER,list,medium,
CLA,role,LEAGUE,member,1985-03,,legal,,CHARTER,list,high,
CLA,role,LEAGUE,suspended,2000-05-05,2001-05-05,participation,,CHARTER,decision,high,
DLA,role,LEAGUE,member,1990,1995,legal,,YEARBOOK,table,medium,The year book lists it
DLA,role,LEAGUE,observer,1990-01-01,,legal,,CHARTER,list,high,
ELA,role,LEAGUE,member,1975-01-01,,legal,,CHARTER,list,high,
ELA,role,LEAGUE,none,1980-01-01,,legal,Eland,CHARTER,letter,high,Eland says that it left
"""
SOURCES = """\
source,title,publisher,published,kind,licence,url,note
ATLAS,An atlas,The Press,2000,official,CC0,,
CHARTER,The Charter of the League,The League,1950,treaty,public domain,,
YEARBOOK,A year book,A press,2001,dataset,CC0,,
MEMORY,From memory,nobody,,recalled,,,
"""
WORLD = """\
RECORD,kind,,record,,,,,ATLAS,,high,
RECORD,known_to,,2020-01-01,,,,,ATLAS,,high,
"""


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Packed records and imported data of the tests never touch the user's own."""
    os.environ["INDIVISIBLE_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["INDIVISIBLE_HOME"] = str(tmp_path_factory.mktemp("home"))


def write_facts(folder: Path, files: dict[str, str]) -> Path:
    """A facts folder: the header is added to every file of claims."""
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body if name.startswith("sources/") else f"{HEADER}\n{body}", encoding="utf-8")
    return folder


@pytest.fixture
def world_folder(tmp_path: Path) -> Path:
    """The facts folder of the fictional world."""
    files = {"states.csv": LANDS, "league.csv": LEAGUE, "record.csv": WORLD, "sources/all.csv": SOURCES}
    return write_facts(tmp_path / "facts", files)


@pytest.fixture
def world(world_folder: Path) -> Record:
    """The record of the fictional world."""
    return load(facts=world_folder)


@pytest.fixture
def facts(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write a facts folder of your own."""
    return lambda files: write_facts(tmp_path / "own", files)


@pytest.fixture(scope="session")
def record() -> Record:
    """The record that ships."""
    return load()


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The record that ships, opened for questions."""
    return open_desk()
