"""What only this target knows about its modules, for their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from camp2iac.synth.module import Block, Call, Module, Ref, Value, body, call, expr, ref
from camp2iac.targets.module_tests import ModuleTests
from camp2iac.targets.openstack.resource_types import PORT, SECURITY_GROUP_RULE, SUBNET, TEMPORARY_URL
from camp2iac.targets.openstack.resources import quota

# What expressions of the module take apart.
_MADE: Mapping[str, Mapping[str, Value]] = {
    PORT: {"all_fixed_ips": ("192.0.2.10",)},
    TEMPORARY_URL: {"url": "https://objects.example.org/v1/AUTH_mocked/releases/object?temp_url_sig=mocked"},
}
_ANY = "/0"  # the end of a network with all addresses


def of(module: Module) -> ModuleTests:
    """Quotas without a limit, addresses of ports, and which rules must not admit any address."""
    limits = {type_: dict.fromkeys(names, -1) for type_, names in quota.NAMES.items()}
    return ModuleTests({"openstack": limits}, asserts=tuple(_closed(module)), resources={"openstack": _MADE})


def _closed(module: Module) -> Iterator[Block]:
    closed = [value for block in _incoming(module) for value in _prefix(block)]
    if closed:
        yield Block(
            "assert",
            body=body(
                condition=call("alltrue", tuple(closed)),
                error_message="Only rules of public endpoints may admit any address.",
            ),
            comment="Override files must not make these public.",
        )


def _incoming(module: Module) -> Iterator[Block]:
    for block in sorted(module.blocks(), key=lambda block: block.address or ""):
        if block.type == "resource" and block.labels[0] == SECURITY_GROUP_RULE and block.get("direction") == "ingress":
            yield block


def _prefix(block: Block) -> Iterator[Value]:
    """The condition that a rule does not admit any address, if the module decides its addresses."""
    prefix, address = block.get("remote_ip_prefix"), block.address or ""
    if isinstance(prefix, str) or (isinstance(prefix, Ref) and SUBNET in prefix.address and prefix.path == ".cidr"):
        if not str(prefix).endswith(_ANY):
            yield expr("!endswith(", ref(address, ".remote_ip_prefix"), f', "{_ANY}")')
    elif prefix == expr("each.key") and not _admits_all(block.get("for_each")):
        yield expr("alltrue([for rule in ", ref(address), f' : !endswith(rule.remote_ip_prefix, "{_ANY}")])')


def _admits_all(given: Value) -> bool:
    match given:
        case Call("toset", (tuple() as prefixes,)):
            return any(not isinstance(each, str) or each.endswith(_ANY) for each in prefixes)
    return True
