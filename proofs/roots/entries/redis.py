"""A key is set with the password, and read back at the end."""

from roots.fleet import Fleet

ASK = 'export REDISCLI_AUTH="$(cat /etc/*/cache.password)"; redis-cli -h {address} {words}'


def use(fleet: Fleet) -> str:
    def ask(words: str) -> str:
        return fleet.sh("cache", ASK.format(address=fleet.address("cache"), words=words))

    ask('setnx words "it\'s here"')
    assert ask("get words") == "it's here\n"
    assert fleet.sh("cache", "findmnt --noheadings --output TARGET /srv/data") == "/srv/data\n"
    return ask("dbsize")
