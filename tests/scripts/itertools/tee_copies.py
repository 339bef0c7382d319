# Copies and pickles of tee's iterators, which go on sharing their items.
import copy
import itertools
import pickle

for n in 3, 57, 58, 130:
    a, b = itertools.tee(list(range(n)))
    next(a)
    c, d = copy.copy(a), copy.deepcopy(a)
    e, f = pickle.loads(pickle.dumps((a, b)))
    print([sum(x) for x in (c, d, e, f, a, b)])
a, b = itertools.tee("abc")
list(b)
print(type(a).__name__, list(copy.deepcopy(a)), list(a))
for state in 1, (1, 2), (a.__reduce__()[2][0], 99):
    try:
        a.__setstate__(state)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
