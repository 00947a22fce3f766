"""CAMP482: what a service loads is too large for a ConfigMap."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.stream import size
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout

MOST = 1_000_000
"""Bytes of the files of a service. The API allows 1 MiB, with the names."""


def check(layout: KubernetesLayout) -> Iterator[Diagnostic]:
    """Check the content that services load."""
    for container in layout.services.values():
        loaded = [(job, sum(size(each.content) for each in job.files.values())) for job in container.jobs]
        all_ = sum(amount for _, amount in loaded)
        if all_ > MOST:
            largest, amount = max(loaded, key=lambda each: each[1])
            content = largest.job.content
            yield Diagnostic(
                "CAMP482",
                f"what {container.service.id} loads has {all_:,} bytes, and Kubernetes allows {MOST:,}",
                content.href.span if content.href else content.span,
                label=f"{amount:,} bytes",
                notes=("a pod gets its files from a ConfigMap, which the cluster keeps in its own database",),
                help="load it by hand after the first apply, with  kubectl exec,  or let a release process download it",
            )
