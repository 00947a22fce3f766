"""The table of codes. A code is a page, ``pages/CAMPnnn.md``, which is read when a diagnostic needs it.

Extensions have their own codes. An entry point of the group ``camp2iac.codes`` names a prefix and the Python package
with the pages: ``ACME = "camp2iac_acme.pages"`` for ``ACME101.md``. A prefix has two to twelve capital letters and is
not ``CAMP``. Entry points are read only for codes that are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from camp2iac.diagnostics.severity import Severity
from camp2iac.record import Record

if TYPE_CHECKING:
    from importlib.abc import Traversable
    from importlib.metadata import EntryPoint

GROUP = "camp2iac.codes"
OURS = "CAMP"
_PREFIX = r"(?!CAMP$)[A-Z]{2,12}"
_CODE = r"([A-Z]{2,12})[0-9]{3}"
_PAGE = r"---\n(?P<head>.*?)\n---\n+(?P<text>.*)"


class Code(Record, frozen=True):
    """A code and its page.

    ``code``: ``CAMP201``. ``severity``: that of its diagnostics, unless they have their own. ``title``: one line.
    ``text``: the page below the title, in Markdown: what the code means, a wrong and a right example, a fix.
    """

    code: str
    severity: Severity
    title: str
    text: str

    @property
    def page(self) -> str:
        """The page as ``camp2iac explain`` prints it."""
        return f"{self.code}: {self.title} ({self.severity.value})\n\n{self.text}"


class Pages(Mapping[str, Code]):
    """The pages in a folder by their codes, which have the same prefix; read on demand.

    ``KeyError`` for a code without a page; ``ValueError`` for a malformed page.
    """

    def __init__(self, folder: Path | Traversable, prefix: str = OURS) -> None:
        self._folder, self._prefix = folder, prefix
        self._read: dict[str, Code] = {}

    def __getitem__(self, code: str) -> Code:
        if code not in self._read:
            if not self._is_ours(code):
                raise KeyError(code)
            try:
                text = self._folder.joinpath(f"{code}.md").read_text(encoding="utf-8")
            except OSError:
                raise KeyError(code) from None
            self._read[code] = parse(code, text)
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        names = (page.name for page in self._folder.iterdir())
        return iter(sorted(name[:-3] for name in names if name.endswith(".md") and self._is_ours(name[:-3])))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _is_ours(self, code: str) -> bool:
        found = re.fullmatch(_CODE, code)
        return found is not None and found[1] == self._prefix


class OpenTable(Mapping[str, Code]):
    """Our pages, then those of installed extensions by their prefixes. ``KeyError`` for a code without a readable page.
    An iteration loads every extension; a look-up of one of our codes loads none.
    """

    def __init__(self, ours: Pages) -> None:
        self._ours = ours
        self._others: dict[str, Pages | None] = {}

    def __getitem__(self, code: str) -> Code:
        found = re.fullmatch(_CODE, code)
        if found is None or found[1] == OURS:
            return self._ours[code]
        pages = self._pages(found[1])
        if pages is None:
            raise KeyError(code)
        try:
            return pages[code]
        except ValueError:
            raise KeyError(code) from None

    def __iter__(self) -> Iterator[str]:
        yield from self._ours
        for prefix in sorted({point.name for point in _entry_points() if re.fullmatch(_PREFIX, point.name)}):
            yield from (code for code in self._pages(prefix) or () if code in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _pages(self, prefix: str) -> Pages | None:
        """The pages of an extension; None if no extension has this prefix, or its package cannot be imported."""
        if prefix not in self._others:
            self._others[prefix] = _installed(prefix)
        return self._others[prefix]


def _entry_points() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points

    return tuple(entry_points(group=GROUP))


def _installed(prefix: str) -> Pages | None:
    from importlib.resources import files

    for point in sorted(_entry_points(), key=lambda point: point.value):
        if point.name == prefix and re.fullmatch(_PREFIX, prefix):
            try:
                return Pages(files(point.value), prefix)
            except (ImportError, TypeError):  # the installation is incomplete, or it is not a package
                continue
    return None


def parse(code: str, text: str) -> Code:
    """Parse a page: ``key: value`` lines between two lines ``---``, then Markdown. ``ValueError`` if malformed."""
    page = re.fullmatch(_PAGE, text, flags=re.DOTALL)
    if not page:
        raise ValueError(f"the page of {code} must begin with a title and a severity between two lines ---")
    head = dict(re.findall(r"^(\w+):\s*(.*?)(?:\s+#.*)?$", page["head"], re.MULTILINE))
    try:
        return Code(code, Severity(head["severity"]), head["title"].strip("\"'"), page["text"].rstrip() + "\n")
    except KeyError as missing:
        raise ValueError(f"the page of {code} has no {missing.args[0]}") from None


PAGES = Pages(Path(__file__).with_name("pages"))
"""The pages of camp2iac's own codes."""

CODES: Mapping[str, Code] = OpenTable(PAGES)
"""All pages: ours and those of installed extensions."""


def code_of(code: str) -> Code:
    """The page of a code, or a page that says that none is installed. Never raises, so that a report cannot fail."""
    return CODES.get(code) or Code(
        code,
        Severity.ERROR,
        "This code has no page",
        f"No page for {code} is installed. The code belongs to an extension: see its documentation.\n\n"
        f"**Fix.** For authors of the extension: add an entry point of the group `{GROUP}` with the folder of the "
        "pages.\n",
    )
