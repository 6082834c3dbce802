#!/usr/bin/env bash
# Makes sure that there is a Node.js which builds the web application, and npm: those on the PATH if they are new enough,
# else one of the npm registry, pinned in scripts/node/package-lock.json, under build/tools/node.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib/common.sh

pinned=scripts/node

use_node
if has_node; then exit 0; fi

# Node.js from elsewhere brings npm along, and does not go together with Debian's package of it.
command -v npm >/dev/null || scripts/install-packages.sh node
if has_node; then exit 0; fi

say "Installing Node.js for the web application"
mkdir -p "$node_directory"
cp "$pinned"/package*.json "$node_directory/"
(cd "$node_directory" && npm ci --ignore-scripts --no-audit --no-fund) ||
  fail "Node.js could not be installed (see above)" \
    "check the network, then run this again; or install Node.js $node_needed or newer with its npm"
use_node
has_node || fail "the web application needs Node.js $node_needed or newer; the one that was installed does not run here"
