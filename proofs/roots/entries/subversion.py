"""A dump is loaded and checked out. A line is committed and read back. Requests without a login are refused."""

import shlex

from roots.fleet import Fleet


def use(fleet: Fleet) -> str:
    url = f"http://{fleet.address('code')}:8080/svn/subversion-sample"
    refused = fleet.curl(url, "--no-fail", "-o", "/dev/null", "-w", "%{http_code}")
    assert refused == "401"
    svn = f"svn --non-interactive --no-auth-cache --username subversion-sample --password {shlex.quote(fleet.password)}"
    fleet.sh(
        "code",
        f"set -e; rm -rf /tmp/work; {svn} checkout -q {url}/trunk /tmp/work; cd /tmp/work; grep here words.txt; "
        "grep -q there words.txt || echo 'and there' >> words.txt; "
        f"{svn} commit -q -m 'A second line'",
    )
    assert fleet.sh("code", f"{svn} cat {url}/trunk/words.txt") == "it's here\nand there\n"
    assert fleet.sh("code", "ls /srv/data/subversion") == "subversion-sample\n"
    assert "running" in fleet.sh("machine", "systemctl show -p SubState 'subversion-sample*'")
    return fleet.sh("code", f"{svn} log {url}")
