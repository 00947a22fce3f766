#!/bin/bash
# PostgreSQL with its data on the volume, its role and database, and what the plan loads into it.
# Safe to run again: what is done is left alone.
set -Eeuo pipefail
say() { echo "camp stock: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/stock
data=/srv/data/postgresql
role=one-shore
port=5432
password=/etc/one-shore/stock.password
ready=/var/lib/camp/stock.installed # there when the last run succeeded
version=$(pg_lsclusters --no-header | awk '$2 == "main" { print $1 }')
bin=/usr/lib/postgresql/$version/bin
conf=/etc/postgresql/$version/main/conf.d

as_postgres() { (cd / && exec runuser -u postgres -- "$@"); }
psql() { as_postgres psql --no-psqlrc --quiet --tuples-only --no-align --port="$port" --set ON_ERROR_STOP=1 "$@"; }

# use NAME: that part of the configuration; the server is restarted only if it is new
use() {
  if ! cmp -s "$lib/$1" "$conf/$1"; then
    install -m 0644 "$lib/$1" "$conf/$1"
    systemctl restart "postgresql@$version-main.service"
  fi
}

rm -f "$ready"
say "PostgreSQL $version, data in $data"
systemctl start camp-volume-data.service

# The package made a cluster of its own. Its configuration is used, its data are not: configuration
# belongs to the machine, data to where they outlive it.
if [ ! -e "$data/PG_VERSION" ]; then
  say "nothing is there: making an empty server"
  mkdir -p "$(dirname "$data")"
  rm -rf "$data.new"
  install -d -m 0700 -o postgres -g postgres "$data.new"
  as_postgres "$bin/initdb" --pgdata="$data.new" --encoding=UTF8 --locale=C.UTF-8 --data-checksums \
    --auth-local=peer --auth-host=scram-sha-256 > /dev/null
  mv "$data.new" "$data"
fi
if [ "$(cat "$data/PG_VERSION")" != "$version" ]; then
  say "the data are of PostgreSQL $(cat "$data/PG_VERSION"): upgrade them, or use the image they were made with"
  exit 1
fi
use 10-data.conf

say "role and database"
psql --set role="$role" << 'SQL'
select format('create role %I login', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
SQL
psql --set role="$role" --set name=one-shore << 'SQL'
select format('create database %I owner %I', :'name', :'role')
  where not exists (select from pg_database where datname = :'name') \gexec
SQL

# The password goes by the environment, which others cannot read as they can a command line; and an
# error must not put it into the server's log.
PGPASSWORD=$(cat "$password")
export PGPASSWORD
can_log_in() {
  "$bin/psql" --no-psqlrc --quiet --no-password --host=localhost --port="$port" --username="$role" --command=';' one-shore
}
if ! can_log_in 2> /dev/null; then
  say "setting the role's password"
  psql --set role="$role" << 'SQL'
set log_min_error_statement = panic;
\set password `printenv PGPASSWORD`
alter role :"role" password :'password';
SQL
  can_log_in
fi

say "opening the port"
use 20-listen.conf

install -D -m 0644 /dev/null "$ready"
say "done"
