"""The client and the server of HTTP, which talk to each other in the same program."""
import http.client
import io
import os
import socket
import sys
import tempfile
import threading
from http import HTTPMethod, HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer

print(HTTPStatus.NOT_FOUND, repr(HTTPStatus(404)), HTTPStatus.NOT_FOUND.phrase, HTTPStatus.OK.description)
print(HTTPStatus.IM_A_TEAPOT == 418, HTTPMethod.GET == "GET", repr(HTTPMethod.PUT), http.client.responses[503])


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "App/1", ""

    def date_time_string(self, timestamp=None):
        return "today"

    def log_message(self, format, *args):
        sys.stderr.write("")

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        if self.path == "/chunks":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in b"one\n", b"two\nthr", b"ee\n":
                self.wfile.write(b"%x;x=1\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\nTrailer: 1\r\n\r\n")
        elif self.path == "/bye":
            self.send_response(200, "Fine")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"until the end")
        elif self.path == "/short":
            self.answer(b"abc", Connection="close")
        elif self.path == "/none":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        elif self.path == "/error":
            self.send_error(HTTPStatus.FORBIDDEN, "No <way>", "because")
        else:
            self.answer(f"{self.path} {self.headers['x-thing']}".encode(), Content_Type="text/html; charset=UTF-8")

    do_HEAD = do_GET

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(body.upper(), 201, Set_Cookie="a=1", X_Type=str(self.headers.get("Content-Type")))

    do_PUT = do_POST


def serving(server):
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    return server.server_address[1]


def attempt(f, *args, **options):
    try:
        print("ok", f(*args, **options))
    except Exception as e:
        print([kind.__name__ for kind in type(e).__mro__[:3]], repr(e), str(e))


server = ThreadingHTTPServer(("127.0.0.1", 0), App)
port = serving(server)
c = http.client.HTTPConnection("127.0.0.1", port, timeout=5)


def ask(*args, **options):
    c.request(*args, **options)
    r = c.getresponse()
    print(args[:2], r.status, r.reason, r.version, r.length, r.chunked, r.will_close)
    return r


r = ask("GET", "/first", headers={"X-Thing": "1"})
print(r.getheaders(), r.getheader("content-TYPE"), r.getheader("nope"), r.getheader("nope", 7), r.read(), r.isclosed())
print(r.headers.get_content_type(), r.headers.get_content_charset(), r.msg is r.headers, r.headers["Server"])
print("SERVER" in r.headers, len(r.headers), r.headers.keys(), r.headers.get_all("date"), repr(str(r.headers)))
first = c.sock
r = ask("GET", "/second")
print(r.read(3), r.read(4), r.read(), r.read(), first is c.sock)
print(ask("HEAD", "/third").read(), ask("GET", "/none").read())
print(ask("GET", "/chunks").read())
r = ask("GET", "/chunks")
print(r.read(2), r.readline(), r.readline(), r.readline(), r.readline(), r.isclosed())
r = ask("GET", "/chunks")
print(r.read1(), r.peek()[:3], list(r))
buffer = bytearray(6)
r = ask("GET", "/chunks")
print(r.readinto(buffer), buffer, r.readinto(buffer), buffer, r.readinto(buffer))
for body in b"bytes", "text", bytearray(b"array"), io.BytesIO(b"file"), [b"a", b"list"], io.StringIO("text file"):
    r = ask("POST", "/", body=body)
    print(r.read(), r.getheader("Set-Cookie"))
print(ask("POST", "/", "x=1", {"Content-Type": "form"}).getheader("X-Type"), end=" ")
c.close()
print(c.sock, ask("PUT", "/").read())
r = ask("GET", "/bye")
print(r.read(), c.sock)
r = ask("GET", "/error")
print(r.read().decode(), r.headers.items())
r = ask("DELETE", "/")
print(r.read().decode().splitlines()[9:12], c.sock)
with ask("GET", "/again") as r:
    print(r.readlines())
print(r.closed)
c.putrequest("GET", "/by-hand", skip_accept_encoding=True)
c.putheader("X-Thing", "a", 2)
c.endheaders()
attempt(c.putheader, "a", "b")
attempt(c.request, "GET", "/")
print(c.getresponse().read())
attempt(c.getresponse)
attempt(http.client.HTTPConnection, "host:port")
attempt(http.client.HTTPConnection("h").putrequest, "GET", "/a b")
attempt(http.client.HTTPConnection("h").putrequest, "G\n", "/")
c.putrequest("GET", "/")
attempt(c.putheader, "a:b", "c")
attempt(c.putheader, "a", "b\nc: d")
server.shutdown()
server.server_close()


def canned(answer):
    """What a client makes of an answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        c = http.client.HTTPConnection(*listener.getsockname())
        c.request("GET", "/")
        s, _ = listener.accept()
        s.recv(1000)
        s.sendall(answer)
        s.close()
        r = c.getresponse()
        try:
            return r.status, r.reason, r.version, r.getheader("a"), r.read()
        finally:
            c.close()


for answer in (
    b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/3.0 200 OK\r\n\r\n", b"HTTP/1.0 200\r\n\r\nbody",
    b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nA: 1\r\nA: 2\r\n 3\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 X Y\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 101 + b"\r\n", b"HTTP/1.1 200 OK\r\na: " + b"b" * 65536 + b"\r\n\r\n",
):
    attempt(canned, answer)

# Files.
os.chdir(tempfile.mkdtemp())
os.mkdir("sub")
for name in "a b.txt", "x&<.html", "sub/index.html", "data.json":
    with open(name, "w") as f:
        f.write(name)


class Files(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Files)
c = http.client.HTTPConnection("127.0.0.1", serving(server))
for path in "/", "/a%20b.txt", "/x%26%3C.html?q", "/sub", "/sub/", "/data.json", "/nope", "/../../etc/passwd", "//sub/":
    r = ask("GET", path)
    print(r.getheader("Content-Type"), r.getheader("Location"), r.read().decode()[:400])
r = ask("GET", "/data.json", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
print(r.read(), ask("HEAD", "/data.json").getheader("Content-Length"))
for line in b"GET /data.json", b"what", b"GET / HTTP/x", b"GET / HTTP/2.0", b"POST /":
    with socket.create_connection(server.server_address) as s:
        s.sendall(line + b"\r\n\r\n")
        print(line, s.makefile("rb").read()[-120:])
server.shutdown()
server.server_close()
