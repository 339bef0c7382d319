"""Jars of cookies that are kept in files. `http.cookiejar` gives them their public names."""
import os
import re
import time

from _cookie_jar import CookieJar, read_headers, unquoted
from _cookie_rules import Cookie, time2isoz

NETSCAPE_MAGIC_RGX = re.compile(r"#( Netscape)? HTTP Cookie File")
_HTTPONLY = "#HttpOnly_"
_NETSCAPE_HEAD = """\
# Netscape HTTP Cookie File
# http://curl.haxx.se/rfc/cookie_spec.html
# This is a generated file!  Do not edit.

"""


class LoadError(OSError):
    """A file is not one of cookies."""


class FileCookieJar(CookieJar):
    """Cookies that can be kept in a file."""

    def __init__(self, filename=None, delayload=False, policy=None):
        CookieJar.__init__(self, policy)
        self.filename = None if filename is None else os.fspath(filename)
        self.delayload = bool(delayload)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Writes the file."""
        raise NotImplementedError()

    def _name(self, filename):
        if filename is not None:
            return filename
        if self.filename is None:
            raise ValueError("a filename was not supplied (nor was the CookieJar instance initialised with one)")
        return self.filename

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Adds the cookies of the file."""
        filename = self._name(filename)
        with open(filename) as file:
            self._really_load(file, filename, ignore_discard, ignore_expires)

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Has only the cookies of the file."""
        with self._cookies_lock:
            before, self._cookies = self._cookies, {}
            try:
                self.load(self._name(filename), ignore_discard, ignore_expires)
            except OSError:
                self._cookies = before
                raise

    def _kept(self, ignore_discard, ignore_expires):
        now = time.time()
        for cookie in self:
            if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
                yield cookie


class MozillaCookieJar(FileCookieJar):
    """Cookies in the form that browsers and curl read."""

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not NETSCAPE_MAGIC_RGX.match(f.readline()):
            raise LoadError("%r does not look like a Netscape format cookies file" % filename)
        now = time.time()
        for line in f:
            rest = {}
            if line.startswith(_HTTPONLY):
                rest["HTTPOnly"] = ""
                line = line[len(_HTTPONLY) :]
            line = line.removesuffix("\n")
            if line.strip().startswith(("#", "$")) or not line.strip():
                continue
            try:
                domain, domain_specified, path, secure, expires, name, value = line.split("\t")
                if not name:
                    name, value = value, None
                if expires == "":
                    expires = None
                cookie = Cookie(
                    0, name, value, None, False, domain, domain_specified == "TRUE", domain.startswith("."), path, False,
                    secure == "TRUE", expires, expires is None, None, None, rest)
            except ValueError:
                raise LoadError("invalid Netscape format cookies file %r: %r" % (filename, line)) from None
            if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
                self.set_cookie(cookie)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Writes the file."""
        with open(self._name(filename), "w") as file:
            file.write(_NETSCAPE_HEAD)
            for cookie in self._kept(ignore_discard, ignore_expires):
                domain = cookie.domain
                specified = "TRUE" if domain.startswith(".") else "FALSE"
                secure = "TRUE" if cookie.secure else "FALSE"
                name, value = (cookie.name, cookie.value) if cookie.value is not None else ("", cookie.name)
                if cookie.has_nonstandard_attr("HTTPOnly"):
                    domain = _HTTPONLY + domain
                expires = "" if cookie.expires is None else str(cookie.expires)
                file.write("\t".join([domain, specified, cookie.path, secure, expires, name, value]) + "\n")


class LWPCookieJar(FileCookieJar):
    """Cookies in the form of libwww-perl: headers Set-Cookie3."""

    def as_lwp_str(self, ignore_discard=True, ignore_expires=True):
        """The headers."""
        return "\n".join(
            "Set-Cookie3: " + _lwp_line(cookie) for cookie in self._kept(ignore_discard, ignore_expires)) + "\n"

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Writes the file."""
        with open(self._name(filename), "w") as file:
            file.write("#LWP-Cookies-2.0\n")
            file.write(self.as_lwp_str(ignore_discard, ignore_expires))

    def _really_load(self, f, filename, ignore_discard, ignore_expires):
        if not re.match(r"#LWP-Cookies-\d+\.\d+", f.readline()):
            raise LoadError("%r does not look like a Set-Cookie3 (LWP) format file" % filename)
        now = time.time()
        for line in f:
            if not line.startswith("Set-Cookie3:"):
                continue
            for name, value, attrs in read_headers([line[len("Set-Cookie3:") :].strip()], 0):
                given, value = attrs["original"], unquoted(value or "")
                expires = given.get("expires")
                cookie = Cookie(
                    given.get("version", 0), name, value, given.get("port"), "port_spec" in given, given.get("domain", ""),
                    "domain_dot" in given, given.get("domain", "").startswith("."), given.get("path"), "path_spec" in given,
                    "secure" in given, None if expires is None else _iso_seconds(expires), "discard" in given or expires is None,
                    given.get("comment"), given.get("commenturl"), {})
                if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
                    self.set_cookie(cookie)


def _iso_seconds(text):
    from calendar import timegm

    numbers = re.match(r"(\d{4})-?(\d\d?)-?(\d\d?)(?:[T ](\d\d):?(\d\d):?(\d\d))?", text)
    return timegm(tuple(int(number or 0) for number in numbers.groups())) if numbers else None


def _lwp_line(cookie):
    parts = [(cookie.name, cookie.value), ("path", cookie.path), ("domain", cookie.domain)]
    if cookie.port is not None:
        parts.append(("port", cookie.port))
    flags = [("path_spec", cookie.path_specified), ("port_spec", cookie.port_specified),
             ("domain_dot", cookie.domain_initial_dot), ("secure", cookie.secure)]
    parts += [(name, None) for name, holds in flags if holds]
    if cookie.expires:
        parts.append(("expires", time2isoz(float(cookie.expires))))
    if cookie.discard:
        parts.append(("discard", None))
    parts += [(name, value) for name, value in (("comment", cookie.comment), ("commenturl", cookie.comment_url)) if value]
    parts += [(name, str(cookie._rest[name])) for name in sorted(cookie._rest)]
    parts.append(("version", str(cookie.version)))
    texts = []
    for name, value in parts:
        if value is None:
            texts.append(name)
        elif re.search(r"^\w+$", value):
            texts.append(f"{name}={value}")
        else:
            quoted = re.sub(r'(["\\])', r"\\\1", value)
            texts.append(f'{name}="{quoted}"')
    return "; ".join(texts)
