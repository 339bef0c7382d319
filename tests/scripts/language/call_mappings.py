# `**` alone in a call: mappings that are no dictionaries, wrong keys, and whose dictionary the callee gets.
import collections


def f(*args, **kwargs):
    return args, kwargs


class Mapping:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, key):
        return key * 2


class Sub(dict):
    pass


given = {"x": 1}
args, kwargs = f(**given)
kwargs["y"] = 2
print(given, kwargs is given, f(**{}), f(*(), **{}))
print(f(**Mapping()), f(**Sub(z=3)), f(**collections.OrderedDict(q=1, r=2)), dict(**Mapping()))
print((lambda a, b=2, *, c=3: (a, b, c))(**{"c": 0, "a": 1}), f(*[1], **given), f(1, **given))
for call in (
    lambda: f(**1),
    lambda: f(**None),
    lambda: f(**[("a", 1)]),
    lambda: f(**{1: 2}),
    lambda: print(**{1: 2}),
    lambda: dict(**{1: 2}),
    lambda: f(*1, **2),
    lambda: f(a=1, **{"a": 2}),
    lambda: f(**{"a": 1}, **{"a": 2}),
    lambda: (lambda a: a)(**{"b": 1}),
    lambda: (lambda a: a)(1, **{"a": 1}),
    lambda: (lambda a, /: a)(**{"a": 1}),
    lambda: int(**{"nope": 1}),
):
    try:
        print(call())
    except TypeError as e:
        print("TypeError:", e)


class Strange(str):
    pass


print(f(**{Strange("s"): 1, "é": 2, "".join(["joi", "ned"]): 3}))
print(max(*[3, 1, 2], **{"key": lambda v: -v}), "{a}{b}".format(**Mapping()))


def deco(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


class C:
    @deco
    def method(self, a, b=1, *rest, c, **more):
        return a, b, rest, c, more


print(C().method(1, c=2), C().method(1, 2, 3, c=4, d=5, e=6))
