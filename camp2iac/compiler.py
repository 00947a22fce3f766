"""The phases of a compilation in a row. The library's door: :func:`load` and :func:`compile`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from camp2iac import camp, topology
from camp2iac.camp import Source, edits
from camp2iac.camp import yaml as camp_yaml
from camp2iac.camp.bounded import TooLargeError, read_start
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import Scalar
from camp2iac.camp.text import MOST_BYTES, decode
from camp2iac.catalogue import Catalogue
from camp2iac.catalogue import load as load_catalogue
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.diagnostics.suggest import choices, nearest, short
from camp2iac.record import Record, field
from camp2iac.synth.check import check as check_module
from camp2iac.synth.sourcemap import NAME as SOURCE_MAP
from camp2iac.synth.sourcemap import is_safe
from camp2iac.targets import environment as environments
from camp2iac.targets import labels, programs
from camp2iac.targets.base import Context, Environment, Ledger, Lowered, Target
from camp2iac.topology import declarations
from camp2iac.topology.model import Topology

_BUILT_IN = {
    "heroku": "camp2iac.targets.heroku:HerokuTarget",
    "openstack": "camp2iac.targets.openstack:OpenStackTarget",
}


class InternalError(Exception):
    """A fault of camp2iac itself: the module that it made is not right. Never the user's doing."""


class Loaded(Record, frozen=True):
    """A plan as read. ``source`` is None where it could not be; ``texts``: shown file names to their text."""

    source: Source | None
    diagnostics: Diagnostics
    texts: dict[str, str]
    path: Path | None = None
    digests: dict[str, str] = field(default_factory=dict)  # of environment files, by their shown names


class Compiled(Record, frozen=True):
    """What came out. ``lowered`` is None where errors stopped it before, or no target was named.

    ``inputs``: files that the output was made of, by their shown names, to their SHA-256.
    """

    topology: Topology
    target: Target | None
    environment: Environment
    lowered: Lowered | None
    ledger: Ledger
    diagnostics: Diagnostics
    texts: dict[str, str]
    inputs: Mapping[str, str] = field(default_factory=dict)


def targets() -> Mapping[str, str]:
    """Every target by name, to ``module:class``: the built-in ones and those of the entry points."""
    from importlib.metadata import entry_points

    found = {point.name: point.value for point in entry_points(group="camp2iac.targets")}
    return dict(sorted({**found, **_BUILT_IN}.items()))


def find_target(name: str) -> Target | None:
    """The target of a name, None where there is none. Entry points are only scanned for names that are not built in."""
    place = _BUILT_IN.get(name) or targets().get(name)
    if place is None:
        return None
    module, _, attribute = place.partition(":")
    made: Target = getattr(import_module(module), attribute)()
    return made


def load(
    source: Path | bytes,
    *,
    name: str = "",
    strict: bool = False,
    signer: str | None = None,
    leave_out: Sequence[Path] = (),
    whole: bool = False,
) -> Loaded:
    """Read a plan.

    Args:
        source: a plan file, a folder, an archive; or the bytes of a plan or an archive.
        name: what to call it in messages, for bytes.
        strict: packages must list all of their files in ``camp.mf``.
        signer: the SHA-256 of the certificate that must have signed the package.
        leave_out: files and folders that are no content: the output, environment files.
        whole: what lies beside a plan file belongs to its package, since its folder was named.
    """
    diagnostics = Diagnostics()
    shown = name or (source.name if isinstance(source, Path) else "camp.yaml")
    texts: dict[str, str] = {}
    found = camp.read(
        source,
        name=shown,
        diagnostics=diagnostics,
        strict=strict,
        signer=signer,
        leave_out=leave_out,
        texts=texts,
        whole=whole,
    )
    return Loaded(found, diagnostics, texts, source if isinstance(source, Path) else None)


def no_content(plan: Path) -> list[Path]:
    """What beside a plan belongs to nobody's content: the folders of earlier output, and environment files."""
    base = plan if plan.is_dir() else plan.parent
    outputs = [path.parent for path in (base / "infra").glob(f"*/{SOURCE_MAP}")]
    return [*outputs, *(base / "environments").glob("*.y*ml")]


