"""Why a part of an output is generated: the statements that ask for it, and what else they made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from camp2iac.diagnostics import Span
from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.record import Record, replace
from camp2iac.review.committed import GITATTRIBUTES, GITIGNORE
from camp2iac.review.readme import README
from camp2iac.review.trace import comments, overriding
from camp2iac.review.trace.generated import GeneratedOutput, PlanPlace
from camp2iac.synth import sourcemap
from camp2iac.synth.addresses import configured
from camp2iac.synth.written import WrittenItem

_LOCK = ".terraform.lock.hcl"
_FIXED = {
    README: "camp2iac writes it for every output: it describes the whole plan",
    GITIGNORE: "camp2iac writes it for every output: it keeps secrets and state out of git",
    GITATTRIBUTES: "camp2iac writes it for every output: pull requests collapse the source map",
    sourcemap.NAME: "this is the source map: where each block comes from",
    sourcemap.DIGESTS: "this is the source map: the digests of the files, and what decides what Terraform plans",
    _LOCK: "`terraform init` writes it: it has the checksums of the providers",
}
_EVERYWHERE = {
    "terraform": "every output has it: it names the releases of Terraform and of the providers",
    "moved": "it keeps resources whose addresses changed, so that Terraform does not replace them",
    "import": "it makes Terraform take over what exists, as  adopt  in the environment file says",
    "removed": "it tells Terraform what to do with a resource that the module no longer has",
    "check": "Terraform checks it after each plan, and only warns",
    "provider": "every output has it: it configures the provider",
    "local": "it holds values that several blocks use",
}
_KINDS = {"variable": "var", "locals": "local"}  # kinds of blocks, to how expressions name them
_ALWAYS = ("check", "provider")  # kinds of blocks with names of their own
_ABOUT = {"moved": "to", "import": "to", "removed": "from"}  # blocks about a resource, to the argument that names it
_ADDRESS = re.compile(r"\b(?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*")
_TESTS = "terraform-tests/"
_BACKEND = ("terraform.backend", "terraform.cloud")
_MOST_PARTS = 8
_MOST_NEAR = 3  # statements that need something that nothing asks for


class Made(Record, frozen=True):
    """Something that a statement made. ``written``: where it is in the output; None for a file."""

    name: str
    written: Span | None


class Because(Record, frozen=True):
    """A statement, how the subject depends on it, and what else it made. ``words``: ``asks for it``."""

    asked: PlanPlace
    words: str
    also: tuple[Made, ...] = ()


class WhyReport(Record, frozen=True):
    """Why something is generated.

    ``name``: the address, argument or file. ``words``: what it is, for people. ``written``: where it is in the output.
    ``because``: the statements. ``reasons``: what is known if neither plan nor environment file asks for it.
    ``notes``: what makes places uncertain. ``addresses``: if ``name`` is a type, its blocks.
    """

    name: str
    words: str
    written: Span | None
    because: tuple[Because, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    addresses: tuple[Made, ...] = ()


class UnknownNameError(Exception):
    """The output has no such block, argument or file. ``near``: a similar name, or empty. ``within``: its block."""

    def __init__(self, name: str, near: str, within: str = "") -> None:
        super().__init__(name)
        self.name, self.near, self.within = name, near, within


def of_address(output: GeneratedOutput, address: str) -> WhyReport:
    """Why a block or an argument is generated. ``address``: as Terraform reports it, or with an argument's path. For a
    type, the addresses of its blocks.

    UnknownNameError if the output has neither.
    """
    if address in output.files:
        return of_file(output, address)
    name = configured(address)
    block = output.block_of(name)
    if not block and (found := _of_type(output, address)):
        return found
    if not block:
        known = {*output.blocks, *(each for each in output.files if "/" in each)}
        raise UnknownNameError(address, _near(name, output.blocks) or nearest(address, known) or "")
    if name == block or name in output.written:
        return _report(output, name, block, output.written.get(name), one="[" in address)
    arguments = {each[len(block) + 1 :] for each in output.written if each.startswith(f"{block}.")}
    near = nearest(name[len(block) + 1 :], arguments)
    if near:
        raise UnknownNameError(address, f"{block}.{near}", block)
    note = f"{block} does not set {name[len(block) + 1 :]}, so Terraform or the platform decides it"
    return _report(output, block, block, output.written.get(block), (note,))


def _of_type(output: GeneratedOutput, type_: str) -> WhyReport | None:
    """The blocks of a type (``openstack_networking_port_v2``, also without the version) or of a kind (``variable``)."""
    named = _KINDS.get(type_, type_)
    found = {name for name in output.blocks if "." in name and name.rpartition(".")[0] in (named, f"data.{named}")}
    found = found or {name for name in output.blocks if name.partition(".")[0] == named and "." in name}
    found = found or {name for name in output.blocks if name.removeprefix("data.").startswith(f"{type_}_v")}
    if not found or "." in type_.removeprefix("data."):
        return None
    words = f"{len(found)} block{'s' if len(found) > 1 else ''} of this output"
    listed_ = tuple(Made(name, output.written.get(name)) for name in sorted(found))
    return WhyReport(type_, words, None, (), (), (), listed_)


def of_file(output: GeneratedOutput, path: str, line: int | None = None, column: int | None = None) -> WhyReport:
    """Why a line of a file of the output is generated; without a line, the file.

    UnknownNameError if camp2iac did not write the file, or the line is not part of a block.
    """
    if overriding.is_override(output, path):
        return _override(output, path, line)
    if path not in output.files and path not in _FIXED:
        raise UnknownNameError(path, nearest(path, output.files) or "")
    if output.items(path) and line is not None:
        item = output.at(path, line, column)
        if item is None:
            return _outside(output, path, line)
        if item.name == "terraform":  # several files have such a block
            own = (each for each in output.items(path) if each.name in _BACKEND and each.top >= item.top)
            item = next((each for each in own if each.span.end_line <= item.span.end_line), item)
        span = Span(path, item.span.line, item.span.column, item.span.end_line, item.span.end_column)
        if item.name.partition(".")[0] in _ABOUT:
            return _about(output, path, item, span)
        return _report(output, item.name, output.block_of(item.name) or item.name, span)
    written = _start(path, line or 1)
    if path in _FIXED or path.startswith(_TESTS):
        fixed = "camp2iac writes it for every module: `terraform test` runs it"
        return WhyReport(path, "", written, (), (_FIXED.get(path, fixed),), _notes(output))
    asked = output.asked(path)
    if asked is not None:
        return WhyReport(path, "", written, (_because(output, asked, "asks for it", path),), (), _notes(output))
    users = [user for user in output.referrers.get(output.node(path) or path, ()) if output.asked(user)]
    found = [_because(output, each, f"asks for {each.name}, which uses it", path) for each in _users(output, path)]
    reasons = () if found else (_nothing(output, path, users),)
    return WhyReport(path, "", written, tuple(found), reasons, _notes(output))


def _about(output: GeneratedOutput, path: str, item: WrittenItem, span: Span) -> WhyReport:
    """A block such as ``moved``, which has no address: the statements of the resource that it is about."""
    kind = item.name.partition(".")[0]
    inside = [each for each in output.items(path) if each.name == kind and each.span.line <= span.line]
    block = max(inside, key=lambda each: each.span.line, default=item)
    lines = (output.text(path) or "").split("\n")[block.span.line - 1 : block.span.end_line]
    found = (_ADDRESS.search(line) for line in lines if _ABOUT[kind] in line)
    address = next((configured(each[0]) for each in found if each is not None), "")
    because = (
        [
            replace(each, words=each.words.replace("asks for it", f"asks for {address}"), also=())
            for each in _reasons(output, address, address)
        ]
        if address in output.blocks
        else []
    )
    return WhyReport(kind, "", span, tuple(because), (_EVERYWHERE[kind],), _notes(output))


def _override(output: GeneratedOutput, path: str, line: int | None) -> WhyReport:
    """A line of the user's own override file, or the file: what it overrides, and who asks for that."""
    reasons = [f"it is not generated: camp2iac neither writes nor removes {path}"]
    found: dict[PlanPlace, Because] = {}
    items = overriding.items(output, path, line)
    for item in items:
        reasons += overriding.says(output, path, item)
        name = overriding.overridden(output, item.name)
        if name:
            report = _report(output, name, output.block_of(name) or name, None)
            reasons += report.reasons
            found |= {each.asked: replace(each, also=()) for each in report.because}
    only = items[0] if len(items) == 1 and line is not None else None
    written = _start(path, only.span.line if only else line or 1)
    name = only.name if only else f"{path}:{line}" if line else path
    return WhyReport(name, "", written, tuple(found.values()), tuple(dict.fromkeys(reasons)), _notes(output))


