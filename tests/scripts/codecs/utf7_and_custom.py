# The error handlers of UTF-7, and codecs that fail.
import sys, warnings
warnings.simplefilter('always')
warnings.showwarning=lambda m,c,*a,**k: print('W',c.__name__,m)
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
for b in [b'+', b'a+//,+IKx/b', b'a+IKx\xffb', b'+2AE', b'+@', b'\xff', b'+AB-', b'a+////,+IKw-b', b'+IKwB-x']:
    for e in 'strict','ignore','replace','backslashreplace':
        t(b.decode,'utf-7',e)
import codecs
codecs.register(lambda n: {'bad1': (1,2,3,4), 'bad2': 3, 'bad3': codecs.CodecInfo(lambda *a: 3, lambda *a: (3,), name='bad3'), 'bad4': codecs.CodecInfo(lambda *a:1/0, lambda *a: [].foo), 'bad5':codecs.CodecInfo(lambda s,e='':(s,1), lambda s,e='':(3,1), name='bad5')}.get(n))
for n in ['bad1','bad2','bad3','bad4','bad5','nope']:
    t('a'.encode,n); t(b'a'.decode,n); t(codecs.encode,'a',n); t(codecs.decode,b'a',n); t(codecs.lookup,n) if n in('bad1','bad2','nope') else 0
