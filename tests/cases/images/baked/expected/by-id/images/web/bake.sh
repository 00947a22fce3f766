#!/bin/bash
# Makes the image of the tier web of baked: packages, content and scripts, as user data installs them on an instance
# without this image. It holds no secrets and no addresses. bake.sh FOLDER: Packer runs it as root on an instance of its
# own, and has copied the files to FOLDER.
set -Eeuo pipefail
say() { echo "camp image: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

from=$1
state=/var/lib/camp2iac

# put NUMBER MODE SHA256 PATH: a file in its place
put() {
  echo "$3  $from/$1" | sha256sum --check --strict --quiet
  install -D -m "$2" "$from/$1" "$4"
}

# enabled: the units that start when an instance boots
enabled() {
  systemctl list-unit-files --no-legend --state=enabled --type=service,socket,timer,path | cut -d ' ' -f 1 | sort
}

before=$(enabled)
if [ -d /etc/apt ] && [ ! -e /usr/sbin/policy-rc.d ]; then # nothing starts, so nothing creates keys or data
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
  chmod 0755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi

say "copying the files"
put 1 0644 3292c8924f594186a49e85cf76bb40b0019cc0db655fbfe2fda9124f48de733c /opt/baked/web/main.py
put 2 0644 02854cc57bb5d863120d6f5db7dcacb1069f8252caef0e9c72c76524eefe0c8c /opt/baked/web/requirements.txt
put 3 0755 c9197340b8c8c1b40699b2f202a953a51aa2dfd45e70e8b2a6234e7dea5f4720 /opt/baked/web/run.sh
put 4 0755 a231ff4afb4548a39c6b112eb9307a3d2e4f8c79cb8de300ac7354d33da4ace0 /usr/local/lib/camp/web.install.sh
put 5 0755 ec3086b8667b48c85a3800ee3d5681590c184a01597e64d012b34111b4b4f29f /usr/local/lib/camp/build
put 6 0755 c24cfa4eceb00a0bfaf78bd840af8af951d4f4d217c4610f9fd8f846c2b9a21e /usr/local/bin/camp-status
put 7 0755 a230d7d529d6082481558c59db8610df904c3993c1274b541426c19031d3f5f1 /usr/local/lib/camp/install-half
put 8 0755 5a9ca2ba60a64312e75e4d8224c5046f54dba547846279334e2d2d24935dc4d7 /usr/local/lib/camp/wait-for
cat > /opt/baked/web.sha256 << 'END'
3292c8924f594186a49e85cf76bb40b0019cc0db655fbfe2fda9124f48de733c  main.py
02854cc57bb5d863120d6f5db7dcacb1069f8252caef0e9c72c76524eefe0c8c  requirements.txt
c9197340b8c8c1b40699b2f202a953a51aa2dfd45e70e8b2a6234e7dea5f4720  run.sh
END

/usr/local/lib/camp/install-half 66b9041648267dbd2485d92c84be7315aece5e9f6aa6010d445d1a39707671d1 /opt/baked python3-venv -- /usr/local/lib/camp/web.install.sh

say "leaving what its packages start to the instances"
mapfile -t units < <(comm -13 <(echo "$before") <(enabled))
: > "$state/units"
for unit in "${units[@]}"; do
  systemctl disable --quiet "$unit"
  echo "$unit" >> "$state/units"
done

# For camp-status, until cloud-init has written what this instance must check
mkdir -p /etc/camp
echo 'running cloud-final.service' > /etc/camp/status

say "removing what belongs to this instance"
if command -v apt-get > /dev/null; then apt-get --quiet clean; else dnf --quiet clean all; fi
rm -rf "$from" /var/lib/apt/lists/* /var/lib/dhcp/* /var/lib/systemd/random-seed /root/.bash_history /home/*/.bash_history
# Keys of this instance, which others must not share
rm -f /etc/ssh/ssh_host_* /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem \
  /var/lib/rabbitmq/.erlang.cookie
rm -f /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys /etc/sudoers.d/90-cloud-init-users
# The configuration of its network, which cloud-init writes again
rm -f /etc/netplan/50-cloud-init.yaml /etc/systemd/network/10-cloud-init-*.network \
  /etc/network/interfaces.d/50-cloud-init /etc/NetworkManager/system-connections/cloud-init-*.nmconnection
cloud-init clean --logs --seed
rm -rf /var/log/journal/*
find /var/log -xdev -type f -exec truncate --size 0 {} +
[ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
: > /etc/machine-id
say "the image has version 66b904164826"
