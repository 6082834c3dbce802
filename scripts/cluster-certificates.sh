#!/usr/bin/env bash
# Makes the certificates with which the nodes of a cluster know each other (config.json: cluster.tls).
#   scripts/cluster-certificates.sh DIRECTORY NODE…
# DIRECTORY gets ca.pem, ca.key, and NODE.pem and NODE.key for each node. Run again with more names, it adds nodes to
# the same cluster. Whoever holds ca.key can admit a node: keep it off the nodes.
set -euo pipefail
(($# >= 2)) || { echo "usage: $0 DIRECTORY NODE…" >&2 && exit 2; }

directory=$1
shift
days=3650
umask 077
mkdir -p "$directory"
cd "$directory"

for node in "$@"; do
  [[ $node =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ && $node != ca ]] ||
    { echo "error: '$node' cannot name a node: letters, digits, '.', '_', '-', and not 'ca'" >&2 && exit 2; }
done

if [[ ! -e ca.key ]]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 -days $days \
    -subj "/CN=Noctis cluster $(openssl rand -hex 4)" -addext basicConstraints=critical,CA:TRUE,pathlen:0 \
    -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out ca.pem 2>/dev/null
fi

for node in "$@"; do
  if [[ -e $node.pem ]]; then
    echo "$node: has a certificate already; remove $directory/$node.pem to make another"
    continue
  fi
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 -subj "/CN=$node" \
    -keyout "$node.key" -out "$node.csr" 2>/dev/null
  openssl x509 -req -in "$node.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days $days -out "$node.pem" \
    -extfile <(printf '%s\n' "subjectAltName=DNS:$node" basicConstraints=critical,CA:FALSE \
      keyUsage=critical,digitalSignature extendedKeyUsage=serverAuth,clientAuth) 2>/dev/null
  rm "$node.csr"
  echo "$node: $directory/$node.pem"
done
