"""``camp2iac init`` in a folder with code: what was found, what is still to decide, and the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from camp2iac.catalogue import Catalogue, load
from camp2iac.cli import releases, session
from camp2iac.cli.console import Console
from camp2iac.cli.prompts import ALL, NONE, Prompts
from camp2iac.cli.questions import environment, example_names
from camp2iac.detect import Application, Findings, platforms, wishes
from camp2iac.detect import plan as plans
from camp2iac.detect.services import ServiceUse
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record

# What the operator or the author can change: the cloud has an object store, a lock file is added to the content.
_LONGEST = 400  # characters of a line
_SHOWN = 8  # variables of a file
NOWHERE = "CAMP444"  # the platform has no place for a component
READY_SOON = ("CAMP428", "CAMP445")


class Chosen(Record, frozen=True):
    """The applications that get a plan, its name, and its text."""

    name: str
    applications: tuple[Application, ...]
    catalogue: Catalogue
    text: str

    @property
    def builds(self) -> dict[str, str]:
        """The content that a build has to create first, and its command."""
        starts = [(each.project.shown(each.start.content), each.start.build) for each in self.applications]
        return {content: build for content, build in starts if build}


def choose(findings: Findings, prompts: Prompts, console: Console) -> Chosen | None:
    """Say what was found, and ask what the files do not show. None if nothing is left to plan."""
    catalogue = load()
    applications = list(findings.applications)
    for file, language in findings.others:
        console.say(f"{printable(file)}: {language.title}. {language.unsupported}")
    if len(applications) > 1:
        applications = _several(applications, prompts, console)
    found = [each for each in (_answered(each, prompts, console) for each in applications) if each is not None]
    found = [_one_database(each, prompts, console) for each in found]
    if not found:
        return None
    for application in found:
        for line in _shown(application, catalogue):
            console.say(line)
    name = findings.name or Path.cwd().name or "application"
    return Chosen(name, tuple(found), catalogue, plans.text(name, found, catalogue))


def _several(applications: Sequence[Application], prompts: Prompts, console: Console) -> list[Application]:
    """Which of several applications."""
    console.say("Applications:")
    width = max(len(each.name) for each in applications)
    for each in applications:
        place = each.project.shown(each.start.options[0].value) if each.start.name else each.project.folder.path or "."
        kind = "" if each.start.web else ", a worker"
        console.say(f"  {each.name:<{width}}  {_title(each)} in {printable(place)}{kind}")
    names = [each.name for each in applications]
    sure = [each.name for each in applications if each.runs]
    default = ALL if sure == names else ", ".join(sure) or NONE
    wanted = prompts.several("Deploy, with commas between", names, default)
    return [each for each in applications if each.name in wanted]


def _title(application: Application) -> str:
    framework = application.project.framework
    return framework.name if framework is not None else application.project.language.title


def _answered(application: Application, prompts: Prompts, console: Console) -> Application | None:
    """The same with what its files do not show; None if the user has no answer."""
    start = application.start
    if not start.question:
        return application
    console.say(f"{application.mark}: {_title(application)}. Its files do not show what to run.")
    answer = prompts.ask(start.question, start.default or NONE)
    return None if answer in ("", NONE) else application.answered(answer)


def _one_database(application: Application, prompts: Prompts, console: Console) -> Application:
    """The same with one database, if its files show drivers of several."""
    for use in application.uses:
        if use.others:
            shown = [use, *(ServiceUse(product, why) for product, why in use.others)]
            names = [each.product for each in shown]
            files = listed(f"{printable(each.why)} ({each.product})" for each in shown)
            console.say(f"{application.name} has drivers of several databases, and can use one: {files}")
            wanted = prompts.one(f"The database of {application.name}: {listed(names, 'or')}", names, use.product)
            application = application.using(use, wanted)
    return application


def printable(words: str) -> str:
    """Words from files, as one line without control characters."""
    return plans.comment(words, _LONGEST)


def _shown(application: Application, catalogue: Catalogue) -> Iterator[str]:
    """What the files show, and what follows from it; and what to know."""
    start = application.start
    yield f"{application.name}:"
    title, product = _title(application), catalogue[application.product].title
    facts = [(application.mark, title if title == product else f"{title}, runs on {product}")]
    facts += [(start.why, f"content {start.content}" if start.content else "the web process")] if start.why else []
    facts += [(line.why, f"{line.key}: {line.value}") for line in (*start.options, *start.variables)]
    facts += [(line.why, f"process {line.key}: {line.value}") for line in application.processes]
    if application.wish is not None:
        known = f"version {application.wish.range}" if application.wish.range else "no release in the catalogue"
        facts.append((f"{application.wish.file}: {application.wish.words}", known))
    for use in application.uses:
        facts += [(use.why, catalogue[use.product].title)] if use.image != use.why else []
        facts += [(use.image, _named(use, catalogue))] if use.image else []
    if application.port:
        facts.append((application.project.shown("Dockerfile"), f"port {application.port}"))
    for file, names in _by_file(application).items():
        facts.append((file, names))
    for why, what in facts:
        yield f"  {printable(why)} → {printable(what)}"
    for note in application.notes:
        yield f"  note: {printable(note)}"


def _named(use: ServiceUse, catalogue: Catalogue) -> str:
    """The product of a service, with the release that a compose file names."""
    product = catalogue[use.product]
    range_ = wishes.released(use.release, product)
    return (
        f"{product.title}, version {range_}"
        if range_
        else f"{product.title}, without a version: it has no such release"
    )


def _first(names: Sequence[str]) -> Sequence[str]:
    """The names, of many the first, and how many more there are."""
    return names if len(names) <= _SHOWN + 1 else [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]


def _by_file(application: Application) -> Mapping[str, str]:
    """The variables by the file that names them."""
    found: dict[str, list[str]] = {}
    for each in application.variables:
        if not each.optional:
            value = f" = {each.value}" if each.example else ""
            found.setdefault(each.file, []).append(f"{each.name} (a secret)" if each.secret else f"{each.name}{value}")
    words = {file: f"variables {', '.join(_first(names))}" for file, names in found.items()}
    optional = Counter(each.file for each in application.variables if each.optional)
    for file, number in optional.items():
        more = f"{number} with example values, in comments of the plan"
        words[file] = f"{words[file]}, and {more}" if file in words else f"variables: {more}"
    return words


class Environments(Record, frozen=True):
    """The environment files, path to text, and what the user has to add to them: what is missing, and how."""

    files: Mapping[str, str]
    todo: Mapping[str, str]


def environments(chosen: Chosen, targets: Sequence[str], prompts: Prompts, console: Console) -> Environments:
    """The environment files for the platforms that the plan compiles for. The plan exists already."""
    images = platforms.images(chosen.applications, chosen.catalogue) or {}
    settings = {"openstack": images} if images else {}
    usable = []
    for target in targets:
        why = _refused(chosen, target, settings.get(target, {}))
        if why:
            console.say(f"{target}: {why}")
        else:
            usable.append(target)
    for key, os in images.items() if "openstack" in usable else ():
        unproven = ". No test has booted this system" if os in platforms.UNPROVEN else ""
        console.say(f"openstack: {key}: {os}, which has the releases that the code needs{unproven}")
    default = ALL if usable == list(targets) else ", ".join(usable) or ALL
    named = (each if each in usable else f"{each} (see above)" for each in targets)
    console.say(f"\nPlatforms: {', '.join(named)}")
    wanted = prompts.several("Deployed to, with commas between", targets, default)
    decided = releases.Decision()
    if releases.TARGET in wanted:
        overrides = settings.get(releases.TARGET, {})
        decided = releases.decide(overrides, prompts, console, built=bool(chosen.builds))
    files = {}
    for target in wanted:
        own = decided if target == releases.TARGET else releases.Decision()
        examples = {**example_names(chosen.name), **own.examples}
        text = environment(target, settings.get(target, {}), _IMAGE, own.lines, examples)
        files[f"{session.ENVIRONMENTS}/{target}.yaml"] = text
    return Environments(files, decided.todo)


_IMAGE = "# An image of this operating system has the releases that the code needs.\n"


def _refused(chosen: Chosen, target: str, overrides: Mapping[str, str]) -> str:
    """Why the plan cannot be deployed on a platform; empty if it can, or if the content is still to be built."""
    if target == "openstack" and platforms.images(chosen.applications, chosen.catalogue) is None:
        why = platforms.refused(chosen.applications, chosen.catalogue)
        if why:
            return why
    if chosen.builds:
        return ""
    found = session.read(Path(session.PLAN)).check(target=target, overrides=overrides).diagnostics
    severe = (each for each in found if each.level.value == "error" or each.code == NOWHERE)
    return next((_words(each) for each in severe if each.code not in READY_SOON), "")


def _words(diagnostic: Diagnostic) -> str:
    return f"{printable(diagnostic.message)} ({diagnostic.code})"
