"""The encodings of East Asian scripts: whole tables, error handlers, pieces."""
import codecs
import io
import zlib

NAMES = "shift_jis cp932 euc_jp gb2312 gbk big5 cp950 euc_kr cp949".split()


def attempt(function, *args):
    try:
        return function(*args)
    except (UnicodeError, LookupError) as e:
        return f"{type(e).__name__}: {e}"


def sums(name):
    """Sums over what all pairs of bytes mean, but the one that begins a sequence of eight, and over all characters."""
    found = []
    for lead in range(128, 256):
        row = b"".join([bytes([lead, trail, 10]) for trail in range(64, 256) if (lead, trail) != (0xA4, 0xD4)])
        found.append(row.decode(name, "replace"))
    text = "".join(found)
    chars = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    return zlib.crc32(text.encode()), zlib.crc32(chars.encode(name, "replace"))


for name in "shift_jis cp932 gb2312 gbk big5 cp949".split():
    print(name, codecs.lookup(name).name, *sums(name))
text = "日本語テスト、中国話"
for name in [*NAMES, "gb18030", "sjis", "EUC-JP", "ms932", "Big5-TW", "uhc", "euc-cn"]:
    print(name, attempt(text.encode, name), attempt("한국어 abc".encode, name))
    data = text.encode(name, "xmlcharrefreplace")
    print(data.decode(name))
    for bad in (b"ab\xff\x41", b"a\x81", b"\x81\x20z", b"\xa1", b"x\x80y", b"\xa0\xa1"):
        print(bad, [attempt(bad.decode, name, e) for e in ("strict", "ignore", "replace", "backslashreplace", "surrogateescape")])
    for e in ("strict", "ignore", "replace", "backslashreplace", "namereplace"):
        print(e, attempt("a\u0e01\U0001f600\u0e02b".encode, name, e))
    decoder = codecs.getincrementaldecoder(name)()
    print([decoder.decode(bytes([b])) for b in data], repr(decoder.decode(b"", True)))
    print(attempt(codecs.getincrementaldecoder(name)().decode, b"\x90", True))
print("€ü😀\u3400\ue000".encode("gb18030"), b"\x81\x30\x81\x30\x94\x39\xfc\x36".decode("gb18030"))
for data in (b"\x81\x30\x81", b"\x81\x30", b"\x81\x30\x41\x41", b"\xff\x30\x81\x30", b"\xfe\x39\xfe\x39"):
    print(attempt(data.decode, "gb18030"), ascii(data.decode("gb18030", "replace")))
print("丂㐂".encode("gb18030"), attempt("\u4e02".encode, "euc_jp"), attempt(b"\x8f\xb0\xa1".decode, "euc_jp"))
print(attempt(b"\x8f\xb0".decode, "euc_jp"), attempt(b"\x8e\xb1\x8e".decode, "euc_jp"), attempt(b"\x8f\xff\xff".decode, "euc_jp"))
reader = io.TextIOWrapper(io.BytesIO("一二\n三四\n".encode("big5")), encoding="big5")
print(reader.readlines())
