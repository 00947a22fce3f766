"""Files of the content, by their names and folders."""

from __future__ import annotations

from camp2iac.diagnostics import Span
from camp2iac.targets.programs.contents import ContentFiles


def test_folders_with_a_file() -> None:
    names = ("b/c/x.toml", "a/x.toml", "x.toml", "a/yx.toml", "a/x.toml.txt", "x/toml")
    files = ContentFiles(names, lambda name: name.encode(), Span("camp.yaml", 1, 1, 1, 1))
    assert files.folders("x.toml") == ["", "a", "b/c"]
    assert files.folders("c/x.toml") == ["b/c"]
    assert files.folders("other") == []
