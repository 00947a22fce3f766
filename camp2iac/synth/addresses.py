"""Addresses as Terraform reports them, and as an output has them."""

from __future__ import annotations

import re

_KEY = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_MODULE = re.compile(r"^(?:module\.[^.]+\.)+")


def configured(address: str) -> str:
    """The address of the block that declares an instance: ``random_id.web`` of ``module.shop["eu"].random_id.web[0]``.

    Keys of instances and the path of the module are left out, because a source map has neither.
    """
    return _MODULE.sub("", _KEY.sub("", address), count=1)
