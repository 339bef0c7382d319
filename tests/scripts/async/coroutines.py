class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return ("got", got)
def drive(c, *sends):
    out = []
    try:
        out.append(c.send(None))
        for s in sends: out.append(c.send(s))
    except StopIteration as e:
        return out, e.value
    return out, "unfinished"
async def f(x):
    a = await Aw(x)
    b = await Aw(x + 1)
    return a, b
print(drive(f(1), 10, 20))
async def g(): return await f(5)
print(drive(g(), 1, 2))
class CM:
    async def __aenter__(self): print("enter"); await Aw("e"); return 7
    async def __aexit__(self, *a): print("exit", a[0], a[1]); await Aw("x"); return a[0] is ValueError
async def w():
    async with CM() as v, CM():
        print("body", v)
    async with CM():
        raise ValueError("boom")
    for i in range(2):
        async with CM(): 
            if i: return "r"
            continue
print(drive(w(), *range(20)))
class It:
    def __init__(self, n): self.n, self.i = n, 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i == self.n: raise StopAsyncIteration
        self.i += 1
        await Aw(self.i)
        return self.i
async def loop():
    out = []
    async for x in It(3):
        if x == 2: continue
        out.append(x)
    else: out.append("else")
    async for x in It(5):
        if x == 3: break
    else: out.append("no")
    return out, x
print(drive(loop(), *range(20)))
async def comp():
    a = [x async for x in It(3)]
    b = {x: x * 2 async for x in It(2) if x > 1}
    c = [await Aw(i) for i in range(2)]
    d = [y for x in [1, 2] async for y in It(x)]
    e = [[z async for z in It(2)] for _ in range(2)]
    g = (x async for x in It(2))
    h = [q async for q in g]
    return a, b, c, d, e, h
print(drive(comp(), *range(40)))
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print("sent", got)
            await Aw("w")
    finally:
        print("agen done")
async def use():
    async for v in agen(3): print("item", v)
    a = agen(5)
    print(await a.__anext__(), await a.asend("hi"))
    try: await a.athrow(KeyError("k"))
    except KeyError as e: print("thrown", e)
    b = agen(2)
    await b.__anext__()
    await b.aclose()
    try: await b.__anext__()
    except StopAsyncIteration: print("stopped")
    print(await anext(agen(1)), await anext(It(0), "dflt"))
    c = aiter(It(1)); print(await anext(c))
print(drive(use(), *range(40)))
c = f(1); print(type(c).__name__, c.__name__, c.cr_running, c.cr_code.co_name); c.close()
try: c.send(None)
except RuntimeError as e: print(e)
for code in ("async def f(): yield from []", "def f(): await x", "await x", "async def f():\n  yield 1\n  return 2", "def f():\n  async with a: pass", "def f():\n  async for a in b: pass", "def f(): return [x async for x in y]", "class A: await x"):
    try: compile(code, "c", "exec"); print("ok", code)
    except SyntaxError as e: print(e.msg)
async def bad():
    try: await 3
    except TypeError as e: print(e)
    try:
        async with 3: pass
    except TypeError as e: print(e)
    try:
        async for x in 3: pass
    except TypeError as e: print(e)
    try:
        for x in f(1): pass
    except TypeError as e: print(e)
print(drive(bad()))
async def si(): raise StopIteration(3)
try: drive(si())
except RuntimeError as e: print(e, repr(e.__cause__))
async def nested():
    async def inner():
        try: await Aw("in")
        except KeyError as e: return "caught " + str(e)
    return await inner()
n = nested(); n.send(None)
try: n.throw(KeyError("x"))
except StopIteration as e: print(e.value)
async def lam(): return (lambda: 3)(), [i for i in range(3)]
print(drive(lam()))
async def tr():
    try:
        await Aw(1)
    finally:
        await Aw(2)
print(drive(tr(), 1, 1))
