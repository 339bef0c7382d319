# What sequences, subclasses of them and their methods say to operands that they cannot take.
import array
import collections


class List(list):
    pass


class Own(list):
    def __add__(self, other):
        return NotImplemented

    __mul__ = __add__


class Plain:
    pass


Point = collections.namedtuple("Point", "x y")


class Text(str):
    pass


class Data(bytes):
    pass


def t(*texts):
    for text in texts:
        try:
            exec(f"print({text!r}, repr({text}))")
        except Exception as e:
            print(text, type(e).__name__, e)


def s(text, **names):
    try:
        exec(text, globals(), names)
        print(text, names)
    except Exception as e:
        print(text, type(e).__name__, e)


t("List() + 1", "List() + (1,)", "List() * 1.5", "1.5 * List()", "List() * List()", "List() * 'a'", "Own() + 1")
t("Own() * 1.5", "Point(1, 2) + 3", "Point(1, 2) + [3]", "Point(1, 2) * 'a'", "Text() + 1", "Text() * 1.0", "1 + Text()")
t("Data() + 1", "Data() + 'a'", "Data() * None", "[] + Plain()", "Plain() * []", "[] * Plain()", "{} * []", "range(3) * [1]")
for name in ["List([1])", "Point(1, 2)", "range(3)", "{}", "Plain()", "5", "memoryview(b'')"]:
    s("x *= [1]", x=eval(name))
    s("x += 1", x=eval(name))
t("[].__add__(1)", "[].__add__([1])", "().__add__(1)", "''.__add__(1)", "b''.__add__(1)", "bytearray().__iadd__(1)")
t("[].__mul__('a')", "[1].__mul__(2)", "[].__rmul__(None)", "[].__imul__(1.5)", "''.__mul__(1.5)", "().__rmul__(())")
t("(5).__mul__('a')", "(5).__add__('a')", "1.5.__add__('a')", "[].__mul__()", "[].__setitem__(1)", "{}.__setitem__()")
t("(5).__mul__()", "[].__str__(1)", "[].__repr__(x=1)", "object().__str__(x=1)", "[].__getattribute__()", "[].__format__(5)")

# Assigning and deleting items of what has none.
for name in ["5", "None", "(1,)", "'a'", "b'a'", "range(3)", "{1}", "Plain()", "Plain", "len", "Point(1, 2)", "{}.keys()"]:
    for key in ["0", "'a'", "2 ** 70", "slice(1)"]:
        s(f"del ({name})[{key}]")
        s(f"({name})[{key}] = 1")

# Which of two mistakes is named.
s("x[9] = 'a'", x=bytearray(3))
s("x[9] = 300", x=bytearray(3))
s("x['a':] = 5", x=array.array("i"))
s("x[::0] = 5", x=array.array("i"))
for view in [memoryview(b"abcd")[4:], memoryview(b"abcd")[4::2], memoryview(b"abcd")[::-1], memoryview(b"abcd")[1:2:3]]:
    print(view.shape, view.strides, view.contiguous)
