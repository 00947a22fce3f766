"""How the Heroku CLI describes an app that runs: its name, place, owner and domains.

The files are those that ``heroku COMMAND --json`` prints: ``apps:info``, ``config``, ``addons``, ``ps``, ``domains``.
Their items are those of the Platform API: devcenter.heroku.com/articles/platform-api-reference.
"""

from __future__ import annotations

import re

from camp2iac.importers.draft import DraftValue
from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.state import HerokuSource, setting

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,28}[a-z0-9]")
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_REGION = re.compile(r"[a-z][a-z-]*")
_PIPELINE = re.compile(r"[a-z][a-z0-9-]{2,29}")
_STAGES = ("test", "review", "development", "staging", "production")
_REPOSITORY = re.compile(r"https?://github\.com/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?")


def read(state: HerokuSource) -> None:
    """The settings that describe the app in the environment file for Heroku."""
    if state.running:
        _app(state)
        _pipeline(state)
    _domains(state)
    _review_apps(state)


def _app(state: HerokuSource) -> None:
    name = state.value(files.APPS, "app", "name")
    text = name.text("the name of an app") if name is not None else ""
    if name is None or not _NAME.fullmatch(text):
        document = state.documents[files.APPS]
        (name or document).wrong("what  heroku apps:info --json  prints, with the name of the app")
        return
    state.settings["app"] = state.adopted["app"] = text
    name.kept(setting("app"))
    region = state.value(files.APPS, "app", "region", "name")
    if region is not None and _REGION.fullmatch(region.text("a region")):
        state.settings["region"] = region.text()
        region.kept(setting("region"))
    team = state.value(files.APPS, "app", "team", "name")
    if team is not None and not team.empty:
        state.settings["team"] = team.text("a team")
        team.kept(setting("team"))
    _space(state)


def _space(state: HerokuSource) -> None:
    name = state.value(files.APPS, "app", "space", "name")
    if name is None or name.empty or not name.text("a space"):
        return
    found: dict[str, DraftValue] = {"name": name.text()}
    shield = state.value(files.APPS, "app", "space", "shield")
    if shield is not None and shield.plain is True:
        found["shield"] = True
        shield.kept(setting("space"))
    generation = state.value(files.APPS, "app", "generation", "name") or state.value(files.APPS, "app", "generation")
    if generation is not None and generation.is_scalar and generation.text() == "fir":
        found["generation"] = "fir"
        generation.kept(setting("space"))
    state.settings["space"] = found if len(found) > 1 else name.text()
    name.kept(setting("space"))


def _pipeline(state: HerokuSource) -> None:
    coupling = state.value(files.APPS, "pipeline_coupling")
    name = state.value(files.APPS, "pipeline_coupling", "pipeline", "name")
    stage = state.value(files.APPS, "pipeline_coupling", "stage")
    if coupling is None or name is None or stage is None:
        return
    if _PIPELINE.fullmatch(name.text("a pipeline")) and stage.text("a stage") in _STAGES:
        state.settings["pipeline"] = {"name": name.text(), "stage": stage.text(), "existing": True}
        id_ = coupling.get("id")
        if id_ is not None and UUID.fullmatch(id_.text("an id")):
            state.adopted["coupling"] = id_.text("an id")
        coupling.kept(setting("pipeline"))
    else:
        coupling.left_out("an environment file has other names for pipelines", "write  pipeline  in it")


def _domains(state: HerokuSource) -> None:
    document = state.documents.get(files.DOMAINS)
    hosts: list[DraftValue] = []
    for item in document.items("the list that  heroku domains --json  prints") if document is not None else ():
        host, kind = item.get("hostname"), item.get("kind")
        text = host.text("a host name") if host is not None else ""
        if host is None or not _HOST.fullmatch(text):
            (host or item).wrong("a domain with its hostname")
        elif kind is not None and kind.text() == "heroku":
            host.kept("nothing: Heroku gives each app this name")
        elif text not in hosts:
            hosts.append(text)
            host.kept(setting("domains"))
        item.kept("nothing: it is about the domain as it is now")
    if hosts:
        state.listing("domains").extend(hosts)
        state.adopted["domains"] = hosts
        state.plan.steps.append(
            "on other platforms: write the domains as  hosts  in org.camp2iac:Expose, and move their DNS records last"
        )


def _review_apps(state: HerokuSource) -> None:
    """Review apps: Heroku creates them from ``app.json``, if a pipeline is connected to the repository."""
    part = state.value(files.APP, "environments")
    if part is None:
        return
    why = "Heroku reads it in app.json when it creates such an app"
    pipeline, url = state.settings.get("pipeline"), state.value(files.APP, "repository")
    match = _REPOSITORY.fullmatch(url.text()) if url is not None and url.is_scalar else None
    for name, each in part.entries("a mapping of environments"):
        if name == "review" and isinstance(pipeline, dict) and match is not None and pipeline["stage"] != "review":
            pipeline["review_apps"] = {"repository": match[1]}
            each.changed(f"{setting('pipeline, review_apps')}, and app.json", why)
        elif name == "review":
            each.left_out(
                why,
                "write  review_apps: { repository: OWNER/NAME }  below  pipeline  in the environment file",
            )
        else:
            each.left_out(why)
    if match is not None and url is not None and isinstance(pipeline, dict) and "review_apps" in pipeline:
        url.kept(setting("pipeline, review_apps"))
