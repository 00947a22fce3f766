"""How content of the plan gets onto a machine: in base64 within user_data, or fetched by the machine.

What is sent has its SHA-256 in the module as a literal: a change is seen in the diff, refused before an apply until it
was compiled, and the machine compares what it received.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from camp2iac.camp import never
from camp2iac.camp.model import Content
from camp2iac.camp.nodes import Scalar
from camp2iac.diagnostics import Diagnostic, Severity, Span
from camp2iac.record import Record
from camp2iac.synth.cloudinit import Checksums, FromFile, WriteFile
from camp2iac.synth.cloudinit import FileLoop as Loop
from camp2iac.synth.module import Attribute, Block, Document, Expr, Ref, Template, Value, body, call, expr
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine.draft import MachineDraft, line_of, module_path

_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)$", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^\\\x00-\x1f\x7f]*")
_URL = re.compile(r"https?://[!#-&(-~]+")  # printable, without quotes
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
LEFT_OUT = Ref("local.left_out")


class DeliveredContent(Record, frozen=True):
    """Content as a machine finds it.

    ``form``: one file, files of a folder, an archive to unpack, a repository to clone, or an image that a registry has
    (then ``url`` is empty, and ``path`` its reference). ``path``: of the file or
    archive as sent or fetched; of the folder that the files are in, or shall be. ``list``: the file that sha256sum
    checks it by, in ``list_folder``; empty where it is fetched. ``url``, ``sha256``, ``revision``: of what is fetched.
    ``url_file``: holds the URL for curl, where Terraform alone knows it. ``names``: the files, as far as known here.
    ``folder``: where an archive is unpacked. ``packed``: an archive that is made here, so that its files can be read;
    they may be others when the machine has it, where it is a release. ``release``: of which component.
    """

    form: Literal["file", "folder", "archive", "git", "image", "release"]
    path: str
    list: str
    list_folder: str
    names: tuple[str, ...]
    url: str = ""
    sha256: str = ""
    revision: str = ""
    folder: str = ""
    url_file: str = ""
    packed: bool = False
    release: str = ""

    @property
    def known(self) -> bool:
        """Whether what is in it is known when compiling."""
        return self.form in ("file", "folder") and not self.url


class Owner(Record, frozen=True):
    """Whose content it is: id, its name in messages, what the content's comments say, and where it belongs.

    ``folder``: where a folder's files, or one file, are to be. ``file``: where a single file is to be, if elsewhere.
    """

    id: str
    title: str
    folder: str
    file: str = ""


def send(draft: MachineDraft, owner: Owner, content: Content, *, unpack: bool) -> DeliveredContent | None:
    """Add content to a document; None (and a diagnostic) where that cannot be.

    ``unpack``: an archive is unpacked on the machine, as the content is to be a folder there.
    """
    if content.path is None and content.data is None:
        return _fetched(draft, owner, content, unpack=unpack)
    package = draft.context.package
    if content.data is not None:
        path = f"content/{owner.id}"
        draft.documents.append(Document(path, content.data, origin=content.span))
        digest = hashlib.sha256(content.data).hexdigest()
        draft.sizes[owner.title] = (len(content.data), content.span)
        return _file(draft, owner, content, module_path(path), owner.id, digest, unpack=unpack)
    if not writable(draft, owner, content.path or "", content.span):
        return None
    if content.path and package.is_file(content.path):
        copy(draft, content.path, content.span)
        name = content.path.rpartition("/")[2]
        draft.sizes[content.path] = (package.size(content.path), content.span)
        root = module_path(content_root(draft), content.path)
        return _file(draft, owner, content, root, name, package.sha256(content.path), unpack=unpack)
    return _folder(draft, owner, content.path or "", content.span)


def content_root(draft: MachineDraft) -> str:
    """Where the module reads content: in place, or the copies."""
    return "content" if draft.context.content_root is None else draft.context.content_root


def copy(draft: MachineDraft, path: str, span: Span) -> None:
    """Put a copy of a file into the output, unless it is read in place."""
    if draft.context.content_root is None:
        package = draft.context.package
        draft.documents.append(Document(f"content/{path}", package.read(path), package.is_executable(path), span))


def writable(draft: MachineDraft, owner: Owner, path: str, span: Span) -> bool:
    """Whether Terraform can name its files: it normalises text (NFC), so other names would not be found."""
    package = draft.context.package
    paths = [path] if path and package.is_file(path) else package.files(path)
    odd = [path for path in paths if unicodedata.normalize("NFC", path) != path or "\0" in path]
    if odd:
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP425",
                f"Terraform cannot name a file of {owner.title}: {odd[0].encode('ascii', 'backslashreplace').decode()}",
                span,
                notes=("it composes letters and their accents (Unicode NFC); this name has them apart",),
                help="rename the file, such as by typing its name anew",
            )
        )
    return not odd


def _file(
    draft: MachineDraft, owner: Owner, content: Content, path: Value, name: str, digest: str, *, unpack: bool
) -> DeliveredContent:
    label = names.label(owner.id)
    draft.locals.append(
        Attribute(
            f"{label}_sha256",
            digest,
            comment=f"{draft.topology.file}: {owner.title}, content: its SHA-256 when this was generated",
            origin=content.span,
        )
    )
    known = Ref(f"local.{label}_sha256")
    draft.preconditions.append(unchanged(shown(owner, content), expr(call("filesha256", path), " == ", known)))
    archive = bool(unpack and suffix(name))
    target = f"{owner.folder}.{suffix(name)}" if archive else owner.file or f"{owner.folder}/{name}"
    folder, _, base = target.rpartition("/")
    sums = f"{target if archive or owner.file else owner.folder}.sha256"
    draft.files.append(
        (
            WriteFile(
                target,
                FromFile(draft.variable(owner.id, "", path, others=True)),
                comment=f"The content of {owner.title}",
            ),
            WriteFile(sums, line_of(draft.variable(owner.id, "sha256", known, others=True), f"  {_escaped(base)}\n")),
        )
    )
    return DeliveredContent("archive" if archive else "file", target, sums, folder, (name,), folder=owner.folder)


def shown(owner: Owner, content: Content) -> str:
    """What messages call content."""
    return content.path or f"the content of {owner.title}"


def suffix(name: str) -> str:
    """What tells that a file is an archive; empty: it is none."""
    match = _ARCHIVE.search(name)
    return match[1].lower() if match else ""


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _folder(draft: MachineDraft, owner: Owner, path: str, span: Span) -> DeliveredContent:
    package, label = draft.context.package, names.label(owner.id)
    prefix = f"{path.rstrip('/')}/" if path else ""
    files = package.files(path)
    inside = tuple(file.removeprefix(prefix) for file in files)
    for file in files:
        copy(draft, file, span)
        draft.sizes[file] = (package.size(file) + len(file), span)
    draft.locals.append(
        Attribute(
            f"{label}_content",
            {name: package.sha256(file) for name, file in zip(inside, files, strict=True)},
            comment=f"{draft.topology.file}: {owner.title}, content: file => its SHA-256 when this was generated.\n"
            "A changed line here means new machines; the machines compare what they received.",
            origin=span,
        )
    )
    known = Ref(f"local.{label}_content")
    root = module_path(content_root(draft), path.rstrip("/"))
    executables = tuple(n for n, file in zip(inside, files, strict=True) if package.is_executable(file))
    at = _name(draft.variable(owner.id, "content_root", root))
    of = _name(draft.variable(owner.id, "content", known))
    runnable = _name(draft.variable(owner.id, "executables", executables)) if executables else ""
    draft.files.append(
        (
            Loop(
                owner.folder,
                content=of,
                root=at,
                executables=runnable,
                comment=f"The content of {owner.title}: in base64, so that every byte arrives as it is",
            ),
            WriteFile(
                f"{owner.folder}.sha256", Checksums(of, plain=all(_PLAIN_NAME.fullmatch(name) for name in inside))
            ),
        )
    )
    draft.preconditions.append(
        unchanged(
            f"{path.rstrip('/')}/" if path else "the package",
            same(draft, owner.id, root, known, path),
        )
    )
    return DeliveredContent("folder", owner.folder, f"{owner.folder}.sha256", owner.folder, inside)


def _name(value: Value) -> str:
    """A template's variable by its name alone."""
    return str(value.parts[0]) if isinstance(value, Expr) else ""


