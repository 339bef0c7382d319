from contextlib import (asynccontextmanager, AsyncExitStack, aclosing, nullcontext, AbstractAsyncContextManager,
                        AsyncContextDecorator, contextmanager, AsyncExitStack as AES)
import types
from _collections_abc import Coroutine, AsyncGenerator, Awaitable, AsyncIterator
@types.coroutine
def pause(x):
    got = yield x
    return got
def drive(coro):
    try:
        v = coro.send(None)
        while True:
            v = coro.send(("sent", v))
    except StopIteration as e:
        return e.value
def run(f, *a):
    try: print("->", drive(f(*a)))
    except BaseException as e: print(type(e).__name__, e, "| cause", repr(e.__cause__), "| ctx", repr(e.__context__))
@asynccontextmanager
async def acm(name, swallow=False):
    "doc acm"
    print("enter", name, await pause(1))
    try:
        yield name.upper()
    except ValueError as e:
        print("caught", e)
        if not swallow: raise
    finally:
        print("leave", name, await pause(2))
async def t1():
    async with acm("a") as x: print(x)
    async with acm("b", True): raise ValueError("v")
    try:
        async with acm("c"): raise ValueError("w")
    except ValueError as e: print("out", e)
    return "done"
run(t1)
@asynccontextmanager
async def none():
    if 0: yield
async def t2():
    async with none(): pass
run(t2)
@asynccontextmanager
async def two():
    yield 1
    yield 2
async def t3():
    async with two(): pass
run(t3)
async def t3b():
    async with acm("si"): raise StopAsyncIteration("x")
run(t3b)
async def t4():
    @acm("deco")
    async def f(x): return x + 1
    return await f(1), await f(2), f.__name__
run(t4)
async def t5():
    async with AsyncExitStack() as st:
        print(await st.enter_async_context(acm("s1")))
        async def cb(*a, **k): print("cb", a, k)
        st.push_async_callback(cb, 1, k=2)
        st.callback(print, "sync cb")
        @contextmanager
        def sync():
            print("sync in"); yield 5; print("sync out")
        print(st.enter_context(sync()))
        async def ex(*d): print("ex", d[0]); return True
        st.push_async_exit(ex)
        raise KeyError("k")
    return "after"
run(t5)
async def t6():
    try:
        async with AsyncExitStack() as st:
            async def bad(): raise IndexError("i")
            st.push_async_callback(bad)
            raise ValueError("v")
    except IndexError as e: return repr(e), repr(e.__context__)
run(t6)
async def gen():
    try:
        yield 1
        yield 2
    finally: print("gen closed")
async def t7():
    async with aclosing(gen()) as g:
        async for x in g:
            print(x); break
    async with nullcontext(7) as n: print(n)
    try: await AsyncExitStack().enter_async_context(3)
    except TypeError as e: print(e)
run(t7)
class C(AbstractAsyncContextManager):
    async def __aexit__(self, *a): print("aexit", a[0])
async def t8():
    async with C() as c: print(type(c).__name__)
run(t8)
class D(AsyncContextDecorator, C): pass
async def t9():
    @D()
    async def f(): return 5
    return await f()
run(t9)
co = t8(); print(isinstance(co, types.CoroutineType), isinstance(co, Coroutine), isinstance(co, Awaitable), types.CoroutineType); co.close()
ag = gen(); print(isinstance(ag, types.AsyncGeneratorType), isinstance(ag, AsyncGenerator), isinstance(ag, AsyncIterator))
print(isinstance(acm("x"), AbstractAsyncContextManager), isinstance(3, AbstractAsyncContextManager), acm.__doc__)
from contextlib import *
