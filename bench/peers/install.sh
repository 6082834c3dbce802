#!/bin/bash
# Installs the peers that the benchmarks compare with, from Debian, without starting any service of theirs.
set -euo pipefail

packages=(orthanc orthanc-postgresql dcmtk postgresql-15)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  echo "the peers are installed"
  exit 0
fi
if ((EUID != 0)); then
  echo "missing packages: ${missing[*]} (run this script as root to install them)" >&2
  exit 1
fi

# invoke-rc.d asks policy-rc.d; 101 forbids every start. An existing policy is kept and put back.
policy=/usr/sbin/policy-rc.d
kept=""
if [[ -e $policy ]]; then
  kept=$(mktemp)
  cp -p "$policy" "$kept"
fi
restore() {
  if [[ -n $kept ]]; then mv "$kept" "$policy"; else rm -f "$policy"; fi
}
trap restore EXIT
printf '#!/bin/sh\nexit 101\n' >"$policy"
chmod 755 "$policy"

apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
