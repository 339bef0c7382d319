# Carets under what is deleted, updated in place, spaced, in brackets, or wide; `@` of integers.
import operator
import traceback


class A:
    x = 1


a, i, s, d, b = A(), 5, "text", {}, [1]


def t(source):
    code = compile(source, "<test>", "exec")
    import linecache

    linecache.cache["<test>"] = (len(source), None, source.splitlines(True), "<test>")
    try:
        exec(code, globals())
    except Exception as e:
        print("".join(traceback.format_exception(e)[2:]), end="")


for source in [
    "a.x += s", "i += s", "b[0]   +=   s", "a.x += s  # a comment", "if a: a.x += s", "i -= (s\n)", "x = i; x @= 2",
    "del a[0]", "del a  [ 0 ]", "del a.x.y", "del d['k'], i", "a[0] = 1", "( a )  [ 0 ] = 1", "( s )  [ 'k' ]",
    "b [:1] .x", "d [(1)]", "d[ 'k' ][0]", "d['k' ,]", "(i) @ (i)", "i@i", "f = [i @ i]",
    "'日本' + i", "x = '日本'; x.foo", "['日本', i] << i", "'日本'['é':]", "'日本' .foo('日本')", "  \nd['日本'][1]",
    "(d)['é'] + '日本'", "x = ['🙂', s  [ '🙂' ]]",
]:
    t(source)

for x in 5, 2**70, True, 1.5, 1j:
    for f in operator.matmul, operator.imatmul:
        try:
            print(f(x, x))
        except TypeError as e:
            print(e)
    t("i @ x")
