#!/bin/bash
# Starts MongoDB. If there are data from an earlier container, they first get the password and artifacts of this one.
set -euo pipefail

if [ -e /data/db/WiredTiger ]; then
  gosu mongodb mongod --bind_ip 127.0.0.1 --port 27017 &
  server=$!
  until HOME=/tmp mongosh --quiet --norc --port 27017 --eval 'quit(0)' > /dev/null 2>&1; do
    kill -0 "$server"
    sleep 1
  done
  gosu mongodb bash /docker-entrypoint-initdb.d/camp-setup.sh
  kill "$server"
  wait "$server"
fi
exec docker-entrypoint.sh mongod --auth "$@"
