import operator
from operator import *


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


print(operator.__all__)
pairs = [(7, 3), (-7, 2), (2.5, 2), ("a%s", "ab"), ([1], [2]), ({1, 2}, {2})]
for name in operator.__all__:
    f = getattr(operator, name)
    if name in ("call", "attrgetter", "itemgetter", "methodcaller", "setitem", "delitem", "length_hint"):
        continue
    for a, b in pairs:
        try:
            print(name, f(a, b))
        except Exception as e:
            print(name, type(e).__name__, e)
    try:
        print(name, f(5), f(True))
    except Exception as e:
        print(name, type(e).__name__, e)
print([n for n in dir(operator) if n.startswith("__") and n.strip("_") in dir(operator) or n == "__not__"])
print(operator.__add__ is operator.add, operator.__not__ is not_, __name__)

l = [1, 2, 3]
setitem(l, 1, 9)
delitem(l, 0)
print(l, getitem(l, 0), contains(l, 9), countOf([1, 1, True], 1), indexOf("abc", "c"))
x = [1]
y = iadd(x, (2,))
print(x is y, x, ior({1}, {2}), concat([1], [2]), iconcat(x, [5]), x)
print(call(max, 1, 2), call(dict, a=1), length_hint([1]), length_hint(3), length_hint(3, 7), length_hint(iter([1, 2])))


class H:
    def __init__(self, v):
        self.v = v

    def __length_hint__(self):
        if isinstance(self.v, Exception):
            raise self.v
        return self.v


for v in (5, "a", -1, NotImplemented, TypeError("x"), ValueError("y")):
    error(length_hint, H(v), 3)
error(length_hint, [], "a")
error(call)
error(index, 1.5)
error(concat, 1, 2)
error(countOf, 1, 2)
error(indexOf, [1], 2)
error(add, 1)
error(neg, "a")

g = itemgetter(1)
print(g, g([1, 2]), itemgetter(0, 2)("abc"), itemgetter("a", "b"), itemgetter(slice(1, 3))("abcd"), itemgetter("k")({"k": 1}))
error(itemgetter)
error(itemgetter, x=1)
error(g)
error(g, 1, 2)
error(g, [1])
error(g, 5)


class A:
    pass


a = A()
a.b = A()
a.b.c = 5
a.d = 6
print(attrgetter("b.c")(a), attrgetter("d", "b.c")(a), attrgetter("b.c"), attrgetter("d", "b.c"))
error(attrgetter)
error(attrgetter, 1)
error(attrgetter("x"), a)
error(attrgetter("b.x"), a)
error(attrgetter("a"))
print(methodcaller("upper")("a"), methodcaller("split", ",", maxsplit=1)("a,b,c"), methodcaller("split", ",", maxsplit=1))
error(methodcaller)
error(methodcaller, 1)
error(methodcaller("upper"))
error(methodcaller("nope", 1), 3)
print(itemgetter(1).__reduce__(), attrgetter("a", "b.c").__reduce__(), methodcaller("a", 1).__reduce__(), methodcaller("a", 1, b=2).__reduce__())
print(sorted([(1, "b"), (0, "c"), (2, "a")], key=itemgetter(1)), sorted(["bb", "a"], key=methodcaller("__len__")))


class I:
    def __index__(self):
        return 7


print(index(I()), index(True), truth([]), not_([]), is_(a, a), is_not(a, a))
import functools, itertools, collections
print(add.__module__, functools.reduce.__module__, len.__module__, [].append.__module__, itertools.tee.__module__)
