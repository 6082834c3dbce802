#!/usr/bin/env bash
# Installs what tests/browser and bench/viewer need, as tests/browser/package-lock.json pins it. The browser is Debian's.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

tests=tests/browser
installed=$tests/node_modules/.package-lock.json

# OHIF's viewer, an independent client of /dicom-web/: its package holds the built application, so nothing of what it
# depends on is installed.
ohif_version=3.13.2
ohif_sha512=WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA==
ohif=$root/build/ohif-$ohif_version

install_modules() {
  cd "$tests"
  npm ci --ignore-scripts --no-audit --no-fund && touch node_modules/.package-lock.json
}

install_ohif() {
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" RETURN
  npm pack --silent --pack-destination "$work" "@ohif/app@$ohif_version" >/dev/null || return
  [[ $(openssl dgst -sha512 -binary "$work"/*.tgz | base64 -w 0) == "$ohif_sha512" ]] || return
  tar -xzf "$work"/*.tgz -C "$work" package/dist || return
  mkdir -p build
  rm -rf "$ohif"
  mv "$work/package/dist" "$ohif"
}

scripts/install-packages.sh test
scripts/install-node.sh
use_node
if [[ ! -e $installed || $tests/package-lock.json -nt $installed ]]; then
  (install_modules) || fail "what $tests/package.json names could not be installed (see above)" \
    "check the network, then run this again"
fi
[[ -e $ohif/index.html ]] || install_ohif ||
  fail "OHIF $ohif_version could not be installed" "check the network, then run this again"
