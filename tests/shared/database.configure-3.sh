#!/bin/bash
# Configures PostgreSQL with its data on the volume, and creates its role and database.
# Safe to run again: it skips what is done.
set -Eeuo pipefail
say() { echo "camp database: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

lib=/usr/local/lib/camp/database
data=/srv/data/postgresql
role=baked
port=5432
password=/etc/baked/database.password
configured=/var/lib/camp/database.configured # exists if the last run succeeded
version=$(pg_lsclusters --no-header | awk '$2 == "main" { print $1 }')
bin=/usr/lib/postgresql/$version/bin
conf=/etc/postgresql/$version/main/conf.d

as_postgres() { (cd / && exec runuser -u postgres -- "$@"); }
psql() { as_postgres psql --no-psqlrc --quiet --tuples-only --no-align --port="$port" --set ON_ERROR_STOP=1 "$@"; }

# use NAME: installs this part of the configuration, and restarts the server if it changed
use() {
  if ! cmp -s "$lib/$1" "$conf/$1"; then
    install -m 0644 "$lib/$1" "$conf/$1"
    systemctl restart "postgresql@$version-main.service"
  fi
}

# load NAME DATABASE FILE: once in the life of the data, in one transaction with its mark
load() {
  local sha256 loaded
  sha256=$(sha256sum < "$3" | cut -d ' ' -f 1)
  psql "$2" << 'SQL'
set client_min_messages = warning;
create schema if not exists camp2iac;
create table if not exists camp2iac.loaded (name text primary key, sha256 text not null, at timestamptz default now());
SQL
  loaded=$(psql --command="select sha256 from camp2iac.loaded where name = '$1'" "$2")
  case $loaded in
    "")
      say "loading $1"
      psql --single-transaction --command="set role \"$role\"" --file="$3" --command='reset role' \
        --command="insert into camp2iac.loaded values ('$1', '$sha256')" "$2"
      ;;
    "$sha256") say "$1 was loaded before: keeping it" ;;
    *) say "$1 was loaded before from another version of the file ($loaded): not loading it again" ;;
  esac
}

rm -f "$configured"
say "PostgreSQL $version, data in $data"
systemctl start camp-volume-data.service
before=$(stat --format %u "$data" 2> /dev/null || id --user postgres)
if [ "$before" != "$(id --user postgres)" ]; then
  say "giving the data to postgres, which had another id on an earlier instance"
  chown --recursive --from="$before" postgres:postgres "$data"
fi

# The package created a cluster. This script uses its configuration, but not its data: the data must outlive the
# instance.
if [ ! -e "$data/PG_VERSION" ]; then
  say "creating an empty server"
  mkdir -p "$(dirname "$data")"
  rm -rf "$data.new"
  install -d -m 0700 -o postgres -g postgres "$data.new"
  as_postgres "$bin/initdb" --pgdata="$data.new" --encoding=UTF8 --locale=C.UTF-8 --data-checksums \
    --auth-local=peer --auth-host=scram-sha-256 > /dev/null
  mv "$data.new" "$data"
fi
if [ "$(cat "$data/PG_VERSION")" != "$version" ]; then
  say "the data are from PostgreSQL $(cat "$data/PG_VERSION"): upgrade them, or use the image that created them"
  exit 1
fi
use 10-data.conf

say "creating the role and the database"
psql --set role="$role" << 'SQL'
select format('create role %I login', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
SQL
psql --set role="$role" --set name=baked << 'SQL'
select format('create database %I owner %I', :'name', :'role')
  where not exists (select from pg_database where datname = :'name') \gexec
SQL

# The password is passed in the environment: other users can read command lines. An error must not write it to the
# server's log.
PGPASSWORD=$(cat "$password")
export PGPASSWORD
can_log_in() {
  "$bin/psql" --no-psqlrc --quiet --no-password --host=localhost --port="$port" --username="$role" --command=';' baked
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
load tables baked /usr/local/lib/camp/tables.sql

say "opening the port"
use 20-listen.conf

install -D -m 0644 /dev/null "$configured"
say "configured"
