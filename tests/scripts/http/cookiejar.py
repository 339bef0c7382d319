"""http.cookiejar: what is taken, what is sent, files."""
import email.message
import http.cookiejar as cj
import io
import os
import tempfile
import urllib.request


class Response:
    def __init__(self, *headers):
        self.message = email.message.Message()
        for header in headers:
            self.message["Set-Cookie"] = header

    def info(self):
        return self.message


def visit(jar, url, *headers):
    request = urllib.request.Request(url)
    jar.add_cookie_header(request)
    sent = request.get_header("Cookie")
    jar.extract_cookies(Response(*headers), request)
    return sent


jar = cj.CookieJar()
print(visit(jar, "http://www.acme.com/a/b", "name=value", "path=1; path=/a", "q=\"x y\"; Path=/"))
print(sorted(str(c) for c in jar), len(jar))
print(visit(jar, "http://www.acme.com/a/b"))
print(visit(jar, "http://www.acme.com/"))
print(visit(jar, "http://acme.com/a/b"), visit(jar, "http://other.com/a/b"))
visit(jar, "http://www.acme.com/", "wide=1; domain=.acme.com", "bad=1; domain=.other.com", "top=1; domain=.com")
print(visit(jar, "http://acme.com/"), visit(jar, "http://sub.acme.com/"))
visit(jar, "http://www.acme.com/", "safe=1; secure", "gone=1; expires=Wed, 01-Jan-2020 00:00:00 GMT",
      "soon=1; max-age=1000", "flag; HttpOnly")
print(visit(jar, "http://www.acme.com/"), "|", visit(jar, "https://www.acme.com/"))
for c in sorted(jar, key=lambda c: c.name):
    print(c.name, c.value, c.domain, c.domain_specified, c.path, c.path_specified, c.secure, c.discard, c.expires is None,
          c.has_nonstandard_attr("HttpOnly"))
visit(jar, "http://www.acme.com/", "name=; max-age=0; path=/a")
print([c.name for c in jar if c.path == "/a"])
jar.clear("www.acme.com", "/", "q")
try:
    jar.clear("www.acme.com", "/", "q")
except KeyError as e:
    print("KeyError", e)
for args in (("a", None, "n"), (None, "/")):
    try:
        jar.clear(*args)
    except ValueError as e:
        print(e)
jar.clear_session_cookies()
print([c.name for c in jar])
jar.clear()
print(jar, repr(jar))

c = cj.Cookie(0, "n", "v", None, False, "h.test", False, False, "/", True, False, 2000000000, False, None, None, {"HttpOnly": None})
print(c, repr(c))
print(c.is_expired(1), c.is_expired(3e9))
with tempfile.TemporaryDirectory() as folder:
    for kind in cj.MozillaCookieJar, cj.LWPCookieJar:
        name = os.path.join(folder, kind.__name__)
        jar = kind(name)
        jar.set_cookie(c)
        jar.set_cookie(cj.Cookie(0, "s", "a b", None, False, ".h.test", True, True, "/x", True, True, None, True, None, None, {}))
        jar.save(ignore_discard=True)
        with open(name) as f:
            print(f.read())
        again = kind()
        again.load(name, ignore_discard=True)
        print(sorted(map(str, again)))
        jar.save()
        again.revert(name)
        print(sorted(map(str, again)))
        try:
            again.load(__file__)
        except cj.LoadError as e:
            print(type(e).__name__)
        try:
            again.save()
        except ValueError as e:
            print(e)
print(cj.http2time("Wed, 09 Feb 1994 22:23:32 GMT"), cj.http2time("09-Feb-94 22:23:32 GMT"), cj.http2time("nonsense"))
print(cj.time2isoz(0), cj.time2netscape(0))
policy = cj.DefaultCookiePolicy(blocked_domains=["ads.net", ".ads.net"], allowed_domains=None)
print(policy.is_blocked("ads.net"), policy.is_blocked("a.ads.net"), policy.is_blocked("a.com"), policy.blocked_domains())
jar = cj.CookieJar(policy)
print(visit(jar, "http://ads.net/", "a=1"), len(jar))
print(cj.domain_match("x.y.com", ".y.com"), cj.domain_match("1.2.3.4", ".3.4"))
