#!/usr/bin/env bash
# Installs the independent clients that tests/conformance speaks with, as tests/conformance/package-lock.json pins them.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

clients=tests/conformance
installed=$clients/node_modules/.package-lock.json

[[ ! -e $installed || $clients/package-lock.json -nt $installed ]] || exit 0
scripts/install-node.sh
use_node
cd "$clients"
npm ci --ignore-scripts --no-audit --no-fund ||
  fail "the clients of $clients/package.json could not be installed (see above)" "check the network, then run this again"
touch node_modules/.package-lock.json
