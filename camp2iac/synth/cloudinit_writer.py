"""Writes a cloud-config as a template for Terraform's ``templatefile``: readable YAML with ``${...}``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from camp2iac.synth.cloudinit import (
    AptSource,
    Checksums,
    CloudConfig,
    Command,
    Encoded,
    FileLoop,
    FromFile,
    JsonString,
    PackedScript,
    Script,
    Section,
    WriteFile,
    YumRepo,
    block_safe,
)
from camp2iac.synth.cloudinit_yaml import base64, code, comment, escaped, quoted, scalar, sequence
from camp2iac.synth.hcl_text import escape, joined, survives
from camp2iac.synth.hcl_values import runs
from camp2iac.synth.module import Template, Value, call, expr, template

_DEFAULT_PERMISSIONS = "0644"


def write(config: CloudConfig) -> str:
    """The text of the template. ``ValueError`` if it contains a ``Ref``: a template has only its own variables."""
    paragraphs: list[list[str]] = [["#cloud-config", *comment(config.comment, "")]]
    software: list[list[str]] = []
    if config.apt_sources:
        software.append(["apt:", "  sources:", *(line for source in config.apt_sources for line in _apt(source))])
    if config.yum_repos:
        software.append(["yum_repos:", *(line for repo in config.yum_repos for line in _yum(repo))])
    packages = ["package_update: true"] if config.package_update else []
    if config.packages:
        packages += sequence("packages", config.packages)
    software.append(packages)
    software[0] = [*comment(config.packages_comment, ""), *software[0]]
    paragraphs += software
    files = [lines for section in config.sections for lines in files_of(section)]
    if files:
        files[0].insert(0, "write_files:")
    paragraphs += files
    commands = list(_runcmd(config))
    if commands:
        paragraphs.append([*comment(config.runcmd_comment, ""), "runcmd:", "  - set -e", *commands])
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def files_of(section: Section) -> list[list[str]]:
    """The lines of a section's files, in paragraphs."""
    paragraphs = [[line for file in files for line in _file(file)] for files in section.files]
    if section.comment and paragraphs:
        paragraphs.insert(0, comment(section.comment, "  "))
    return paragraphs


def _runcmd(config: CloudConfig) -> Iterator[str]:
    yield from (f"  - {_command(command)}" for command in config.runcmd)
    for section in config.sections:
        if section.runcmd:
            yield from comment(section.runcmd_comment, "  ")
            yield from (f"  - {_command(command)}" for command in section.runcmd)


def _apt(source: AptSource) -> Iterator[str]:
    yield from comment(source.comment, "    ")
    yield f"    {scalar(source.name)}:"
    yield f"      source: {scalar(source.source)}"
    if source.keyid:
        yield f"      keyid: {quoted(source.keyid)}"
    if source.keyserver:
        yield f"      keyserver: {scalar(source.keyserver)}"
    if source.key:
        yield from (_block("key", (source.key,), "      ") or [f"      key: {quoted(source.key)}"])


def _yum(repo: YumRepo) -> Iterator[str]:
    yield from comment(repo.comment, "  ")
    yield f"  {scalar(repo.id)}:"
    yield f"    name: {scalar(repo.name)}"
    yield f"    baseurl: {scalar(repo.baseurl)}"
    yield "    enabled: true"
    yield "    gpgcheck: true"
    yield f"    gpgkey: {scalar(repo.gpgkey)}"


def _file(file: WriteFile | FileLoop) -> Iterator[str]:
    yield from comment(file.comment, "  ")
    if isinstance(file, FileLoop):
        yield from _loop(file)
        return
    yield f"  - path: {scalar(file.path)}"
    if file.permissions != _DEFAULT_PERMISSIONS:
        yield f"    permissions: {quoted(file.permissions)}"
    if file.owner:
        yield f"    owner: {quoted(file.owner)}"
    if file.defer:
        yield "    defer: true"
    yield from _body(file.body)


