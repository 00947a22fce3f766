"""Instances would install only security updates, and each would reboot at a time of its own."""

from roots.fleet import Fleet

PLAN = "../../../camp2iac/catalogue/companions/updates/sample"
ENVIRONMENT = 'updates: { from: security, reboot: "03:00" }\n'
VERSION = "dpkg-query -W -f '${Version}' unattended-upgrades"


def use(fleet: Fleet) -> str:
    found = []
    for name in fleet.machines:
        said = fleet.sh(name, "unattended-upgrade --dry-run --verbose 2>&1")
        origins = next(line for line in said.splitlines() if "Allowed origins are" in line)
        assert "label=Debian-Security" in origins
        assert "label=Debian," not in f"{origins},"
        periodic = fleet.sh(name, "apt-config dump APT::Periodic")
        assert 'APT::Periodic::Unattended-Upgrade "1";' in periodic
        assert 'APT::Periodic::Update-Package-Lists "1";' in periodic
        assert fleet.sh(name, "systemctl is-enabled apt-daily.timer apt-daily-upgrade.timer").split() == ["enabled"] * 2
        assert "running apt-daily-upgrade.timer" in fleet.sh(name, "cat /etc/camp/status")
        found.append(fleet.sh(name, "apt-config dump Unattended-Upgrade::Automatic-Reboot-Time").strip())
    times = [line.partition(" ")[2] for line in sorted(found)]
    assert times == ['"03:00";', '"03:10";']
    return "\n".join(times)
