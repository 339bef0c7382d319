"""symtable: what names mean."""
import symtable

source = '''
import os, sys as system
from a.b import c as d, e
g = 1
def spam(a, b, *var, k: int = g, **kw):
    global bar, glob_assigned
    bar = 47
    some_var = 12
    x: int
    y: int = 5
    glob_assigned = 1
    def internal():
        return x + some_var
    def other():
        nonlocal some_var
        some_var = internal
        return lambda q: q + a
    return internal, [i + b for i in range(k)], (z := 3)
class Mine:
    """doc"""
    attr = g
    __private = 2
    def method(self):
        return super().method(self.__private), __class__, g
    @property
    def prop(self): return Mine
for i in range(3):
    try:
        with open(i) as f: pass
    except ValueError as err:
        print(err)
def spam(): pass
match g:
    case [1, *rest]: pass
    case {"k": v, **more}: pass
    case Point(x=px) as whole: pass
async def co():
    async for t in aiter(): yield t
[y := 5 for _ in g]
'''


def show(table, depth=0):
    pad = "  " * depth
    print(pad, table, table.get_type(), table.get_name(), table.get_lineno(), table.is_optimized(), table.is_nested(), table.has_children())
    print(pad, list(table.get_identifiers()))
    for s in sorted(table.get_symbols(), key=lambda s: s.get_name()):
        flags = [n[3:] for n in ("is_referenced", "is_parameter", "is_global", "is_nonlocal", "is_declared_global", "is_local", "is_annotated",
                                 "is_free", "is_imported", "is_assigned", "is_namespace") if getattr(s, n)()]
        print(pad, " ", s, *flags, len(s.get_namespaces()))
    if table.get_type() == "function":
        for name in "get_parameters", "get_locals", "get_globals", "get_nonlocals", "get_frees":
            print(pad, " ", name, sorted(getattr(table, name)()))
    if table.get_type() == "class":
        print(pad, " methods", table.get_methods())
    for child in table.get_children():
        show(child, depth + 1)


top = symtable.symtable(source, "test.py", "exec")
show(top)
show(symtable.symtable("x + [a for a in b][0]", "?", "eval"))
print(top.lookup("Mine").get_namespace(), top.lookup("Mine").get_namespace() is top.lookup("Mine").get_namespaces()[0])
for f in (lambda: top.lookup("g").get_namespace(), lambda: top.lookup("spam").get_namespace(), lambda: top.lookup("none"),
          lambda: symtable.symtable("x", "?", "bad"), lambda: symtable.symtable("def f(:", "f.py", "exec"),
          lambda: symtable.symtable("def f(a):\n global a", "f.py", "exec")):
    try:
        f()
    except (ValueError, KeyError, SyntaxError) as e:
        print(type(e).__name__, e)
