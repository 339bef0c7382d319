import asyncio
async def main():
    loop=asyncio.get_running_loop()
    f=loop.create_future()
    print(f)
    async def w(): await f
    t2=asyncio.create_task(w()); await asyncio.sleep(0); print(t2, f)
    t2.add_done_callback(print); print(t2)
    t2.add_done_callback(lambda x:0); print(t2)
    t2.add_done_callback(lambda x:0); print(t2)
    f.set_result("x"*100); await t2; print(f); print(t2)
    g=loop.create_future(); g.set_exception(ValueError(3)); print(g); g.exception()
    g=loop.create_future(); g.cancel("msg"); print(g)
    t=asyncio.create_task(asyncio.sleep(1))
    try: g.result()
    except asyncio.CancelledError as e: print(repr(e))
    def tr(fn,*a,**k):
        try: print(fn(*a,**k))
        except BaseException as e: print(type(e), e)
    tr(f.set_result,1); tr(f.set_exception,ValueError()); tr(loop.create_future().result); tr(loop.create_future().exception); tr(loop.create_future().set_exception, StopIteration); tr(loop.create_future().set_exception, 5)
    tr(t.set_result,1); tr(t.set_exception,ValueError()); tr(asyncio.Task, 5); tr(asyncio.create_task,5); tr(f.cancel)
    print(loop.call_soon(print,1)); h=loop.call_soon(print,2); h.cancel(); print(h)
    print(loop); print(len(asyncio.all_tasks()), asyncio.current_task() in asyncio.all_tasks())
    print(asyncio.gather()); 
    print(asyncio.gather(asyncio.sleep(0),asyncio.sleep(0)))
    print(asyncio.Queue(),  asyncio.TaskGroup(), asyncio.timeout(1))
    for x in (asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(3), asyncio.Condition(), asyncio.Barrier(3),asyncio.BoundedSemaphore(0)):
        print(type(x), repr(x).split(" at ")[0], repr(x).split("[")[1])
    print(asyncio.Future.__mro__, asyncio.Task.__mro__)
    print(f._callbacks, f._state, f._loop is loop, t2._fut_waiter, f._asyncio_future_blocking)
    for c in (asyncio.wait([]), asyncio.wait(asyncio.sleep(0))):
        try: await c
        except Exception as e: print(repr(e))
    try: asyncio.run(main())
    except RuntimeError as e: print(e)
    async def bad(): raise KeyError("x")
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad()); tg.create_task(asyncio.sleep(5))
    except BaseExceptionGroup as e: print(repr(e), tg)
    r = await asyncio.gather(bad(), asyncio.sleep(0, 3), return_exceptions=True)
    print(r)
    try: await asyncio.gather(bad(), asyncio.sleep(0, 3))
    except KeyError as e: print(repr(e))
    for c in asyncio.as_completed([asyncio.sleep(0.02, "b"), asyncio.sleep(0.01, "a")]):
        print(await c)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0.01,1)), asyncio.create_task(asyncio.sleep(1))], timeout=0.05)
    print(len(done), len(pending))
    for p in pending: p.cancel()
    try: await asyncio.shield(bad())
    except KeyError as e: print(repr(e))
    q = asyncio.Queue(2)
    async def prod():
        for i in range(5): await q.put(i); print("put", i)
        await q.put(None)
    async def cons():
        while (x := await q.get()) is not None: print("got", x); q.task_done()
    await asyncio.gather(prod(), cons())
    t.cancel()
asyncio.run(main())
def tr(fn,*a,**k):
    try: print(fn(*a,**k))
    except BaseException as e: print(type(e), e)
tr(asyncio.run, 5)
tr(asyncio.get_running_loop)
tr(asyncio.current_task)
loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, 7)))
loop.close()
tr(loop.call_soon, print)
tr(loop.run_forever)
async def agen():
    try:
        for i in range(5): yield i
    finally: print("agen closed")
async def m2():
    async for x in agen():
        print(x)
        if x == 2: break
    print("after")
    return [x async for x in agen()]
print(asyncio.run(m2()))
