# The standard streams are streams like others; print and input use what stands in sys.
import contextlib
import io
import sys

for name in ("stdin", "stdout", "stderr"):
    f = getattr(sys, name)
    print(f, type(f), f.name, f.mode, f.encoding, f.newlines, f.closed, f.fileno(), f is getattr(sys, f"__{name}__"))
    print(f.readable(), f.writable(), f.errors == ("backslashreplace" if name == "stderr" else f.errors))
print(sys.stdin.buffer, sys.stdin.buffer.raw)
sys.stdout.flush()
sys.stdout.buffer.write(b"by the buffer\n")
sys.stdout.buffer.flush()
print(sys.stdout.write("by write\n"), sys.stdout.writelines(["a\n", "b\n"]), end="|\n")
print("no", "newline", sep="-", end="")
print(end="\n")
print("x", None, 1.5, [1], sep=", ", flush=True)

out = io.StringIO()
with contextlib.redirect_stdout(out):
    print("inside", 1)
    print("more", end="!")
print(repr(out.getvalue()))
err = io.StringIO()
with contextlib.redirect_stderr(err):
    print("an error", file=sys.stderr)
print(repr(err.getvalue()))


class Writer:
    def __init__(self):
        self.pieces = []

    def write(self, text):
        self.pieces.append(text)


w = Writer()
print("a", "b", sep="-", file=w)
print(w.pieces)
try:
    print("x", file=5)
except AttributeError as e:
    print(e)
try:
    print("x", file=w, flush=True)
except AttributeError as e:
    print(e)
pieces = []
sys.stdout.write, kept = pieces.append, sys.stdout
print("seen by a replaced method")
del sys.stdout.write
print(pieces)


class Bad:
    def __str__(self):
        raise ValueError("no text")


try:
    print("before", Bad(), "after")
except ValueError as e:
    print("|", e)
sys.stdout = None
print("nowhere")
sys.stdout = sys.__stdout__

sys.stdin = io.StringIO("first\nsecond\r\nthird")
print(input("prompt> "), repr(input()), [input()])
try:
    input("at the end: ")
except EOFError as e:
    print(repr(e))
out = io.StringIO()
sys.stdin = io.StringIO("answer\n")
with contextlib.redirect_stdout(out):
    answer = input("question? ")
print(answer, repr(out.getvalue()))
for name in ("stdin", "stdout", "stderr"):
    kept = getattr(sys, name)
    setattr(sys, name, None)
    try:
        input()
    except RuntimeError as e:
        message = str(e)
    setattr(sys, name, kept)
    print(message)
print(sys.stdout.reconfigure(line_buffering=True), sys.stdout.line_buffering)
try:
    sys.stdout.read()
except io.UnsupportedOperation as e:
    print(e)
try:
    sys.__stdin__.write("x")
except io.UnsupportedOperation as e:
    print(e)
print("the last line has no end", end="")
