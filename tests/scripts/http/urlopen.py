"""URLs that urllib.request opens: of a server in the same program, of files, and of data."""
import io
import json
import os
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

for name in list(os.environ):
    if name.lower().endswith("_proxy"):
        del os.environ[name]


class App(BaseHTTPRequestHandler):
    def log_message(self, format, *args):
        pass

    def do_GET(self):
        length = self.headers.get("Content-Length")
        body = self.rfile.read(int(length)).decode() if length else None
        status, headers = 200, {}
        if self.path.startswith("/moved"):
            status, headers["Location"] = int(self.path[6:]), "/there?x=1"
        elif self.path == "/loop":
            status, headers["Location"] = 302, "/loop"
        elif self.path == "/away":
            status, headers["Location"] = 302, "file:///etc/passwd"
        elif self.path == "/teapot":
            status = 418
        elif self.path == "/secret" and self.headers.get("Authorization") != "Basic bWU6cHc=":
            status, headers["WWW-Authenticate"] = 401, 'Basic realm="here"'
        names = sorted(n for n in self.headers.keys() if n not in ("Host", "User-Agent"))
        answer = json.dumps([self.command, self.path, body, {n: self.headers[n] for n in names}]).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        for pair in headers.items():
            self.send_header(*pair)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_POST = do_PUT = do_HEAD = do_GET


server = ThreadingHTTPServer(("127.0.0.1", 0), App)
threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
base = "http://127.0.0.1:%d" % server.server_address[1]


def show(text):
    print(str(text).replace(base, "BASE"))


def attempt(f, *args, **options):
    try:
        show(f(*args, **options))
    except Exception as e:
        show(([kind.__name__ for kind in type(e).__mro__[:3]], repr(e), str(e), e.args))


def fetch(*args, **options):
    with urllib.request.urlopen(*args, **options) as r:
        return r.status, r.reason, r.url, r.read().decode()


Request = urllib.request.Request
with urllib.request.urlopen(base + "/a?b=c#d", timeout=5) as r:
    show((r.status, r.code, r.getcode(), r.reason, r.msg, r.url, r.geturl(), r.headers is r.info()))
    show((r.getheader("content-type"), r.headers["CONTENT-TYPE"], r.info().get_content_charset()))
    print(json.load(r), r.closed)
print(r.closed)
show(fetch(base + "/p", urllib.parse.urlencode({"a": 1, "b": "x y"}).encode()))
show(fetch(Request(base + "/p", b"{}", {"content-type": "application/json", "X-A": "1"}, method="PUT")))
show(fetch(Request(base + "/h", method="HEAD")))
show(fetch(base, None, 5))
for status in 301, 302, 303, 307, 308:
    show(fetch(base + "/moved%d" % status))
attempt(fetch, base + "/moved302", b"posted")
attempt(fetch, base + "/moved307", b"posted")
attempt(fetch, base + "/loop")
attempt(fetch, base + "/away")
attempt(fetch, base + "/secret")
attempt(fetch, "nothing:here")
attempt(fetch, "nothing")
attempt(fetch, "http:///path")
attempt(fetch, base + "/a b")
attempt(fetch, base, data="text")
attempt(fetch, "http://127.0.0.1:1/")
try:
    urllib.request.urlopen(base + "/teapot")
except urllib.error.HTTPError as e:
    print(e.code, e.status, e.reason, e.msg, e.headers["content-type"], e.hdrs is e.headers, e.read()[:16])
    show((e.url, e.geturl(), e.filename, isinstance(e, OSError), isinstance(e, urllib.error.URLError)))
    e.close()
e = urllib.error.HTTPError("u", 500, "m", {}, io.BytesIO(b"body"))
print(repr(e), e, e.read(), repr(urllib.error.URLError("r")), urllib.error.URLError("r"))

# Requests.
q = Request("HTTP://Host:8/path?q#f", headers={"x-one-TWO": "1"}, data=b"d")
print(q.type, q.host, q.selector, q.fragment, q.full_url, q.get_full_url(), q.get_method(), q.data, q.headers)
q.add_header("Other", "2")
q.add_unredirected_header("third-one", "3")
print(q.header_items(), q.has_header("Third-one"), q.get_header("Other"), q.get_header("no", 0), q.origin_req_host)
q.remove_header("Other")
q.data = None
print(q.headers, q.get_method(), Request("http://h").selector, Request("http://h?q").selector)

# Openers and handlers.
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, base, "me", "pw")
opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
opener.addheaders = [("User-agent", "me"), ("X-More", "1")]
show(opener.open(base + "/secret").read().decode())


class Mine(urllib.request.BaseHandler):
    def mine_open(self, req):
        return io.StringIO(f"mine {req.selector}")

    def http_request(self, req):
        req.add_header("X-Mine", "yes")
        return req

    def http_error_418(self, req, fp, code, msg, headers):
        return "tea"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


opener = urllib.request.build_opener(Mine, Stay())
print(opener.open("mine:thing").read(), opener.open(base + "/teapot"))
show(opener.open(base + "/x").read().decode())
attempt(opener.open, base + "/moved302")
urllib.request.install_opener(opener)
print(urllib.request.urlopen("mine:other").read())
urllib.request.install_opener(None)
proxied = urllib.request.build_opener(urllib.request.ProxyHandler({"http": base}))
show(proxied.open("http://elsewhere.example/page").read().decode())

# Files and data.
os.chdir(tempfile.mkdtemp())
with open("a b.txt", "w") as f:
    f.write("one\ntwo\n")
url = "file://" + urllib.request.pathname2url(os.path.abspath("a b.txt"))
with urllib.request.urlopen(url) as r:
    print(r.status, r.url == url, r.headers["Content-length"], r.headers["content-type"], r.readline(), list(r))
attempt(fetch, "file:///does/not/exist")
for url in "data:,a%20b", "data:text/html;charset=utf-8,%C3%A9", "data:text/plain;base64,aGVsbG8=", "data:x":
    attempt(lambda: (urllib.request.urlopen(url).read(), urllib.request.urlopen(url).headers.items()))
calls = []
name, headers = urllib.request.urlretrieve(base + "/file", "saved", lambda *args: calls.append(args))
print(name, headers.get_content_type(), os.path.getsize(name) == calls[0][2], [c[:2] for c in calls])
name, headers = urllib.request.urlretrieve("data:,x")
print(open(name).read(), urllib.request.urlcleanup(), os.path.exists(name))
print(urllib.request.url2pathname("/a%20b"), urllib.request.pathname2url("/a b"))
server.shutdown()
server.server_close()
