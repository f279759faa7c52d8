"""What is listed is what is there: every folder is in the tuple, described, in order, and in the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from indivisible.readers import DATASETS, library
from indivisible.readers.dataset import dataset, parse
from indivisible.readers.reference import bibtex, datasets_page

FOLDER = Path(__file__).resolve().parents[2] / "src" / "indivisible" / "readers"


def test_no_folder_is_forgotten() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/dataset.yml")} | {
        path.parent.name for path in FOLDER.glob("*/read.py")
    }
    assert sorted(folders) == list(DATASETS)


@pytest.mark.parametrize("key", DATASETS)
def test_a_description_is_whole(key: str) -> None:
    described = dataset(key)
    assert described.site.startswith(("http://", "https://"))
    assert described.citations
    for entry in described.citations:
        assert {"type", "key", "author", "title", "year"} <= set(entry)
    assert described.windows
    assert set(described.unique) <= set(described.table)
    assert len({layout.name for layout in described.layouts}) == len(described.layouts)
    for layout in described.layouts:
        assert layout.files


def test_a_description_with_an_unknown_entry_is_refused() -> None:
    import yaml

    data = yaml.safe_load((FOLDER / "nmc" / "dataset.yml").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="colour"):
        parse({**data, "colour": "red"}, "nmc")


def test_the_listing_answers_in_every_form(tmp_path: Path) -> None:
    listing = library.list_datasets(home=tmp_path)
    assert [row["dataset"] for row in listing.rows()] == list(DATASETS)
    assert listing.sentence().startswith(f"0 of {len(DATASETS)} datasets are imported")
    first = listing.to_dict()
    assert next(iter(first)) == "schema"
    assert first["datasets"][0]["imported"] is None


def test_the_reference_page_names_every_dataset_and_its_terms() -> None:
    page = datasets_page()
    for key in DATASETS:
        assert f"## {key}\n" in page
        assert dataset(key).terms in page


def test_bibtex_gives_each_publication_once() -> None:
    text = bibtex(["cow_contiguity", "cow_contiguity_years", "nmc"])
    assert text.count("@article{stinnett_2002,") == 1
    assert "@incollection{singer_bremer_stuckey_1972," in text
    assert text.count("{") == text.count("}")
