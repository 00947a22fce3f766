"""The text of a plan for applications that were found. Comments say which file each value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from camp2iac.catalogue import Catalogue
from camp2iac.detect import wishes
from camp2iac.detect.applications import Application, service_id
from camp2iac.detect.modelines import plan_modeline
from camp2iac.detect.rules import services as service_rules
from camp2iac.detect.variables import EnvironmentVariable
from camp2iac.record import Record, field

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/-]*|[A-Za-z][\w.]*:[A-Za-z][\w.]*")
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")  # YAML reads these as other values than strings
_COMMENT = 100  # characters
PACKAGE = "pdp:!"  # the folder of the plan itself


def scalar(value: str) -> str:
    """A YAML scalar that is this string, with replacement characters for lone surrogates."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not value.endswith(" "):
        return value
    return '"' + "".join(_escaped(char) for char in value) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    if char == " " or (char.isprintable() and char != "\ufeff"):
        return char
    number = ord(char)
    return f"\\x{number:02X}" if number < 256 else f"\\u{number:04X}" if number < 65536 else f"\\U{number:08X}"


def comment(words: str, longest: int = _COMMENT) -> str:
    """Words as one line of a comment."""
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line if len(line) <= longest else f"{line[: longest - 3]}..."


class SharedService(Record, frozen=True):
    """A service of the plan that applications connect to."""

    id: str
    product: str
    why: str
    range: str = ""
    image: str = ""


class PlanText(Record):
    """The lines of a plan."""

    lines: list[str] = field(default_factory=list)

    def put(self, depth: int, line: str, why: str = "") -> None:
        """A line, with the comment why."""
        note = f"  # {comment(why)}" if why else ""
        self.lines.append(f"{'  ' * depth}{line}{note}")

    def say(self, depth: int, words: str) -> None:
        """A line that is a comment."""
        self.lines.append(f"{'  ' * depth}# {comment(words)}")


def shared(applications: Sequence[Application], catalogue: Catalogue) -> list[SharedService]:
    """The services of all applications: one for each product, with an id of its own."""
    taken = {application.name for application in applications}
    found: dict[str, SharedService] = {}
    for application in applications:
        for use in application.uses:
            if use.product in found:
                continue
            base = service_id(application, use.product)
            id_ = next(
                each for each in (base, use.product, *(f"{base}-{n}" for n in range(2, 99))) if each not in taken
            )
            taken.add(id_)
            range_ = wishes.released(use.release, catalogue[use.product]) if use.release else ""
            found[use.product] = SharedService(id_, use.product, use.why, range_, use.image)
    return list(found.values())


def text(name: str, applications: Sequence[Application], catalogue: Catalogue) -> str:
    """The text of the plan."""
    out = PlanText()
    out.lines.append(plan_modeline())
    out.lines.append("# Written by  camp2iac init  from the files of this folder. Change it as you like.")
    out.put(0, "camp_version: CAMP 1.1")
    out.put(0, f"name: {scalar(name)}")
    out.put(0, "")
    out.put(0, "artifacts:")
    services = shared(applications, catalogue)
    for number, application in enumerate(applications):
        if number:
            out.put(0, "")
        _artifact(out, application, services, catalogue)
    out.put(0, "")
    out.put(0, "services:")
    for application in applications:
        _host(out, application, catalogue)
    for service in services:
        out.put(1, f"- id: {scalar(service.id)}")
        out.put(2, "characteristics:")
        type_ = next(iter(catalogue[service.product].characteristics))
        out.put(3, f"- characteristic_type: {type_}", service.why)
        key = catalogue[service.product].characteristics[type_]
        if key is not None and service.range:
            out.put(4, f"{key}: {scalar(service.range)}", service.image if service.image != service.why else "")
    _secrets(out, [variable for application in applications for variable in application.variables])
    return "\n".join(out.lines) + "\n"


def _artifact(out: PlanText, application: Application, services: Sequence[SharedService], catalogue: Catalogue) -> None:
    project, start = application.project, application.start
    language, framework = project.language, project.framework
    title = framework.name if framework is not None and framework.artifact else language.title
    artifact = start.artifact or (framework.artifact if framework is not None else "") or language.artifact
    requirement = start.requirement or (framework.requirement if framework is not None else "") or language.requirement
    if framework is not None and framework.requirement and not start.options:
        requirement = framework.requirement
    out.put(1, f"- name: {scalar(application.name)}")
    out.put(
        2,
        f"artifact_type: {artifact}",
        f"{title}: {application.mark}" if not start.artifact else start.why or application.mark,
    )
    href = (
        project.shown(start.content) if start.content else f"{project.folder.path}/" if project.folder.path else PACKAGE
    )
    why = "this folder" if href == PACKAGE else start.why if start.content else ""
    root = f", root: {scalar(application.root)}" if application.root and not start.content else ""
    out.put(2, f"content: {{ href: {scalar(href)}{root} }}", why if not start.artifact else "")
    out.put(2, "requirements:")
    out.put(3, f"- requirement_type: {requirement}", "" if start.content else start.why)
    for option in start.options:
        out.put(4, f"{option.key}: {scalar(option.value)}", option.why)
    out.put(4, f"fulfillment: id:{application.name}")
    if application.processes:
        out.put(3, "- requirement_type: org.camp2iac:Process")
        for process in application.processes:
            out.put(4, f"{process.key}: {scalar(process.value)}", process.why)
    for use in application.uses:
        service = next(each for each in services if each.product == use.product)
        link = catalogue[use.product].link
        connect = language.connect.get(use.product) or service_rules()[use.product].connect
        named = framework is not None and use.product in framework.ids
        variable = language.reads[0] if use.product in language.connect else link.variable if link is not None else ""
        why = f"{use.why}. Sets {f'{service.id.upper()}_URL' if named else variable}."
        out.put(3, f"- requirement_type: {connect}", why)
        out.put(4, f"fulfillment: id:{service.id}")
    if start.web:
        _expose(out, application, catalogue)
    _environment(out, application)


