"""What cookies are, and the rules by which clients take and send them. `http.cookiejar` gives it its public names."""
import calendar
import copy
import datetime
import re
import time
import urllib.parse

DEFAULT_HTTP_PORT = "80"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))?$")
_EXACT = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$")
_ISO = re.compile(
    r"(\d{4})-?(\d\d?)-?(\d\d?)(?:\s+|[-:Tt])?(?:(\d\d?):?(\d\d)(?::?(\d\d(?:\.\d*)?))?)?"
    r"\s*(([-+])(\d\d?):?(\d\d)?|[Zz])?\s*$")
_ADDRESS = re.compile(r"\.\d+$")
_CUT_PORT = re.compile(r":\d+$")


def time2isoz(t=None):
    """A time as `YYYY-MM-DD hh:mm:ssZ`."""
    moment = datetime.datetime.utcnow() if t is None else datetime.datetime.utcfromtimestamp(t)
    return moment.strftime("%Y-%m-%d %H:%M:%SZ")


def time2netscape(t=None):
    """A time as `Www, DD-Mmm-YYYY hh:mm:ss GMT`."""
    moment = datetime.datetime.utcnow() if t is None else datetime.datetime.utcfromtimestamp(t)
    day, month = calendar.day_abbr[moment.weekday()], calendar.month_abbr[moment.month]
    return f"{day}, {moment.day:02}-{month}-{moment.year:04} {moment:%H:%M:%S} GMT"


def http2time(text):
    """The seconds since 1970 of a date as servers write it, a float if it is as it should be; None if it cannot be read."""
    parts = [part for part in re.split(r"[\s,]+|(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", text.strip()) if part]
    day = month = year = None
    hour = minute = second = 0
    for part in parts:
        clock = _CLOCK.match(part)
        if clock:
            hour, minute, second = (int(value or 0) for value in clock.groups())
        elif part[:3].lower() in _MONTHS and part.isalpha() and month is None:
            month = _MONTHS[part[:3].lower()]
        elif part.isdigit():
            if day is None and len(part) <= 2:
                day = int(part)
            elif year is None:
                year = int(part)
            else:
                return None
        elif part.upper() not in ("GMT", "UTC", "UT", "Z") and not part.isalpha() and not re.match(r"[-+]\d{4}$", part):
            return None
    if day is None or month is None or year is None:
        return None
    if year < 100:
        year += 1900 if year >= 70 else 2000
    if not (1 <= day <= 31 and hour <= 24 and minute < 60 and second <= 61):
        return None
    try:
        seconds = calendar.timegm((year, month, day, hour, minute, second))
        return float(seconds) if _EXACT.match(text) else seconds
    except ValueError:
        return None


def iso2time(text):
    """The seconds since 1970 of a date as ISO 8601 has it; None if it cannot be read."""
    match = _ISO.match(text)
    if match is None:
        return None
    *date, hour, minute, second, zone, sign, zone_hour, zone_minute = match.groups()
    try:
        seconds = calendar.timegm((*map(int, date), int(hour or 0), int(minute or 0), int(float(second or 0))))
    except ValueError:
        return None
    if zone and sign:
        offset = 3600 * int(zone_hour) + 60 * int(zone_minute or 0)
        seconds -= offset if sign == "+" else -offset
    return seconds


def is_HDN(text):
    """Whether it is the name of a host, and not a number."""
    return not _ADDRESS.search(text) and bool(text) and not text.startswith(".") and not text.endswith(".")


def domain_match(A, B):
    """Whether a host belongs to a domain."""
    A, B = A.lower(), B.lower()
    if A == B:
        return True
    return is_HDN(A) and B.startswith(".") and A.endswith(B) and len(A) > len(B) and is_HDN(B[1:])


def request_host(request):
    """The host that a request goes to."""
    host = urllib.parse.urlparse(request.get_full_url())[1]
    return _CUT_PORT.sub("", host or request.get_header("Host", ""), 1).lower()


def eff_request_host(request):
    """The host as it was given, and with `.local` if it has no domain."""
    host = request_host(request)
    if "." not in host and not _ADDRESS.search(host):
        return host, host + ".local"
    return host, host


def request_path(request):
    """The path that a request asks for."""
    path = urllib.parse.quote(urllib.parse.urlsplit(request.get_full_url()).path, "%/;:@&=+$,!~*'()")
    return path if path.startswith("/") else "/" + path


