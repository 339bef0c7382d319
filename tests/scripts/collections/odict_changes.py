# What iterators over ordered dictionaries notice, and what they do then.
from collections import OrderedDict


def step(it):
    try:
        return next(it)
    except Exception as e:
        return repr(e)


def changes(d):
    yield "delete", lambda: d.__delitem__("b")
    yield "add", lambda: d.__setitem__("z", 0)
    yield "set", lambda: d.__setitem__("b", 0)
    yield "last to the end", lambda: d.move_to_end("c")
    yield "first to the beginning", lambda: d.move_to_end("a", last=False)
    yield "first to the end", lambda: d.move_to_end("a")
    yield "popitem", lambda: d.popitem()


for number in range(7):
    for count in range(4):
        for make in iter, reversed:
            d = OrderedDict(a=1, b=2, c=3)
            name, change = list(changes(d))[number]
            it = make(d)
            seen = [next(it) for _ in range(count)]
            change()
            print(name, make.__name__, seen, step(it), step(it), list(d))

d = OrderedDict(a=1, b=2, c=3)
for key in d:
    if key == "c":
        del d[key]
print(d)

try:
    sorted([1], 2, key=3, foo=4)
except TypeError as e:
    print(e)
try:
    type(1, foo=2)
except TypeError as e:
    print(e)
