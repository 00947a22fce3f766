#!/bin/bash
# An empty data folder gets what is in /docker-entrypoint-initdb.d. Meanwhile the server answers only on 127.0.0.1, and
# without passwords, as the official image's does.
set -euo pipefail

first_start() {
  local server file
  mongod --bind_ip 127.0.0.1 --port 27017 &
  server=$!
  until mongosh --quiet --norc --port 27017 --eval 'quit(0)' > /dev/null 2>&1; do
    kill -0 "$server"
    sleep 1
  done
  for file in /docker-entrypoint-initdb.d/*; do
    # shellcheck disable=SC1090  # any script
    case $file in
      *.sh) . "$file" ;;
      *.js) mongosh --quiet --norc --port 27017 "${MONGO_INITDB_DATABASE:-test}" "$file" ;;
      *) echo "ignoring $file" ;;
    esac
  done
  kill "$server"
  wait "$server"
}

[ "${1:0:1}" != - ] || set -- mongod "$@"
if [ "$1" = mongod ]; then
  if [ "$(id -u)" = 0 ]; then
    find /data/configdb /data/db \! -user mongodb -exec chown mongodb '{}' +
    exec gosu mongodb "$0" "$@"
  fi
  [ -e /data/db/WiredTiger ] || [ -z "$(ls /docker-entrypoint-initdb.d)" ] || first_start
  case " $* " in
    *" --bind_ip"*) ;;
    *) set -- "$@" --bind_ip_all ;;
  esac
fi
exec "$@"
