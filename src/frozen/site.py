"""Folders with packages that are not part of the library. minipy looks into none by itself."""

import os
import sys

PREFIXES = [sys.prefix]
ENABLE_USER_SITE = False
USER_SITE = None
USER_BASE = None


def _version():
    return f"python{sys.version_info[0]}.{sys.version_info[1]}"


def getuserbase():
    """The folder for what a user installed."""
    global USER_BASE
    if USER_BASE is None:
        USER_BASE = os.environ.get("PYTHONUSERBASE") or os.path.join(os.path.expanduser("~"), ".local")
    return USER_BASE


def getusersitepackages():
    """The folder for packages that a user installed."""
    global USER_SITE
    if USER_SITE is None:
        USER_SITE = os.path.join(getuserbase(), "lib", _version(), "site-packages")
    return USER_SITE


def getsitepackages(prefixes=None):
    """The folders for packages of all users."""
    return [os.path.join(prefix, "lib", _version(), "site-packages") for prefix in prefixes or PREFIXES]


def addsitedir(sitedir, known_paths=None):
    """Look for modules in a folder, and in those that its files *.pth name."""
    folder = os.path.abspath(sitedir)
    if folder not in sys.path:
        sys.path.append(folder)
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".pth"))
    except OSError:
        return known_paths
    for name in names:
        addpackage(folder, name, known_paths)
    return known_paths


def addpackage(sitedir, name, known_paths=None):
    """Look for modules in the folders that a file names; lines that import something are run."""
    with open(os.path.join(sitedir, name), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip()
            if not line or line.startswith("#"):
                continue
            if line.startswith(("import ", "import\t")):
                exec(line)
                continue
            folder = os.path.abspath(os.path.join(sitedir, line))
            if folder not in sys.path and os.path.exists(folder):
                sys.path.append(folder)
    return known_paths


def removeduppaths():
    """Have each folder only once in the path."""
    sys.path[:] = dict.fromkeys(os.path.abspath(folder) for folder in sys.path)
    return set(sys.path)


def main():
    """Nothing is to be done."""
