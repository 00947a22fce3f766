"""camp-run runs consoles, shells and commands with the user, sandbox and variables of two components."""

import shlex

from roots.fleet import Fleet

PLAN = "../plans/commands"
ENVIRONMENT = "commands: all\n"
VERSION = "systemctl --version | sed -n '1s/.*(\\(.*\\))/systemd \\1/p'"
WEB = "$(systemctl show --property MainPID --value commands-web)"

METADATA = "169.254.169.254"
ANSWER = f"python3 -m http.server --bind {METADATA} 8099 --directory /srv"


def use(fleet: Fleet) -> str:
    def sh(script: str) -> str:
        return fleet.sh("machine", script).strip()

    def status(script: str) -> str:
        return sh(f"{script} > /dev/null 2> /tmp/said; echo $?")

    # the same user, capabilities and system calls as the process itself
    own = sh(f"stat -c %u /proc/{WEB}; grep -E '^(Cap|NoNewPrivs|Seccomp:|Uid)' /proc/{WEB}/status")
    assert (
        own.splitlines()
        == sh("camp-run web sh -c 'id -u; grep -E \"^(Cap|NoNewPrivs|Seccomp:|Uid)\" /proc/self/status'").splitlines()
    )
    assert own.splitlines()[0] != "0"
    assert sh("camp-run web pwd") == "/opt/commands/web"
    assert sh("camp-run web sh -c 'command -v python'") == "/opt/commands/web.venv/bin/python"
    # words reach the command as they are
    odd = ["a  b", "$HOME", "%n %%", 'it\'s "quoted" \\', "${GREETING}", ""]
    words = " ".join(map(shlex.quote, odd))
    assert sh(f"camp-run web python -c 'import sys; print(sys.argv[1:])' {words}") == str(odd)
    assert sh("camp-run web python -c 'import os; print(os.environ[\"GREETING\"])'") == "It's 50% off: $HOME"
    assert sh("echo given | camp-run web cat") == "given"
    # its exit status passes; without a name, it says which components there are
    assert status("camp-run web sh -c 'exit 7'") == "7"
    assert status("camp-run web no-such-program") == "127"
    assert status("camp-run true") == "125"
    assert "several components: web, pages" in sh("cat /tmp/said")
    # the sandbox holds
    assert status("camp-run web touch /opt/commands/web/x") == "1"
    assert status("camp-run web cat /etc/commands/web.env") == "1"
    sh(f"ip address add {METADATA}/32 dev lo; systemd-run --quiet --unit answers --collect {ANSWER}; sleep 2")
    reach = f"python3 -c \"import socket; socket.create_connection(('{METADATA}', 8099), 3)\""
    assert status(reach) == "0", "without this, the rest shows nothing"
    assert status(f"camp-run web {reach}") == "1", "the metadata service"
    sh(f"systemctl stop answers; ip address del {METADATA}/32 dev lo")
    # a terminal if there is one
    terminal = "script --quiet --return --command {} /dev/null < /dev/null"
    assert "/dev/pts/" in sh(terminal.format("'camp-run web tty'"))
    assert status("camp-run web test -t 1") == "1"
    assert status(terminal.format("'camp-run web sh -c \"exit 5\"'")) == "5"
    # the server of PHP has variables of its own, and a user
    assert sh("camp-run pages id -un") == "www-data"
    assert sh("camp-run pages php -r 'echo getenv(\"GREETING\");'") == 'Pages\' "own" \\'
    assert sh("camp-run pages pwd") == "/opt/commands/pages"
    assert status("camp-run pages touch /opt/commands/pages/x") == "1"
    # variables by name, and their values only if asked for
    assert sh("camp-run --variables web").split() == ["GREETING", "PATH", "PORT"]
    assert (
        sh("camp-run --variables web --show | bash -c '. /dev/stdin; printf %s \"$GREETING\"'") == "It's 50% off: $HOME"
    )
    # what it runs ends with it, and the process goes on
    sh("timeout 3 camp-run web sleep 300 || true")
    assert sh("systemctl list-units --plain --no-legend 'camp-run-*'") == ""
    assert sh("test -d /run/commands-web") + fleet.curl("http://{machine}:8000/") == "It's 50% off: $HOME"
    assert "GREETING" not in sh("journalctl --no-pager --output cat --identifier systemd | grep camp-run || true")
    return "exit status 7"
