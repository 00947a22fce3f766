"""Pictures: what is in them, on each platform, and that strings of plans are data in each format."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from facts_of_edit import compiled
from support.pictures import HOSTILE, hostile
from support.plans import EXAMPLES, compilations

from camp2iac import compiler, read
from camp2iac.compiler import Origin, Request
from camp2iac.record import replace
from camp2iac.review import graph
from camp2iac.review.formats.graph import _strings as strings
from camp2iac.review.formats.graph import dot, mermaid, names, render
from camp2iac.review.graph import Picture
from camp2iac.targets.facts import PlatformFacts


def planned(example: str) -> Picture:
    """The picture of an example on no platform."""
    topology = read(EXAMPLES / example / "camp.yaml").check().compiled.topology
    assert topology is not None
    return graph.of_plan(topology)


def facts(picture: Picture, id_: str) -> list[str]:
    """The facts of a node or a group."""
    parts = {each.id: each for each in (*picture.nodes, *picture.groups)}
    return [line.text for line in parts[id_].lines]


def edges(picture: Picture) -> set[tuple[str, str, str]]:
    """All edges."""
    return {(each.source, each.destination, each.label) for each in picture.edges}


def test_a_plan() -> None:
    picture = planned("guestbook")
    assert edges(picture) == {
        ("users/internet", "component/web", "HTTP 80"),
        ("component/web", "service/database", "TCP 5432"),
    }
    assert facts(picture, "component/web") == ["Python from 3.9, before 4", "scale 2 to 4", "networks front and back"]
    assert facts(picture, "service/database") == [
        *("PostgreSQL from 13, before 18", "volume data, 10 GiB", "loads schema", "network back")
    ]


def test_processes_with_instances_of_their_own_connect_too() -> None:
    picture = planned("bookings")
    assert facts(picture, "process/api/worker") == ["scale 1 to 3"]
    assert ("process/api/worker", "service/cache", "TCP 6379") in edges(picture)
    assert "schedule cleanup: 30 3 * * *" in facts(picture, "component/api")


def test_a_tier_with_several_parts_is_a_group() -> None:
    picture = planned("gallery")
    assert {node.id: node.group for node in picture.nodes if node.group} == {
        "component/front": "tier/web",
        "component/gallery": "tier/web",
    }
    # nginx passes requests on to the address in its attributes
    assert ("component/front", "component/gallery", "TCP 8000") in edges(picture)
    assert facts(picture, "service/mail") == ["mail.example.org:587"]


def test_addresses_in_variables_are_connections() -> None:
    assert {edge for edge in edges(planned("threetier")) if edge[0] == "component/shop"} == {
        ("component/shop", "component/stock", "TCP 8001"),
        ("component/shop", "component/orders", "TCP 8002"),
    }


def test_openstack_has_load_balancers_and_instances() -> None:
    picture = graph.of_result(compiled("guestbook", "openstack"))
    assert picture.title == "guestbook on OpenStack"
    assert edges(picture) >= {
        ("users/internet", "entry/web", "HTTP 80"),
        ("entry/web", "component/web", ""),
    }
    assert facts(picture, "entry/web") == ["floating IP"]
    assert facts(picture, "component/web") == ["Python 3.11", "2 to 4 instances", "networks front and back"]


def test_components_call_others_through_a_load_balancer() -> None:
    found = edges(graph.of_result(compiled("tickets", "openstack")))
    assert found >= {("component/web", "entry/people", "TCP 8080"), ("entry/people", "component/people", "")}
    assert not any(edge[:2] == ("component/web", "component/people") for edge in found)


def test_heroku_has_dynos_and_addons() -> None:
    picture = graph.of_result(compiled("bookings", "heroku"))
    assert ("users/internet", "component/api", "HTTP 80, HTTPS 443") in edges(picture)
    assert ("component/api", "service/database", "") in edges(picture)
    assert "2 to 4 standard-1x dynos" in facts(picture, "component/api")
    assert facts(picture, "process/api/worker") == ["1 to 3 standard-1x dynos"]
    assert "add-on heroku-postgresql:essential-1" in facts(picture, "service/database")
    assert picture.groups == ()


def test_docker_has_containers() -> None:
    picture = graph.of_result(compiled("bookings", "docker"))
    assert ("users/computer-that-runs-the-engine", "entry/api", "HTTP 8080") in edges(picture)
    assert "2 to 4 containers" in facts(picture, "component/api")
    assert facts(picture, "service/cache")[1].startswith("container redis:")


def test_what_a_platform_loses_is_marked() -> None:
    nodes = {node.id: node for node in graph.of_result(compiled("tickets", "heroku")).nodes}
    assert nodes["service/bastion"].kind == "lost"
    assert "volume" not in str(graph.of_result(compiled("gallery", "heroku")).nodes[1])


def test_a_target_without_facts_has_a_picture() -> None:
    """That of the plan, without what the target loses."""
    result = compiled("guestbook", "heroku")
    picture = graph.of_result(replace(result, lowered=replace(result.lowered, facts=PlatformFacts())))
    assert ("users/internet", "component/web", "HTTP 80") in edges(picture)
    assert facts(picture, "component/web") == ["Python from 3.9, before 4", "scale 2 to 4"]


def test_a_password_in_an_address_is_not_drawn() -> None:
    path = EXAMPLES / "gallery/camp.yaml"
    text = path.read_text().replace("smtp://mail.", "smtp://me:Geheim77x@mail.").replace(":587", ":587/?key=Geheim78x")
    topology = compiler.compile(compiler.read(Origin(path, edits={path: text.encode()})), Request()).topology
    assert topology is not None
    assert "mail.example.org:587" in render(graph.of_plan(topology), "json")
    assert not any("Geheim" in render(graph.of_plan(topology), form) for form in names())


def test_formats_are_found_by_their_files() -> None:
    assert names() == ("dot", "json", "mermaid")
    with pytest.raises(LookupError, match="there is no format png"):
        render(planned("guestbook"), "png")


def test_strings_are_data_for_mermaid() -> None:
    """proofs/pictures draws the same pictures with Mermaid."""
    plain, *others = (mermaid.render(each).splitlines() for each in hostile())
    for text, lines in zip(HOSTILE[1:], others, strict=True):
        assert len(lines) == len(plain), text
        for line, usual in zip(lines, plain, strict=False):
            for inside in re.findall(r'"([^"]*)"', line):
                left = re.sub(r"</?b>|<br/>|#\d+;", "", inside)
                assert not re.search(r"[<>#%`\[\]{}|$;\\()*@]|//|www\.", left), (text, line)
            if not line.strip().startswith("acc") and text:
                assert re.sub(r'"[^"]*"', "", line) == re.sub(r'"[^"]*"', "", usual), text


def test_strings_are_data_for_graphviz() -> None:
    source = "".join(dot.render(each) for each in hostile())
    done = subprocess.run(["dot", "-Tsvg"], input=source.encode(), capture_output=True, check=True, timeout=100)
    assert done.stderr.decode().replace("Warning: ", "") == ""
    pages = done.stdout.decode().split("<?xml")[1:]
    assert len(pages) == len(HOSTILE)
    for text, page in zip(HOSTILE, pages, strict=True):
        root = ElementTree.fromstring(f"<?xml{page}")
        drawn = [
            " ".join(each.itertext()).replace("\u200b", "") for each in root.iter("{http://www.w3.org/2000/svg}text")
        ]
        wanted = strings.shown(text, strings.LINE)
        assert not wanted or drawn.count(wanted) >= 3, text
        tags = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert tags <= {"svg", "g", "title", "polygon", "ellipse", "path", "text", "a", "polyline"}, text
        links = [value for each in root.iter() for name, value in each.items() if name.endswith("href")]
        assert links == []


def test_ids_stay_different() -> None:
    ids = (
        "component/a-b",
        "component/a_b",
        "component/a/b",
        "component/a--b",
        "component/A-b",
        "component/ab",
        "tier/a",
    )
    found = [strings.identifier(each) for each in ids]
    assert all(a != b for a, b in combinations(found, 2))
    assert all(re.fullmatch("[A-Za-z0-9_]+", each) for each in found)


def test_graphviz_reads_the_picture_of_every_plan() -> None:
    sources = []
    for package in sorted({each.package for each in compilations()}):
        topology = read(package / "camp.yaml").check().compiled.topology
        assert topology is not None
        sources.append(dot.render(graph.of_plan(topology)))
    done = subprocess.run(
        ["dot", "-Tplain"], input="".join(sources).encode(), capture_output=True, check=True, timeout=100
    )
    assert done.stderr == b""
    assert done.stdout.decode().count("graph ") == len(sources)


def test_the_page_has_the_pictures_of_the_guestbook() -> None:
    page = (EXAMPLES.parent / "docs/graph.md").read_text(encoding="utf-8")
    drawn = [mermaid.render(planned("guestbook"))]
    drawn += [mermaid.render(graph.of_result(compiled("guestbook", "openstack")))]
    assert re.findall(r"(?ms)^```mermaid\n(.*?)^```$", page) == drawn
