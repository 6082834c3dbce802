"""The DICOM upper layer by hand (PS3.8): builders and readers of PDUs, and an association that sends exact bytes.

Nothing here decodes or re-encodes a data set, and nothing stops a test from sending what the standard forbids.
"""

import socket
import struct
from contextlib import contextmanager

VERIFICATION = "1.2.840.10008.1.1"
CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"
IMPLICIT_LITTLE = "1.2.840.10008.1.2"
EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"

ASSOCIATE_RQ, ASSOCIATE_AC, ASSOCIATE_RJ, P_DATA, RELEASE_RQ, RELEASE_RP, ABORT = range(1, 8)


class Rejected(Exception):
    """A-ASSOCIATE-RJ (PS3.8 table 9-21): result 1 permanent, 2 transient; source; reason."""

    def __init__(self, result, source, reason):
        super().__init__(f"association rejected: result {result}, source {source}, reason {reason}")
        self.result, self.source, self.reason = result, source, reason


class Closed(Exception):
    """The peer aborted the association or closed the connection."""


def pdu(kind, body, length=None):
    """A PDU; `length` says something else than the truth."""
    return struct.pack(">BBI", kind, 0, len(body) if length is None else length) + body


def item(kind, body):
    return struct.pack(">BBH", kind, 0, len(body)) + body


def title(text):
    return text.encode("ascii").ljust(16)[:16]


def associate_rq(called, calling, contexts, max_pdu=16384):
    """A-ASSOCIATE-RQ (PS3.8 9.3.2); `contexts` is a list of (abstract syntax, [transfer syntaxes])."""
    items = item(0x10, b"1.2.840.10008.3.1.1.1")
    for number, (abstract, syntaxes) in enumerate(contexts):
        body = struct.pack(">BBBB", 2 * number + 1, 0, 0, 0) + item(0x30, abstract.encode())
        items += item(0x20, body + b"".join(item(0x40, one.encode()) for one in syntaxes))
    items += item(0x50, item(0x51, struct.pack(">I", max_pdu)) + item(0x52, b"1.2.826.0.1.3680043.9.9999"))
    return pdu(ASSOCIATE_RQ, struct.pack(">HH", 1, 0) + title(called) + title(calling) + bytes(32) + items)


def command(**elements):
    """A command set (PS3.7 E.1), implicit little endian; names are those of `COMMAND_ELEMENTS`."""
    encoded = b""
    for name, value in elements.items():
        number, form = COMMAND_ELEMENTS[name]
        if form in ("UI", "AE"):
            raw = value if isinstance(value, bytes) else value.encode()
            raw += (b"\0" if form == "UI" else b" ") * (len(raw) % 2)
        else:
            raw = struct.pack("<H", value)
        encoded += struct.pack("<HHI", 0, number, len(raw)) + raw
    return struct.pack("<HHII", 0, 0, 4, len(encoded)) + encoded


COMMAND_ELEMENTS = {
    "affected_class": (0x0002, "UI"),
    "field": (0x0100, "US"),
    "message_id": (0x0110, "US"),
    "message_id_responded": (0x0120, "US"),
    "priority": (0x0700, "US"),
    "data_set_type": (0x0800, "US"),
    "status": (0x0900, "US"),
    "requested_class": (0x0003, "UI"),
    "affected_instance": (0x1000, "UI"),
    "requested_instance": (0x1001, "UI"),
    "event_type": (0x1002, "US"),
    "action_type": (0x1008, "US"),
    "move_destination": (0x0600, "AE"),
}


def store_rq(sop_class, sop_instance, message_id=1):
    return command(affected_class=sop_class, field=0x0001, message_id=message_id, priority=0, data_set_type=0x0001,
                   affected_instance=sop_instance)


def read_command(raw):
    """Returns {element number: value bytes} of a command set."""
    found, at = {}, 0
    while at + 8 <= len(raw):
        _, number, length = struct.unpack_from("<HHI", raw, at)
        found[number] = raw[at + 8 : at + 8 + length]
        at += 8 + length
    return found


def pdv(context, flags, body):
    """A presentation data value item (PS3.8 9.3.5.1); flags: 1 command, 2 last fragment."""
    return struct.pack(">IBB", len(body) + 2, context, flags) + body


