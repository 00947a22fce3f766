"""The site builds without a warning, loads nothing from other hosts, and has what GitHub shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import site_paths
from markdown_it import MarkdownIt
from support.pages import pages, text
from support.plans import ROOT

from camp2iac.diagnostics.codes import PAGES

#: Elements of a page that must be as many on the site as on GitHub.
COUNTED = (
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "th",
    "td",
    "pre",
    "code",
    "strong",
    "em",
    "img",
)
#: Elements that make a browser load something, and the attribute that names it.
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}
#: Addresses of other hosts that the theme's scripts load something from, and why they never do.
NEVER = {
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js",  # only if the page has not loaded Mermaid before
    "https://unpkg.com/resize-observer-polyfill",  # only in browsers before 2020
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return folder


def page_of(path: str) -> str:
    """The file of the site for a Markdown file of the repository."""
    return re.sub(r"(README|index)\.md$", "index.md", site_paths.page(path)).removesuffix(".md") + ".html"


def content(built: Path, path: str) -> str:
    """What a page has between the navigation and the footer."""
    found = re.search(r"<article [^>]*>(.*?)</article>", (built / page_of(path)).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


class Elements(HTMLParser):
    """Counts elements and lists links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in COUNTED:
            self.counts[tag] += 1
        if tag == "a" and given.get("href") and "headerlink" not in (given.get("class") or ""):
            self.links.append(given["href"] or "")
        if tag in LOADS and given.get(LOADS[tag]) and given.get("rel") not in ("canonical", "next", "prev"):
            self.loads.append(given[LOADS[tag]] or "")


def test_pages_have_the_structure_that_they_have_on_github(built: Path) -> None:
    """Lists, tables and code are easily read otherwise by Python's Markdown."""
    github = MarkdownIt("commonmark").enable("table")
    different = {}
    for path in pages():
        if path.startswith(site_paths.CODES) or not (built / page_of(path)).exists():
            continue
        ours, theirs = Elements(content(built, path)).counts, Elements(github.render(text(path))).counts
        wrong = {tag: (theirs[tag], ours[tag]) for tag in COUNTED if ours[tag] != theirs[tag] and tag != "p"}
        if wrong:
            different[path] = wrong
    assert different == {}


def test_each_code_has_a_page_and_is_listed(built: Path) -> None:
    listed = Elements((built / "errors.html").read_text(encoding="utf-8")).links
    assert [f"errors/{code}.html" for code in PAGES if f"errors/{code}.html" not in listed] == []
    assert all((built / f"errors/{code}.html").exists() for code in PAGES)


def test_each_decision_is_listed(built: Path) -> None:
    listed = Elements(content(built, "docs/adr")).links
    assert [path.stem for path in sorted((ROOT / "docs/adr").glob("*.md")) if f"{path.stem}.html" not in listed] == []


def test_codes_in_sentences_are_links(built: Path) -> None:
    assert "errors/CAMP720.html" in Elements(content(built, "docs/cli.md")).links
    assert "../errors/CAMP428.html" in Elements(content(built, "docs/adr/0039-packed-content.md")).links


def test_files_outside_are_part_of_the_site(built: Path) -> None:
    assert "repository/examples/cdktf/main.py.html" in Elements(content(built, "docs/cdktf.md")).links
    assert "CampStack" in (built / "repository/examples/cdktf/main.py.html").read_text(encoding="utf-8")


def test_every_link_of_the_site_leads_to_a_file_of_it(built: Path) -> None:
    """Also those of the navigation and of files outside of docs/."""
    wrong = set()
    for file in built.rglob("*.html"):
        if file.name == "404.html":
            continue
        for href in Elements(file.read_text(encoding="utf-8")).links:
            path = href.partition("#")[0]
            if path and site_paths.is_relative(href) and not (file.parent / path).is_file():
                wrong.add(f"{file.relative_to(built)}: {href}")
    assert not wrong


@pytest.fixture
def scripts(built: Path) -> Path:
    """A site with its own scripts."""
    if not (built / "assets/mermaid/mermaid.tiny.js").is_file():
        pytest.skip("NOT RUN: npm gives no Mermaid here, so the site loads it from its CDN")
    return built


def test_nothing_is_loaded_from_other_hosts(scripts: Path) -> None:
    built = scripts
    for file in built.rglob("*.html"):
        if file.name != "404.html":
            loads = Elements(file.read_text(encoding="utf-8")).loads
            assert [each for each in loads if not site_paths.is_relative(each)] == [], file
    for file in built.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import)\s*[\"']?https?:[^)\"']*", file.read_text(encoding="utf-8")), file
    scripts = "".join(file.read_text(encoding="utf-8") for file in built.rglob("assets/javascripts/**/*.js"))
    assert set(re.findall(r"https?://(?:unpkg|cdn|fonts)[^\"'`\s]+", scripts)) <= NEVER


def test_pages_with_a_diagram_bring_mermaid(scripts: Path) -> None:
    built = scripts
    diagrams = [file for file in built.rglob("*.html") if 'class="mermaid"' in file.read_text(encoding="utf-8")]
    assert built / "architecture.html" in diagrams
    for file in diagrams:
        loads = Elements(file.read_text(encoding="utf-8")).loads
        (script,) = [each for each in loads if each.endswith("assets/mermaid/mermaid.tiny.js")]
        assert (file.parent / script).is_file()
        assert (file.parent / script).with_name("LICENSE").is_file()
    plain = Elements((built / "plan.html").read_text(encoding="utf-8")).loads
    assert not [each for each in plain if "mermaid" in each]
