"""The value checks that annotations name by function, in our own words.

A name that is not here is not checked; the README lists them.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHA256 = re.compile(r"(sha256:)?[0-9a-fA-F]{64}")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ADDON_NAME = re.compile(r"[a-zA-Z][A-Za-z0-9_-]{1,255}")
_DEPLOY_TARGET = re.compile(r"[a-z]{2}")

_PROTOCOLS: Final = frozenset(
    [
        "ah",
        "dccp",
        "egp",
        "esp",
        "gre",
        "icmp",
        "igmp",
        "ipip",
        "ipv6-encap",
        "ipv6-frag",
        "ipv6-icmp",
        "ipv6-nonxt",
        "ipv6-opts",
        "ipv6-route",
        "ospf",
        "pgm",
        "rsvp",
        "sctp",
        "tcp",
        "udp",
        "udplite",
        "vrrp",
    ]
) | {""}
_IMAGE_SORT_KEYS: Final = frozenset(
    [
        "name",
        "owner",
        "protected",
        "status",
        "tag",
        "visibility",
        "container_format",
        "disk_format",
        "os_hidden",
        "member_status",
        "created_at",
        "updated_at",
    ]
)


def _uuid(text: str) -> bool:
    return bool(_UUID.fullmatch(text))


def _address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _cidr(text: str) -> bool:
    address, slash, length = text.partition("/")
    if not slash or not length.isdigit() or not _address(address):
        return False
    return int(length) <= (128 if ":" in address else 32)


def _network(text: str) -> bool:
    return _cidr(text) and str(ipaddress.ip_interface(text).network.network_address) == text.partition("/")[0]


def _time(text: str) -> bool:
    if not _RFC3339.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True


def _json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _protocol(text: str) -> bool:
    return text in _PROTOCOLS or (bool(re.fullmatch(r"\+?\d+", text)) and int(text) <= 255)


def _image_sort(text: str) -> bool:
    pairs = [pair.split(":") for pair in text.split(",")]
    return all(pair[0] in _IMAGE_SORT_KEYS and (len(pair) < 2 or pair[1] in ("asc", "desc")) for pair in pairs)


#: annotation name -> (test, what to say of a value that fails it)
FORMATS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "IsUUID": (_uuid, "a valid UUID"),
    "IsIPAddress": (_address, "a valid IP"),
    "IsCIDR": (_cidr, "a valid IPv4 or IPv6 network in CIDR notation"),
    "IsCIDRNetwork": (_network, "a network address in CIDR notation"),
    "IsRFC3339Time": (_time, "a valid RFC 3339 date"),
    "StringIsNotEmpty": (bool, "not an empty string"),
    "validateJSONObject": (_json_object, "a JSON object"),
    "resourceNetworkingSecGroupRuleV2Protocol": (_protocol, "a known protocol or a number from 0 to 255"),
    "dataSourceValidateImageSortFilter": (_image_sort, "sort keys of an image, each with :asc or :desc"),
    "validateCustomAddonName": (lambda text: bool(_ADDON_NAME.fullmatch(text)), "a custom add-on name"),
    "validateOCIImage": (lambda text: _uuid(text) or bool(_SHA256.fullmatch(text)), "a UUID or a SHA-256 digest"),
    "validateSourceUrl": (lambda text: text.startswith("https://"), "a URL that starts with https://"),
    "validateFileUrl": (lambda text: text[:8] in ("", "https://"), "a URL that starts with https://"),
    "validateDeployTargetID": (
        lambda text: _uuid(text) or bool(_DEPLOY_TARGET.fullmatch(text)),
        "a UUID or a region code",
    ),
}
