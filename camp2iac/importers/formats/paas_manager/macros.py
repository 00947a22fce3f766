"""Macros in attributes: ``IP(tier)`` and ``IPALL(tier)``, and those of 2013, ``@ip(instance,network)`` and others."""

from __future__ import annotations

import re
from collections.abc import Callable

from camp2iac.record import Record, field

_NEW = re.compile(r"(IP|IPALL)\(([^()]{1,100})\)")
_OLD = re.compile(r"@([A-Za-z_][A-Za-z0-9_.]{0,60})\(([^()]{0,200})\)")
_OURS = re.compile(r"\b(?:IPALL|IP|PORT|PASSWORD)\(")


class WrittenMacro(Record, frozen=True):
    """The value in the plan. ``unknown``: macros that have no value. ``literal``: whether it is plain text."""

    text: str
    unknown: tuple[str, ...] = ()
    literal: bool = False
    replaced: bool = False


class Macros(Record):
    """What macros can refer to.

    ``tiers``: the name in the plan of each tier. ``services``: the service of each product with a port.
    ``passwords``: the products with a password.
    ``attributes``: the attributes of each product that are not secret. ``networks``: of each tier of the plan, the
    names in the plan of its networks.
    """

    tiers: dict[str, str] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    passwords: set[str] = field(default_factory=set)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    networks: dict[str, dict[str, str]] = field(default_factory=dict)

    def typed(self, value: str, type_: str) -> WrittenMacro:
        """A value with a type: ``Plain``, ``IP`` or ``IPALL``. Plain text stays text, whatever it looks like."""
        if type_.upper() in ("IP", "IPALL"):
            found = _NEW.fullmatch(value.strip())
            tier = self.tiers.get(found[2].strip()) if found else None
            if found is None or tier is None:
                return WrittenMacro(value, (value,), literal=True)
            return WrittenMacro(f"{found[1]}({tier})", replaced=True)
        return self.embedded(value)

    def embedded(self, value: str) -> WrittenMacro:
        """A value that can contain macros of 2013."""
        unknown: list[str] = []
        text = _OLD.sub(self._value(unknown), value)
        if text == value:
            return WrittenMacro(value, tuple(unknown), literal=_OURS.search(value) is not None)
        return WrittenMacro(text, tuple(unknown), replaced=True)

    def _value(self, unknown: list[str]) -> Callable[[re.Match[str]], str]:
        def replace(found: re.Match[str]) -> str:
            value = self._macro(found[1], [each.strip() for each in found[2].split(",")])
            if value is None:
                unknown.append(found[0])
            return found[0] if value is None else value

        return replace

    def _macro(self, key: str, of: list[str]) -> str | None:
        name = key.lower()
        if name == "ip":
            tier = self.tiers.get(of[0])
            if tier is None:
                return None
            network = self.networks.get(tier, {}).get(of[1]) if len(of) > 1 else None
            return f"IP({tier}, {network})" if network else f"IP({tier})"
        service, attributes = self.services.get(of[0]), self.attributes.get(of[0], {})
        if name == "port" and service is not None:
            return f"PORT({service})"
        if name == "password" and service is not None and of[0] in self.passwords:
            return f"PASSWORD({service})"
        value = next((text for each, text in attributes.items() if each.lower() == name), None)
        return None if value is None or "@" in value or _OURS.search(value) else value