def _loop(content: FileLoop) -> Iterator[str]:
    name = expr("name")
    yield f"%{{ for name in keys({content.content}) ~}}"
    yield f"  - path: {code(call('jsonencode', template(f'{content.folder}/', name)))}"
    if content.executables:
        yield f"%{{ if contains({content.executables}, name) ~}}"
        yield '    permissions: "0755"'
        yield "%{ endif ~}"
    yield from _in_base64(call("filebase64", template(expr(content.root), "/", name)))
    yield "%{ endfor ~}"


def _body(
    body: str | Template | JsonString | Encoded | FromFile | Script | PackedScript | Checksums,
) -> Iterable[str]:
    match body:
        case str():
            return _text((body,))
        case Template():
            return _text(body.parts)
        case JsonString():
            return [f"    content: {code(call('jsonencode', body.value))}"]
        case Encoded():
            return _in_base64(call("base64encode", body.value))
        case FromFile():
            return _in_base64(call("filebase64", body.path), compressed=body.compressed)
        case Script():
            file = template(expr(body.folder), f"/{body.file}")
            return ["    content: |", f"      {code(call('indent', 6, call('chomp', call('file', file))))}"]
        case PackedScript():
            data = call("filebase64", template(expr(body.folder), f"/{body.file}"))
            return _in_base64(data, compressed=True)
        case Checksums(plain=True):
            loop = f"%{{ for name, sha256 in {body.content} ~}}"
            return ["    content: |", loop, "      ${sha256}  ${name}", "%{ endfor ~}"]
    return _escaped_checksums(body)


def _escaped_checksums(body: Checksums) -> Iterable[str]:
    """Checksums as GNU sha256sum writes them: a line with an escaped name begins with a backslash."""
    name = expr("name")
    mark = expr(r'length(regexall("[\\\\\n]", name)) > 0 ? "\\" : ""')
    escaped_name = call("replace", call("replace", name, "\\", "\\\\"), "\n", "\\n")
    line = template(mark, expr("sha256"), "  ", escaped_name, "\n")
    lines = expr(f"[for name, sha256 in {body.content} : ", line, "]")
    return _in_base64(call("base64encode", call("join", "", lines)))


def _in_base64(value: Value, *, compressed: bool = False) -> list[str]:
    # In quotes, because an empty value or only digits would not be a string in YAML.
    return [f"    encoding: {'gz+b64' if compressed else 'b64'}", f'    content: "{code(value)}"']


def _text(parts: tuple[Value, ...]) -> Iterable[str]:
    block = _block("content", parts, "    ")
    if block:
        return block
    if all(isinstance(part, str) for part in parts):
        text = "".join(part for part in parts if isinstance(part, str))
        if not text.strip(" \n"):
            return [f"    content: {quoted(text)}"]
        return ["    encoding: b64", f'    content: "{base64(text)}"']
    return [f'    content: "{_escaped(parts)}"']


def _block(key: str, parts: tuple[Value, ...], indent: str) -> list[str] | None:
    """A literal block. None if it would change the text."""
    plain = "".join(item if isinstance(item, str) else "x" for item in runs(parts))
    if not block_safe(plain) or not survives(plain) or plain.endswith("\n\n"):
        return None
    text = ""
    for item in runs(parts):
        if isinstance(item, str):
            text += escape(item)
        else:
            text = joined(text, code(item))
    lines = text.removesuffix("\n").split("\n")
    # If the text begins with a space or an empty line, YAML needs the indentation.
    hint = "2" if plain[0] in " \n\t" else ""
    end = "" if text.endswith("\n") else "-"
    return [f"{indent}{key}: |{hint}{end}", *(f"{indent}  {line}" if line else "" for line in lines)]


def _escaped(parts: tuple[Value, ...]) -> str:
    """A string for double quotes, if no block can contain it. Terraform escapes the values."""
    text = ""
    for item in runs(parts):
        if isinstance(item, str):
            text += escaped(item)
        else:
            value = code(call("replace", call("jsonencode", item), '/^"|"$/', ""))
            text = f"{text[:-1]}\\x24{value}" if text.endswith("$") else text + value
    return text


def _command(command: Command) -> str:
    if isinstance(command, Template):
        return code(call("jsonencode", command))
    if isinstance(command, tuple):
        return f"[{', '.join(map(scalar, command))}]"
    return scalar(command)
