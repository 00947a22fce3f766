"""Imports applications of Heroku: ``app.json``, ``Procfile``, ``heroku.yml``, ``project.toml``.

``.heroku`` in the folder of the source can have the Heroku CLI's description of an app that runs: see :mod:`.running`.
"""

from __future__ import annotations

import re

from camp2iac.catalogue import load as load_catalogue
from camp2iac.importers import code, systems
from camp2iac.importers.draft import DraftPlan, DraftValue
from camp2iac.importers.formats.heroku import addons, builds, config, files, processes, running
from camp2iac.importers.formats.heroku.reasons import rest
from camp2iac.importers.formats.heroku.state import HerokuSource
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource

_NOT_NAME = re.compile(r"[^\w.-]+")


class HerokuImporter:
    """The importer of applications of Heroku."""

    title = "Heroku applications"
    files = files.FILES
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan for the application, and the environment file for Heroku."""
        documents = files.documents(source)
        if documents is None:
            return None
        found = code.find(source.folder.root, "", load_catalogue())
        first = next(iter(documents.values()))
        if found is None:
            first.refused(
                f"camp2iac does not recognise the code beside {first.file}, or does not know what to run",
                help_="see  camp2iac init  in its folder",
            )
            return None
        plan = DraftPlan(_name(source, documents), withheld=[files.FOLDER])
        web = found.web
        id_ = plan.id_for("web" if web else "worker")
        artifact, service = code.artifact(found, id_, ""), code.service(found, id_, load_catalogue())
        artifact.why = f"{first.file}: {found.title}"
        plan.artifacts.append(artifact)
        plan.services.append(service)
        plan.steps += found.steps("")
        state = HerokuSource(plan, load_catalogue(), documents, found, artifact, service)
        _describe(state)
        running.read(state)
        addons.read(state)
        processes.read(state)
        _expose(state)
        config.read(state)
        builds.read(state)
        rest(state)
        for key in [key for key, value in state.settings.items() if value in ({}, [])]:
            del state.settings[key]
        if "app" in state.adopted:
            state.settings["adopt"] = {id_: {key: value for key, value in state.adopted.items() if value}}
        plan.environments["heroku"] = state.settings
        systems.choose(plan, [found.wanted(id_)], state.catalogue)
        return plan


def _name(source: ImportSource, documents: dict[str, SourcePart]) -> str:
    """The name of the plan: that of the app that runs, of app.json, or of the folder."""
    for file, keys in ((files.APPS, ("app", "name")), (files.APP, ("name",)), (files.PROJECT, ("_", "name"))):
        part = documents.get(file)
        for key in keys:
            part = part.get(key) if part is not None else None
        name = _NOT_NAME.sub("-", part.text()).strip("-.") if part is not None and part.is_scalar else ""
        if name:
            return name[:60]
    return _NOT_NAME.sub("-", source.folder.root.resolve().name).strip("-.")[:60] or "application"


def _describe(state: HerokuSource) -> None:
    name, words = state.value(files.APP, "name"), state.value(files.APP, "description")
    if name is not None:
        name.text("a name")
        if state.running:
            name.kept("nothing: the plan has the name of the app that runs")
        else:
            name.kept("the name of the plan")
    if words is not None:
        state.plan.description = words.text("a description")[:500]
        words.kept("the description of the plan")


def _expose(state: HerokuSource) -> None:
    """Make the application public, if it has a process that answers requests."""
    if not state.code.web:
        return
    product = state.code.application.product
    values: dict[str, DraftValue] = {"port": state.code.port or state.catalogue[product].port or 8080}
    values |= {"as": 80, "public": True}
    state.artifact.requirement("org.camp2iac:Expose").values = values


IMPORTER = HerokuImporter()
