"""What the machine, the system and the interpreter are."""

import functools
import os
import re
import sys
from collections import namedtuple

__all__ = ["architecture", "freedesktop_os_release", "libc_ver", "machine", "node", "platform", "processor",
           "python_branch", "python_build", "python_compiler", "python_implementation", "python_revision",
           "python_version", "python_version_tuple", "release", "system", "system_alias", "uname", "uname_result",
           "version"]


class uname_result(namedtuple("uname_result_base", "system node release version machine")):
    """The names of the system; the processor is looked for when it is asked for."""

    @functools.cached_property
    def processor(self):
        """The kind of processor."""
        return _processor()

    def __iter__(self):
        return iter((*super().__iter__(), self.processor))

    def __getitem__(self, key):
        return tuple(self)[key]

    def __len__(self):
        return 6

    @classmethod
    def _make(cls, iterable):
        result = cls(*list(iterable)[:5])
        return result

    def __reduce__(self):
        return uname_result, tuple(self)[:5]

    def __repr__(self):
        fields = ", ".join(f"{n}={v!r}" for n, v in zip(self._fields, tuple(self)))
        return f"{type(self).__name__}({fields})"


def _processor():
    """What the system calls its processor; often nothing."""
    try:
        with os.popen("uname -p 2>/dev/null") as pipe:
            name = pipe.read().strip()
    except (OSError, AttributeError):
        return ""
    return "" if name == "unknown" else name


@functools.cache
def uname():
    """The names of system, node, release, version, machine and processor."""
    return uname_result(*os.uname())


def system():
    """The name of the system, such as "Linux"."""
    return uname().system


def node():
    """The name of the machine in the network."""
    return uname().node


def release():
    """The release of the system."""
    return uname().release


def version():
    """The version of the system."""
    return uname().version


def machine():
    """The kind of machine, such as "x86_64"."""
    return uname().machine


def processor():
    """The kind of processor; "" if it is not known."""
    return uname().processor


def system_alias(system, release, version):
    """The names that are usual for a system."""
    if system == "SunOS":
        if release < "5":
            return system, release, version
        major, _, rest = release.partition(".")
        try:
            release = str(int(major) - 3) + "." + rest
        except ValueError:
            pass
        system = "Solaris" if release >= "6" else system
    elif system in ("win32", "win16"):
        system = "Windows"
    return system, release, version


def architecture(executable=sys.executable, bits="", linkage=""):
    """How many bits a program has, and what kind of file it is."""
    bits = bits or ("64bit" if sys.maxsize > 2**32 else "32bit")
    if not executable:
        return bits, linkage
    try:
        with open(os.path.realpath(executable), "rb") as file:
            head = file.read(5)
    except OSError:
        return bits, linkage
    if head[:4] == b"\x7fELF":
        return {1: "32bit", 2: "64bit"}.get(head[4], bits), "ELF"
    return bits, linkage


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """Name and version of the C library."""
    if executable is None:
        try:
            found = os.confstr("CS_GNU_LIBC_VERSION").split(maxsplit=1)
            if len(found) == 2:
                return tuple(found)
        except (AttributeError, ValueError, OSError):
            pass
        executable = sys.executable
    if not executable:
        return lib, version
    with open(os.path.realpath(executable), "rb") as file:
        data = file.read()
    found = [tuple(map(int, v.split(b"."))) for v in re.findall(rb"GLIBC_([0-9]+(?:\.[0-9]+)+)", data)]
    if found:
        return "glibc", ".".join(map(str, max(found)))
    return ("libc", version) if b"__libc_init" in data else (lib, version)


@functools.cache
def platform(aliased=False, terse=False):
    """All this in one text."""
    system, node, release, version, machine = tuple(uname())[:5]
    if aliased:
        system, release, version = system_alias(system, release, version)
    if terse:
        parts = [system, release]
        library = libc_ver()
        if system == "Linux" and library[0]:
            parts.append("with-" + "".join(library))
            return _joined(*parts)
        return _joined(*parts)
    if system == "Linux":
        library, version = libc_ver()
        return _joined(system, release, machine, "with", library + version)
    return _joined(system, release, version, machine)


def _joined(*parts):
    text = "-".join(part.strip() for part in parts if part)
    for bad in " /\\:;\"()":
        text = text.replace(bad, "-")
    text = text.replace("unknown", "")
    return re.sub("-+", "-", text).strip("-")


# The interpreter.

def python_implementation():
    """"CPython": what programs ask for is how it behaves."""
    return "CPython"


def python_version():
    """The version, such as "3.11.7"."""
    return ".".join(python_version_tuple())


def python_version_tuple():
    """The version as a tuple of texts."""
    return tuple(map(str, sys.version_info[:3]))


def python_branch():
    """The branch that the interpreter was built from."""
    return ""


def python_revision():
    """The revision that the interpreter was built from."""
    return ""


def python_build():
    """The number and the date of the build."""
    found = re.search(r"\(([^,)]+), ([^)]+)\)", sys.version)
    return found.groups() if found else ("", "")


def python_compiler():
    """What the interpreter was compiled by."""
    found = re.search(r"\[([^\]]+)\]", sys.version)
    return found[1] if found else ""


# Other systems have more to tell.

def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    """The version of Java."""
    return release, vendor, vminfo, osinfo


def win32_ver(release="", version="", csd="", ptype=""):
    """The version of Windows."""
    return release, version, csd, ptype


def win32_edition():
    """The edition of Windows."""
    return None


def win32_is_iot():
    """Whether it is a Windows for small devices."""
    return False


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    """The version of macOS."""
    return release, versioninfo, machine


@functools.cache
def _release_file():
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8") as file:
                return file.read()
        except OSError:
            continue
    import errno

    raise OSError(errno.ENOENT, "Unable to read files /etc/os-release, /usr/lib/os-release")


def freedesktop_os_release():
    """What the file os-release says of the system."""
    info = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
    for line in _release_file().splitlines():
        found = re.match(r"""(?P<name>[a-zA-Z0-9_]+)=(?P<quote>["']?)(?P<value>.*)(?P=quote)$""", line)
        if found:
            info[found["name"]] = re.sub(r"\\([\\\$\"'`])", r"\1", found["value"])
    return info
