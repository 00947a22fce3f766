"""The hooks of mkdocs.yml: pages that are generated, the navigation, and what the site needs to work offline."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import site_npm
import site_paths
import site_text
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from site_markdown import OfTheRepository

from camp2iac.diagnostics.codes import PAGES, Code
from camp2iac.diagnostics.document import by_area

_LOG = logging.getLogger("mkdocs.hooks.site")
_MARKDOWN = OfTheRepository()
#: The path in the repository of each page of the site.
_SOURCES: dict[str, str] = {}
_ERRORS = """\
# Errors and warnings

Every message of camp2iac has a code. `camp2iac explain CODE` prints its page in a terminal.
An error stops the compiler, a warning stops it with `--strict`, a note never does.
"""
_DECISIONS = """\
# Decisions

The decisions behind camp2iac, with their reasons, alternatives and consequences.
"""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Anchors are GitHub's. Search works without a server, if npm gives its polyfill."""
    if site_npm.script(site_npm.SEARCH) is not None:
        config.extra["polyfills"] = ["assets/iframe-worker/index.js"]
    config.markdown_extensions.append(_MARKDOWN)  # type: ignore[arg-type]
    config.mdx_configs.setdefault("toc", {})["slugify"] = site_text.slug
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the list of decisions, a page for each code, and one for each file outside ``docs/`` that a page links to."""
    _SOURCES.clear()
    for file in files.documentation_pages():
        _SOURCES[file.src_uri] = f"{site_paths.DOCS}/{file.src_uri}"
    adrs = sorted(name for name in _SOURCES if re.fullmatch(r"adr/\d{4}-.*\.md", name))
    generated = {"errors.md": ("docs/errors.md", errors()), "adr/index.md": ("docs/adr", decisions(adrs))}
    for code in PAGES:
        source = f"{site_paths.CODES}/{code}.md"
        generated[site_paths.page(source)] = (source, error(PAGES[code]))
    paths = [path for path in _SOURCES.values() if path != "docs/errors.md"]
    for path in linked_elsewhere([*paths, *(f"{site_paths.CODES}/{code}.md" for code in PAGES), *_extra(config.nav)]):
        generated[site_paths.page(path)] = (path, elsewhere(path))
    for package, of in (("mermaid", site_npm.MERMAID), ("iframe-worker", site_npm.SEARCH)):
        if (script := site_npm.script(of)) is not None:
            for file in (script, script.parent / "LICENSE"):
                uri = f"assets/{package}/{file.name}"
                files.append(File.generated(config, uri, abs_src_path=str(file)))
    for uri, (source, text) in generated.items():
        if (before := files.get_file_from_path(uri)) is not None:
            files.remove(before)
        files.append(File.generated(config, uri, content=text))
        _SOURCES[uri] = source
    config.nav = list(navigation(config.nav, adrs))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links in the text are links of this file. The first page has no sidebars."""
    if page.is_homepage:
        page.meta["hide"] = ["navigation", "toc"]
    _MARKDOWN.source = _SOURCES[page.file.src_uri]
    return markdown


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Pages with a diagram load the Mermaid that is part of the site. The theme finds it, and loads no other."""
    if 'class="mermaid"' not in output or site_npm.script(site_npm.MERMAID) is None:
        return output
    script = f'<script src="{_relative(page, "assets/mermaid/mermaid.tiny.js")}"></script>'
    return output.replace("</head>", f"{script}</head>", 1)


def errors() -> str:
    """The list of all codes by area, each with its title."""
    parts = [_ERRORS]
    for area, codes in by_area(PAGES).items():
        rows = [
            f"| [{code}](errors.md#{code.lower()}) | {PAGES[code].severity.value} | {title(PAGES[code])} |"
            for code in codes
        ]
        parts.append("\n".join([f"## {area}\n", "| code | severity | meaning |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def error(code: Code) -> str:
    """The page of a code."""
    return f"# {code.code}: {title(code)}\n\n**{code.severity.value}** · [all codes](errors.md)\n\n{code.text}"


def title(code: Code) -> str:
    """The title of a code in a heading or in a cell of a table."""
    return code.title.replace("|", "\\|")


def decisions(adrs: list[str]) -> str:
    """The list of all decisions."""
    rows = []
    for name in adrs:
        text = (site_paths.ROOT / site_paths.DOCS / name).read_text(encoding="utf-8")
        number, _, words = text.splitlines()[0].removeprefix("# ").partition(". ")
        rows.append(f"| {number} | [{words}]({name}) |")
    return "\n".join([_DECISIONS, "| | |", "|--:|---|", *rows, ""])


def linked_elsewhere(sources: list[str]) -> Iterator[str]:
    """Files and folders outside ``docs/`` to which these files, or Markdown files outside, link."""
    seen, todo = set(sources), list(sources)
    while todo:
        source = todo.pop()
        if not source.startswith((f"{site_paths.DOCS}/", f"{site_paths.CODES}/")):
            yield source
        if not source.endswith(".md"):
            continue
        for link in site_text.links((site_paths.ROOT / source).read_text(encoding="utf-8")):
            if site_paths.is_relative(link.href):
                path = site_paths.target(source, link.href)[0]
                if (site_paths.ROOT / path / "README.md").is_file():
                    path += "/README.md"
                if path not in seen and (site_paths.ROOT / path).is_file():
                    seen.add(path)
                    todo.append(path)


def elsewhere(path: str) -> str:
    """The page for a file outside ``docs/``: Markdown as it is, anything else as code."""
    text = (site_paths.ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".md"):
        return text
    language = Path(path).suffix.removeprefix(".") or "text"
    return f"# `{path}`\n\n`````{language}\n{text.rstrip()}\n`````\n"


def navigation(nav: Any, adrs: list[str]) -> Iterator[Any]:
    """The navigation of mkdocs.yml: ``adr/`` is all decisions, and a page that does not exist is left out."""
    for item in nav or []:
        if item == "adr/":
            yield from ["adr/index.md", *adrs]
        elif isinstance(item, str):
            if item in _SOURCES:
                yield item
            else:
                _LOG.info("the navigation names a page that does not exist: %s", item)
        else:
            for name, value in item.items():
                if isinstance(value, list):
                    if pages := list(navigation(value, adrs)):
                        yield {name: pages}
                elif value in _SOURCES:
                    yield {name: value}


def _extra(nav: Any) -> Iterator[str]:
    """Files outside ``docs/`` that the navigation names."""
    if isinstance(nav, str):
        if nav.startswith(f"{site_paths.ELSEWHERE}/"):
            yield nav.removeprefix(f"{site_paths.ELSEWHERE}/")
    else:
        for item in nav.values() if isinstance(nav, dict) else nav or []:
            yield from _extra(item)


def _relative(page: Page, uri: str) -> str:
    return "../" * page.url.count("/") + uri
