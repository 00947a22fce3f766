"""The program answers by HTTP, with what the plan told it."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
