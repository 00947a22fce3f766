"""An artifact's content: ``href`` (a path in the package, ``pdp:!`` for the package itself, or a URL) or ``data``."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from camp2iac.camp import edits, roots
from camp2iac.camp.fields import Fields
from camp2iac.camp.model import Content, LocatedText
from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.camp.package import Package
from camp2iac.camp.travelling import judge
from camp2iac.diagnostics import Diagnostic, Fix, Span
from camp2iac.diagnostics.suggest import choices, nearest, short
from camp2iac.record import replace

CONTENT = ("href", "data")
WHOLE = "pdp:!"
_DIGEST = r"[0-9A-Fa-f]{64}"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IMAGE = r"docker://[^/@]+@sha[0-9]+:"  # an image of Docker Hub: what follows the @ is a digest
_MOST_COMPARED = 5_000  # names in a folder
_MOST_FAULTS = 100  # after which there are no suggestions: a plan with more has another problem


def read_content(fields: Fields, package: Package) -> Content | None:
    """The content of an artifact, checked against the package.

    None if ``content`` cannot be read (CAMP123, CAMP124, CAMP125). Content that does not exist or cannot be used
    (CAMP211 to CAMP214) becomes empty data, so that the rest of the artifact is checked too.
    """
    node = fields.required("content", "{ href: web/ }")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        text = short(node.text, 40) if isinstance(node, Scalar) else "web/"
        fields.wrong("content", node, "a mapping with href or data", f"write  content: {{ href: {text} }}")
        return None
    own = Fields(node, f"the content of {fields.owner}", "content", CONTENT, fields.diagnostics)
    href, data = own.node.get("href"), own.node.get("data")
    if (href is None) == (data is None):
        fields.diagnostics.add(_neither_or_both(fields, node, package))
        return None
    extensions = own.extensions()
    if data is not None:
        inline = own.as_text("data", data)
        if inline is None:
            return None
        made = roots.above(Content(None, _decode(inline, own), None, extensions, node.span), own, package)
        return _verified(made, fields, package)
    named = own.as_text("href", href)
    if named is None:
        return None
    if not named.value.strip():
        fields.diagnostics.add(_neither_or_both(fields, node, package))
        return None
    href_ = _Href(named, fields, package)
    read = roots.above(href_.read(extensions, node.span), own, package)
    fields.diagnostics.extend(href_.judged(read))
    return _verified(read, fields, package)


def _verified(content: Content, fields: Fields, package: Package) -> Content:
    """The content, checked against the extension ``sha256`` if it is a file of the package or data (CAMP219)."""
    wanted = content.extensions.get("sha256")
    if not isinstance(wanted, Scalar):
        return content
    if content.path and package.is_file(content.path):
        what, found = short(content.path), package.sha256(content.path)
    elif content.data:
        what, found = "the data", hashlib.sha256(content.data).hexdigest()
    else:
        return content
    if wanted.text.lower() != found:
        fields.diagnostics.add(
            Diagnostic(
                "CAMP219",
                f"the content of {fields.owner} does not match its sha256",
                wanted.span,
                "not the SHA-256 of the content" if re.fullmatch(_DIGEST, wanted.text) else "not 64 hexadecimal digits",
                context=(fields.place,),
                notes=(f"the SHA-256 of {what} is {found}", f"the plan requires {short(wanted.text, 70)}"),
                help=f"replace the content with the right one, or if you changed it, write  sha256: {found}",
                fixes=(Fix(f"sha256: {found}", wanted.span, edits.word(found)),),
            )
        )
    return replace(content, verified=True)


def _neither_or_both(fields: Fields, node: Mapping, package: Package) -> Diagnostic:
    both = "href" in node and "data" in node
    label, help_ = "expected href or data", "write  content: { href: PATH }"
    span = fields.node.key("content").span
    first = next(iter(node.entries), "")
    fixes: tuple[Fix, ...] = ()
    if both:
        label, help_ = "not allowed with href", "remove href or data"
        span = node.key("data").span
    elif "href" in node:
        label, span, help_ = "no value", node.key("href").span, "write  href: PATH"
    elif len(node) == 1 and isinstance(node[first], Scalar) and node[first].plain is None:
        label, span = "a path without href:", node.key(first).span
        there = package.is_file(first) or package.is_folder(first.rstrip("/"))
        fixes = edits.value(span, first, sure=there, write=f"content: {{ href: {short(first)} }}")
        fixes = tuple(replace(fix, text=f"href: {fix.text}") for fix in fixes)
    elif (near := nearest("href", node.entries) or nearest("data", node.entries)) is not None:
        span, meant = node.key(near).span, "data" if nearest("data", [near]) else "href"
        label, fixes = f"did you mean {meant}?", edits.key(span, near, meant, sure=meant not in node)
    return Diagnostic(
        "CAMP125",
        f"the content of {fields.owner} has both href and data"
        if both
        else f"the content of {fields.owner} has neither href nor data",
        span=span,
        label=label,
        context=(fields.place,),
        help="" if fixes else help_,
        fixes=fixes,
    )


def _decode(text: LocatedText, own: Fields) -> bytes:
    packed = "".join(text.value.split())
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        own.diagnostics.add(
            Diagnostic(
                "CAMP126",
                f"the data of {own.owner.removeprefix('the content of ')} is not base64",
                span=text.span if text.span.line == text.span.end_line else own.node.key("data").span,
                label="used as plain text",
                notes=("data is base64 in CAMP; other platforms reject or misread plain text",),
                help="write the output of  base64 FILE,  or put the file beside the plan and write  href: FILE",
            )
        )
        return text.value.encode("utf-8", "surrogatepass")


_ALONE = "name the plan's file or its folder instead of -"
_PACKAGED = "a plan and its content must work as a package, without files outside it"


class _Href:
    def __init__(self, named: LocatedText, fields: Fields, package: Package) -> None:
        self.named, self.fields, self.package = named, fields, package
        self.missing = ""

    def read(self, extensions: Mapping, span: Span) -> Content:
        written = self.named.value.strip()
        fault: Diagnostic | None
        path: str | None = None
        if written == WHOLE:
            path, fault = "", self._lonely(written) if self.package.alone else None
            self._report_empty(path, written)
        elif _SCHEME.match(written) and not re.match(r"[A-Za-z]:[\\/]", written):
            fault = self._uri(written)
        else:
            path, fault = self._path(written)
        if fault is not None:
            self.fields.diagnostics.add(fault)
            return Content(None, b"", None, extensions, span)
        return Content(self.named, None, path, extensions, span)

    def judged(self, content: Content) -> Iterable[Diagnostic]:
        """The warnings about the files of the content."""
        if content.path is None:
            return ()
        return judge(self.package, content.path, self.fields.owner, self.named.span, self._name())

    def _fault(self, code: str, message: str, label: str, help_: str, notes: tuple[str, ...] = ()) -> Diagnostic:
        return Diagnostic(code, message, self.named.span, label, context=(self._name(),), notes=notes, help=help_)

    def _href(self, path: str, *, sure: bool) -> tuple[Fix, ...]:
        return edits.value(self.named.span, path, sure=sure, write=f"href: {path}")

    def _name(self) -> Span:
        node = self.fields.node
        return node.key("name").span if "name" in node else self.fields.place

    def _uri(self, uri: str) -> Diagnostic | None:
        owner = self.fields.owner
        try:
            parts = urlsplit(uri)
            credentials = parts.password is not None or (parts.username is not None and parts.scheme != "ssh")
        except ValueError:
            return self._fault(
                "CAMP213",
                f"the content of {owner} is not a valid URL: {short(uri)}",
                "not a URL",
                "write a URL such as  https://HOST/PATH",
            )
        if parts.scheme.lower() == "file":
            path = parts.path.lstrip("/") or "PATH"
            return self._fault(
                "CAMP213",
                f"the content of {owner} is a file on your machine: {short(uri)}",
                "this URL is not valid on other machines",
                f"put the file beside the plan and write  href: {short(posixpath.basename(path) or path)}",
                (_PACKAGED,),
            )
        if credentials and not re.match(_IMAGE, uri):
            clean = uri.replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)
            fault = self._fault(
                "CAMP214",
                f"the URL of {owner}'s content contains a user name or password",
                "everyone who reads the plan can read this",
                f"write  href: {short(clean, 100)}  and give the platform access to it",
            )
            return replace(fault, fixes=self._href(clean, sure=False))
        return None

    def _path(self, written: str) -> tuple[str | None, Diagnostic | None]:
        owner, base = self.fields.owner, posixpath.basename(self.named.span.file) or self.named.span.file
        decoded = unquote(written.split("#")[0].split("?")[0]) if "%" in written else written
        if not self.package.is_file(decoded) and not self.package.is_folder(decoded.rstrip("/")) and "%" not in written:
            decoded = written.split("#")[0].split("?")[0]
        absolute = decoded.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", decoded) is not None
        path = posixpath.normpath(decoded) if decoded else "."
        if absolute or path == ".." or path.startswith("../") or "\\" in decoded or not decoded.isprintable():
            inside = re.sub(r"^(?:[A-Za-z]:)?[\\/]+", "", decoded).replace("\\", "/")
            inside = re.sub(r"^(?:\.\.?/)+", "", inside) or "PATH"
            if absolute or ".." in inside.split("/"):
                inside = posixpath.basename(inside.rstrip("/")) or "PATH"
            leads = f"above the folder of {base}"
            if absolute:
                leads = "an absolute path"
            elif "\\" in decoded:
                leads = "write / between folders"
            return None, self._fault(
                "CAMP212",
                f"the content of {owner} is outside the plan's folder: {short(written)}",
                leads,
                _ALONE if self.package.alone else f"put the file beside {base} and write  href: {short(inside)}",
                (_PACKAGED,),
            )
        path = "" if path == "." else path
        folder = decoded.endswith("/") or not path
        if not folder and self.package.is_file(path):
            return path, None
        if self.package.is_folder(path):
            self._report_empty(path, written)
            return path, None
        if self.package.leaves(path):
            return None, self._fault(
                "CAMP212",
                f"the content of {owner} is outside the plan's folder: {short(written)}",
                "a link out of the folder",
                "replace the link with the file",
                (_PACKAGED,),
            )
        return None, self._absent(written, path, base)

    def _report_empty(self, path: str, written: str) -> None:
        if not self.package.files(path) and not self.package.alone:
            message = f"the content of {self.fields.owner} has no files: {short(written)}"
            label = "empty, or .gitignore excludes all of it"
            help_ = "put the application's files in this folder, or change .gitignore"
            self.fields.diagnostics.add(self._fault("CAMP215", message, label, help_))

    def _lonely(self, written: str) -> Diagnostic:
        message = f"the content of {self.fields.owner} does not exist: {short(written)}"
        return self._fault("CAMP211", message, "a plan from standard input has no files beside it", _ALONE)

    def _absent(self, written: str, path: str, base: str) -> Diagnostic:
        if self.package.alone:
            return self._lonely(written)
        names = _beside(self.package, path)
        near = _near(path, names, len(self.fields.diagnostics.items))
        fixes: tuple[Fix, ...] = ()
        if near is not None:
            near += "/" if self.package.is_folder(near) else ""
            fixes = self._href(near, sure=edits.same_name(path, near))
            help_ = f"write  href: {near}"
        else:
            few = len(names) <= _MOST_COMPARED and len(self.fields.diagnostics.items) <= _MOST_FAULTS
            folders = {name for name in names if self.package.is_folder(name)}
            empty = {name for name in folders if few and not self.package.files(name)}
            shown = [name + "/" if name in folders else name for name in names if name not in empty]
            listing = choices(path, shown)
            help_ = f"create it, or write one of {listing}" if listing else "create it"
        label = f"no such file or folder beside {base}"
        if self.package.is_file(path):
            label = "this is a file, but / at the end means a folder"
            help_, fixes = "", self._href(path, sure=True)
        missing = self._fault(
            "CAMP211", f"the content of {self.fields.owner} does not exist: {short(written)}", label, help_
        )
        return replace(missing, fixes=fixes)


def _beside(package: Package, path: str) -> list[str]:
    """The names in the folder of a path, or in the nearest folder above it that exists."""
    folder = ""
    for part in posixpath.dirname(path).split("/"):
        deeper = f"{folder}/{part}" if folder else part
        if not package.is_folder(deeper):
            break
        folder = deeper
    prefix = f"{folder}/" if folder else ""
    names = (name for name, is_folder in package.children(folder) if is_folder is not None)
    return [prefix + name for name in names if name[0] != "." and (prefix or not name.startswith("camp."))]


def _near(path: str, names: list[str], faults: int) -> str | None:
    """The one name whose last part is similar: ``db/schema.sql`` for ``db/shema.sql``."""
    if len(names) > _MOST_COMPARED or faults > _MOST_FAULTS:
        return None
    by_last = {posixpath.basename(name): name for name in names}
    found = nearest(posixpath.basename(path), by_last)
    return by_last[found] if found is not None else None
