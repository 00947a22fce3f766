"""Imports manifests of Cloud Foundry: ``manifest.yml``."""

from __future__ import annotations

import re

from camp2iac.catalogue import load as load_catalogue
from camp2iac.importers import systems
from camp2iac.importers.draft import DraftPlan
from camp2iac.importers.formats.cloudfoundry import applications
from camp2iac.importers.formats.cloudfoundry.state import ManifestState
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource

_NOT_NAME = re.compile(r"[^\w.-]+")
_OWN = ("version", "applications")


class CloudFoundryImporter:
    """The importer of manifests of Cloud Foundry."""

    title = "Cloud Foundry manifests"
    files = ("manifest.yml", "manifest.yaml")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan for all applications of the manifest."""
        document = source.document(source.main[0])
        if document is None:
            return None
        listed = document.get("applications")
        found = list(listed.items("a list of applications")) if listed is not None else []
        if not found:
            (listed or document).wrong("a manifest with a list of applications")
            return None
        plan = DraftPlan(_name(source, found))
        state = ManifestState(plan, load_catalogue(), source, document)
        for part in found:
            if not part.is_mapping:
                part.wrong("a mapping with the name of an application")
            else:
                applications.add(state, part)
        for each in state.applications:
            applications.finish(state, each)
        _rest(state)
        systems.choose(plan, [need for each in state.applications for need in each.wanted()], state.catalogue)
        if not plan.artifacts and not source.diagnostics.failed:
            document.refused(
                "no application of this manifest can be deployed: each is left out",
                help_="see the reasons with  camp2iac init  in the folder of the code",
            )
        return plan


def _name(source: ImportSource, found: list[SourcePart]) -> str:
    """The name of the plan: that of the only application, or of the folder."""
    if len(found) == 1:
        part = found[0].get("name")
        name = _NOT_NAME.sub("-", part.text()).strip("-.") if part is not None and part.is_scalar else ""
        if name:
            return name[:60]
    name = _NOT_NAME.sub("-", source.folder.root.resolve().name).strip("-.")
    return name[:60] or "application"


def _rest(state: ManifestState) -> None:
    """Record what is at the top: values for all applications, in manifests of older releases."""
    for key, part in state.document.entries():
        if part.has_fate:
            continue
        if key == "version":
            part.kept("nothing: it names the format")
        elif key.startswith("x-") or key == "---":
            part.kept("nothing: it has no meaning of its own")
        elif key == "inherit":
            part.left_out("Cloud Foundry does not read it any more", "write the values of the other file here")
        elif key not in _OWN:
            part.left_out("Cloud Foundry has no such key, or it is an anchor for other parts")


IMPORTER = CloudFoundryImporter()
