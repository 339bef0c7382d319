# Comparison, hash and repr of cells; the arguments of exec(closure=).
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
def cell(v):
    return (lambda: v).__closure__[0]
def ecell():
    if 0: v=1
    return (lambda: v).__closure__[0]
a,b,c=cell(1),cell(2),cell(1)
print(a==c,a<b,a!=b,a>=b,ecell()<a,ecell()==ecell(), a.__eq__(3))
t(hash,a); t(lambda:a<3); print(repr(ecell())[:9], repr(ecell())[-8:], repr(a).split(' at ')[0], repr(a).split()[3:5])

def mk():
    x = 1
    def g():
        nonlocal x
        x += 1
        return x
    return g
g = mk()
t(exec, g.__code__)
t(lambda: exec(g.__code__, closure=g.__closure__))
print(g())
t(lambda: exec(g.__code__, closure=()))
t(lambda: exec(g.__code__, closure=1))
t(lambda: exec('1', closure=()))
t(lambda: exec((lambda: 1).__code__, closure=g.__closure__))
t(lambda: exec((lambda: 1).__code__, closure=()))
t(lambda: exec(g.__code__, closure=(1,)))
t(eval, memoryview(b'1+1'))
t(exec, memoryview(b'print(3)'))
t(eval, bytearray(b'1+1'))
t(eval, 3)
