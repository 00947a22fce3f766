"""Compile a plan that was read: environment, catalogue, topology, lowering, in this order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from camp2iac import topology
from camp2iac.camp import Source
from camp2iac.camp.bounded import TooLargeError
from camp2iac.catalogue import Catalogue
from camp2iac.catalogue import load as load_catalogue
from camp2iac.compiler import encrypted
from camp2iac.compiler.environment import chosen, nothing
from camp2iac.compiler.reading import Reading
from camp2iac.compiler.values import Compiled, InternalError, Request, Result
from camp2iac.diagnostics import Diagnostic, Diagnostics, Severity
from camp2iac.diagnostics.suggest import short
from camp2iac.record import Record, replace
from camp2iac.synth.check import check as check_module
from camp2iac.synth.sourcemap import is_safe
from camp2iac.targets import backend, child, compiled, elsewhere, labels, programs, renames, written_secrets
from camp2iac.targets import environment as environments
from camp2iac.targets.base import Context, Environment, Ledger, Lowered, Target
from camp2iac.targets.kit import unique_addresses
from camp2iac.topology import substitution
from camp2iac.topology.model import Topology
from camp2iac.topology.substitution import Given, Places, Substituted


class _Work(Record):
    """What a compilation collects. It begins with the result of reading the plan."""

    source: Source
    request: Request
    diagnostics: Diagnostics
    texts: dict[str, str]
    made: Substituted | None = None  # None: the plan has no values of the environment
    given: Given = Given()
    products: Catalogue | None = None
    name: str = ""

    @property
    def places(self) -> Places:
        """Where the values of the environment come from."""
        return self.made.places if self.made is not None else Places()


def compile(reading: Reading, request: Request) -> Compiled:  # noqa: A001 - the name of the act
    """Compile a plan for one platform, or check it for none (see :class:`Request`). The arguments do not change.

    Raises :class:`InternalError` if the module is wrong, which is an error in camp2iac.
    """
    if reading.source is None:
        return Compiled(reading.diagnostics, reading.texts)
    diagnostics = Diagnostics()
    diagnostics.extend(reading.diagnostics)
    work = _Work(reading.source, request, diagnostics, dict(reading.texts))
    built, result = _compiled(work)
    traced = Diagnostics()
    traced.extend(work.places.traced(diagnostics))
    return Compiled(tuple(_editable(traced.ordered(), request)), work.texts, built, result)


def _editable(diagnostics: list[Diagnostic], request: Request) -> list[Diagnostic]:
    file = request.environment
    return diagnostics if file is None else encrypted.without_fixes(file.data, file.shown, diagnostics)


def content_root(source: Source, output: Path | None) -> str | None:
    """The path from a module's folder to the package's, if it is inside: ``../..``; else None."""
    if source.package.folder is None or output is None:
        return None
    try:
        relative = Path(os.path.realpath(output)).relative_to(os.path.realpath(source.package.folder))
    except ValueError:
        return None
    return "/".join([".."] * len(relative.parts)) or None


def _compiled(work: _Work) -> tuple[Topology | None, Result | None]:
    source, request, diagnostics = work.source, work.request, work.diagnostics
    target, environment = None, Environment("", None, nothing(), request.overrides)
    if request.environment is not None or request.target is not None:
        found = chosen(request, source, work.texts, diagnostics)
        if found is None:
            return None, None
        target, environment = found
    built = _topology(work, target, environment)
    if built is None or work.products is None:
        return None, None
    told = {each.span for each in diagnostics if each.code == "CAMP501"}
    diagnostics.extend(each for each in written_secrets.check(environment, built, target) if each.span not in told)
    diagnostics.extend(backend.check(environment))
    _check_output(source, built, request.output, diagnostics)
    if diagnostics.failed:
        return built, None
    try:
        checked = programs.check(built, source.package, work.products, diagnostics)  # it prevents no platform
        built = checked.topology
        return built, _lowered(work, built, target, environment, checked.broken) if target is not None else None
    except OSError as problem:  # content without read permission, too large, or removed while it was read
        diagnostics.add(_unreadable(problem, source))
        return built, None


def _topology(work: _Work, target: Target | None, environment: Environment) -> Topology | None:
    """The topology; None if a catalogue entry is wrong, because the plan can depend on it."""
    found = Diagnostics()
    products = load_catalogue(work.request.catalogue, found, work.texts)
    work.diagnostics.extend(found)
    if found.failed:
        return None
    plan, diagnostics = work.source.plan, work.diagnostics
    named = environment.get("name")
    name = named or (plan.labels.name.value if plan.labels.name else "") or _stem(work.source)
    work.products, work.name = products, str(name)
    early = target is not None and getattr(target, "compiles_attributes", False)
    work.given = given = environments.given(environment, work.texts, platform=target is not None, attributes=early)
    text, procfiles = work.source.texts[plan.file], programs.procfiles(work.source.package)
    if not given.overrides.entries and not any(kind in text for kind in ("parameter", "secret")):
        return environments.apply(
            topology.build(plan, products, str(name), diagnostics, procfiles), environment, diagnostics
        )
    made = substitution.substitute(plan, products, given, diagnostics)
    built = substitution.settle(
        topology.build(made.plan, products, str(name), diagnostics, procfiles), made, diagnostics
    )
    hidden = made.places.without(name for name, each in built.parameters.items() if each.confidential)
    work.made = replace(made, places=hidden)
    return made.places.stated(environments.apply(built, environment, diagnostics))


def _stem(source: Source) -> str:
    stem = source.package.name.rstrip("/").rpartition("/")[2].partition(".")[0]
    return stem if stem and stem != "camp" else "application"


def _lowered(work: _Work, built: Topology, target: Target, environment: Environment, broken: frozenset[str]) -> Result:
    source, request, diagnostics = work.source, work.request, work.diagnostics
    root = content_root(source, request.output / request.inside if request.output else None)
    ledger = Ledger()
    labels.account(built, ledger)
    elsewhere.account(built, ledger)
    compiled.account(built, ledger)
    renames.account(built, ledger)
    context = Context(environment, source.package, ledger, diagnostics, root, broken)
    lowered = target.lower(built, context)
    if built.renames and work.products is not None:
        from camp2iac.compiler.renamed import Current, kept  # most plans have no renames

        plan = work.made.plan if work.made else source.plan
        lowered = kept(Current(plan, work.products, work.name, work.made, built, target, context), lowered)
    inputs = _inputs(source, built, request)
    _check_names(lowered, diagnostics)
    told = {each.span for each in diagnostics if each.level is Severity.ERROR}
    diagnostics.extend(each for each in unique_addresses.check(lowered.module) if each.span not in told)
    lowered = backend.added(lowered, environment)
    if child.wanted(environment):
        diagnostics.extend(child.refused(environment, lowered))
        lowered = child.child(built, lowered)
    if not diagnostics.failed and (problems := check_module(lowered.module)):
        raise InternalError("\n".join(str(problem) for problem in problems))
    return Result(built, target, environment, lowered, ledger.report(built), inputs, root, work.made, work.given)


def _inputs(source: Source, built: Topology, request: Request) -> Mapping[str, str]:
    digests = {source.plan.file: hashlib.sha256(source.texts[source.plan.file].encode()).hexdigest()}
    if request.environment is not None:
        digests[request.environment.shown] = hashlib.sha256(request.environment.data).hexdigest()
    contents = [component.content for component in built.components.values()]
    contents += [job.content for service in built.services.values() for job in service.jobs]
    for content in contents:
        if content.path is not None:
            paths = (content.path,) if source.package.is_file(content.path) else source.package.files(content.path)
            digests.update({path: source.package.sha256(path) for path in paths})
    return dict(sorted(digests.items()))


def _unreadable(problem: OSError, source: Source) -> Diagnostic:
    """CAMP138 for content that is not readable, CAMP135 for content that is too large."""
    name = short(Path(problem.filename or source.package.name).name)
    code = "CAMP135" if isinstance(problem, TooLargeError) else "CAMP138"
    return Diagnostic(code, f"{name} cannot be read: {problem.strerror or 'unknown error'}")


def _check_output(source: Source, built: Topology, output: Path | None, diagnostics: Diagnostics) -> None:
    """CAMP704: the output folder is inside the content of an artifact. camp2iac does not deploy output."""
    if output is None or source.package.folder is None:
        return
    place = os.path.realpath(output)
    for component in built.components.values():
        path = component.content.path
        if path is not None and os.path.realpath(Path(source.package.folder, path)) == place:
            diagnostics.add(
                Diagnostic(
                    "CAMP704",
                    f"the output folder {output} is the content of {component.name}",
                    component.content.span,
                    label="the generated files and this content are in one folder",
                    help="name another folder with -o, for example a subfolder",
                )
            )


def _check_names(lowered: Lowered, diagnostics: Diagnostics) -> None:
    """CAMP132: content has names that an output folder cannot have."""
    for document in lowered.documents:
        if not is_safe(document.path):
            diagnostics.add(
                Diagnostic(
                    "CAMP132",
                    f"the output cannot contain a copy of a file with this name: {short(document.path)}",
                    document.origin,
                    label="it is in this content",
                    help="rename it, or list it in .gitignore",
                )
            )
