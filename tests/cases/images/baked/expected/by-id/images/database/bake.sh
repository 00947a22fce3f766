#!/bin/bash
# Makes the image of the tier database of baked: packages, content and scripts, as user data installs them on an instance
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
put 1 0644 750d691cedfd7ac5b5955fc4bd85c30af50ff34735db05839bbe5757f63aee88 /usr/local/lib/camp/tables.sql
put 2 0755 6f6ad90fbd308c252a31c56fc98a6d517e765980262568219ad3e77bd37eb7c4 /usr/local/lib/camp/database.install.sh
put 3 0755 c24cfa4eceb00a0bfaf78bd840af8af951d4f4d217c4610f9fd8f846c2b9a21e /usr/local/bin/camp-status
put 4 0755 a230d7d529d6082481558c59db8610df904c3993c1274b541426c19031d3f5f1 /usr/local/lib/camp/install-half
put 5 0755 8acf233a77a0aced9f8a5a3e21b7a825b5dd9cdeeb969ba5869f30d24b57df4b /usr/local/lib/camp/volume
cat > /usr/local/lib/camp/tables.sql.sha256 << 'END'
750d691cedfd7ac5b5955fc4bd85c30af50ff34735db05839bbe5757f63aee88  tables.sql
END

/usr/local/lib/camp/install-half 372bc897f75871f5af5d10e9fc4027fa2aa6f65fb4dca4d6e6617d6130b66cbd /opt/baked postgresql -- /usr/local/lib/camp/database.install.sh

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
say "the image has version 372bc897f758"
