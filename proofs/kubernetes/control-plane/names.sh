# shellcheck shell=bash disable=SC2034
# Sourced by build, up and down: the releases, and where things are.

ETCD_RELEASE=3.6.16
KUBE_RELEASE=1.36.3
GATEWAY_RELEASE=1.4.0
KUBE_HOME=${KUBE_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/camp2iac/kubernetes} # the programs
KUBE_RUN=${KUBE_RUN:-$KUBE_HOME/run}                                        # of a control plane: certificates, data and logs
