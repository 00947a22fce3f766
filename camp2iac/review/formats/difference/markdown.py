"""The difference as one comment of a pull request, below GitHub's limit whatever the change is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.record import Record
from camp2iac.review.difference.model import Cause, Difference, ResourceChange
from camp2iac.review.formats.difference.escape import code, words
from camp2iac.review.formats.difference.findings import Danger, Finding, findings
from camp2iac.review.formats.difference.headline import headline, summary
from camp2iac.review.formats.difference.merge import Alike, alike
from camp2iac.review.formats.difference.mermaid import picture
from camp2iac.review.formats.difference.words import number

MARKER = "<!-- camp2iac diff -->"
"""The first line: CI finds its previous comment by it."""
MOST = 64_500
"""Characters; GitHub takes 65,536."""
_BOLD = (Danger.DATA, Danger.DESTROY, Danger.REPLACE, Danger.PUBLIC)


class Detail(Record, frozen=True):
    """How much to say: ``resources`` by address, the ``picture``, and the most parts and causes of an environment."""

    resources: bool = True
    picture: bool = True
    parts: int = 200
    causes: int = 20
    environments: int = 50


_DETAILS = (
    Detail(),
    Detail(resources=False),
    Detail(resources=False, parts=60, causes=5),
    Detail(resources=False, parts=20, causes=2, environments=10),
    Detail(resources=False, picture=False, parts=10, causes=1, environments=8),
    Detail(resources=False, picture=False, parts=0, causes=0, environments=40),
    Detail(resources=False, picture=False, parts=0, causes=0, environments=0),
)


def render(difference: Difference) -> str:
    """The comment with the most details that fit."""
    groups = alike(difference)
    text = ""
    for detail in _DETAILS:
        text = "\n\n".join(_paragraphs(difference, groups, detail)) + "\n"
        if len(text) <= MOST:
            break
    return text


def _paragraphs(difference: Difference, groups: Sequence[Alike], detail: Detail) -> Iterator[str]:
    yield f"{MARKER}\n## {words(headline(difference))}"
    yield f"What Terraform does in {words(difference.title)}, from {_code(difference.old)} to {_code(difference.new)}."
    shown = [group for group in groups if not group.difference.same or group.difference.notes]
    for group in shown[: detail.environments]:
        yield from _group(group, detail)
    rest = len(shown) - detail.environments
    if rest > 0:
        yield f"And {number(rest, 'environment')} more that differ."
    quiet = [name for group in groups if group not in shown for name in group.names]
    if quiet and shown:
        yield f"Nothing changes in {number(len(quiet), 'other environment')}."


def _group(group: Alike, detail: Detail) -> Iterator[str]:
    environment = group.difference
    status = {"added": ", new", "removed": ", removed", "changed": ""}[environment.status]
    counts = summary(environment.resources) or "no resource changes"
    yield f"### {words(group.title)}{status}: {counts}"
    if detail.picture and (drawn := picture(environment)):
        yield f"```mermaid\n{drawn}\n```"
    found = findings(environment)
    if found and detail.parts:
        yield "\n".join(_table(found, detail))
    for note in environment.notes[: detail.parts]:
        yield f"Not compared: {words(note)}"
    if len(environment.notes) > detail.parts:
        yield f"Not compared: {number(len(environment.notes) - detail.parts, 'more matter')}"
    if detail.resources and environment.resources:
        yield "\n".join(_resources(environment.resources))


def _table(found: dict[str, list[Finding]], detail: Detail) -> Iterator[str]:
    yield "| part | what happens | because of |"
    yield "|---|---|---|"
    for subject, rows in list(found.items())[: detail.parts]:
        said: set[Cause] = set()
        for index, finding in enumerate(rows):
            name = f"**{words(subject)}**" if index == 0 else ""
            says = words(finding.says)
            verb, _, rest = says.partition(" ")
            says = f"**{verb}** {rest}" if finding.danger in _BOLD else says
            yield f"| {name} | {says} | {_causes(finding.causes, said, detail)} |"
    if len(found) > detail.parts:
        rest_ = [each for rows in list(found.values())[detail.parts :] for each in rows]
        resources = [change for each in rest_ for change in each.resources]
        yield f"| {number(len(found) - detail.parts, 'more part')} | {summary(resources)} | |"


def _causes(causes: tuple[Cause, ...], said: set[Cause], detail: Detail) -> str:
    texts = []
    for cause in causes[: detail.causes]:
        texts.append(_brief(cause) if cause in said else _cause(cause))
        said.add(cause)
    if len(causes) > detail.causes:
        texts.append(f"{number(len(causes) - detail.causes, 'more cause')}")
    return "<br>".join(texts)


def _brief(cause: Cause) -> str:
    line = cause.after or cause.before
    return f"{words(cause.what)}{f' ({_code(line.place)})' if line else ''}"


def _cause(cause: Cause) -> str:
    before, after = cause.before, cause.after
    what = words(cause.what)
    if before and after:
        where = (
            f"{_code(before.place)}" if before.place == after.place else f"{_code(before.place)} → {_code(after.place)}"
        )
        return f"{what}, {where}<br>{_code(before.text)} → {_code(after.text)}"
    if before:
        return f"{what}, {_code(before.place)}<br>{_code(before.text)} → removed"
    if after:
        return f"{what}, {_code(after.place)}<br>new: {_code(after.text)}"
    return what


def _code(text: str) -> str:
    return code(text)


def _resources(changes: Sequence[ResourceChange]) -> Iterator[str]:
    yield f"<details><summary>{number(len(changes), 'resource')} by address</summary>\n"
    yield "| | address | arguments |"
    yield "|---|---|---|"
    for each in changes:
        address = f"{code(each.previous)} → {code(each.address)}" if each.previous else code(each.address)
        yield f"| {each.action.value} | {address} | {words(', '.join(each.arguments))} |"
    yield "\n</details>"
