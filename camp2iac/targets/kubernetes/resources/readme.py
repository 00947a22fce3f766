"""The sections on Kubernetes of the output's README."""

from __future__ import annotations

from camp2iac.targets import child
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources import bake


def text(layout: KubernetesLayout) -> str:
    """Markdown."""
    lines = ["## On Kubernetes", "", *_images(layout)]
    namespace = "NAMESPACE" if child.wanted(layout.settings.environment) else layout.namespace
    lines += [
        f"The provider uses {_cluster(layout)}. `terraform apply` returns when all pods are ready.",
        "",
        f"- `kubectl get pods --namespace {namespace}` lists the pods, `kubectl logs` prints what one writes.",
        "- Pods have the names of the plan. They reach each other by these, only where the plan connects them.",
        "- Passwords are in Terraform's state, and in Secrets of the namespace: who can read those knows them.",
    ]
    if any(layout.volumes_of(each) for each in layout.workloads):
        lines.append(
            "- Volumes are PersistentVolumeClaims. Whether their data survive the claim depends on the storage class. "
            "There are no backups, and a database has one pod."
        )
    if layout.releases:
        jobs = ", ".join(f"`{each.id}`" for each in layout.releases.values())
        lines.append(
            f"- {jobs} runs once for each image and each change of its variables. If it fails, the apply stops. "
            "Correct the cause, and run `terraform apply -replace=ADDRESS` with the address in the message."
        )
    lines += ["", "To remove all of it, run `terraform destroy`.", ""]
    return "\n".join(lines)


def _images(layout: KubernetesLayout) -> tuple[str, ...]:
    """How the images of components are built."""
    if not bake.built(layout):
        return ()
    tags = "Their tags are digests of what they are built"
    if layout.settings.builds:
        return (
            f"`terraform apply` builds the images and pushes them to the registry. {tags}",
            "from, so each change of the content has a new one, and only that is built. It needs Docker's engine",
            "(`DOCKER_HOST`, or the local one) with the platform of the nodes, and a login at the registry:",
            "",
            "```sh",
            f"docker login {layout.settings.registry.partition('/')[0]}",
            "```",
            "",
        )
    registry = "" if layout.settings.registry else "REGISTRY=registry.example.org/folder "
    return (
        f"Build the images first, and push them to the registry. {tags}",
        "from, so each change of the content has a new one:",
        "",
        "```sh",
        f"{registry}docker buildx bake --push",
        "```",
        "",
    )


def _cluster(layout: KubernetesLayout) -> str:
    """The cluster that the provider uses."""
    context, file = layout.settings.text("context"), layout.settings.text("kubeconfig")
    what = f"the context `{context}`" if context else "the cluster"
    return f"{what} of the kubeconfig `{file}`" if file else f"{what} of `KUBE_CONFIG_PATH`"
