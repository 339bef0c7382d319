import traceback
class A:
    def m(self, *a): return self
    def bad(self, *a): 1/0
    x = property(lambda s: s)
def t(f):
    try: f()
    except Exception: print(traceback.format_exc())
o = A()
def f1():
    (o
     .m()
     .bad()
     .m())
def f2():
    (o
     .m()
     .nothing
     .m())
def f3():
    return (o.m(
        1).bad(
        2,
        3))
def f4():
    o.m(
      1,
      2).nothing(
      3)
def f5():
    (o
      .
      nothing)
def f6():
    (o.m()
      .x
      .bad(
         1))
def f7():
    (o
     .y
    ) = 3
    (None
     .y
    ) = 3
def f8():
    del (o.m()
      .zzz)
def f9():
    (o
      .m(1).m().bad(1, 2))
def f10():
    o.m()(
      1
      )
def f11():
    (None
      .bad)(1)
def f12():
    (o
      .m)(1)(
      2)
for f in f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12: t(f)
