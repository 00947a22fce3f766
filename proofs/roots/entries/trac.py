"""Its administrator logs in and writes a page, which everyone can read. A wrong password is refused."""

import html
import re

from roots.fleet import Fleet

ROOTS = {"bookworm": "Debian 12 has no Trac"}


def use(fleet: Fleet) -> str:
    url = f"http://{fleet.address('project')}:8080"
    jar = str(fleet.work / "cookies")

    def ask(path: str, *words: str) -> str:
        return fleet.curl(f"{url}/{path}", "-b", jar, "-c", jar, *words)

    assert "It's high tide" in html.unescape(ask("wiki"))
    assert ask("login", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}", "--user", "keeper:wrong") == "401"
    ask("login", "-o", "/dev/null", "--user", f"keeper:{fleet.password}")
    form = ask("wiki/Tides?action=edit")
    if "It's **high** at noon" not in html.unescape(form):
        token = re.search(r'name="__FORM_TOKEN" value="([0-9a-f]+)"', form)
        assert token, form
        fields = {"__FORM_TOKEN": token[1], "version": "0", "text": "It's **high** at noon", "save": "Save"}
        words = [word for name, value in fields.items() for word in ("--data-urlencode", f"{name}={value}")]
        ask("wiki/Tides?action=edit", "-o", "/dev/null", *words, "-d", "action=edit")
    assert "It's <strong>high</strong> at noon" in html.unescape(fleet.curl(f"{url}/wiki/Tides"))
    assert fleet.sh("project", "findmnt --noheadings --output TARGET /srv/data") == "/srv/data\n"
    rows = "select name, version, time from wiki where name = 'Tides'"
    return fleet.sh(
        "project",
        f"python3 -c \"import sqlite3; print(sqlite3.connect('/srv/data/trac/db/trac.db')"
        f'.execute(\\"{rows}\\").fetchall())"',
    )
