# Recursive reprs, |= of a proxy, characters_written, dir() of modules, subclasses of nodes.
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
from collections import defaultdict
d=defaultdict(list); d[1]=d; print(d)
class df(defaultdict):
    def fac(self): pass
d=df(); d.default_factory=d.fac; print(d.__repr__()[:50].split(' at')[0])
import types
m=types.MappingProxyType({})
def f():
    global m
    m|={1:2}
t(f); t(lambda: m.__ior__({})); print(m)
e=BlockingIOError(1,'x'); t(lambda: e.characters_written); e=BlockingIOError(1,'x',3); t(lambda: e.characters_written); e.characters_written=5; print(e.characters_written); del e.characters_written; t(lambda: e.characters_written)
def f(): del e.characters_written
t(f)
def f(): e.characters_written='a'
t(f)
e=BlockingIOError(1,'x','f'); print(e, e.filename, e.args); t(lambda: e.characters_written)
class MM(types.ModuleType):
    __dict__=3
t(lambda: dir(MM('x')))
class MM(types.ModuleType):
    @property
    def __dict__(s): return {'z':1}
t(lambda: dir(MM('x')))
import ast
class X(ast.AST): _fields=('a','b')
t(lambda: X(1,2).a); t(lambda: X(1,2,3)); t(lambda: X(1,a=2)); t(lambda: X(c=4).c); t(lambda: ast.AST(1)); t(lambda: ast.AST(a=1).a); t(lambda: ast.Name('x', id='y')); t(lambda: ast.Name(1,2,3))
class Y(ast.Name):
    _fields=('q',)
t(lambda: Y('a').q); t(lambda:ast.dump(Y('a')))
class Z(ast.Num): pass
t(lambda: type(Z(3))); t(lambda:isinstance(ast.Constant(3),Z))
