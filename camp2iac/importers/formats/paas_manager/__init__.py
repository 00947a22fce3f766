"""Environments (blueprints) of FIWARE's PaaS Manager: JSON and XML of its API, and its OVF documents of 2013."""

from __future__ import annotations

from camp2iac import catalogue
from camp2iac.camp.nodes import Node
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label
from camp2iac.importers import DraftPlan, ImportSource, SourcePart
from camp2iac.importers.formats.paas_manager import forms
from camp2iac.importers.formats.paas_manager.convert import convert
from camp2iac.importers.formats.paas_manager.environment import environments, read_environment
from camp2iac.importers.formats.paas_manager.ovf import envelope, read_ovf
from camp2iac.importers.formats.paas_manager.source import SourceEnvironment
from camp2iac.importers.xml import parse_xml


class PaasManager:
    """Imports environments of PaaS Manager."""

    title = "environments of PaaS Manager"
    files = ("*.ovf", "blueprint*.json", "blueprint*.xml", "environment*.json", "environment*.xml", "*.xml", "*.json")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan; None after an error that ends the reading."""
        document = source.document(source.main[0], parse=_parse)
        if document is None:
            return None
        found = SourceEnvironment()
        if envelope(document) is not None:
            read_ovf(document, found)
        else:
            part = _only(document, source.diagnostics)
            if part is None:
                return None
            read_environment(part, found)
        if not found.tiers:
            source.diagnostics.add(_nothing(document))
            return None
        return convert(found, catalogue.load())


def _parse(text: str, file: str, diagnostics: Diagnostics) -> Node | None:
    return (parse_xml if text.lstrip("\ufeff \t\r\n").startswith("<") else parse)(text, file, diagnostics)


def _only(document: SourcePart, diagnostics: Diagnostics) -> SourcePart | None:
    """The one environment of a document."""
    found = environments(document)
    if len(found) > 1:
        others = tuple(Label(each.span.start, _called(each)) for each in found[1:4])
        message = f"{document.file} has {len(found)} environments, and a plan is one application"
        help_ = "write one of them into a file of its own, and import that"
        first = Diagnostic("CAMP772", message, found[0].span.start, _called(found[0]), related=others, help=help_)
        diagnostics.add(first)
        return None
    return found[0] if found else document


def _called(part: SourcePart) -> str:
    name = forms.text(forms.find(part, "blueprintname")) or forms.text(forms.find(part, "name"))
    return f"the environment {name[:40]}".rstrip()


def _nothing(document: SourcePart) -> Diagnostic:
    return Diagnostic(
        "CAMP773",
        f"{document.file} describes no application: it has no tiers",
        document.span.start,
        "no tiers in this document",
        help="import a document with tiers, such as the answer of PaaS Manager for one environment",
    )


IMPORTER = PaasManager()
