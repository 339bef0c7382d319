"""getopt and gettext."""
import getopt
import gettext

for args, short, long in (
    ("-a -b --cond=foo -d bar --output= a1 a2", "abd:", ["cond=", "output="]),
    ("-abd bar x -a", "abd:", []),
    ("--al=1 --beta x", "", ["alpha=", "beta", "alphabet"]),
    ("--alpha 1 -- -x", "x", ["alpha="]),
    ("--beta", "", "beta"),
    ("a -x b -y", "xy", []),
    ("- -x", "x", []),
    ("-z", "a", []),
    ("-d", "d:", []),
    ("-:", "a:", []),
    ("--al", "", ["alpha", "alps"]),
    ("--alpha", "", ["alpha="]),
    ("--beta=1", "", ["beta"]),
    ("--gamma", "", ["beta"]),
):
    for function in (getopt.getopt, getopt.gnu_getopt):
        try:
            print(function(args.split(), short, long))
        except getopt.GetoptError as error:
            print(type(error).__name__, error, repr(error.opt), error.msg, error.args, getopt.error is getopt.GetoptError)
print(getopt.gnu_getopt("-x a -y".split(), "+xy"))

_ = gettext.gettext
print(_("message"), gettext.ngettext("%d file", "%d files", 1) % 1, gettext.ngettext("%d file", "%d files", 2) % 2)
print(gettext.pgettext("menu", "Open"), gettext.npgettext("menu", "item", "items", 3), gettext.dgettext("d", "x"))
print(gettext.textdomain(), gettext.textdomain("mine"), gettext.find("nothing", "/nonexistent"))
print(gettext.translation("nothing", "/nonexistent", fallback=True).gettext("same"))
try:
    gettext.translation("nothing", "/nonexistent")
except OSError as error:
    print(type(error).__name__, error)
nothing = gettext.NullTranslations()
nothing.install(["ngettext"])
print(nothing.info(), nothing.charset(), ngettext("a", "b", 2))
