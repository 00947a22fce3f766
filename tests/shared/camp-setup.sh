#!/bin/bash
# Creates the role and the databases of the application, and loads its artifacts. The image runs this script when the
# data are new, camp-start at each later start. Until it ends, the server listens only on its socket.

camp_setup() (
  set -euo pipefail
  export LC_ALL=C PGUSER=postgres PGDATABASE=postgres
  shopt -s nullglob
  say() { echo "camp: $*"; }
  sql() { command psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"; }

  say "creating the role and the databases"
  sql --set=role="$CAMP_USER" << 'SQL'
select format('create role %I login', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
-- An error must not write the password to the log
set log_min_error_statement = panic;
\set password `cat /run/secrets/password`
alter role :"role" password :'password';
select 'alter role postgres password null' where :'role' <> 'postgres' \gexec
SQL
  local name
  for name in $CAMP_DATABASES; do
    sql --set=role="$CAMP_USER" --set=name="$name" << 'SQL'
select format('create database %I owner %I', :'name', :'role')
  where not exists (select from pg_database where datname = :'name') \gexec
SQL
  done

  # plain FILE: writes its SQL to standard output
  plain() {
    if cmp --quiet --bytes=5 "$1" <(printf PGDMP); then
      pg_restore --no-owner --no-privileges --file=- "$1"
    elif gzip --test "$1" 2> /dev/null; then
      zcat "$1"
    else
      cat "$1"
    fi
  }

  # load NAME DATABASE FILE...: once in the life of the data, in one transaction with its mark
  load() {
    local id=$1 database=$2 sha256 loaded file
    shift 2
    sha256=$(cat "$@" | sha256sum | cut -d ' ' -f 1)
    sql --dbname="$database" << 'SQL'
set client_min_messages = warning;
create schema if not exists camp2iac;
create table if not exists camp2iac.loaded (name text primary key, sha256 text not null, at timestamptz default now());
SQL
    loaded=$(sql --dbname="$database" --set=name="$id" <<< "select sha256 from camp2iac.loaded where name = :'name'")
    case $loaded in
      "")
        say "loading $id"
        for file in "$@"; do
          plain "$file"
        done > "$work/sql"
        sql --dbname="$database" --single-transaction --command="set role \"$CAMP_USER\"" --file="$work/sql" --command='reset role' \
          --command="insert into camp2iac.loaded values ('$id', '$sha256')" > /dev/null
        ;;
      "$sha256") say "$id was loaded before: keeping it" ;;
      *) say "$id was loaded before from another version of the file ($loaded): not loading it again" ;;
    esac
  }

  local work folder database files
  work=$(mktemp --directory)
  trap 'rm -rf "$work"' EXIT
  for folder in /srv/camp/load/*/*/*/; do
    folder=${folder%/}
    database=${folder%/*}
    database=${database##*/}
    mapfile -d '' -t files < <(find "$folder" -type f -print0 | sort --zero-terminated)
    if [ "${#files[@]}" -gt 1 ]; then
      mapfile -d '' -t files < <(find "$folder" -type f -name '*.sql' -print0 | sort --zero-terminated)
    fi
    if [ "${#files[@]}" -gt 0 ]; then
      load "${folder##*/}" "$database" "${files[@]}"
    fi
  done
)

camp_setup
