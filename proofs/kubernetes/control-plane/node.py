"""What a cluster has beyond its control plane, as far as its API shows: nodes, pods that run, volumes, addresses.

    node.py RUN SERVER PORT

It starts no process and stores no byte. A pod becomes ready as a kubelet would allow it: if the Secrets and ConfigMaps
that it refers to have the keys, and its claims are bound. Pods that are not restarted succeed. Claims get a volume when
a pod uses them; load balancers and Ingresses get an address. ``PORT``: the metrics that autoscalers read (metrics.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from kube_client import Api, Object
from metrics import serve

NODES = ("proof-1", "proof-2", "proof-3")
DRIVER = "proof.camp2iac.invalid"
#: Seconds between two rounds, and between two signs of life of the nodes
PAUSE, LEASE = 0.3, 8
ROOM = {"cpu": "64", "memory": "256Gi", "pods": "500", "ephemeral-storage": "1Ti"}
#: The address of all load balancers and Ingresses
OUTSIDE = "203.0.113.80"


def now(form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    """The time, as the API writes it."""
    return datetime.now(timezone.utc).strftime(form)


class Cluster:
    """``api``: as administrator."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.alive = 0.0
        self.addresses: dict[str, str] = {}
        self.told: dict[str, str] = {}

    def begin(self) -> None:
        """Nodes in three zones, and classes for volumes and Ingresses."""
        for number, name in enumerate(NODES, 1):
            labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
            labels |= {"topology.kubernetes.io/zone": f"zone-{number}", "topology.kubernetes.io/region": "proof"}
            self.api.made("/api/v1/nodes", {"metadata": {"name": name, "labels": labels}})
        usual = {"storageclass.kubernetes.io/is-default-class": "true"}
        for name, marks in (("standard", usual), ("fast", {})):
            told = {"provisioner": DRIVER, "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True}
            place = "/apis/storage.k8s.io/v1/storageclasses"
            self.api.made(place, {"metadata": {"name": name, "annotations": marks}, **told})
        driver = {"metadata": {"name": DRIVER}, "spec": {"attachRequired": False}}
        self.api.made("/apis/storage.k8s.io/v1/csidrivers", driver)
        usual = {"ingressclass.kubernetes.io/is-default-class": "true"}
        ingress = {
            "metadata": {"name": "proof", "annotations": usual},
            "spec": {"controller": "camp2iac.invalid/proof"},
        }
        self.api.made("/apis/networking.k8s.io/v1/ingressclasses", ingress)

    def round(self) -> None:
        """Look at everything once."""
        if time.monotonic() - self.alive > LEASE:
            self.live()
            self.alive = time.monotonic()
        self.claims()
        self.pods()
        self.doors()

    def live(self) -> None:
        """The nodes say that they are ready."""
        kubelet = {"kubeletVersion": self.api.call("GET", "/version")["gitVersion"]}
        for name in NODES:
            sign = {"type": "Ready", "status": "True", "reason": "KubeletReady", "lastHeartbeatTime": now()}
            told = {"conditions": [sign], "capacity": ROOM, "allocatable": ROOM, "nodeInfo": kubelet}
            self.api.patched(f"/api/v1/nodes/{name}/status", {"status": told})
            leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
            held = {"holderIdentity": name, "leaseDurationSeconds": 40, "renewTime": now("%Y-%m-%dT%H:%M:%S.%fZ")}
            self.api.made(leases, {"metadata": {"name": name}, "spec": held})
            self.api.patched(f"{leases}/{name}", {"spec": held})

    # ---- pods ------------------------------------------------------------------------------------

    def pods(self) -> None:
        """Pods that have a node run, unless something is missing. Those that are deleted go at once."""
        for pod in self.api.items("/api/v1/pods", resourceVersion=0):
            meta, spec = pod["metadata"], pod["spec"]
            path = f"/api/v1/namespaces/{meta['namespace']}/pods/{meta['name']}"
            if "deletionTimestamp" in meta:
                if spec.get("nodeName"):
                    self.api.call("DELETE", path, {"gracePeriodSeconds": 0}, accept=(404, 409))
                continue
            if not spec.get("nodeName") or pod["status"].get("phase") in ("Succeeded", "Failed"):
                continue
            if missing := next(self.missing(meta["namespace"], spec), ""):
                if self.told.get(meta["uid"]) != missing:
                    self.told[meta["uid"]] = missing
                    self.api.patched(f"{path}/status", {"status": self.waits(spec, missing)})
            elif pod["status"].get("phase") != "Running":
                self.api.patched(f"{path}/status", {"status": self.runs(meta, spec)})

    def runs(self, meta: Object, spec: Object) -> Object:
        """The status of a pod whose containers run, or have ended if they are not restarted."""
        ended = spec["restartPolicy"] != "Always"
        number = len(self.addresses) + 1
        address = self.addresses.setdefault(meta["uid"], f"10.244.{number // 250}.{number % 250 + 1}")
        done = {"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": now(), "finishedAt": now()}}
        goes = {"running": {"startedAt": now()}}
        signs = [
            {"type": each, "status": "True", "lastTransitionTime": now()} for each in ("Initialized", "PodScheduled")
        ]
        signs += [
            {"type": each, "status": "False" if ended else "True", "lastTransitionTime": now()}
            for each in ("ContainersReady", "Ready")
        ]
        return {
            "phase": "Succeeded" if ended else "Running",
            "conditions": signs,
            "hostIP": "127.0.0.1",
            "podIP": address,
            "podIPs": [{"ip": address}],
            "startTime": now(),
            "containerStatuses": [_status(each, done if ended else goes, not ended) for each in spec["containers"]],
            "initContainerStatuses": [
                _status(each, goes if each.get("restartPolicy") == "Always" and not ended else done, True)
                for each in spec.get("initContainers", ())
            ],
        }

    def waits(self, spec: Object, missing: str) -> Object:
        """The status of a pod that cannot start."""
        waiting = {"waiting": {"reason": "CreateContainerConfigError", "message": missing}}
        sign = {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "message": missing}
        found = [_status(each, waiting, False) for each in spec["containers"]]
        return {"phase": "Pending", "conditions": [sign], "containerStatuses": found}

    def missing(self, namespace: str, spec: Object) -> Iterator[str]:
        """What a pod refers to that is not there."""
        for kind, name, key in _references(spec):
            found = self.api.call("GET", f"/api/v1/namespaces/{namespace}/{kind}/{name}", accept=(404,))
            if not found:
                yield f"{kind} {name} does not exist"
            elif key and key not in {**found.get("data", {}), **found.get("binaryData", {})}:
                yield f"{kind} {name} has no key {key}"
            elif kind == "persistentvolumeclaims" and found["status"].get("phase") != "Bound":
                yield f"{kind} {name} is not bound"

    # ---- volumes ---------------------------------------------------------------------------------

    def claims(self) -> None:
        """Volumes for the claims that a pod on a node uses; volumes that grow; volumes that nobody claims any more."""
        volumes = {
            each["metadata"]["name"]: each for each in self.api.items("/api/v1/persistentvolumes", resourceVersion=0)
        }
        for claim in self.api.items("/api/v1/persistentvolumeclaims", resourceVersion=0):
            meta, spec = claim["metadata"], claim["spec"]
            name = f"pvc-{meta['uid']}"
            size = spec["resources"]["requests"]["storage"]
            chosen = (meta.get("annotations") or {}).get("volume.kubernetes.io/selected-node")
            if name not in volumes and chosen and "deletionTimestamp" not in meta:
                self.api.made("/api/v1/persistentvolumes", _volume(name, claim))
            elif name in volumes and volumes[name]["spec"]["capacity"]["storage"] != size:
                self.api.patched(f"/api/v1/persistentvolumes/{name}", {"spec": {"capacity": {"storage": size}}})
                path = f"/api/v1/namespaces/{meta['namespace']}/persistentvolumeclaims/{meta['name']}/status"
                self.api.patched(path, {"status": {"capacity": {"storage": size}}})
        for name, volume in volumes.items():
            if volume["status"].get("phase") == "Released":
                self.api.call("DELETE", f"/api/v1/persistentvolumes/{name}", accept=(404, 409))

    # ---- ways in ---------------------------------------------------------------------------------

    def doors(self) -> None:
        """An address for load balancers and Ingresses."""
        told = {"status": {"loadBalancer": {"ingress": [{"ip": OUTSIDE}]}}}
        for path in ("/api/v1/{}services", "/apis/networking.k8s.io/v1/{}ingresses"):
            for each in self.api.items(path.format(""), resourceVersion=0):
                opened = "services" not in path or each["spec"].get("type") == "LoadBalancer"
                if opened and not each["status"].get("loadBalancer"):
                    place = path.format(f"namespaces/{each['metadata']['namespace']}/")
                    self.api.patched(f"{place}/{each['metadata']['name']}/status", told)


