"""How content of the plan gets onto a machine: handed to it when it is made, or fetched from the object store."""

from __future__ import annotations

import hashlib

from camp2iac.camp.model import Content
from camp2iac.record import replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Attribute, Block, Document, Ref, Value, call, expr, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import content as contents
from camp2iac.targets.openstack.machine import objects
from camp2iac.targets.openstack.machine.archive import pack
from camp2iac.targets.openstack.machine.content import DeliveredContent, Owner
from camp2iac.targets.openstack.machine.draft import MachineDraft, line_of, module_path


def deliver(draft: MachineDraft, owner: Owner, content: Content, *, unpack: bool) -> DeliveredContent | None:
    """Add content to a machine; None (and a diagnostic) where that cannot be.

    ``unpack``: an archive is unpacked on the machine, as the content is to be a folder there.
    """
    if content.path is None and content.data is None:
        return contents.send(draft, owner, content, unpack=unpack)
    draft.contents[owner.id] = _size(draft, content)
    if owner.id not in draft.stored:
        return contents.send(draft, owner, content, unpack=unpack)
    made = store(draft, owner, content, unpack=unpack)
    if made is None:
        return None
    sent, digest, blocks = made
    draft.objects += blocks
    draft.packages += ["curl", "ca-certificates"]
    at = f"{sent.path}.url"
    url = draft.variable(owner.id, "url", objects.url(blocks[0].labels[1]), others=True)
    about = f"Where the content of {owner.title} is fetched: nobody else may know"
    draft.files.append((WriteFile(at, line_of('url = "', url, '"\n'), permissions="0600", comment=about),))
    return replace(sent, url_file=at, sha256=digest)


def store(
    draft: MachineDraft, owner: Owner, content: Content, *, unpack: bool
) -> tuple[DeliveredContent, str, list[Block]] | None:
    """Content in the object store: how a machine finds it, its SHA-256, and the blocks, the object's first.

    Its SHA-256 is a local value, and in the object's name.
    """
    package, label, file = draft.context.package, names.label(owner.id), draft.topology.file
    path = content.path or ""
    if content.data is None and not contents.writable(draft, owner, path, content.span):
        return None
    what = f"{file}: {owner.title}, content"
    known = Ref(f"local.{label}_sha256")
    if content.data is not None or (path and package.is_file(path)):
        name = path.rpartition("/")[2] or owner.id
        place, data, checks = _file(draft, owner, content, known)
        sent = _single(owner, name, unpack=unpack)
    else:
        files = _files(draft, path)
        place, data, checks = _packed(draft, owner, content, files, known)
        name = f"{owner.id}.tar"
        inside = tuple(name for name, _ in files)
        sent = DeliveredContent("archive", f"{owner.folder}.tar", "", "", inside, folder=owner.folder, packed=True)
    digest = hashlib.sha256(data).hexdigest()
    comment = f"{what}: the SHA-256 of what machines fetch, when this was generated"
    draft.locals.append(Attribute(f"{label}_sha256", digest, comment=comment, origin=content.span))
    suffix = contents.suffix(name)
    object_ = template(f"{owner.id}/", known, f".{suffix}" if suffix else "")
    blocks = objects.archive(f"{label}_content", object_, place, what, content.span, checks)
    return sent, digest, blocks


def _single(owner: Owner, name: str, *, unpack: bool) -> DeliveredContent:
    if unpack and contents.suffix(name):
        return DeliveredContent(
            "archive", f"{owner.folder}.{contents.suffix(name)}", "", "", (name,), folder=owner.folder
        )
    return DeliveredContent("file", owner.file or f"{owner.folder}/{name}", "", "", (name,), packed=True)


def _file(draft: MachineDraft, owner: Owner, content: Content, known: Ref) -> tuple[Value, bytes, list[Block]]:
    """One file as it is: where it is read from, its bytes, and that they are those which were compiled."""
    if content.data is not None:
        place, data = f"content/{owner.id}", content.data
        draft.documents.append(Document(place, data, origin=content.span))
        path = module_path(place)
    else:
        contents.copy(draft, content.path or "", content.span)
        path = module_path(contents.content_root(draft), content.path or "")
        data = draft.context.package.read(content.path or "")
    same = expr(call("filesha256", path), " == ", known)
    return path, data, [contents.unchanged(contents.shown(owner, content), same)]


def _packed(
    draft: MachineDraft, owner: Owner, content: Content, files: list[tuple[str, str]], known: Ref
) -> tuple[Value, bytes, list[Block]]:
    """A folder as an archive; where it is, its bytes, and that folder and archive are those which were compiled."""
    package, label, path = draft.context.package, names.label(owner.id), content.path or ""
    data, place = pack(package, files), f"archives/{owner.id}.tar"
    draft.documents.append(Document(place, data, origin=content.span))
    here = module_path(place)
    checks = []
    if draft.context.content_root is not None:
        draft.locals.append(
            Attribute(
                f"{label}_content",
                {name: package.sha256(file) for name, file in files},
                comment=f"{draft.topology.file}: {owner.title}, content: file => its SHA-256 when this was generated.\n"
                f"{place} holds just these files.",
                origin=content.span,
            )
        )
        root = module_path(contents.content_root(draft), path.rstrip("/"))
        same = contents.same(draft, owner.id, root, Ref(f"local.{label}_content"), path)
        checks.append(contents.unchanged(f"{path.rstrip('/')}/" if path else "the package", same))
    same = expr("try(", call("filesha256", here), ', "") == ', known)
    return here, data, [*checks, contents.unchanged(place, same)]


def _files(draft: MachineDraft, path: str) -> list[tuple[str, str]]:
    prefix = f"{path.rstrip('/')}/" if path else ""
    return [(file.removeprefix(prefix), file) for file in draft.context.package.files(path)]


def _size(draft: MachineDraft, content: Content) -> int:
    package, path = draft.context.package, content.path or ""
    if content.data is not None:
        return len(content.data)
    return sum(package.size(file) for file in ((path,) if package.is_file(path) else package.files(path)))
