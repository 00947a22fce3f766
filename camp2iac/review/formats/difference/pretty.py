"""The difference for a terminal: by environment, and by part of the plan, what is dangerous first."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics.excerpt import columns as columns_of
from camp2iac.diagnostics.excerpt import harmless
from camp2iac.record import Record
from camp2iac.review.difference.model import Cause, Difference, ResourceChange
from camp2iac.review.formats.cells import folded, pad, wide
from camp2iac.review.formats.difference.findings import Danger, Finding, reasoned
from camp2iac.review.formats.difference.groups import Alike, alike
from camp2iac.review.formats.difference.headline import counted, headline
from camp2iac.review.formats.difference.lists import several
from camp2iac.review.formats.difference.words import shown

_WIDEST = 24  # the largest width of the column with the parts
_LEAST = 40  # columns
_SIGNS = {"destroy": "-", "replace": "-/+", "create": "+", "update": "~", "rerun": "~", "move": ">"}
_STYLES = {
    Danger.DATA: "1;31",
    Danger.DESTROY: "31",
    Danger.REPLACE: "33",
    Danger.REFUSED: "33",
    Danger.DOWN: "33",
    Danger.REGION: "33",
    Danger.STATE: "33",
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
        """The headline, then each group of environments, the one with the worst first."""
        versions = f"{difference.title}: {difference.old} → {difference.new}"
        lost = any(each.data for env in difference.environments for each in env.resources)
        groups = alike(difference)
        blocks = [[*self._fold(versions, ""), *self._fold(headline(difference), "", style="1;31" if lost else "1")]]
        blocks += [list(self._group(group, counts=len(groups) > 1 or lost)) for group in groups if not group.quiet]
        quiet = [name for group in groups if group.quiet for name in group.names]
        if quiet and len(quiet) < len(difference.environments):
            blocks.append(list(self._fold(f"Nothing changes in {several(quiet)}.", "")))
        return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks) + "\n"

    def _group(self, group: Alike, *, counts: bool) -> Iterator[str]:
        said = counted(group) if counts or not group.difference.compared else ""
        yield from self._fold(f"{group.title}{': ' if said else ''}{said}", "", style="1")
        for note in group.difference.notes:
            label = "not compared: " if group.difference.compared else ""  # else the title says so
            yield from self._fold(f"{label}{note}", "  ", style="33")
        lead = min(max([0, *map(wide, group.found)]), _WIDEST) + 4
        for subject, each in group.found.items():
            rows = list(self._subject(each, " " * lead))
            names = folded(subject, lead - 4)
            for index in range(max(len(names), len(rows))):
                name = pad("  " + names[index], lead) if index < len(names) else " " * lead
                yield name + (rows[index][lead:] if index < len(rows) else "")

    def _subject(self, found: list[Finding], margin: str) -> Iterator[str]:
        for each in reasoned(found):
            for finding in each.findings:
                yield from self._fold(finding.says, margin, style=_STYLES.get(finding.danger, ""))
                if self.verbose:
                    for change in finding.resources:
                        yield from self._fold(_address(change), margin + "  ", style="2")
            for cause in each.causes:
                yield from self._cause(cause, margin + "  ", known=cause in each.known)

    def _cause(self, cause: Cause, margin: str, *, known: bool) -> Iterator[str]:
        """One line if it fits, otherwise one for before and one for after."""
        before, after = cause.before, cause.after
        line = after or before
        if known or line is None:
            yield from self._fold(f"because of {cause.what}", margin)
            return
        room = self.columns - len(margin)
        texts = " → ".join(each.text for each in (before, after) if each)
        moved = f" → {after.place}" if before and after and before.place != after.place else ""
        word = "" if before and after else "removed: " if before else "new: "
        one = f"{word}{(before or line).place}{moved}  {texts}"
        if wide(f"{cause.what}: {one}") <= room:
            yield margin + harmless(f"{cause.what}: {one}")
            return
        yield from self._fold(f"{cause.what}:", margin)
        if wide(one) <= room:
            yield margin + harmless(one)
            return
        longest = max(len(each.place) for each in (before, after) if each) + 4
        parts = shown(before, after, max(room - longest, _LEAST // 2))
        for sign, each, text in (("-", before, parts[0]), ("+", after, parts[1])):
            if each:
                yield margin + self._short(f"{word or sign + ' '}{each.place}  {text}", room)

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


def _address(change: ResourceChange) -> str:
    previous = f"{change.previous} → " if change.previous else ""
    arguments = f" ({', '.join(change.arguments)})" if change.arguments else ""
    return f"{_SIGNS[change.action.value]} {previous}{change.address}{arguments}"
