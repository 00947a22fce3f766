"""What the site's Markdown has to do as GitHub does it, and the links between pages."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET

import site_paths
from markdown import Markdown
from markdown.blockprocessors import CodeBlockProcessor, ListIndentProcessor, OListProcessor, UListProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor


class OfTheRepository(Extension):
    """Links of a file of the repository, for its page on the site. ``source``: the path of that file."""

    source = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Lists are nested by two spaces. Links are rewritten before mkdocs (priority 0) looks for their files."""
        md.tab_length = 2
        lists = (("indent", ListIndentProcessor, 90), ("olist", OListProcessor, 40), ("ulist", UListProcessor, 30))
        for name, processor, priority in (*lists, ("code", CodeBlockProcessor, 80)):
            md.parser.blockprocessors.register(processor(md.parser), name, priority)
        md.treeprocessors.register(_Links(self, md), "repository_links", 5)
        md.inlinePatterns.register(_Codes(self, md), "codes", 25)


class _Links(Treeprocessor):
    def __init__(self, extension: OfTheRepository, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag, "")
            href = element.get(name) or ""
            if href and "data-page" in element.attrib:
                del element.attrib["data-page"]
            elif href and site_paths.is_relative(href):
                element.set(name, site_paths.link(self.extension.source, href))


class _Codes(InlineProcessor):
    """A code of a message, such as CAMP201, leads to its page."""

    ANCESTOR_EXCLUDES = ("a", "h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self, extension: OfTheRepository, md: Markdown) -> None:
        super().__init__(r"\bCAMP\d{3}\b", md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, found: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        path = f"{site_paths.CODES}/{found[0]}.md"
        if not (site_paths.ROOT / path).is_file() or self.extension.source == path:
            return None, None, None
        here = posixpath.dirname(site_paths.page(self.extension.source)) or "."
        element = ET.Element("a", {"href": posixpath.relpath(site_paths.page(path), here), "data-page": ""})
        element.text = found[0]
        return element, found.start(0), found.end(0)
