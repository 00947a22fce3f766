"""A compiled program answers over HTTP, and so does one that is built on the instance."""

from roots.fleet import Fleet

VERSION = "go version | sed 's/^go version go//; s/ .*//'"


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
    assert fleet.curl("http://{web}:8081/") == "it's built\n"
