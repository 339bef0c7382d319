"""Traceback and frame objects."""
import sys


def inner(x):
    y = x * 2
    raise ValueError(y)


def outer(x):
    z = x + 1
    return inner(z)


def names(tb):
    found = []
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return found


try:
    outer(1)
except ValueError as e:
    tb = e.__traceback__
    print(type(tb).__name__, names(tb))
    print(tb is sys.exc_info()[2], sys.exc_info()[:2])
    last = tb.tb_next.tb_next
    print(sorted(last.tb_frame.f_locals.items()))
    print(sorted(last.tb_frame.f_back.f_locals.items()))
    print(last.tb_frame.f_back.f_back.f_code.co_name, last.tb_frame.f_back.f_back.f_back)
    print(last.tb_frame.f_globals is globals(), last.tb_next)
    saved = e

print(names(saved.__traceback__))
print(names(saved.with_traceback(None).__traceback__), saved.__traceback__)
try:
    raise saved
except ValueError as e:
    print(names(e.__traceback__))
    try:
        raise e
    except ValueError as again:
        print(names(again.__traceback__))

for bad in (1, "x"):
    try:
        saved.__traceback__ = bad
    except TypeError as e:
        print(e)
try:
    del saved.__traceback__
except TypeError as e:
    print(e)
print(sys.exc_info())


def who():
    f = sys._getframe()
    return f.f_code.co_name, f.f_back.f_code.co_name, f.f_lineno


def caller():
    return who()


print(caller())
print(sys._getframe().f_code.co_name, sys._getframe().f_back)
try:
    sys._getframe(100)
except ValueError as e:
    print(e)


def generator():
    yield sys._getframe().f_back.f_code.co_name
    yield sys._getframe().f_code.co_name


print(list(generator()))


def reraise():
    try:
        inner(3)
    except ValueError as e:
        raise KeyError("other") from e


try:
    reraise()
except KeyError as e:
    print(names(e.__traceback__), names(e.__cause__.__traceback__), e.__context__ is e.__cause__)


def through_finally():
    try:
        inner(4)
    finally:
        print("finally", sys.exc_info()[0])


try:
    through_finally()
except ValueError as e:
    print(names(e.__traceback__))


def locals_after():
    a = 1
    f = sys._getframe()
    b = [a]
    return f


f = locals_after()
print(sorted(k for k in f.f_locals), f.f_locals["b"], f.f_code.co_varnames)
f.clear()
print(f.f_locals)


class Finalizer:
    def __del__(self):
        print("del", sys._getframe().f_code.co_name)


def drops():
    x = Finalizer()
    return 5


print(drops())
