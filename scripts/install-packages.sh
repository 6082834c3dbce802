#!/usr/bin/env bash
# Installs the packages of the groups named (build, run, test) that are not there yet.
# Services that come with them do not start, no system database cluster is made, and those that run already are left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d/noctis.conf
mark='# written by Noctis while it installs packages'

packages_of() {
  awk -v wanted=" $* " '
    /^\[/ { group = substr($0, 2, length($0) - 2); next }
    /^[^#]/ && index(wanted, " " group " ")' packages.txt
}

missing_of() {
  local have
  have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk '$2 == "installed" { print $1 }' || true)
  printf '%s\n' "$@" | grep -vxF -e "${have:-none}" || true
}

hold_services() {
  # An earlier run that was killed may have left its own policy behind.
  if [[ -e $policy ]] && ! grep -qF "$mark" "$policy"; then mv "$policy" "$policy.before-noctis"; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
  chmod 755 "$policy"
  mkdir -p "$(dirname "$clusters")"
  printf '%s\ncreate_main_cluster = false\n' "$mark" >"$clusters"
}

release_services() {
  rm -f "$policy" "$clusters"
  if [[ -e $policy.before-noctis ]]; then mv "$policy.before-noctis" "$policy"; fi
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
  trap release_services EXIT
  hold_services
  apt-get -qq -o DPkg::Lock::Timeout=300 update ||
    warn "apt-get update failed; going on with the package lists of this machine"
  apt-get -y -q -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
}

mapfile -t wanted < <(packages_of "$@")
((${#wanted[@]})) || fail "no packages in the groups '$*' of packages.txt"
mapfile -t missing < <(missing_of "${wanted[@]}")
((${#missing[@]})) || exit 0

((EUID == 0)) || fail "these packages are missing and only root can install them: ${missing[*]}" \
  "run this again as root, or have them installed: apt-get install ${missing[*]}"
command -v apt-get >/dev/null || fail "this machine has no apt-get; Noctis runs on Debian 12" \
  "install by hand: ${missing[*]}"
say "Installing ${#missing[@]} packages"
install_packages "${missing[@]}" || fail "packages could not be installed (see above): ${missing[*]}" \
  "check the network and the sources in /etc/apt/, then run this again"
