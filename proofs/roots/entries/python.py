"""The application answers over HTTP with the variables of the plan."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
