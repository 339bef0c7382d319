# Which attribute of what an AttributeError that a program raised is about.
class A:
  blech=None
  def __getattr__(s,n): raise AttributeError('x')
try: A().bluch
except AttributeError as e: print(e.name, type(e.obj))
class A:
  blech=None
  def __getattr__(s,n): raise AttributeError('x',1)
try: A().bluch
except AttributeError as e: print(e.name, type(e.obj))
class A:
  def __getattribute__(s,n): raise AttributeError
try: A().bluch
except AttributeError as e: print(e.name, type(e.obj))
class A:
  @property
  def bluch(s): raise AttributeError('z')
try: A().bluch
except AttributeError as e: print(e.name, type(e.obj))
try: A().bluch.x
except AttributeError as e: print(e.name, type(e.obj))
try: raise AttributeError('q')
except AttributeError as e: print(e.name, type(e.obj))
class E:
    def booh(s): raise AttributeError('booh')
    __eq__=property(booh)
print(E()==E())
