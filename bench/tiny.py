"""The smallest DICOM files that an index is made of."""
import struct


def element(tag, vr, value):
    raw = value.encode() if isinstance(value, str) else value
    raw += (b"\0" if vr in ("UI", "OB") else b" ") * (len(raw) % 2)
    head = struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, vr.encode())
    return head + (struct.pack("<HI", 0, len(raw)) if vr == "OB" else struct.pack("<H", len(raw))) + raw


def tiny_instance(root, number, name):
    """A Part 10 file without pixels: the one instance of study `number`, numbered as index_rows.sql does."""
    sop_class, sop_instance = "1.2.840.10008.5.1.4.1.1.2", f"{root}.3.{number}.1.1"
    meta = b"".join([
        element(0x00020001, "OB", b"\0\1"), element(0x00020002, "UI", sop_class), element(0x00020003, "UI", sop_instance),
        element(0x00020010, "UI", "1.2.840.10008.1.2.1"), element(0x00020012, "UI", root)])
    day = f"{2015 + number % 10}{1 + number % 12:02}{1 + number % 28:02}"
    return b"\0" * 128 + b"DICM" + element(0x00020000, "UL", struct.pack("<I", len(meta))) + meta + b"".join([
        element(0x00080005, "CS", "ISO_IR 192"), element(0x00080016, "UI", sop_class), element(0x00080018, "UI", sop_instance),
        element(0x00080020, "DA", day), element(0x00080050, "SH", f"ACC{number:08}"), element(0x00080060, "CS", "CT"),
        element(0x00081030, "LO", "CT HEAD"), element(0x00100010, "PN", name), element(0x00100020, "LO", f"PAT{number * 7 // 10:08}"),
        element(0x0020000D, "UI", f"{root}.1.{number}"), element(0x0020000E, "UI", f"{root}.2.{number}.1"),
        element(0x00200011, "IS", "1"), element(0x00200013, "IS", "1")])
