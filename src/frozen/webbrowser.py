"""Shows pages in a browser."""
import os
import shlex
import shutil
import subprocess
import sys
import threading

__all__ = ["Error", "open", "open_new", "open_new_tab", "get", "register"]

_lock = threading.RLock()
# Names, with the class and the object of each, and the names in the order in which they are tried.
_browsers = {}
_tryorder = None


class Error(Exception):
    """There is no browser."""


def register(name, klass, instance=None, *, preferred=False):
    """Adds a kind of browser."""
    with _lock:
        if _tryorder is None:
            _find_browsers()
        _browsers[name.lower()] = [klass, instance]
        if preferred:
            _tryorder.insert(0, name)
        else:
            _tryorder.append(name)


def get(using=None):
    """A browser: of this name or command, or the one that is found first."""
    if _tryorder is None:
        with _lock:
            if _tryorder is None:
                _find_browsers()
    for name in [using] if using is not None else _tryorder:
        if "%s" in name:
            command = shlex.split(name)
            return BackgroundBrowser(command[:-1]) if command[-1] == "&" else GenericBrowser(command)
        try:
            klass, instance = _browsers[name.lower()]
        except KeyError:
            if shutil.which(name):
                return GenericBrowser(name)
            continue
        if instance is not None:
            return instance
        if klass is not None:
            return klass()
    raise Error("could not locate runnable browser")


def open(url, new=0, autoraise=True):
    """Shows a page: in the same window, a new one (1) or a new tab (2); whether a browser could be started."""
    if _tryorder is None:
        with _lock:
            if _tryorder is None:
                _find_browsers()
    return any(get(name).open(url, new, autoraise) for name in _tryorder)


def open_new(url):
    """Shows a page in a new window."""
    return open(url, 1)


def open_new_tab(url):
    """Shows a page in a new tab."""
    return open(url, 2)


class BaseBrowser:
    """A browser."""

    args = ["%s"]

    def __init__(self, name=""):
        self.name = self.basename = name

    def open(self, url, new=0, autoraise=True):
        """Shows a page."""
        raise NotImplementedError

    def open_new(self, url):
        """Shows a page in a new window."""
        return self.open(url, 1)

    def open_new_tab(self, url):
        """Shows a page in a new tab."""
        return self.open(url, 2)


class GenericBrowser(BaseBrowser):
    """A program that is waited for."""

    def __init__(self, name):
        if isinstance(name, str):
            self.name, self.args = name, ["%s"]
        else:
            self.name, self.args = name[0], name[1:]
        self.basename = os.path.basename(self.name)

    def _command(self, url):
        return [self.name] + [arg.replace("%s", url) for arg in self.args]

    def open(self, url, new=0, autoraise=True):
        """Shows a page."""
        sys.audit("webbrowser.open", url)
        try:
            return not subprocess.Popen(self._command(url)).wait()
        except OSError:
            return False


class BackgroundBrowser(GenericBrowser):
    """A program that is not waited for."""

    def open(self, url, new=0, autoraise=True):
        """Shows a page."""
        sys.audit("webbrowser.open", url)
        try:
            return subprocess.Popen(self._command(url), start_new_session=True).poll() in (None, 0)
        except OSError:
            return False


def _find_browsers():
    global _tryorder
    _tryorder = []
    names = []
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        names = ["xdg-open", "x-www-browser", "firefox", "google-chrome", "chromium", "chromium-browser", "konqueror", "opera"]
    for name in names:
        if shutil.which(name):
            register(name, None, BackgroundBrowser(name))
    if os.environ.get("TERM"):
        for name in "www-browser", "links", "elinks", "lynx", "w3m":
            if shutil.which(name):
                register(name, None, GenericBrowser(name))
    wanted = [command for command in os.environ.get("BROWSER", "").split(os.pathsep) if command]
    for command in reversed(wanted):
        _browsers.setdefault(command.lower(), [None, get(command) if "%s" in command else GenericBrowser(command)])
        _tryorder.insert(0, command)


def main():
    """The command line."""
    import getopt

    usage = "Usage: %s [-n | -t] url\n    -n: open new window\n    -t: open new tab" % sys.argv[0]
    try:
        opts, args = getopt.getopt(sys.argv[1:], "ntd")
    except getopt.error as error:
        print(error, file=sys.stderr)
        print(usage, file=sys.stderr)
        sys.exit(1)
    new = 0
    for option, _ in opts:
        new = {"-n": 1, "-t": 2}.get(option, new)
    if len(args) != 1:
        print(usage, file=sys.stderr)
        sys.exit(1)
    open(args[0], new)


if __name__ == "__main__":
    main()
