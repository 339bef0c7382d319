# Random specifications, methods, slices and roundings.
import random
r=random.Random(1)
def show(f):
    try: return repr(f())
    except Exception as e: return type(e).__name__+': '+str(e)
vals=[0,1,-1,42,-123456789,10**20,True,0.0,-0.0,1.5,-2.675,1e10,1e-10,123456.789,1e300,float('inf'),float('nan'),-float('inf'),'abc','é','',1+2j,-1.5j,None,[1],b'x',0.1,1/3,5e-324,1e16,123456789012345678]
def spec():
    s=''
    if r.random()<.4: s+=r.choice(['*','x','0',' ','é',''])+r.choice('<>=^')
    if r.random()<.3: s+=r.choice('+- ')
    if r.random()<.15: s+='z'
    if r.random()<.2: s+='#'
    if r.random()<.3: s+='0'
    if r.random()<.5: s+=str(r.randrange(0,20))
    if r.random()<.25: s+=r.choice(',_')
    if r.random()<.4: s+='.'+str(r.randrange(0,12))
    if r.random()<.7: s+=r.choice('bcdeEfFgGnosxX%'+'q')
    return s
for i in range(900):
    v=r.choice(vals); s=spec(); print(repr(v),repr(s),show(lambda: format(v,s)))
def pspec():
    s='%'
    if r.random()<.1: s+='(k)'
    s+=''.join(r.sample('#0- +',r.randrange(0,3)))
    if r.random()<.5: s+=r.choice([str(r.randrange(0,15)),'*'])
    if r.random()<.4: s+='.'+r.choice([str(r.randrange(0,10)),'','*'])
    if r.random()<.1: s+=r.choice('hlL')
    return s+r.choice('diouxXeEfFgGcrsa%'+'y')
for i in range(900):
    s=r.choice(['','a '])+pspec()+r.choice(['',' b',pspec()]); v=r.choice([r.choice(vals),(r.choice(vals),),(r.choice(vals),r.choice(vals)),(5,r.choice(vals)),{'k':r.choice(vals)}])
    if '*' in s and any(isinstance(x,int) and abs(x)>1000 for x in (v if isinstance(v,tuple) else (v,))): continue
    print(repr(s),repr(v),show(lambda: s%v))
    if r.random()<.3:
        bs=s.encode(); print(bs,repr(v),show(lambda: bs%v))
for i in range(600):
    t=''.join(r.choice('0123456789_.eE+-xXoObB abnifj') for _ in range(r.randrange(1,9)))
    print(repr(t),show(lambda:int(t)),show(lambda:float(t)),show(lambda:complex(t)),show(lambda:int(t,0)),show(lambda:int(t,16)))
S=['abc','aXbXc','','héllo wörld','  sp  ','ab\tcd\n','ßtraße','ABC def','a,b,,c','123','İx','ǆ','x'*5,'\u2028a\r\nb']
M=[m for m in dir(str) if not m.startswith('_') and m not in('format','format_map','maketrans')]
for i in range(1200):
    s=r.choice(S); m=r.choice(M); n=r.randrange(0,4)
    args=tuple(r.choice([r.choice(S),r.randrange(-3,12),None,'b','X',',',('a','X'),{97:'Z',98:None},['q','w']]) for _ in range(n))
    print(repr(s),m,args,show(lambda:getattr(s,m)(*args)))
fm=['{}','{0}','{a}','{:>5}','{!r}','{0[0]}','{0.real}','{a[k]}','{','}','{{','}}','{!x}','{:{}}','{0:{1}}','{a!s:^10}','{0!r:<{w}}','{:%Y}','{[}','{.}','{a.b.c}','{0[a}','{-1}','{0}{}','{}{1}']
for i in range(500):
    s=''.join(r.choice(fm) for _ in range(r.randrange(1,3))); a=tuple(r.choice([1,'xy',2.5,[7],{'k':1},'10']) for _ in range(r.randrange(0,3))); kw={k:r.choice([3,'q',{'k':5}]) for k in r.sample(['a','w'],r.randrange(0,3))}
    print(repr(s),a,kw,show(lambda:s.format(*a,**kw)))
for i in range(500):
    l=r.choice([list(range(r.randrange(0,8))),'abcdefg'[:r.randrange(0,8)],tuple(range(5)),bytearray(b'abcdef'),range(3,30,4),b'xyz'])
    sl=slice(*[r.choice([None,None,r.randrange(-9,10),10**20,-10**20]) for _ in range(2)], r.choice([None,1,2,-1,-2,3,0]))
    print(l,sl,show(lambda:l[sl]), show(lambda: sl.indices(r.randrange(10))))
    if isinstance(l,(list,bytearray)):
        m=l[:]; v=r.choice([[],[1],[1,2,3],range(2),b'ab',5])
        def f(): m[sl]=v; return m
        print(show(f)); m=l[:]
        def f(): del m[sl]; return m
        print(show(f))
for i in range(500):
    x=r.choice([r.uniform(-10,10),r.uniform(-1e6,1e6),r.random()*10**r.randrange(-20,20),r.randrange(-10**6,10**6),0.5,2.5,1e22,r.randrange(10**25)]); n=r.choice([None,0,1,2,-1,-3,5,20,-20])
    print(x,n,show(lambda:round(x,n)),show(lambda:round(x)),show(lambda: x//r.choice([0.3,7,-2.5])),show(lambda:divmod(x,r.choice([3,-7.5]))),show(lambda:x**r.choice([2,-1,0.5,3])), show(lambda: float(x).hex()), show(lambda: float(x).as_integer_ratio()))
