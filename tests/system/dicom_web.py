"""What a DICOMweb client needs: parts of multipart answers, and pydicom's view of files to compare with."""

import io
import secrets
from dataclasses import dataclass

import pydicom
from pydicom.encaps import generate_pixel_data_frame

DICOM_JSON = "application/dicom+json"


@dataclass
class Part:
    headers: dict  # names in lower case
    body: bytes


def parts_of(answer):
    """The parts of a multipart/related answer."""
    kind = answer.headers["content-type"]
    assert kind.startswith("multipart/related"), kind
    boundary = next(one.split("=", 1)[1].strip('"') for one in kind.split(";") if one.strip().startswith("boundary="))
    pieces = (b"\r\n" + answer.body).split(b"\r\n--" + boundary.encode())
    assert pieces[-1].strip() == b"--"
    result = []
    for piece in pieces[1:-1]:
        head, body = piece.split(b"\r\n\r\n", 1)
        headers = dict(line.split(": ", 1) for line in head.decode().strip().split("\r\n"))
        headers = {name.lower(): value for name, value in headers.items()}
        assert int(headers.get("content-length", len(body))) == len(body)
        result.append(Part(headers, body))
    return result


def related(parts, root):
    """Returns (Content-Type, body) of multipart/related with (headers, bytes) for each part."""
    boundary = secrets.token_hex(12)
    body = b"".join(f"--{boundary}\r\n".encode() + "".join(f"{n}: {v}\r\n" for n, v in headers.items()).encode() +
                    b"\r\n" + content + b"\r\n" for headers, content in parts)
    return f'multipart/related; type="{root}"; boundary={boundary}', body + f"--{boundary}--\r\n".encode()


def store(system, files, study="", token=None):
    """STOW-RS of Part 10 files."""
    kind, body = related([({"Content-Type": "application/dicom"}, one) for one in files], "application/dicom")
    return system.request("POST", "/dicom-web/studies" + (f"/{study}" if study else ""), body,
                          {"Content-Type": kind, "Accept": DICOM_JSON}, token=token)


def read(data):
    return pydicom.dcmread(io.BytesIO(data), force=True)


def path_of(data_set):
    """The path of an instance below /dicom-web."""
    return (f"/dicom-web/studies/{data_set.StudyInstanceUID}/series/{data_set.SeriesInstanceUID}"
            f"/instances/{data_set.SOPInstanceUID}")


def stored_frames(data_set):
    """The frames of a file in their stored encoding, as pydicom finds them."""
    count = int(data_set.get("NumberOfFrames", 1))
    if data_set.file_meta.TransferSyntaxUID.is_compressed and not data_set.file_meta.TransferSyntaxUID.is_deflated:
        return list(generate_pixel_data_frame(data_set.PixelData, count))
    size = data_set.Rows * data_set.Columns * int(data_set.get("SamplesPerPixel", 1)) * data_set.BitsAllocated // 8
    return [data_set.PixelData[n * size:(n + 1) * size] for n in range(count)]


def value(data_set, tag):
    """The first value of an attribute of a DICOM JSON object."""
    return data_set[tag]["Value"][0]
