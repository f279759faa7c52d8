"""A viewpoint holds on every route that speaks of the record, in every form, in the words of one function."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from indivisible.apps.web.viewpoint import PLAIN, Viewpoint

WITHOUT = {
    "/api/about": "tells of the program and its limits",
    "/api/change/file": "hands back the text that was sent",
    "/api/comply/file": "hands back what a file that was sent holds",
    "/api/data": "lists datasets and which are imported",
    "/api/models": "lists models and their constants",
    "/api/steps": "lists the kinds of step that a change file may have",
}
"""Routes that say nothing of the record, and why."""

FIN = {"id": "fin", "do": "accede", "state": "FIN", "organization": "NATO", "date": "2023-04-04"}
VETO = {"body": "UNSC", "on": "2022-02-25", "votes": {"RUS": "no"}, "others": "yes"}
CASE = {"dimensions": ["mandate"], "scale": [0, 100], "rule": "majority", "actors": [
    {"actor": name, "position": place, "salience": 50, "capability": 80} for name, place in (("A", 10), ("B", 90))
]}  # fmt: skip
GET = {
    "/api/day": "on=2020-01-01", "/api/days": "about=NATO", "/api/members": "organization=CSTO&on=2025-06-01",
    "/api/treaty": "name=NPT&on=2010-01-01", "/api/state": "name=PRK&on=2010-01-01", "/api/timeline": "name=NPT",
    "/api/diff": "first=2003-01-01&second=2004-01-01&about=NPT",
    "/api/why/members": "organization=CSTO&state=ARM&on=2025-06-01", "/api/claim": "address=organizations/CSTO.csv:8",
    "/api/list/{what}": "", "/api/network": "on=2025-06-01", "/api/matrix": "on=2025-06-01&among=CSTO",
    "/api/map/layer": "layer=membership:CSTO&on=2025-06-01", "/api/map/spans": "layer=treaty:NPT", "/api/map/areas": "",
    "/api/changes": "", "/api/assess": "change=nordic-accession&models=distance&among=FIN",
    "/api/why/assess": "change=nordic-accession&models=distance&state=FIN", "/api/treaties/rules": "",
    "/api/bodies": "on=2025-06-01", "/api/power": "body=UNSC&on=2024-01-01", "/api/designs": "",
    "/api/decisions": "body=UNSC", "/api/bargain/settings": "",
    "/api/exercise/fields": "",
}  # fmt: skip
POST: dict[str, Any] = {
    "/api/assess": {"change": "nordic-accession", "models": ["distance"]},
    "/api/assess/file": {"change": "nordic-accession", "models": ["distance"]},
    "/api/why/assess": {"change": "nordic-accession", "models": ["distance"]},
    "/api/change/check": {"data": {"steps": [FIN]}},
    "/api/comply": {"treaty": "INF_1987", "on": "2000-01-01", "state": "USA"}, "/api/decide": VETO,
    "/api/power": {"rule": "[51; 50,49,1]"}, "/api/bargain": CASE, "/api/design": {"case": "five-lands"},
    "/api/design/file": {"case": "five-lands"},
    "/api/notify": {"name": "Shield", "by": ["NOR"], "host": ["NOR"], "starts": "2019-03-11", "ends": "2019-03-22",
                    "organised": True, "no_advance_notice": False, "transfer": False, "troops": 13500},
}  # fmt: skip
ELSEWHERE = {"/api/history", "/api/history/stream"}  # need imported data; asked where these are
SAID = re.compile(r"Disputed matters are shown as disputed\.|As asserted by [^:]+ \([A-Z]{3}\): .+ shown as disputed\.")


def asked(client: TestClient, method: str, path: str, view: str, form: str = "") -> Any:
    """The answer of a route by a viewpoint, given in the body where the description has it there."""
    more = {"viewpoint": view} | ({"form": form} if form else {})
    if method == "GET":
        return client.get(f"{path.replace('{what}', 'states')}?{GET[path]}&{urlencode(more)}")
    more |= {"state": "FIN"} if path == "/api/why/assess" else {}
    body = dict(POST[path])
    if "assess" in path:
        body["viewpoint"] = more.pop("viewpoint")
    return client.post(path, json=body, params=more)


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def routes(described: dict[str, Any]) -> list[tuple[str, str]]:
    return [(method.upper(), path) for path, methods in described["paths"].items() for method in methods]


def test_every_route_takes_a_viewpoint_or_says_why_not(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            taken = any(parameter["name"] == "viewpoint" for parameter in one.get("parameters", ()))
            body = json.dumps(one.get("requestBody", {}))
            named = re.findall(r"#/components/schemas/(\w+)", body)
            taken |= any("viewpoint" in described["components"]["schemas"][name]["properties"] for name in named)
            assert taken != (path in WITHOUT), (method, path)
    tried = {("GET", path) for path in GET} | {("POST", path) for path in POST}
    left = {one for one in routes(described) if one[1] not in WITHOUT and one[1] not in ELSEWHERE}
    assert tried == left, "every route is asked below"


def prints(client: TestClient, method: str, path: str, view: str) -> None:
    found = asked(client, method, path, view)
    assert found.status_code == 200, (path, found.text)
    answer = found.json() if "ndjson" not in found.headers["content-type"] else _last(found.text)
    said = answer["viewpoint"]
    assert said["state"] == (view or None), path
    assert said["says"].startswith("As asserted by Serbia (SRB): " if view else PLAIN), path
    assert SAID.fullmatch(said["says"]), said["says"]
    assert next(iter(answer)) == "schema", path


def test_every_route_prints_the_viewpoint(client: TestClient, described: dict[str, Any]) -> None:
    for method, path in routes(described):
        if path not in WITHOUT and path not in ELSEWHERE:
            prints(client, method, path, "SRB")


def test_without_a_viewpoint_every_kind_of_route_says_that_disputes_are_disputes(client: TestClient) -> None:
    for path in ("/api/members", "/api/map/layer", "/api/bodies", "/api/changes", "/api/power"):
        prints(client, "GET", path, "")
    for path in ("/api/assess", "/api/comply", "/api/decide", "/api/bargain", "/api/design", "/api/change/check"):
        prints(client, "POST", path, "")


def _last(text: str) -> dict[str, Any]:
    line = json.loads(text.splitlines()[-1])
    assert line["event"] == "done", line
    found: dict[str, Any] = line["answer"]
    return found


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/list/{what}"), ("GET", "/api/why/members"), ("GET", "/api/assess"), ("POST", "/api/comply"),
     ("POST", "/api/decide"), ("POST", "/api/power"), ("POST", "/api/bargain"), ("POST", "/api/assess/file")],
)  # fmt: skip
def test_every_table_has_the_viewpoint_in_a_column(client: TestClient, method: str, path: str) -> None:
    lines = asked(client, method, path, "SRB", "csv").text.splitlines()
    assert lines[0].rpartition(",")[2] == "viewpoint"
    assert len(lines) > 1
    assert all("as asserted by Serbia (SRB)" in line for line in lines[1:])


@pytest.mark.parametrize(("view", "says"), [("", PLAIN), ("PRK", "As asserted by North Korea (PRK): ")])
def test_every_form_prints_the_viewpoint(client: TestClient, view: str, says: str) -> None:
    for form in ("html", "json"):
        assert says in asked(client, "GET", "/api/members", view, form).text
    assert says in asked(client, "GET", "/api/assess", view, "html").text, "a page of its own"
    table = asked(client, "GET", "/api/members", view, "csv").text.splitlines()[1]
    assert table.endswith("as asserted by North Korea (PRK)" if view else "disputed matters shown as disputed")
    drawn = client.post(f"/api/bargain?form=svg&viewpoint={view}", json=CASE).text
    assert says in drawn
    assert drawn.rstrip().endswith("</svg>")
    streams = [zlib.decompress(one) for one in re.findall(rb"stream\n(.*?)\nendstream", asked(
        client, "GET", "/api/members", view, "pdf").content, re.DOTALL)]  # fmt: skip
    assert says.split()[0].encode() in streams[0]


@pytest.mark.parametrize(
    ("asks", "view", "says"),
    [
        ("treaty?name=NPT&on=2010-01-01", "PRK", "North Korea has withdrawn from NPT; "),
        ("treaty?name=NPT&on=2010-01-01&state=FRA", "FRA", "the record holds no assertion of France on what is shown"),
        ("treaty?name=NPT&on=2010-01-01&state=FRA", "PRK", "the record holds no assertion of North Korea"),
        ("treaty?name=NPT&on=2000-01-01&state=PRK", "PRK", "the record holds no assertion of North Korea"),
        ("members?organization=CSTO&on=2025-06-01", "RUS", "Armenia is a member of CSTO"),
        ("members?organization=CSTO&on=2010-06-01", "RUS", "the record holds no assertion of Russia"),
        ("map/layer?layer=membership:NATO&on=2024-01-01", "SRB", "Kosovo is not recognised; Kosovo is part of Serbia"),
        ("map/layer?layer=membership:NATO&on=2008-02-16", "SRB", "the record holds no assertion of Serbia"),
        ("map/areas", "RUS", "Crimea, Donetsk and Luhansk, Kherson and Zaporizhzhia, and"),
        ("bodies?on=2025-06-01", "NPL", "the record holds no assertion of Nepal"),
        ("map/layer?layer=treaty:NPT&on=2010-01-01", "USA", "Taiwan has ratified NPT; "),
    ],
)  # fmt: skip
def test_one_sentence_says_what_is_asserted_of_what_is_shown(
    client: TestClient, asks: str, view: str, says: str
) -> None:
    said = client.get(f"/api/{asks}&viewpoint={view}" if "?" in asks else f"/api/{asks}?viewpoint={view}").json()
    assert says in said["viewpoint"]["says"], said["viewpoint"]["says"]
    assert said["viewpoint"]["says"].count(".") == 1


def test_a_contested_state_is_marked_in_its_row(client: TestClient) -> None:
    asks = "state?name=SRB&on=2020-01-01&form=csv"
    assert "denied" not in client.get(f"/api/{asks}").text
    found = client.get("/api/list/states?viewpoint=SRB&form=csv").text.splitlines()
    (kosovo,) = [line for line in found if line.startswith("XKX,")]
    assert kosovo.endswith("as asserted by Serbia (SRB); not recognised as a state")
    (france,) = [line for line in found if line.startswith("FRA,")]
    assert france.endswith("as asserted by Serbia (SRB)")
    sheet = client.get("/api/list/states?viewpoint=SRB&form=html").text
    assert sheet.count("As asserted by Serbia (SRB)") == 2, "in its title and its heading, not in every row"
    assert "not recognised as a state" in sheet


@pytest.mark.parametrize("path", ["comply", "decide", "bargain", "design", "change/check"])
def test_a_viewpoint_that_is_no_state(client: TestClient, path: str) -> None:
    found = client.post(f"/api/{path}?viewpoint=Atlantis", json=POST[f"/api/{path}"])
    assert found.status_code == 404
    assert found.json()["kind"] == "unknown_name"


def test_the_words_of_the_sentence() -> None:
    assert Viewpoint("", "").sentence() == PLAIN
    told = Viewpoint("AAA", "Aland", "Bland is part of Aland")
    assert told.sentence() == (
        "As asserted by Aland (AAA): Bland is part of Aland; all else in dispute is shown as disputed."
    )
    assert Viewpoint("AAA", "Aland").sentence() == (
        "As asserted by Aland (AAA): the record holds no assertion of Aland on what is shown, and disputed matters are "
        "shown as disputed."
    )
