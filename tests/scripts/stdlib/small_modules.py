# Modules and names that few programs use.
import asyncio
import asyncio.constants
import asyncio.staggered
import asyncio.trsock
import functools
import collections.abc as c
import json.decoder
import modulefinder
import os
import re
import readline
import socket
import sys
import tempfile

# Staggered races.
async def after(seconds, result):
    await asyncio.sleep(seconds)
    if isinstance(result, Exception):
        raise result
    return result


async def races():
    race = asyncio.staggered.staggered_race
    for given, delay in (
        ([(0.02, "slow"), (0.001, "quick")], 0.005), ([(0, ValueError("no")), (0, "second")], None), ([], None),
        ([(0, KeyError(1)), (0, IndexError(2))], 0.001), ([(0.001, "first"), (0, "never")], None),
    ):
        functions = [functools.partial(after, *arguments) for arguments in given]
        print(await race(functions, delay))


asyncio.run(races())
names = [name for name in dir(asyncio.constants) if name.isupper()]
print({name: getattr(asyncio.constants, name) for name in names}, list(asyncio.constants._SendfileMode))
one, other = socket.socketpair()
with one, other:
    transport = asyncio.trsock.TransportSocket(one)
    print(transport.family, transport.type, transport.proto, transport.gettimeout(), transport.fileno() == one.fileno())
    print(re.sub(r"fd=\d+", "fd=N", repr(transport)))
    for wrong in lambda: transport.settimeout(1), lambda: transport.setblocking(True), transport.__getstate__:
        try:
            wrong()
        except (ValueError, TypeError) as e:
            print(e)
    transport.settimeout(0), transport.setblocking(False), transport.shutdown(socket.SHUT_WR)
    print(other.recv(1))
print(repr(transport).partition(" ")[2])

# The history of lines.
readline.clear_history()
for line in "one", "two", "three":
    readline.add_history(line)
print(readline.get_current_history_length(), readline.get_history_item(1), readline.get_history_item(9))
readline.replace_history_item(1, "zwei")
readline.remove_history_item(0)
with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "history")
    readline.write_history_file(file)
    readline.add_history("four")
    readline.append_history_file(1, file)
    print(open(file).read().split())
    readline.clear_history()
    readline.read_history_file(file)
    print([readline.get_history_item(n) for n in range(1, 4)], readline.get_history_length())
    readline.clear_history()
    for wrong in (
        lambda: readline.remove_history_item(7), lambda: readline.replace_history_item(-1, ""),
        lambda: readline.read_history_file(os.path.join(folder, "none")), lambda: readline.set_completer(3),
    ):
        try:
            wrong()
        except (ValueError, OSError, TypeError) as e:
            print(type(e).__name__)
    readline.set_completer(str.upper)
    readline.set_completer_delims(" ")
    readline.parse_and_bind("tab: complete")
    print(readline.get_completer(), repr(readline.get_completer_delims()))

    # The modules that a script imports.
    for name, text in {
        "main.py": "import helper, missing\nfrom package import inner, value\nfrom package import nothing\nx = 1\n",
        "helper.py": "import package.deep\n",
        "package/__init__.py": "value = 3\nfrom . import inner\n",
        "package/inner.py": "from .deep import y\nfrom .absent import z\n",
        "package/deep.py": "y = 1\ndef f():\n    import hidden\n",
    }.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as out:
            out.write(text)
    finder = modulefinder.ModuleFinder([folder])
    finder.run_script(os.path.join(folder, "main.py"))
    print(sorted(finder.modules))
    print({name: sorted(by) for name, by in sorted(finder.badmodules.items())})
    print([sorted(part) for part in finder.any_missing_maybe()], sorted(finder.any_missing()))
    print(sorted(finder.modules["package"].globalnames), sorted(finder.modules["__main__"].globalnames))
    print(repr(finder.modules["helper"]).replace(folder, "..."), finder.modules["package"].__path__ == [folder + "/package"])

# JSON's names.
print(json.decoder.WHITESPACE.pattern, json.decoder.WHITESPACE.match("  x").end(), int(json.decoder.FLAGS))


# The classes that single dispatch looks at.
@functools.singledispatch
def which(arg):
    return "base"


class Sized(c.Sized):
    def __len__(self):
        return 0


for abstract in c.Iterable, c.Container, c.Sized, c.Set:
    which.register(abstract, lambda arg, name=abstract.__name__: name)
print(which(Sized()))
for abstract in c.Iterable, c.Container, c.Set:
    abstract.register(Sized)
    print(which(Sized()))


class Plain:
    pass


print(which(Plain()))
c.Iterable.register(Plain)
print(which(Plain()))
c.Container.register(Plain)
try:
    which(Plain())
except RuntimeError as e:
    print(e)
try:
    class Twice:
        a = functools.cached_property(lambda self: 1)
        b = a
except RuntimeError as e:
    print(e, repr(e.__context__), e.__cause__ is e.__context__)
made = functools.partial(print)
made.x = 1
made.__setstate__((repr, (), {}, None))
print(made.__dict__, made(3))
