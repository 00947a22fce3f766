"""Add-ons and attachments: an add-on is made for one app; by attachments others, and itself by other names, see it."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Callable, Iterator

from heroku.api.apps import Apps, public
from heroku.api.wire import JSON, RefusedError, invalid, missing, route

#: the marketplace, as far as it matters: the variable of the first one of an app, and the form of its plans' names
SERVICES = {
    "heroku-postgresql": ("DATABASE", r"(essential-[012]|(standard|premium|private|shield)-\d+(-l|-xl)?)"),
    "heroku-redis": ("REDIS", r"(mini|premium-\d+|private-\d+|shield-\d+)"),
    "jawsdb": ("JAWSDB", r"\w+"),
    "jawsdb-maria": ("JAWSDB_MARIA", r"\w+"),
    "cloudamqp": ("CLOUDAMQP", r"\w[\w-]*"),
}
#: the variables of services that have no URL, after the prefix
PARTS = {"bucketeer": ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "BUCKET_NAME")}
PRIVATE = re.compile(r"(private|shield)-")


class Addons(Apps):
    """Add-ons and attachments by id. ``url``: what an add-on's variable holds; ``slow``: polls before it is ready."""

    addons: dict[str, JSON]
    attachments: dict[str, JSON]
    counter: Iterator[int]
    url: Callable[[str, int], str] | None
    slow: int
    deprovisions: bool

    def start_addons(self) -> None:
        self.addons, self.attachments, self.counter = {}, {}, itertools.count(1)

    def forget(self, app: JSON) -> None:
        self.addons = {i: a for i, a in self.addons.items() if a["app"]["id"] != app["id"]}
        self.attachments = {
            i: a for i, a in self.attachments.items() if a["app"]["id"] != app["id"] and a["addon"]["id"] in self.addons
        }

    @route("POST", "/apps/{app}/addons", 201)
    def create_addon(self, ref: str, body: JSON) -> JSON:
        app, plan = self.app(ref), body["plan"]
        service, _, name = plan.partition(":")
        known = SERVICES.get(service, (re.sub(r"\W", "_", service.upper()), r"[a-z0-9][a-z0-9-]*"))
        if not name or not re.fullmatch(known[1], name):
            raise RefusedError(
                404, "not_found", f'Couldn\'t find either the add-on service or the add-on plan of "{plan}".'
            )
        self.allowed(app, plan, name)
        number = next(self.counter)
        first = not any(
            a["app"]["id"] == app["id"] and a["plan"]["name"].startswith(f"{service}:") for a in self.addons.values()
        )
        prefix = known[0] if first else f"{known[0]}_{number}"
        addon = {
            "id": str(uuid.uuid4()),
            "name": body.get("name") or f"{service.removeprefix('heroku-')}-fake-{number:05}",
            "app": {"id": app["id"], "name": app["name"]},
            "plan": {"id": str(uuid.uuid4()), "name": plan},
            "config_vars": [f"{prefix}_{part}" for part in PARTS.get(service, ("URL",))],
            "provider_id": f"provider-{number}",
            "actions": [],
            "config": body.get("config", {}),
            "state": "provisioning",
            "polls": self.slow,
        }
        self.addons[addon["id"]] = addon
        made = self.url(service, number) if self.url else None
        addon["url"] = made or f"postgres://user:SECRET-{number}@db.invalid:5432/d{number}"
        self.attach({"addon": addon["id"], "app": app["id"], "name": prefix})
        self.release(app, f"Attach {prefix} ({addon['name']})")
        return public(addon)

    def allowed(self, app: JSON, plan: str, name: str) -> None:
        """Refuse plans that are not for the app's runtime."""
        if PRIVATE.match(name) and not app["space"]:
            raise invalid(f"The add-on plan {plan} is only available in a Private Space.")
        shield = bool(app["space"]) and app["space"]["shield"]
        if plan.startswith("heroku-") and shield != name.startswith("shield-"):
            raise invalid(
                f"The add-on plan {plan} is not available for apps {'in a' if shield else 'outside a'} Shield space."
            )

    def addon(self, ref: str, app: str | None = None) -> JSON:
        found = self.addons.get(ref) or next((a for a in self.addons.values() if a["name"] == ref), None)
        if not found or (app and found["app"]["id"] != self.app(app)["id"]):
            raise missing("add-on")
        return found

    @route("GET", "/addons/{addon}")
    def read_addon(self, ref: str, app: str | None = None) -> JSON:
        found = self.addon(ref, app)
        answer = public(found)
        found["polls"] -= 1
        if found["polls"] < 0 and found["state"] == "provisioning":
            found["state"] = "deprovisioned" if self.deprovisions else "provisioned"
        return answer

    @route("GET", "/apps/{app}/addons/{addon}")
    def read_app_addon(self, app: str, ref: str) -> JSON:
        return self.read_addon(ref, app)

    @route("PATCH", "/apps/{app}/addons/{addon}")
    def update_addon(self, app: str, ref: str, body: JSON) -> JSON:
        found = self.addon(ref, app)
        if body["plan"].split(":")[0] != found["plan"]["name"].split(":")[0]:
            raise invalid("Can't change an add-on to another add-on service.")
        old, new = (name.partition(":")[2].partition("-")[0] for name in (found["plan"]["name"], body["plan"]))
        if "essential" in (old, new) and old != new and body["plan"].startswith("heroku-postgresql:"):
            raise invalid(f"Cannot change from {found['plan']['name']} to {body['plan']}. Use pg:copy instead.")
        self.allowed(self.app(app), body["plan"], body["plan"].partition(":")[2])
        found["plan"]["name"] = body["plan"]
        self.release(self.app(app), f"Update {found['name']} by heroku-postgresql")
        return public(found)

    @route("DELETE", "/apps/{app}/addons/{addon}")
    def delete_addon(self, app: str, ref: str) -> JSON:
        found = self.addon(ref, app)
        for attachment in [a for a in self.attachments.values() if a["addon"]["id"] == found["id"]]:
            self.delete_attachment(attachment["id"])
        del self.addons[found["id"]]
        return public(found)

    @route("POST", "/addon-attachments", 201)
    def attach(self, body: JSON) -> JSON:
        addon, app = self.addon(body["addon"]), self.app(body["app"])
        name = body.get("name") or f"HEROKU_{next(self.counter)}"
        if any(a["app"]["id"] == app["id"] and a["name"] == name for a in self.attachments.values()):
            raise invalid(
                f"Name {name} is already in use on {app['name']}. Use a different name, or confirm to replace it."
            )
        attachment = {
            "id": str(uuid.uuid4()),
            "addon": {"id": addon["id"]},
            "app": {"id": app["id"]},
            "name": name,
            "namespace": None,
        }
        self.attachments[attachment["id"]] = attachment
        app["vars"] |= {f"{name}_{part}": value for part, value in _held(addon).items()}
        return attachment

    @route("GET", "/addon-attachments/{attachment}")
    def read_attachment(self, attachment: str) -> JSON:
        if attachment not in self.attachments:
            raise missing("add-on attachment")
        return self.attachments[attachment]

    @route("DELETE", "/addon-attachments/{attachment}")
    def delete_attachment(self, attachment: str) -> JSON:
        found = self.read_attachment(attachment)
        app = self.app(found["app"]["id"])
        for part in _held(self.addons[found["addon"]["id"]]):
            app["vars"].pop(f"{found['name']}_{part}", None)
        self.release(app, f"Detach {found['name']}")
        return self.attachments.pop(attachment)


def _held(addon: JSON) -> dict[str, str]:
    """What an add-on tells an app, by the ends of its variables' names."""
    parts = PARTS.get(addon["plan"]["name"].partition(":")[0])
    return (
        {part: f"{addon['name']}-{part.lower().replace('_', '-')}" for part in parts}
        if parts
        else {"URL": addon["url"]}
    )
