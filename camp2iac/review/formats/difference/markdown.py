"""The difference as one comment of a pull request, below GitHub's limit whatever the change is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camp2iac.record import Record
from camp2iac.review.difference.model import Cause, Difference, ResourceChange
from camp2iac.review.formats.difference.escape import code, words
from camp2iac.review.formats.difference.findings import Danger, Finding, Reasoned, reasoned
from camp2iac.review.formats.difference.groups import Alike, alike
from camp2iac.review.formats.difference.headline import counted, headline, summary
from camp2iac.review.formats.difference.lists import several
from camp2iac.review.formats.difference.mermaid import picture
from camp2iac.review.formats.difference.words import number, shown

MARKER = "<!-- camp2iac diff -->"
"""The first line: CI finds its previous comment by it."""
MOST = 64_500
"""Characters; GitHub takes 65,536."""
_LINE = 160  # characters of a line of the plan
_BOLD = (Danger.DATA, Danger.DESTROY, Danger.REPLACE, Danger.REFUSED, Danger.REGION, Danger.PUBLIC)


class Detail(Record, frozen=True):
    """How much to say: ``resources`` by address, the ``picture``, and the most parts of an
    environment, findings of a part (``rows``) and causes of a finding."""

    resources: bool = True
    picture: bool = True
    parts: int = 200
    rows: int = 200
    causes: int = 20
    environments: int = 50


_DETAILS = (
    Detail(),
    Detail(resources=False),
    Detail(resources=False, rows=12, causes=5),
    Detail(resources=False, parts=60, rows=8, causes=3),
    Detail(resources=False, parts=20, rows=6, causes=2, environments=10),
    Detail(resources=False, picture=False, parts=10, rows=4, causes=1, environments=8),
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
    said = counted(group) if counts or not environment.compared else ""
    yield f"### {words(group.title)}{': ' if said else ''}{said}"
    notes = environment.notes[: max(detail.parts, 1)]
    if notes:
        more = [f"{len(environment.notes) - len(notes):,} more notes"] if len(environment.notes) > len(notes) else []
        lead = "Not compared: " if environment.compared else ""  # else the heading says so
        yield "\n".join(f"- {lead}{each}" for each in [*map(words, notes), *more])
    if detail.picture and (drawn := picture(environment)):
        block = f"```mermaid\n{drawn}\n```"
        yield block if first else f"<details><summary>Picture</summary>\n\n{block}\n\n</details>"
    if group.found and detail.parts:
        yield "\n".join(_table(group.found, detail))
    if detail.resources and environment.resources:
        yield "\n".join(_resources(environment.resources))


def _table(found: Mapping[str, list[Finding]], detail: Detail) -> Iterator[str]:
    yield "| part | what happens | because of |"
    yield "|---|---|---|"
    for subject, findings_ in list(found.items())[: detail.parts]:
        name = f"**{words(subject)}**"
        for each in reasoned(findings_[: detail.rows]):
            says = "<br>".join(map(_says, each.findings))
            yield f"| {name} | {says} | {_causes(each, detail)} |"
            name = ""
        if left := findings_[detail.rows :]:
            yield f"| | {number(len(left), 'more line')}{_summed(left)} | |"
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
    summed = _summed([one for each in found.values() for one in each])
    return f"| {number(len(found), 'more part')} | {'<br>'.join(said)}{summed} | |"


def _summed(found: Sequence[Finding]) -> str:
    changes = [change for each in found for change in each.resources]
    return f"<br>{summary(changes)}" if changes else ""


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
