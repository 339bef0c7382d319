# Class patterns, and the objects that patterns talk to.


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Point3(Point):
    __match_args__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


def where(p):
    match p:
        case Point3(x, y, z=0):
            return ("flat", x, y)
        case Point3(z=z):
            return ("deep", z)
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return ("axis", y)
        case Point(Point(a, b), _):
            return ("nested", a, b)
        case Point():
            return "somewhere"
        case Point:
            return "name"


for p in (
    Point(0, 0),
    Point(0, 3),
    Point(4, 0),
    Point(1, 1),
    Point(Point(5, 6), 7),
    Point3(1, 2, 0),
    Point3(1, 2, 3),
    8,
):
    print(where(p))


def builtin(x):
    match x:
        case bool(b):
            return ("bool", b)
        case int(i):
            return ("int", i)
        case float(f):
            return ("float", f)
        case str(s):
            return ("str", s)
        case bytes(s):
            return ("bytes", s)
        case list([a, *_]):
            return ("list", a)
        case list(l):
            return ("list", l)
        case tuple(t):
            return ("tuple", t)
        case dict({"k": v}):
            return ("dict", v)
        case dict(d):
            return ("dict", d)
        case set(s):
            return ("set", s)
        case frozenset(s):
            return ("frozenset", s)
        case type():
            return "type"
        case object(__class__=c):
            return c.__name__


for x in (True, 3, 1.5, "s", b"b", [1, 2], [], (1,), {"k": 1}, {}, {1}, frozenset([2]), int, range(2), None):
    print(builtin(x))


class MyInt(int):
    pass


class MyList(list):
    pass


class MyDict(dict):
    pass


print(builtin(MyInt(4)), builtin(MyList([5])), builtin(MyDict(k=6)))
match MyList([1, 2]):
    case [a, b]:
        print("list subclass", a, b)
match MyDict(z=1, w=2):
    case {"z": z, **rest}:
        print("dict subclass", z, rest, type(rest).__name__)


class Lookup(dict):
    def get(self, key, default=None):
        print("get", key)
        return super().get(key, default)

    def __missing__(self, key):
        print("missing")
        return key


match Lookup(a=1):
    case {"a": 1, "b": _}:
        print("no")
    case {"a": one}:
        print(one)


class Attributes:
    __match_args__ = ["a"]


class Numbers:
    __match_args__ = (1,)


class Twice:
    __match_args__ = ("a", "a")
    a = 1


class Failing:
    __match_args__ = ("ok", "bad")
    ok = 1

    @property
    def bad(self):
        raise KeyError("bad")


class Lacking:
    @property
    def gone(self):
        raise AttributeError("gone")


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def positional(cls, v):
    match v:
        case cls(a):
            return ("matched", a)


def two(cls, v):
    match v:
        case cls(a, b):
            return ("matched", a, b)


def keyword(cls, v):
    match v:
        case cls(a, a=b):
            return ("matched", a, b)


attempt(lambda: positional(Attributes, Attributes()))
attempt(lambda: positional(Numbers, Numbers()))
attempt(lambda: two(Twice, Twice()))
attempt(lambda: keyword(Twice, Twice()))
attempt(lambda: two(Failing, Failing()))
attempt(lambda: positional(object, 1))
attempt(lambda: two(int, 1))
attempt(lambda: two(Point, Point(1, 2)))
attempt(lambda: positional(Point, Point(1, 2)))
attempt(lambda: two(5, 1))
attempt(lambda: positional("s", "s"))
attempt(lambda: positional((int, str), 1))


def three(p):
    match p:
        case Point(1, 2, 3):
            pass


attempt(lambda: three(Point(1, 2)))
attempt(lambda: three(7))


def lacking(v):
    match v:
        case Lacking(gone=_):
            return "there"
        case Lacking(other=_):
            return "other"
        case Lacking():
            return "lacks"


attempt(lambda: lacking(Lacking()))


class K:
    one = "a"
    two = "a"


def duplicates(v):
    match v:
        case {K.one: _, K.two: _}:
            return "both"


attempt(lambda: duplicates({"a": 1, "b": 2}))
attempt(lambda: duplicates({}))


class Meta(type):
    def __instancecheck__(cls, v):
        print("instancecheck", v)
        return v == 3


class Three(metaclass=Meta):
    pass


for v in (3, 4):
    match v:
        case Three():
            print("is three")
        case _:
            print("is not")


class Equal:
    def __eq__(self, other):
        print("eq", other)
        return other == 2


class Holder:
    e = Equal()


match 2:
    case Holder.e:
        print("equal")


class Counting(list):
    def __len__(self):
        print("len")
        return super().__len__()

    def __getitem__(self, i):
        print("item", i)
        return super().__getitem__(i)


match Counting([1, 2, 3]):
    case [1, *_, 4]:
        print("no")
    case [1, *_, 3]:
        print("ends")


class Died:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


# The subject is released when its case begins.
match Died(1):
    case Died(n=n):
        print("body", n)
match [Died(2), 3]:
    case [_, 4]:
        print("no")
    case [x, 3]:
        del x
        print("deleted")
print("end")
