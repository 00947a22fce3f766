# Variables for JDBC, as on an instance: from NAME_URL come JDBC_NAME_URL, JDBC_NAME_USERNAME and JDBC_NAME_PASSWORD.
camp2iac_decoded() {
  printf '%b' "${1//%/\\x}"
}

# Name, driver, parameters, a parameter unless the URL has parameters, URL, "plain" if not all drivers decode
camp2iac_jdbc() {
  local form='^[a-z0-9+]+://([^:@/]*):([^@/]*)@([^/?#]+)(/[^?#]*)?([?]([^#]*))?'
  [[ "$5" =~ $form ]] || return 0
  local user="${BASH_REMATCH[1]}" password="${BASH_REMATCH[2]}" host="${BASH_REMATCH[3]}" path="${BASH_REMATCH[4]}"
  local more="$3&${BASH_REMATCH[6]:-$4}" login="user=$user&password=$password&"
  if [[ "${6-}" == plain && "$user$password" == *[!A-Za-z0-9._~-]* ]]; then login=""; fi
  more="$login${more#&}" more="${more%&}"
  export "JDBC_$1_URL=jdbc:$2://$host$path${more:+?$more}"
  export "JDBC_$1_USERNAME=$(camp2iac_decoded "$user")" "JDBC_$1_PASSWORD=$(camp2iac_decoded "$password")"
}

camp2iac_jdbc DB postgresql "" "sslmode=require" "${DB_URL-}"
camp2iac_jdbc DATABASE postgresql "" "sslmode=require" "${DATABASE_URL-}"
