# In which order the contents of things die with them.
class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n, end=" ")


def show(name, f):
    print(name, end=": ")
    f()
    print()


def all_of(n=4):
    return [D(i) for i in range(n)]


show("list", all_of)
show("tuple", lambda: (D(1), D(2), D(3)))
show("dict", lambda: {i: D(i) for i in range(4)})
show("nested", lambda: [[D(1), D(2)], (D(3), D(4)), {1: D(5), 2: D(6)}])


class I:
    def __init__(self):
        self.a = D(1)
        self.b = D(2)
        self.c = D(3)


show("instance", I)


def locals_():
    a = D(1)
    c = D(2)
    b = D(3)


show("locals", locals_)


def f(a, b, c):
    pass


show("arguments", lambda: f(D(1), D(2), D(3)))


def clear():
    l = all_of()
    l.clear()


show("clear", clear)


def slices():
    l = all_of(8)
    l[1:3] = []
    print("|", end=" ")
    del l[:2]
    print("|", end=" ")
    del l[::2]
    print("|", end=" ")
    l[:] = [1]


show("slices", slices)


def dict_clear():
    d = {i: D(i) for i in range(4)}
    del d[1]
    d.clear()


show("dict.clear", dict_clear)


def closure():
    a, b = D(1), D(2)

    def f():
        return a, b

    return f


show("closure", closure)


def defaults():
    def f(x=D(1), y=D(2)):
        pass


show("defaults", defaults)


def suspended():
    def g(a, b):
        c = D(3)
        yield
        d = D(4)
        yield

    x = g(D(1), D(2))
    next(x)
    next(x)


show("generator", suspended)


def replaced():
    x = D(1)
    x = D(2)
    print("|", end=" ")
    x = None


show("replaced", replaced)
show("temporaries", lambda: (D(1).n, D(2).n))


class WithInit:
    def __init__(self):
        self.d = D("before")
        raise ValueError


def failed():
    try:
        WithInit()
    except ValueError:
        pass


show("failed __init__", failed)


def linked():
    x = None
    for i in range(5):
        y = D(i)
        y.next = x
        x = y


show("linked", linked)
