# shellcheck shell=bash
# Sourced by up and down: the names of one engine. ENGINE_NAME and ENGINE_NET choose others, for two engines side by side.

ENGINE_NAME=${ENGINE_NAME:-campdk} # of the namespace, and of the links
ENGINE_NET=${ENGINE_NET:-10.79.0}  # of the pair of links
ENGINE_HOME=${ENGINE_HOME:-/var/tmp/$ENGINE_NAME}
# shellcheck disable=SC2034  # for those that source it
ENGINE_HOST=unix://$ENGINE_HOME/docker.sock

# -I or -D: the rules that let the engine out. Forwarding itself stays on: other programs may have come to need it.
outside_rules() {
  if [ "$1" = -I ]; then echo 1 > /proc/sys/net/ipv4/ip_forward || return; fi
  iptables -w -t nat "$1" POSTROUTING -s "$ENGINE_NET.0/30" ! -o "$ENGINE_NAME-o" -j MASQUERADE || return
  iptables -w "$1" FORWARD -i "$ENGINE_NAME-o" -j ACCEPT || return
  iptables -w "$1" FORWARD -o "$ENGINE_NAME-o" -j ACCEPT
}
