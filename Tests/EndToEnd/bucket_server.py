"""A bucket on loopback: drawings in the official layout with their listing, and whatever can go wrong with a server."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

LISTING = "/storage/v1/b/quickdraw_dataset/o"
FILES = "/quickdraw_dataset/"


@dataclass
class Request:
    """One question that came: the name of the file (None for the listing), and the fields of its head."""

    name: str | None
    fields: dict


@dataclass
class Bucket:
    """What the server has, and how it misbehaves.

    `faults[name]` is a list of functions, each of which answers one request for that file in the server's place (one
    that answers False leaves it to the server); when they are used up the server answers well. `always[name]` is one
    that answers all of them. The listing's name is "listing".
    """

    files: dict
    page_size: int = 7
    faults: dict = field(default_factory=dict)
    always: dict = field(default_factory=dict)
    listed: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    ranges: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    def md5(self, name):
        return hashlib.md5(self.files[name]).digest()

    def page(self, prefix, token):
        names = sorted(name for name in self.files if name.startswith(prefix))
        start = int(token or 0)
        items = []
        for name in names[start : start + self.page_size]:
            item = {
                "kind": "storage#object",
                "name": name,
                "size": str(len(self.files[name])),
                "md5Hash": base64.b64encode(self.md5(name)).decode(),
            }
            items.append({**item, **self.listed.get(name, {})})
        page = {"kind": "storage#objects", "items": items}
        if start + self.page_size < len(names):
            page["nextPageToken"] = str(start + self.page_size)
        return page

    def file_requests(self):
        return [request for request in self.requests if request.name]

    def fault(self, name):
        with self.lock:
            if self.faults.get(name):
                return self.faults[name].pop(0)
        return self.always.get(name)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def do_GET(self):
        url = urlsplit(self.path)
        name = None if url.path == LISTING else unquote(url.path.removeprefix(FILES))
        with self.bucket.lock:
            self.bucket.requests.append(Request(name, dict(self.headers.items())))
        fault = self.bucket.fault(name or "listing")
        if fault and fault(self) is not False:
            return
        if name is None:
            query = parse_qs(url.query)
            page = self.bucket.page(query["prefix"][0], query.get("pageToken", [None])[0])
            self.answer(200, json.dumps(page).encode(), {"Content-Type": "application/json"})
        elif name in self.bucket.files:
            self.answer_file(self.bucket.files[name])
        else:
            self.answer(404, b"no such object")

    def requested_range(self, count):
        """The part of a file that is asked for, as Google's server takes it; None for all of it."""
        text = self.headers.get("Range")
        if not text or not self.bucket.ranges:
            return None
        start, end = text.removeprefix("bytes=").split("-")
        return int(start), min(int(end) + 1 if end else count, count)

    def answer_file(self, data, entity_tag=None):
        tag = entity_tag or f'"{hashlib.md5(data).hexdigest()}"'
        part = self.requested_range(len(data))
        if part is None or self.headers.get("If-Range", tag) != tag:
            self.answer(200, data, {"ETag": tag})
        elif part[0] >= len(data) > 0:
            self.answer(416, b"", {"Content-Range": f"bytes */{len(data)}"})
        else:
            place = f"bytes {part[0]}-{part[1] - 1}/{len(data)}"
            self.answer(206, data[part[0] : part[1]], {"ETag": tag, "Content-Range": place})

    def answer(self, status, body, fields={}, length=None, sent=None):
        """Answers; with another length than the body's, or only so many bytes of it, and then hangs up."""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        try:
            self.wfile.write(body if sent is None else body[:sent])
        except (BrokenPipeError, ConnectionResetError):
            pass
        if sent is not None or length is not None:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


# What goes wrong: each makes a function that answers one request.


def breaks_after(count):
    """Hangs up after so many bytes of the answer."""

    def fault(handler):
        name = unquote(urlsplit(handler.path).path.removeprefix(FILES))
        data = handler.bucket.files[name]
        tag = f'"{hashlib.md5(data).hexdigest()}"'
        part = handler.requested_range(len(data))
        if part is None:
            return handler.answer(200, data, {"ETag": tag}, sent=count)
        place = f"bytes {part[0]}-{part[1] - 1}/{len(data)}"
        handler.answer(206, data[part[0] : part[1]], {"ETag": tag, "Content-Range": place}, sent=count)

    return fault


def hangs_up(handler):
    handler.close_connection = True


def says(status, body=b"not today", **fields):
    return lambda handler: handler.answer(status, body, {name.replace("_", "-"): value for name, value in fields.items()})


def is_silent(seconds, after=None):
    """Says nothing for a while, from the start or after so many bytes of the file."""

    def fault(handler):
        if after is not None:
            name = unquote(urlsplit(handler.path).path.removeprefix(FILES))
            data = handler.bucket.files[name]
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data[:after])
            handler.wfile.flush()
        time.sleep(seconds)
        handler.close_connection = True

    return fault


def sends(data, **options):
    """Answers as if the file were these bytes."""
    return lambda handler: handler.answer_file(data, **options)


def sends_garbage(handler):
    handler.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n" * 3)
    handler.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that goes away is no news here."""


@contextmanager
def serving(bucket, tls=None):
    """The base address of a server of the bucket, for as long as the block lasts; with a TLS context, over HTTPS."""
    server = Server(("127.0.0.1", 0), type("BucketHandler", (Handler,), {"bucket": bucket}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
