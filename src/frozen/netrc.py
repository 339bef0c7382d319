"""Names and passwords for hosts, from the file ~/.netrc."""

import os
import stat

__all__ = ["netrc", "NetrcParseError"]


class NetrcParseError(Exception):
    """A file is not as it must be."""

    def __init__(self, msg, filename=None, lineno=None):
        self.filename = filename
        self.lineno = lineno
        self.msg = msg
        super().__init__(msg)

    def __str__(self):
        return f"{self.msg} ({self.filename}, line {self.lineno})"


class _Words:
    """The words of a file; a backslash takes the next character as it is, quotes take all up to the next ones."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    @property
    def line(self):
        return self.text.count("\n", 0, self.at) + 1

    def word(self):
        """The next word, empty at the end."""
        text, at = self.text, self.at
        while at < len(text) and text[at] in "\n\t\r ":
            at += 1
        quoted = text[at:at + 1] == '"'
        at += quoted
        found = ""
        while at < len(text) and (text[at] != '"' if quoted else text[at] not in "\n\t\r "):
            if text[at] == "\\":
                at += 1
            found += text[at:at + 1]
            at += 1
        # What ends it is passed, too.
        self.at = min(at + 1, len(text))
        return found

    def rest_of_line(self):
        """All up to the end of the line."""
        end = self.text.find("\n", self.at) + 1 or len(self.text)
        line, self.at = self.text[self.at:end], end
        return line


class netrc:
    """The entries of a file: `hosts` has triples of name, account and password; `macros` has lines."""

    def __init__(self, file=None):
        is_default = file is None
        if is_default:
            file = os.path.join(os.path.expanduser("~"), ".netrc")
        self.hosts = {}
        self.macros = {}
        with open(file, encoding="utf-8") as f:
            self._file = file
            self._parse(_Words(f.read()))
            if is_default and any(login != "anonymous" for login, _, _ in self.hosts.values()):
                self._check_access(os.fstat(f.fileno()))

    def _parse(self, words):
        word = words.word()
        while word:
            line = words.line
            if word.startswith("#"):
                if words.text[words.at - 1:words.at] != "\n":
                    words.rest_of_line()
                word = words.word()
            elif word == "macdef":
                self._macro(words)
                word = words.word()
            elif word in ("machine", "default"):
                host = words.word() if word == "machine" else "default"
                if not host:
                    raise NetrcParseError(f"missing {word!r} name", self._file, words.line)
                word = self._entry(words, host)
            else:
                raise NetrcParseError(f"bad toplevel token {word!r}", self._file, line)

    def _macro(self, words):
        lines = self.macros[words.word()] = []
        while True:
            line = words.rest_of_line()
            if not line:
                message = "Macro definition missing null line terminator."
                raise NetrcParseError(message, self._file, words.line)
            if line == "\n":
                return
            lines.append(line)

    def _entry(self, words, host):
        """Read what is known of a host; returns the word behind it."""
        found = {"login": "", "account": "", "password": ""}
        while True:
            word = words.word()
            if word in ("", "machine", "default", "macdef"):
                self.hosts[host] = tuple(found.values())
                return word
            if word.startswith("#"):
                if words.text[words.at - 1:words.at] != "\n":
                    words.rest_of_line()
            elif word in ("login", "user", "account", "password"):
                found["login" if word == "user" else word] = words.word()
            else:
                raise NetrcParseError(f"bad follower token {word!r}", self._file, words.line)

    @staticmethod
    def _check_access(info):
        if info.st_uid != os.getuid():
            raise NetrcParseError(
                f"~/.netrc file owner (uid {info.st_uid}, uid {os.getuid()}) does not match current user"
            )
        if info.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise NetrcParseError(
                "~/.netrc access too permissive: access permissions must restrict access to only the owner"
            )

    def authenticators(self, host):
        """Name, account and password for a host, or those for all others, or None."""
        return self.hosts.get(host) or self.hosts.get("default")

    def __repr__(self):
        text = ""
        for host, (login, account, password) in self.hosts.items():
            text += f"machine {host}\n\tlogin {login}\n"
            text += f"\taccount {account}\n" if account else ""
            text += f"\tpassword {password}\n"
        for name, lines in self.macros.items():
            text += f"macdef {name}\n{''.join(lines)}\n"
        return text
