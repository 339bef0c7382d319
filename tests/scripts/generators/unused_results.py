# What is sent to a `yield` whose value nobody uses is let go at once; what is yielded stays what it was.
import weakref


class Thing:
    pass


def ignores(items):
    for item in items:
        yield item
    yield


def uses(items):
    for item in items:
        got = yield item
        print("got", got)


for make in ignores, uses:
    g = make(["a", "b", "c"])
    print(next(g), g.send("x"), g.send("y"))
    print(list(g))

thing = Thing()
gone = weakref.ref(thing)
g = ignores([1, 2, 3])
next(g)
g.send(thing)
del thing
print(gone() is None, next(g))


def changes(x):
    yield x
    x += 1
    yield x
    yield (x := x * 2), x
    (yield x)
    print((yield), x)


print(list(changes(20)))
print([x for x in [1, 2] for x in (x, x + 1)], {x: x for x in "ab"}, {x for x in [1, 1]}, list(x for x in "ab"))


def unassigned(flag):
    if flag:
        x = 1
    yield x


try:
    list(unassigned(False))
except UnboundLocalError as e:
    print(e)


def one():
    yield 1
    yield 2


def other():
    yield 10
    yield 20


g = one()
print(next(g))
one.__code__ = other.__code__
print(list(g), list(one()))


def delegates():
    yield from ignores([1])
    try:
        yield 2
    except ValueError as e:
        yield repr(e)
    yield 3


g = delegates()
print(next(g), g.send(None), g.send("z"), g.throw(ValueError("v")), next(g))
