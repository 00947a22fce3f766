"""The application's role reads a row of the loaded script over the network. Other roles are refused."""

from roots.fleet import Fleet

ASK = 'PGPASSWORD="$(cat /etc/*/database.password)" psql -h {address} -U {role} -tAc {words}'


def use(fleet: Fleet) -> str:
    def ask(words: str, role: str = "postgresql-sample") -> str:
        asked = ASK.format(address=fleet.address("database"), role=role, words=f'"{words}" 2>&1')
        return fleet.sh("database", asked, check=False)

    assert ask("select words from greeting") == "it's here\n"
    assert "FATAL" in ask("select 1", role="postgres")
    assert "running" in fleet.sh("machine", "systemctl show -p SubState 'postgresql-sample*'")
    assert fleet.sh("database", "findmnt --noheadings --output TARGET /srv/data") == "/srv/data\n"
    return fleet.sh("database", "cd / && runuser -u postgres -- pg_dumpall | grep -v restrict | sha256sum")
