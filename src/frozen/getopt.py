"""Command line options as the C function getopt() knows them, with the long options of GNU."""

import os
from gettext import gettext as _

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    """An option that is unknown, or lacks its argument; `opt` is its name, `msg` the text."""

    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def _names(longopts):
    return [longopts] if isinstance(longopts, str) else list(longopts)


def getopt(args, shortopts, longopts=[]):
    """The options at the beginning of `args` as pairs of option and argument, and the arguments behind them."""
    longopts = _names(longopts)
    found = []
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            return found, args[1:]
        args = _read(found, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """As `getopt`, but other arguments may stand between options, unless POSIXLY_CORRECT or a leading + forbid it."""
    longopts = _names(longopts)
    options_first = shortopts.startswith("+")
    if options_first:
        shortopts = shortopts[1:]
    elif os.environ.get("POSIXLY_CORRECT"):
        options_first = True
    found, others = [], []
    while args:
        if args[0] == "--":
            return found, others + args[1:]
        if args[0].startswith("-") and args[0] != "-":
            args = _read(found, args, shortopts, longopts)
        elif options_first:
            return found, others + args
        else:
            others.append(args[0])
            args = args[1:]
    return found, others


def _read(found, args, shortopts, longopts):
    """Reads the options of the first argument; the arguments left."""
    if args[0].startswith("--"):
        return do_longs(found, args[0][2:], longopts, args[1:])[1]
    return do_shorts(found, args[0][1:], shortopts, args[1:])[1]


def do_longs(opts, opt, longopts, args):
    """Reads one long option."""
    opt, equals, value = opt.partition("=")
    takes_value, opt = long_has_args(opt, longopts)
    if takes_value and not equals:
        if not args:
            raise GetoptError(_("option --%s requires argument") % opt, opt)
        value, args = args[0], args[1:]
    elif equals and not takes_value:
        raise GetoptError(_("option --%s must not have an argument") % opt, opt)
    opts.append((f"--{opt}", value))
    return opts, args


def long_has_args(opt, longopts):
    """Whether the long option that begins so takes an argument, and its full name."""
    possible = [name for name in longopts if name.startswith(opt)]
    if not possible:
        raise GetoptError(_("option --%s not recognized") % opt, opt)
    if opt in possible:
        return False, opt
    if f"{opt}=" in possible:
        return True, opt
    if len(possible) > 1:
        raise GetoptError(_("option --%s not a unique prefix") % opt, opt)
    name = possible[0]
    return (True, name[:-1]) if name.endswith("=") else (False, name)


def do_shorts(opts, optstring, shortopts, args):
    """Reads a group of short options."""
    while optstring:
        opt, optstring = optstring[0], optstring[1:]
        value = ""
        if short_has_arg(opt, shortopts):
            if not optstring:
                if not args:
                    raise GetoptError(_("option -%s requires argument") % opt, opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        opts.append((f"-{opt}", value))
    return opts, args


def short_has_arg(opt, shortopts):
    """Whether a short option takes an argument."""
    at = -1 if opt == ":" else shortopts.find(opt)
    if at < 0:
        raise GetoptError(_("option -%s not recognized") % opt, opt)
    return shortopts.startswith(":", at + 1)
