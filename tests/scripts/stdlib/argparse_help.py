"""Usage and help: wrapping, groups, commands and formatters."""
import argparse
import os
import sys

sys.stderr = sys.stdout
os.environ["COLUMNS"] = "80"
TEXT = "It reads what it is given, does what it was made for, and says so in a sentence that is long enough to wrap."


def run(parser, *args):
    try:
        print(parser.parse_args(list(args)))
    except SystemExit as end:
        print("exit", end.code)


def build(**kwargs):
    p = argparse.ArgumentParser(prog="prog", description=TEXT, epilog=f"%(prog)s ends here. {TEXT}", **kwargs)
    p.add_argument("source", type=str, help="where from")
    p.add_argument("target", nargs="*", type=str, default="there", help="where to")
    p.add_argument("-v", "--verbose", action="store_true", help=TEXT)
    p.add_argument("-n", "--number", type=int, default=3, metavar="N", help="how many (%(default)s, %(type)s)")
    p.add_argument("--a-very-long-option-name", type=float, help="whose help is on the next line")
    p.add_argument("--kind", type=str, choices=["small", "large"], help="one of %(choices)s")
    p.add_argument("--pair", type=int, nargs=2, metavar=("LOW", "HIGH"))
    p.add_argument("--hidden", type=int, help=argparse.SUPPRESS)
    p.add_argument("--percent", type=int, help="100%% of it")
    p.add_argument("--flag", type=bool, action=argparse.BooleanOptionalAction, help="on or off", default=True)
    group = p.add_argument_group("group", f"What belongs together. {TEXT}")
    group.add_argument("--member", type=int, nargs="+")
    one = group.add_mutually_exclusive_group()
    one.add_argument("--this", action="store_true")
    one.add_argument("--that", type=int)
    return p


build().print_usage()
for name in ("Help", "RawDescriptionHelp", "RawTextHelp", "ArgumentDefaultsHelp", "MetavarTypeHelp"):
    print("==", name)
    build(formatter_class=getattr(argparse, f"{name}Formatter")).print_help()
build(usage="%(prog)s [whatever]").print_help()
for columns in ("30", "40", "120"):
    os.environ["COLUMNS"] = columns
    build().print_help()
os.environ["COLUMNS"] = "80"

long = argparse.ArgumentParser(prog="a-program-with-a-name-that-is-far-too-long-to-be-typed-by-anyone-ever")
for i in range(6):
    long.add_argument(f"--option{i}", required=i % 2)
long.add_argument("positional", nargs="+")
long.print_help()

empty = argparse.ArgumentParser(prog="empty", add_help=False)
empty.print_help()
only = argparse.ArgumentParser(prog="only", add_help=False)
for i in range(12):
    only.add_argument(f"positional{i}")
only.print_usage()

# Groups in the usage.
p = argparse.ArgumentParser(prog="g", add_help=False)
g = p.add_mutually_exclusive_group(required=True)
g.add_argument("-a", action="store_true")
g.add_argument("-b", help=argparse.SUPPRESS)
g.add_argument("-c")
h = p.add_mutually_exclusive_group()
h.add_argument("-d", nargs="?")
h.add_argument("e", nargs="?")
p.add_argument("-f", required=True)
p.print_usage()

# Commands.
p = argparse.ArgumentParser(prog="vcs")
p.add_argument("--repo")
p.add_argument("place")
commands = p.add_subparsers(dest="command", title="commands", description="what to do", help="its name", metavar="CMD")
add = commands.add_parser("add", help="adds things", aliases=["a", "plus"])
add.add_argument("path", nargs="+")
add.set_defaults(func="add")
log = commands.add_parser("log", description="Shows them.")
log.add_argument("-n", type=int, default=5)
more = log.add_subparsers(required=True, dest="how")
more.add_parser("short")
run(p, "-h")
run(p, "x", "add", "-h")
run(p, "x", "log", "short", "-h")
run(p, "x", "a", "f", "g")
run(p, "x", "log", "-n", "3", "short")
run(p, "x", "log")
run(p, "x", "commit")
run(p, "x")
run(p, "x", "log", "short", "left", "--over")
try:
    commands.add_parser("a")
except Exception as error:
    print(type(error).__name__, error)
try:
    commands.add_parser("z", aliases=["add"])
except Exception as error:
    print(type(error).__name__, error)
run(p, "x", "add")


# A formatter of one's own.
class Wide(argparse.HelpFormatter):
    def __init__(self, prog):
        super().__init__(prog, max_help_position=40, width=100)

    def _format_action_invocation(self, action):
        return super()._format_action_invocation(action).upper()


build(formatter_class=Wide).print_help()
build(formatter_class=lambda prog: argparse.HelpFormatter(prog, indent_increment=4, width=70)).print_help()

# Arguments from files.
path = f"/tmp/argparse-{os.getpid()}"
with open(path, "w") as file:
    file.write("--foo\n1 2\nname\n")
p = argparse.ArgumentParser(prog="file", fromfile_prefix_chars="@")
p.add_argument("--foo")
p.add_argument("names", nargs="*")
run(p, f"@{path}", "other")
p.convert_arg_line_to_args = str.split
run(p, f"@{path}", "other")
os.remove(path)
run(p, "@/nonexistent/args")
p.exit(3, "the end\n")
