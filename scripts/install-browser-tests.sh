#!/usr/bin/env bash
# Installs what tests/browser and bench/viewer need, as tests/browser/package-lock.json pins it. The browser is Debian's.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

tests=tests/browser
installed=$tests/node_modules/.package-lock.json

scripts/install-packages.sh test
[[ ! -e $installed || $tests/package-lock.json -nt $installed ]] || exit 0
scripts/install-node.sh
use_node
cd "$tests"
npm ci --ignore-scripts --no-audit --no-fund ||
  fail "what $tests/package.json names could not be installed (see above)" "check the network, then run this again"
touch node_modules/.package-lock.json