class Association:
    """One association over a socket of its own. Use as a context manager; leaving it closes the socket."""

    def __init__(self, port, called="RUST_SCP", calling="TEST", contexts=((VERIFICATION, (IMPLICIT_LITTLE,)),),
                 timeout=30, max_pdu=16384):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.message_id = 0
        self.max_pdu = 16384
        self.accepted = {}
        self.fragments = []
        self.data_set = None
        try:
            self.socket.sendall(associate_rq(called, calling, contexts, max_pdu))
            self._read_answer(contexts)
        except Exception:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def read(self, length):
        data = bytearray()
        while len(data) < length:
            try:
                piece = self.socket.recv(min(length - len(data), 1 << 20))
            except ConnectionError as broken:
                raise Closed(str(broken)) from broken
            if not piece:
                raise Closed("the connection was closed")
            data += piece
        return bytes(data)

    def read_pdu(self):
        """Returns (kind, body) of the next PDU; raises Closed on A-ABORT or the end of the connection."""
        kind, _, length = struct.unpack(">BBI", self.read(6))
        body = self.read(length)
        if kind == ABORT:
            raise Closed(f"the association was aborted: source {body[2]}, reason {body[3]}")
        return kind, body

    def _read_answer(self, contexts):
        kind, body = self.read_pdu()
        if kind == ASSOCIATE_RJ:
            raise Rejected(*body[1:4])
        assert kind == ASSOCIATE_AC, f"an A-ASSOCIATE-RQ was answered by a PDU of type {kind}"
        at = 68
        while at + 4 <= len(body):
            number, _, length = struct.unpack_from(">BBH", body, at)
            content = body[at + 4 : at + 4 + length]
            if number == 0x21 and content[2] == 0:
                self.accepted[contexts[content[0] // 2][0]] = (content[0], content[8:].decode().rstrip("\0 "))
            elif number == 0x50 and content[0] == 0x51:
                self.max_pdu = struct.unpack_from(">I", content, 4)[0] or 1 << 20
            at += 4 + length

    def send_fragments(self, context, body, is_command, end=True):
        """Sends a command or data set in P-DATA-TF PDUs of the peer's size; `end` False leaves it unfinished."""
        room = min(self.max_pdu, 1 << 20) - 6
        for at in range(0, max(len(body), 1), room):
            last = 2 if end and at + room >= len(body) else 0
            self.socket.sendall(pdu(P_DATA, pdv(context, int(is_command) | last, body[at : at + room])))

    def read_response(self):
        """Returns the command set that the peer answers, as {element number: value bytes}."""
        raw, complete = b"", False
        while not complete:
            is_command, piece, complete = self._read_fragment()
            assert is_command, "a response was expected, a data set came"
            raw += piece
        return read_command(raw)

    def read_message(self):
        """As `read_response`, and keeps the data set that follows in `data_set`, None where there is none."""
        found = self.read_response()
        self.data_set = None
        if found[0x0800] != b"\x01\x01":
            self.data_set, complete = b"", False
            while not complete:
                is_command, piece, complete = self._read_fragment()
                assert not is_command, "a data set was expected, a command came"
                self.data_set += piece
        return found

    def _read_fragment(self):
        """Returns (whether it is of a command, bytes, whether it is the last) of the next fragment."""
        if not self.fragments:
            kind, body = self.read_pdu()
            assert kind == P_DATA, f"a message was expected, a PDU of type {kind} came"
            at = 0
            while at < len(body):
                length, _, flags = struct.unpack_from(">IBB", body, at)
                self.fragments.append((bool(flags & 1), body[at + 6 : at + 4 + length], bool(flags & 2)))
                at += 4 + length
        return self.fragments.pop(0)

    def read_status(self):
        return struct.unpack("<H", self.read_response()[0x0900])[0]

    def echo(self):
        """C-ECHO; returns the status."""
        self.message_id += 1
        request = command(affected_class=VERIFICATION, field=0x0030, message_id=self.message_id, data_set_type=0x0101)
        self.send_fragments(self.accepted[VERIFICATION][0], request, True)
        return self.read_status()

    def store(self, sop_class, sop_instance, data_set, context_of=None):
        """C-STORE with exactly these bytes; returns the status. `context_of` names another accepted abstract syntax."""
        self.message_id += 1
        context = self.accepted[context_of or sop_class][0]
        self.send_fragments(context, store_rq(sop_class, sop_instance, self.message_id), True)
        self.send_fragments(context, data_set, False)
        return self.read_status()

    def take_roles(self, user_information):
        """Notes the role selections of a request (PS3.7 D.3.3.4); returns them as they are to be answered."""
        answer, at = b"", 0
        while at + 4 <= len(user_information):
            number, _, length = struct.unpack_from(">BBH", user_information, at)
            content = user_information[at + 4 : at + 4 + length]
            if number == 0x54:
                self.roles[content[2:-2].decode().rstrip("\0")] = tuple(content[-2:])
                answer += item(0x54, content)
            at += 4 + length
        return answer

    def release(self):
        self.socket.sendall(pdu(RELEASE_RQ, bytes(4)))
        kind, _ = self.read_pdu()
        assert kind == RELEASE_RP
        self.socket.close()


@contextmanager
def accept_association(server, syntax):
    """Takes the next connection of a listening socket, accepts every proposed context in `syntax` and every role as it
    is proposed. Yields an Association with `roles`: {class: (SCU role, SCP role)}, and releases it when asked to."""
    connection, _ = server.accept()
    association = Association.__new__(Association)
    association.socket, association.fragments, association.data_set = connection, [], None
    association.max_pdu, association.roles = 16384, {}
    connection.settimeout(30)
    with association:
        kind, body = association.read_pdu()
        assert kind == ASSOCIATE_RQ
        items, at = item(0x10, b"1.2.840.10008.3.1.1.1"), 68
        user = item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.826.0.1.3680043.9.9999")
        while at + 4 <= len(body):
            number, _, length = struct.unpack_from(">BBH", body, at)
            content = body[at + 4 : at + 4 + length]
            if number == 0x20:
                items += item(0x21, bytes((content[0], 0, 0, 0)) + item(0x40, syntax.encode()))
            if number == 0x50:
                user += association.take_roles(content)
            at += 4 + length
        connection.sendall(pdu(ASSOCIATE_AC, body[:68] + items + item(0x50, user)))
        yield association
        kind, _ = association.read_pdu()
        assert kind == RELEASE_RQ
        connection.sendall(pdu(RELEASE_RP, bytes(4)))


def echo(port, **options):
    """Opens an association, sends C-ECHO, releases; returns the status."""
    with Association(port, **options) as association:
        status = association.echo()
        association.release()
        return status


def store(port, sop_class, sop_instance, transfer_syntax, data_set, **options):
    """Sends one instance over an association of its own; returns the status, or None when no context is accepted."""
    with Association(port, contexts=((sop_class, (transfer_syntax,)),), **options) as association:
        if sop_class not in association.accepted:
            return None
        status = association.store(sop_class, sop_instance, data_set)
        association.release()
        return status
