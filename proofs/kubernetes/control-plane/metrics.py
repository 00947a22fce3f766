"""The metrics of pods, as autoscalers read them. The file `load` of the control plane says how busy all pods are."""

from __future__ import annotations

import json
import ssl
from base64 import b64encode
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from kube_client import Api, Object

GROUP, VERSION = "metrics.k8s.io", "v1beta1"
#: Per cent of the request, without a file
IDLE = 1
#: Of containers without a request: millicores and MiB
USUAL = (100, 128)
_UNITS = {"": 1, "Ki": 1024, "Mi": 1024**2, "Gi": 1024**3, "k": 1000, "M": 1000**2, "G": 1000**3}


def _millicores(amount: str) -> float:
    return float(amount[:-1]) if amount.endswith("m") else float(amount) * 1000


def _bytes(amount: str) -> float:
    digits = amount.rstrip("KMGik")
    return float(digits) * _UNITS[amount[len(digits) :]]


def pod_metrics(pod: Object, load: float) -> Object:
    """What a pod uses, if its containers use this per cent of what they request."""
    found = []
    for container in pod["spec"]["containers"]:
        asked = container.get("resources", {}).get("requests", {})
        cores = _millicores(asked["cpu"]) if "cpu" in asked else USUAL[0]
        memory = _bytes(asked["memory"]) if "memory" in asked else USUAL[1] * 1024**2
        usage = {"cpu": f"{cores * load / 100:.0f}m", "memory": f"{memory * load / 100:.0f}"}
        found.append({"name": container["name"], "usage": usage})
    meta = {key: pod["metadata"][key] for key in ("name", "namespace")} | {"labels": pod["metadata"].get("labels", {})}
    time = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"metadata": meta, "timestamp": time, "window": "10s", "containers": found}


def serve(api: Api, run: Path, port: int) -> None:
    """Answer in the background, and say so to the API. Only the API's own certificate is accepted."""

    class Answer(BaseHTTPRequestHandler):
        """A discovery of the group, or the pods of a namespace."""

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            words = address.path.strip("/").split("/")
            named = {"apiVersion": f"{GROUP}/{VERSION}"}
            if words[3:4] == ["namespaces"] and words[5:] == ["pods"]:
                chosen = parse_qs(address.query).get("labelSelector", [""])[0]
                pods = api.items(f"/api/v1/namespaces/{words[4]}/pods", labelSelector=chosen)
                file = run / "load"
                load = float(file.read_text()) if file.exists() else IDLE
                running = [pod_metrics(each, load) for each in pods if each["status"].get("phase") == "Running"]
                self._say({**named, "kind": "PodMetricsList", "metadata": {}, "items": running})
            else:
                kind = {
                    "name": "pods",
                    "namespaced": True,
                    "kind": "PodMetrics",
                    "singularName": "",
                    "verbs": ["get", "list"],
                }
                said = {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{GROUP}/{VERSION}"}
                self._say({**said, "resources": [kind]})

        def _say(self, body: Object) -> None:
            text = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(run / "pki/ca.crt"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(run / "pki/node.crt", run / "pki/node.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    door = {"type": "ExternalName", "externalName": "localhost", "ports": [{"port": port}]}
    api.made("/api/v1/namespaces/kube-system/services", {"metadata": {"name": "metrics"}, "spec": door})
    trusted = b64encode((run / "pki/ca.crt").read_bytes()).decode()
    spec = {
        "group": GROUP,
        "version": VERSION,
        "groupPriorityMinimum": 100,
        "versionPriority": 100,
        "caBundle": trusted,
    }
    spec |= {"service": {"namespace": "kube-system", "name": "metrics", "port": port}}
    api.made("/apis/apiregistration.k8s.io/v1/apiservices", {"metadata": {"name": f"{VERSION}.{GROUP}"}, "spec": spec})
