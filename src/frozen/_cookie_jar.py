"""The cookies of a client: taken from responses, and added to requests. `http.cookiejar` gives it its public name."""
import re
import threading
import time
import urllib.parse

from _cookie_rules import Cookie, DefaultCookiePolicy, eff_request_host, http2time, request_path, request_port


def unquoted(text):
    """A value without its quotation marks."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def read_headers(headers, version):
    """Name, value and attributes of the cookies in headers: Set-Cookie (version 0) or Set-Cookie2 (1)."""
    for header in headers:
        for cookie in re.split(r',(?=\s*[\w!#$%&*+.^`|~-]+\s*=)(?=(?:[^"]*"[^"]*")*[^"]*$)', header) if version else [header]:
            parts = re.findall(r'\s*((?:[^;"]|"(?:\\.|[^"\\])*"?)+)', cookie)
            if not parts:
                continue
            name, equals, value = parts[0].strip().partition("=")
            name = name.strip()
            if not name:
                continue
            value = value.strip() if equals else None
            attrs = {"original": {}}
            if version:
                attrs["version"] = "1"
                value = None if value is None else unquoted(value)
            for part in parts[1:]:
                key, equals, given = part.strip().partition("=")
                key, given = key.strip(), unquoted(given.strip()) if equals else None
                lower = key.lower()
                attrs["original"][key] = given
                if lower == "expires":
                    attrs[lower] = http2time(given or "")
                elif lower in ("secure", "discard"):
                    attrs[lower] = True
                elif lower == "domain":
                    if given:
                        attrs[lower] = given.lower()
                elif lower not in attrs:
                    attrs[lower] = given
            yield name, value, attrs


class CookieJar:
    """Cookies."""

    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._cookies_lock = threading.RLock()
        # By domain, path and name.
        self._cookies = {}
        self._now = None

    def set_policy(self, policy):
        """Sets the rules."""
        self._policy = policy

    # What goes with a request.

    def _cookies_for_request(self, request):
        found = []
        for domain, paths in self._cookies.items():
            if self._policy.domain_return_ok(domain, request):
                for path, cookies in paths.items():
                    if self._policy.path_return_ok(path, request):
                        found += [cookie for cookie in cookies.values() if self._policy.return_ok(cookie, request)]
        return sorted(found, key=lambda cookie: len(cookie.path), reverse=True)

    @staticmethod
    def _cookie_attrs(cookies):
        attrs = []
        for cookie in cookies:
            version = cookie.version
            if not attrs and version > 0:
                attrs.append(f"$Version={version}")
            value = cookie.value
            if value is not None and version > 0 and re.search(r"\W", value):
                value = '"' + re.sub(r'([\"\\])', r"\\\1", value) + '"'
            attrs.append(cookie.name if value is None else f"{cookie.name}={value}")
            if version > 0:
                if cookie.path_specified:
                    attrs.append(f'$Path="{cookie.path}"')
                if cookie.domain.startswith("."):
                    domain = cookie.domain[1:] if not cookie.domain_initial_dot else cookie.domain
                    attrs.append(f'$Domain="{domain}"')
                if cookie.port is not None:
                    attrs.append("$Port" + (f'="{cookie.port}"' if cookie.port_specified else ""))
        return attrs

    def add_cookie_header(self, request):
        """Adds the cookies to a request that belong to it."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            cookies = self._cookies_for_request(request)
            attrs = self._cookie_attrs(cookies)
            if attrs and not request.has_header("Cookie"):
                request.add_unredirected_header("Cookie", "; ".join(attrs))
            if self._policy.rfc2965 and not self._policy.hide_cookie2 and not request.has_header("Cookie2"):
                if any(cookie.version != 1 for cookie in cookies):
                    request.add_unredirected_header("Cookie2", '$Version="1"')
            self.clear_expired_cookies()

    # What comes with a response.

    def make_cookies(self, response, request):
        """The cookies that a response sets."""
        headers = response.info()
        self._policy._now = self._now = int(time.time())
        found = []
        if self._policy.rfc2965:
            found += read_headers(headers.get_all("Set-Cookie2", []), 1)
        if self._policy.netscape:
            found += read_headers(headers.get_all("Set-Cookie", []), 0)
        with self._cookies_lock:
            cookies = (self._make(name, value, attrs, request) for name, value, attrs in found)
            return [cookie for cookie in cookies if cookie]

    def _make(self, name, value, attrs, request):
        """The cookie of a header, or None if it takes one away."""
        host, effective = eff_request_host(request)
        version = attrs.get("version")
        version = int(version) if version and str(version).isdigit() else 0
        path_specified = attrs.get("path") not in (None, "")
        if path_specified:
            path = urllib.parse.quote(urllib.parse.unquote(attrs["path"]), "%/;:@&=+$,!~*'()")
        else:
            path = request_path(request)
            cut = path.rfind("/")
            path = path[:cut] if version == 0 else path[: cut + 1]
            path = path or "/"
        domain = attrs.get("domain")
        domain_specified = domain is not None
        initial_dot = bool(domain and domain.startswith("."))
        if not domain_specified:
            domain = effective
        elif not initial_dot:
            domain = "." + domain
        domain = domain.lower()
        port_specified = False
        port = attrs.get("port", False)
        if port is None:
            port = request_port(request)
        elif port is False:
            port = None
        else:
            port_specified = True
            port = re.sub(r"\s+", "", port)
        expires = attrs.get("expires")
        if "max-age" in attrs:
            try:
                expires = self._now + int(attrs["max-age"])
            except (TypeError, ValueError):
                return None
        if expires is not None and expires <= self._now:
            # It is over: so is the one that there may be.
            try:
                self.clear(domain, path, name)
            except KeyError:
                pass
            return None
        usual = {"version", "expires", "max-age", "domain", "path", "port", "comment", "commenturl", "secure", "discard"}
        rest = {key: given for key, given in attrs.get("original", {}).items() if key.lower() not in usual}
        return Cookie(version, name, value, port, port_specified, domain, domain_specified, initial_dot, path,
                      path_specified, bool(attrs.get("secure", False)), expires,
                      bool(attrs.get("discard", False)) or expires is None, attrs.get("comment"), attrs.get("commenturl"), rest)

    def extract_cookies(self, response, request):
        """Takes the cookies of a response that are allowed."""
        with self._cookies_lock:
            for cookie in self.make_cookies(response, request):
                if self._policy.set_ok(cookie, request):
                    self.set_cookie(cookie)

    def set_cookie_if_ok(self, cookie, request):
        """Takes a cookie if it is allowed."""
        with self._cookies_lock:
            self._policy._now = self._now = int(time.time())
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        """Takes a cookie."""
        with self._cookies_lock:
            self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    # Throwing away.

    def clear(self, domain=None, path=None, name=None):
        """Forgets all cookies, or those of a domain, of a path, or one; KeyError if there is none."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError("domain and path must be given to remove a cookie by name")
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError("domain must be given to remove cookies by path")
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def _forget(self, condition):
        with self._cookies_lock:
            for cookie in [cookie for cookie in self if condition(cookie)]:
                self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_session_cookies(self):
        """Forgets those that end with the session."""
        self._forget(lambda cookie: cookie.discard)

    def clear_expired_cookies(self):
        """Forgets those whose time is over."""
        now = time.time()
        self._forget(lambda cookie: cookie.is_expired(now))

    def __iter__(self):
        return (cookie for paths in list(self._cookies.values()) for cookies in list(paths.values())
                for cookie in list(cookies.values()))

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return f"<{type(self).__name__}[{', '.join(map(repr, self))}]>"

    def __str__(self):
        return f"<{type(self).__name__}[{', '.join(map(str, self))}]>"