def _outside(output: GeneratedOutput, path: str, line: int) -> WhyReport:
    """A line of a file of the module that is in no block."""
    text = (output.text(path) or "").split("\n")[line - 1 : line]
    because = tuple(Because(each, "is what this comment names") for each in comments.named(output, "".join(text)))
    reasons = () if because else ("no block is on this line: it is a comment for the whole file, or between blocks",)
    return WhyReport(f"{path}:{line}", "", _start(path, line), because, reasons, _notes(output))


def _users(output: GeneratedOutput, path: str) -> list[PlanPlace]:
    """The statements whose blocks use a file, directly or through locals and other files."""
    node = output.node(path)
    if not node and output.standing.graph is not None:  # a folder of the content is one node
        node = next((each for each in output.references if path.startswith(f"{each}/")), "")
    found = output.nearest(node, output.referrers) if node else []
    return list(islice({str(each.span): each for each in found}.values(), _MOST_NEAR))


def _report(
    output: GeneratedOutput,
    name: str,
    block: str,
    written: Span | None,
    notes: tuple[str, ...] = (),
    *,
    one: bool = False,
) -> WhyReport:
    """``one``: whether a single instance of the block is asked for."""
    tracked = output.standing.resources.get(block)
    words = f"{tracked.words if one else tracked.described}{tracked.whose}" if tracked is not None else ""
    found = list(_reasons(output, name, block))
    seen = {each.asked.name for each in found}
    own = output.asked(name)
    commented = list(comments.of(output, name, block)) if own is None else []
    reasons = () if own is not None else tuple(_unasked(output, block, name, named=bool(commented)))
    if own is None:
        for each in commented:
            if (each.part, each.span.line) not in {(one.asked.part, one.asked.span.line) for one in found}:
                found.append(Because(each, "is what its comment names"))
        found += [
            _because(output, each, f"asks for {each.name}, for which camp2iac adds it", name)
            for each in output.needed(block)[:_MOST_NEAR]
            if each.name not in seen
        ]
    return WhyReport(name, words, written, tuple(found), reasons, (*notes, *_notes(output)))


