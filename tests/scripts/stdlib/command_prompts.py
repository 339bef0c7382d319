"""cmd."""
import cmd
import io
import sys


def t(f,*a,**k):
    try: print(a, repr(f(*a,**k)))
    except Exception as e: print(a, type(e).__name__, e)


class C(cmd.Cmd):
    intro="Welcome"; prompt="> "
    def do_greet(self, arg):
        "Greets someone."
        print("hello", repr(arg))
    def do_quit(self, arg):
        return True
    do_EOF=do_quit
    def do_nodoc(self, a): pass
    def help_topic(self): print("about topic")
    def precmd(self,l): print("pre",repr(l)); return l
    def postcmd(self,s,l): print("post",s); return s
    def preloop(self): print("preloop")
    def postloop(self): print("postloop")
class D(C):
    def do_shell(self,a): print("shell",a)
    def default(self,l): print("def",l)
    def emptyline(self): print("empty")
text="greet bob\n\nhelp\nhelp greet\nhelp nodoc\nhelp nothing\nhelp topic\nhelp help\n?greet\n!ls -l\nunknown x\n  greet  spaced  \n?\ngreet=3\n123\nquit\nnot reached\n"
for K in (C,D):
    o=io.StringIO(); c=K(stdin=io.StringIO(text),stdout=o); c.use_rawinput=False; c.cmdloop(); print(o.getvalue())
o=io.StringIO(); c=C(stdin=io.StringIO(""),stdout=o); c.use_rawinput=0; c.cmdqueue=["greet q"]; c.cmdloop("other intro"); print(o.getvalue())
c.stdout=sys.stdout
c.columnize([str(i)*(i%7+1) for i in range(40)]); c.columnize([]); c.columnize(["one"]); t(c.columnize,[1,"a",2]); c.columnize(["x"*50,"y"*50]); c.columnize(["abc"]*30, 20)
c.print_topics("Head", ["a","b"], 15, 80); print(c.parseline("!x"), c.parseline("? y"), c.parseline("a b"), c.parseline(""), c.parseline("=3"), c.completenames("g"), sorted(c.complete_help("")), c.onecmd("greet z"), c.lastcmd)
