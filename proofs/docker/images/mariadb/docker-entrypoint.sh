#!/bin/bash
# An empty data folder gets root, the user, its database and what lies in /docker-entrypoint-initdb.d; meanwhile a server
# without network answers on the socket.
set -eo pipefail
shopt -s nullglob

from_file() { # NAME: MARIADB_NAME or MYSQL_NAME, or the content of the file that ..._FILE names
  local each file value=
  for each in "MARIADB_$1" "MYSQL_$1"; do
    file=${each}_FILE
    if [ -n "${!each:-}" ] && [ -n "${!file:-}" ]; then
      echo "Both $each and $file are set (but are exclusive)" >&2
      exit 1
    fi
    value=${value:-${!each:-}}
    if [ -z "$value" ] && [ -n "${!file:-}" ]; then value=$(< "${!file}"); fi
  done
  export "MARIADB_$1=$value"
}

quoted() { # for a string in single quotes
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\\\'}"
}

load() { # FILE
  case $1 in
    *.sh) if [ -x "$1" ]; then "$1"; else . "$1"; fi ;;
    *.sql) docker_process_sql < "$1" ;;
    *.sql.gz) gunzip -c "$1" | docker_process_sql ;;
    *) echo "ignoring $1" ;;
  esac
}

docker_process_sql() {
  MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb --protocol=socket -uroot --comments ${MARIADB_DATABASE:+--database="$MARIADB_DATABASE"} "$@"
}

first_start() {
  local file root=$MARIADB_ROOT_PASSWORD database=$MARIADB_DATABASE server
  if [ -z "$root$MARIADB_ALLOW_EMPTY_ROOT_PASSWORD$MARIADB_RANDOM_ROOT_PASSWORD" ]; then
    echo "Database is uninitialized and password option is not specified" >&2
    exit 1
  fi
  [ -z "$MARIADB_RANDOM_ROOT_PASSWORD" ] || root=$(head -c 24 /dev/urandom | base64)
  mariadb-install-db --datadir=/var/lib/mysql --auth-root-authentication-method=normal --skip-test-db > /dev/null
  mariadbd --skip-networking &
  server=$!
  until mariadb-admin --user=root --silent ping > /dev/null 2>&1; do
    kill -0 "$server"
    sleep 1
  done
  local checked
  checked=$(head -c 24 /dev/urandom | base64)
  MARIADB_ROOT_PASSWORD='' MARIADB_DATABASE='' docker_process_sql << SQL
create user healthcheck@'127.0.0.1' identified by '$checked';
create user healthcheck@'::1' identified by '$checked';
create user healthcheck@localhost identified by '$checked';
$(if [ "${MARIADB_ROOT_HOST:-%}" != localhost ]; then
    echo "create user root@$(quoted "${MARIADB_ROOT_HOST:-%}") identified by $(quoted "$root");"
    echo "grant all on *.* to root@$(quoted "${MARIADB_ROOT_HOST:-%}") with grant option;"
  fi)
$(if [ -n "$database" ]; then echo "create database if not exists \`$database\`;"; fi)
$(if [ -n "$MARIADB_USER" ]; then
    echo "create user $(quoted "$MARIADB_USER")@'%' identified by $(quoted "$MARIADB_PASSWORD");"
    if [ -n "$database" ]; then echo "grant all on \`${database//_/\\_}\`.* to $(quoted "$MARIADB_USER")@'%';"; fi
  fi)
set password for root@localhost = password($(quoted "$root"));
SQL
  printf '[mariadb-client]\nport=3306\nsocket=/run/mysqld/mysqld.sock\nuser=healthcheck\npassword=%s\n' "$checked" \
    > /var/lib/mysql/.my-healthcheck.cnf
  MARIADB_ROOT_PASSWORD=$root
  for file in /docker-entrypoint-initdb.d/*; do load "$file"; done
  kill "$server"
  wait "$server"
}

[ "${1:0:1}" != - ] || set -- mariadbd "$@"
if [ "$1" = mariadbd ] || [ "$1" = mysqld ]; then
  if [ "$(id -u)" = 0 ]; then
    find /var/lib/mysql \! -user mysql -exec chown mysql: '{}' +
    exec gosu mysql "$0" "$@"
  fi
  for name in ROOT_PASSWORD USER PASSWORD DATABASE; do from_file "$name"; done
  [ -d /var/lib/mysql/mysql ] || first_start
fi
exec "$@"
