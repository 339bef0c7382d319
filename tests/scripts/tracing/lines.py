"""Which lines a trace function is told of."""
import sys


def trace_of(f, *args):
    events = []
    first = f.__code__.co_firstlineno

    def tracer(frame, event, arg):
        if frame.f_code.co_filename != __file__:
            return None
        shown = arg
        if event == "exception":
            shown = (arg[0].__name__, str(arg[1]), type(arg[2]).__name__)
        elif not isinstance(arg, (int, str, type(None), tuple)):
            shown = type(arg).__name__
        events.append((frame.f_code.co_name, event, frame.f_lineno - first, shown))
        return tracer

    sys.settrace(tracer)
    try:
        f(*args)
    except Exception as e:
        events.append(repr(e))
    finally:
        sys.settrace(None)
    print(f.__name__)
    for e in events:
        if e[0] != "trace_of":
            print("   ", *e)


def straight(a):
    b = a + 1
    c = a + b
    return c


def branches(a):
    if a > 1:
        b = 1
    elif a:
        b = 2
    else:
        b = 3
    if a: b = 4
    if not a:
        pass
    return b


def loops(n):
    for i in range(n):
        if i == 1:
            continue
        n += i
    else:
        n = 0
    while n < 2:
        n += 1
    while True:
        n += 1
        if n > 3:
            break
    for x in "ab": n += 1
    return n


def tries(n):
    try:
        n = 10 // n
    except ZeroDivisionError as e:
        n = str(e)
    else:
        n = 1
    finally:
        m = n
    try:
        pass
    except ValueError:
        n = 1
    return m


def unhandled(n):
    for i in range(2):
        n.nothing(i)


def inner_calls(n):
    def double(x):
        return x * 2
    total = sum(map(double, range(n)))
    return total


def generate(n):
    yield n
    x = yield n + 1
    return x


def generating():
    g = generate(1)
    next(g)
    next(g)
    try:
        g.send(5)
    except StopIteration as e:
        r = e.value
    for i in generate(3):
        r += i
    return r


class Context:
    def __enter__(self):
        return 1

    def __exit__(self, *args):
        return True


def contexts():
    with Context() as c:
        c += 1
    with Context():
        raise ValueError("x")
    return c


def multi(a, b):
    return max(
        a,
        b,
        multi2(a),
    )


def multi2(
    x,
):
    y = {
        1: x,
        2: x + 1,
    }
    x = 3; y = 4
    return y


def nothing():
    pass


def documented():
    """What it does."""
    x = 1


def classes():
    class A:
        """doc"""
        x = 1

        def f(self):
            return self.x
    return A().f()


def deco(f):
    return f


def decorated():
    @deco
    @deco
    def g(x=1,
          y=2):
        return x
    lam = lambda z: z + 1
    return g() + lam(1)


def finallies(n):
    for i in range(2):
        try:
            if i:
                return i
        finally:
            n += 1


def chained(n):
    assert n, "message"
    x = n if n > 1 else 0
    y = 1 < n < 3
    z = (n and
         x or
         y)
    del x
    global unused
    return not n


for f, args in [(straight, (1,)), (branches, (0,)), (branches, (1,)), (branches, (2,)), (loops, (3,)), (tries, (0,)),
                (tries, (1,)), (unhandled, (1,)), (inner_calls, (2,)), (generating, ()), (contexts, ()),
                (multi, (1, 2)), (nothing, ()), (documented, ()), (classes, ()), (decorated, ()), (finallies, (0,)),
                (chained, (2,)), (chained, (0,))]:
    trace_of(f, *args)
