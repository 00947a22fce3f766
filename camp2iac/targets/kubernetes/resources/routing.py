"""How users reach public components: an Ingress, an HTTPRoute, a Route, or a load balancer for other protocols."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import Attribute, Block, Value, body, expr, ref, template
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kubernetes import resource_types as types
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.ends import PublicEnd
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import labels, pods

_ISSUER = "cert-manager.io/cluster-issuer"


def add(made: ModuleBuilder, layout: KubernetesLayout, end: PublicEnd) -> None:
    """Add the way to an endpoint."""
    if not end.routed:
        _load_balancer(made, layout, end)
    elif layout.settings.routing == "ingress":
        _ingress(made, layout, end)
    else:
        manifest = _http_route(layout, end) if layout.settings.routing == "gateway" else _route(layout, end)
        made.resource(
            names.file(end.component.id),
            types.MANIFEST,
            end.label,
            comment=_comment(made, end),
            origin=end.exposure.span if end.exposure else end.component.span,
            manifest=manifest,
        )


def hosts(layout: KubernetesLayout, end: PublicEnd) -> tuple[Value, ...]:
    """The hosts of an endpoint: those that are known, or one in the domain that the operator gives."""
    return (template(f"{end.name}.", _domain(layout)),) if end.asks else end.hosts


def _domain(layout: KubernetesLayout) -> Value:
    return ref(f"var.{names.own(layout.topology, 'domain')}")


def address(layout: KubernetesLayout, end: PublicEnd) -> Value:
    """The URL of an endpoint. Without a host, its address is known after the cluster has one."""
    host = next((each for each in end.hosts if not each.startswith("*.")), "")
    if not end.routed:
        return template(f"{end.protocol}://", _given(f"{types.SERVICE}.{end.label}"), f":{end.port}")
    scheme = "https" if end.tls else "http"
    if end.asks:
        return template(f"{scheme}://{end.name}.", _domain(layout), end.path)
    if host:
        return f"{scheme}://{host}{end.path}"
    if layout.settings.routing == "ingress":
        return template(f"{scheme}://", _given(f"{types.INGRESS}.{end.label}"), end.path)
    return template(f"{scheme}://{end.name}.", labels.namespace(layout), end.path)


def _given(address_: str) -> Value:
    """The address that the cluster has given, if it has."""
    status = ref(address_, ".status[0].load_balancer[0].ingress[0]")
    return expr("try(coalesce(", status, ".hostname, ", status, '.ip), "")')


def _comment(made: ModuleBuilder, end: PublicEnd) -> str:
    return made.plan(f"{end.component.id}, Expose" if end.exposure else end.component.id)


def _load_balancer(made: ModuleBuilder, layout: KubernetesLayout, end: PublicEnd) -> None:
    protocol = "UDP" if end.protocol == "udp" else "TCP"
    port = body(name=pods.port_name(protocol, end.port), port=end.port, target_port=end.listen, protocol=protocol)
    selector = labels.selector(layout, end.workload)
    made.resource(
        names.file(end.component.id),
        types.SERVICE,
        end.label,
        labels.metadata(end.name, labels.labels(layout, end.workload)),
        Block("spec", (), body(Block("port", (), port), selector=selector, type="LoadBalancer")),
        comment=_comment(made, end),
        origin=end.exposure.span if end.exposure else end.component.span,
        wait_for_load_balancer=False,
    )


def _ingress(made: ModuleBuilder, layout: KubernetesLayout, end: PublicEnd) -> None:
    settings = layout.settings
    class_, issuer, secret = (
        settings.text("ingress_class"),
        settings.text("tls", "issuer"),
        settings.text("tls", "secret"),
    )
    service = Block("service", (), body(Block("port", (), body(number=end.listen)), name=end.workload.id))
    path = Block("path", (), body(Block("backend", (), (service,)), path=end.path or "/", path_type="Prefix"))
    rules = [
        Block("rule", (), body(Block("http", (), (path,)), host=host or None)) for host in hosts(layout, end) or ("",)
    ]
    named = secret or (f"{end.name}-tls" if issuer else "")
    tls = Block("tls", (), body(hosts=hosts(layout, end) or None, secret_name=named or None)) if end.tls else None
    chosen = Attribute("ingress_class_name", class_, origin=settings.environment.span("ingress_class"))
    annotations = {_ISSUER: issuer} if issuer and end.tls else None
    made.resource(
        names.file(end.component.id),
        types.INGRESS,
        end.label,
        labels.metadata(end.name, labels.labels(layout, end.workload), annotations),
        Block("spec", (), body(*rules, tls, ingress_class_name=chosen if class_ else None)),
        comment=_comment(made, end),
        origin=end.exposure.span if end.exposure else end.component.span,
    )


def _head(layout: KubernetesLayout, end: PublicEnd) -> Mapping[str, Value]:
    return {"name": end.name, "namespace": labels.NAMESPACE, "labels": labels.labels(layout, end.workload)}


def _http_route(layout: KubernetesLayout, end: PublicEnd) -> Value:
    namespace, _, gateway = layout.settings.text("gateway").rpartition("/")
    parent: dict[str, Value] = {"name": gateway, **({"namespace": namespace} if namespace else {})}
    match: Value = {"path": {"type": "PathPrefix", "value": end.path or "/"}}
    backend: Value = {"name": end.workload.id, "port": end.listen}
    spec: dict[str, Value] = {"parentRefs": (parent,)}
    if hosts(layout, end):
        spec["hostnames"] = hosts(layout, end)
    spec["rules"] = ({"matches": (match,), "backendRefs": (backend,)},)
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": _head(layout, end),
        "spec": spec,
    }


def _route(layout: KubernetesLayout, end: PublicEnd) -> Value:
    """A Route has one host: the first."""
    termination = layout.settings.text("tls", "termination") or "edge"
    spec: dict[str, Value] = {"host": hosts(layout, end)[0]} if hosts(layout, end) else {}
    if end.path and termination != "passthrough":
        spec["path"] = end.path
    spec["to"] = {"kind": "Service", "name": end.workload.id, "weight": 100}
    spec["port"] = {"targetPort": pods.port_name("tcp", end.listen)}
    if end.tls:
        spec["tls"] = {"termination": termination, "insecureEdgeTerminationPolicy": "Redirect"}
    spec["wildcardPolicy"] = "None"
    return {"apiVersion": "route.openshift.io/v1", "kind": "Route", "metadata": _head(layout, end), "spec": spec}
