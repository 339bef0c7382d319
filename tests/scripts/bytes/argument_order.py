# Which of several bad arguments is named.
import operator
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
for x in (b'abc', bytearray(b'abc')):
    for m in ('find','count','startswith','index','rfind','endswith'):
        t(getattr(x,m), 3.0,'a'); t(getattr(x,m), b'a','a'); t(getattr(x,m),'a','b','c'); t(getattr(x,m),300)
    t(x.replace,1,2); t(x.replace,b'',2); t(x.replace,b'a',b'b','c'); t(x.replace,'a',b'b','c');t(x.hex,1,'a'); t(x.hex,'aa',1); t(x.hex,'a','b'); t(x.hex,'',1); t(x.translate,1,1); t(x.translate,b'',1); t(x.translate,b'',b'a'); t(x.translate,None,1); t(x.translate)
t('a'.encode,'a\0'); t('a'.encode,'utf-8','a\0'); t(b'a'.decode,'a\0'); t('a'.encode,3); t('a'.encode,'utf-8',3); t('a'.encode,3,4)
t(bytearray().extend,'a'); t(bytearray().extend,3); t(bytearray().extend,[1000]); t(bytearray().extend,['a']); t(operator.iadd, bytearray(), 'a')
def ll(): b=bytearray(); b[:]='a'
t(ll)
