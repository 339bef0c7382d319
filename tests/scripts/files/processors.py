import os

all = os.sched_getaffinity(0)
one = {min(all)}
print(os.sched_setaffinity(0, one), os.sched_getaffinity(0) == one)
print(os.sched_setaffinity(0, iter(all)), os.sched_getaffinity(0) == all)
for mask in [], [5000], [-1], ["a"], 5, [2**40]:
    try:
        os.sched_setaffinity(0, mask)
    except Exception as e:
        print(mask, type(e).__name__, e)
try:
    os.sched_setaffinity(0)
except TypeError as e:
    print(type(e).__name__)
