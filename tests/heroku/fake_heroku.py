"""A small stand-in for Heroku's Platform API, enough to apply a generated module with the real provider.

    python -m tests.heroku.fake_heroku [--port 8977] [--keep FOLDER] [--release-fails]
    HEROKU_API_URL=http://127.0.0.1:8977 HEROKU_API_KEY=any HEROKU_EMAIL=any terraform apply

Tests use :func:`serve`. It holds everything in memory, listens on loopback only, and serves apps, configuration,
releases, add-ons, attachments, sources, builds, formations, domains, drains, features and pipelines. ``keep`` leaves
each uploaded source unpacked in a folder, for a look or a run.

Faithful to the API's documents and to the provider's source (5.3.2) in what a module can get wrong:
- version 3 must be asked for in Accept (404 otherwise), and a key given (401); the source upload takes no key;
- app names follow Heroku's rule and are unique (422); configuration values are strings (422), null removes one;
- an add-on needs `service:plan` and starts as "provisioning"; the first PostgreSQL of an app becomes DATABASE_URL;
- a second attachment under a name that the app already has is refused (422); an attachment NAME makes NAME_URL;
- a build is "pending" first; it unpacks the upload, drops a single top folder, and fails (with a log) where the root
  has no file that the app's buildpack detects, or no Procfile, or a composer.json with requirements and no lock file;
- process types exist only after a build; before it, a formation is 404 "Couldn't find that process type";
- eco and basic run one dyno per process type (422); sizes come back capitalised ("Standard-1X");
- every change of configuration, add-ons or code is a release; with a `release` process it is "pending" first and, under
  `--release-fails`, "failed", while its build stays "succeeded", as on Heroku.
Not modelled: teams, spaces, limits, time. It runs no code of the app.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import re
import shutil
import tarfile
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

SIZES = [
    "eco", "basic", "standard-1x", "standard-2x", "performance-m", "performance-l", "performance-l-ram",
    "performance-xl", "performance-2xl",
]  # fmt: skip
DETECTED = {
    "heroku/python": {"requirements.txt", "pyproject.toml", "Pipfile", "poetry.lock", "uv.lock", ".python-version"},
    "heroku/nodejs": {"package.json"},
    "heroku/php": {"composer.json", "index.php"},
    "heroku/java": {"pom.xml"},
}


class RefusedError(Exception):
    """An answer other than success: its status, Heroku's error id, and the message a person reads."""

    def __init__(self, status, error, message):
        super().__init__(message)
        self.status, self.body = status, {"id": error, "message": message}


def missing(what):
    return RefusedError(404, "not_found", f"Couldn't find that {what}.")


def invalid(message):
    return RefusedError(422, "invalid_params", message)


