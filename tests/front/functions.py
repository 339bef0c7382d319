"""Functions, closures and calls."""


def outer(a, /, b=2, *args, c, d=4, **kwargs) -> int:
    total = a + b * 2

    def inner(x: int = 1):
        nonlocal total
        total += x
        return [i for i in range(x) if i % 2]

    return inner(*args, **kwargs) or outer(1, c=c)


def later(f):
    received = yield lambda y: -y
    yield from f(received)
