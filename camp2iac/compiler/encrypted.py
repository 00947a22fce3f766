"""Environment files that ``sops`` encrypted. See docs/adr/0059-encrypted-environment-files.md.

Outputs are committed, so nothing that was encrypted may be in one. What is encrypted here is either a value of
``parameters``, whose Terraform variable then has no value in the output, or ``target``, which is not secret. The
plaintext does not leave this module: nothing later can show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from camp2iac.camp import yaml
from camp2iac.camp.model import PlanDocument
from camp2iac.camp.nodes import Mapping as YamlMapping
from camp2iac.camp.nodes import MappingEntry, Node, Scalar
from camp2iac.camp.nodes import Sequence as YamlSequence
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.diagnostics.fix import advice
from camp2iac.diagnostics.suggest import listed, short
from camp2iac.record import Record, field, replace
from camp2iac.targets import registry
from camp2iac.topology.declarations import parameters
from camp2iac.topology.substitution import Given, values

KEY = "sops"
_SECTION = "parameters"
_TARGET = ("target",)
_ENCRYPTED = re.compile(r"ENC\[AES256_GCM,data:[^,\]]*,iv:[^,\]]*,tag:[^,\]]*,type:\w+\]")
_TOP_LEVEL = re.compile(rb"^(?:sops|\"sops\"|'sops')[ \t]*:", re.MULTILINE)
_MOST = 5  # labels

Path: TypeAlias = "tuple[str, ...]"


class OpenedEnvironment(Record, frozen=True):
    """An environment file. ``values``: what camp2iac may know. ``encrypted``: the entries of ``parameters`` that are
    encrypted, as they are in the file.
    """

    values: YamlMapping
    encrypted: Mapping[str, MappingEntry] = field(default_factory=dict)


def is_encrypted(values: YamlMapping) -> bool:
    """Whether ``sops`` encrypted a file: it has its key, with the MAC and the version."""
    given = values.get(KEY)
    return isinstance(given, YamlMapping) and all(isinstance(given.get(key), Scalar) for key in ("mac", "version"))


def opened(
    values_: YamlMapping, data: bytes, shown: str, plan: PlanDocument, diagnostics: Diagnostics
) -> OpenedEnvironment | None:
    """What camp2iac may know of an environment file. Other files stay as they are.

    None after reporting that ``sops`` is missing (CAMP169) or fails (CAMP170), or that an encrypted value would be in
    the output (CAMP171). CAMP602: a value that its parameter cannot have, without the value.
    """
    if not is_encrypted(values_):
        return OpenedEnvironment(values_)
    found = {path: node for path, node in _leaves(values_.without(KEY), ()) if _ENCRYPTED.fullmatch(node.text)}
    refused = {path: node for path, node in found.items() if path != _TARGET and not _is_parameter(path)}
    if refused:
        diagnostics.add(_refused(refused))
    plain = _decrypted(values_, data, shown, diagnostics)
    if plain is None or refused:
        return None
    given = values_.without(KEY)
    if _TARGET in found:
        name = plain[_TARGET].text
        if registry.find(name) is None:  # only the name of a platform is public
            diagnostics.add(_no_target(found[_TARGET].span))
            return None
        given = _with(given, "target", replace(found[_TARGET], value=name, text=name))
    section = given.get(_SECTION)
    names = [path[1] for path in found if _is_parameter(path)]
    if not isinstance(section, YamlMapping) or not names:
        return OpenedEnvironment(given)
    _check({name: plain[_SECTION, name] for name in names}, section, plan, diagnostics)
    return OpenedEnvironment(
        _with(given, _SECTION, section.without(*names)), {name: section.entries[name] for name in names}
    )


def without_fixes(data: bytes, shown: str, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The same diagnostics without edits of an encrypted file: only ``sops`` can change it, because of its MAC."""
    if not _TOP_LEVEL.search(data):
        return diagnostics
    return [
        replace(each, fixes=(), help=each.help or advice(each.fixes))
        if any(fix.replaces is not None and fix.replaces.file == shown for fix in each.fixes)
        else each
        for each in diagnostics
    ]


def _is_parameter(path: Path) -> bool:
    return len(path) == 2 and path[0] == _SECTION


