# stderr
"""Exceptions thrown into generators that wait, have not begun or have ended: their tracebacks and contexts."""

import sys
import traceback


def lines(e):
    found, t = [], e.__traceback__
    while t:
        found.append((t.tb_frame.f_code.co_name, t.tb_lineno, t.tb_lasti >= 0))
        t = t.tb_next
    return found


def waiting():
    try:
        yield 1
    except ValueError as e:
        print("in", repr(e.__context__), sys.exc_info()[0])
        yield 2


def empty():
    return
    yield


def delegating():
    yield from waiting()


def drive(make, steps, kind):
    g = make()
    for _ in range(steps):
        next(g, None)
    try:
        print(g.throw(kind))
    except BaseException as e:
        print(type(e), repr(e.__context__), repr(e.__cause__), lines(e))


KINDS = [
    lambda: ValueError("a"), lambda: ValueError, lambda: KeyError("k"), lambda: StopIteration("s"),
    lambda: GeneratorExit(), lambda: StopIteration,
]
for make in waiting, empty, delegating:
    for steps in range(3):
        for kind in KINDS:
            print(make.__name__, steps, repr(kind()))
            drive(make, steps, kind())
            try:
                raise IndexError("outer")
            except IndexError:
                drive(make, steps, kind())


async def coroutine():
    pass


for kind in KINDS:
    try:
        coroutine().throw(kind())
    except BaseException:
        traceback.print_exc()
try:
    waiting().throw(ValueError("x"))
except ValueError:
    traceback.print_exc()

# What raises it again does give it a context.
error = KeyError("thrown")
try:
    waiting().throw(error)
except KeyError:
    pass
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise error
except KeyError as e:
    print(repr(e.__context__))


def closing():
    try:
        yield
    except GeneratorExit as e:
        print(repr(e.__context__))


g = closing()
next(g)
try:
    raise IndexError("outer")
except IndexError:
    g.close()


def handling():
    try:
        yield 1
    except KeyError:
        try:
            yield 2
        except ValueError as e:
            print(repr(e.__context__), sys.exc_info()[0])
        yield 3


def outer(inner):
    yield from inner


for wrap in lambda g: g, outer:
    for last in ValueError("last"), LookupError("last"):
        g = wrap(handling())
        next(g)
        print(g.throw(KeyError("first")))
        try:
            raise IndexError("outside")
        except IndexError:
            try:
                print(g.throw(last))
            except LookupError as e:
                print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
