"""What throw() makes of its arguments; positional-only parameters by name; calls of what has no name."""

import sys


def echo():
    while True:
        try:
            print("got", (yield))
        except (ValueError, TypeError) as e:
            print("caught", repr(e), e.__traceback__ is not None)


g = echo()
next(g)
g.throw(ValueError, TypeError(1))
g.throw(ValueError, ValueError(1), None)
g.throw(ValueError, ("a", "b"))
g.throw(ValueError, "text")
g.throw(ValueError)
g.throw(ValueError("instance"))
try:
    raise ValueError("with traceback")
except ValueError:
    g.throw(*sys.exc_info())
for args in [(ValueError, "foo", 23), (ValueError(1), 2), ("x",), (int,)]:
    try:
        g.throw(*args)
    except TypeError as e:
        print(e)


def f(a, b, c=1, /, d=2):
    pass


def k(a, b=1, /, **rest):
    return a, b, rest


for keywords in [{"a": 1}, {"b": 1, "a": 2}, {"d": 1, "c": 2}, {"z": 1}, {"a": 1, "z": 2}]:
    try:
        f(0, **keywords)
    except TypeError as e:
        print(e)
print(k(1, b=2, a=3))
nothing = None
for code in ["nothing(*len)", "nothing(**len)", "f(*3)", "f(**3)", "(lambda: 0)(*1)", "f(**{'a': 1}, **{'a': 2})"]:
    try:
        eval(code)
    except TypeError as e:
        print(code, "->", e)