def compile(  # noqa: A001 - the name of the act
    loaded: Loaded,
    *,
    environment: Path | None = None,
    target: str | None = None,
    overrides: Mapping[str, str] | None = None,
    catalogue: Sequence[Path] = (),
    output: Path | None = None,
    inside: str = "",
) -> Compiled | None:
    """Compile a loaded plan for one platform; for none (its topology alone) where neither environment nor target is
    given. None where plan or environment could not be read.

    Args:
        loaded: from :func:`load`; its diagnostics are added to.
        environment: the environment file; names the target, unless ``target`` does.
        target: ``openstack``, ``heroku``, or that of another installed target.
        overrides: values of parameters, and of keys of the environment, above those that its file gives.
        catalogue: folders with more products.
        output: the folder that will be written: content inside of the plan's folder is then read in place.
        inside: the module's folder in it, where that is not the output folder itself.
    """
    diagnostics, source = loaded.diagnostics, loaded.source
    if source is None:
        return None
    chosen, found = None, Environment("", None, YamlMapping({}, Span("", 1, 1, 1, 1)), overrides or {})
    if environment is not None or target is not None:
        read = _environment(environment, target, overrides or {}, loaded)
        if read is None:
            return None
        chosen, found = read
    products = _catalogue(catalogue, loaded)
    if products is None:
        return None
    built = _topology(source, products, found, loaded)
    _check_output(source, built, output, diagnostics)
    ledger = Ledger()
    if diagnostics.failed or not _look_inside(built, source, diagnostics) or chosen is None:
        return Compiled(built, chosen, found, None, ledger, diagnostics, loaded.texts)
    root = _content_root(source, output / inside if output else None)
    context = Context(found, source.package, ledger, diagnostics, root)
    try:
        labels.account(built, ledger)
        lowered = chosen.lower(built, context)
        inputs = _inputs(source, built, loaded, found)
    except OSError as problem:  # content that nobody may read, is too large, or that went while it was read
        diagnostics.add(_unreadable(problem, source))
        return Compiled(built, chosen, found, None, ledger, diagnostics, loaded.texts)
    _check_names(lowered, diagnostics)
    if not diagnostics.failed and (problems := check_module(lowered.module)):
        raise InternalError("\n".join(str(problem) for problem in problems))
    return Compiled(built, chosen, found, lowered, ledger, diagnostics, loaded.texts, inputs)


def _look_inside(built: Topology, source: Source, diagnostics: Diagnostics) -> bool:
    """Look for what is to run; whether the content could be read. A program that is missing stops no platform."""
    try:
        programs.check(built, source.package, diagnostics)
    except OSError as problem:
        diagnostics.add(_unreadable(problem, source))
        return False
    return True


def _unreadable(problem: OSError, source: Source) -> Diagnostic:
    """CAMP138 for content that cannot be read, CAMP135 for what is too large."""
    name = short(Path(problem.filename or source.package.name).name)
    code = "CAMP135" if isinstance(problem, TooLargeError) else "CAMP138"
    return Diagnostic(code, f"{name} cannot be read: {problem.strerror or 'an unknown reason'}")


def _check_output(source: Source, built: Topology, output: Path | None, diagnostics: Diagnostics) -> None:
    """CAMP704 where the output would lie among the files of an artifact itself: a folder of output is no content."""
    if output is None or source.package.folder is None:
        return
    place = output.resolve()
    for component in built.components.values():
        path = component.content.path
        if path is not None and Path(source.package.folder, path).resolve() == place:
            diagnostics.add(
                Diagnostic(
                    "CAMP704",
                    f"the output folder {output} is the content of {component.name}",
                    component.content.span,
                    label="what is generated would be deployed, or nothing would",
                    help="name another folder with -o, such as one in it",
                )
            )


def _check_names(lowered: Lowered, diagnostics: Diagnostics) -> None:
    """CAMP132 for content of names that no output folder can hold."""
    for document in lowered.documents:
        if not is_safe(document.path):
            diagnostics.add(
                Diagnostic(
                    "CAMP132",
                    f"the output cannot hold a copy of a file of this name: {short(document.path)}",
                    document.origin,
                    label="it is in this content",
                    help="rename it, or list it in .gitignore",
                )
            )


def _catalogue(folders: Sequence[Path], loaded: Loaded) -> Catalogue | None:
    """The products; None where an entry is not right, for then what the plan asks for may be in it."""
    found = Diagnostics()
    products = load_catalogue(folders, found, loaded.texts)
    loaded.diagnostics.extend(found)
    return None if found.failed else products


def _topology(source: Source, products: Catalogue, environment: Environment, loaded: Loaded) -> Topology:
    plan = source.plan
    given = environment.get("name")
    name = given or (plan.labels.name.value if plan.labels.name else "") or _stem(source)
    built = topology.build(plan, products, str(name), loaded.diagnostics)
    return environments.apply(built, environment, loaded.diagnostics)


