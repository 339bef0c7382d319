# Where an error of a loop, a comprehension or a `with` stands: the whole statement, whatever line it goes on to.
import asyncio, sys, traceback
class E:
    def __enter__(self): raise ValueError
    def __exit__(self, *a): pass
class X:
    def __enter__(self): return 1
    def __exit__(self, *a): raise ValueError
class AE:
    async def __aenter__(self): raise ValueError
    async def __aexit__(self, *a): pass
class AX:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): raise ValueError
def f1():
    with E(): pass
def f2():
    with X() as a, E() as b:
        pass
def f3():
    with X():
        pass
def f4():
    with X():
        return 3
def f5():
    with X() as a, (
         E()) as b:
        1/0
def f6():
    with X():
        1/0
def f7():
    with 5: pass
def f8():
    with X() as a.b: pass
async def g1():
    async with AE(): pass
async def g2():
    async with AX() as a:
        pass
async def g3():
    async with AX() as a:
        return 1
async def g4():
    async with 5 as a:
        return 1
for f in (f1,f2,f3,f4,f5,f6,f7,f8):
    try: f()
    except Exception: traceback.print_exc(file=sys.stdout)
for g in (g1,g2,g3,g4):
    async def m():
        try: await g()
        except Exception: traceback.print_exc(file=sys.stdout)
    asyncio.run(m())


def raising():
    yield 1
    raise ValueError


class Raises:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError

    def __aiter__(self):
        return self

    async def __anext__(self):
        raise ValueError


def h1():
    for a in raising():
        pass


def h2():
    for a in Raises(): pass


def h3():
    for a, b in Raises():  # comment
        pass


def h4():
    return [x for x in raising()]


def h5():
    return sum(x for x in 5)


def h6():
    return {x: y for x in range(3) for y in x}


def h7():
    raise ValueError(
        1)


def h8():
    return 1 + (
        None)


def h9():
    h8(1,
       2)


for f in h1, h2, h3, h4, h5, h6, h7, h8, h9:
    try:
        f()
    except Exception:
        traceback.print_exc(file=sys.stdout)


async def i1():
    async for x in Raises(): pass


async def i2():
    return [x async for x in Raises()]


async def i3():
    async for x in 5:
        pass


for g in i1, i2, i3:
    asyncio.run(m())