def request_port(request):
    """The port that a request goes to."""
    host = request.host
    name, colon, port = host.partition(":")
    if not colon:
        return DEFAULT_HTTP_PORT
    return port if port.isdigit() else None


def is_third_party(request):
    """Whether a request goes to another domain than the one where the user is."""
    host = request_host(request)
    origin = request.origin_req_host
    dot = origin.find(".")
    reach = origin
    if dot >= 0:
        rest = origin[dot + 1 :]
        if is_HDN(origin) and ("." in rest or rest == "local"):
            reach = "." + rest
    return not domain_match(host, reach)


class Cookie:
    """A cookie."""

    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path,
                 path_specified, secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        if version is not None:
            version = int(version)
        if expires is not None:
            expires = int(float(expires))
        if port is None and port_specified is True:
            raise ValueError("if port is None, port_specified must be false")
        self.version, self.name, self.value = version, name, value
        self.port, self.port_specified = port, port_specified
        self.domain, self.domain_specified = domain.lower(), domain_specified
        self.domain_initial_dot = domain_initial_dot
        self.path, self.path_specified = path, path_specified
        self.secure, self.expires, self.discard = secure, expires, discard
        self.comment, self.comment_url, self.rfc2109 = comment, comment_url, rfc2109
        self._rest = copy.copy(rest)

    def has_nonstandard_attr(self, name):
        """Whether it has an attribute that is not one of the usual."""
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        """Such an attribute."""
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        """Sets such an attribute."""
        self._rest[name] = value

    def is_expired(self, now=None):
        """Whether its time is over."""
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        port = "" if self.port is None else ":" + self.port
        text = self.name if self.value is None else f"{self.name}={self.value}"
        return f"<Cookie {text} for {self.domain}{port}{self.path}>"

    def __repr__(self):
        names = ("version", "name", "value", "port", "port_specified", "domain", "domain_specified", "domain_initial_dot",
                 "path", "path_specified", "secure", "expires", "discard", "comment", "comment_url")
        args = [f"{name}={getattr(self, name)!r}" for name in names]
        args += [f"rest={self._rest!r}", f"rfc2109={self.rfc2109!r}"]
        return f"{type(self).__name__}({', '.join(args)})"


class CookiePolicy:
    """Decides which cookies are taken and which are sent."""

    netscape = True
    rfc2965 = False
    hide_cookie2 = False

    def set_ok(self, cookie, request):
        """Whether a cookie may be taken."""
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        """Whether a cookie may be sent."""
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        """Whether cookies of a domain may be sent."""
        return True

    def path_return_ok(self, path, request):
        """Whether cookies of a path may be sent."""
        return True


