import pickle, copy
from enum import Enum, IntFlag, IntEnum, auto
from dataclasses import dataclass, field
from typing import NamedTuple, Generic, TypeVar, List, Optional, Protocol
from types import SimpleNamespace
class Color(Enum):
    R = 1
    G = 2
class Pm(IntFlag):
    A = auto()
    B = auto()
class Lv(IntEnum):
    LO = 1
@dataclass
class Pt:
    x: int
    y: list = field(default_factory=list)
    c: Color = Color.R
@dataclass(frozen=True, slots=True)
class Fz:
    a: int
    b: str = "b"
@dataclass(slots=True)
class Sl:
    a: int
class NT(NamedTuple):
    u: int
    v: str = "v"
class SS(str): pass
T = TypeVar("T")
for v in [Color.R, Pm.A, Pm.A | Pm.B, Lv.LO, Pt(1, [2], Color.G), Fz(1), Sl(3), NT(1), SimpleNamespace(q=1), {Color.R: Pt(1)}, SS("x"), [Color.R, Color.R], list[int], T, Exception("e"), Color, Pt]:
    for p in range(6):
        try:
            d = pickle.dumps(v, p)
            w = pickle.loads(d)
            ok = w == v or repr(w) == repr(v)
        except Exception as e: print(p, repr(v), type(e).__name__, str(e).replace("_pickle.", "pickle.")); continue
        print(p, repr(w), ok, w is v, len(d) if p > 1 else "")
    try: print(copy.copy(v), copy.deepcopy(v))
    except Exception as e: print(type(e).__name__, e)
def rec(n):
    x = []
    for _ in range(n): x = [x]
    return x
try: pickle.dumps(rec(100000))
except RecursionError: print("RecursionError")
