"""Iterators of itertools, deques and ordered dictionaries are copied and pickled."""
import itertools as I, copy, pickle, operator, collections
mk = dict(
 count=lambda: I.count(3), count2=lambda: I.count(3,2), countf=lambda: I.count(0.5,.5), counts=lambda:I.count(step=3),
 cycle=lambda: I.cycle('abc'), repeat=lambda: I.repeat(1), repeat3=lambda: I.repeat(1,7),
 acc=lambda: I.accumulate([1,2,3,4,5,6]), acc2=lambda: I.accumulate([1,2,3,4,5],operator.mul), acc3=lambda: I.accumulate([1,2,3,4,5],initial=9),accn=lambda: I.accumulate([None,2,3],max if 0 else operator.is_),
 chain=lambda: I.chain('ab','cdef'), chain0=lambda:I.chain(), cfi=lambda: I.chain.from_iterable(['ab','cdef']), comp=lambda: I.compress('abcdef',[1,0,1,1,1,1]),
 dw=lambda: I.dropwhile(operator.not_,[0,0,1,0,2]), tw=lambda: I.takewhile(bool,[1,1,1,0,2]), ff=lambda: I.filterfalse(None,[0,0,1,0,0]), ff2=lambda: I.filterfalse(operator.not_,[1,2,0]),
 isl=lambda: I.islice('abcdefgh',1,7,2), isl2=lambda: I.islice('abcdefgh',3), isl3=lambda: I.islice('abcdef',None),star=lambda: I.starmap(pow,[(1,2),(2,3),(3,4)]), zl=lambda: I.zip_longest('abc','d',fillvalue='-'), zl2=lambda: I.zip_longest('abc','d'),
 prod=lambda: I.product('ab',range(3)), prod0=lambda: I.product('ab',''), prodr=lambda:I.product('ab',repeat=2), perm=lambda: I.permutations('abc'), perm2=lambda: I.permutations('abc',2), comb=lambda: I.combinations('abcd',2), comb0=lambda: I.combinations('ab',3), cwr=lambda: I.combinations_with_replacement('abc',2), pw=lambda: I.pairwise('abcde'),
 groupby=lambda: I.groupby('aabbc'),
 dq=lambda: iter(collections.deque([1,2,3,4])), dqr=lambda: reversed(collections.deque([1,2,3,4])),
 odk=lambda: iter(collections.OrderedDict(a=1,b=2,c=3)), odi=lambda: iter(collections.OrderedDict(a=1,b=2,c=3).items()), odv=lambda: iter(collections.OrderedDict(a=1,b=2,c=3).values()),odr=lambda: reversed(collections.OrderedDict(a=1,b=2,c=3)),
 mp=lambda: map(str,[1,2,3]), fl=lambda: filter(None,[0,1,2]), zp=lambda: zip('abc',[1,2,3]), en=lambda: enumerate('abc',5), rng=lambda: iter(range(5)), st=lambda: iter({3}), di=lambda: iter({1:2,3:4}), it=lambda: iter('abc'),tu=lambda: iter((1,2,3)), by=lambda: iter(b'abc'), ci=lambda: iter(int,1), rr=lambda: iter(range(10**30,10**30+4)), zs=lambda: zip('abc','ab',strict=True),
)
def take(it):
    r=[]
    try:
        for x in I.islice(it,6): r.append(x if not isinstance(x,I._grouper) else list(x)) if not (isinstance(x,tuple) and len(x)==2 and isinstance(x[1],I._grouper)) else r.append((x[0],list(x[1])))
    except Exception as e: r.append(repr(e))
    return r
for k,m in mk.items():
    for n in (0,1,3,9):
        it=m()
        try:
            for _ in range(n): next(it)
        except (StopIteration, ValueError): pass
        try:
            if n<2: print(k,n,"red",[x if not callable(x) and 'iterator' not in repr(x) and ' object at' not in repr(x) else type(x) for x in it.__reduce__()])
        except Exception as e: print(k,"red",repr(e))
        for name,c in (('copy',copy.copy),('deep',copy.deepcopy),('p2',lambda o: pickle.loads(pickle.dumps(o,2))),('p4',lambda o: pickle.loads(pickle.dumps(o,4)))):
            it=m()
            try:
                for _ in range(n): next(it)
            except (StopIteration,ValueError): pass
            try: d=c(it)
            except Exception as e: print(k,n,name,type(e).__name__,e if ' at 0x' not in str(e) else ''); continue
            print(k,n,name,type(d).__name__, take(d), take(it))
