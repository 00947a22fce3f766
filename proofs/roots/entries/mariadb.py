"""The application's user reads a row of the loaded script over the network."""

from roots.fleet import Fleet

ASK = 'MYSQL_PWD="$(cat /etc/*/database.password)" mariadb -h {address} -u mariadb-sample -Ne {words} mariadb-sample'


def use(fleet: Fleet) -> str:
    def ask(words: str) -> str:
        return fleet.sh("database", ASK.format(address=fleet.address("database"), words=f"'{words}'"))

    assert ask("select words from greeting") == "it's here\n"
    assert "running" in fleet.sh("machine", "systemctl show -p SubState 'mariadb-sample*'")
    assert fleet.sh("database", "findmnt --noheadings --output TARGET /srv/data") == "/srv/data\n"
    grants = fleet.sh("database", "mariadb -Ne 'show grants for \"mariadb-sample\"' | sort")
    return ask("select count(*) from greeting") + grants
