"""Making instances, with inheritance and `super`."""
from time import perf_counter


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


class Named(Point):
    def __init__(self, name, x, y):
        super().__init__(x, y)
        self.name = name


def run(n):
    p = Point(0, 0)
    step = Point(1, 2)
    for i in range(n):
        p = p + step
        q = Named("q", i, i)
    return p.x + p.y + q.x


start = perf_counter()
assert run(120_000) == 479_999
print(perf_counter() - start)