class Platform:
    """The state of the platform. One method per call of the API; each gives a JSON value or raises RefusedError."""

    def __init__(self, base, keep=None, release_fails=False):
        self.base, self.keep, self.release_fails = base, keep, release_fails
        self.apps, self.addons, self.attachments, self.sources = {}, {}, {}, {}
        self.pipelines, self.couplings = {}, {}
        self.counter = itertools.count(1)
        self.calls = []

    @property
    def empty(self):
        """Whether nothing is left."""
        return not (self.apps or self.addons or self.attachments or self.pipelines or self.couplings)

    # Apps and their configuration

    def create_app(self, body):
        name = body.get("name", "")
        if not re.fullmatch(r"[a-z][a-z0-9-]{1,28}[a-z0-9]", name):
            raise invalid(
                "Name must start with a letter, end with a letter or digit and can only contain lowercase "
                "letters, digits, and dashes."
            )
        if any(app["name"] == name for app in self.apps.values()):
            raise invalid(f"Name {name} is already taken")
        app = {"id": str(uuid.uuid4()), "acm": False, "generation": {"name": "cedar"}, "internal_routing": None,
               "region": {"name": body.get("region", "us")}, "space": None, "team": None, "organization": None,
               "vars": {}, "releases": [], "builds": {}, "buildpacks": [], "processes": {}, "formation": {},
               "domains": {}, "drains": {}, "features": {}}  # fmt: skip
        self.apps[app["id"]] = app
        self.update_app(app["id"], {"name": name, "build_stack": body.get("stack", "heroku-24")})
        self.release(app, "Initial release")
        return public(app)

    def update_app(self, app, body):
        app = self.app(app)
        name, stack = body.get("name", app.get("name")), body.get("build_stack", app.get("stack", {}).get("name"))
        app |= {
            "name": name,
            "stack": {"name": stack},
            "build_stack": {"name": stack},
            "git_url": f"https://git.heroku.com/{name}.git",
            "web_url": f"https://{name}-{app['id'][:12].replace('-', '')}.herokuapp.com/",
        }
        return public(app)

    def read_app(self, app):
        return public(self.app(app))

    def delete_app(self, app):
        app = self.app(app)
        self.addons = {i: a for i, a in self.addons.items() if a["app"]["id"] != app["id"]}
        self.attachments = {
            i: a for i, a in self.attachments.items() if a["app"]["id"] != app["id"] and a["addon"]["id"] in self.addons
        }
        self.couplings = {i: c for i, c in self.couplings.items() if c["app"]["id"] != app["id"]}
        return public(self.apps.pop(app["id"]))

    def read_vars(self, app):
        return self.app(app)["vars"]

    def update_vars(self, app, body):
        app = self.app(app)
        if wrong := [k for k, v in body.items() if not (v is None or isinstance(v, str))]:
            raise invalid(f"Config vars must be strings: {', '.join(wrong)}")
        changed = {k: v for k, v in body.items() if app["vars"].get(k) != v}
        app["vars"] = {k: v for k, v in (app["vars"] | body).items() if v is not None}
        if changed:
            self.release(app, f"Set {', '.join(changed)} config vars")
        return app["vars"]

    def read_buildpacks(self, app):
        return [{"ordinal": n, "buildpack": b} for n, b in enumerate(self.app(app)["buildpacks"])]

    def set_buildpacks(self, app, body):
        self.app(app)["buildpacks"] = [{"name": u["buildpack"], "url": u["buildpack"]} for u in body["updates"]]
        return self.read_buildpacks(app)

    # Releases

    def release(self, app, description, slug=None):
        runs = bool(app["processes"].get("release"))
        done = "failed" if runs and self.release_fails else "succeeded"
        release = {
            "id": str(uuid.uuid4()),
            "version": len(app["releases"]) + 1,
            "description": description,
            "app": {"id": app["id"]},
            "slug": slug,
            "status": "pending" if runs else done,
            "becomes": done,
        }
        app["releases"].append(release)
        return release

    def list_releases(self, app):
        return public(self.app(app)["releases"][::-1])

    def read_release(self, app, release):
        found = next((r for r in self.app(app)["releases"] if r["id"] == release), None)
        if not found:
            raise missing("release")
        answer = public(found)
        found["status"] = found["becomes"]
        return answer

    # Add-ons

    def create_addon(self, app, body):
        app, plan = self.app(app), body["plan"]
        if ":" not in plan:
            raise invalid(f'Couldn\'t find either the add-on service or the add-on plan of "{plan}".')
        service, number = plan.split(":")[0], next(self.counter)
        first = not any(
            a["plan"]["name"].startswith(service) for a in self.addons.values() if a["app"]["id"] == app["id"]
        )
        prefix = {"heroku-postgresql": "DATABASE", "heroku-redis": "REDIS"}.get(
            service, service.upper().replace("-", "_")
        )
        prefix = prefix if first else f"{prefix}_{number}"
        addon = {
            "id": str(uuid.uuid4()),
            "name": body.get("name") or f"{service.removeprefix('heroku-')}-fake-{number:05}",
            "app": {"id": app["id"], "name": app["name"]},
            "plan": {"id": str(uuid.uuid4()), "name": plan},
            "config_vars": [f"{prefix}_URL"],
            "provider_id": f"provider-{number}",
            "actions": [],
            "config": body.get("config", {}),
            "state": "provisioning",
        }
        self.addons[addon["id"]] = addon
        addon["url"] = f"postgres://user:SECRET-{number}@db.invalid:5432/d{number}"
        self.attach({"addon": addon["id"], "app": app["id"], "name": prefix})
        self.release(app, f"Attach {prefix} ({addon['name']})")
        return public(addon)

    def read_addon(self, addon, app=None):
        found = self.addons.get(addon) or next((a for a in self.addons.values() if a["name"] == addon), None)
        if not found or (app and found["app"]["id"] != self.app(app)["id"]):
            raise missing("add-on")
        answer = public(found)
        found["state"] = "provisioned"
        return answer

    def update_addon(self, addon, app, body):
        found = self.addons[self.read_addon(addon, app)["id"]]
        found["plan"]["name"] = body["plan"]
        return public(found)

    def delete_addon(self, addon, app):
        found = self.addons.pop(self.read_addon(addon, app)["id"])
        for attachment in [a for a in self.attachments.values() if a["addon"]["id"] == found["id"]]:
            self.delete_attachment(attachment["id"])
        return public(found)

    def attach(self, body):
        addon, app = self.addons[self.read_addon(body["addon"])["id"]], self.app(body["app"])
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
        app["vars"][f"{name}_URL"] = addon["url"]
        return attachment

    def read_attachment(self, attachment):
        if attachment not in self.attachments:
            raise missing("add-on attachment")
        return self.attachments[attachment]

    def delete_attachment(self, attachment):
        found = self.read_attachment(attachment)
        self.app(found["app"]["id"])["vars"].pop(f"{found['name']}_URL", None)
        return self.attachments.pop(attachment)

    # Code: a source is put, a build unpacks it, a formation runs its process types

    def create_source(self):
        url = f"{self.base}/upload/{uuid.uuid4()}"
        return {"source_blob": {"get_url": url, "put_url": url}}

    def create_build(self, app, body):
        app, blob = self.app(app), self.sources.get(body["source_blob"]["url"].rsplit("/")[-1])
        status, log, processes = "succeeded", "", {}
        try:
            if blob is None:
                raise ValueError("no source at that address")
            processes = self.unpack(app, blob)
            log = f"-----> {', '.join(b['name'] for b in app['buildpacks'])} app detected"
        except (ValueError, tarfile.TarError) as reason:
            status, log = "failed", f" !     Push rejected: {reason}"
        slug = {"id": str(uuid.uuid4())} if processes else None
        build = {
            "id": str(uuid.uuid4()),
            "app": {"id": app["id"]},
            "status": "pending",
            "becomes": status,
            "log": log,
            "buildpacks": app["buildpacks"],
            "slug": slug,
            "source_blob": {"url": "", "checksum": None, "version": None},
            "stack": app["stack"]["name"],
            "user": {"id": str(uuid.uuid4()), "email": "someone@example.com"},
        }
        build["output_stream_url"] = f"{self.base}/log/{app['id']}/{build['id']}"
        if slug:
            app["processes"] = processes
            build["release"] = {"id": self.release(app, "Deploy", slug)["id"]}
            app["formation"].setdefault("web", self.dynos(app, "web", 1, "Basic"))
        app["builds"][build["id"]] = build
        return public(build)

    def unpack(self, app, blob):
        """The process types of an upload, as the build system and the app's buildpack see it."""
        with tarfile.open(fileobj=io.BytesIO(blob)) as tar:
            files = {m.name.removeprefix("./"): tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}
        tops = {name.split("/")[0] for name in files}
        if len(tops) == 1:
            files = {name.split("/", 1)[1]: content for name, content in files.items()}
        if self.keep:
            shutil.rmtree(self.keep / app["name"], ignore_errors=True)
            for name, content in files.items():
                target = self.keep / app["name"] / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        for buildpack in app["buildpacks"]:
            wanted = DETECTED.get(buildpack["name"])
            if wanted and not wanted & files.keys():
                raise ValueError(f"App not compatible with buildpack; the root has {', '.join(sorted(files))}")
        if json.loads(files.get("composer.json") or "{}").get("require") and "composer.lock" not in files:
            raise ValueError("No 'composer.lock' found!")
        if "Procfile" not in files:
            raise ValueError("no Procfile: no process types")
        lines = files["Procfile"].decode().splitlines()
        return dict(re.split(r":\s*", line, maxsplit=1) for line in lines if line.strip())

    def read_build(self, app, build):
        found = self.app(app)["builds"].get(build)
        if not found:
            raise missing("build")
        answer = public(found)
        found["status"] = found["becomes"]
        return answer

    def dynos(self, app, kind, quantity, size):
        return {
            "id": str(uuid.uuid4()),
            "app": {"id": app["id"], "name": app["name"]},
            "type": kind,
            "command": app["processes"].get(kind, ""),
            "quantity": quantity,
            "size": size,
        }

    def update_formation(self, app, kind, body):
        app = self.app(app)
        if kind not in app["processes"]:
            raise missing("process type")
        dynos = app["formation"].setdefault(kind, self.dynos(app, kind, 0, "Basic"))
        size = (body.get("dyno_size") or {}).get("name", dynos["size"]).lower()
        quantity = body.get("quantity", dynos["quantity"])
        if size not in SIZES:
            raise invalid(f"No such size as {size}.")
        if size in ("eco", "basic") and quantity > 1:
            raise invalid(f"Cannot update to more than 1 {size.title()} size dynos per process type.")
        dynos |= {"quantity": quantity, "size": size.title()}
        return dynos

    def read_formation(self, app, kind):
        for dynos in self.app(app)["formation"].values():
            if kind in (dynos["id"], dynos["type"]):
                return dynos
        raise missing("process type")

    # Domains, drains, features

    def create_domain(self, app, body):
        app = self.app(app)
        if "sni_endpoint" not in body:
            raise invalid("sni_endpoint is required")
        if any(d["hostname"] == body["hostname"] for a in self.apps.values() for d in a["domains"].values()):
            raise invalid(f"{body['hostname']} is currently in use by another app.")
        cname = f"{body['hostname'].replace('.', '-')}.herokudns.example"
        domain = {"id": str(uuid.uuid4()), "hostname": body["hostname"], "cname": cname, "app": {"id": app["id"]},
                  "kind": "custom", "status": "succeeded", "acm_status": None, "sni_endpoint": None}  # fmt: skip
        app["domains"][domain["id"]] = domain
        return domain

    def read_domain(self, app, domain):
        return self.part(app, "domains", domain)

    def delete_domain(self, app, domain):
        return self.app(app)["domains"].pop(self.part(app, "domains", domain)["id"])

    def create_drain(self, app, body):
        drain = {"id": str(uuid.uuid4()), "url": body["url"], "token": f"d.{uuid.uuid4()}", "addon": None}
        self.app(app)["drains"][drain["id"]] = drain
        return drain

    def read_drain(self, app, drain):
        return self.part(app, "drains", drain)

    def delete_drain(self, app, drain):
        return self.app(app)["drains"].pop(self.part(app, "drains", drain)["id"])

    def read_feature(self, app, feature):
        features = self.app(app)["features"]
        known = next((f for f in features.values() if feature in (f["id"], f["name"])), None)
        if known is None:
            known = {"id": str(uuid.uuid4()), "name": feature, "enabled": False, "state": "general"}
            features[feature] = known
        return known

    def update_feature(self, app, feature, body):
        return self.read_feature(app, feature) | {"enabled": self.enable(app, feature, body["enabled"])}

    def enable(self, app, feature, enabled):
        self.read_feature(app, feature)["enabled"] = enabled
        return enabled

    def switch_acm(self, app, enabled):
        app = self.app(app)
        app["acm"] = enabled
        return public(app)

    def part(self, app, kind, ref):
        parts = self.app(app)[kind]
        found = parts.get(ref) or next((p for p in parts.values() if ref in (p.get("hostname"), p.get("url"))), None)
        if not found:
            raise missing(kind[:-1])
        return found

    # Pipelines

    def read_account(self):
        return {"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "someone@example.com"}

    def create_pipeline(self, body):
        owner = body.get("owner") or {"id": self.read_account()["id"], "type": "user"}
        pipeline = {"id": str(uuid.uuid4()), "name": body["name"], "owner": owner}
        self.pipelines[pipeline["id"]] = pipeline
        return pipeline

    def read_pipeline(self, pipeline):
        found = self.pipelines.get(pipeline) or next(
            (p for p in self.pipelines.values() if p["name"] == pipeline), None
        )
        if not found:
            raise missing("pipeline")
        return found

    def delete_pipeline(self, pipeline):
        return self.pipelines.pop(self.read_pipeline(pipeline)["id"])

    def create_coupling(self, body):
        app, pipeline = self.app(body["app"]), self.read_pipeline(body["pipeline"])
        coupling = {"id": str(uuid.uuid4()), "app": {"id": app["id"]}, "pipeline": {"id": pipeline["id"]},
                    "stage": body["stage"]}  # fmt: skip
        self.couplings[coupling["id"]] = coupling
        return coupling

    def read_coupling(self, coupling):
        if coupling not in self.couplings:
            raise missing("pipeline coupling")
        return self.couplings[coupling]

    def delete_coupling(self, coupling):
        self.read_coupling(coupling)
        return self.couplings.pop(coupling)

    def app(self, ref):
        found = self.apps.get(ref) or next((a for a in self.apps.values() if a["name"] == ref), None)
        if not found:
            raise missing("app")
        return found


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
    "formation",
    "becomes",
    "log",
    "config",
}


