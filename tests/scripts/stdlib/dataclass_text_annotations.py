# Annotations that are text.
from __future__ import annotations
import dataclasses, typing
import typing as t
from dataclasses import dataclass, field, InitVar
from typing import ClassVar
import dataclasses as dc
@dataclass
class A:
    x: int
    y: ClassVar[int] = 5
    z: typing.ClassVar = 6
    w: t.ClassVar[int] = 7
    i: InitVar[int] = 3
    j: dataclasses.InitVar[int] = 4
    k: dc.InitVar = 5
    def __post_init__(self, i, j, k): print(i,j,k)
print([f.name for f in dataclasses.fields(A)], A(1))
@dataclass
class N:
    val: int
    next: N | None = None
print(N(1,N(2)), N.__init__.__annotations__, typing.get_type_hints(N), typing.get_type_hints(N.__init__))
@dataclass
class C:
    x: typing.ClassVar
    y: typing . ClassVar[int]
print(C())
@dataclass
class R:
    x: C = field(default=None)
f=dataclasses.fields(R)[0]; print(f.name, f.type)
print(R.__doc__, dataclasses.fields(A)[0].type)
f.type = f
print("type=...," in repr(f))
