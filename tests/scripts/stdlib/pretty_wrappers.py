"""Data classes and wrappers of collections over several lines."""

import pprint
import types
from collections import *
from dataclasses import dataclass, field
big=list(range(60)); w='word '*30
for o in [ChainMap(dict.fromkeys('abcdefgh',1),dict.fromkeys('ijklmnopq',w)),UserDict(dict.fromkeys('abcdefgh',w)),UserList([w]*2),UserString(w),[UserDict(a=w)],{'k':UserString(w)},{'k':ChainMap({'a':w})}]:
    pprint.pprint(o); pprint.pprint(o,width=30,indent=3)
@dataclass
class D:
    a:int; l:list=field(default_factory=lambda:list(range(40))); h:int=field(default=1,repr=False)
    class In: pass
@dataclass
class E2(D):
    def __repr__(self): return 'E2'+'!'*100
pprint.pprint([D(1),D(2,['x'])]); pprint.pprint(E2(1)); pprint.pprint(D);


class Upper(pprint.PrettyPrinter):
    def format(self, object, context, maxlevels, level):
        if isinstance(object, str):
            return object.upper(), True, False
        return super().format(object, context, maxlevels, level)


Upper(width=20).pprint({"a": ["b" * 10, "c" * 10], "long key here": 1})
Upper().pprint(["x"])
print(Upper().pformat("q"), pprint.pformat(deque(maxlen=7), width=5))


class Names(types.SimpleNamespace):
    pass


class Count(Counter):
    pass


class Odd(OrderedDict):
    def __repr__(self):
        return "Odd" * 40


pprint.pprint(Names(**{f"k{i}": "v" * 10 for i in range(9)}))
pprint.pprint([Count({w: 2, "x": 1}), Odd(a=1)])
