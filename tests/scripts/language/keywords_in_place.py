# Arguments by keyword that stand where their parameters are, and those that do not.
def f(a, b=2, c=3):
    return a, b, c


def only(a, /, b, c=3):
    return a, b, c


def named(a, b=2, *, c=3):
    x = a
    return x, b, c


def rest(a, b=2, *args, **kw):
    return a, b, args, kw


calls = [
    "f(1, b=5)", "f(a=1)", "f(a=1, b=5, c=6)", "f(1, c=6)", "f(1, c=6, b=5)", "f(1, 2, c=4)", "f(1, 2, 3, c=4)",
    "f(1, 2, c=4, d=5)", "f(b=1)", "f(b=1, a=2)", "f(1, a=2)", "f(1, b=2, b2=3)", "only(1, b=2)", "only(a=1, b=2)",
    "only(1, 2, c=4)", "only(1)", "only(1, b=2, c=3)", "named(1, b=2)", "named(1, b=2, c=4)", "named(1, 2, c=4)",
    "named(a=1)", "named(c=1)", "rest(1, b=3)", "rest(1, b=3, c=4)", "rest(1, 2, b=3)", "rest(a=1, b=2)",
    "f(1, 2, 3, 4)", "f(**{'a': 1, 'b': 5})", "f(1, **{'b': 5})", "f(*[1], c=3)",
]
for call in calls:
    try:
        print(call, eval(call))
    except TypeError as e:
        print(call, e)


def generator(a, b=2):
    yield a, b


print(list(generator(1, b=5)), list(generator(a=3)))


def free():
    def read():
        return late

    try:
        read()
    except NameError as e:
        print(type(e).__name__, e)
    late = 1
    return read()


print(free())