def _stem(source: Source) -> str:
    stem = source.package.name.rstrip("/").rpartition("/")[2].partition(".")[0]
    return stem if stem and stem != "camp" else "application"


def _environment(
    path: Path | None, target_name: str | None, overrides: Mapping[str, str], loaded: Loaded
) -> tuple[Target, Environment] | None:
    diagnostics = loaded.diagnostics
    values: YamlMapping | None = None
    shown = None
    if path is not None:
        shown = shown_name(path, loaded)
        try:
            data = read_start(path, MOST_BYTES + 1)
            # As text files are read: every line ends with \n.
            text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, UnicodeDecodeError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
            diagnostics.add(Diagnostic("CAMP603", f"the environment file cannot be read: {shown}: {reason}"))
            return None
        if len(data) > MOST_BYTES:
            decode(data, shown, diagnostics)  # says that it is too large
            return None
        loaded.texts[shown] = text
        loaded.digests[shown] = hashlib.sha256(data).hexdigest()
        node = camp_yaml.parse(text, shown, diagnostics)
        if node is None:
            return None
        if not isinstance(node, YamlMapping):
            diagnostics.add(
                Diagnostic("CAMP603", f"{shown} holds no keys", node.span, help="write for example  target: openstack")
            )
            return None
        values = node
    written = values.get("target") if values else None
    name = target_name or (written.text if isinstance(written, Scalar) else None)
    known = targets() if name not in _BUILT_IN else _BUILT_IN
    if name is None or name not in known:
        _no_target(name, written.span if written and not target_name else None, shown, known, diagnostics)
        return None
    if isinstance(written, Scalar) and written.text in targets() and written.text != name:
        diagnostics.add(
            Diagnostic(
                "CAMP604",
                f"{shown} is for {written.text}, not for {name}",
                written.span,
                label="another target than --target names",
                help="leave --target out, or name an environment file of that target",
            )
        )
        return None
    chosen = find_target(name)
    assert chosen is not None  # noqa: S101 - it is among the known ones
    given = values or YamlMapping({}, Span("", 1, 1, 1, 1))
    parameters = declarations.names(loaded.source.plan) if loaded.source else frozenset[str]()
    given, rest, set_keys = environments.override(chosen, given, overrides, parameters, loaded.texts, diagnostics)
    if (values or set_keys) and not environments.sound(chosen, given, shown or environments.OVERRIDE, diagnostics):
        return None
    return chosen, Environment(path.stem if path else name, shown, given, rest, set_keys)


def _no_target(
    name: str | None, span: Span | None, file: str | None, known: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    best = nearest(name, known) if name else None
    diagnostics.add(
        Diagnostic(
            "CAMP604",
            f"there is no target {name}" if name else f"{file} does not say which target it is for",
            span,
            label="no target of this name",
            fixes=edits.type_(span, "target", name, best) if span and name else (),
            help=f"write  target: {best}" if best else f"there are {choices(name or '', known)}",
        )
    )


def shown_name(path: Path, loaded: Loaded) -> str:
    """How messages and the source map name a file: relative to the plan's folder where it lies below, else its name."""
    if loaded.path is not None:
        root = loaded.path if loaded.path.is_dir() else loaded.path.parent
        try:
            return path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            pass
    return path.name


def _content_root(source: Source, output: Path | None) -> str | None:
    """From the output folder up to the plan's, when the one lies in the other."""
    if source.package.folder is None or output is None:
        return None
    try:
        relative = output.resolve().relative_to(Path(source.package.folder).resolve())
    except ValueError:
        return None
    return "/".join([".."] * len(relative.parts)) or None


def _inputs(source: Source, built: Topology, loaded: Loaded, found: Environment) -> Mapping[str, str]:
    digests = {source.plan.file: hashlib.sha256(source.texts[source.plan.file].encode()).hexdigest()}
    if found.file is not None and found.file in loaded.digests:
        digests[found.file] = loaded.digests[found.file]
    contents = [component.content for component in built.components.values()]
    contents += [job.content for service in built.services.values() for job in service.jobs]
    for content in contents:
        if content.path is not None:
            paths = (content.path,) if source.package.is_file(content.path) else source.package.files(content.path)
            digests.update({path: source.package.sha256(path) for path in paths})
    return dict(sorted(digests.items()))
