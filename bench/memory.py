#!/usr/bin/env python3
"""Resident memory of the server process: idle, while 64 associations send, and for one giant instance."""
import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import load
from peers import ALL, Unavailable, processes
from table import render


def idle_mib(receiver):
    """What is resident some seconds after the start, when nobody has sent anything."""
    time.sleep(3)
    return processes.resident_mib(receiver.main_pid())


def measure(receiver, given):
    """MiB: idle, peak with many senders, peak with the giant; and what failed meanwhile."""
    idle = idle_mib(receiver)
    many = load.measure(receiver, "-a", given.associations, "-n", given.instances)
    giant = load.measure(receiver, "-n", 1, "--giant", given.giant, "--timeout", 300)
    return {"idle": idle, "senders": many.peak_mib, "giant": giant.peak_mib, "giant_seconds": giant.max_ms / 1000,
            "failures": many.failures + giant.failures}


def main():
    parser = argparse.ArgumentParser(prog="./bench.sh memory", description=__doc__)
    parser.add_argument("--associations", type=int, default=64)
    parser.add_argument("--instances", type=int, default=2000)
    parser.add_argument("--giant", default="2G", help="size of the giant's Pixel Data")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=["noctis", "orthanc-sqlite"], help=", ".join(ALL))
    parser.add_argument("--dir", help="folder for the servers' data (default: the system's for temporary files)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="fewer instances and a giant of 256 MiB")
    given = parser.parse_args()
    if unknown := set(given.peers) - set(ALL):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))} (known: {', '.join(ALL)})")
    if given.quick:
        given.instances, given.giant = 300, "256M"

    result = {}
    try:
        load.need_programs()
        for name in given.peers:
            with tempfile.TemporaryDirectory(prefix="noctis-bench-", dir=given.dir) as work:
                os.chmod(work, 0o755)
                try:
                    with ALL[name](work) as receiver:
                        result[receiver.name] = measure(receiver, given)
                except Unavailable as why:
                    print(f"without {name}: {why}", file=sys.stderr)
    except Unavailable as why:
        sys.exit(f"memory: {why}")
    head = ["receiver", "idle MiB", f"{given.associations} associations MiB", f"one of {given.giant}iB MiB", "it took s", "failed"]
    print(render(head, [[name, *(f"{f[key]:.0f}" for key in ("idle", "senders", "giant")), f"{f['giant_seconds']:.1f}",
                         f["failures"]] for name, f in result.items()]))
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
