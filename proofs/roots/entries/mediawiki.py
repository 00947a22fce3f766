"""Its administrator logs in and writes a page, which everyone can read. A wrong password is refused."""

import json
from typing import Any

from roots.fleet import Fleet

PASSWORD = "Sn3llerAlsGister"  # the wiki refuses none, but what is asked here goes by a URL's form


def use(fleet: Fleet) -> str:
    url = f"http://{fleet.address('wiki')}:8080"
    assert "handbook" in fleet.curl(f"{url}/", "-L", seconds=120)
    jar = str(fleet.work / "cookies")

    def api(**fields: str) -> Any:
        words = [word for name, value in fields.items() for word in ("--data-urlencode", f"{name}={value}")]
        return json.loads(fleet.curl(f"{url}/api.php", "-b", jar, "-c", jar, *words, "-d", "format=json"))

    def login(password: str) -> str:
        token = api(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        said = api(action="clientlogin", username="Librarian", password=password, loginreturnurl=url, logintoken=token)
        return str(said["clientlogin"]["status"])

    assert login("wrong") == "FAIL"
    assert login(fleet.password) == "PASS"
    token = api(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
    said = api(action="edit", title="Tides", text="It's ''high'' at noon, é 50% $HOME", token=token)
    assert said["edit"]["result"] == "Success"
    assert "It's <i>high</i> at noon, é 50% $HOME" in fleet.curl(f"{url}/index.php/Tides").replace("&#039;", "'")
    for path in ("mw-config/index.php", "added/settings.php", "LocalSettings.php.bak/../cache/"):
        found = fleet.curl(f"{url}/{path}", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}")
        assert found in ("403", "404"), path
    rows = "mariadb -Ne 'select rev_id, rev_timestamp from revision order by rev_id' mediawiki-sample"
    return fleet.sh("database", rows)
