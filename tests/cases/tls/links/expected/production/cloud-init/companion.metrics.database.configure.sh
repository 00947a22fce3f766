#!/bin/bash
# Creates a role of PostgreSQL that can read its statistics only, and starts its exporter.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp companion.metrics.database: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

port=5432
hba=/etc/parcel/database.hba.conf
configured=/var/lib/camp/companion.metrics.database.configured # exists if the last run succeeded

psql() {
  (cd / && exec runuser -u postgres -- psql --no-psqlrc --quiet --tuples-only --no-align --port="$port" --set ON_ERROR_STOP=1 "$@")
}

rm -f "$configured"
psql << 'SQL'
select 'create role prometheus login' where not exists (select from pg_roles where rolname = 'prometheus') \gexec
set client_min_messages = warning;
grant pg_monitor to prometheus;
SQL
line="local postgres prometheus peer"
if ! grep -qxF "$line" "$hba"; then
  echo "$line" >> "$hba"
fi
psql --command='select pg_reload_conf()' > /dev/null
systemctl unmask --quiet prometheus-postgres-exporter.service # an image can have turned it off
systemctl enable --quiet --now prometheus-postgres-exporter.service

install -D -m 0644 /dev/null "$configured"
say "configured"
