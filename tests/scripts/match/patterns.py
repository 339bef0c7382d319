# Every kind of pattern.


def literal(x):
    match x:
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5:
            return "one and a half"
        case "text":
            return "text"
        case b"bytes":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case False:
            return "false"
        case _:
            return "other"


for x in (0, 0.0, False, True, 1, -1, -1.0, 1.5, "text", b"bytes", None, [], "tex", 10**30):
    print(repr(x), literal(x))


class Color:
    RED = 1
    GREEN = "g"

    class Deep:
        BLUE = (1, 2)


def value(x):
    match x:
        case Color.RED:
            return "red"
        case Color.GREEN:
            return "green"
        case Color.Deep.BLUE:
            return "blue"
    return "no"


print([value(x) for x in (1, 1.0, "g", (1, 2), [1, 2], True, 2)])


def sequence(x):
    match x:
        case []:
            return "empty"
        case [a]:
            return ("one", a)
        case [1, b]:
            return ("starts with one", b)
        case [a, [b, c]]:
            return ("nested", a, b, c)
        case [a, b]:
            return ("two", a, b)
        case [0, *rest, 9]:
            return ("between", rest)
        case [first, *_, last] if first == last:
            return ("same ends", first)
        case (first, *_):
            return ("many", first)


for x in (
    [],
    (),
    [5],
    (1, 2),
    [3, (4, 5)],
    [3, 4],
    [0, 1, 2, 9],
    (0, 9, 9),
    range(3),
    [7, 8, 7],
    "ab",
    b"ab",
    {1, 2},
    {1: 2},
    iter([1]),
    5,
):
    shown = "iterator" if hasattr(x, "__next__") else x
    print(shown, sequence(x))


def star(x):
    match x:
        case *a, 1:
            return ("ends in one", a)
        case 2, *a:
            return ("starts with two", a)
        case [*a]:
            return ("all", a)
        case [*_]:
            return "never"


print(star([1]), star((2, 3)), star([5, 4]), star([]), star("x"))


def wild(x):
    match x:
        case [_, _]:
            return 2
        case [_, *_]:
            return "1+"
        case [*_]:
            return 0


print(wild([1, 2]), wild([1]), wild([1, 2, 3]), wild([]))


def by_index(x):
    match x:
        case [1, _, *_, 2, _]:
            return "a"
        case [_, *_, 3]:
            return "b"
        case [4, *_]:
            return "c"


print(by_index([1, 0, 2, 0]), by_index([1, 0, 5, 2, 0]), by_index([0, 3]), by_index([3]), by_index([4]))


def mapping(x):
    match x:
        case {"type": "circle", "r": r}:
            return ("circle", r)
        case {"type": "square", **rest}:
            return ("square", rest)
        case {1: {2: deep}}:
            return ("deep", deep)
        case {Color.GREEN: v, None: w}:
            return ("value keys", v, w)
        case {"only": _}:
            return "only"
        case {**everything} if len(everything) > 3:
            return ("big", everything)
        case {}:
            return "mapping"


for x in (
    {"type": "circle", "r": 3, "x": 1},
    {"type": "circle"},
    {"type": "square", "side": 2},
    {1: {2: 3}},
    {"g": 1, None: 2},
    {"only": 5},
    {},
    dict.fromkeys(range(5)),
    [("type", "circle")],
):
    print(x, mapping(x))


def either(x):
    match x:
        case 1 | 2 | 3:
            return "small"
        case [a, 1] | [1, a] | {"a": a}:
            return ("bound", a)
        case (a, b, 5) | (b, 5, a):
            return (a, b)
        case "x" | "y" as letter:
            return letter
        case int() | float() as n if n > 100:
            return ("large", n)
        case (str() | None) as t:
            return ("text or none", t)


for x in (1, 3, [7, 1], [1, 8], {"a": 4}, (1, 2, 5), (1, 5, 2), "y", 101, 1e3, 4, "z", None):
    print(x, either(x))


def as_patterns(x):
    match x:
        case [1 as one, (2 | 3) as two, [*_] as three] as whole:
            return (one, two, three, whole)
        case {"k": [_, _] as pair, **rest}:
            return (pair, rest)
        case (a as b):
            return (a, b)


print(as_patterns([1, 3, (4,)]), as_patterns({"k": [1, 2], "j": 0}), as_patterns(5))


def guards(x):
    match x:
        case n if n < 0:
            return "negative"
        case n if n == 0:
            return "zero"
        case n if (m := n * 2) > 10:
            return ("big", m)
        case n:
            return ("small", n)


print([guards(x) for x in (-1, 0, 5, 6)])

# Names are bound only when the whole pattern is accepted, and stay bound when the guard refuses.
a = b = "old"
match [1, 2]:
    case [a, 3]:
        pass
    case [a, b] if False:
        pass
print(a, b)
match (1, 2), 3:
    case (x, y), z:
        print(x, y, z)
match 1,:
    case [one]:
        print("tuple", one)
match {"k": 1}, *[2, 3]:
    case {"k": k}, *others:
        print(k, others)

# Soft keywords are still names.
match = case = _ = 7
print(match, case, _)
match match:
    case case:
        print("case", case)
match (match):
    case _:
        print("underscore", _)

# Fall through, `else` of loops, break, continue, return inside.
for i in range(6):
    match i:
        case 1:
            continue
        case 4:
            break
        case 0 | 2:
            print("even", i)
        case _:
            print("odd", i)
else:
    print("not reached")


def in_try(x):
    try:
        match x:
            case [y]:
                return y
            case {"k": y}:
                raise ValueError(y)
    except ValueError as e:
        return repr(e)
    finally:
        print("finally", x)


print(in_try([1]), in_try({"k": 2}), in_try(3))


def nested(x):
    match x:
        case [op, *args]:
            match op:
                case "+":
                    return sum(nested(a) for a in args)
                case "*":
                    n = 1
                    for a in args:
                        n *= nested(a)
                    return n
        case int():
            return x


print(nested(["+", 1, ["*", 2, 3], ["+"]]))


def generator(items):
    for i in items:
        match i:
            case (x, y):
                got = yield x + y
                print("got", got)
            case _:
                yield i


g = generator([(1, 2), 3])
print(next(g), g.send("sent"))


def closure(x):
    match x:
        case [a, *rest]:
            return lambda: (a, rest)


print(closure([1, 2, 3])())


class Body:
    match (1, 2):
        case (p, q):
            pass


print(Body.p, Body.q)


def global_capture(v):
    global captured
    match v:
        case [captured]:
            pass


global_capture([42])
print(captured)


def unbound(v):
    match v:
        case [w]:
            pass
    return w


print(unbound([1]))
try:
    unbound(1)
except UnboundLocalError as e:
    print(e)
