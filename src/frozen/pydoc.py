"""Documentation of what is there: help(), and as text."""

import builtins
import importlib
import inspect
import keyword
import re
import sys

from _pydoc_text import (
    PlainTextDoc as _PlainTextDoc, TextDoc, TextRepr, classname, getdoc, isdata, plain_doc as _getdoc, splitdoc,
    visiblename,
)

__all__ = ["help"]

text = TextDoc()
plaintext = _PlainTextDoc()


def plain(text):
    """A text without bold characters."""
    return re.sub(".\b", "", text)


def pager(text):
    """Write a text to standard output."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(plain(text).encode(encoding, "backslashreplace").decode(encoding))


def describe(thing):
    """What something is, in a few words."""
    if inspect.ismodule(thing):
        kind = "package" if hasattr(thing, "__path__") else "module"
        return f"{'built-in module' if thing.__name__ in getattr(sys, 'builtin_module_names', ()) else kind} {thing.__name__}"
    for is_kind, kind in ((inspect.isgetsetdescriptor, "getset"), (inspect.ismemberdescriptor, "member")):
        if is_kind(thing):
            owner = thing.__objclass__
            return f"{kind} descriptor {owner.__module__}.{owner.__name__}.{thing.__name__}"
    for is_kind, kind in (
        (inspect.isbuiltin, "built-in function"), (inspect.isclass, "class"), (inspect.isfunction, "function"),
        (inspect.ismethod, "method"),
    ):
        if is_kind(thing):
            return f"{kind} {thing.__name__}"
    return type(thing).__name__


def locate(path, forceload=0):
    """What a dotted name stands for, or None."""
    parts = [part for part in path.split(".") if part]
    found, n = None, 0
    while n < len(parts):
        try:
            found = importlib.import_module(".".join(parts[:n + 1]))
        except ImportError:
            break
        n += 1
    found = builtins if found is None else found
    for part in parts[n:]:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


def resolve(thing, forceload=0):
    """An object, which may be given by its dotted name, and its name."""
    if not isinstance(thing, str):
        name = getattr(thing, "__name__", None)
        return thing, name if isinstance(name, str) else None
    found = locate(thing, forceload)
    if found is None:
        raise ImportError(
            f"No Python documentation found for {thing!r}.\n"
            "Use help() to get the interactive help utility.\n"
            "Use help(str) for help on the str class."
        )
    return found, thing


def render_doc(thing, title="Python Library Documentation: %s", forceload=0, renderer=None):
    """The documentation of an object, or of what has this name, as text."""
    thing, name = resolve(thing, forceload)
    what = describe(thing)
    module = inspect.getmodule(thing)
    if name and "." in name:
        what += f" in {name.rpartition('.')[0]}"
    elif module and module is not thing:
        what += f" in module {module.__name__}"
    kinds = (inspect.ismodule, inspect.isclass, inspect.isroutine, inspect.isdatadescriptor)
    if not any(kind(thing) for kind in kinds) and not _getdoc(thing):
        # An instance has no more to say than its class.
        if hasattr(thing, "__origin__"):
            thing = thing.__origin__
        else:
            thing = type(thing)
            what += " object"
    return title % what + "\n\n" + (renderer or text).document(thing, name)


def doc(thing, title="Python Library Documentation: %s", forceload=0, output=None, is_cli=False):
    """Write the documentation of an object, or of what has this name."""
    try:
        if output is None:
            pager(render_doc(thing, title, forceload))
        else:
            output.write(render_doc(thing, title, forceload, plaintext))
    except ImportError as e:
        if is_cli:
            raise
        print(e)


class Helper:
    """help(), which asks for names, and help(thing)."""

    _ask = object()

    def __init__(self, input=None, output=None):
        self._input = input
        self._output = output

    @property
    def input(self):
        return self._input or sys.stdin

    @property
    def output(self):
        return self._output or sys.stdout

    def __repr__(self):
        return "<pydoc.Helper instance>"

    def __call__(self, request=_ask):
        if request is self._ask:
            self.interact()
        else:
            self.help(request)

    def interact(self):
        """Ask for names until there is none."""
        self.output.write("Names of modules, keywords and objects; nothing to leave.\n")
        while True:
            try:
                self.output.write("help> ")
                self.output.flush()
                request = self.input.readline().strip()
            except (KeyboardInterrupt, EOFError):
                break
            if not request or request in ("q", "quit"):
                break
            self.help(request.strip("'\""))

    def help(self, request, is_cli=False):
        """Write the documentation of an object, or of what has this name."""
        if isinstance(request, Helper):
            self()
        elif isinstance(request, str):
            self._help_on(request.strip(), is_cli)
        else:
            doc(request, "Help on %s:", output=self._output, is_cli=is_cli)
        self.output.write("\n")

    def _help_on(self, request, is_cli):
        if request == "keywords":
            self.output.write("\n".join(keyword.kwlist) + "\n")
        elif request in ("True", "False", "None"):
            doc(eval(request), "Help on %s:", output=self._output)
        elif request:
            doc(request, "Help on %s:", output=self._output, is_cli=is_cli)
        else:
            doc(str, "Help on %s:", output=self._output, is_cli=is_cli)


help = Helper()


def cli():
    """pydoc NAME ...: write the documentation of each."""
    for name in sys.argv[1:]:
        try:
            help.help(name, is_cli=True)
        except ImportError as e:
            print(e)
            sys.exit(1)


if __name__ == "__main__":
    cli()
