#!/bin/bash
# Starts PostgreSQL. If there are data from an earlier container, they first get the password and artifacts of this one.
set -euo pipefail

if [ -s "$PGDATA/PG_VERSION" ]; then
  gosu postgres pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait --silent start
  gosu postgres bash /docker-entrypoint-initdb.d/camp-setup.sh
  gosu postgres pg_ctl --pgdata="$PGDATA" --mode=fast --wait --silent stop
fi
exec docker-entrypoint.sh postgres "$@"
