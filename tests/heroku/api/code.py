"""Code: a source is put, a build unpacks it, a release runs it, a formation says how many dynos of what."""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
import uuid
from pathlib import Path

import yaml

from heroku.api.apps import Apps, public
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


class Code(Apps):
    """Uploads by name. ``keep``: where uploads are left unpacked; ``release_fails``: release commands do."""

    sources: dict[str, bytes]
    keep: Path | None
    release_fails: bool
    fetched: dict[str, bytes]

    def blob(self, method: str, path: str, raw: bytes) -> tuple[int, bytes] | None:
        if (found := re.fullmatch("/upload/([^/]+)", path)) and method == "PUT":
            self.sources[found[1]] = raw
            return 200, b""
        if found := re.fullmatch("/log/([^/]+)/([^/]+)", path):
            return 200, str(self.app(found[1])["builds"][found[2]]["log"]).encode()
        return None

    def release(self, app: JSON, description: str, slug: JSON = None) -> JSON:
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

    @route("GET", "/apps/{app}/releases", 206)
    def list_releases(self, ref: str) -> JSON:
        return public(self.app(ref)["releases"][::-1])

    @route("GET", "/apps/{app}/releases/{release}")
    def read_release(self, ref: str, release: str) -> JSON:
        found = next((r for r in self.app(ref)["releases"] if r["id"] == release), None)
        if not found:
            raise missing("release")
        answer = public(found)
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
        status, processes = "succeeded", {}
        try:
            if blob is None:
                raise ValueError(f"Unable to download the source from {url}")
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
            "stack": app["stack"]["name"],
            "source_blob": {"url": url if url in self.fetched else "", "checksum": None, "version": None},
            "user": {"id": str(uuid.uuid4()), "email": "someone@example.com"},
        }
        build["output_stream_url"] = f"{self.base}/log/{app['id']}/{build['id']}"
        if slug:
            app["processes"] = processes
            build["release"] = {"id": self.release(app, "Deploy", slug)["id"]}
            if "web" in processes:
                app["formation"].setdefault("web", self.dynos(app, "web", 1, self.sizes(app)[1]))
        app["builds"][build["id"]] = build
        return public(build)

    def unpack(self, app: JSON, blob: bytes) -> dict[str, str]:
        """The process types of an upload, as the build system and the app's buildpack see it."""
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
            return containers({name: content.decode() for name, (content, _) in files.items()})
        self.detect(app, {name: content for name, (content, _) in files.items()})
        if "Procfile" not in files:
            raise ValueError("no Procfile: no process types")
        lines = files["Procfile"][0].decode().splitlines()
        return dict(re.split(r":\s*", line, maxsplit=1) for line in lines if re.match(r"[\w-]+:", line))

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
        return SPACE if app["space"] else COMMON

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
