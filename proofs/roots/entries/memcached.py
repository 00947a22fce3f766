"""A worker on another instance sets a value and reads it back. The memory limit is the plan's."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    said = "journalctl --no-pager -u memcached-sample-worker.worker.service"
    assert "it's here" in fleet.sh("machine", said)
    ask = "bash -c \"exec 3<>/dev/tcp/127.0.0.1/11211; printf 'stats\\r\\nquit\\r\\n' >&3; cat <&3\""
    assert "limit_maxbytes 33554432" in fleet.sh("cache", ask)