def same(draft: MachineDraft, owner: str, root: Template, known: Ref, path: str) -> Value:
    """That the files are those that were compiled; and that there are no others, unless .gitignore has a word on it."""
    package = draft.context.package
    file = Template((*root.parts, "/", Expr(("name",))))
    changed = expr("alltrue([\n  for name, sha256 in ", known, " : ", call("filesha256", file), " == sha256\n])")
    if package.ruled(path.rstrip("/")):
        return changed
    there = f"{names.label(owner)}_files"
    comment = "What is there: of files that were not compiled, those that would be content."
    files = call("fileset", root, "**")
    junk = expr("!can(regex(", LEFT_OUT, ", name))")
    also = expr("(", junk, *_of_package(draft, owner, root), ")") if not path else junk
    kept = call("contains", call("keys", known), expr("name"))
    every = expr("toset([\n  for name in ", files, " : name\n  if ", kept, " || ", also, "\n])")
    draft.locals.append(Attribute(there, every, comment=comment))
    return expr(Ref(f"local.{there}"), " != toset(keys(", known, ")) ? false : ", changed)


def _of_package(draft: MachineDraft, owner: str, root: Template) -> tuple[Value, ...]:
    """What else is no content where it is the package itself."""
    left_out, outputs = f"{names.label(owner)}_left_out", f"{names.label(owner)}_outputs"
    text = "|".join(draft.context.package.stays())
    ours = expr("[for file in ", call("fileset", root, "**/.camp2iac.json"), ' : "${dirname(file)}/"]')
    draft.locals.append(Attribute(left_out, text, comment="What of the package is no content; and what is there else."))
    draft.locals.append(Attribute(outputs, ours))
    found = expr("regex(", Ref(f"local.{left_out}"), ", name)")
    within = expr("anytrue([for folder in ", Ref(f"local.{outputs}"), " : startswith(name, folder)])")
    return (" && !can(", found, ") && !", within)