def _reasons(output: GeneratedOutput, name: str, block: str) -> Iterator[Because]:
    """Its own statement, then those of its arguments, then those of what its values refer to."""
    own = output.asked(name)
    if own is not None:
        words = "asks for it" if own.name == name else f"asks for {own.name}, which contains it"
        yield _because(output, own, words, name)
    if name in _EVERYWHERE:  # several blocks have this name
        return
    inner = sorted(each for each in output.standing.origins if each.startswith(f"{name}."))
    for each in inner:
        asked = output.asked(each)
        if asked is not None and asked.name == each:
            yield _because(output, asked, f"sets {each[len(name) + 1 :]}", each)
    if own is not None and own.name == name != block:
        return
    given = {own.span} if own is not None else set()
    for reference in _referred(output, name, block):
        asked = output.asked(reference)
        if asked is not None and asked.span not in given:
            given.add(asked.span)
            yield _because(output, asked, f"asks for {asked.name}, to which it refers", reference)


def _referred(output: GeneratedOutput, name: str, block: str) -> Iterator[str]:
    """What the value of an argument refers to; nothing for a block, which refers to very much."""
    graph = output.standing.graph
    node = graph.nodes.get(block) if graph is not None else None
    if node is None or name == block:
        return
    path = name[len(block) + 1 :]
    item = node.items.get(path) or node.items.get(path.partition(".")[0])
    for reference in item.references if item is not None else ():
        yield configured(reference)


