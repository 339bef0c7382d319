"""codeop and code: what is a whole statement, and prompts."""
import codeop, code, io, sys
for s in ["", "x", "x = 1", "if x:", "if x:\n  y", "if x:\n  y\n", "def f():\n  pass", "def f():\n  pass\n", "(", "'''a", "a b", "x = (1,\n", "for", "try:\n  x\n", "\n", "class A:\n  x=1\n\n", "@d\n", "x\\", "if 1: pass\nelse:", "1 +", "'abc", "a = 1;", "with a:", "lambda:", "async def f():\n  await x", "raise = 2", "def x():\n\n pass\n", "if 9==3:\n  pass\nelse:\n  pass\n", "a = [1,\n2,\n", "def f(", "]", "if True:\n 1\n +", "pass\n"]:
    for sym in ('single','exec','eval'):
        try: r=codeop.compile_command(s, '<x>', sym)
        except (SyntaxError,OverflowError,ValueError) as e: r=type(e).__name__, str(e)
        print(repr(s), sym, r if not hasattr(r,'co_code') else 'code')
lines=iter(["x = 1","x","def f():","  return 5","","f()","1/0","a b","print('hi')"])
def rf(p):
    try: l=next(lines)
    except StopIteration: raise EOFError
    print(p+l); return l
sys.stderr=sys.stdout
code.interact("banner", rf, {}, "bye")
c=code.InteractiveConsole()
print(c.push("y = 2"), c.push("if y:"), c.push("  print(y)"), c.push(""), c.locals.get('y'))
