"""The application answers over HTTP with its migrated database and the plan's variables. Static files are served."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
    assert "green" in fleet.curl("http://{web}:8080/static/greetings.css")
