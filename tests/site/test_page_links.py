"""Every relative link of a page leads to a file, and every anchor to a heading; codes in the text have a page."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
import site_paths
import site_text
import yaml
from support.pages import pages, text
from support.plans import ROOT

from camp2iac.diagnostics.codes import PAGES


@lru_cache
def anchors(path: str) -> frozenset[str]:
    return frozenset(site_text.anchors((ROOT / path).read_text(encoding="utf-8")))


def broken(page: str, words: str) -> list[str]:
    """The links of a text that lead nowhere."""
    found = []
    for link in site_text.links(words):
        if not site_paths.is_relative(link.href):
            continue
        path, anchor = site_paths.target(page, link.href)
        if path.startswith("..") or not (ROOT / path).exists():
            found.append(f"{page}:{link.line}: {link.href}: there is no {path}")
        elif anchor and anchor not in anchors(path):
            found.append(f"{page}:{link.line}: {link.href}: {path} has no heading with this anchor")
    return found


def test_every_link_leads_to_something() -> None:
    assert len(pages()) > 300
    assert [line for page in pages() for line in broken(page, text(page))] == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("[a](plan.md), [b](targets/openstack.md#large-content-and-releases), [c](https://example.org/none.md)", 0),
        ("[a](none.md)", 1),
        ("[a](plan.md#none)\n\n[b]: ../docs/none.md", 2),
        ("[a](../../outside.md)", 1),
        ("`[a](none.md)` and\n\n```text\n[b](none.md)\n```\n", 0),
        ("- [a](\n  none.md)", 1),
    ],
)
def test_what_is_broken(words: str, count: int) -> None:
    assert len(broken("docs/index.md", words)) == count


def test_anchors_are_those_of_github() -> None:
    headings = "# `camp2iac diff`: what, why?\n## A_b – c\n## Same\n```\n# no\n```\n## Same\n### [Link](x.md) & more\n"
    assert list(site_text.anchors(headings)) == ["camp2iac-diff-what-why", "a_b--c", "same", "same-1", "link--more"]


def test_every_code_in_a_text_has_a_page() -> None:
    """The changelog tells of codes that no longer exist."""
    wrong = {
        f"{page}: {code}"
        for page in pages()
        if page != "CHANGELOG.md"
        for code in re.findall(r"\bCAMP\d{3}\b", text(page))
        if code not in PAGES
    }
    assert not wrong


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without the tags of Python."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: suffix)


def named(nav: object) -> list[str]:
    """The pages that a navigation names."""
    if isinstance(nav, str):
        return [nav]
    each = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [name for item in each for name in named(item)]


def test_every_page_is_in_the_navigation_once() -> None:
    nav = named(yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)["nav"])
    assert len(nav) == len(set(nav))
    docs = ROOT / "docs"
    there = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} - {
        path.relative_to(docs).as_posix() for path in (docs / "adr").glob("*.md")
    }
    missing = sorted(there - set(nav))
    assert not missing, f"add these pages to `nav:` in mkdocs.yml, to the group of their readers: {missing}"
    outside = {name.removeprefix(f"{site_paths.ELSEWHERE}/") for name in nav if name.startswith(site_paths.ELSEWHERE)}
    assert all((ROOT / name).is_file() for name in outside)
    gone = {name for name in nav if not name.endswith("/") and not name.startswith(site_paths.ELSEWHERE)} - there
    assert not gone, f"mkdocs.yml names pages that do not exist: {sorted(gone)}"


@pytest.mark.parametrize(
    ("source", "href", "expected"),
    [
        ("docs/plan.md", "targets/openstack.md#networks", "targets/openstack.md#networks"),
        ("docs/targets/openstack.md", "../plan.md", "../plan.md"),
        ("docs/plan.md", "#a", "#a"),
        ("docs/architecture.md", "adr/", "adr/index.md"),
        ("docs/style.md", "adr/0001-hcl-first.md", "adr/0001-hcl-first.md"),
        (
            "docs/targets/writing-a-target.md",
            "../../examples/extensions/target",
            "../repository/examples/extensions/target/README.md",
        ),
        ("docs/cdktf.md", "../examples/cdktf/main.py", "repository/examples/cdktf/main.py.md"),
        ("docs/plan.md", "errors.md#camp201", "errors/CAMP201.md"),
        ("docs/targets/docker.md", "../errors.md", "../errors.md"),
        ("camp2iac/diagnostics/pages/CAMP232.md", "elsewhere.md", "../elsewhere.md"),
        ("CONTRIBUTING.md", "docs/style.md", "../style.md"),
        ("CONTRIBUTING.md", "CHANGELOG.md", "CHANGELOG.md"),
        ("README.md", "docs/adr/", "../adr/index.md"),
    ],
)
def test_a_link_of_the_repository_is_a_link_of_the_site(source: str, href: str, expected: str) -> None:
    assert Path(ROOT / source).exists()
    assert site_paths.link(source, href) == expected
