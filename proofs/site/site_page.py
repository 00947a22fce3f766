"""Writes docs/proof-site.md from the results of look.py, which are its argument."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import sys
from pathlib import Path

HEAD = """\
# Proof: the site in a browser

`proofs/site/run` builds the site with `docs/build.sh`, serves it on loopback, and opens each page in headless Chromium,
1280 pixels wide as on a desk and 390 as on a phone. It also photographs eleven pages at both widths, for a person to
look at. `tests/site` checks in each run of the tests what needs no browser: links, anchors, code blocks, warnings of
the build, and addresses of other hosts in its pages.
"""
CHECKS = (
    "wider than the window",
    "requests to other hosts",
    "errors in the console",
    "diagrams that are not drawn",
    "searches that do not find their page",
)


def page(results: dict[str, object], date: str) -> str:
    """The page in Markdown."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("mkdocs", "mkdocs-material"))
    rows = [
        f"| {name} | {', '.join(found) if isinstance(found := results[name], list) and found else 'none'} |"
        for name in CHECKS
    ]
    counts = f"{results['pages']} pages, {results['diagrams']} with a diagram, {results['searches']} searches"
    return "\n".join(
        [
            HEAD,
            f"{date}, Chromium {results['browser']}, {versions}: {counts}.\n",
            "| looked for | found |",
            "|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(page(json.loads(Path(sys.argv[1]).read_text()), datetime.date.today().isoformat()))