def public(value):
    """A copy without what only this stand-in needs (a build's own `buildpacks` stay)."""
    if isinstance(value, list):
        return [public(v) for v in value]
    return {k: v for k, v in value.items() if k not in HIDDEN or (k == "buildpacks" and "status" in value)}


R = "([^/]+)"
ROUTES = [  # method, path, call, does it take the body, status
    ("POST", "/apps", Platform.create_app, True, 201),
    ("GET", f"/apps/{R}", Platform.read_app, False, 200),
    ("PATCH", f"/apps/{R}", Platform.update_app, True, 200),
    ("DELETE", f"/apps/{R}", Platform.delete_app, False, 200),
    ("GET", f"/apps/{R}/config-vars", Platform.read_vars, False, 200),
    ("PATCH", f"/apps/{R}/config-vars", Platform.update_vars, True, 200),
    ("GET", f"/apps/{R}/buildpack-installations", Platform.read_buildpacks, False, 200),
    ("PUT", f"/apps/{R}/buildpack-installations", Platform.set_buildpacks, True, 200),
    ("GET", f"/apps/{R}/releases", Platform.list_releases, False, 206),
    ("GET", f"/apps/{R}/releases/{R}", Platform.read_release, False, 200),
    ("POST", f"/apps/{R}/addons", Platform.create_addon, True, 201),
    ("GET", f"/addons/{R}", Platform.read_addon, False, 200),
    ("POST", "/addon-attachments", Platform.attach, True, 201),
    ("GET", f"/addon-attachments/{R}", Platform.read_attachment, False, 200),
    ("DELETE", f"/addon-attachments/{R}", Platform.delete_attachment, False, 200),
    ("GET", f"/apps/{R}/addons/{R}", lambda p, app, addon: p.read_addon(addon, app), False, 200),
    ("PATCH", f"/apps/{R}/addons/{R}", lambda p, app, addon, body: p.update_addon(addon, app, body), True, 200),
    ("DELETE", f"/apps/{R}/addons/{R}", lambda p, app, addon: p.delete_addon(addon, app), False, 200),
    ("POST", "/sources", Platform.create_source, False, 201),
    ("POST", f"/apps/{R}/builds", Platform.create_build, True, 201),
    ("GET", f"/apps/{R}/builds/{R}", Platform.read_build, False, 200),
    ("PATCH", f"/apps/{R}/formation/{R}", Platform.update_formation, True, 200),
    ("GET", f"/apps/{R}/formation/{R}", Platform.read_formation, False, 200),
    ("POST", f"/apps/{R}/domains", Platform.create_domain, True, 201),
    ("GET", f"/apps/{R}/domains/{R}", Platform.read_domain, False, 200),
    ("DELETE", f"/apps/{R}/domains/{R}", Platform.delete_domain, False, 200),
    ("POST", f"/apps/{R}/log-drains", Platform.create_drain, True, 201),
    ("GET", f"/apps/{R}/log-drains/{R}", Platform.read_drain, False, 200),
    ("DELETE", f"/apps/{R}/log-drains/{R}", Platform.delete_drain, False, 200),
    ("GET", f"/apps/{R}/features/{R}", Platform.read_feature, False, 200),
    ("PATCH", f"/apps/{R}/features/{R}", Platform.update_feature, True, 200),
    ("POST", f"/apps/{R}/acm", lambda p, app: p.switch_acm(app, True), False, 200),
    ("DELETE", f"/apps/{R}/acm", lambda p, app: p.switch_acm(app, False), False, 200),
    ("GET", "/account", Platform.read_account, False, 200),
    ("POST", "/pipelines", Platform.create_pipeline, True, 201),
    ("GET", f"/pipelines/{R}", Platform.read_pipeline, False, 200),
    ("DELETE", f"/pipelines/{R}", Platform.delete_pipeline, False, 200),
    ("POST", "/pipeline-couplings", Platform.create_coupling, True, 201),
    ("GET", f"/pipeline-couplings/{R}", Platform.read_coupling, False, 200),
    ("DELETE", f"/pipeline-couplings/{R}", Platform.delete_coupling, False, 200),
]


