"""optparse: declaring, parsing, help and errors."""
import sys
from optparse import *
import optparse

sys.stderr = sys.stdout


def run(p, *args):
    try:
        values, rest = p.parse_args(list(args))
        print(values, rest)
    except SystemExit as e:
        print("exit", e.code)


def callback(option, opt, value, parser, *args, **kwargs):
    print("callback", option, opt, value, args, kwargs)
    setattr(parser.values, option.dest or "cb", value)


p = OptionParser(usage="%prog [options] FILE", version="%prog 1.0", description="A program that does some things, and has a description that is long enough to need more than one line.", prog="prog", epilog="The end.")
p.add_option("-f", "--file", dest="filename", help="write report to FILE", metavar="FILE")
p.add_option("-q", "--quiet", action="store_false", dest="verbose", default=True, help="don't print status messages to stdout [default: %default]")
p.add_option("-n", type="int", dest="num", default="3", help="a number, default %default")
p.add_option("--ratio", type="float")
p.add_option("-c", "--choice", type="choice", choices=["a", "b"], help="one of a and b, which is a rather long text that will have to be wrapped at some place")
p.add_option("-v", action="count", dest="count")
p.add_option("-a", "--add", action="append")
p.add_option("--const", action="store_const", const=42, dest="k")
p.add_option("--ac", action="append_const", const="x", dest="list")
p.add_option("--pair", nargs=2, type=int)
p.add_option("--cb", action="callback", callback=callback, callback_args=(1,), callback_kwargs={"k": 2})
p.add_option("--cbv", action="callback", callback=callback, type="string", dest="cbv")
p.add_option("--hidden", help=SUPPRESS_HELP)
g = OptionGroup(p, "Dangerous", "Use with care.")
g.add_option("-g", action="store_true", help="Group option.")
p.add_option_group(g)
run(p)
run(p, "-fout", "--quiet", "x", "-n", "0x10", "y", "--", "-z")
run(p, "--fi=name", "--rat", "2.5", "-vvv", "-a1", "--add=2", "--const", "--ac", "--ac", "--pair", "1", "2", "-c", "b", "--cb", "--cbv=q", "-g")
for args in (["-x"], ["--nope"], ["-n"], ["-n", "x"], ["--ratio=y"], ["-c", "z"], ["--a"], ["--quiet=1"], ["--pair", "1"], ["--c"], ["--version"], ["-h"]):
    print(args)
    run(p, *args)
p.print_usage()
print(p.get_version(), p.has_option("-f"), p.get_option("--file").dest, p.get_option("-f"), p.get_option_group("-g").title, p.defaults["num"])
p.remove_option("-f")
p.set_defaults(ratio=1.0)
p.disable_interspersed_args()
run(p, "-q", "x", "-q")
p.error.__name__
try:
    p.error("own message")
except SystemExit as e:
    print(e.code)
t = OptionParser(formatter=TitledHelpFormatter(), option_list=[make_option("-s", "--long-name-of-option", metavar="VALUE", help="help text"), make_option("--no-help")], prog="t", usage="usage: x", add_help_option=False)
print(t.format_help())
print(OptionParser(usage=SUPPRESS_USAGE, prog="z").format_help())
for f in (lambda: p.add_option("-q"), lambda: p.add_option("x"), lambda: p.add_option("-"), lambda: p.add_option("--k", action="nope"), lambda: p.add_option("--k", type="nope"), lambda: p.add_option("--k", action="store_true", type="int"),
          lambda: p.add_option("--k", nope=1), lambda: p.add_option("--k", type="choice"), lambda: p.add_option("--k", choices="ab"), lambda: p.add_option("--k", const=1), lambda: p.add_option("--k", action="count", nargs=1), lambda: p.add_option("--k", action="callback"),
          lambda: p.add_option("--k", callback=len), lambda: p.remove_option("--zz"), lambda: p.add_option(3), lambda: Option()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
r = OptionParser(conflict_handler="resolve", prog="r")
r.add_option("-h", "--hello", action="store_true", help="hello")
print(r.format_help())
print(Values({"a": 1}) == {"a": 1}, Values({"a": 1}) == Values({"a": 1}), Values({"a": 1}), sorted(optparse.__all__))
