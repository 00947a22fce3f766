"""Where secrets of Kubernetes' modules are, and how they are rotated."""

from __future__ import annotations

from camp2iac.targets.kubernetes.resource_types import MANIFEST, REVISION, SECRET
from camp2iac.targets.secret_table import SecretPlace, SecretTable

_SET = "The new pod sets the new password in {title} before it starts, also if the data in the volume are older."

SECRETS = SecretTable(
    places={
        f"{SECRET}.data": SecretPlace("a Secret in the namespace, which its pods mount or get as variables"),
        f"{REVISION}.triggers_replace": SecretPlace("Terraform's state, to start the pods again"),
    },
    literals=("*_secrets",),
    operators={MANIFEST: "The operator sets the new password in {title}. Its pods do not start again."},
    servers={
        **dict.fromkeys(("mariadb", "mongodb", "postgresql"), _SET),
        **dict.fromkeys(
            ("rabbitmq", "redis", "valkey"), "The new pod starts {title} with the new password. Data stay."
        ),
    },
)