class DefaultCookiePolicy(CookiePolicy):
    """The usual rules."""

    DomainStrictNoDots = 1
    DomainStrictNonDomain = 2
    DomainRFC2965Match = 4
    DomainLiberal = 0
    DomainStrict = DomainStrictNoDots | DomainStrictNonDomain

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False, rfc2109_as_netscape=None,
                 hide_cookie2=False, strict_domain=False, strict_rfc2965_unverifiable=True, strict_ns_unverifiable=False,
                 strict_ns_domain=DomainLiberal, strict_ns_set_initial_dollar=False, strict_ns_set_path=False,
                 secure_protocols=("https", "wss")):
        self.netscape, self.rfc2965, self.hide_cookie2 = netscape, rfc2965, hide_cookie2
        self.rfc2109_as_netscape = rfc2109_as_netscape
        self.strict_domain = strict_domain
        self.strict_rfc2965_unverifiable = strict_rfc2965_unverifiable
        self.strict_ns_unverifiable = strict_ns_unverifiable
        self.strict_ns_domain = strict_ns_domain
        self.strict_ns_set_initial_dollar = strict_ns_set_initial_dollar
        self.strict_ns_set_path = strict_ns_set_path
        self.secure_protocols = secure_protocols
        self._blocked = tuple(blocked_domains or ())
        self._allowed = None if allowed_domains is None else tuple(allowed_domains)

    @staticmethod
    def _among(domain, patterns):
        for pattern in patterns:
            if domain == pattern or (pattern.startswith(".") and domain_match(domain, pattern)):
                return True
        return False

    def blocked_domains(self):
        """The domains whose cookies are refused."""
        return self._blocked

    def set_blocked_domains(self, blocked_domains):
        """Sets them."""
        self._blocked = tuple(blocked_domains)

    def is_blocked(self, domain):
        """Whether a domain is among them."""
        return self._among(domain, self._blocked)

    def allowed_domains(self):
        """The only domains whose cookies are allowed, or None."""
        return self._allowed

    def set_allowed_domains(self, allowed_domains):
        """Sets them."""
        self._allowed = None if allowed_domains is None else tuple(allowed_domains)

    def is_not_allowed(self, domain):
        """Whether there are such and a domain is not among them."""
        return self._allowed is not None and not self._among(domain, self._allowed)

    def _refuses(self, domain):
        return self.is_blocked(domain) or self.is_not_allowed(domain)

    def _verifiable(self, cookie, request):
        strict = self.strict_rfc2965_unverifiable if cookie.version else self.strict_ns_unverifiable
        return not (strict and request.unverifiable and is_third_party(request))

    def set_ok(self, cookie, request):
        """Whether a cookie may be taken."""
        if cookie.version is None or (cookie.version > 0 and not self.rfc2965) or (cookie.version == 0 and not self.netscape):
            return False
        if not self._verifiable(cookie, request) or self._refuses(cookie.domain):
            return False
        if cookie.version == 0 and self.strict_ns_set_initial_dollar and cookie.name.startswith("$"):
            return False
        if cookie.path_specified and (cookie.version > 0 or self.strict_ns_set_path):
            if not self.path_return_ok(cookie.path, request):
                return False
        return self._domain_settable(cookie, request) and self._port_ok(cookie, request)

    def _domain_settable(self, cookie, request):
        if not cookie.domain_specified:
            return True
        host, effective = eff_request_host(request)
        domain = cookie.domain
        if self.strict_domain and domain.count(".") >= 2:
            # Such as .co.uk.
            top, second = domain.rsplit(".", 2)[-1], domain.rsplit(".", 2)[-2]
            if len(top) == 2 and second.lower() in ("co", "ac", "com", "edu", "org", "net", "gov", "mil", "int") and \
                    domain.count(".") == 2 and domain.startswith("."):
                return False
        bare = domain.removeprefix(".")
        if "." not in bare and domain != ".local" and bare != "local":
            return False
        if cookie.version == 0:
            if not effective.endswith(domain) and not ("." + effective).endswith(domain):
                return False
        elif not domain_match(effective, domain):
            return False
        if cookie.version > 0 or self.strict_ns_domain & self.DomainStrictNoDots:
            prefix = host[: -len(domain)]
            if "." in prefix and not _ADDRESS.search(host):
                return False
        return True

    @staticmethod
    def _port_ok(cookie, request):
        if not cookie.port_specified:
            return True
        port = request_port(request)
        return port is not None and port in (cookie.port or "").split(",")

    def return_ok(self, cookie, request):
        """Whether a cookie may be sent."""
        if (cookie.version or 0) > 0 and not self.rfc2965 or cookie.version == 0 and not self.netscape:
            return False
        if not self._verifiable(cookie, request):
            return False
        if cookie.secure and request.type not in self.secure_protocols:
            return False
        if cookie.is_expired(self._now) or (cookie.port and not self._port_ok(cookie, request)):
            return False
        host, effective = eff_request_host(request)
        domain = cookie.domain
        dotted = domain if domain.startswith(".") else "." + domain
        if cookie.version == 0:
            if self.strict_ns_domain & self.DomainStrictNonDomain and not cookie.domain_specified and domain != effective:
                return False
            return ("." + effective).endswith(dotted)
        return domain_match(effective, domain)

    _now = None

    def domain_return_ok(self, domain, request):
        """Whether cookies of a domain may be sent."""
        host, effective = eff_request_host(request)
        dotted = domain if not domain or domain.startswith(".") else "." + domain
        if not any(("." + name.removeprefix(".")).endswith(dotted) for name in (host, effective)):
            return False
        return not self._refuses(domain)

    def path_return_ok(self, path, request):
        """Whether cookies of a path may be sent."""
        asked = request_path(request)
        return asked == path or (asked.startswith(path) and (path.endswith("/") or asked[len(path)] == "/"))