class Handler(BaseHTTPRequestHandler):
    platform, lock = None, Lock()

    def answer(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.lock:
            try:
                status, body = self.route(raw)
            except RefusedError as refused:
                status, body = refused.status, refused.body
        sent = json.loads(raw) if raw[:1] == b"{" else f"{len(raw)} bytes" if raw else None
        self.platform.calls.append((self.command, self.path, sent, status))
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer  # noqa: N815 - the base class wants these names

    def route(self, raw):
        if (found := re.fullmatch(f"/upload/{R}", self.path)) and self.command == "PUT":
            self.platform.sources[found[1]] = raw
            return 200, b""
        if found := re.fullmatch(f"/log/{R}/{R}", self.path):
            return 200, self.platform.app(found[1])["builds"][found[2]]["log"].encode()
        if "version=3" not in self.headers.get("Accept", ""):
            raise RefusedError(
                404, "not_found", "The requested API endpoint was not found. Ask for version=3 in Accept."
            )
        if not self.headers.get("Authorization"):
            raise RefusedError(401, "unauthorized", "Invalid credentials provided.")
        for method, path, call, takes_body, status in ROUTES:
            if method == self.command and (found := re.fullmatch(path, self.path.split("?")[0])):
                body = [json.loads(raw or b"{}")] if takes_body else []
                return status, call(self.platform, *found.groups(), *body)
        raise RefusedError(404, "not_found", f"The requested API endpoint was not found: {self.command} {self.path}")

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serve(port=0, keep=None, release_fails=False):
    """The platform, served on loopback while the context lasts; `platform.base` is its URL."""
    handler = type("Served", (Handler,), {"lock": Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    handler.platform = Platform(f"http://127.0.0.1:{server.server_port}", keep, release_fails)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield handler.platform
    finally:
        server.shutdown()
        server.server_close()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8977)
    options.add_argument("--keep", type=Path)
    options.add_argument("--release-fails", action="store_true")
    given = options.parse_args()
    with serve(given.port, given.keep, given.release_fails) as platform:
        print(f"HEROKU_API_URL={platform.base}")
        with contextlib.suppress(KeyboardInterrupt):
            Event().wait()


if __name__ == "__main__":
    main()
