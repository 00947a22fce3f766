"""What a namespace of a cluster has, in a form that can be compared with the topology. Read from the API alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from kube_client import Api, Object
from kube_ways import Peer, ways

OUTSIDE = "anywhere"
#: A computer outside of the cluster, and the metadata of a cloud, which no pod needs
ADDRESSES = {OUTSIDE: "198.51.100.7", "metadata": "169.254.169.254"}
#: Kinds that run pods, and where the template of their pods is
WORKLOADS = {
    "Deployment": ("apps/v1", "deployments"),
    "StatefulSet": ("apps/v1", "statefulsets"),
    "Job": ("batch/v1", "jobs"),
    "CronJob": ("batch/v1", "cronjobs"),
}
#: What Kubernetes itself puts into each namespace
GIVEN = {("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt")}
#: What others make of something: the names are theirs
MADE = {"Endpoints", "EndpointSlice", "Event", "ControllerRevision", "ReplicaSet", "Pod", "PodMetrics"}


@dataclass(frozen=True)
class Workload:
    """Pods of one template. ``replicas``: how many there must be, all ready. ``claims``: name to GiB, of each pod."""

    kind: str
    replicas: int = 1
    claims: Mapping[str, int] = field(default_factory=dict)
    schedule: str = ""


@dataclass(frozen=True)
class State:
    """Everything by its name.

    ``ways``: connections that NetworkPolicies allow (kube_ways.py). ``services``: ``name protocol port -> workload
    port``. ``doors``: ``host path -> service port`` of Ingresses and routes, and whether with TLS.
    ``scales``: autoscalers, with the lowest and the highest number.
    """

    workloads: Mapping[str, Workload] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    doors: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def differences(seen: State, wanted: State) -> list[str]:
    """What is seen and not wanted, or wanted and not seen: a line for each."""
    found = []
    for each in fields(State):
        have, need = _flat(getattr(seen, each.name)), _flat(getattr(wanted, each.name))
        found += [f"{each.name}: not wanted: {one}" for one in sorted(have - need)]
        found += [f"{each.name}: missing: {one}" for one in sorted(need - have)]
    return found


def _flat(of: Mapping[str, object] | frozenset[str]) -> set[str]:
    return {f"{name}: {each}" for name, each in of.items()} if isinstance(of, Mapping) else set(of)


class Namespace:
    """The objects of one namespace."""

    def __init__(self, api: Api, name: str) -> None:
        self.api, self.name = api, name

    def all(self) -> Iterator[Object]:
        """Every object in the namespace, of every kind that the API has, with its kind."""
        for version in self.versions():
            found = self.api.call("GET", version, accept=(503,))
            for each in found.get("resources", ()):
                if each["namespaced"] and "/" not in each["name"] and "list" in each["verbs"]:
                    for item in self.api.items(f"{version}/namespaces/{self.name}/{each['name']}"):
                        yield {**item, "kind": each["kind"]}

    def versions(self) -> Iterator[str]:
        """The path of each group of kinds."""
        yield "/api/v1"
        for group in self.api.call("GET", "/apis")["groups"]:
            if not group["name"].startswith(("events.", "authorization.", "metrics.")):
                yield f"/apis/{group['preferredVersion']['groupVersion']}"

    def list(self, version: str, plural: str) -> list[Object]:
        """The objects of one kind."""
        root = "/api/v1" if version == "v1" else f"/apis/{version}"
        return self.api.call("GET", f"{root}/namespaces/{self.name}/{plural}", accept=(404,)).get("items") or []

    def pods(self) -> list[Object]:
        """Pods that are not about to go."""
        return [each for each in self.list("v1", "pods") if "deletionTimestamp" not in each["metadata"]]

    def objects(self) -> dict[tuple[str, str], str]:
        """What somebody has created: kind and name, to the identity that another object of the name does not have."""
        return {
            (each["kind"], each["metadata"]["name"]): each["metadata"]["uid"]
            for each in self.all()
            if each["kind"] not in MADE and (each["kind"], each["metadata"]["name"]) not in GIVEN
        }

    def templates(self) -> Iterator[tuple[str, Object, Object]]:
        """Kind, workload and pod template of everything that runs pods, except the Jobs of CronJobs."""
        for kind, (version, plural) in WORKLOADS.items():
            for each in self.list(version, plural):
                if not each["metadata"].get("ownerReferences"):
                    spec = each["spec"]["jobTemplate"]["spec"] if kind == "CronJob" else each["spec"]
                    yield kind, each, spec["template"]

    def peers(self, others: Iterable[Peer]) -> list[Peer]:
        """Everything that can take part in a connection: the workloads, others in the cluster, and the outside."""
        about = self.api.call("GET", f"/api/v1/namespaces/{self.name}")["metadata"]["labels"]
        found = []
        for _, each, template in self.templates():
            ports = {
                port.get("name", ""): port["containerPort"]
                for container in template["spec"]["containers"]
                for port in container.get("ports", ())
            }
            labels = template["metadata"].get("labels") or {}
            found.append(Peer(each["metadata"]["name"], labels, self.name, about, ports=ports))
        return [*found, *others, *(Peer(name, address=address) for name, address in ADDRESSES.items())]

    def state(self, others: Iterable[Peer]) -> State:
        """Everything. ``others``: peers in other namespaces, such as the Ingress controller."""
        policies = self.list("networking.k8s.io/v1", "networkpolicies")
        return State(
            workloads=dict(self._workloads()),
            services=frozenset(self._services()),
            doors=frozenset(self._doors()),
            ways=frozenset(ways(policies, self.peers(others), self.name)),
            scales={
                each["spec"]["scaleTargetRef"]["name"]: (each["spec"]["minReplicas"], each["spec"]["maxReplicas"])
                for each in self.list("autoscaling/v2", "horizontalpodautoscalers")
            },
        )

    def _workloads(self) -> Iterator[tuple[str, Workload]]:
        sizes = {
            each["metadata"]["name"]: gibibytes(each["status"].get("capacity", {}).get("storage", "0Gi"))
            for each in self.list("v1", "persistentvolumeclaims")
        }
        owned = self._owned()
        for kind, each, template in self.templates():
            name, status = each["metadata"]["name"], each.get("status", {})
            claims = {
                volume["name"]: sizes[volume["persistentVolumeClaim"]["claimName"]]
                for volume in template["spec"].get("volumes", ())
                if "persistentVolumeClaim" in volume
            }
            for claim in each["spec"].get("volumeClaimTemplates", ()):
                title = claim["metadata"]["name"]
                claims[title] = min(sizes[f"{title}-{pod}"] for pod in owned[name])
            if kind in ("Deployment", "StatefulSet"):
                wanted = each["spec"]["replicas"]
                assert status.get("readyReplicas", 0) == wanted, f"{name}: {status}"
                assert status.get("updatedReplicas", 0) == wanted, f"{name}: {status}"
                assert len(owned[name]) == wanted, f"{name}: {owned[name]}"
                yield name, Workload(kind, wanted, claims)
            elif kind == "Job":
                assert status.get("succeeded") == 1, f"{name}: {status}"
                yield name, Workload(kind, 1, claims)
            else:
                zone = each["spec"].get("timeZone")
                yield name, Workload(kind, 1, claims, " ".join(filter(None, (each["spec"]["schedule"], zone))))

    def _owned(self) -> dict[str, list[str]]:
        """The ready pods of each workload, by name, through their ReplicaSets."""
        over = {
            each["metadata"]["name"]: each["metadata"]["ownerReferences"][0]["name"]
            for each in self.list("apps/v1", "replicasets")
        }
        found: dict[str, list[str]] = {each["metadata"]["name"]: [] for _, each, _ in self.templates()}
        for pod in self.pods():
            owner = (pod["metadata"].get("ownerReferences") or [{"name": "", "kind": ""}])[0]
            name = over.get(owner["name"], owner["name"])
            if name in found and owner["kind"] != "Job":
                signs = {each["type"]: each["status"] for each in pod["status"].get("conditions", ())}
                assert signs.get("Ready") == "True", f"{pod['metadata']['name']} is not ready: {pod['status']}"
                found[name].append(pod["metadata"]["name"])
        return found

    def _services(self) -> Iterator[str]:
        """By EndpointSlices, which Kubernetes makes of the selector and the pods: where a connection really ends."""
        pods = {pod: name for name, pods in self._owned().items() for pod in pods}
        slices = self.list("discovery.k8s.io/v1", "endpointslices")
        for each in self.list("v1", "services"):
            name, spec = each["metadata"]["name"], each["spec"]
            mine = [one for one in slices if one["metadata"]["labels"].get("kubernetes.io/service-name") == name]
            for port in spec.get("ports", ()):
                ends = {
                    f"{pods[end['targetRef']['name']]} {to['port']}"
                    for one in mine
                    for to in one.get("ports") or ()
                    if (to.get("name") or "") == port.get("name", "")
                    for end in one.get("endpoints") or ()
                    if end["conditions"].get("ready")
                }
                yield f"{name} {port['protocol'].lower()} {port['port']} -> {', '.join(sorted(ends)) or 'nothing'}"

    def _doors(self) -> Iterator[str]:
        yield from self._routes()
        for each in self.list("networking.k8s.io/v1", "ingresses"):
            safe = {host for tls in each["spec"].get("tls", ()) for host in tls.get("hosts", ())}
            for rule in each["spec"].get("rules", ()):
                for path in rule["http"]["paths"]:
                    to = path["backend"]["service"]
                    port = to["port"].get("number") or self._port(to["name"], to["port"]["name"])
                    host = rule.get("host", "*")
                    yield f"{host} {path['path']} -> {to['name']} {port}{' with TLS' if host in safe else ''}"

    def _routes(self) -> Iterator[str]:
        """The same of HTTPRoutes and of OpenShift's Routes, if the cluster knows them."""
        for each in self.list("gateway.networking.k8s.io/v1", "httproutes"):
            spec = each["spec"]
            for host in spec.get("hostnames") or ["*"]:
                for rule in spec["rules"]:
                    (match,), (to,) = rule["matches"], rule["backendRefs"]
                    yield f"{host} {match['path']['value']} -> {to['name']} {to['port']}"
        for each in self.list("route.openshift.io/v1", "routes"):
            spec = each["spec"]
            port = spec["port"]["targetPort"]
            number = port if isinstance(port, int) else self._port(spec["to"]["name"], port)
            safe = f" with TLS {spec['tls']['termination']}" if "tls" in spec else ""
            yield f"{spec.get('host', '*')} {spec.get('path', '/')} -> {spec['to']['name']} {number}{safe}"

    def _port(self, service: str, name: str) -> int:
        ports = self.api.call("GET", f"/api/v1/namespaces/{self.name}/services/{service}")["spec"]["ports"]
        return next(int(each["port"]) for each in ports if each.get("name") == name)


def gibibytes(amount: str) -> int:
    """An amount of storage."""
    assert amount.endswith("Gi"), amount
    return int(amount[:-2])
