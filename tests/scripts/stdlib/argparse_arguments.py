"""Parsing: kinds of actions, numbers of values, conflicts and errors."""
import argparse
import sys

sys.stderr = sys.stdout  # errors are compared too


def run(parser, *args, method="parse_args"):
    try:
        print(getattr(parser, method)(list(args)))
    except SystemExit as end:
        print("exit", end.code)
    except Exception as error:
        print(type(error).__name__, error)


def attempt(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


P = argparse.ArgumentParser

# Every action.
p = P(prog="actions")
p.add_argument("--store")
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--true", action="store_true")
p.add_argument("--false", action="store_false")
p.add_argument("--append", action="append")
p.add_argument("--append-const", dest="append", action="append_const", const="c")
p.add_argument("--extend", action="extend", nargs="+", type=int, default=[0])
p.add_argument("-c", "--count", action="count", default=0)
p.add_argument("--flag", action=argparse.BooleanOptionalAction)
p.add_argument("--version", action="version", version="%(prog)s 1.2")
run(p)
run(p, "--store", "x", "--const", "--true", "--false", "--append", "a", "--append-const", "--extend", "1", "2", "-cc")
run(p, "--no-flag", "--count", "-c", "--extend", "x")
run(p, "--flag", "--flag=3")
run(p, "--version")
run(p, "--true=1")
run(p, "--store")
run(p, "-ccx")
run(p, "--sto=1", "--cons", "--ap", "x")

# Numbers of values.
for nargs in (None, 1, 2, "?", "*", "+", argparse.REMAINDER):
    p = P(prog="nargs")
    p.add_argument("-x", nargs=nargs, const=None if nargs != "?" else "const")
    p.add_argument("pos", nargs=nargs)
    for args in ([], ["a"], ["a", "b"], ["-x", "1", "a"], ["-x", "1", "--", "a", "-b"], ["a", "b", "-x"]):
        run(p, *args)
p = P(prog="shared")
p.add_argument("first")
p.add_argument("rest", nargs="*", type=int)
p.add_argument("last", nargs="?", default="7", type=int)
run(p, "a", "1", "2", "3")
run(p, "a")
run(p)
run(p, "a", "b")
run(p, "a", "--", "-1")
run(p, "a", "-1")

# Values.
p = P(prog="values")
p.add_argument("--number", type=float, choices=[1.0, 2.0])
p.add_argument("--name", choices=("ann", "bob"))
p.add_argument("--default", type=int, default="12")
p.add_argument("--file", type=argparse.FileType("r"))


def even(text):
    if int(text) % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return int(text)


p.add_argument("--even", type=even)
run(p, "--number", "1", "--name", "ann", "--even", "4")
run(p, "--number", "3")
run(p, "--number", "x")
run(p, "--name", "carl")
run(p, "--even", "3")
run(p, "--even", "x")
run(p, "--file", "/nonexistent/file")
run(p, "--n", "1")
run(p, "--num", "1")
run(p, "-number", "1")
run(p, "extra", "--what", "more")
run(p, "extra", "--what", "--num=1", "more", method="parse_known_args")

# Groups of which one may, or must, be given.
p = P(prog="group")
g = p.add_mutually_exclusive_group(required=True)
g.add_argument("--one", action="store_true")
g.add_argument("--two")
g.add_argument("three", nargs="?")
run(p)
run(p, "--one")
run(p, "--one", "--two", "x")
run(p, "x", "--one")
run(p, "--two", "x", "y")

# Prefixes, abbreviations, negative numbers.
p = P(prog="plus", prefix_chars="+/", allow_abbrev=False)
p.add_argument("+x", "++long")
p.add_argument("/y")
run(p, "+x", "1", "/y", "2", "-z")
run(p, "++lon", "1")
run(p, "++help")
p = P(prog="negative")
p.add_argument("-x", type=int)
p.add_argument("n", nargs="*", type=float)
run(p, "-x", "-1", "-2", "-.5")
p.add_argument("-1", dest="one", action="store_true")
run(p, "-1")
run(p, "-x", "-2")

# Options and positional arguments in any order.
p = P(prog="mixed")
p.add_argument("--foo")
p.add_argument("cmd")
p.add_argument("rest", nargs="*", type=int)
run(p, "do", "1", "--foo", "bar", "2", "3", method="parse_intermixed_args")
run(p, "do", "1", "--foo", "bar", "2", "3", "--x", method="parse_known_intermixed_args")
run(p, "do", "1", "--foo", "bar", "2")
q = P(prog="m")
q.add_argument("r", nargs="...")
run(q, "a", method="parse_intermixed_args")

# Defaults of the parser and its arguments.
p = P(prog="defaults", argument_default=argparse.SUPPRESS)
p.add_argument("--a")
p.add_argument("--b", default=3)
p.set_defaults(c=4, b=5)
run(p)
print(p.get_default("b"), p.get_default("c"), p.get_default("zz"))
print(p.parse_args(["--a", "1"], argparse.Namespace(a=0, z=9)))

# Parents and conflicts.
parent = P(add_help=False)
parent.add_argument("--parent", type=int)
parent.add_argument_group("extra").add_argument("--in-group")
parent.set_defaults(p=1)
child = P(prog="child", parents=[parent])
child.add_argument("--child")
run(child, "--parent", "2", "--in-group", "x")
attempt(child.add_argument, "--child", "-h")
r = P(prog="resolve", conflict_handler="resolve")
r.add_argument("-f", "--foo")
r.add_argument("-f", "--far")
run(r, "-f", "1", "--foo", "2")
attempt(P, conflict_handler="other")
attempt(P, parents=[P()])

# Errors when arguments are made.
p = P(prog="errors")
attempt(p.add_argument, "x", dest="y")
attempt(p.add_argument, "x", required=True)
attempt(p.add_argument, "-x", "y")
attempt(p.add_argument, "--")
attempt(p.add_argument, "-x", action="nothing")
attempt(p.add_argument, "-x", type="int")
attempt(p.add_argument, "-x", nargs=0)
attempt(p.add_argument, "-x", nargs="x")
attempt(p.add_argument, "-x", const=1)
attempt(p.add_argument, "-x", nargs=2, metavar=("a",))
attempt(p.add_argument, "-x", action="store_true", nargs=1)
attempt(p.add_argument, "-x", type=argparse.FileType)
attempt(p.add_mutually_exclusive_group().add_argument, "x")
attempt(p.parse_args, None, 3)

# No exit.
p = P(prog="raising", exit_on_error=False)
p.add_argument("--int", type=int)
run(p, "--int", "x")
run(p, "--int")

# Reprs.
print(p)
print(p.add_argument("-q", metavar="Q", help="quiet"))
print(argparse.Namespace(a=1, **{"not a name": 2}), argparse.Namespace(a=1) == argparse.Namespace(a=1))
print("a" in argparse.Namespace(a=1), argparse.FileType("w", encoding="utf-8"))
print(argparse.ArgumentParser, argparse.Namespace, argparse.ArgumentError, argparse.HelpFormatter)


# An action of one's own.
class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        print("called with", values, option_string)
        setattr(namespace, self.dest, values.upper())


p = P(prog="own")
p.add_argument("--up", action=Upper)
run(p, "--up", "x", "--u=y")
attempt(argparse.Action([], "x"), None, None, None)
