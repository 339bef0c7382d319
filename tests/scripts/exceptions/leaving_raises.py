# What __exit__ or finally raise while return, break or continue leave the block: the try around it catches it.
class CX:
    def __init__(s,n): s.n=n
    def __enter__(s): return s
    def __exit__(s,*a): print('exit',s.n,a[0]); raise KeyError(s.n)
class C(CX):
    def __exit__(s,*a): print('exit',s.n,a[0])
def f():
    try:
        with CX(1): return 1
    except KeyError as e: print('caught',e)
def g():
    with C(0):
        with CX(1): return 1
def h():
    for i in range(2):
        try:
            with CX(1): break
        except KeyError as e: print('caught',e)
        try:
            with CX(1): continue
        except KeyError as e: print('caught',e)
        finally: print('fin')
def k():
    try:
        try: return 1
        finally: 1/0
    except ZeroDivisionError: print('c')
def m():
    with C(0):
        try: return 1
        finally: 1/0
async def n():
    try:
        async with AC(): return 2
    except KeyError: print('ac')
class AC:
    async def __aenter__(s): pass
    async def __aexit__(s,*a): raise KeyError
def gen():
    try:
        with CX(1): return (yield 1)
    except KeyError as e: print('caught',e); yield 2
def p():
    try:
        for i in range(3):
            with C(5), CX(6): return
    except KeyError: print('p')
def catching():
    try:
        1/0
    except 3:
        pass
def handlers():
    try:
        try: 1/0
        except ZeroDivisionError as e: return 1
        finally: {}[1]
    except KeyError: print('key', 'e' in locals())
def twice():
    try:
        try:
            try: return 1
            finally: 1/0
        finally: [][1]
    except IndexError as e: print(repr(e), repr(e.__context__))

for q in catching,handlers,twice,f,g,h,k,m,lambda:__import__('asyncio').run(n()),lambda:list(gen()),p:
    try: print(q())
    except Exception as e: print(repr(e), e.__traceback__.tb_next.tb_lineno)
