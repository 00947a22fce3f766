"""The application answers by HTTP from its migrated database, with what the plan told it; so do its static files."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert fleet.curl("http://{web}:8080/").strip() == 'it\'s "here", ${HOME}'
    assert "green" in fleet.curl("http://{web}:8080/static/greetings.css")
