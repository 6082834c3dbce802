"""Data sets made by hand, and a reader of Part 10 files (PS3.10) that leaves the data set's bytes alone."""

import struct
import uuid
import zlib
from dataclasses import dataclass, field

from pdu import CT_IMAGE, EXPLICIT_LITTLE, IMPLICIT_LITTLE

DEFLATED = "1.2.840.10008.1.2.1.99"
EXPLICIT_BIG = "1.2.840.10008.1.2.2"
LONG_FORMS = (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")


def new_uid():
    return f"2.25.{uuid.uuid4().int}"


def element(group, number, form, value):
    """One element in explicit VR little endian; text is padded to even length."""
    raw = value if isinstance(value, bytes) else value.encode()
    raw += (b"\0" if form in ("UI", "OB", "OW", "UN") else b" ") * (len(raw) % 2)
    head = struct.pack("<HH", group, number) + form.encode()
    if form.encode() in LONG_FORMS:
        return head + struct.pack("<HI", 0, len(raw)) + raw
    return head + struct.pack("<H", len(raw)) + raw


def nested_sequences(depth):
    """A private sequence in a sequence in a sequence …, `depth` deep, of undefined lengths."""
    opening = struct.pack("<HH2sHI", 0x0009, 0x1010, b"SQ", 0, 0xFFFFFFFF) + struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    closing = struct.pack("<HHI", 0xFFFE, 0xE00D, 0) + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    return element(0x0009, 0x0010, "LO", "NOCTIS TEST") + opening * depth + closing * depth


@dataclass
class Image:
    """A small CT image of our own; `data_set()` encodes it in explicit VR little endian. None leaves an element out."""

    patient_id: str = "P1"
    patient_name: str = "Doe^Jane"
    accession: str = "A1"
    description: str = "CT HEAD"
    date: str = "20240131"
    sop_class: str = CT_IMAGE
    sop_instance: str = field(default_factory=new_uid)
    study: str = field(default_factory=new_uid)
    series: str = field(default_factory=new_uid)
    number: int = 1
    pixels: bytes = bytes(range(256)) * 2
    extra: bytes = b""

    def data_set(self):
        tags = [
            (0x0008, 0x0016, "UI", self.sop_class),
            (0x0008, 0x0018, "UI", self.sop_instance),
            (0x0008, 0x0020, "DA", self.date),
            (0x0008, 0x0030, "TM", "102030"),
            (0x0008, 0x0050, "SH", self.accession),
            (0x0008, 0x0060, "CS", "CT"),
            (0x0008, 0x1030, "LO", self.description),
        ]
        demographic = [
            (0x0010, 0x0010, "PN", self.patient_name),
            (0x0010, 0x0020, "LO", self.patient_id),
            (0x0010, 0x0030, "DA", "19700101"),
            (0x0010, 0x0040, "CS", "F"),
            (0x0020, 0x000D, "UI", self.study),
            (0x0020, 0x000E, "UI", self.series),
            (0x0020, 0x0011, "IS", "1"),
            (0x0020, 0x0013, "IS", str(self.number)),
            (0x0028, 0x0010, "US", struct.pack("<H", 16)),
            (0x0028, 0x0011, "US", struct.pack("<H", 16)),
            (0x0028, 0x0100, "US", struct.pack("<H", 16)),
            (0x7FE0, 0x0010, "OW", self.pixels),
        ]
        encoded = [b"".join(element(*one) for one in part if one[3] is not None) for part in (tags, demographic)]
        return encoded[0] + self.extra + encoded[1]

    def part10(self):
        return part10(self.sop_class, self.sop_instance, EXPLICIT_LITTLE, self.data_set())


def part10(sop_class, sop_instance, transfer_syntax, data_set):
    """A Part 10 file around the bytes of a data set."""
    meta = element(0x0002, 0x0001, "OB", b"\0\1") + element(0x0002, 0x0002, "UI", sop_class)
    meta += element(0x0002, 0x0003, "UI", sop_instance) + element(0x0002, 0x0010, "UI", transfer_syntax)
    return bytes(128) + b"DICM" + element(0x0002, 0x0000, "UL", struct.pack("<I", len(meta))) + meta + data_set


def elements_of(raw, at, explicit, order, end):
    """Yields (tag, value, offset after it) of the elements before the first of undefined length; stops at nonsense."""
    while at + 8 <= end:
        group, number = struct.unpack_from(order + "HH", raw, at)
        if explicit:
            long_form = raw[at + 4 : at + 6] in LONG_FORMS
            length = struct.unpack_from(order + ("I" if long_form else "H"), raw, at + (8 if long_form else 6))[0] \
                if at + 12 <= end or not long_form else 0
            start = at + (12 if long_form else 8)
        else:
            length, start = struct.unpack_from(order + "I", raw, at + 4)[0], at + 8
        if length == 0xFFFFFFFF or start + length > end:
            return
        at = start + length
        yield (group, number), raw[start:at], at


@dataclass
class Part10:
    """What a Part 10 file, or a bare data set, says about itself. `data_set` is exactly what follows the meta header."""

    transfer_syntax: str
    sop_class: str
    sop_instance: str
    data_set: bytes


def text(value):
    return value.decode("ascii", "replace").rstrip("\0 ")


def read_part10(raw):
    """Returns a Part10; its UIDs are "" where the file has none. Files without a preamble are bare data sets."""
    meta, start = {}, 0
    if raw[128:132] == b"DICM":
        start = 132
        for tag, value, after in elements_of(raw, 132, True, "<", len(raw)):
            if tag[0] != 0x0002:
                break
            meta[tag], start = text(value), after
    syntax = meta.get((0x0002, 0x0010)) or (EXPLICIT_LITTLE if raw[start + 4 : start + 6].isalpha() else IMPLICIT_LITTLE)
    data_set = raw[start:]
    identifiers = read_identifiers(data_set, syntax)
    return Part10(syntax, identifiers.get((8, 0x16)) or meta.get((2, 2), ""),
                  identifiers.get((8, 0x18)) or meta.get((2, 3), ""), data_set)


def read_identifiers(data_set, syntax):
    """Returns SOP Class and SOP Instance UID by tag, as far as they can be read."""
    try:
        raw = zlib.decompressobj(-15).decompress(data_set, 1 << 20) if syntax == DEFLATED else data_set
    except zlib.error:
        return {}
    order = ">" if syntax == EXPLICIT_BIG else "<"
    found = {}
    for tag, value, _ in elements_of(raw, 0, syntax != IMPLICIT_LITTLE, order, len(raw)):
        if tag > (8, 0x18):
            break
        found[tag] = text(value)
    return found
