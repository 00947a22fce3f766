#!/bin/bash
# Creates the user and the databases of the application, and loads its artifacts. The image runs this script when the
# data are new, camp-start at each later start. Until it ends, the server listens only on its socket.

camp_setup() (
  set -euo pipefail
  export LC_ALL=C
  shopt -s nullglob
  say() { echo "camp: $*"; }
  # The locale does not decide how the client reads files
  sql() { mariadb --user=root --default-character-set=utf8mb4 --batch --skip-column-names "$@"; }

  say "creating the user and the databases"
  # The password is passed on standard input: other users can read command lines
  local password name
  password=$(cat /run/secrets/password)
  password=${password//\\/\\\\}
  password=${password//\'/\'\'}
  sql << SQL
create user if not exists '$CAMP_USER'@'%';
alter user '$CAMP_USER'@'%' identified by '$password';
SQL
  for name in $CAMP_DATABASES; do
    sql << SQL
create database if not exists \`$name\`;
grant all on \`${name//_/\\_}\`.* to '$CAMP_USER'@'%';
SQL
  done

  # plain FILE: writes its SQL to standard output
  plain() {
    if gzip --test "$1" 2> /dev/null; then zcat "$1"; else cat "$1"; fi
  }

  # load NAME DATABASE FILE...: once in the life of the data. MariaDB cannot roll back statements that create tables.
  # So this script does not load a file again that failed half-way: fix the data first.
  load() {
    local id=$1 database=$2 sha256 found file
    shift 2
    sha256=$(cat "$@" | sha256sum | cut -d ' ' -f 1)
    sql << 'SQL'
create database if not exists camp2iac;
create table if not exists camp2iac.loaded
  (name varchar(100) primary key, sha256 char(64) not null, done boolean not null, at timestamp default current_timestamp);
SQL
    found=$(sql --execute="select concat(done, sha256) from camp2iac.loaded where name = '$id'")
    case $found in
      "")
        say "loading $id"
        sql --execute="insert into camp2iac.loaded (name, sha256, done) values ('$id', '$sha256', false)"
        for file in "$@"; do
          plain "$file"
        done | sql --database="$database" > /dev/null
        sql --execute="update camp2iac.loaded set done = true where name = '$id'"
        ;;
      "1$sha256") say "$id was loaded before: keeping it" ;;
      1*) say "$id was loaded before from another version of the file (${found:1}): not loading it again" ;;
      *)
        say "loading $id failed half-way. Fix the data, then run: update camp2iac.loaded set done = true where name = '$id'"
        exit 1
        ;;
    esac
  }

  local folder database files
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
