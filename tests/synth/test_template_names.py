"""Which names a template reads."""

from __future__ import annotations

import pytest

from camp2iac.synth.template_names import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no code at all: volume", set()),
        ("${volume}", {"volume"}),
        ('${jsonencode("/opt/volume-of-many/${name}")}', {"jsonencode", "name"}),
        ('%{ for name in keys(content) ~}\n"${content}"', {"for", "name", "in", "keys", "content"}),
        ("$${volume} %%{volume} ${name}", {"name"}),
        (r'${f("a \" volume } \\", name)}', {"f", "name"}),
        ('${f("$${volume}", { a = address })} volume', {"f", "a", "address"}),
        ("${volume.address[0]}", {"volume"}),
        ('${"$"}{volume}', set()),
        ("${unfinished", {"unfinished"}),
    ],
)
def test_names(text: str, expected: set[str]) -> None:
    assert names(text) == expected
