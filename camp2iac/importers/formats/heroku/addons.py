"""Add-ons: services of the plan, or extras of the environment file for Heroku."""

from __future__ import annotations

import re

from camp2iac.detect.rules import services as rules
from camp2iac.importers import software
from camp2iac.importers.draft import DraftRequirement
from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.running import UUID
from camp2iac.importers.formats.heroku.state import HerokuSource, setting
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record, field

#: Add-ons by the product that they provide. Those that Heroku no longer sells are known, because old files name them.
_PRODUCTS = {
    "heroku-postgresql": "postgresql",
    "heroku-redis": "redis",
    "rediscloud": "redis",
    "redistogo": "redis",
    "redisgreen": "redis",
    "openredis": "redis",
    "jawsdb-maria": "mariadb",
    "jawsdb": "mariadb",
    "cleardb": "mariadb",
    "stackhero-mariadb": "mariadb",
    "cloudamqp": "rabbitmq",
    "memcachier": "memcached",
    "memcachedcloud": "memcached",
    "mongolab": "mongodb",
    "mongohq": "mongodb",
    "ormongo": "mongodb",
}
_SOLD = ("heroku-postgresql", "heroku-redis", "jawsdb-maria", "jawsdb", "cloudamqp", "memcachier")
_MYSQL = ("jawsdb", "cleardb")
#: Plans that Heroku does not sell any more; help.heroku.com and devcenter.heroku.com, 2022 and 2024.
_RETIRED = {
    "heroku-postgresql": {"dev", "hobby-dev", "hobby-basic", "mini", "basic", "shared"},
    "heroku-redis": {"hobby-dev"},
}
_PLAN = re.compile(r"[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_AS = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_ELSEWHERE = "other platforms have no such service"


class WantedAddon(Record):
    """An add-on that the source names. ``alias``: the name of its variables. ``id``: of the one that exists."""

    part: SourcePart
    plan: str
    alias: str = ""
    release: str = ""
    id: str = ""
    sets: list[str] = field(default_factory=list)

    @property
    def service(self) -> str:
        """Its name, without the plan."""
        return self.plan.partition(":")[0]


def read(state: HerokuSource) -> None:
    """The add-ons that exist, or else those that the files of the repository ask for."""
    exist = [each for each in map(_existing, _items(state, files.ADDONS)) if each is not None]
    asked = [each for each in map(_asked, _items(state, files.APP, "addons")) if each is not None]
    asked += [each for each in map(_asked, _items(state, files.MANIFEST, "setup", "addons")) if each is not None]
    for each in exist:
        _add(state, each)
    found = [each.service for each in exist]
    for each in asked:
        if each.service in found:
            found.remove(each.service)
            each.part.kept("the same add-on of the app that runs")
        elif files.ADDONS in state.documents:
            each.part.left_out("the app that runs has no such add-on", "add a service to the plan if the code needs it")
        else:
            _add(state, each)


def _items(state: HerokuSource, file: str, *keys: str) -> list[SourcePart]:
    part = state.value(file, *keys)
    return list(part.items("a list of add-ons")) if part is not None else []


def _asked(part: SourcePart) -> WantedAddon | None:
    """An add-on of ``app.json`` or ``heroku.yml``: its plan, or a mapping with it."""
    named = part.get("plan") if part.is_mapping else part
    text = named.text("an add-on").strip().lower() if named is not None else ""
    if named is None or not _NAME.fullmatch(text.partition(":")[0]):
        if named is None or named.is_scalar:
            (named or part).wrong("an add-on such as heroku-postgresql:essential-0")
        return None
    alias, options = part.get("as"), part.get("options")
    version = options.get("version") if options is not None else None
    found = WantedAddon(part, text)
    if alias is not None:
        found.alias = alias.text("the name of an attachment")
        if not _AS.fullmatch(found.alias):
            alias.wrong("a name of letters, digits and _")
            found.alias = ""
    if version is not None:
        found.release = version.text("a release")
    return found


def _existing(part: SourcePart) -> WantedAddon | None:
    """An add-on as the API describes it."""
    plan, id_, sets = part.get("plan"), part.get("id"), part.get("config_vars")
    name = plan.get("name") if plan is not None else None
    text = name.text("the plan of an add-on").lower() if name is not None else ""
    if name is None or not _PLAN.fullmatch(text):
        (name or part).wrong("an add-on with its plan, as the Heroku CLI prints it")
        return None
    found = WantedAddon(part, text)
    if id_ is not None and UUID.fullmatch(id_.text("the id of an add-on")):
        found.id = id_.text()
    found.sets = [each.text("a variable") for each in sets.items()] if sets is not None else []
    return found


def _add(state: HerokuSource, wanted: WantedAddon) -> None:
    product = _PRODUCTS.get(wanted.service)
    for each in wanted.sets:
        state.linked[each] = f"the add-on {wanted.service}"
    if product is None:
        _extra(state, wanted)
        return
    match = software.named(product, state.catalogue, wanted.release)
    id_ = wanted.alias.lower().replace("_", "-") if wanted.alias else rules()[product].id
    service = match.service(state.plan.id_for(id_), wanted.part.where)
    state.plan.services.append(service)
    state.artifact.requirements.append(DraftRequirement(match.connect, {}, f"id:{service.id}", wanted.part.where))
    to = f"service {service.id}: {match.characteristic}"
    for variable in (*match.variables, f"{service.id.upper().replace('-', '_')}_URL"):
        state.linked.setdefault(variable, f"the link to {service.id}")
    _plan(state, wanted, service.id, to)
    if wanted.id and wanted.service in _SOLD:
        adopted = state.adopted.setdefault("addons", {})
        if isinstance(adopted, dict):
            adopted[service.id] = wanted.id


def _plan(state: HerokuSource, wanted: WantedAddon, id_: str, to: str) -> None:
    """The plan of an add-on, in the environment file."""
    plan = wanted.plan.partition(":")[2]
    rest = "nothing: it is about the add-on that exists" if wanted.id else to
    if wanted.service not in _SOLD:
        wanted.part.changed(to, "on Heroku, the plan uses another add-on with the same protocol")
    elif plan in _RETIRED.get(wanted.service, ()) and not wanted.id:
        wanted.part.changed(to, "Heroku does not sell this plan any more, so the smallest one is used")
    else:
        if _PLAN.fullmatch(wanted.plan):
            addons = state.settings.setdefault("addons", {})
            if isinstance(addons, dict):
                addons[id_] = wanted.plan
        if wanted.service in _MYSQL:
            wanted.part.changed(to, "elsewhere MariaDB runs instead of MySQL: it has the same protocol")
        elif wanted.part.is_mapping:
            for key, each in wanted.part.entries():
                if key in ("plan", "as"):
                    each.kept(f"{to}, {setting('addons')}")
            _options(wanted, to)
            if wanted.id:
                wanted.part.kept(rest)
        else:
            wanted.part.kept(f"{to}, {setting('addons')}" if plan else to)


def _options(wanted: WantedAddon, to: str) -> None:
    options = wanted.part.get("options")
    for key, each in options.entries("a mapping of options") if options is not None else ():
        if key == "version":
            each.kept(f"{to}: the release")
        else:
            each.left_out("a plan has no such option", "set it with the command of the add-on, after the apply")


def _extra(state: HerokuSource, wanted: WantedAddon) -> None:
    """An add-on that no product provides."""
    options = wanted.part.get("options") if wanted.part.is_mapping else None
    if options is not None:
        options.left_out("its options are not in the report, and can have passwords", "write  config  in  extras")
    if not _PLAN.fullmatch(wanted.plan):
        wanted.part.left_out(
            "an environment file names the plan of an add-on, and the source does not",
            f"write  extras: {{ {state.id}: [{wanted.service}:PLAN] }}",
        )
        return
    extras = state.listing("extras")
    if wanted.plan not in extras and not any(str(each).partition(":")[0] == wanted.service for each in extras):
        extras.append(wanted.plan)
        if wanted.id:
            adopted = state.adopted.setdefault("addons", {})
            if isinstance(adopted, dict):
                adopted[wanted.service] = wanted.id
    why = f"{_ELSEWHERE}: the code must do without it there, or get its address as a variable"
    if wanted.part.is_mapping and not wanted.id:
        wanted.part.changed(setting("extras"), why)
    elif wanted.id:
        plan = wanted.part.get("plan")
        if plan is not None:
            plan.changed(setting("extras"), why)
        wanted.part.kept("nothing: it is about the add-on that exists")
    else:
        wanted.part.changed(setting("extras"), why)
