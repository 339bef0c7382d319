import bz2
import io
import lzma
import os
import tempfile


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


data = b"".join(b"line %d of a file\n" % n for n in range(2000))
for level in (1, 5, 9):
    packed = bz2.compress(data, level)
    print(level, len(packed), packed[:4], hash(bz2.decompress(packed) == data))
print(bz2.compress(b""), bz2.decompress(b""), bz2.decompress(packed * 2) == data * 2)
print(bz2.decompress(packed + b"junk") == data)
for f in (lambda: bz2.decompress(b"abc"), lambda: bz2.decompress(packed[:50]), lambda: bz2.compress(b"", 10),
          lambda: bz2.compress("a"), lambda: bz2.decompress(packed[:60] + b"x" * 50), lambda: bz2.BZ2Compressor(1, 2),
          lambda: bz2.BZ2Decompressor(1)):
    show(f)

c = bz2.BZ2Compressor()
parts = c.compress(data) + c.compress(data) + c.flush()
print(bz2.decompress(parts) == data * 2)
show(lambda: c.compress(b"x"))
show(lambda: c.flush())
d = bz2.BZ2Decompressor()
print(d.eof, d.needs_input, d.unused_data)
out = d.decompress(packed + b"tail", 100)
print(len(out), d.eof, d.needs_input, d.unused_data)
out += d.decompress(b"", 1000)
print(len(out), d.needs_input)
out += d.decompress(b"")
print(out == data, d.eof, d.needs_input, d.unused_data)
show(lambda: d.decompress(b""))

for kwargs in ({}, {"preset": 0}, {"preset": 9 | lzma.PRESET_EXTREME}, {"format": lzma.FORMAT_ALONE},
               {"check": lzma.CHECK_CRC32}, {"check": lzma.CHECK_SHA256}, {"check": lzma.CHECK_NONE},
               {"filters": [{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_LZMA2, "preset": 3}]},
               {"filters": [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "lc": 0, "lp": 2}]}):
    packed = lzma.compress(data, **kwargs)
    print(len(packed), lzma.decompress(packed) == data)
raw = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
packed = lzma.compress(data, lzma.FORMAT_RAW, filters=raw)
print(len(packed), lzma.decompress(packed, lzma.FORMAT_RAW, filters=raw) == data)
packed = lzma.compress(data)
for f in (lambda: lzma.decompress(b"abc"), lambda: lzma.decompress(packed[:50]),
          lambda: lzma.decompress(b""), lambda: lzma.compress(b"", format=9), lambda: lzma.compress(b"", preset=77),
          lambda: lzma.compress(b"", preset=1, filters=raw), lambda: lzma.compress(b"", format=lzma.FORMAT_RAW),
          lambda: lzma.compress(b"", format=lzma.FORMAT_ALONE, check=lzma.CHECK_CRC32),
          lambda: lzma.compress(b"", format=lzma.FORMAT_ALONE, filters=raw),
          lambda: lzma.compress(b"", filters=[{"id": 99}]), lambda: lzma.compress(b"", filters=[{}]),
          lambda: lzma.compress(b"", filters=[1]), lambda: lzma.compress(b"", filters=raw * 5),
          lambda: lzma.compress(b"", filters=[{"id": lzma.FILTER_LZMA2, "what": 1}]),
          lambda: lzma.compress(b"", filters=[{"id": lzma.FILTER_DELTA, "what": 1}]),
          lambda: lzma.compress(b"", check=99), lambda: lzma.decompress(packed, memlimit=1000),
          lambda: lzma.decompress(packed, lzma.FORMAT_RAW), lambda: lzma.decompress(packed, filters=raw),
          lambda: lzma.decompress(packed, lzma.FORMAT_RAW, 5, raw), lambda: lzma.LZMADecompressor(17),
          lambda: lzma.compress("x"), lambda: lzma.decompress(packed[:90] + b"\0" * 80)):
    show(f)
d = lzma.LZMADecompressor()
print(d.check, d.eof, d.needs_input)
out = d.decompress(packed, max_length=10)
print(out, d.check, d.eof, d.needs_input)
out += d.decompress(b"")
print(out == data, d.check, d.eof, d.unused_data)
print(lzma.is_check_supported(lzma.CHECK_CRC64), lzma.is_check_supported(9))
print(lzma._encode_filter_properties({"id": lzma.FILTER_LZMA1, "preset": 6}))
print(lzma._decode_filter_properties(lzma.FILTER_LZMA1, b"]\x00\x00\x80\x00"))

with tempfile.TemporaryDirectory() as folder:
    for module, make in ((bz2, bz2.BZ2File), (lzma, lzma.LZMAFile)):
        name = os.path.join(folder, "f")
        with make(name, "w") as f:
            print(f.write(data), f.tell(), f.readable(), f.writable(), f.seekable())
            show(f.read)
            show(lambda: f.seek(0))
        with make(name, "a") as f:
            f.writelines([b"a\n", b"b\n"])
        with make(name) as f:
            print(f.read(10), f.tell(), f.readline(), f.peek(1)[:5], f.seek(-5, 2), f.read())
            print(f.seek(3), f.read1(4), len(f.readlines()), f.closed)
            show(lambda: f.write(b""))
            show(lambda: f.seek(1, 9))
        show(f.read)
        show(lambda: make(name, "rt"))
        show(lambda: make(5.5))
        with module.open(name, "wt", encoding="utf-8") as f:
            f.write("ä\nb\n")
        with module.open(name, "rt", encoding="utf-8") as f:
            print(list(f))
        show(lambda: module.open(name, "rbt"))
        show(lambda: module.open(name, "rb", newline=""))
        with open(name, "rb") as f:
            half = f.read()[:-10]
        show(lambda: make(io.BytesIO(half)).read())
    show(lambda: bz2.open(name, "w", compresslevel=0))
    show(lambda: lzma.open(name, "r", check=1))
    show(lambda: lzma.open(name, "r", preset=1))
    show(lambda: list(make(name, "w")))
