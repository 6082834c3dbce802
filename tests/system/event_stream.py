"""A client of GET /api/events/ (text/event-stream)."""

import contextlib
import http.client
import json
import socket
import threading
import time
from dataclasses import dataclass

from noctis import wait_until


@dataclass
class Event:
    id: str
    type: str
    data: dict
    at: float


class EventStream:
    """Listens from a thread of its own; `events` grows as they come, `last` is what to resume from."""

    def __init__(self, system, token=None, last="", types="", headers=None):
        fields = {} if token == "" else {"Authorization": f"Bearer {token or system.token()}"}
        if last:
            fields["Last-Event-ID"] = last
        self.connection = http.client.HTTPConnection("127.0.0.1", system.http_port, timeout=60)
        self.connection.request("GET", "/api/events/" + (f"?types={types}" if types else ""),
                                headers=fields | (headers or {}))
        self.socket = self.connection.sock
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.events, self.last, self.over = [], last, False
        if self.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        fields = {}
        try:
            while line := self.answer.readline():
                text = line.decode().rstrip("\n")
                if text and not text.startswith(":"):
                    name, _, value = text.partition(": ")
                    fields[name] = value
                elif not text:
                    self._take(fields)
                    fields = {}
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.over = True

    def _take(self, fields):
        if "data" in fields:
            self.events.append(Event(fields["id"], fields["event"], json.loads(fields["data"]), time.monotonic()))
        self.last = fields.get("id", self.last)

    def close(self):
        """Ends the connection below the reader, which waits for the next line."""
        if not self.over:
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        assert self.status == 200
        wait_until(lambda: self.last, 5, "the stream's first place")
        return self

    def __exit__(self, *_):
        self.close()

    def of(self, kind, **data):
        return [one for one in self.events if one.type == kind and data.items() <= one.data.items()]

    def wait_for(self, kind, seconds=10, **data):
        return wait_until(lambda: self.of(kind, **data), seconds, f"{kind} {data}")[0]
