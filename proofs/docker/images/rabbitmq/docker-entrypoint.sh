#!/bin/bash
# The server gives up root. A user and a virtual host that variables name are in a configuration of their own.
set -euo pipefail

if [[ $1 == rabbitmq* ]] && [ "$(id -u)" = 0 ]; then
  if [ "$1" = rabbitmq-server ]; then find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +; fi
  exec gosu rabbitmq "$0" "$@"
fi
if [ "$1" = rabbitmq-server ]; then
  for name in user pass vhost; do
    variable=RABBITMQ_DEFAULT_${name^^}
    [ -z "${!variable:-}" ] || echo "default_$name = ${!variable}"
  done > /etc/rabbitmq/conf.d/99-variables.conf
fi
exec "$@"
