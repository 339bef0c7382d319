"""wsgiref: headers, tools, handlers, the server, the validator."""
import io
import re
import sys
import threading
import urllib.request
import warnings
from wsgiref import handlers, headers, simple_server, util, validate

warnings.simplefilter("ignore")
h = headers.Headers([("A", "1"), ("b", "2"), ("a", "3")])
print(h["a"], h.get_all("A"), h["none"], "B" in h, len(h), h.keys(), h.values(), h.items())
h["B"] = "x"
h.add_header("Content-Disposition", "attachment", filename='a "q".txt', odd=None, in_line="z")
print(h.setdefault("New", "n"), h.setdefault("a", "zz"), repr(h))
del h["a"]
print(str(h), bytes(h)[:5])
for bad in (lambda: headers.Headers({}), lambda: h.__setitem__("x", 1)):
    try:
        bad()
    except (TypeError, AssertionError) as e:
        print(type(e).__name__, e)

env = {}
util.setup_testing_defaults(env)
print(sorted(k for k in env), util.application_uri(env), util.request_uri(env))
env.update(SCRIPT_NAME="/app", PATH_INFO="/x//y/z", QUERY_STRING="q=1", HTTP_HOST="h:8080")
print(util.request_uri(env), util.request_uri(env, False), util.guess_scheme({"HTTPS": "on"}))
for _ in range(5):
    print(util.shift_path_info(env), env["SCRIPT_NAME"], repr(env["PATH_INFO"]))
print(util.is_hop_by_hop("Connection"), util.is_hop_by_hop("Date"), [len(p) for p in util.FileWrapper(io.BytesIO(b"x" * 10), 4)])


def run(app, **env):
    util.setup_testing_defaults(env)
    out, err = io.BytesIO(), io.StringIO()
    handler = handlers.SimpleHandler(io.BytesIO(b"body"), out, err, env)
    handler.run(app)
    text = re.sub(rb"Date: .*?\r\n", b"", out.getvalue())
    print(text, err.getvalue().strip().splitlines()[-1:])


def simple(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello ", environ["PATH_INFO"].encode()]


def single(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(4)]


def failing(environ, start_response):
    raise RuntimeError("no")


def writer(environ, start_response):
    write = start_response("200 OK", [("X", "y")])
    write(b"written ")
    return (p for p in [b"and ", b"yielded"])


def twice(environ, start_response):
    start_response("200 OK", [])
    start_response("200 OK", [])


def bad_status(environ, start_response):
    start_response("abc", [])


def hop(environ, start_response):
    start_response("200 OK", [("Connection", "close")])


for app in simple, single, failing, writer, twice, bad_status, hop, validate.validator(simple):
    run(app)
run(simple, SERVER_PROTOCOL="HTTP/0.9")
out = io.BytesIO()
handlers.BaseCGIHandler(io.BytesIO(), out, io.StringIO(), {"SERVER_PROTOCOL": "HTTP/1.0", "PATH_INFO": "/"}).run(simple)
print(out.getvalue())


def no_type(environ, start_response):
    start_response("200 OK", [])
    return [b""]


def text_result(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return "text"


for app in no_type, text_result:
    run(validate.validator(app), QUERY_STRING="")


class Quiet(simple_server.WSGIRequestHandler):
    def log_message(self, *args):
        pass


server = simple_server.make_server("127.0.0.1", 0, simple, handler_class=Quiet)
thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()
url = "http://127.0.0.1:%d" % server.server_port
with urllib.request.urlopen(url + "/a%20b?x=1") as r:
    print(r.status, r.read(), r.headers["content-type"])
server.set_app(single)
print(urllib.request.urlopen(url, data=b"posted").read())
server.set_app(simple_server.demo_app)
text = urllib.request.urlopen(url + "/demo?q").read().decode()
print([line for line in text.splitlines() if line.startswith(("Hello", "PATH_INFO", "QUERY", "REQUEST_METHOD", "wsgi.version"))])
server.shutdown()
thread.join()
server.server_close()
print(simple_server.WSGIServer.application, handlers.format_date_time(0))
