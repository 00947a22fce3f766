"""A program that was built answers by HTTP, and one that is built on the machine."""

from roots.fleet import Fleet

VERSION = "go version | sed 's/^go version go//; s/ .*//'"


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
    assert fleet.curl("http://{web}:8081/") == "it's built\n"
