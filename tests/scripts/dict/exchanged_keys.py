# Which keys are met when a dictionary's keys are exchanged while it is walked through: as many as CPython's tables let.
import random
def ops(seed):
    r=random.Random(seed); out=[]
    n=r.choice([0,1,3,5,6,8,10,12,21,30])
    how=r.randrange(5)
    if how==0: d={i:i for i in range(n)}
    elif how==1: d=dict.fromkeys(range(n))
    elif how==2: d=dict([(i,i) for i in range(n)])
    elif how==3: d=dict({i:i for i in range(n)})
    else:
        d={i:i for i in range(n)}
        for i in range(0,n,r.choice([2,3,5])): del d[i]
        d=d.copy()
    nxt=100
    it=r.choice([iter,lambda d:iter(d.items()),reversed,lambda d:iter(d.values())])(d)
    m=r.randrange(5)
    for step in range(60):
        try: out.append(next(it))
        except StopIteration: out.append('stop'); break
        except RuntimeError as e: out.append(str(e)); break
        k=r.randrange(1,3)
        for _ in range(k):
            ks=list(d)
            if not ks: continue
            o=r.randrange(4) if m!=4 else 3
            if o==0: del d[ks[0]]
            elif o==1: del d[ks[-1]]
            elif o==2: del d[r.choice(ks)]
            else: d.popitem()
            d[nxt]=nxt; nxt+=1
    out.append(list(d))
    return out
for s in range(400): print(s, ops(s))


class Folded(str):
    "Equal to what differs in case only."

    def __hash__(self):
        return hash(self.lower())

    def __eq__(self, other):
        return self.lower() == other.lower()


d = {Folded("AbC"): 1}
print(d.get("abc"), d.get(Folded("ABC")), d.get("ABC"), {"abc": 1}.get(Folded("ABC")), Folded("aBC") in d)
for view in (d.keys(), d.values(), d.items()):
    print(type(view.mapping), view.mapping == d)
    try:
        view.mapping["x"] = 1
    except TypeError as e:
        print(e)
walk = iter(d)
d["x"] = 1
for _ in range(2):
    try:
        next(walk)
    except RuntimeError as e:
        print(e)
    d.pop("x", None)  # its size is as before: the iterator remembers
