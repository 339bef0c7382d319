"""Attributes and methods of one place that sees several classes in turn, whose shapes and methods change."""


class A:
    kind = "A"

    def __init__(self, x):
        self.x = x
        self.y = x + 1

    def name(self):
        return f"A{self.x}"


class B(A):
    kind = "B"

    def __init__(self, x):
        super().__init__(x)
        self.z = x + 2

    def name(self):
        return f"B{self.x}{self.z}"


class S:
    __slots__ = ("x", "y", "kind")

    def __init__(self, x):
        self.x = x
        self.y = x * 2
        self.kind = "S"

    def name(self):
        return f"S{self.x}"


def look(o):
    return o.kind, o.x, o.y, o.name()


for round in range(3):
    for o in [A(1), B(2), A(3), S(4), B(5), S(6), A(7)]:
        print(*look(o), end="; ")
    print()
    if round == 0:
        A.kind = property(lambda self: f"property {self.x}")
        B.name = lambda self: "B changed"
    if round == 1:
        A.name = lambda self: "A changed"
        del B.name

a, b = A(1), B(1)
b.name = lambda: "shadow"
print(look(b), look(a), look(B(2)))
del b.name
print(look(b))
a.__dict__["extra"] = 5
print(look(a), a.extra)
objects = [A(i) if i % 2 else B(i) for i in range(6)]
for o in objects:
    o.x += 1
    o.w = o.x
    o.v = o.w
print([vars(o) for o in objects])
try:
    for o in objects + [S(1)]:
        o.w = 1
except AttributeError as e:
    print(e)
for o in [objects[0], objects[1], 5]:
    try:
        print(o.w)
    except AttributeError as e:
        print(e)
