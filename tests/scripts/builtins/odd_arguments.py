# Arguments that are refused, and what is said of them.
import sys, types, weakref, functools, collections
def t(f, *a, **k):
    try: print('ok', f(*a, **k))
    except BaseException as e: print(type(e).__name__, e, '| cause', repr(e.__cause__))
g=(i for i in range(3)); p=weakref.proxy(g); t(lambda: list(p))
t(lambda: pow(1+1j,1+1j,1+1j)); t(lambda: pow(1j,2,3)); t(lambda: pow(2.0,2,3)); t(lambda: pow(2,2.0,3))
t(lambda: (ord(bytearray(b'a')), ord(b'a'))); t(lambda: ord(b'ab')); t(lambda: ord(bytearray(b'')))
class S(str):
    def __bytes__(self): return b'zz'
t(lambda: bytes(S('abc'))); t(lambda: bytes(S('abc'),'ascii'))
def deep(n):
    a=[]
    for i in range(n): a=[a]
    return a
t(lambda: len(repr(deep(500)))); t(lambda: len(repr(deep(100000)))); 
t(lambda: deep(500)==deep(500)); t(lambda: deep(100000)==deep(100000))
t(lambda: len(repr(deep(1100)))); t(lambda: deep(1100)==deep(1100)); t(lambda: hash(eval('('*50+',)'*50)))
def deepd(n):
    a={}
    for i in range(n): a={1:a}
    return a
t(lambda: len(repr(deepd(1100))));t(lambda: len(repr({'a':deepd(100000)}.items())))
import copy
t(lambda: print >> sys.stderr, ); t(lambda: (print >> 5))
t(lambda: print << 5)
m=types.ModuleType('foo'); t(lambda: m.__annotations__); m.__dir__=lambda: ['z','b','a']; t(lambda: dir(m)); 
class D:
    def __dir__(self): return 5
t(lambda: dir(D()))
class D2:
    def __dir__(self): return ('z','a')
t(lambda: dir(D2()))
t(lambda: complex(None,'x'))
class BadMeta(type):
    @classmethod
    def __prepare__(*a): return None
def mk():
    class X(metaclass=BadMeta): pass
t(mk)
t(lambda: isinstance(1, int|list[int])); t(lambda: isinstance('', int|list[int])); t(lambda: issubclass(int, int|list[int])); t(lambda: issubclass(str, int|list[int]))
import typing
t(lambda: (int|str)==typing.Union[int,str])
t(lambda: type.__abstractmethods__); t(lambda: int.__abstractmethods__)
class P(functools.partial): pass
t(lambda: repr(P(int, base=2)))
t(lambda: repr(functools.partial(print,1,sep='')))
q=functools.partial(int); t(lambda: q.__setstate__((int,(1,),{}, None))); t(lambda: q()); 
NT=collections.namedtuple('NT','x y'); t(lambda: (NT.x.__doc__, NT.__doc__, NT.x))
class CP:
    @functools.cached_property
    def a(self): return 1
def mk2():
    class CP2:
        @functools.cached_property
        def a(self): return 1
        b=a
t(mk2)
class H(int):
    n=0
    def __hash__(self): H.n+=1; return 5
@functools.lru_cache
def f(x,y): return 1
h=H(1); f(h,1); f(h,1); print(H.n)
@functools.lru_cache(maxsize=None)
def f(x): return 1
h=H(1);H.n=0; f(h); f(h); print(H.n)
t(lambda: format(1,None)); t(lambda: ''.join([1])); t(lambda: ExceptionGroup(None,[1])); t(lambda: (1).to_bytes(1,None))
async def aw():
    class C:
        def __aenter__(self): return 1
        def __aexit__(self,*a): return 1
    async with C(): pass
def run(c):
    try: c.send(None)
    except StopIteration as e: return e.value
t(lambda: run(aw()))
async def aw2():
    class C:
        async def __aenter__(self): return 1
        def __aexit__(self,*a): return 1
    async with C(): pass
t(lambda: run(aw2()))
async def aw3():
    async for x in [1]: pass
t(lambda: run(aw3()))
async def aw4():
    class C:
        def __aiter__(self): return self
        def __anext__(self): return 1
    async for x in C(): pass
t(lambda: run(aw4()))
async def aw5():
    await 5
t(lambda: run(aw5()))
async def aw6():
    class C:
        def __await__(self): return 5
    await C()
t(lambda: run(aw6()))
async def aw7():
    class C:
        def __aiter__(self): return 5
    async for i in C(): pass
t(lambda: run(aw7()))
async def aw8():
    async with 5: pass
t(lambda: run(aw8()))
async def aw9():
    with 5: pass
t(lambda: run(aw9()))
async def aw10():
    class C:
        async def __aenter__(self): return 1
        async def __aexit__(self,*a): return 1
    with C(): pass
t(lambda: run(aw10()))
