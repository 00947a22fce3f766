#!/bin/bash
# An empty data folder gets a cluster, the user, its database and what lies in /docker-entrypoint-initdb.d; meanwhile a
# server answers on the socket only, as the official image's does: `pg_isready` without a host is content too early.
set -euo pipefail

from_file() { # VARIABLE: its value, or the content of the file that VARIABLE_FILE names; not both
  local file=$1_FILE
  if [ -n "${!1:-}" ] && [ -n "${!file:-}" ]; then
    echo "error: both $1 and $file are set" >&2
    exit 1
  fi
  if [ -n "${!file:-}" ]; then export "$1=$(< "${!file}")"; fi
  unset "$file"
}

load() { # FILE
  case $1 in
    *.sh) if [ -x "$1" ]; then "$1"; else . "$1"; fi ;;
    *.sql) "${client[@]}" --dbname "$POSTGRES_DB" -f "$1" ;;
    *.sql.gz) gunzip -c "$1" | "${client[@]}" --dbname "$POSTGRES_DB" ;;
    *) echo "ignoring $1" ;;
  esac
}

first_start() {
  local file
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo "Error: Database is uninitialized and superuser password is not specified." >&2
    exit 1
  fi
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "${POSTGRES_PASSWORD:-}") '"${POSTGRES_INITDB_ARGS:-}"
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  client=(psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --no-password)
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432" -w start
  if [ "$POSTGRES_DB" != postgres ]; then
    "${client[@]}" --dbname postgres --set db="$POSTGRES_DB" <<< 'create database :"db";'
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    [ ! -e "$file" ] || load "$file"
  done
  PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -m fast -w stop
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    chmod 00700 "$PGDATA"
    find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
    exec gosu postgres "$0" "$@"
  fi
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER
  export POSTGRES_USER=${POSTGRES_USER:-postgres}
  from_file POSTGRES_DB
  export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
  [ -s "$PGDATA/PG_VERSION" ] || PGPASSWORD=${POSTGRES_PASSWORD:-} first_start
fi
exec "$@"
