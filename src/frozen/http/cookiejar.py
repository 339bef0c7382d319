"""The cookies of a client: which are taken from responses, and which go with requests."""
from _cookie_files import FileCookieJar, LoadError, LWPCookieJar, MozillaCookieJar
from _cookie_jar import CookieJar
from _cookie_rules import (
    DEFAULT_HTTP_PORT, Cookie, CookiePolicy, DefaultCookiePolicy, domain_match, eff_request_host, http2time, is_HDN,
    iso2time,
    is_third_party, request_host, request_path, request_port, time2isoz, time2netscape,
)

__all__ = ["Cookie", "CookieJar", "CookiePolicy", "DefaultCookiePolicy", "FileCookieJar", "LWPCookieJar", "LoadError",
           "MozillaCookieJar"]

for _public in Cookie, CookieJar, CookiePolicy, DefaultCookiePolicy, FileCookieJar, LWPCookieJar, LoadError, MozillaCookieJar:
    _public.__module__ = __name__