def _with(values_: YamlMapping, key: str, node: Node) -> YamlMapping:
    return replace(values_, entries={**values_.entries, key: MappingEntry(values_.key(key), node)})


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    """Each value below a node, with its keys. Items of lists have their number from 1."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, YamlSequence):
        for number, item in enumerate(node.items, 1):
            yield from _leaves(item, (*path, str(number)))
    else:
        for name, entry in node.entries.items():
            yield from _leaves(entry.value, (*path, name))


def _decrypted(values_: YamlMapping, data: bytes, shown: str, diagnostics: Diagnostics) -> dict[Path, Scalar] | None:
    """The decrypted values by their keys; None after CAMP169 or CAMP170."""
    from camp2iac.compiler import sops

    place = values_.key(KEY).span
    if _vaults(values_[KEY]):
        diagnostics.add(_failed(shown, values_, "camp2iac does not let a file choose the server that gets your token"))
        return None
    try:
        text = sops.decrypt(data).decode("utf-8")
    except sops.SopsMissingError:
        diagnostics.add(
            Diagnostic(
                "CAMP169",
                f"{short(shown, 200)} is encrypted by sops, and sops is not on the PATH",
                place,
                label="only sops can decrypt this file",
                help="install sops (https://getsops.io), and give it the key as for  sops decrypt",
            )
        )
        return None
    except sops.SopsError as problem:
        diagnostics.add(_failed(shown, values_, str(problem)))
        return None
    except UnicodeDecodeError:
        diagnostics.add(_failed(shown, values_, "it did not return UTF-8"))
        return None
    node = yaml.parse(text, shown, Diagnostics())  # its errors would quote the plaintext
    found = dict(_leaves(node, ())) if isinstance(node, YamlMapping) else {}
    if found.keys() != dict(_leaves(values_.without(KEY), ())).keys():
        diagnostics.add(_failed(shown, values_, "it did not return the keys of the file"))
        return None
    return found


def _vaults(node: Node) -> bool:
    """Whether the file names a server of HashiCorp Vault, also in its ``key_groups``: it would get the user's token."""
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at, YamlMapping):
            if isinstance(given := at.get("hc_vault"), YamlSequence | YamlMapping) and len(given):
                return True
            waiting += [entry.value for entry in at.entries.values()]
        elif isinstance(at, YamlSequence):
            waiting += at.items
    return False


def _failed(shown: str, values_: YamlMapping, why: str) -> Diagnostic:
    return Diagnostic(
        "CAMP170",
        f"sops cannot decrypt {short(shown, 200)}",
        values_.key(KEY).span,
        label="the keys of this file",
        notes=(f"sops: {why}",),
        help=f"try  sops decrypt {short(shown, 200)}  and correct what it reports",
    )


def _refused(found: Mapping[Path, Scalar]) -> Diagnostic:
    """CAMP171 for values of keys that end up in the output."""
    names = [".".join(path) for path in found]
    first, *others = found.values()
    labels = tuple(Label(each.span, "and this") for each in others[: _MOST - 1])
    more = len(names) - _MOST
    shown = listed(names[:_MOST]) if more <= 0 else f"{', '.join(names[:_MOST])} and {more} more"
    return Diagnostic(
        "CAMP171",
        f"the output would contain in clear what is encrypted: {shown}",
        first.span,
        label="camp2iac must know this value, and writes it into the output",
        related=labels,
        help="encrypt only values of parameters, for example with\n"
        "sops encrypt --in-place --encrypted-regex '^(NAME|OTHER)$' FILE",
    )


def _no_target(span: Span) -> Diagnostic:
    return Diagnostic(
        "CAMP604",
        "the encrypted target is not the name of a platform",
        span,
        label="no target has this name",
        help=f"the targets are {listed(registry.names())}; change it with  sops edit",
    )


def _check(plain: Mapping[str, Scalar], section: YamlMapping, plan: PlanDocument, diagnostics: Diagnostics) -> None:
    """CAMP602: a value that its parameter cannot have."""
    declared = values.read(plan, Given(), Diagnostics()).declared
    for name, value in plain.items():
        parameter = declared.get(name)
        if parameter is None:
            continue  # CAMP601
        fault = parameters.unfit(parameter, value.text if parameter.type == "string" else value.value)
        if fault:
            diagnostics.add(
                Diagnostic(
                    "CAMP602",
                    f"the encrypted value of parameter {name} is not {fault}",
                    section[name].span,
                    label=f"{fault} belongs here",
                    related=(Label(parameter.span, "declared here"),),
                    help="change it with  sops edit",
                )
            )
