"""wave: writing and reading sound."""
import io
import math
import os
import struct
import tempfile
import wave

data = b"".join(struct.pack("<hh", int(1000 * math.sin(i / 5)), i) for i in range(100))
out = io.BytesIO()
with wave.open(out, "wb") as w:
    w.setnchannels(2)
    w.setsampwidth(2)
    w.setframerate(8000.4)
    w.setcomptype("NONE", "not compressed")
    w.writeframes(data[:200])
    w.writeframesraw(data[200:])
    print(w.tell(), w.getnframes(), w.getparams())
text = out.getvalue()
print(len(text), text[:44])
with wave.open(io.BytesIO(text)) as r:
    print(r.getparams(), r.getnchannels(), r.getcompname(), r.getmarkers())
    print(r.readframes(3) == data[:12], r.tell(), r.readframes(1000) == data[12:], r.readframes(1), r.tell())
    r.rewind()
    r.setpos(50)
    print(r.readframes(1) == data[200:204])
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "a.wav")
    with wave.open(name, "w") as w:
        w.setparams((1, 1, 11025, 0, "NONE", "not compressed"))
        w.writeframes(bytes(range(50)))
    with wave.open(name) as r:
        print(r.getparams(), r.readframes(5), os.path.getsize(name))


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(wave.open, io.BytesIO(b"RIFX" + text[4:]))
attempt(wave.open, io.BytesIO(b""))
attempt(wave.open, io.BytesIO(text[:8] + b"XXXX"))
attempt(wave.open, io.BytesIO(text[:12]))
attempt(wave.open, io.BytesIO(text[:20] + b"\x03\0" + text[22:]))
attempt(wave.open, io.BytesIO(), "q")
w = wave.open(io.BytesIO(), "wb")
for f, *args in ((w.setnchannels, 0), (w.setsampwidth, 5), (w.setframerate, 0), (w.getnchannels,), (w.getsampwidth,), (w.getframerate,), (w.getparams,), (w.setcomptype, "X", ""), (w.writeframes, b"a"), (w.setmark, 1, 2, 3)):
    attempt(f, *args)
w.setparams((1, 1, 1, 0, "NONE", ""))
w.writeframes(b"abc")
attempt(w.setnchannels, 2)
w.close()