def _unasked(output: GeneratedOutput, block: str, name: str, *, named: bool) -> Iterator[str]:
    """What is known about something without an origin. ``named``: whether its comment names one."""
    if name.startswith(_BACKEND):
        yield "it says where Terraform keeps the state"
        return
    kind = block.partition(".")[0]
    known = block in _EVERYWHERE or kind in _ALWAYS
    if known:
        yield _EVERYWHERE[kind]
    if block in _EVERYWHERE:
        return
    if not named and not known:
        yield "neither the plan nor the environment file asks for it"
    served = output.serves(block)
    if len(served) > 1:
        more = ["others"] if len(served) > _MOST_PARTS else []
        yield f"it serves several parts of the plan: {listed([*served[:_MOST_PARTS], *more])}"
    says = next((i.says for path in output.modules for i in output.items(path) if i.name == block and i.says), "")
    users = sorted(output.referrers.get(block, ()))[:_MOST_NEAR] or list(_checks(output, block))
    if users and len(served) < 2 and not says:
        yield f"{listed(users)} {'uses' if len(users) == 1 else 'use'} it"
    elif not (users or served or says or named):
        used = [each for each in output.references.get(block, ()) if output.serves(each)][:_MOST_NEAR]
        parts = dict.fromkeys(part for each in used for part in output.serves(each))
        if used:
            yield f"it belongs to {listed(used)}, which serves {listed([*parts][:_MOST_PARTS])}"
    if says:
        yield f"its comment says: {' '.join(says.split())}"


def _checks(output: GeneratedOutput, block: str) -> Iterator[str]:
    """The ``check`` blocks that use a block. No resource depends on them, so the source map does not have them."""
    for path in output.modules:
        for item in output.items(path):
            if item.name.startswith("check.") and item.name in output.blocks:
                lines = (output.text(path) or "").split("\n")[item.span.line - 1 : item.span.end_line]
                if any(block in line for line in lines):
                    yield item.name


def _nothing(output: GeneratedOutput, path: str, users: Iterable[str]) -> str:
    names = list(islice(users, _MOST_NEAR)) or list(islice(output.referrers.get(path, ()), _MOST_NEAR))
    used = f"; {', '.join(names)} uses it" if names else ""
    return f"neither the plan nor the environment file asks for it{used}"


def _because(output: GeneratedOutput, asked: PlanPlace, words: str, name: str) -> Because:
    return Because(asked, words, tuple(made(output, asked.span, {name, asked.name})))


def made(output: GeneratedOutput, span: Span, but: Collection[str] = ()) -> Iterator[Made]:
    """What a statement made in an output, except what is named already."""
    for each in output.statements():
        if each.name not in but and (each.span.file, each.span.line, each.span.column) == (
            span.file,
            span.line,
            span.column,
        ):
            yield Made(each.name, output.written.get(each.name))


def _near(name: str, blocks: Iterable[str]) -> str | None:
    """The block that a name with a mistake means: its type and its name can each have one."""
    parts = name.split(".")
    count = 3 if parts[0] == "data" else 2
    wanted = ".".join(parts[:count])
    type_, _, label = wanted.rpartition(".")
    longer = [each for each in blocks if type_ and each.startswith(f"{type_}_v") and each.endswith(f".{label}")]
    return longer[0] if len(longer) == 1 else nearest(wanted, blocks)


def _start(path: str, line: int) -> Span:
    return Span(path, line, 1, line, 1)


def _notes(output: GeneratedOutput) -> tuple[str, ...]:
    found = [
        f"{file} is not the file from which the output was compiled: lines can differ until you run  camp2iac synth"
        for file in output.changed
    ]
    return (*found, *(f"{file} cannot be read, so its lines are not shown" for file in output.missing))
