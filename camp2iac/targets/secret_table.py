"""The secrets of a platform's modules: how they are made, where they are kept, and how to rotate them.

It is data of each target, for ``camp2iac secrets``. Which secrets there are, and what gets them, comes from the
compiled module. All strings are for people. In commands, ``{address}`` is the resource, ``{name}`` the variable,
``{holder}`` the resource that :attr:`SecretSource.holder` refers to, and ``{module}`` what is before an address in a
child module.
"""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.record import Record, field


class SecretSource(Record, frozen=True):
    """How secrets of one kind are made.

    ``words``: what one is; empty: as reports call its resource. ``made``: who makes it, and where. ``kept``: where its
    value is. ``rotate``: commands. ``notes``: what they do beyond that. ``attributes``: those of the resource that
    contain the secret. ``holder``: the argument that refers to the resource that gets it. ``per``: an argument whose
    beginning (up to a colon) chooses other commands from :attr:`SecretTable.commands`.
    """

    made: str
    kept: tuple[str, ...] = ()
    rotate: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    words: str = ""
    attributes: tuple[str, ...] = ()
    holder: str = ""
    per: str = ""


class SecretPlace(Record, frozen=True):
    """An argument that gets secrets. ``words``: where their values are then. ``in_state``: whether Terraform's state
    has them, too. ``effect``: what a new value does, if it is more than what Terraform does to the resource.
    """

    words: str
    in_state: bool = True
    effect: str = ""


class SecretTable(Record, frozen=True):
    """The secrets of a platform.

    Args:
        sources: by type of resource, or by the address of one.
        places: by type and argument: ``openstack_compute_instance_v2.user_data``.
        named: arguments that name a secret which is not in Terraform, such as a certificate's key.
        literals: arguments all of whose entries are secret, even if the module contains their values.
        servers: what a server does with a new password, by product.
        operators: what is done with it instead, by the type of the resource by which an operator runs the server.
        clients: what happens to a component of this product if the password of a service that it uses is new.
        commands: by what an argument begins with (:attr:`SecretSource.per`).
        lasting: those that must not change, and so have no commands, by the beginning of their address:
            ``random_password.companion_``.
        variables: sensitive variables that are set in another way, by the beginning of their names.
    """

    sources: Mapping[str, SecretSource] = field(default_factory=dict)
    places: Mapping[str, SecretPlace] = field(default_factory=dict)
    named: Mapping[str, SecretSource] = field(default_factory=dict)
    literals: tuple[str, ...] = ()
    servers: Mapping[str, str] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lasting: Mapping[str, SecretSource] = field(default_factory=dict)
    variables: Mapping[str, SecretSource] = field(default_factory=dict)

    def source(self, type_: str, name: str = "") -> SecretSource | None:
        """How the secret of a resource is made, or that of a sensitive variable (``var``); None if it has none."""
        address = f"{type_}.{name}"
        lasting = next((each for start, each in self.lasting.items() if address.startswith(start)), None)
        if lasting or type_ == "var":
            return lasting or self.variable(name)
        return self.sources.get(address) or self.sources.get(type_) or _ANYWHERE.get(type_)

    def variable(self, name: str) -> SecretSource:
        """How a sensitive variable is set."""
        return next((found for start, found in self.variables.items() if name.startswith(start)), VARIABLE)


STATE = "Terraform's state"

VARIABLE = SecretSource(
    "the operator gives it as a variable",
    (),
    ("read -rs TF_VAR_{name} && export TF_VAR_{name}", "terraform apply"),
    ("Issue the new value first where it comes from. Each later plan and apply needs it, too.",),
)
"""A sensitive variable, on every platform."""

LITERAL = SecretSource(
    "it is written in the plan or the environment file",
    ("the repository, the output folder",),
    ("camp2iac synth", "terraform apply"),
    (
        "First make it a secret of the plan, or a variable of the environment file.",
        "Issue a new value: the history of the repository keeps the old one.",
    ),
)
"""A value that looks secret and is in the module."""

# Resources of providers that outputs for every platform can use
_ANYWHERE = {
    "random_password": SecretSource(
        "Terraform generates it",
        (STATE,),
        ("terraform apply -replace={address}",),
        attributes=("result", "bcrypt_hash"),
    ),
    "tls_private_key": SecretSource(
        "Terraform generates it",
        (STATE,),
        ("terraform apply -replace={address}",),
        attributes=("private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"),
    ),
}
