#!/usr/bin/env python3
"""Makes of a directory what a power cut would have left, by the journal that the power_cut library kept.

Run it after every watched process is dead. Strict by default, as POSIX has it: a name is durable after an fsync of its
directory, bytes are durable after an fsync of their file. Below a --lenient folder an fsync of a file keeps the file's
name too, as ext4, XFS and btrfs do it. The journal begins anew afterwards.
"""
import argparse
import os
import resource
import shutil
import struct
import sys
from collections import Counter, namedtuple

HEADER = struct.Struct("<IIQQQQIIQ")
MAGIC = struct.pack("<I", 0x5257504E)
Record = namedtuple("Record", "operation id ino dir a first second data")


def read_journal(path):
    """The whole records in order. One that a kill cut short is skipped: what it announced never happened."""
    with open(path, "rb") as file:
        content = file.read()
    at, end = content.find(MAGIC), len(content)
    while 0 <= at and at + HEADER.size <= end:
        _, operation, ident, ino, folder, a, first, second, data = HEADER.unpack_from(content, at)
        begin = at + HEADER.size
        after = begin + first + second + data
        if after == end or content[after:after + 4] == MAGIC:
            yield Record(chr(operation), ident, ino, folder, a, content[begin:begin + first],
                         content[begin + first:begin + first + second], content[begin + first + second:after])
            at = after
        else:
            at = content.find(MAGIC, at + 1)


class Pending:
    """What the journal tells and no sync covers."""

    def __init__(self, records, lenient_dirs):
        self.names = []      # operations on names, oldest first
        self.bytes = {}      # inode: overwrites, oldest first
        self.size = {}       # inode: durable size
        self.lenient_dirs = lenient_dirs
        records = list(records)
        self.done_at = {r.id: i for i, r in enumerate(records) if r.operation == "w"}
        self.good_syncs = {r.id for r in records if r.operation in "sa"}
        for position, record in enumerate(records):
            self.see(position, record)

    def see(self, position, r):
        if r.operation == "O":
            self.size.setdefault(r.ino, r.a)
        elif r.operation in "CN":
            self.size[r.ino] = 0
            self.bytes.pop(r.ino, None)
        elif r.operation == "W":
            self.bytes.setdefault(r.ino, []).append(r)
        elif r.operation == "S" and r.id in self.good_syncs:
            self.sync_bytes(r.ino, position)
            self.size[r.ino] = r.a
            self.names = [n for n in self.names if not self.covers(r.ino, n)]
        elif r.operation == "A" and r.id in self.good_syncs:
            for ino in list(self.bytes):
                self.sync_bytes(ino, position)
            self.size.clear()
            self.names.clear()
        if r.operation in "CMLRUD":
            self.names.append(r)

    def sync_bytes(self, ino, position):
        """Only a change that was made before the sync began is surely covered by it."""
        self.bytes[ino] = [w for w in self.bytes.get(ino, []) if self.done_at.get(w.id, position) >= position]

    def covers(self, synced, name):
        folder = name.a if name.operation == "R" else name.dir
        return synced == folder or (synced == name.ino and folder in self.lenient_dirs)


def walk(root):
    """(inode, path, is directory) of everything below the root, and of the root."""
    yield os.stat(root).st_ino, root, True
    for parent, folders, files in os.walk(root):
        for name, is_folder in [(n, True) for n in folders] + [(n, False) for n in files]:
            path = os.path.join(parent, name)
            yield os.lstat(path).st_ino, path, is_folder


class Rewinder:
    """Takes pending operations back, the newest first."""

    def __init__(self, root, side):
        self.root, self.side = root, side
        self.side_fd = os.open(side, os.O_RDONLY | os.O_DIRECTORY)
        self.folders = {ino: os.open(path, os.O_RDONLY | os.O_DIRECTORY) for ino, path, is_dir in walk(root) if is_dir}
        self.undone = Counter()

    def is_at(self, folder, name, ino):
        try:
            return os.stat(name, dir_fd=folder, follow_symlinks=False).st_ino == ino
        except FileNotFoundError:
            return False

    def restore(self, saved, folder, name):
        if saved:
            os.link(saved, name, src_dir_fd=self.side_fd, dst_dir_fd=folder, follow_symlinks=False)

    def undo(self, r):
        folder = self.folders.get(r.a if r.operation == "R" else r.dir)
        name = r.second if r.operation == "R" else r.first
        if folder is None:
            return
        if r.operation in "CL" and self.is_at(folder, name, r.ino):
            os.unlink(name, dir_fd=folder)
        elif r.operation == "M" and self.is_at(folder, name, r.ino):
            lost = b"lost-%d" % r.ino
            os.rename(name, lost, src_dir_fd=folder, dst_dir_fd=self.side_fd)
        elif r.operation == "R" and self.is_at(folder, name, r.ino):
            before = self.folders.get(r.dir)
            if before is None:
                os.unlink(name, dir_fd=folder)
            else:
                os.rename(name, r.first, src_dir_fd=folder, dst_dir_fd=before)
            self.restore(r.data, folder, name)
        elif r.operation == "U":
            self.restore(r.data, folder, name)
        elif r.operation == "D":
            os.mkdir(name, dir_fd=folder)
            self.folders[r.ino] = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
        else:
            return
        self.undone[r.operation] += 1

    def rewind_bytes(self, pending):
        files = {ino: path for ino, path, is_dir in walk(self.root) if not is_dir}
        for ino in set(pending.size) | set(pending.bytes):
            path = files.get(ino)
            if path is None:
                continue
            with open(path, "r+b", buffering=0) as file:
                for overwrite in reversed(pending.bytes.get(ino, [])):
                    file.seek(overwrite.a)
                    file.write(overwrite.data)
                    self.undone["W"] += 1
                durable = pending.size.get(ino)
                if durable is not None and os.fstat(file.fileno()).st_size > durable:
                    file.truncate(durable)
                    self.undone["size"] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", help="NOCTIS_POWER_DIR of the dead processes")
    parser.add_argument("journal", help="NOCTIS_POWER_JOURNAL of the dead processes")
    parser.add_argument("--lenient", action="append", default=[], help="folder where an fsync of a file keeps its name")
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    journal = os.path.join(given.journal, "journal")
    if not os.path.exists(journal):
        sys.exit(f"power_cut: no journal in {given.journal}")
    lenient = {ino for folder in given.lenient for ino, _, is_dir in walk(folder) if is_dir}
    pending = Pending(read_journal(journal), lenient)
    rewinder = Rewinder(os.path.realpath(given.directory), given.journal)
    for operation in reversed(pending.names):
        rewinder.undo(operation)
    rewinder.rewind_bytes(pending)

    for name in os.listdir(given.journal):
        path = os.path.join(given.journal, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
    words = {"C": "files created", "M": "directories created", "L": "links", "R": "renames", "U": "removals",
             "D": "directory removals", "W": "overwrites", "size": "lengths"}
    print("undone: " + (", ".join(f"{n} {words[k]}" for k, n in sorted(rewinder.undone.items())) or "nothing"))


if __name__ == "__main__":
    main()
