import os.path as p
from .pkg import name as other
from . import *

while x < 10 and not done:
    for i, (j, *k) in enumerate(items):
        if i == j: continue
        elif i is None: break
    else:
        x = i if j else {**k, 'a': 1j}
try:
    with open(f"{name!r:>{width}}") as f, lock:
        data[1:2, ::3] = f.read()
except (ValueError, KeyError) as e:
    raise RuntimeError("no") from e
finally:
    del x, y[0]
