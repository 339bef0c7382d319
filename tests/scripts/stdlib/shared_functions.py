"""Functions that two modules have are the same; they can be pickled. Aliases of typing that make instances."""

import _bisect
import _operator
import _struct
import bisect
import operator
import pickle
import struct
from functools import partial, reduce
from typing import ChainMap, Counter, DefaultDict, Deque, Dict, FrozenSet, List, OrderedDict, Set, Type

for f in [operator.add, operator.or_, operator.getitem, bisect.bisect, bisect.insort, struct.pack, struct.calcsize, reduce]:
    print(f.__name__, pickle.loads(pickle.dumps(f)) is f)
print(pickle.loads(pickle.dumps(partial(operator.mul, 3)))(4), operator.add is _operator.add, bisect.bisect is _bisect.bisect_right)
print(struct.pack is _struct.pack, bisect.bisect is bisect.bisect_right, operator.__add__ is operator.add)
print(DefaultDict(list), Counter("aab"), Deque([1]), OrderedDict(a=1), ChainMap({}))
print(DefaultDict[str, int](int), Counter[str]("ab"), Deque[int]([2]))
for alias in (List, Dict[int, str], Set, FrozenSet, Type):
    try:
        alias()
    except TypeError as e:
        print(e)
