"""The secrets of an output in words: where each is made and kept, who gets it, and how to rotate it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Literal

from camp2iac.compiler import Result
from camp2iac.record import Record
from camp2iac.review.difference.secrets import told
from camp2iac.review.parts import DeployedParts
from camp2iac.review.secrets.flow import FoundSecret, SecretFlow, SecretUse
from camp2iac.synth.force_new import replaces
from camp2iac.synth.module import Block, Expr
from camp2iac.synth.sourcemap import Standing
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.deployed import Inventory
from camp2iac.targets.secret_table import LITERAL, STATE, SecretTable
from camp2iac.topology.confidential import written
from camp2iac.topology.model import Service

_MODULE = "The output is a child module: NAME is its name in your root module, which passes its variables."

Effect = Literal["replaced", "updated", "unchanged", ""]


class SecretHolder(Record, frozen=True):
    """A block that gets a secret.

    ``words``: what it is. ``part``: of the plan; empty if no single part asks for it. ``place``: where the secret is
    then. ``effect``: of a new value; empty: none.
    """

    address: str
    argument: str
    words: str
    part: str
    place: str
    effect: Effect


class SecretRow(Record, frozen=True):
    """A secret.

    ``name``: for people. ``made``: who makes it. ``kept``: where its value is. ``told``: the components, services and
    tiers that get it. ``rotate``: commands, in order. ``notes``: what they do. ``place``: of what asks for it.
    """

    name: str
    address: str
    made: str
    kept: tuple[str, ...]
    told: tuple[str, ...]
    holders: tuple[SecretHolder, ...]
    rotate: tuple[str, ...]
    notes: tuple[str, ...]
    place: str


class EnvironmentSecrets(Record, frozen=True):
    """The secrets of one environment. ``environment``: its file; None without one."""

    name: str
    environment: str | None
    target: str
    secrets: tuple[SecretRow, ...]


def report(result: Result, standing: Standing) -> EnvironmentSecrets:
    """The secrets of a compiled output. ``standing``: the same output as its source map describes it."""
    rows = tuple(_Rows(result, standing).all())
    return EnvironmentSecrets(result.environment.name, result.environment.file, result.target.name, rows)


class _Rows:
    def __init__(self, result: Result, standing: Standing) -> None:
        self._result, self._topology = result, result.topology
        table, inventory = getattr(result.target, "secrets", None), getattr(result.target, "inventory", None)
        self._table = table if isinstance(table, SecretTable) else SecretTable()
        self._inventory = inventory if isinstance(inventory, Inventory) else Inventory()
        self._parts = DeployedParts(standing, self._inventory)
        self._tracked = result.lowered.tracked
        self._flow = SecretFlow(result.lowered.module, self._table)
        self._told = tuple(told(result))
        self._above = "module.NAME." if result.environment.get("module") is True else ""

    def all(self) -> Iterator[SecretRow]:
        """Each secret of the module, in its order."""
        for secret in self._flow.secrets:
            uses = self._flow.uses(secret)
            holders = tuple(dict.fromkeys(self._holder(secret, use) for use in uses))
            yield SecretRow(
                self._name(secret),
                secret.address,
                secret.source.made,
                tuple(dict.fromkeys(self._kept(secret, uses))),
                tuple(dict.fromkeys(self._who(secret, holders))),
                holders,
                tuple(self._commands(secret, holders)),
                tuple(dict.fromkeys(self._notes(secret, uses, holders))),
                self._parts.place(secret.address) or self._parts.place(secret.block.address or ""),
            )
        yield from self._attributes()

    def _attributes(self) -> Iterator[SecretRow]:
        """Secret attributes of services whose values are written in the plan. They are inside other values."""
        for service in self._topology.services.values():
            for name, said in service.attributes.items():
                form = service.product.attributes.get(name)
                if not said.value.literal or not ((form is not None and form.secret) or written(name, said.value)):
                    continue
                keys = {(name, service.id)}
                nodes = [each.node for each in self._told if each.node and (each.name, each.of) in keys]
                span = said.value.span
                yield SecretRow(
                    f"{name} of {service.id}",
                    "",
                    LITERAL.made,
                    LITERAL.kept,
                    tuple(dict.fromkeys(map(self._titled, [service.id, *nodes]))),
                    (),
                    LITERAL.rotate,
                    (*LITERAL.notes, *self._of_service(service)),
                    f"{span.file}:{span.line}:{span.column}",
                )

    # --- what it is ---------------------------------------------------------------------------------------------------

    def _name(self, secret: FoundSecret) -> str:
        known = self._tracked.get(secret.address)
        if secret.key:
            where = "" if secret.block.type == "locals" else f" of {self._parts.part(secret.block.address or '').name}"
            return f"{secret.key}{where}" if where else f"{secret.key} ({secret.address.rpartition('.')[0]})"
        if known is not None and not secret.source.words:
            return f"{known.words}{known.whose}"
        for kind, name in self._keys(secret):
            if kind in ("secret", "confidential parameter"):
                return f"{kind.removeprefix('confidential ')} {name}"
        if secret.block.type == "variable":
            return f"variable {secret.block.labels[0]}"
        type_, label = secret.block.labels[:2]
        if secret.source.words and known is not None:
            label = label.replace("_", "-")  # as the resource itself is called
        return f"{secret.source.words or self._inventory.words(type_)} {label}"

    def _keys(self, secret: FoundSecret) -> Iterator[tuple[str, str]]:
        """What facts about the plan call it: the kind of secret, and what it belongs to."""
        known = self._tracked.get(secret.address)
        if known is not None and known.part == "secret":
            yield "secret", known.node
        elif known is not None and known.words == "private key":
            yield known.words, known.node
        elif known is not None and known.part == "service" and not secret.key:
            yield "password", known.node
            yield "credentials", known.node
        if secret.block.type == "variable":
            name, origin = secret.block.labels[0], secret.block.origin
            yield f"variable {name}", ""
            yield from (("secret", id_) for id_, each in self._topology.secrets.items() if each.span == origin)
            yield from (
                ("confidential parameter", id_)
                for id_, each in self._topology.parameters.items()
                if each.confidential and each.span == origin
            )

    def _kept(self, secret: FoundSecret, uses: tuple[SecretUse, ...]) -> Iterator[str]:
        yield from secret.source.kept
        if not uses and not secret.source.kept:
            yield "only where you keep it: no resource gets it"
        for use in uses:
            place = self._table.places.get(self._key(use))
            if place is None or place.in_state:
                yield STATE
        for use in uses:
            place = self._table.places.get(self._key(use))
            if place is not None:
                yield place.words
            elif use.address.startswith("output."):
                yield f"the output {use.address.partition('.')[2]}, which terraform output prints"

    # --- who gets it --------------------------------------------------------------------------------------------------

    def _holder(self, secret: FoundSecret, use: SecretUse) -> SecretHolder:
        at = use.address
        if use.argument == secret.source.holder and at == secret.address:
            at = _referred(secret.block, use.argument) or at
        part = self._parts.part(at)
        place = self._table.places.get(self._key(use))
        return SecretHolder(
            at,
            use.argument if at == use.address else "",
            self._words(at),
            part.title if part.kind else "",
            place.words if place is not None else "",
            "" if secret.source.holder else self._effect(use),
        )

    def _words(self, address: str) -> str:
        if address.startswith("output."):
            return address.replace(".", " ")
        return self._parts.words(address)

    def _effect(self, use: SecretUse) -> Effect:
        block = self._flow.blocks[use.address]
        if block.type != "resource":
            return ""
        if use.argument in _ignored(block):
            return "unchanged"
        type_ = block.labels[0]
        return "replaced" if replaces(self._result.lowered.replacing, type_, use.argument) else "updated"

    def _key(self, use: SecretUse) -> str:
        return f"{self._flow.blocks[use.address].labels[0]}.{use.argument}"

    def _who(self, secret: FoundSecret, holders: tuple[SecretHolder, ...]) -> Iterator[str]:
        keys = set(self._keys(secret))
        for each in self._told:
            if each.node and (each.name, each.of) in keys:
                yield self._titled(each.node)
        yield from (each.part for each in holders if each.part)

    def _titled(self, node: str) -> str:
        topology = self._topology
        if node in topology.components or any(topology.planned_id(id_) == node for id_ in topology.components):
            return f"component {node}"
        return f"service {node}" if node in topology.services else f"tier {node}"

    # --- how to rotate it ---------------------------------------------------------------------------------------------

    def _commands(self, secret: FoundSecret, holders: tuple[SecretHolder, ...]) -> Iterator[str]:
        source = secret.source
        said = secret.block.get(source.per) if source.per else None
        chosen = self._table.commands.get(str(said).partition(":")[0]) if isinstance(said, str) else None
        holder = _referred(secret.block, source.holder) if source.holder else ""
        name = secret.block.labels[-1] if secret.block.labels else ""
        for command in chosen or source.rotate:
            address = shlex.quote(f"{self._above}{_instance(secret.block)}")
            filled = command.replace("{address}", address).replace("{holder}", f"{self._above}{holder}")
            yield filled.replace("{name}", name).replace("{module}", self._above)
        for each in holders:
            if each.effect == "unchanged":
                address = f"{self._above}{_instance(self._flow.blocks[each.address])}"
                yield f"terraform apply -replace={shlex.quote(address)}"

    def _notes(
        self, secret: FoundSecret, uses: tuple[SecretUse, ...], holders: tuple[SecretHolder, ...]
    ) -> Iterator[str]:
        chosen = (
            secret.source.per and str(secret.block.get(secret.source.per)).partition(":")[0] in self._table.commands
        )
        if not chosen:
            yield from secret.source.notes
        if self._above:
            yield _MODULE
        yield from self._effects(holders)
        for use in uses:
            place = self._table.places.get(self._key(use))
            if place is not None and place.effect:
                yield place.effect
        yield from self._services(secret)
        known = self._tracked.get(secret.address)
        if known is not None and known.part == "secret":
            yield "What the application signed or encrypted with the old value is then invalid or cannot be read."
        replaced = [each.address for each in holders if each.effect == "replaced"]
        yield from _losses(
            {at: self._tracked[at] for at in [*replaced, secret.block.address or ""] if at in self._tracked}
        )

    def _effects(self, holders: tuple[SecretHolder, ...]) -> Iterator[str]:
        words = {"replaced": "Terraform replaces", "updated": "Terraform updates in place"}
        for effect, verb in words.items():
            named = [f"{each.words} ({each.address})" for each in holders if each.effect == effect and each.argument]
            if named:
                yield f"{verb} {', '.join(dict.fromkeys(named))}."
        if any(each.effect == "unchanged" for each in holders):
            yield "Existing instances keep the old value until they are replaced: repeat the command for each."

    def _services(self, secret: FoundSecret) -> Iterator[str]:
        """What servers with this password do with a new one, and the applications that use it."""
        keys = set(self._keys(secret))
        for service in self._topology.services.values():
            if ("password", service.id) in keys or _uses(service, keys):
                yield from self._of_service(service)

    def _of_service(self, service: Service) -> Iterator[str]:
        if service.href is not None:
            yield f"{service.id} is elsewhere: change the password there, too."
            return
        words = self._operator(service) or self._table.servers.get(service.product.name)
        if words:
            yield f"{service.id}: {words.format(title=service.product.title)}"
        for link in self._topology.users(service.id):
            host = self._topology.services[self._topology.components[link.component].host].product
            if host.name in self._table.clients:
                yield f"{link.component}: {self._table.clients[host.name].format(title=host.title)}"

    def _operator(self, service: Service) -> str:
        """What the operator of a service does with a new password. Empty: it has none."""
        own = (at for at, each in self._tracked.items() if (each.node, each.part) == (service.id, "service"))
        return next((found for at in own if (found := self._table.operators.get(at.partition(".")[0]))), "")


def _uses(service: Service, keys: set[tuple[str, str]]) -> bool:
    """Whether a secret of the plan is the password of a service."""
    password = service.attributes.get("password")
    kinds = {"secret": "secret", "parameter": "confidential parameter"}
    return password is not None and any(
        (kinds.get(each.kind, ""), each.name) in keys for each in password.value.references
    )


def _losses(tracked: Mapping[str, Tracked]) -> Iterator[str]:
    """What replacing resources destroys: data that are not on a volume."""
    for address, each in tracked.items():
        if not each.holds_data or each.part in ("secret", "environment"):
            continue
        yield f"Replacing {address} destroys the data of {each.product}, which are not on a volume. Back them up first."
        if each.protected:
            yield f"Terraform refuses to replace {address} until the environment file has  protect: false."


def _instance(block: Block) -> str:
    """The address of a resource, with the key of its first instance."""
    many = block.get("for_each") is not None and block.first
    return f'{block.address}["{block.first}"]' if many else block.address or ""


def _referred(block: Block, argument: str) -> str:
    """The address that an argument refers to; empty if it is something else."""
    return str(getattr(block.get(argument), "address", ""))


def _ignored(block: Block) -> frozenset[str]:
    """The arguments whose changes do not affect an existing resource."""
    found = set()
    for item in block.body:
        if isinstance(item, Block) and item.type == "lifecycle":
            names = item.get("ignore_changes")
            for name in names if isinstance(names, tuple) else ():
                if isinstance(name, Expr):
                    found.add("".join(part for part in name.parts if isinstance(part, str)))
    return frozenset(found)
