# Structures of a million objects are freed without using up the native stack.
import gc


class Node:
    __slots__ = ("next",)

    def __init__(self, next):
        self.next = next


def linked(n):
    head = None
    for _ in range(n):
        head = Node(head)
    return head


def nested(n, wrap):
    x = None
    for _ in range(n):
        x = wrap(x)
    return x


N = 1_000_000
x = linked(N)
del x
print("linked list")
x = nested(N, lambda x: [x])
del x
print("nested list")
x = nested(N // 4, lambda x: (x,))
del x
print("nested tuple")
x = nested(N // 4, lambda x: {1: x})
del x
print("nested dict")


def wrap(x):
    def f():
        return x

    return f


x = nested(N // 10, wrap)
del x
print("nested closures")


def gen(x):
    yield x


x = nested(N // 10, gen)
del x
print("nested generators")
x = nested(N // 10, lambda x: enumerate([x]))
del x
print("nested iterators")

x = linked(N)
last = x
while last.next:
    last = last.next
last.next = x
del x, last
print("ring", gc.collect() >= N)
x = nested(N, lambda x: [x])
y = [x]
y.append(y)
del x, y
print("list in a cycle", gc.collect() >= N)


class Del:
    count = 0

    def __init__(self, next):
        self.next = next

    def __del__(self):
        Del.count += 1


x = nested(20000, Del)
del x
print(Del.count)
x = nested(20000, Del)
y = [x]
y.append(y)
del x, y
gc.collect()
print(Del.count)


# Going down that deep otherwise is an error, not a crash.
def raises(what, f):
    try:
        f()
        print(what, "ended")
    except RecursionError as e:
        print(what, "RecursionError")


for name, make in (("list", lambda x: [x]), ("tuple", lambda x: (x,)), ("dict", lambda x: {1: x})):
    a, b = nested(100_000, make), nested(100_000, make)
    raises("repr " + name, lambda: repr(a))
    raises("== " + name, lambda: a == b)
    if name == "tuple":
        raises("<", lambda: a < b)
        raises("isinstance", lambda: isinstance(1, nested(100_000, lambda x: (x or str,))))
    a = b = None
