"""Conditions that content did not change since the compilation. Terraform checks them before it changes anything."""

from __future__ import annotations

import unicodedata

from camp2iac.camp.package import PackageFile
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.synth.module import Attribute, Block, Document, Expr, Ref, Template, Value, body, call, expr
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.content import LEFT_OUT, ContentRequest
from camp2iac.targets.openstack.machine.document import MachineDocument, MachineInput


def content_root(given: MachineInput) -> str:
    """The folder from which the module reads content: in place, or the copies."""
    return "content" if given.context.content_root is None else given.context.content_root


def copy(document: MachineDocument, path: str, span: Span) -> None:
    """Copy a file to the output, unless the module reads it in place."""
    context = document.given.context
    if context.content_root is None:
        file, executable = PackageFile(context.package, path).checked(), context.package.is_executable(path)
        document.add_document(Document(f"content/{path}", file, executable, span))


def writable(given: MachineInput, request: ContentRequest) -> bool:
    """Whether Terraform can name its files. It normalises strings (NFC) and cannot find other names (CAMP425)."""
    package, path = given.context.package, request.content.path or ""
    paths = [path] if path and package.is_file(path) else package.files(path)
    odd = [path for path in paths if unicodedata.normalize("NFC", path) != path or "\0" in path]
    if odd:
        shown = odd[0].encode("ascii", "backslashreplace").decode()
        given.context.diagnostics.add(
            Diagnostic(
                "CAMP425",
                f"Terraform cannot name a file of {request.owner.title}: {shown}",
                request.content.span,
                notes=("it composes letters and accents (Unicode NFC), but this name has them apart",),
                help="rename the file: type its name again",
            )
        )
    return not odd


def unchanged(what: str, condition: Value) -> Block:
    """The precondition that content did not change since the compilation."""
    return Block(
        "precondition",
        body=body(
            condition=condition,
            error_message=f"{what} has changed since this module was generated: run camp2iac synth, and review what it "
            "replaces.",
        ),
    )


def same(document: MachineDocument, owner: str, root: Template, known: Ref, path: str) -> Value:
    """That the files are those of the compilation, and that there are no others, unless a .gitignore has rules."""
    file = Template((*root.parts, "/", Expr(("name",))))
    changed = expr("alltrue([\n  for name, sha256 in ", known, " : ", call("filesha256", file), " == sha256\n])")
    if document.given.context.package.ruled(path.rstrip("/")):
        return changed
    there = f"{names.label(owner)}_files"
    comment = "The files that exist. Of the files that were not compiled, only those that would be content."
    files = call("fileset", root, "**")
    junk = expr("!can(regex(", LEFT_OUT, ", name))")
    also = expr("(", junk, *_of_package(document, owner, root), ")") if not path else junk
    kept = call("contains", call("keys", known), expr("name"))
    every = expr("toset([\n  for name in ", files, " : name\n  if ", kept, " || ", also, "\n])")
    document.add_local(Attribute(there, every, comment=comment))
    return expr(Ref(f"local.{there}"), " != toset(keys(", known, ")) ? false : ", changed)


def _of_package(document: MachineDocument, owner: str, root: Template) -> tuple[Value, ...]:
    """Other files that are not content, if the content is the package itself."""
    left_out, outputs = f"{names.label(owner)}_left_out", f"{names.label(owner)}_outputs"
    text = "|".join(document.given.context.package.stays())
    ours = expr("[for file in ", call("fileset", root, "**/.camp2iac.json"), ' : "${dirname(file)}/"]')
    document.add_local(
        Attribute(left_out, text, comment="The files of the package that are not content, and the outputs in it.")
    )
    document.add_local(Attribute(outputs, ours))
    found = expr("regex(", Ref(f"local.{left_out}"), ", name)")
    within = expr("anytrue([for folder in ", Ref(f"local.{outputs}"), " : startswith(name, folder)])")
    return (" && !can(", found, ") && !", within)
