#!/bin/bash
# healthcheck.sh --connect --innodb_initialized, of which any may be left out.
set -eo pipefail
client=(mariadb --defaults-extra-file=/var/lib/mysql/.my-healthcheck.cnf --skip-column-names --batch)
for test in "$@"; do
  case $test in
    --connect) # over TCP; that a password is refused is an answer, too
      said=$("${client[@]}" --protocol=tcp --host=127.0.0.1 --execute='select 1' 2>&1) || [[ $said == *"Access denied"* ]]
      ;;
    --innodb_initialized)
      [ "$("${client[@]}" --execute="select 1 from information_schema.engines where engine = 'InnoDB' and support in ('DEFAULT', 'YES')")" = 1 ]
      ;;
  esac
done
