"""The control plane of a run: its objects that belong to no namespace, its secrets and its load."""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from kube_client import Api, Object
from kube_state import MADE, Namespace

#: Kinds that Kubernetes itself creates and removes all the time
PASSING = {*MADE, "Lease", "VolumeAttachment", "CertificateSigningRequest", "Node"}


class Cluster:
    """A cluster. ``kubeconfig``: that of its administrator, from `control-plane/up`."""

    def __init__(self, kubeconfig: Path) -> None:
        self.kubeconfig = kubeconfig
        self.run = kubeconfig.parent
        server = yaml.safe_load(kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
        assert server.startswith("https://127.0.0.1:"), "only a control plane that the proof has started is used"
        self.api = Api(self.run, server, "admin")

    @property
    def environment(self) -> dict[str, str]:
        """The variables for Terraform's provider."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KUBE")}
        return {**kept, "KUBE_CONFIG_PATH": str(self.kubeconfig)}

    @property
    def definitions(self) -> Path:
        """The folder with the CustomResourceDefinitions that the control plane has."""
        return self.run / "definitions"

    def version(self) -> str:
        """The release."""
        return f"Kubernetes {self.api.call('GET', '/version')['gitVersion']}"

    def shared(self) -> set[tuple[str, str]]:
        """Kinds and names of everything outside of namespaces, and the namespaces."""
        return {(each["kind"], each["metadata"]["name"]) for each in self._shared() if each["kind"] not in PASSING}

    def _shared(self) -> Iterator[Object]:
        for version in Namespace(self.api, "").versions():
            for each in self.api.call("GET", version, accept=(503,)).get("resources", ()):
                if not each["namespaced"] and "/" not in each["name"] and "list" in each["verbs"]:
                    for item in self.api.items(f"{version}/{each['name']}"):
                        yield {**item, "kind": each["kind"]}

    def busy(self, load: int | None) -> None:
        """How much of their request all pods use, in per cent. None: almost nothing."""
        file = self.run / "load"
        if load is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(str(load))

    def remove(self, names: set[tuple[str, str]]) -> None:
        """Remove namespaces and volumes that a failed run has left."""
        for kind, name in sorted(names):
            if kind == "Namespace":
                self.api.call("DELETE", f"/api/v1/namespaces/{name}", accept=(404, 409))
        until(lambda: not [n for k, n in names & self.shared() if k == "Namespace"], "the namespaces are removed", 120)


def told(namespace: Namespace) -> list[str]:
    """Objects that show the value of a Secret: in the clear, or as the API encodes it."""
    objects = list(namespace.all())
    values = {
        value
        for each in objects
        if each["kind"] == "Secret"
        for value in (each.get("data") or {}).values()
        if len(value) >= 12
    }
    plain = {b64decode(value).decode("utf-8", "replace") for value in values}
    shown = [
        f"{each['kind']} {each['metadata']['name']}"
        for each in objects
        if each["kind"] != "Secret"
        for text in [json.dumps(each, ensure_ascii=False)]
        if any(json.dumps(value, ensure_ascii=False)[1:-1] in text for value in plain | values)
    ]
    return sorted(set(shown))


def until(seen: Callable[[], Any], what: str, seconds: float = 60) -> float:
    """Wait until it is seen. Returns the seconds."""
    start = time.monotonic()
    while not seen():
        assert time.monotonic() - start < seconds, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.3)
    return time.monotonic() - start
