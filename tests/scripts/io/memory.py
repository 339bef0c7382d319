# BytesIO and StringIO.
import copy
import io
import pickle


def attempt(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


b = io.BytesIO(b"one\ntwo\nthree")
print(b.read(2), b.readline(), b.readlines(), b.read(), b.tell(), b.seek(0), list(b), b.getvalue())
print(b.seek(4), b.write(b"TWO"), b.getvalue(), b.seek(0, 2), b.write(bytearray(b"!")), b.seek(20), b.write(b"x"), b.getvalue())
print(b.truncate(5), b.getvalue(), b.tell(), b.seek(1), b.truncate(), b.getvalue(), b.seek(-1, 2), b.seek(5, 1))
print(b.readable(), b.writable(), b.seekable(), b.isatty(), b.closed, b.flush(), b.read1(3), b.writelines([b"p", b"q"]))
x = bytearray(4)
b = io.BytesIO(b"abcdefgh")
print(b.readinto(x), x, b.readinto1(x), x, b.readinto(x), b.seek(0), b.readline(3), b.readlines(2))
view = b.getbuffer()
view[0:2] = b"ZZ"
print(bytes(view[:4]), b.getvalue(), len(view))
attempt(b.write, b"more" * 5)
attempt(b.close)
view.release()
print(b.close(), b.closed)
for name in ("read", "readline", "getvalue", "tell", "flush", "isatty", "readable", "getbuffer", "truncate", "__next__"):
    attempt(getattr(b, name))
attempt(b.write, b"")
b = io.BytesIO()
for bad in ("text", 5, None, [1]):
    attempt(b.write, bad)
    attempt(lambda: io.BytesIO(bad).getvalue())
attempt(b.seek, -1)
attempt(b.seek, 0, 3)
attempt(b.seek, 1.0)
attempt(b.truncate, -1)
attempt(b.truncate, "x")
attempt(b.read, "x")
attempt(b.fileno)
attempt(b.detach)
attempt(io.BytesIO, b"", 1)
print(io.BytesIO(initial_bytes=b"k").getvalue(), io.BytesIO(None).getvalue())

s = io.StringIO("one\ntwö\nthree")
print(s.read(2), repr(s.readline()), s.readlines(), repr(s.read()), s.tell(), s.seek(0), list(s), repr(s.getvalue()))
print(s.seek(6), s.write("Oé"), repr(s.getvalue()), s.seek(0, 2), s.write("!"), s.seek(16), s.write("x"), repr(s.getvalue()))
print(s.truncate(5), repr(s.getvalue()), s.tell(), s.seek(1), s.truncate(), s.getvalue(), s.seek(0, 1), s.seek(0, 2))
print(s.readable(), s.writable(), s.seekable(), s.isatty(), s.closed, s.flush(), s.line_buffering, s.encoding, s.errors)
print(s.newlines, s.writelines(["p", "q"]), s.getvalue())
for text in ("a\nb\r\nc\rd", "", "\r", "x\r\n\r\n"):
    for newline in (None, "", "\n", "\r", "\r\n"):
        s = io.StringIO(text, newline=newline)
        print(repr(newline), s.readlines(), repr(s.getvalue()), s.newlines, s.write("1\n2"), repr(s.getvalue()))
s = io.StringIO()
for bad in (b"bytes", 5, None):
    attempt(s.write, bad)
attempt(io.StringIO, 5)
attempt(io.StringIO, newline="x")
attempt(io.StringIO, newline=5)
attempt(s.seek, -1)
attempt(s.seek, 1, 1)
attempt(s.seek, 1, 2)
attempt(s.seek, 0, 3)
attempt(s.truncate, -1)
attempt(s.truncate, "x")
attempt(s.read, 1.5)
attempt(s.fileno)
attempt(s.detach)
s.close()
for name in ("read", "readline", "getvalue", "tell", "flush", "isatty", "readable", "truncate", "__next__", "__enter__"):
    attempt(getattr(s, name))

# Subclasses, attributes, copies, pickles.
class Loud(io.StringIO):
    def __init__(self, *args, tag="t"):
        super().__init__(*args)
        self.tag = tag

    def write(self, text):
        return super().write(text.upper())

    def readline(self, size=-1):
        return "<" + super().readline(size) + ">" if self.tell() < 5 else ""


l = Loud("ab\ncd\n", tag="tagged")
print(l.readlines(), l.tag, l.write("shout"), l.getvalue(), [x for x in Loud("q\nrst\n")])
print("printed", 1, 2.5, file=l)
print(l.getvalue())
for x in (io.BytesIO(b"abc"), io.StringIO("abc", newline=None)):
    x.seek(1)
    x.note = [1]
    y = pickle.loads(pickle.dumps(x))
    z = copy.copy(x)
    print(y.tell(), y.getvalue(), y.note, z.tell(), z.getvalue(), x.__getstate__())
    attempt(x.__setstate__, 5)
    attempt(x.__setstate__, (x.getvalue(), "x", None) if isinstance(x, io.BytesIO) else (x.getvalue(), "", -1, None))
with io.StringIO() as s, io.BytesIO() as b:
    print(s.write("in"), b.write(b"side"), s.closed)
print(s.closed, b.closed, bool(s), s == s, hash(b) == hash(b))

d = io.IncrementalNewlineDecoder(None, translate=True)
print([d.decode(t) for t in ("a\r", "\nb\r", "c\n", "\r")], repr(d.decode("", final=True)), d.newlines, d.getstate())
d.reset()
print(d.newlines, d.decode("x\r"), d.getstate(), d.setstate((b"", 0)), repr(d.decode("y", True)))
d = io.IncrementalNewlineDecoder(decoder=None, translate=False)
print([d.decode(t) for t in ("a\r", "\nb\r", "c\n")], d.newlines)
attempt(d.setstate, 5)
attempt(d.setstate, (b"",))
attempt(d.decode, 5)
attempt(io.IncrementalNewlineDecoder)
