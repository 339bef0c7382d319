"""xmlrpc: values, calls, servers."""
import datetime
import threading
import xmlrpc.client as xc
import xmlrpc.server as xs

values = (1, -5, True, 2.5, "a<b&c\u00e9", [1, ["x"]], {"k": 1, "l": {"m": []}}, b"bytes", datetime.datetime(2020, 1, 2, 3, 4, 5),
          xc.Binary(b"bin"), xc.DateTime("20200102T03:04:05"), ())
text = xc.dumps(values, "method.name")
print(text)
params, name = xc.loads(text)
print(name, params[:7], params[7].data, params[8], params[9] == b"bin", params[10] == params[8])
print(xc.loads(text, use_builtin_types=True)[0][7:9])
print(xc.dumps((None,), allow_none=True), xc.loads(xc.dumps((None,), "x", allow_none=True)))
print(xc.dumps(xc.Fault(3, "bad"), methodresponse=True))
try:
    xc.loads(xc.dumps(xc.Fault(3, "bad")))
except xc.Fault as e:
    print(repr(e), e.faultCode, e.faultString, isinstance(e, xc.Error))
recursive = []
recursive.append(recursive)


class Thing:
    def __init__(self):
        self.a = 1


print(xc.dumps((Thing(),)))
for bad in ((None,), (2**40,), ({1: 2},), (recursive,), (1j,), (object(),)):
    try:
        xc.dumps(bad)
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
for bad in ("<params><param><value><boolean>7</boolean></value></param></params>", "<x/>"):
    try:
        print(xc.loads(bad))
    except (TypeError, xc.ResponseError) as e:
        print(type(e).__name__, e.args)
print(xc.loads("<params><param><value>plain</value></param><param><value><i8>5</i8></value></param><param><value><nil/></value></param></params>"))
print(xc.DateTime(datetime.datetime(2000, 1, 1)) < xc.DateTime("20010101T00:00:00"), xc.DateTime("20000101T00:00:00").timetuple()[:6])


class Service:
    def greet(self, name):
        """Says hello."""
        return f"hello {name}"

    def _hidden(self):
        return 1


class Handler(xs.SimpleXMLRPCRequestHandler):
    rpc_paths = ("/RPC2",)


server = xs.SimpleXMLRPCServer(("127.0.0.1", 0), Handler, logRequests=False, allow_none=True, use_builtin_types=True)
server.register_introspection_functions()
server.register_multicall_functions()
server.register_function(pow)
server.register_function(lambda x, y: x / y, "div")
server.register_instance(Service())


@server.register_function(name="echo")
def echo(*args):
    return list(args)


thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()
url = "http://127.0.0.1:%d" % server.server_address[1]
with xc.ServerProxy(url, allow_none=True, use_builtin_types=True) as proxy:
    print(proxy.pow(2, 10), proxy.div(1, 2), proxy.greet("you"), proxy.echo(1, "x", [None], {"a": b"\x00"}))
    print(proxy.system.listMethods(), proxy.system.methodHelp("greet"), proxy.system.methodSignature("pow"))
    for call in (lambda: proxy.div(1, 0), lambda: proxy.nothing(), lambda: proxy._hidden(), lambda: proxy.pow("x")):
        try:
            call()
        except xc.Fault as e:
            print(e.faultCode, e.faultString)
    multi = xc.MultiCall(proxy)
    multi.pow(2, 3)
    multi.div(1, 0)
    multi.greet("all")
    results = multi()
    print(results[0], results[2])
    try:
        results[1]
    except xc.Fault as e:
        print(e.faultString)
    print(len(proxy.echo("x" * 5000)[0]), repr(proxy).replace(url[7:], "HOST"))
try:
    with xc.ServerProxy(url + "/other") as proxy:
        proxy.pow(1, 2)
except xc.ProtocolError as e:
    print(e.errcode, e.errmsg)
server.shutdown()
thread.join()
server.server_close()
try:
    xc.ServerProxy("ftp://x")
except OSError as e:
    print(e)
