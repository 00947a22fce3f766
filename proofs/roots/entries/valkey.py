"""A key is set with the password, and read back after a restart. Without the password, access is refused."""

from roots.fleet import Fleet

ROOTS = {"bookworm": "Debian 12 has no Valkey: use Redis there"}


def use(fleet: Fleet) -> None:
    ask = f'export REDISCLI_AUTH="$(cat /etc/*/cache.password)"; valkey-cli -h {fleet.address("cache")}'
    fleet.sh("cache", f'{ask} setnx words "it\'s here"')
    assert "NOAUTH" in fleet.sh("cache", f"valkey-cli -h {fleet.address('cache')} get words 2>&1", check=False)
    fleet.sh("cache", "systemctl restart valkey-server")
    assert fleet.sh("cache", f"{ask} get words").strip() == "it's here"
    assert "/srv/data" in fleet.sh("cache", "findmnt --noheadings --output TARGET /srv/data")