def _expose(out: PlanText, application: Application, catalogue: Catalogue) -> None:
    out.put(3, "- requirement_type: org.camp2iac:Expose")
    port = application.port or catalogue[application.product].port
    if port:
        why = (
            f"{application.project.shown('Dockerfile')}: EXPOSE. The process has this port in PORT."
            if application.port
            else ""
        )
        server = catalogue[application.product].server
        out.put(4, f"port: {port}", why or ("" if server else "the process has this port in PORT"))
    out.put(4, "as: 80", "where users connect")
    out.put(4, "public: true")


def _environment(out: PlanText, application: Application) -> None:
    found = application.variables
    needed = [variable for variable in found if not variable.optional]
    optional = [variable for variable in found if variable.optional]
    paths = application.start.variables
    if needed or paths:
        out.put(3, "- requirement_type: org.camp2iac:Env")
    for line in paths:
        out.put(4, f"{line.key}: {scalar(line.value)}", line.why)
    for variable in needed:
        value = (
            scalar(variable.value)
            if variable.value
            else f"{{ {'secret' if variable.secret else 'parameter'}: {scalar(identifier(variable.name))} }}"
        )
        out.put(4, f"{scalar(variable.name)}: {value}", variable.file)
    if optional:
        files = ", ".join(dict.fromkeys(variable.file for variable in optional))
        depth = 4 if needed or paths else 3
        out.say(depth, f"{files}: these have example values. Uncomment those that you set.")
        if depth == 3:
            out.say(3, "- requirement_type: org.camp2iac:Env")
        for variable in optional:
            out.lines.append(f"{'  ' * depth}# {'' if depth == 4 else '  '}{scalar(variable.name)}: VALUE")


def identifier(variable: str) -> str:
    """The name of the secret or parameter for a variable."""
    name = re.sub(r"[^a-z0-9]+", "_", variable.lower()).strip("_")
    return name if name[:1].isalpha() else f"variable_{name}".rstrip("_")


def _host(out: PlanText, application: Application, catalogue: Catalogue) -> None:
    start, project, wish = application.start, application.project, application.wish
    framework = project.framework
    own = start.characteristic or project.language.characteristic
    types = [*(framework.characteristics if framework is not None and not start.characteristic else ()), own]
    out.put(1, f"- id: {scalar(application.name)}")
    out.put(2, "characteristics:")
    for type_ in types:
        if type_ == own and len(types) > 1 and (wish is None or not wish.range):
            continue
        out.put(3, f"- characteristic_type: {type_}")
        key = catalogue[application.product].characteristics.get(type_)
        if type_ == own and key is not None and wish is not None and wish.range:
            out.put(4, f"{key}: {scalar(wish.range)}", f"{wish.file}: {wish.words}")
    if wish is not None and not wish.range:
        out.say(3, f"{wish.file}: {wish.words}. The catalogue has no such release, so the plan names none.")


def _secrets(out: PlanText, found: Iterable[EnvironmentVariable]) -> None:
    secrets: dict[str, EnvironmentVariable] = {}
    parameters: dict[str, EnvironmentVariable] = {}
    for variable in found:
        if not variable.optional and not variable.value:
            (secrets if variable.secret else parameters).setdefault(identifier(variable.name), variable)
    if secrets:
        out.put(0, "")
        out.put(0, "org.camp2iac:Secrets:", "Terraform generates these, or asks for them. No value is in a file.")
    for name, variable in secrets.items():
        generate = (
            f"generate: {min(max(variable.generate, 16), 128)}"
            if variable.generate
            else f"description: {scalar(variable.name)}"
        )
        out.put(1, f"{scalar(name)}: {{ {generate} }}")
    if parameters:
        out.put(0, "")
        out.put(0, "org.camp2iac:Parameters:", "values for each environment")
    for name, variable in parameters.items():
        out.put(1, f"{scalar(name)}: {{ description: {scalar(variable.name)} }}")
