"""The table of codes. A code is a page, ``pages/CAMPnnn.md``, read when a diagnostic needs it, never before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from camp2iac.diagnostics.severity import Severity
from camp2iac.record import Record


class Code(Record, frozen=True):
    """A kind of mistake.

    ``code``: ``CAMP201``. ``severity``: of its diagnostics, unless they say otherwise. ``title``: one line. ``text``:
    the page below the title, Markdown: what it means, wrong and right YAML, a remedy.
    """

    code: str
    severity: Severity
    title: str
    text: str

    @property
    def page(self) -> str:
        """The whole page as ``camp2iac explain`` prints it."""
        return f"{self.code}: {self.title} ({self.severity.value})\n\n{self.text}"


class Pages(Mapping[str, Code]):
    """Code to page, read on demand. ``KeyError`` for a code without a page; ``ValueError`` for a page out of form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Code] = {}

    def __getitem__(self, code: str) -> Code:
        if code not in self._read:
            if not _CODE.fullmatch(code):
                raise KeyError(code)
            try:
                text = (self._folder / f"{code}.md").read_text(encoding="utf-8")
            except FileNotFoundError:
                raise KeyError(code) from None
            self._read[code] = parse(code, text)
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        names = (page.name for page in self._folder.iterdir())
        return iter(sorted(name[:-3] for name in names if name.endswith(".md") and _CODE.fullmatch(name[:-3])))

    def __len__(self) -> int:
        return sum(1 for _ in self)


_CODE = re.compile(r"CAMP[0-9]{3}")
_PAGE = re.compile(r"---\n(?P<head>.*?)\n---\n+(?P<text>.*)", re.DOTALL)


def parse(code: str, text: str) -> Code:
    """A page: ``key: value`` lines between two lines ``---``, then Markdown. ``ValueError`` where it is not so."""
    page = _PAGE.fullmatch(text)
    if not page:
        raise ValueError(f"the page of {code} does not begin with --- and its title and severity")
    head = dict(re.findall(r"^(\w+):\s*(.*?)(?:\s+#.*)?$", page["head"], re.MULTILINE))
    try:
        return Code(code, Severity(head["severity"]), head["title"].strip("\"'"), page["text"].rstrip() + "\n")
    except KeyError as missing:
        raise ValueError(f"the page of {code} has no {missing.args[0]}") from None


CODES: Mapping[str, Code] = Pages(Path(__file__).with_name("pages"))
