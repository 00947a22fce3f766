"""What all importers share: a format of a few lines, registered for the test, shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.importers import (
    DraftArtifact,
    DraftPlan,
    DraftService,
    Fate,
    ImportLedger,
    ImportSource,
    NotedValue,
    registry,
)
from camp2iac.importers.draft import text_value
from camp2iac.importers.statements import RecordedFate, leaves
from tests.packing.making import camp2iac, laid_out, tree


class _Sites:
    """A list of folders with pages: ``sites: [web]``, and ``more: FILE`` with more of them."""

    title = "Site lists"
    files = ("sites.yaml", "*.sites")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        plan = DraftPlan("sites")
        document = source.document(source.main[0])
        while document is not None:
            for name, part in document.entries():
                if name == "sites":
                    for item in part.items("a list of folders"):
                        folder = source.folder.inside(item.text(), at=item.span)
                        if folder is not None:
                            plan.artifacts.append(DraftArtifact(plan.id_for(folder), "org.html:Site", f"{folder}/"))
                            item.kept(f"artifact {plan.artifacts[-1].name}")
                elif name == "port":
                    part.changed("nothing", "a site has its own port")
                elif name == "more":
                    part.kept("the statements of the file")
            more = document.get("more")
            path = source.folder.inside(more.text(), at=more.span) if more is not None else None
            document = source.document(path, more.span) if path is not None and more is not None else None
        return plan


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    find = registry.find
    monkeypatch.setattr(registry, "find", lambda name: _Sites() if name == "sites" else find(name))
    monkeypatch.chdir(tmp_path)
    return laid_out(
        tmp_path / "shop",
        {
            "sites.yaml": b"sites: [web]\nport: 80\nodd: { a: 1, b: [] }\n",
            "web/index.html": b"<p>hello</p>\n",
            "web/.env": b"SECRET=1\n",
            "other/index.html": b"",
        },
    )


def test_a_plan_beside_its_source(sites: Path) -> None:
    done = camp2iac("import", "sites", "shop")
    assert done.status == 0, done.err
    assert {"camp.yaml", "environments/docker.yaml", "environments/openstack.yaml"} <= set(tree(sites))
    assert done.out == (
        "sites.yaml\n"
        "  1  kept      sites[0]  artifact web\n"
        "  2  changed   port      nothing\n"
        "               why: a site has its own port\n"
        "  3  left out  odd.a     camp2iac does not know this statement\n"
        "  3  left out  odd.b     camp2iac does not know this statement\n"
        "\n"
        "statements: 1 kept, 1 changed, 2 left out\n"
    )
    assert "openstack: the plan compiles" in done.err
    assert camp2iac("validate", "shop").status == 0


def test_a_plan_elsewhere_has_its_content(sites: Path) -> None:
    before = tree(sites)
    done = camp2iac("import", "sites", "shop/sites.yaml", "-o", "plan/here", "--output", "json")
    assert done.status == 0, done.err
    report = json.loads(done.out)
    assert report["written"][0] == "camp.yaml"
    assert "web/index.html" in report["written"]
    assert report["counts"] == {"kept": 1, "changed": 1, "left out": 2}
    assert {each["path"] for each in report["statements"]} == {"sites[0]", "port", "odd.a", "odd.b"}
    assert [each["code"] for each in report["platforms"]] == [None, None, None, None]
    made = tree(sites.parent / "plan/here")
    assert "web/index.html" in made
    assert not {"web/.env", "other/index.html"} & set(made)
    assert tree(sites) == before


def test_no_format_has_this_name(sites: Path) -> None:
    done = camp2iac("import", "compsoe", "shop")
    assert done.status == 1
    assert "error[CAMP760]: there is no importer for the format compsoe" in done.err


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("none", "there is no file or folder none"),
        ("shop/web", "shop/web has no file that the importer sites reads"),
        ("shop/big.sites", "big.sites cannot be read: it is larger than 4 MiB"),
    ],
)
def test_what_cannot_be_read(sites: Path, source: str, words: str) -> None:
    with (sites / "big.sites").open("wb") as file:
        file.truncate(5 << 20)
    done = camp2iac("import", "sites", source, "-o", "out")
    assert words in done.err
    assert "error[CAMP761]" in done.err
    assert done.status == 1
    assert not (sites.parent / "out").exists()


def test_a_statement_of_another_type(sites: Path) -> None:
    (sites / "sites.yaml").write_text("sites: { a: b }\n")
    done = camp2iac("import", "sites", "shop")
    assert done.status == 1
    assert "error[CAMP762]: sites is a mapping, but must be a list of folders" in done.err
    assert "shop/sites.yaml:1:8" in done.err
    assert not (sites / "camp.yaml").exists()


def test_no_file_is_overwritten(sites: Path) -> None:
    assert camp2iac("import", "sites", "shop").status == 0
    assert camp2iac("import", "sites", "shop").status == 0  # nothing differs
    (sites / "sites.yaml").write_text("sites: [other]\n")
    before = tree(sites)
    done = camp2iac("import", "sites", "shop")
    assert done.status == 1
    assert "error[CAMP763]: shop/camp.yaml exists already" in done.err
    assert tree(sites) == before
    assert camp2iac("import", "sites", "shop", "--force").status == 0
    assert tree(sites)["camp.yaml"] != before["camp.yaml"]
    (sites / "camp.yaml").write_text("mine\n")
    done = camp2iac("import", "sites", "shop", "--force")
    assert "error[CAMP763]" in done.err
    assert (sites / "camp.yaml").read_text() == "mine\n"


@pytest.mark.parametrize("name", ["../outside", "/etc", "a/../../b", "link", "link/x", "~/x"])
def test_nothing_outside_the_source_is_read(sites: Path, name: str) -> None:
    laid_out(sites.parent / "outside", {"secret": b"x: 1\n"})
    (sites / "link").symlink_to(sites.parent / "outside")
    (sites / "sites.yaml").write_text(f"more: {name}/secret\n")
    done = camp2iac("import", "sites", "shop")
    assert done.status == 1
    assert "error[CAMP764]" in done.err
    assert "shop/sites.yaml:1:7" in done.err


def test_an_entry_point(sites: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    monkeypatch.undo()
    point = EntryPoint("lists", f"{__name__}:_Sites", registry.GROUP)
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group, name="lists": [point] if name == "lists" else []
    )
    assert "lists" in registry.names()
    assert registry.find("lists") is _Sites
    assert registry.find("none") is None


_VALUES = st.recursive(
    st.one_of(st.integers(), st.text("ab:#{}[]\n\"' ", max_size=5), st.none()),
    lambda below: st.one_of(
        st.lists(below, max_size=4), st.dictionaries(st.text("abc", min_size=1), below, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(_VALUES, st.lists(st.tuples(st.integers(0, 30), st.sampled_from(list(Fate))), max_size=8))
def test_each_leaf_is_counted_once(value: object, records: list[tuple[int, Fate]]) -> None:
    node = parse(json.dumps(value), "x.json", Diagnostics())
    assert node is not None
    ledger = ImportLedger()
    source = ImportSource(None, (), Diagnostics(), ledger)  # type: ignore[arg-type]  # no file is read
    parts = [source.part("x.json", node)]
    for part in parts:
        parts += [each for _, each in part.entries()] if part.is_mapping else list(part.items() if part.is_list else ())
    number = sum(1 for place, _ in leaves(node) if place)
    for which, fate in records:
        part = parts[which % len(parts)]
        ledger.record("x.json", part.place, part.node, RecordedFate(fate))
    assert sum(ledger.counts().values()) == number
    assert sum(each.leaves for each in ledger.statements()) == number
    done = sum(each.leaves for each in ledger.statements() if each.why == "")
    assert done + len(ledger.forgotten()) == number


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=8), _VALUES, max_size=4), st.text(max_size=20))
def test_the_text_of_a_draft_means_its_values(values: dict[str, object], words: str) -> None:
    plan = DraftPlan(words, words)
    requirement = DraftArtifact("web", "a:b", "web/").requirement("org.camp2iac:Env")
    requirement.values = {key: NotedValue(value, words) for key, value in values.items()}  # type: ignore[arg-type]
    plan.artifacts.append(DraftArtifact("web", "a:b", "web/", [requirement]))
    plan.services.append(DraftService("db", why=words))
    plan.keys["org.camp2iac:Secrets"] = dict(values)  # type: ignore[arg-type]
    found = Diagnostics()
    node = parse(plan.text("sites", words), "camp.yaml", found)
    assert node is not None, found.items
    read = node.plain
    assert isinstance(read, dict)
    shown = {key: each for key, each in read["artifacts"][0]["requirements"][0].items() if key != "requirement_type"}  # type: ignore[index, call-overload, union-attr]
    assert shown == values or "requirement_type" in values
    assert (read["org.camp2iac:Secrets"] or {}) == values
    assert read["name"] == words


def test_a_string_that_looks_like_a_reference() -> None:
    assert text_value("x IP(web)") == {"value": "x IP(web)"}
    assert text_value("SHIP (web)") == "SHIP (web)"
