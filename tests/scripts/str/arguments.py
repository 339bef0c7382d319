# Every method with arguments of every kind: results, and the messages of the errors.


def show(label, f, *args, **kwargs):
    try:
        print(label, repr(f(*args, **kwargs)))
    except Exception as e:
        print(label, type(e).__name__, e)


class Index:
    def __index__(self):
        return 2


METHODS = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find", "index",
    "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric",
    "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "maketrans",
    "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition",
    "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "translate",
    "upper", "zfill", "format_map", "__format__",
]
ARGUMENTS = [
    (), (5,), (-1,), ("a",), ("",), (None,), (b"a",), ([],), (1.5,), (Index(),), (2**70,), (-2**70,),
    ("a", "b"), ("a", 1), ("a", None), ("a", 1, 2), ("a", "b", 1), ("a", "b", "c"), (5, "x"), (5, "xy"),
    (5, 5), (("a", "b"),), (("a", 5),), ((),), ("a", Index()), ("a", 1, 2, 3), (1, 2, 3, 4), ({},),
    (["a", 5],), (["x", "y"],), ("a", "b", "c", "d"), (5, None), (None, 1), (None, -1), ("a", -3, -1),
]
for name in METHODS:
    for text in ["abcab", "", "\u00e4b\u20acA"]:
        for args in ARGUMENTS:
            shown = [a if not isinstance(a, Index) else "I" for a in args]
            show(f"{text!r}.{name}{shown}", getattr(text, name), *args)
    if name not in ["count", "endswith", "find", "index", "rfind", "rindex", "startswith"]:
        show(name, getattr("abc", name), foo=1)
        show(name, getattr("abc", name), "a", foo=1)
show("find", lambda: "abc".find("a", foo=1))
show("find", lambda: "abc".find(foo=1))

show("split", "a b c".split, maxsplit=1)
show("split", "a-b-c".split, sep="-", maxsplit=1)
show("split", "a-b-c".split, "-", sep="-")
show("rsplit", "a-b-c".rsplit, sep="-", maxsplit=1)
show("splitlines", "a\nb".splitlines, keepends=True)
show("expandtabs", "a\tb".expandtabs, tabsize=3)
show("encode", "a".encode, encoding="ascii", errors="strict")
for method in [str.upper, str.find, str.join]:
    show("unbound", method)
    show("unbound", method, 5)
    show("unbound", method, b"a", b"b")
