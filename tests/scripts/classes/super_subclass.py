# `super` as a base class, its arguments and its messages.
def t(f):
    try: print('ok', f())
    except BaseException as e: print(type(e).__name__, e)
t(lambda: super(1))
t(lambda: super(int, 's'))
t(lambda: super(int, 1, 2))
t(lambda: super(int, x=2))
t(lambda: super())
def f(a): return super()
t(lambda: f(1))
class A:
    def m(self): return 'A.m'
    @property
    def p(self): return 'A.p'
    @classmethod
    def c(cls): return 'A.c '+cls.__name__
class my(super):
    x=5
    def hi(self): return 'hi '+self.__thisclass__.__name__
class B(A):
    def m(self): return 'B'+my(B,self).m()
    def n(self): return my().m()
    def q(self): return my().p
    @classmethod
    def c(cls): return my().c()
b=B()
t(lambda: b.m()); t(lambda: b.n()); t(lambda: b.q()); t(lambda: B.c())
t(lambda: my(B,b).hi())
s=my(B); t(lambda: (s.__self__, s.__thisclass__, s.__self_class__, type(s.__get__(b)).__name__, s.__get__(b).m()))
t(lambda: repr(s)); t(lambda: repr(super(B))); 
t(lambda: my.__mro__)
class my2(super):
    def __init__(self, *a):
        super().__init__(*a)
        self.extra=1
t(lambda: my2(B,b).m()); t(lambda: my2(B,b).extra)
s=my2.__new__(my2); t(lambda: (s.__self__, s.__thisclass__)); t(lambda: s.__init__(B,b)); t(lambda: s.m())
t(lambda: s.__init__(A,b)); t(lambda:s.m())
class my3(super):
    def __getattribute__(self, n):
        print('get', n)
        return super().__getattribute__(n)
t(lambda: my3(B,b).m())
t(lambda: super(B,b).zzz)
t(lambda: super(B,b).__class__)
s=super(B,b); t(lambda: setattr(s,'m',1)); t(lambda: setattr(s,'q',1))
t(lambda: super(B, B).m(b)); t(lambda: super(B,B).c())
s=super(B).__get__(b); t(lambda: s.m()); t(lambda: s.__init__(int, 5)); t(lambda: s.m()); t(lambda: s.real)
