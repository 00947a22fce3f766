#!/bin/bash
# Starts MariaDB. If there are data from an earlier container, they first get the password and artifacts of this one.
set -euo pipefail

if [ -d /var/lib/mysql/mysql ]; then
  gosu mysql mariadbd --skip-networking &
  server=$!
  until mariadb-admin --user=root --silent ping > /dev/null 2>&1; do
    kill -0 "$server"
    sleep 1
  done
  gosu mysql bash /docker-entrypoint-initdb.d/camp-setup.sh
  kill "$server"
  wait "$server"
fi
exec docker-entrypoint.sh mariadbd "$@"
