# Annotations as the text that they are under this import.
from __future__ import annotations
def f(a: List[ list["C2"] ], b: (int,  str), c: "x\"y", d: lambda x: x+1, e: f"{1}", g: a  if b else c, h: 1e5, i: -1, j: not a, k: [x for x in  y], l: {"a":1}): pass
print(f.__annotations__)
import typing
class C:
    a: (int)
    b: 'str'
    c: typing.Callable[[int, "x"], None]
    d: tuple[()]
    e: Literal["a", 'b', "it's"]
    f: x[1:2, ::3]
    g: (1).real
    h: f"{x!r:>{w}} {{}}"
    i: lambda a, /, b=1, *c, d, e=2, **f: 0
    j: lambda: (yield)
    k: a ** -b ** c
    l: (-(a ** b), (-a) ** b)
    m: (a + b) * c - (d - e)
    n: not (a and b or c)
    o: (a < b < c, (a < b) < c)
    p: (f(x for x in y), g(*a, b, k=1, **d))
    q: {**a, 'b': 1, **c}
    r: {x: y for x, y in z if a if b}
    s: [*a, b]
    t: 1e400
    u: b"\xff'\n"
    v: "é\n\t\x85"
    w: 0x10
    x: 1_000_000_000_000_000_000_000
    y: Dict[str, "Optional[Node]"]
    z: a[b][c].d(e)[f]
    aa: (a if b else c) if d else e
    ab: lambda *, a: a
    ac: (a[b, c], a[(b, c)], a[b,], a[*b])
    ad: 1j
    ae: 1.5e-10
    af: (lambda: 1)()
    ag: {1, 2}
    ah: f'{ {1:2} }'
    ai: "a" "b"
    aj: ...
    ak: None
    al: int|None
    am: a if b else lambda: c
    an: x @ y // z % w << 1 >> 2 & 3 ^ 4 | 5
    ao: ~x + +y
    ap: not a == b
    aq: (not a) == b
    ar: await_.x
for k, v in C.__annotations__.items(): print(k, v)
def f(*a: *b, **k: "z") -> "x": pass
print(f.__annotations__)