def _status(container: Object, state: Object, ready: bool) -> Object:
    """The status of a container."""
    names = {"name": container["name"], "image": container["image"], "imageID": container["image"]}
    return {**names, "state": state, "ready": ready, "started": "running" in state, "restartCount": 0}


def _references(spec: Object) -> Iterator[tuple[str, str, str]]:
    """The Secrets, ConfigMaps and claims of a pod: plural kind, name, key. Optional ones are left out."""
    kinds = {"secret": "secrets", "configMap": "configmaps"}
    for container in [*spec.get("initContainers", ()), *spec["containers"]]:
        for each in container.get("envFrom", ()):
            for kind, plural in kinds.items():
                if (found := each.get(f"{kind}Ref")) and not found.get("optional"):
                    yield plural, found["name"], ""
        for each in container.get("env", ()):
            for kind, plural in kinds.items():
                if (found := each.get("valueFrom", {}).get(f"{kind}KeyRef")) and not found.get("optional"):
                    yield plural, found["name"], found["key"]
    for volume in spec.get("volumes", ()):
        if claim := volume.get("persistentVolumeClaim"):
            yield "persistentvolumeclaims", claim["claimName"], ""
        for source in [volume, *volume.get("projected", {}).get("sources", ())]:
            for kind, plural in kinds.items():
                if (found := source.get(kind)) and not found.get("optional"):
                    name = found.get("secretName") or found["name"]
                    for key in [item["key"] for item in found.get("items", ())] or [""]:
                        yield plural, name, key


def _volume(name: str, claim: Object) -> Object:
    """A volume for a claim, as a provisioner of CSI would create it."""
    meta, spec = claim["metadata"], claim["spec"]
    owner = {"kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": meta["namespace"]}
    return {
        "metadata": {"name": name, "annotations": {"pv.kubernetes.io/provisioned-by": DRIVER}},
        "spec": {
            "accessModes": spec["accessModes"],
            "capacity": {"storage": spec["resources"]["requests"]["storage"]},
            "claimRef": {**owner, "name": meta["name"], "uid": meta["uid"]},
            "csi": {"driver": DRIVER, "volumeHandle": name},
            "persistentVolumeReclaimPolicy": "Delete",
            "storageClassName": spec.get("storageClassName", ""),
            "volumeMode": spec.get("volumeMode", "Filesystem"),
        },
    }


def main() -> None:
    """Until it is killed. An answer that does not come is tried again."""
    run, server, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    api = Api(run, server, "node")
    cluster = Cluster(api)
    cluster.begin()
    serve(api, run, port)
    while True:
        try:
            cluster.round()
        except OSError as error:
            print(error, flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
