"""The difference for a terminal: by environment, and by part of the plan, what is dangerous first."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics.excerpt import columns as columns_of
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.record import Record
from camp2iac.review.difference.model import Cause, Difference, ResourceChange
from camp2iac.review.formats.cells import folded, pad, wide
from camp2iac.review.formats.difference.findings import Danger, Finding, findings
from camp2iac.review.formats.difference.headline import headline, summary
from camp2iac.review.formats.difference.merge import Alike, alike
from camp2iac.review.formats.difference.words import lines

_WIDEST = 24  # the largest width of the column with the parts
_LEAST = 40  # columns
_SIGNS = {"destroy": "-", "replace": "-/+", "create": "+", "update": "~", "rerun": "~", "move": ">"}
_STYLES = {
    Danger.DATA: "1;31",
    Danger.DESTROY: "31",
    Danger.REPLACE: "33",
    Danger.DOWN: "33",
    Danger.PUBLIC: "33",
    Danger.PORTABILITY: "33",
    Danger.CREATE: "32",
}


def render(difference: Difference, columns: int, verbose: bool = False, *, colour: bool = False) -> str:
    """See the package. Colours do not change the text."""
    return Writer(max(columns, _LEAST), verbose, colour).all(difference)


class Writer(Record, frozen=True):
    """Writes lines of at most ``columns``."""

    columns: int
    verbose: bool
    colour: bool

    def all(self, difference: Difference) -> str:
        """The headline, then each group of environments."""
        versions = f"{difference.title}: {difference.old} → {difference.new}"
        worst = "1;31" if any(each.data for env in difference.environments for each in env.resources) else "1"
        blocks = [[*self._fold(versions, ""), *self._fold(headline(difference), "", style=worst)]]
        blocks += [list(self._group(group)) for group in alike(difference)]
        return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"

    def _group(self, group: Alike) -> Iterator[str]:
        found = findings(group.difference)
        status = {"added": ", new", "removed": ", removed", "changed": ""}[group.difference.status]
        counts = summary(group.difference.resources)
        head = f"{group.title}{status}: {counts or 'no resource changes'}"
        yield from self._fold(head, "", style="1")
        lead = min(max([0, *(wide(subject) for subject in found)]), _WIDEST) + 4
        for subject, each in found.items():
            yield from self._subject(subject, each, lead)
        for note in group.difference.notes:
            yield from self._fold(f"not compared: {note}", "  ", style="33")

    def _subject(self, subject: str, found: list[Finding], lead: int) -> Iterator[str]:
        said: set[Cause] = set()
        names = folded(subject, lead - 4)
        margin = " " * lead
        for index, finding in enumerate(found):
            rows = list(self._fold(finding.says, margin, style=_STYLES.get(finding.danger, "")))
            if index == 0:
                yield from _beside(names, rows, margin, lead)
            else:
                yield from rows
            for cause in finding.causes:
                yield from self._cause(cause, margin + "  ", brief=cause in said)
                said.add(cause)
            if self.verbose:
                for change in finding.resources:
                    yield from self._fold(_address(change), margin + "  ", style="2")

    def _cause(self, cause: Cause, margin: str, *, brief: bool) -> Iterator[str]:
        """One line if it fits, otherwise one for before and one for after."""
        before, after = cause.before, cause.after
        if brief:
            line = after or before
            yield from self._fold(f"because of {cause.what}{f' ({line.place})' if line else ''}", margin)
            return
        if before and after and before.place == after.place:
            one = f"{cause.what}: {before.place}  {before.text} → {after.text}"
        elif before and after:
            one = f"{cause.what}: {before.place}  {before.text} → {after.place}  {after.text}"
        elif before:
            one = f"{cause.what}: {before.place}  {before.text} → removed"
        elif after:
            one = f"{cause.what}: {after.place}  {after.text} (new)"
        else:
            one = cause.what
        if wide(margin + one) <= self.columns or not (before or after):
            yield from self._fold(one, margin)
            return
        yield from self._fold(cause.what, margin)
        for sign, line in lines(cause):
            yield margin + self._short(f"{sign} {line.place}  {line.text}", self.columns - len(margin))

    def _short(self, text: str, size: int) -> str:
        """The text, cut to a width."""
        if wide(text) <= size:
            return harmless(text)
        out, used = "", 1
        for character in harmless(text):
            used += columns_of(character)
            if used > size:
                break
            out += character
        return out + "…"

    def _fold(self, text: str, margin: str, *, style: str = "") -> Iterator[str]:
        for line in folded(text, self.columns - len(margin)):
            yield margin + self._paint(style, line)

    def _paint(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style and text else text


def _beside(names: list[str], rows: list[str], margin: str, lead: int) -> Iterator[str]:
    for index in range(max(len(names), len(rows))):
        name = pad("  " + names[index], lead) if index < len(names) else margin
        yield name + (rows[index][lead:] if index < len(rows) else "")


def _address(change: ResourceChange) -> str:
    previous = f"{change.previous} → " if change.previous else ""
    arguments = f" ({', '.join(change.arguments)})" if change.arguments else ""
    return f"{_SIGNS[change.action.value]} {previous}{change.address}{arguments}"
