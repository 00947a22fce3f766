"""The names of container images in registries."""

from __future__ import annotations

import pytest

from camp2iac.topology import images

DIGEST = f"sha256:{'0123456789abcdef' * 4}"


@pytest.mark.parametrize(
    ("text", "exact", "full"),
    [
        ("nginx", "docker.io/library/nginx:latest", "docker.io/library/nginx:latest"),
        ("nginx:1.27", "docker.io/library/nginx:1.27", "docker.io/library/nginx:1.27"),
        ("team/shop", "docker.io/team/shop:latest", "docker.io/team/shop:latest"),
        ("docker.io/nginx", "docker.io/library/nginx:latest", "docker.io/library/nginx:latest"),
        ("index.docker.io/team/shop:1", "docker.io/team/shop:1", "docker.io/team/shop:1"),
        ("Registry.Example.org/a", "registry.example.org/a:latest", "registry.example.org/a:latest"),
        ("registry:5000/a/b/c:x_Y-1.2", "registry:5000/a/b/c:x_Y-1.2", "registry:5000/a/b/c:x_Y-1.2"),
        (f"10.0.0.1:5000/a@{DIGEST}", f"10.0.0.1:5000/a@{DIGEST}", f"10.0.0.1:5000/a@{DIGEST}"),
        (f"ghcr.io/a/b:1.4@{DIGEST}", f"ghcr.io/a/b@{DIGEST}", f"ghcr.io/a/b:1.4@{DIGEST}"),
        (f"nginx@{DIGEST}", f"docker.io/library/nginx@{DIGEST}", f"docker.io/library/nginx@{DIGEST}"),
        ("a.b/c--d/e__f.g", "a.b/c--d/e__f.g:latest", "a.b/c--d/e__f.g:latest"),
    ],
)
def test_a_name_in_full(text: str, exact: str, full: str) -> None:
    name = images.parsed(text)
    assert (name.exact, name.full) == (exact, full)
    assert images.parsed(full) == images.parsed(name.full)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "missing"),
        ("registry.example.org/", "missing"),
        ("registry.example.org/Shop", "lower-case letters"),
        ("Team/shop", "lower-case letters"),
        ("registry.example.org/a b", "lower-case letters"),
        ("registry.example.org/$(id)", "lower-case letters"),
        ("registry.example.org/a;b", "lower-case letters"),
        ("registry.example.org/a//b", "lower-case letters"),
        ("registry.example.org/a\nb", "lower-case letters"),
        ("registry.example.org/é", "lower-case letters"),
        ("registry.example.org/" + "a" * 256, "lower-case letters"),
        ("registry.example.org/a:", "a tag has"),
        ("registry.example.org/a:.x", "a tag has"),
        ("registry.example.org/a:" + "x" * 129, "a tag has"),
        ("registry.example.org/a:1 --privileged", "a tag has"),
        ("registry.example.org/a@", "begins with sha256:"),
        ("registry.example.org/a@sha512:00", "begins with sha256:"),
        ("registry.example.org/a@sha256:00", "this one has 2"),
        (f"registry.example.org/a@{DIGEST.upper().replace('SHA', 'sha')}", "lower-case digits"),
        ("registry.example.org:0/a", "host name of a registry"),
        ("registry.example.org:70000/a", "host name of a registry"),
        ("-x.example.org/a", "host name of a registry"),
        ("user:pass@registry.example.org/a", "begins with sha256:"),
        ("localhost/shop", "localhost"),
        ("localhost:5000/shop", "localhost"),
    ],
)
def test_not_a_name(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        images.parsed(text)


def test_the_port_of_a_registry() -> None:
    assert [images.parsed(text).port for text in ("nginx", "a.b/c:5000", "a.b:5000/c:1")] == [443, 443, 5000]
