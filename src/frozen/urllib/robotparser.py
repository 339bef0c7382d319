"""robots.txt: which pages programs may fetch."""
import collections
import time
import urllib.error
import urllib.parse
import urllib.request

__all__ = ["RobotFileParser"]

RequestRate = collections.namedtuple("RequestRate", "requests seconds")


class RobotFileParser:
    """The rules of a site."""

    def __init__(self, url=""):
        self.entries = []
        self.sitemaps = []
        self.default_entry = None
        self.disallow_all = self.allow_all = False
        self.last_checked = 0
        self.set_url(url)

    def mtime(self):
        """When the rules were read."""
        return self.last_checked

    def modified(self):
        """Says that the rules have been read now."""
        self.last_checked = time.time()

    def set_url(self, url):
        """Sets where the rules are."""
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        """Fetches the rules and reads them."""
        try:
            file = urllib.request.urlopen(self.url)
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                self.disallow_all = True
            elif 400 <= error.code < 500:
                self.allow_all = True
        else:
            self.parse(file.read().decode("utf-8").splitlines())

    def _finish(self, entry):
        if "*" in entry.useragents:
            # The first one counts.
            if self.default_entry is None:
                self.default_entry = entry
        else:
            self.entries.append(entry)

    def parse(self, lines):
        """Reads the rules."""
        entry, has_rules = None, False
        self.modified()
        for line in lines:
            if not line.strip():
                if entry is not None and has_rules:
                    self._finish(entry)
                    entry, has_rules = None, False
                elif entry is not None:
                    entry = None
                continue
            line = line.partition("#")[0].strip()
            key, colon, value = line.partition(":")
            if not colon:
                continue
            key, value = key.strip().lower(), urllib.parse.unquote(value.strip())
            if key == "user-agent":
                if has_rules:
                    self._finish(entry)
                    entry, has_rules = None, False
                if entry is None:
                    entry = Entry()
                entry.useragents.append(value)
            elif key == "sitemap":
                self.sitemaps.append(value)
            elif entry is not None:
                if key in ("disallow", "allow"):
                    entry.rulelines.append(RuleLine(value, key == "allow"))
                elif key == "crawl-delay" and value.strip().isdigit():
                    entry.delay = int(value)
                elif key == "request-rate":
                    numbers = value.split("/")
                    if len(numbers) == 2 and all(number.strip().isdigit() for number in numbers):
                        entry.req_rate = RequestRate(*map(int, numbers))
                elif key not in ("crawl-delay", "request-rate"):
                    continue
                has_rules = True
        if entry is not None and has_rules:
            self._finish(entry)

    def _entry_for(self, useragent):
        for entry in self.entries:
            if entry.applies_to(useragent):
                return entry
        return self.default_entry

    def can_fetch(self, useragent, url):
        """Whether a program may fetch a page."""
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            # Before the rules are known nothing is allowed.
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        path = urllib.parse.quote(urllib.parse.urlunparse(("", "", *parts[2:]))) or "/"
        entry = self._entry_for(useragent)
        return entry is None or entry.allowance(path)

    def crawl_delay(self, useragent):
        """How many seconds a program should wait between pages, or None."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry.delay if entry else None

    def request_rate(self, useragent):
        """How many pages in how many seconds a program may fetch, or None."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry.req_rate if entry else None

    def site_maps(self):
        """The maps of the site, or None."""
        return self.sitemaps or None

    def __str__(self):
        entries = self.entries + ([self.default_entry] if self.default_entry is not None else [])
        return "\n\n".join(map(str, entries))


class RuleLine:
    """What holds for pages whose path begins so."""

    def __init__(self, path, allowance):
        if path == "" and not allowance:
            # Nothing is forbidden.
            allowance = True
        self.path = urllib.parse.quote(urllib.parse.urlunparse(urllib.parse.urlparse(path)))
        self.allowance = allowance

    def applies_to(self, filename):
        """Whether it is about a page."""
        return self.path == "*" or filename.startswith(self.path)

    def __str__(self):
        return ("Allow" if self.allowance else "Disallow") + ": " + self.path


class Entry:
    """The rules for some programs."""

    def __init__(self):
        self.useragents, self.rulelines = [], []
        self.delay = self.req_rate = None

    def applies_to(self, useragent):
        """Whether they are for a program."""
        useragent = useragent.split("/")[0].lower()
        return any(agent == "*" or agent.lower() in useragent for agent in self.useragents)

    def allowance(self, filename):
        """Whether they allow a page."""
        return next((line.allowance for line in self.rulelines if line.applies_to(filename)), True)

    def __str__(self):
        lines = [f"User-agent: {agent}" for agent in self.useragents]
        if self.delay is not None:
            lines.append(f"Crawl-delay: {self.delay}")
        if self.req_rate is not None:
            lines.append(f"Request-rate: {self.req_rate.requests}/{self.req_rate.seconds}")
        return "\n".join(lines + [str(line) for line in self.rulelines])
