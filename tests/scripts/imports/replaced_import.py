# A program may put a function of its own in the place of __import__.
import builtins

real = builtins.__import__
calls = []


def logged(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level, globals["__name__"]))
    return real(name, globals, locals, fromlist, level)


def refusing(name, *args, **kwargs):
    if name.startswith("sec"):
        raise ImportError(f"{name} is refused")
    return real(name, *args, **kwargs)


builtins.__import__ = logged
import string
import os.path
from string import digits, ascii_letters
import os.path as p


def inside():
    from string import punctuation

    return punctuation[:3]


print(inside(), digits, p.__name__, os.__name__)
builtins.__import__ = real
print([c for c in calls if c[3] == "__main__"])

builtins.__import__ = refusing
try:
    import secrets
except ImportError as error:
    print(error)
try:
    from sector import nothing
except ImportError as error:
    print(error)
import textwrap
print(textwrap.__name__)
builtins.__import__ = lambda *args: args[0] + str(args[3])
import one
import two.three
from four import upper as five
print(one, two, five())
builtins.__import__ = real
del builtins.__import__
try:
    import string
except ImportError as error:
    print(error)
