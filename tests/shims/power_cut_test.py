#!/usr/bin/env python3
"""Lets power_cut_program work on a directory, cuts the power, and looks at what is left: power_cut_test.py LIBRARY PROGRAM"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LIBRARY, PROGRAM = sys.argv[1:3]
TOOL = Path(__file__).with_name("power_cut.py")


def run_and_cut(work, *options):
    data, side = work / "data", work / "side"
    data.mkdir()
    side.mkdir()
    for name in ("old", "replaced", "removed"):
        (data / name).write_text("durable")
    environment = {**os.environ, "LD_PRELOAD": LIBRARY, "NOCTIS_POWER_DIR": str(data), "NOCTIS_POWER_JOURNAL": str(side)}
    died = subprocess.run([PROGRAM], cwd=data, env=environment, check=False)
    assert died.returncode == -9, died
    subprocess.run([sys.executable, TOOL, data, side, *options], check=True)
    return data


class PowerCut(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)

    def test_synced_bytes_under_a_synced_name_stay(self):
        self.assertEqual((run_and_cut(self.work) / "kept").read_text(), "synced")

    def test_bytes_after_the_last_fsync_go(self):
        data = run_and_cut(self.work)
        self.assertEqual((data / "half").read_text(), "synced")
        self.assertEqual((data / "unsynced").read_text(), "")
        self.assertEqual((data / "stream").read_text(), "")
        self.assertEqual((data / "old").read_text(), "durable")

    def test_names_go_with_a_directory_that_was_not_synced(self):
        data = run_and_cut(self.work)
        self.assertFalse((data / "folder/file").exists())
        self.assertFalse((data / "folder/deep").exists())
        self.assertFalse((data / "nameless").exists())

    def test_renames_and_removals_are_taken_back(self):
        data = run_and_cut(self.work)
        self.assertEqual((data / "replaced").read_text(), "durable")
        self.assertEqual((data / "removed").read_text(), "durable")
        self.assertFalse((data / "new.part").exists())

    def test_threads_keep_what_each_of_them_synced(self):
        files = sorted((run_and_cut(self.work) / "threads").iterdir())
        self.assertEqual(len(files), 400)
        for file in files:
            self.assertEqual(file.stat().st_size, 1000 if int(file.name.split("-")[0]) % 2 == 0 else 0, file.name)

    def test_a_lenient_folder_keeps_the_names_of_synced_files(self):
        data = run_and_cut(self.work, "--lenient", self.work / "data")
        self.assertEqual((data / "nameless").read_text(), "synced")
        self.assertEqual((data / "folder/file").read_text(), "synced")
        self.assertEqual((data / "replaced").read_text(), "synced")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