def left_out() -> Attribute:
    """The local value for what is never content, once a module."""
    text = f"{never.STEERING}|{never.JUNK}"
    return Attribute(LEFT_OUT.address.removeprefix("local."), text, comment="What is never content, in any folder.")


def unchanged(what: str, condition: Value) -> Block:
    """The precondition that content is what was compiled."""
    return Block(
        "precondition",
        body=body(
            condition=condition,
            error_message=f"{what} has changed since this module was generated: run camp2iac synth, and review what it "
            "replaces.",
        ),
    )


def _fetched(draft: MachineDraft, owner: Owner, content: Content, *, unpack: bool) -> DeliveredContent | None:
    """Content that the machine fetches itself: from a repository, or over HTTP."""
    where = content.href.value if content.href else ""
    span = content.href.span if content.href else content.span
    digest = content.extensions.get("sha256")
    sha256 = digest.text.lower() if isinstance(digest, Scalar) else ""
    url, _, revision = where.removeprefix("git+").partition("#")
    if not _URL.fullmatch(url) or (revision and not _REVISION.fullmatch(revision)):
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP425",
                f"a machine cannot fetch the content of {owner.title}: {where}",
                span,
                label="not an address that machines know",
                help="write  href: https://...  of a file, an archive or a repository (https://.../NAME.git#REVISION)",
            )
        )
        return None
    git = where.startswith("git+") or url.endswith(".git")
    if not (_COMMIT.fullmatch(revision) if git else sha256):
        draft.context.diagnostics.add(
            Diagnostic(
                "CAMP427",
                f"nothing says what the content of {owner.title} must be: a machine takes whatever is there",
                span,
                severity=Severity.WARNING,
                help=f"write  href: {url}#COMMIT  with the commit's 40 digits"
                if git
                else "write beside href  sha256: DIGEST",
            )
        )
    name = url.split("?")[0].rstrip("/").rpartition("/")[2] or "content"
    archive = bool(unpack and suffix(name))
    draft.packages += ["git", "ca-certificates"] if git else ["curl", "ca-certificates"]
    if git:
        return DeliveredContent("git", owner.folder, "", "", (), url, "", revision)
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    target = f"{owner.folder}.{suffix(name)}" if archive else owner.file or f"{owner.folder}/{safe}"
    return DeliveredContent("archive" if archive else "file", target, "", "", (safe,), url, sha256, folder=owner.folder)


def reader(draft: MachineDraft, content: Content, sent: DeliveredContent) -> Callable[[str], bytes] | None:
    """What reads a file of content by its name on the machine; None where what is in it is not known here."""
    package, path = draft.context.package, content.path
    if not (sent.known or sent.packed) or path is None:
        return None
    folder = path.rpartition("/")[0] if path and package.is_file(path) else path.rstrip("/")
    return lambda name: package.read(f"{folder}/{name}" if folder else name)
