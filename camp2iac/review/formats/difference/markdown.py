"""The difference as one comment of a pull request, below GitHub's limit whatever the change is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.record import Record
from camp2iac.review.difference.model import Cause, Difference, ResourceChange
from camp2iac.review.formats.difference.escape import code, words
from camp2iac.review.formats.difference.findings import Danger, Finding, Reasoned, findings, reasoned
from camp2iac.review.formats.difference.headline import by_danger, counted, headline, summary
from camp2iac.review.formats.difference.merge import Alike, several
from camp2iac.review.formats.difference.mermaid import picture
from camp2iac.review.formats.difference.words import number, shown

MARKER = "<!-- camp2iac diff -->"
"""The first line: CI finds its previous comment by it."""
MOST = 64_500
"""Characters; GitHub takes 65,536."""
_LINE = 160  # characters of a line of the plan
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
    groups = by_danger(difference)
    text = ""
    for detail in _DETAILS:
        text = "\n\n".join(_paragraphs(difference, groups, detail)) + "\n"
        if len(text) <= MOST:
            break
    return text


def _paragraphs(difference: Difference, groups: Sequence[Alike], detail: Detail) -> Iterator[str]:
    yield f"{MARKER}\n## {words(headline(difference), 1000)}"
    yield f"The effect on {words(difference.title)} of applying {code(difference.new)} after {code(difference.old)}."
    shown = [group for group in groups if not group.quiet]
    lost = any(each.data for environment in difference.environments for each in environment.resources)
    for index, group in enumerate(shown[: detail.environments]):
        yield from _group(group, detail, counts=len(groups) > 1 or lost, first=index == 0)
    left = [name for group in shown[detail.environments :] for name in group.names]
    if left:
        yield f"{number(len(left), 'more environment')} {'differs' if len(left) == 1 else 'differ'}."
    quiet = [name for group in groups if group.quiet for name in group.names]
    if quiet and shown:
        yield f"Nothing changes in {words(several(quiet))}."


def _group(group: Alike, detail: Detail, *, counts: bool, first: bool) -> Iterator[str]:
    environment = group.difference
    said = counted(group) if counts else ""
    yield f"### {words(group.title)}{': ' if said else ''}{said}"
    notes = environment.notes[: max(detail.parts, 1)]
    if notes:
        more = [f"{len(environment.notes) - len(notes):,} more notes"] if len(environment.notes) > len(notes) else []
        yield "\n".join(f"- Not compared: {each}" for each in [*map(words, notes), *more])
    if detail.picture and (drawn := picture(environment)):
        block = f"```mermaid\n{drawn}\n```"
        yield block if first else f"<details><summary>Picture</summary>\n\n{block}\n\n</details>"
    found = findings(environment)
    if found and detail.parts:
        yield "\n".join(_table(found, detail))
    if detail.resources and environment.resources:
        yield "\n".join(_resources(environment.resources))


def _table(found: dict[str, list[Finding]], detail: Detail) -> Iterator[str]:
    yield "| part | what happens | because of |"
    yield "|---|---|---|"
    for subject, findings_ in list(found.items())[: detail.parts]:
        name = f"**{words(subject)}**"
        for each in reasoned(findings_):
            says = "<br>".join(map(_says, each.findings))
            yield f"| {name} | {says} | {_causes(each, detail)} |"
            name = ""
    if len(found) > detail.parts:
        yield _rest(dict(list(found.items())[detail.parts :]))


def _says(finding: Finding) -> str:
    says = words(finding.says, 1000)
    if finding.danger not in _BOLD:
        return says
    verb, _, rest = says.partition(" ")
    return f"**{verb}** {rest}"


def _rest(found: dict[str, list[Finding]]) -> str:
    """A row that sums parts, with what is dangerous by name."""
    said = []
    for kind, verb in ((Danger.DATA, "lose data"), (Danger.PUBLIC, "become public")):
        if names := [subject for subject, each in found.items() if any(one.danger is kind for one in each)]:
            said.append(f"**{verb}:** {words(several(names, 10))}")
    changes = [change for each in found.values() for one in each for change in one.resources]
    said += [summary(changes)] if changes else []
    return f"| {number(len(found), 'more part')} | {'<br>'.join(said)} | |"


def _causes(reasons: Reasoned, detail: Detail) -> str:
    texts = [
        words(cause.what) if cause in reasons.known else _cause(cause) for cause in reasons.causes[: detail.causes]
    ]
    if len(reasons.causes) > detail.causes:
        texts.append(number(len(reasons.causes) - detail.causes, "more cause"))
    return "<br>".join(texts)


def _cause(cause: Cause) -> str:
    """What, where, and the line before and after."""
    before, after = cause.before, cause.after
    places = " → ".join(dict.fromkeys(code(line.place) for line in (before, after) if line))
    old, new = map(code, shown(before, after, _LINE))
    texts = " → ".join(filter(None, [old, new]))
    if texts and not (before and after):
        texts = f"{'removed' if before else 'new'}: {texts}"
    return "<br>".join(filter(None, [", ".join(filter(None, [words(cause.what), places])), texts]))


def _resources(changes: Sequence[ResourceChange]) -> Iterator[str]:
    yield f"<details><summary>{number(len(changes), 'resource')} by address</summary>\n"
    yield "| | address | arguments |"
    yield "|---|---|---|"
    for each in changes:
        address = f"{code(each.previous)} → {code(each.address)}" if each.previous else code(each.address)
        yield f"| {each.action.value} | {address} | {words(', '.join(each.arguments))} |"
    yield "\n</details>"
