"""Code: a source is put, a build unpacks it, a release runs it, a formation says how many dynos of what."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import uuid
from pathlib import Path

import yaml

from heroku.api.addons import Addons
from heroku.api.apps import public
from heroku.api.wire import JSON, invalid, missing, route

COMMON = [
    "eco",
    "basic",
    "standard-1x",
    "standard-2x",
    "performance-m",
    "performance-l",
    "performance-l-ram",
    "performance-xl",
    "performance-2xl",
]
SPACE = ["private-s", "private-m", "private-l", "private-l-ram", "private-xl", "private-2xl"]
SHIELD = [size.replace("private", "shield") for size in SPACE]
#: the process that the last of these buildpacks adds to a Procfile without it
STARTED = {
    "heroku/nodejs": "npm start",
    "heroku/php": "heroku-php-apache2",
    "heroku/ruby": "bundle exec rackup config.ru",
}
#: a shell in which each program is there and succeeds, and a variable that is not set ends the command
PRETEND = "command_not_found_handle() { return 0; }; cd() { :; }; psql() { :; }; "
PRETEND += 'cat() { [ -e "$1" ] && printf "%s" "$(<"$1")"; }; '  # which release commands read their digest with
FIR = re.compile(r"dyno-(1|2|4|8|16|32)c-(0\.5|1|2|4|8|16|32|64|128)gb")
#: what a buildpack looks for at the root of the source
DETECTED = {
    "heroku/python": {"requirements.txt", "pyproject.toml", "Pipfile", "poetry.lock", "uv.lock", ".python-version"},
    "heroku/nodejs": {"package.json"},
    "heroku/php": {"composer.json", "index.php"},
    "heroku/java": {"pom.xml"},
    "heroku/ruby": {"Gemfile"},
    "heroku/go": {"go.mod"},
    "heroku/gradle": {"build.gradle", "gradlew"},
    "heroku/jvm": set(),
}
#: and what must be there besides, or the build fails
WANTED = {
    "heroku/python": lambda files: bool(DETECTED["heroku/python"] - {".python-version"} & files.keys()),
    "heroku/ruby": lambda files: "Gemfile.lock" in files,
    "heroku/php": lambda files: (
        not json.loads(files.get("composer.json") or "{}").get("require") or "composer.lock" in files
    ),
}


def containers(files: dict[str, str]) -> dict[str, str]:
    """The process types of heroku.yml. A process without a command runs that of its image."""
    if "heroku.yml" not in files:
        raise ValueError("no heroku.yml")
    manifest = yaml.safe_load(files["heroku.yml"])
    built = manifest["build"]["docker"]
    for file in built.values():
        if not re.search(r"^FROM [^/\s]+[./:][^\s]*@sha256:[0-9a-f]{64}$", files.get(file, ""), re.MULTILINE):
            raise ValueError(f"{file} names no image in full")
    found = dict.fromkeys(built, "the command of the image")
    steps = {**manifest.get("run", {}), **({"release": manifest["release"]} if "release" in manifest else {})}
    for type_, step in steps.items():
        image = type_ if isinstance(step, str) else step["image"]
        if image not in built:
            raise ValueError(f"{type_} has no image")
        found[type_] = step if isinstance(step, str) else " && ".join(step["command"])
    return found


class Code(Addons):
    """Uploads by name. ``keep``: where uploads are left unpacked; ``release_fails``: release commands do.

    ``release_needs``: variables without which release commands fail, beside those that they name themselves.
    ``release_polls``: how often a release is asked for before its command has ended.
    """

    sources: dict[str, bytes]
    keep: Path | None
    release_fails: bool
    release_needs: frozenset[str]
    release_polls: int
    wishes: bool
    fetched: dict[str, bytes]

    def blob(self, method: str, path: str, raw: bytes) -> tuple[int, bytes] | None:
        if (found := re.fullmatch("/upload/([^/]+)", path)) and method == "PUT":
            self.sources[found[1]] = raw
            return 200, b""
        if found := re.fullmatch("/log/([^/]+)/([^/]+)", path):
            return 200, str(self.app(found[1])["builds"][found[2]]["log"]).encode()
        return None

    def release(self, app: JSON, description: str, slug: JSON = None) -> JSON:
        command = app["processes"].get("release")
        runs = bool(command)
        done = "succeeded" if not runs or self.succeeds(app, command) else "failed"
        release = {
            "id": str(uuid.uuid4()),
            "version": len(app["releases"]) + 1,
            "description": description,
            "app": {"id": app["id"]},
            "slug": slug,
            "status": "pending" if runs else done,
            "becomes": done,
            "polls": self.release_polls,
        }
        app["releases"].append(release)
        return release

    def succeeds(self, app: JSON, command: str) -> bool:
        """Whether a release command ends well with the configuration of this moment. Programs do nothing here."""
        lacks = self.release_needs - app["vars"].keys()
        last = "exit 1" if self.release_fails or lacks else "exit 0"
        told = {name: str(value) for name, value in app["vars"].items()}
        bash = shutil.which("bash") or "/bin/bash"
        script = f"{PRETEND}{command}\n{last}"
        with tempfile.TemporaryDirectory() as slug:
            for name, content in app["slug_files"].items():
                target = Path(slug, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            environment = {**told, "PATH": "/nonexistent"}
            done = subprocess.run(
                [bash, "-uc", script], cwd=slug, env=environment, capture_output=True, check=False, timeout=60
            )
        return done.returncode == 0

    @route("GET", "/apps/{app}/releases", 206)
    def list_releases(self, ref: str) -> JSON:
        return public(self.app(ref)["releases"][::-1])

    @route("GET", "/apps/{app}/releases/{release}")
    def read_release(self, ref: str, release: str) -> JSON:
        found = next((r for r in self.app(ref)["releases"] if r["id"] == release), None)
        if not found:
            raise missing("release")
        answer = public(found)
        found["polls"] -= 1
        if found["polls"] < 0:
            found["status"] = found["becomes"]
        return answer

    @route("POST", "/sources", 201)
    def create_source(self) -> JSON:
        url = f"{self.base}/upload/{uuid.uuid4()}"
        return {"source_blob": {"get_url": url, "put_url": url}}

    @route("POST", "/apps/{app}/builds", 201)
    def create_build(self, ref: str, body: JSON) -> JSON:
        app, url = self.app(ref), body["source_blob"]["url"]
        if body.get("buildpacks"):
            self.cedar(app, "Classic buildpacks are")
        blob = self.sources.get(url.rsplit("/")[-1]) or self.fetched.get(url)
        status, processes, files = "succeeded", dict[str, str](), dict[str, bytes]()
        try:
            if blob is None:
                raise ValueError(f"Unable to download the source from {url}")
            processes, files = self.unpack(app, blob)
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
            "stack": app["stack"]["name"],
            "source_blob": {"url": url if url in self.fetched else "", "checksum": None, "version": None},
            "user": {"id": str(uuid.uuid4()), "email": "someone@example.com"},
        }
        build["output_stream_url"] = f"{self.base}/log/{app['id']}/{build['id']}"
        if slug:
            app["processes"] = processes
            app["slug_files"] = files
            self.order(app)
            build["release"] = {"id": self.release(app, "Deploy", slug)["id"]}
            if "web" in processes:
                app["formation"].setdefault("web", self.dynos(app, "web", 1, self.sizes(app)[1]))
        app["builds"][build["id"]] = build
        return public(build)

    def unpack(self, app: JSON, blob: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
        """The process types of an upload, as the build system and the app's buildpack see it, and its own files."""
        with tarfile.open(fileobj=io.BytesIO(blob)) as tar:
            members = [m for m in tar.getmembers() if m.isfile()]
            read = {m.name.removeprefix("./"): (tar.extractfile(m), m.mode) for m in members}
            files = {name: (file.read() if file else b"", mode) for name, (file, mode) in read.items()}
        if len({name.split("/")[0] for name in files}) == 1:
            files = {name.split("/", 1)[-1]: content for name, content in files.items()}
        if self.keep:
            shutil.rmtree(self.keep / app["name"], ignore_errors=True)
            for name, (content, mode) in files.items():
                target = self.keep / app["name"] / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                target.chmod(mode & 0o777 | 0o400)
        if app["stack"]["name"] == "container":
            return containers({name: content.decode() for name, (content, _) in files.items()}), {}
        self.detect(app, {name: content for name, (content, _) in files.items()})
        self.wishes = self.wished(app, {name: content.decode(errors="replace") for name, (content, _) in files.items()})
        if "Procfile" not in files:
            raise ValueError("no Procfile: no process types")
        lines = files["Procfile"][0].decode().splitlines()
        found = dict(re.split(r":\s*", line, maxsplit=1) for line in lines if re.match(r"[\w-]+:", line))
        last = app["buildpacks"][-1]["name"] if app["buildpacks"] else ""
        kept = {name: content for name, (content, _) in files.items() if name.startswith(".camp2iac/")}
        return {**({"web": STARTED[last]} if last in STARTED else {}), **found}, kept

    def wished(self, app: JSON, files: dict[str, str]) -> bool:
        """Whether the last buildpack asks for a database at the first build."""
        last = app["buildpacks"][-1]["name"] if app["buildpacks"] else ""
        if app["builds"]:
            return False
        if last == "heroku/python":
            packages = " ".join(text for name, text in files.items() if "/" not in name and name != "manage.py")
            return "manage.py" in files and "psycopg2" in packages.lower()
        if last == "heroku/ruby":
            asked = re.search(r"^ +pg \(", files.get("Gemfile.lock", ""), re.MULTILINE)
            return bool(asked) and not app["vars"].get("HEROKU_SKIP_DATABASE_PROVISION")
        return last == "heroku/java" and "<groupId>org.postgresql" in files.get("pom.xml", "")

    def order(self, app: JSON) -> None:
        """Create what the last buildpack asks for, as in accounts of before 2023-05-15."""
        there = (
            each["app"]["id"] == app["id"] for each in self.addons.values() if "postgresql" in each["plan"]["name"]
        )
        if self.wishes and not any(there):
            self.create_addon(app["id"], {"plan": "heroku-postgresql:essential-0"})
        self.wishes = False

    def detect(self, app: JSON, files: dict[str, bytes]) -> None:
        """Raises ValueError where a buildpack would give up. Cloud native ones are detected, or named in a file."""
        names = [b["name"] for b in app["buildpacks"]]
        if app["generation"]["name"] == "fir":
            names = [n for n in DETECTED if DETECTED[n] & files.keys()] or ["none"]
        for name in names:
            wanted = DETECTED.get(name)
            if (wanted and not wanted & files.keys()) or name == "none":
                raise ValueError(f"App not compatible with buildpack; the root has {', '.join(sorted(files))}")
            if name in WANTED and not WANTED[name](files):
                raise ValueError(f"{name}: a lock file or a file of requirements is missing")

    @route("GET", "/apps/{app}/builds/{build}")
    def read_build(self, ref: str, build: str) -> JSON:
        found = self.app(ref)["builds"].get(build)
        if not found:
            raise missing("build")
        answer = public(found)
        found["status"] = found["becomes"]
        return answer

    def sizes(self, app: JSON) -> list[str]:
        if app["generation"]["name"] == "fir":
            return ["dyno-1c-0.5gb", "dyno-1c-0.5gb"]
        if app["space"]:
            return SHIELD if app["space"]["shield"] else SPACE
        return COMMON

    def dynos(self, app: JSON, kind: str, quantity: int, size: str) -> JSON:
        return {
            "id": str(uuid.uuid4()),
            "app": {"id": app["id"], "name": app["name"]},
            "type": kind,
            "command": app["processes"].get(kind, ""),
            "quantity": quantity,
            "size": size,
        }

    @route("PATCH", "/apps/{app}/formation/{type}")
    def update_formation(self, ref: str, kind: str, body: JSON) -> JSON:
        app = self.app(ref)
        if kind not in app["processes"]:
            raise missing("process type")
        fir = app["generation"]["name"] == "fir"
        dynos = app["formation"].setdefault(kind, self.dynos(app, kind, 0, self.sizes(app)[1]))
        size = (body.get("dyno_size") or {}).get("name", dynos["size"]).lower()
        quantity = body.get("quantity", dynos["quantity"])
        if not (FIR.fullmatch(size) if fir else size in self.sizes(app)):
            raise invalid(f"No such size as {size}.")
        if size in ("eco", "basic") and quantity > 1:
            raise invalid(f"Cannot update to more than 1 {size.title()} size dynos per process type.")
        families = {d["size"].lower() for d in app["formation"].values() if d["quantity"] and d is not dynos} | {size}
        if not fir and len(families) > 1 and families & {"eco", "basic"} and quantity:
            raise invalid(f"Cannot mix dynos of the sizes {' and '.join(sorted(families))}.")
        dynos |= {"quantity": quantity, "size": size if fir else size.title()}
        return dynos

    @route("GET", "/apps/{app}/formation/{type}")
    def read_formation(self, ref: str, kind: str) -> JSON:
        for dynos in self.app(ref)["formation"].values():
            if kind in (dynos["id"], dynos["type"]):
                return dynos
        raise missing("process type")
