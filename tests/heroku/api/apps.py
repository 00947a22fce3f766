"""Apps, their configuration, domains, drains and features."""

from __future__ import annotations

import re
import uuid
from typing import Any

from heroku.api.wire import JSON, RefusedError, Wire, invalid, missing, route

HIDDEN = {
    "url",
    "domains",
    "drains",
    "features",
    "vars",
    "releases",
    "builds",
    "buildpacks",
    "processes",
    "slug_files",
    "formation",
    "becomes",
    "log",
    "config",
    "polls",
    "prefix",
}
STACKS = {"heroku-22", "heroku-24", "heroku-26", "container"}
LONGEST_VARS = 65536
COMMON_REGIONS = {"us", "eu"}


def public(value: Any) -> Any:
    """A copy without what only this stand-in needs (a build's own `buildpacks` stay)."""
    if isinstance(value, list):
        return [public(v) for v in value]
    return {k: v for k, v in value.items() if k not in HIDDEN or (k == "buildpacks" and "status" in value)}


class Apps(Wire):
    """Apps by id."""

    apps: dict[str, dict[str, JSON]]

    def app(self, ref: str) -> dict[str, JSON]:
        found = self.apps.get(ref) or next((a for a in self.apps.values() if a["name"] == ref), None)
        if not found:
            raise missing("app")
        return found

    def cedar(self, app: dict[str, JSON], what: str) -> None:
        """Refuses what apps of the Fir generation do not have."""
        if app["generation"]["name"] == "fir":
            raise invalid(f"{what} not supported for apps of the fir generation.")

    @route("POST", "/apps", 201)
    def create_app(self, body: JSON) -> JSON:
        if body.get("region", "us") not in COMMON_REGIONS:
            raise invalid(f"Region {body['region']} is only for apps in a space")
        return self.new_app(body, team=None, space=None)

    def new_app(self, body: JSON, team: JSON, space: JSON) -> JSON:
        name = body.get("name") or f"still-brook-{uuid.uuid4().hex[:5]}"
        if not re.fullmatch(r"[a-z][a-z0-9-]{1,28}[a-z0-9]", name):
            raise invalid(
                "Name must start with a letter, end with a letter or digit and can only contain lowercase "
                "letters, digits, and dashes."
            )
        if any(app["name"] == name for app in self.apps.values()):
            raise invalid(f"Name {name} is already taken")
        fir = bool(space) and space["generation"]["name"] == "fir"
        if fir and body.get("stack"):
            raise invalid("stack is not supported for apps of the fir generation.")
        stack = body.get("stack", "cnb" if fir else "heroku-24")
        if stack not in STACKS and not fir:
            raise RefusedError(404, "not_found", f"Couldn't find the stack {stack}.")
        app = {
            "id": str(uuid.uuid4()),
            "acm": False,
            "generation": {"name": "fir" if fir else "cedar"},
            "internal_routing": body.get("internal_routing"),
            "region": {"name": body.get("region", "us")},
            "space": {"id": space["id"], "name": space["name"], "shield": space["shield"]} if space else None,
            "team": team,
            "organization": team and {"name": team["name"]},
            "locked": body.get("locked", False),
            "vars": {},
            "releases": [],
            "builds": {},
            "buildpacks": [],
            "processes": {},
            "slug_files": {},
            "formation": {},
            "domains": {},
            "drains": {},
            "features": {},
            "joined": True,
        }
        self.apps[app["id"]] = app
        self.rename(app, name, stack)
        self.release(app, "Initial release")
        return public(app)

    def rename(self, app: JSON, name: str, stack: str) -> None:
        app |= {
            "name": name,
            "stack": {"name": stack},
            "build_stack": {"name": stack},
            "git_url": f"https://git.heroku.com/{name}.git",
            "web_url": f"https://{name}-{app['id'][:12].replace('-', '')}.herokuapp.com/",
        }

    def release(self, app: JSON, description: str, slug: JSON = None) -> JSON:
        raise NotImplementedError

    @route("PATCH", "/apps/{app}")
    def update_app(self, ref: str, body: JSON) -> JSON:
        app = self.app(ref)
        if body.get("name", app["name"]) != app["name"] and any(a["name"] == body["name"] for a in self.apps.values()):
            raise invalid(f"Name {body['name']} is already taken")
        self.rename(app, body.get("name", app["name"]), body.get("build_stack", app["stack"]["name"]))
        return public(app)

    @route("GET", "/apps/{app}")
    def read_app(self, ref: str) -> JSON:
        return public(self.app(ref))

    @route("DELETE", "/apps/{app}")
    def delete_app(self, ref: str) -> JSON:
        app = self.app(ref)
        self.forget(app)
        return public(self.apps.pop(app["id"]))

    def forget(self, app: JSON) -> None:
        """What goes with an app."""
        raise NotImplementedError

    @route("GET", "/apps/{app}/config-vars")
    def read_vars(self, ref: str) -> JSON:
        return self.app(ref)["vars"]

    @route("PATCH", "/apps/{app}/config-vars")
    def update_vars(self, ref: str, body: JSON) -> JSON:
        app = self.app(ref)
        changed = {k: v for k, v in body.items() if app["vars"].get(k) != v}
        new = {k: v for k, v in (app["vars"] | body).items() if v is not None}
        if wrong := [name for name in body if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)]:
            raise invalid(f"{wrong[0]} is not a valid config var name.")
        if sum(len(f"{name}{value}".encode()) for name, value in new.items()) > LONGEST_VARS:
            raise invalid("Config vars are limited to 64 KB.")
        app["vars"] = new
        if changed:
            self.release(app, f"Set {', '.join(changed)} config vars")
        return app["vars"]

    @route("GET", "/apps/{app}/buildpack-installations")
    def read_buildpacks(self, ref: str) -> JSON:
        app = self.app(ref)
        self.cedar(app, "Classic buildpacks are")
        return [{"ordinal": n, "buildpack": b} for n, b in enumerate(app["buildpacks"])]

    @route("PUT", "/apps/{app}/buildpack-installations")
    def set_buildpacks(self, ref: str, body: JSON) -> JSON:
        app = self.app(ref)
        self.cedar(app, "Classic buildpacks are")
        app["buildpacks"] = [{"name": u["buildpack"], "url": u["buildpack"]} for u in body["updates"]]
        return self.read_buildpacks(ref)

    # Domains, drains, features

    @route("POST", "/apps/{app}/acm")
    def enable_acm(self, ref: str) -> JSON:
        self.app(ref)["acm"] = True
        return self.read_app(ref)

    @route("DELETE", "/apps/{app}/acm")
    def disable_acm(self, ref: str) -> JSON:
        self.app(ref)["acm"] = False
        return self.read_app(ref)

    @route("POST", "/apps/{app}/domains", 201)
    def create_domain(self, ref: str, body: JSON) -> JSON:
        app, host = self.app(ref), body["hostname"]
        if any(d["hostname"] == host for a in self.apps.values() for d in a["domains"].values()):
            raise invalid(f"{host} is currently in use by another app.")
        cname = f"{host.replace('*', 'wildcard').replace('.', '-')}.herokudns.example"
        domain = {
            "id": str(uuid.uuid4()),
            "hostname": host,
            "cname": cname,
            "app": {"id": app["id"]},
            "kind": "custom",
            "status": "succeeded",
            "acm_status": None,
            "sni_endpoint": None,
        }
        app["domains"][domain["id"]] = domain
        return domain

    @route("GET", "/apps/{app}/domains/{domain}")
    def read_domain(self, ref: str, domain: str) -> JSON:
        return self.part(ref, "domains", domain)

    @route("DELETE", "/apps/{app}/domains/{domain}")
    def delete_domain(self, ref: str, domain: str) -> JSON:
        return self.app(ref)["domains"].pop(self.part(ref, "domains", domain)["id"])

    @route("POST", "/apps/{app}/log-drains", 201)
    def create_drain(self, ref: str, body: JSON) -> JSON:
        app = self.app(ref)
        self.cedar(app, "Log drains are")
        drain = {"id": str(uuid.uuid4()), "url": body["url"], "token": f"d.{uuid.uuid4()}", "addon": None}
        app["drains"][drain["id"]] = drain
        return drain

    @route("GET", "/apps/{app}/log-drains/{drain}")
    def read_drain(self, ref: str, drain: str) -> JSON:
        return self.part(ref, "drains", drain)

    @route("DELETE", "/apps/{app}/log-drains/{drain}")
    def delete_drain(self, ref: str, drain: str) -> JSON:
        return self.app(ref)["drains"].pop(self.part(ref, "drains", drain)["id"])

    @route("GET", "/apps/{app}/features/{feature}")
    def read_feature(self, ref: str, feature: str) -> JSON:
        features = self.app(ref)["features"]
        known = next((f for f in features.values() if feature in (f["id"], f["name"])), None)
        if known is None:
            known = {"id": str(uuid.uuid4()), "name": feature, "enabled": False, "state": "general"}
            features[feature] = known
        return known

    @route("PATCH", "/apps/{app}/features/{feature}")
    def update_feature(self, ref: str, feature: str, body: JSON) -> JSON:
        known = self.read_feature(ref, feature)
        known["enabled"] = body["enabled"]
        return known

    def part(self, ref: str, kind: str, id_: str) -> JSON:
        parts = self.app(ref)[kind]
        found = parts.get(id_) or next((p for p in parts.values() if id_ in (p.get("hostname"), p.get("url"))), None)
        if not found:
            raise missing(kind[:-1])
        return found
