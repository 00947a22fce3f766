"""Where secrets of OpenStack's modules are, and how they are rotated."""

from __future__ import annotations

from camp2iac.record import replace
from camp2iac.targets.openstack import resource_types as types
from camp2iac.targets.openstack.layout.encrypted_links import CA
from camp2iac.targets.secret_table import STATE, VARIABLE, SecretPlace, SecretSource, SecretTable

_SET = "When the new instance starts, its script sets the new password in {title}, also if the data are older."
_LASTING = (
    "It encrypts data outside the instances, such as backups: keep a copy, and do not change it. "
    "For another one, first use another folder or bucket in the environment file."
)
_FIRST = "This is only the first password of the administrator. If there are data, change it in {title}."
_LOGGED_OUT = "{title} derives its own keys from this password, so all of its users must log in again."
_LINK = "Clients accept the new certificate, because the CA is the same."
_CA = "The CA signs new certificates, so Terraform replaces the instances at both ends of all encrypted links."
_BOTH = "Set the certificate and its key together. Each later plan and apply needs them, too."

_KEY = SecretSource(
    "Terraform generates it",
    (STATE,),
    ("terraform apply -replace={address}",),
    (_LINK,),
    words="key of the certificate",
    attributes=("private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"),
)

SECRETS = SecretTable(
    sources={
        types.EC2_CREDENTIAL: SecretSource(
            "Keystone generates it, for the user who applies",
            (STATE, "Keystone"),
            ("terraform apply -replace={address}",),
            ("Keystone deletes the old keys. Until the new instances run, the application cannot use the store.",),
            attributes=("access", "secret"),
        ),
        types.PRIVATE_KEY: _KEY,
        f"{types.PRIVATE_KEY}.{CA}": replace(_KEY, notes=(_CA,), words="key of the CA"),
        types.TEMPORARY_URL: SecretSource(
            "the key of the object store signs it",
            (STATE,),
            ("terraform apply -replace={module}random_password.content_key",),
            ("The new key makes all earlier URLs invalid, also those that someone copied.",),
            attributes=("url",),
        ),
        types.INSTANCE: SecretSource(
            "cloud-init generates it when the instance first starts",
            ("the instance's own disk",),
            ("terraform apply -replace={address}",),
            ("Remove the old key from known_hosts:  ssh-keygen -R ADDRESS",),
            words="SSH host key of instance",
        ),
    },
    places={
        f"{types.INSTANCE}.user_data": SecretPlace(
            "user data, which Nova and the instance itself keep, and files of the instance that only root and its user "
            "can read",
            in_state=False,  # it has the SHA-1 of the user data
        ),
        f"{types.CONTAINER}.metadata": SecretPlace("metadata of the container in the object store"),
        f"{types.OBJECT}.content": SecretPlace("an object that instances read with its temporary URL"),
        f"{types.TEMPORARY_URL}.key": SecretPlace("the signature of the URL"),
        f"{types.CA_CERTIFICATE}.private_key_pem": SecretPlace(STATE),
        f"{types.CERTIFICATE}.ca_private_key_pem": SecretPlace(STATE),
        f"{types.CERTIFICATE_REQUEST}.private_key_pem": SecretPlace(STATE),
    },
    named={
        f"{types.LISTENER}.default_tls_container_ref": SecretSource(
            "the operator stores it in the key manager (Barbican)",
            ("the key manager", "the load balancer"),
            ("camp2iac synth", "terraform apply"),
            (
                "Store the new certificate and key in the key manager.",
                "Write the reference of its container in the environment file. Octavia changes the listener in place.",
            ),
            words="TLS key of listener",
        )
    },
    lasting={
        f"{types.PASSWORD}.companion_": SecretSource(
            "Terraform generates it", (STATE,), (), (_LASTING,), attributes=("result", "bcrypt_hash")
        ),
        "var.companion_": replace(
            VARIABLE,
            made="Terraform generates it, unless the operator gives it as a variable",
            rotate=(),
            notes=(_LASTING,),
        ),
    },
    servers={
        **dict.fromkeys(("mariadb", "mongodb", "postgresql", "rabbitmq", "subversion", "trac"), _SET),
        **dict.fromkeys(("redis", "valkey"), "The new instance starts {title} with the new password. Data stay."),
        **dict.fromkeys(("mediawiki", "wordpress"), _FIRST),
    },
    variables=dict.fromkeys(
        ("https_certificate_", "https_key_"),
        replace(VARIABLE, rotate=('export TF_VAR_{name}="$(cat FILE)"', "terraform apply"), notes=(_BOTH,)),
    ),
    clients=dict.fromkeys(("mediawiki", "wordpress"), _LOGGED_OUT),
)
