"""Where an installation has its files, and what it was made for.

minipy's library is part of its program and it has no Makefile: folders are those where files of packages would be
looked for, and variables are those that have a meaning without one.
"""

import os
import sys

__all__ = [
    "get_config_h_filename",
    "get_config_var",
    "get_config_vars",
    "get_makefile_filename",
    "get_path",
    "get_path_names",
    "get_paths",
    "get_platform",
    "get_python_version",
    "get_scheme_names",
    "parse_config_h",
]

_NAMES = ("stdlib", "platstdlib", "purelib", "platlib", "include", "platinclude", "scripts", "data")


def _scheme(stdlib, platstdlib, purelib, platlib, include, scripts, data, platinclude=None):
    folders = (stdlib, platstdlib, purelib, platlib, include, platinclude, scripts, data)
    return {name: folder for name, folder in zip(_NAMES, folders) if folder is not None}


_VERSIONED = "python{py_version_short}"
_PREFIX = _scheme(
    stdlib="{installed_base}/{platlibdir}/" + _VERSIONED,
    platstdlib="{platbase}/{platlibdir}/" + _VERSIONED,
    purelib=f"{{base}}/lib/{_VERSIONED}/site-packages",
    platlib=f"{{platbase}}/{{platlibdir}}/{_VERSIONED}/site-packages",
    include=f"{{installed_base}}/include/{_VERSIONED}{{abiflags}}",
    platinclude=f"{{installed_platbase}}/include/{_VERSIONED}{{abiflags}}",
    scripts="{base}/bin",
    data="{base}",
)
_SCHEMES = {
    "posix_home": _scheme(
        stdlib="{installed_base}/lib/python",
        platstdlib="{base}/lib/python",
        purelib="{base}/lib/python",
        platlib="{base}/lib/python",
        include="{installed_base}/include/python",
        platinclude="{installed_base}/include/python",
        scripts="{base}/bin",
        data="{base}",
    ),
    "posix_prefix": _PREFIX,
    "posix_user": _scheme(
        stdlib="{userbase}/{platlibdir}/" + _VERSIONED,
        platstdlib="{userbase}/{platlibdir}/" + _VERSIONED,
        purelib=f"{{userbase}}/lib/{_VERSIONED}/site-packages",
        platlib=f"{{userbase}}/lib/{_VERSIONED}/site-packages",
        include="{userbase}/include/" + _VERSIONED,
        scripts="{userbase}/bin",
        data="{userbase}",
    ),
    "posix_venv": _PREFIX,
    "venv": _PREFIX,
}
_PREFERRED = {"prefix": "posix_prefix", "home": "posix_home", "user": "posix_user"}


def get_python_version():
    """The version as major and minor number."""
    return "%d.%d" % sys.version_info[:2]


def get_platform():
    """The system and the machine, as in the names of files made for them."""
    system, _, _, _, machine = os.uname()
    return f"{system.lower().replace('/', '')}-{machine.replace(' ', '_').replace('/', '-')}"


def _base():
    # The program is in the folder `bin` of its installation.
    return os.path.dirname(os.path.dirname(os.path.abspath(sys.executable or "bin/minipy")))


def _all_vars():
    prefix = getattr(sys, "prefix", None) or _base()
    base = getattr(sys, "base_prefix", None) or prefix
    major, minor, micro = sys.version_info[:3]
    return {
        "prefix": prefix,
        "exec_prefix": prefix,
        "py_version": f"{major}.{minor}.{micro}",
        "py_version_short": f"{major}.{minor}",
        "py_version_nodot": f"{major}{minor}",
        "py_version_nodot_plat": "",
        "installed_base": base,
        "installed_platbase": base,
        "base": prefix,
        "platbase": prefix,
        "projectbase": os.path.dirname(os.path.abspath(sys.executable or "minipy")),
        "platlibdir": "lib",
        "abiflags": "",
        "userbase": os.environ.get("PYTHONUSERBASE") or os.path.join(os.path.expanduser("~"), ".local"),
        "VERSION": f"{major}.{minor}",
        "Py_DEBUG": 0,
        "Py_ENABLE_SHARED": 0,
        "WITH_PYMALLOC": 0,
    }


_vars = None


def get_config_vars(*args):
    """All variables as a dictionary, or the values of some as a list, None for those there are not."""
    global _vars
    if _vars is None:
        _vars = _all_vars()
    return [_vars.get(name) for name in args] if args else _vars


def get_config_var(name):
    """The value of a variable, or None."""
    return get_config_vars().get(name)


def get_scheme_names():
    """The names of all schemes, which say what folders there are."""
    return tuple(sorted(_SCHEMES))


def get_path_names():
    """The names of the folders of a scheme."""
    return ("stdlib", "platstdlib", "purelib", "platlib", "include", "scripts", "data")


def get_preferred_scheme(key):
    """The scheme for "prefix", "home" or "user"."""
    if key == "prefix" and get_config_var("prefix") != get_config_var("base"):
        return "venv"
    return _PREFERRED[key]


def get_default_scheme():
    """The scheme that is used if none is named."""
    return "posix_prefix"


def get_paths(scheme=None, vars=None, expand=True):
    """The folders of a scheme by name; `vars` may say what its variables are."""
    folders = _SCHEMES[scheme or get_default_scheme()]
    if not expand:
        return folders
    values = {**get_config_vars(), **(vars or {})}
    return {name: os.path.normpath(folder.format(**values)) for name, folder in folders.items()}


def get_path(name, scheme=None, vars=None, expand=True):
    """A folder of a scheme."""
    return get_paths(scheme, vars, expand)[name]


def is_python_build(check_home=None):
    """Whether the program runs where it was built."""
    return False


def get_makefile_filename():
    """Where the Makefile of an installation would be."""
    return os.path.join(get_path("stdlib"), f"config-{get_python_version()}", "Makefile")


def get_config_h_filename():
    """Where pyconfig.h of an installation would be."""
    return os.path.join(get_path("platinclude"), "pyconfig.h")


def parse_config_h(fp, vars=None):
    """The definitions in a header file, as a dictionary."""
    vars = {} if vars is None else vars
    for line in fp:
        words = line.split(None, 2)
        if len(words) == 3 and words[0] == "#define":
            name, value = words[1], words[2].rstrip("\n")
            if not name.replace("_", "").isalnum():
                continue
            vars[name] = int(value) if value.lstrip("-").isdigit() else value
        elif len(words) >= 3 and words[:2] == ["/*", "#undef"]:
            vars[words[2].split()[0]] = 0
    return vars


def _main():
    print(f'Platform: "{get_platform()}"')
    print(f'Python version: "{get_python_version()}"')
    print(f'Current installation scheme: "{get_default_scheme()}"')
    for title, table in (("Paths", get_paths()), ("Variables", get_config_vars())):
        print()
        print(f"{title}: ")
        for name, value in sorted(table.items()):
            print(f'\t{name} = "{value}"')


if __name__ == "__main__":
    _main()
