"""Messages in the user's language: with no catalogues, every message is its own translation."""

__all__ = [
    "NullTranslations", "GNUTranslations", "bindtextdomain", "dgettext", "dngettext", "dnpgettext", "dpgettext", "find",
    "gettext", "install", "ngettext", "npgettext", "pgettext", "textdomain", "translation",
]

_domain = "messages"
_folders = {}


class NullTranslations:
    """A catalogue without messages, which asks its fallback, and returns a message that nobody knows as it is."""

    def __init__(self, fp=None):
        self._info = {}
        self._charset = None
        self._fallback = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        """Adds a catalogue at the end of the chain that is asked."""
        if self._fallback is None:
            self._fallback = fallback
        else:
            self._fallback.add_fallback(fallback)

    def gettext(self, message):
        """The translation of a message."""
        return message if self._fallback is None else self._fallback.gettext(message)

    def ngettext(self, msgid1, msgid2, n):
        """The translation of a message about n things."""
        if self._fallback is not None:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        """The translation of a message in a context."""
        return message if self._fallback is None else self._fallback.pgettext(context, message)

    def npgettext(self, context, msgid1, msgid2, n):
        """The translation of a message about n things in a context."""
        if self._fallback is not None:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        """What the catalogue says about itself."""
        return self._info

    def charset(self):
        """The encoding of the catalogue."""
        return self._charset

    def install(self, names=None):
        """Makes `_`, and the named functions, builtins."""
        import builtins

        builtins._ = self.gettext
        for name in {"gettext", "ngettext", "npgettext", "pgettext"}.intersection(names or ()):
            setattr(builtins, name, getattr(self, name))


class GNUTranslations(NullTranslations):
    """A catalogue read from a file of GNU gettext (.mo); plural forms follow the rule n != 1."""

    def _parse(self, fp):
        data = fp.read()
        name = getattr(fp, "name", "")
        order = {b"\xde\x12\x04\x95": "little", b"\x95\x04\x12\xde": "big"}.get(data[:4])
        if order is None:
            raise OSError(0, "Bad magic number", name)

        def number(at):
            return int.from_bytes(data[at : at + 4], order)

        def text(at):
            length, start = number(at), number(at + 4)
            if start + length > len(data):
                raise OSError(0, "File is corrupt", name)
            return data[start : start + length]

        version, count, originals, translations = [number(at) for at in (4, 8, 12, 16)]
        if version >> 16 not in (0, 1):
            raise OSError(0, f"Bad version number {version >> 16}", name)
        self._catalog = {}
        for i in range(count):
            message, translated = text(originals + 8 * i), text(translations + 8 * i)
            if not message:
                self._read_header(translated.decode())
            encoding = self._charset or "ascii"
            message = message.decode(encoding)
            forms = translated.decode(encoding).split("\0")
            if "\0" in message:
                for form, value in enumerate(forms):
                    self._catalog[message.split("\0")[0], form] = value
            else:
                self._catalog[message] = forms[0]

    def _read_header(self, header):
        for line in header.split("\n"):
            key, colon, value = line.partition(":")
            if colon:
                self._info[key.strip().lower()] = value.strip()
        _, found, charset = self._info.get("content-type", "").partition("charset=")
        if found:
            self._charset = charset

    def gettext(self, message):
        found = self._catalog.get(message, self._catalog.get((message, 0)))
        return super().gettext(message) if found is None else found

    def ngettext(self, msgid1, msgid2, n):
        found = self._catalog.get((msgid1, int(n != 1)))
        return super().ngettext(msgid1, msgid2, n) if found is None else found

    def pgettext(self, context, message):
        found = self._catalog.get(f"{context}\x04{message}")
        return super().pgettext(context, message) if found is None else found

    def npgettext(self, context, msgid1, msgid2, n):
        found = self._catalog.get((f"{context}\x04{msgid1}", int(n != 1)))
        return super().npgettext(context, msgid1, msgid2, n) if found is None else found


def _languages():
    import os

    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].split(":")
    return []


def find(domain, localedir=None, languages=None, all=False):
    """The file of the catalogue of a domain in the first language that has one; all of them as a list if asked."""
    import os

    found = []
    for language in _languages() if languages is None else languages:
        if language == "C":
            break
        base = language.partition(".")[0]
        for name in dict.fromkeys((language, base, base.partition("_")[0])):
            path = os.path.join(localedir or "/usr/share/locale", name, "LC_MESSAGES", f"{domain}.mo")
            if os.path.exists(path):
                if not all:
                    return path
                found.append(path)
    return found if all else None


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    """The catalogue of a domain, with those of further languages as fallbacks."""
    paths = find(domain, localedir, languages, all=True)
    if not paths:
        if fallback:
            return NullTranslations()
        raise FileNotFoundError(2, "No translation file found for domain", domain)
    first = None
    for path in paths:
        with open(path, "rb") as file:
            catalog = (class_ or GNUTranslations)(file)
        if first is None:
            first = catalog
        else:
            first.add_fallback(catalog)
    return first


def install(domain, localedir=None, *, names=None):
    """Makes `_` a builtin that translates messages of a domain."""
    translation(domain, localedir, fallback=True).install(names)


def textdomain(domain=None):
    """Sets, or tells, the domain of the functions that are not told one."""
    global _domain
    if domain is not None:
        _domain = domain
    return _domain


def bindtextdomain(domain, localedir=None):
    """Sets, or tells, the folder of a domain's catalogues."""
    if localedir is not None:
        _folders[domain] = localedir
    return _folders.get(domain, "/usr/share/locale")


def _catalog_of(domain):
    return translation(domain, _folders.get(domain), fallback=True)


def dgettext(domain, message):
    """The translation of a message in a domain."""
    return _catalog_of(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    """The translation of a message about n things in a domain."""
    return _catalog_of(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    """The translation of a message in a domain and a context."""
    return _catalog_of(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    """The translation of a message about n things in a domain and a context."""
    return _catalog_of(domain).npgettext(context, msgid1, msgid2, n)


def gettext(message):
    """The translation of a message in the current domain."""
    return dgettext(_domain, message) if _folders else message


def ngettext(msgid1, msgid2, n):
    """The translation of a message about n things in the current domain."""
    if _folders:
        return dngettext(_domain, msgid1, msgid2, n)
    return msgid1 if n == 1 else msgid2


def pgettext(context, message):
    """The translation of a message in a context, in the current domain."""
    return dpgettext(_domain, context, message) if _folders else message


def npgettext(context, msgid1, msgid2, n):
    """The translation of a message about n things in a context, in the current domain."""
    if _folders:
        return dnpgettext(_domain, context, msgid1, msgid2, n)
    return msgid1 if n == 1 else msgid2
