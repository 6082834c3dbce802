"""DICOM objects made for tests, of which everything is known beforehand: where things are, how large, how bright.

`python3 -m phantoms DIRECTORY [NAME…]` in tests/browser writes DIRECTORY/NAME/*.dcm and DIRECTORY/NAME.json, the truth.
The same name gives the same UIDs and the same bytes always.
"""
