#!/bin/bash
# Configures RabbitMQ with its data on disk, a user and a virtual host.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp queue: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/queue
data=/srv/data/rabbitmq
user=parcel
password=/etc/parcel/queue.password
configured=/var/lib/camp/queue.configured # exists if the last run succeeded

# use FILE PLACE: copies FILE to PLACE. $changed is set if a file is new
changed=
use() {
  if ! cmp -s "$1" "$2"; then
    install -D -m 0644 "$1" "$2"
    changed=yes
  fi
}

rm -f "$configured"
version=$(dpkg-query --show --showformat '${Version}' rabbitmq-server | sed 's/^[0-9]*://; s/^\([0-9]*\.[0-9]*\).*/\1/')
install -d -m 0750 -o rabbitmq -g rabbitmq "$data"

say "RabbitMQ $version, data in $data"
if ! cmp -s "$lib/rabbitmq-env.conf" /etc/rabbitmq/rabbitmq-env.conf; then
  systemctl stop rabbitmq-server.service # before its node name changes
fi
use "$lib/rabbitmq-env.conf" /etc/rabbitmq/rabbitmq-env.conf
chown rabbitmq: /etc/parcel/queue.key
use "$lib/10-local.conf" /etc/rabbitmq/conf.d/10-local.conf
use "$lib/unit.conf" /etc/systemd/system/rabbitmq-server.service.d/camp.conf
if [ "$changed" ]; then
  systemctl daemon-reload
  systemctl restart rabbitmq-server.service
  changed=
fi

say "creating the user and the virtual host"
rabbitmqctl --quiet list_vhosts name | grep -qxF parcel || rabbitmqctl --quiet add_vhost parcel
users=$(rabbitmqctl --quiet --no-table-headers list_users | cut -f 1)
if grep -qxF guest <<< "$users"; then
  rabbitmqctl --quiet delete_user guest # its password is public
fi
# The server reads the password from a temporary file. Other users can read command lines, and rabbitmqctl 4.0 does not
# read it from standard input.
install -m 0400 -o rabbitmq "$password" "$data.password"
trap 'rm -f "$data.password"' EXIT
broker() { rabbitmqctl --quiet eval "{ok, Password} = file:read_file(\"$data.password\"), User = <<\"$user\">>, $1." > /dev/null; }
if ! grep -qxF "$user" <<< "$users"; then
  broker 'ok = rabbit_auth_backend_internal:add_user(User, Password, <<"camp2iac">>)'
elif ! broker '{ok, _} = rabbit_access_control:check_user_pass_login(User, Password)' 2> /dev/null; then
  broker 'ok = rabbit_auth_backend_internal:change_password(User, Password, <<"camp2iac">>)'
fi
rm -f "$data.password"
rabbitmqctl --quiet set_permissions --vhost parcel "$user" '.*' '.*' '.*'

say "opening the port"
use "$lib/20-listen.conf" /etc/rabbitmq/conf.d/20-listen.conf
if [ "$changed" ]; then
  systemctl restart rabbitmq-server.service
fi

install -D -m 0644 /dev/null "$configured"
say "configured"
