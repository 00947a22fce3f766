"""TOSCA service templates: the simple profile in YAML, as a file or in an archive (CSAR)."""

from __future__ import annotations

import re

from camp2iac import catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.importers import DraftPlan, ImportSource
from camp2iac.importers.archive import ArchiveFolder, open_archive
from camp2iac.importers.formats.tosca.applications import ToscaApplications
from camp2iac.importers.formats.tosca.components import Components
from camp2iac.importers.formats.tosca.document import ToscaDocument, read_document
from camp2iac.importers.formats.tosca.instances import Instances
from camp2iac.importers.formats.tosca.policies import add_policies
from camp2iac.importers.formats.tosca.values import ToscaValues
from camp2iac.importers.tiers import ImportedApplication, plain_name
from camp2iac.record import replace

_META = "TOSCA-Metadata/TOSCA.meta"
_ENTRY = re.compile(r"^Entry-Definitions:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


class Tosca:
    """Imports TOSCA service templates."""

    title = "TOSCA service templates"
    files = ("*.csar", "*.zip", "service-template.y*ml", "*.tosca", "*.yaml", "*.yml")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan; None after an error that ends the reading."""
        main = source.main[0]
        if main.lower().endswith((".csar", ".zip")):
            found = _archive(source, main)
            if found is None:
                return None
            source, main = found
        document = ToscaDocument()
        if not read_document(source, main, document):
            if not source.diagnostics.failed:
                source.diagnostics.add(_nothing(main, "it has no tosca_definitions_version"))
            return None
        plan = DraftPlan(plain_name(document.name or main.rpartition("/")[2].partition(".")[0], "application"))
        plan.description = " ".join(document.description.split())[:500]
        application, products = ImportedApplication(plan), catalogue.load()
        values = ToscaValues(document, plan)
        instances = Instances(document, application, products, values)
        instances.add()
        components = Components(source, document, application, products, values, instances)
        components.add()
        ToscaApplications(components).add()
        components.finish()
        add_policies(document, instances)
        for part in document.definitions:
            part.kept("the nodes of these types")
        for name, part in document.inputs.items():
            if name in values.used:
                part.changed("the values that use it", "the plan has its default, or needs no value")
            else:
                part.left_out("no part of the plan uses it")
        if not application.tiers:
            source.diagnostics.add(_nothing(main, "it has no nodes that run on instances"))
            return None
        return application.finish()


def _archive(source: ImportSource, name: str) -> tuple[ImportSource, str] | None:
    """The files of an archive, and the one to begin with."""
    data = source.folder.data(name)
    folder = open_archive(data, name, source.diagnostics) if data is not None else None
    if folder is None:
        return None
    main = _entry(folder, name)
    if main is None:
        return None
    return replace(source, folder=folder), main


def _entry(folder: ArchiveFolder, name: str) -> str | None:
    if folder.is_file(_META):
        text = (folder.data(_META) or b"").decode("utf-8", "replace")
        found = _ENTRY.search(text)
        if found is not None and folder.is_file(found[1]):
            return found[1]
    else:
        top = [
            each
            for each, is_folder in folder.package.children("")
            if not is_folder and each.endswith((".yaml", ".yml"))
        ]
        if len(top) == 1:
            return top[0]
    message = f"{short(name)} names no service template to begin with"
    help_ = f"write  Entry-Definitions: FILE  into {_META},  or put one YAML file at the top of the archive"
    folder.diagnostics.add(Diagnostic("CAMP774", message, help=help_))
    return None


def _nothing(main: str, why: str) -> Diagnostic:
    message = f"{short(main)} describes no application: {why}"
    return Diagnostic("CAMP773", message, help="import a service template with nodes such as tosca.nodes.Compute")


IMPORTER = Tosca()
