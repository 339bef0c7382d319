"""http.cookies: reading and writing."""
import pickle
from http import cookies

c = cookies.SimpleCookie()
c["fig"] = "newton"
c["sugar"] = 'w a"f;er\n é'
c["n"] = 7
c["fig"]["path"] = "/"
c["fig"]["Max-Age"] = 3600
c["fig"]["secure"] = True
c["fig"]["httponly"] = False
c["fig"]["comment"] = "a b"
c["n"]["samesite"] = "Lax"
print(c)
print(c.output(header="Cookie:", sep="\n"), c.output(attrs=["path"], header="X:"))
print(repr(c), repr(c["fig"]), c["sugar"].value, c["sugar"].coded_value, c["n"].key, c["n"].value)
print(c["n"].js_output(), c.js_output() == "".join(m.js_output() for _, m in sorted(c.items())))
for text in ("chips=ahoy; vienna=finger", 'keebler="E=everybody; L=\\"Loves\\"; fudge=\\012;"', "a=b; path=/x; secure; c=d", "$Version=1; a=b; $Path=/acme", "a=b; bad", "path=/", "a=b; expires=Wed, 01-Jan-2020 00:00:00 GMT; c",
             "foo=spam; expires=Sat, 10-Jun-1978 09:06:00 GMT", "a=[1]; b=x=y", "", "a", "a=", "a=b;;c=d", 'q="\\303\\251"', "é=1", "a=b; HttpOnly; Max-Age=5"):
    d = cookies.SimpleCookie(text)
    print(repr(text), repr(d), {k: {a: v for a, v in m.items() if v} for k, m in d.items()})
d = cookies.SimpleCookie()
d.load({"x": "y", "z": 1})
print(d, pickle.loads(pickle.dumps(d)) == d, cookies.BaseCookie("a=b") == cookies.SimpleCookie("a=b"))
m = cookies.Morsel()
m.set("k", "v", "v")
print(m.OutputString(), m.isReservedKey("Path"), m.copy() == m, m == cookies.Morsel(), m != 3, m.setdefault("path", "p"), sorted(m))
m.update({"Domain": "x.org", "expires": "never"})
print(m)
for f in (lambda: m.__setitem__("nothing", 1), lambda: m.update({"nothing": 1}), lambda: m.setdefault("nothing"), lambda: m.set("path", 1, 1), lambda: m.set("a b", 1, 1), lambda: c.__setitem__("a;b", 1)):
    try:
        print(f())
    except cookies.CookieError as e:
        print(e)
