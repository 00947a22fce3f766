"""The keys of ``releases`` in the environment file, which depend on where releases come from."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.releases import GitReleases, HttpsReleases

_KEYS = {
    "git": ("repository", "branch", "private", "user", "host_key"),
    "https": ("artifacts", "private"),
    "s3": ("endpoint", "bucket", "region", "prefix"),
}
_NEEDED = {"git": ("repository",), "https": ("artifacts",), "s3": ("endpoint", "bucket")}
_EXAMPLES = {
    "repository": "https://git.example.org/shop.git",
    "artifacts": "{ web: { url: https://..., sha256: ... } }",
    "endpoint": "https://s3.example.org",
    "bucket": "shop-releases",
}
_LONGEST = 255 - len(f"{'0' * 64} 9999 ")  # of an artifact's URL: a value in Nova's metadata has it and two words


def check(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    """CAMP629: a key is missing, or belongs to another source. CAMP637: a token is sent without TLS."""
    environment = layout.environment
    given = environment.get("releases", default={})
    if not given:
        return
    source = given["from"]
    for key in _NEEDED[source]:
        if key not in given:
            yield Diagnostic(
                "CAMP629",
                f"releases from {source} need {key}",
                environment.span("releases", "from") or environment.span("releases"),
                help=f"write  {key}: {_EXAMPLES[key]}",
            )
    for key in given:
        if key not in ("from", *_KEYS[source]):
            others = " or ".join(name for name, keys in _KEYS.items() if key in keys)
            yield Diagnostic(
                "CAMP629",
                f"releases from {source} have no {key}",
                environment.key_span("releases", key),
                label=f"belongs to  from: {others}",
                help="remove it",
            )
    yield from _in_the_clear(layout)
    releases = layout.settings.releases
    if isinstance(releases, GitReleases) and releases.ssh and releases.url and not releases.host_keys:
        yield Diagnostic(
            "CAMP629",
            "a repository for SSH needs host_key, so that instances recognise the server",
            environment.span("releases", "repository"),
            help=f"write  host_key: ssh-ed25519 AAAA...  which  {releases.scan}  prints after the host,\n"
            "and compare it with the key that the server's operator publishes",
        )
    if isinstance(releases, HttpsReleases) and layout.settings.change == "rerun":
        for name, artifact in releases.artifacts.items():
            if len(artifact.url) > _LONGEST:
                yield Diagnostic(
                    "CAMP629",
                    f"the URL of the artifact {name} has {len(artifact.url)} characters, which do not fit into the "
                    "metadata of instances",
                    environment.span("releases", "artifacts", name, "url"),
                    label=f"at most {_LONGEST} characters belong here",
                    help="use a shorter URL, for example with  private: true  instead of a signed one, or set\n"
                    "on_change: replace",
                )


def _in_the_clear(layout: OpenStackLayout) -> Iterator[Diagnostic]:
    environment, releases = layout.environment, layout.settings.releases
    sent: dict[tuple[str, ...], str] = {}
    match releases:
        case GitReleases(url=url, private=True):
            sent = {("repository",): url}
        case HttpsReleases(artifacts=artifacts, private=True):
            sent = {("artifacts", name, "url"): artifact.url for name, artifact in artifacts.items()}
        case _:
            pass
    for path, url in sent.items():
        if url.startswith("http://"):
            yield Diagnostic(
                "CAMP637",
                "instances send their token without encryption",
                environment.span("releases", *path),
                label="everyone between an instance and this server can read the token",
                help=f"write  {url.replace('http://', 'https://', 1)}  if the server has TLS",
            )
