# `yield from`, `throw` and `close` with every kind of iterator, return values, the handled exception.
import sys


def returns():
    yield 1
    return 5


print(list(returns()), sum(returns()), [*returns()], sorted(returns()))
for x in returns():
    print(x)
(only,) = returns()
print(only, next(iter([]), "default"))
g = returns()
next(g)
try:
    next(g)
except StopIteration as e:
    print(e.value, e.args)
print(next(g, "over"))


class Iterator:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("value")
        return self.n


class Full(Iterator):
    def send(self, v):
        print("send", v)
        if v == "stop":
            raise StopIteration("sent")
        return v

    def throw(self, exc):
        print("throw", repr(exc))
        if isinstance(exc, KeyError):
            raise StopIteration("thrown")
        if isinstance(exc, IndexError):
            raise exc
        return "caught"

    def close(self):
        print("close")


def over(it):
    try:
        result = yield from it
        print("result", result)
    except Exception as e:
        print("except", type(e).__name__)
        yield "handled"
    finally:
        print("finally")


print(list(over(Iterator())), list(over(Full())), list(over(returns())), list(over([7])))
g = over(Full())
print(next(g), g.send("x"), g.throw(ValueError()), list(g))
g = over(Full())
next(g)
print(list(map(lambda _: next(g, "end"), range(1))))
try:
    g.send("stop")
except StopIteration:
    print("stopped")
for exc in (KeyError(), IndexError("i")):
    g = over(Full())
    next(g)
    try:
        print(g.throw(exc))
    except StopIteration:
        print("stopped")
g = over(Full())
next(g)
g.close()
g = over(Iterator())
next(g)
print(g.throw(ValueError("v")))
g.close()
g = over(returns())
next(g)
g.close()
e = StopIteration("same")


class Same:
    def __iter__(self):
        return self

    def __next__(self):
        raise e


try:
    next(Same())
except StopIteration as got:
    print(got is e)


def handling():
    try:
        raise ValueError("inner")
    except ValueError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]
        try:
            raise
        except ValueError as again:
            yield repr(again)
    yield sys.exc_info()[0]


g = handling()
print(next(g), sys.exc_info()[0])
try:
    raise KeyError("outer")
except KeyError:
    print(next(g), sys.exc_info()[0])
    print(next(g), sys.exc_info()[0])
print(next(g), sys.exc_info()[0])


def bad():
    yield 1
    raise StopIteration("no")


try:
    list(bad())
except RuntimeError as err:
    print(err, repr(err.__cause__))


def running():
    try:
        next(me)
    except ValueError as err:
        yield str(err)


me = running()
print(next(me))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as err:
    print(err)


def finishes():
    try:
        yield 1
    except GeneratorExit:
        return


g = finishes()
next(g)
print(g.close())
