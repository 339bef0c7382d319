# The deprecated functions of urllib.parse.
import sys, warnings
warnings.simplefilter('always')
warnings.showwarning=lambda m,c,*a,**k: print('W',c.__name__,m)
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
import urllib.parse as u
for n in ['splittype','splithost','splituser','splitpasswd','splitport','splitnport','splitquery','splittag','splitattr','splitvalue','to_bytes','unwrap']:
    t(getattr(u,n,None),'http://a:b@h:80/p?q#t;x=1')
t(u.splitnport,'h:x'); t(u.splitport,'h:'); t(u.splithost,'//h/p'); t(u.splitpasswd,'u:p'); t(u.splitvalue,'a=b'); t(u.splitattr,'/p;a=b;c'); t(u.splituser,'u@h'); t(u.splitnport,'h:80')
