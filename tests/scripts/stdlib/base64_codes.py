# base64: every encoding and its errors.
import base64 as B, io


def t(s):
    try:
        print(s, '->', repr(eval(s))[:300])
    except BaseException as e:
        print(s, '->', type(e).__name__, str(e)[:200])

for s in [
    'B.b64encode(b"hello")', 'B.b64encode(b"\\xfb\\xff",altchars=b"-_")', 'B.b64encode(b"\\xfb\\xff",b"-")',
    'B.b64encode(b"a","-_")', 'B.b64encode("a")', 'B.b64encode(5)', 'B.b64decode("aGVsbG8=")',
    'B.b64decode(b"aGVsbG8=")', 'B.b64decode("-_8=",altchars="-_")', 'B.b64decode("-_8=","-_")',
    'B.b64decode("é")', 'B.b64decode("a!b=")', 'B.b64decode("a!b=",validate=True)',
    'B.b64decode("aGVsbG8=",validate=True)', 'B.b64decode("aGVsbG8=\\n",validate=True)',
    'B.b64decode("aGVsbG8")', 'B.b64decode("-_8=",altchars=b"-_x")', 'B.b64decode(5)', 'B.b64decode([1])',
    'B.standard_b64encode(b"a?>")', 'B.standard_b64decode("YT8+")', 'B.urlsafe_b64encode(b"\\xfb\\xef\\xff")',
    'B.urlsafe_b64decode("--__")', 'B.urlsafe_b64decode(b"--__")', 'B.urlsafe_b64decode("é")',
    'B.b32encode(b"hello")', 'B.b32encode(b"")', 'B.b32encode(b"a")', 'B.b32encode(b"ab")',
    'B.b32encode(b"abc")', 'B.b32encode(b"abcd")', 'B.b32encode("a")', 'B.b32decode("NBSWY3DP")',
    'B.b32decode("nbswy3dp")', 'B.b32decode("nbswy3dp",casefold=True)', 'B.b32decode("ME======")',
    'B.b32decode("ME=====")', 'B.b32decode("M0======",map01="I")', 'B.b32decode("M1======",map01="L")',
    'B.b32decode("M1======",map01=b"I")', 'B.b32decode("M1======",map01="xx")', 'B.b32decode("M=======")',
    'B.b32decode("MEE=====")', 'B.b32decode("MFRA====")', 'B.b32decode("MFRGG===")', 'B.b32decode("MFRGGZA=")',
    'B.b32decode("MF!GGZA=")', 'B.b32decode("")', 'B.b32decode("========")', 'B.b32decode("é")',
    'B.b32decode("ME======NBSWY3DP")', 'B.b32hexencode(b"hello")', 'B.b32hexdecode("D1IMOR3F")',
    'B.b32hexdecode("d1imor3f",casefold=True)', 'B.b32hexdecode("Z1IMOR3F")', 'B.b16encode(b"\\x0f\\xaf")',
    'B.b16decode("0FAF")', 'B.b16decode("0faf")', 'B.b16decode("0faf",casefold=True)', 'B.b16decode("0FA")',
    'B.b16decode("ZZ")', 'B.b16decode(b"0F",True)', 'B.b16encode("a")', 'B.b16decode("é")',
    'B.a85encode(b"hello world")', 'B.a85encode(b"")', 'B.a85encode(b"\\0\\0\\0\\0abcd")',
    'B.a85encode(b"    abcd",foldspaces=True)', 'B.a85encode(b"x"*30,wrapcol=20)',
    'B.a85encode(b"x"*30,wrapcol=1)', 'B.a85encode(b"abc",adobe=True)',
    'B.a85encode(b"x"*30,wrapcol=10,adobe=True)', 'B.a85encode(b"ab",pad=True)', 'B.a85encode("a")',
    'B.a85encode(b"\\0\\0")', 'B.a85decode("BOu!rDZ")', 'B.a85decode(b"BOu!rD]j7BEbo7")',
    'B.a85decode("<~87cUR~>",adobe=True)', 'B.a85decode("87cUR~>",adobe=True)',
    'B.a85decode("87cUR",adobe=True)', 'B.a85decode("<~87cUR",adobe=True)', 'B.a85decode("y",foldspaces=True)',
    'B.a85decode("y")', 'B.a85decode("z")', 'B.a85decode("az")', 'B.a85decode("ay",foldspaces=True)',
    'B.a85decode("v")', 'B.a85decode("uuuuu")', 'B.a85decode("8 7\\ncUR")',
    'B.a85decode("8x7",ignorechars=b"x")', 'B.a85decode("!")', 'B.a85decode("é")', 'B.a85decode("s8W-!")',
    'B.a85decode("s8W-\\"")', 'B.b85encode(b"hello world")', 'B.b85encode(b"")', 'B.b85encode(b"ab")',
    'B.b85encode(b"ab",pad=True)', 'B.b85encode("a")', 'B.b85decode("Xk~0{Zv")',
    'B.b85decode(b"Xk~0{Zy<MXa%^M")', 'B.b85decode("\\"")', 'B.b85decode("~~~~~")', 'B.b85decode("|NsC0")',
    'B.b85decode("|NsC1")', 'B.b85decode("a")', 'B.b85decode("é")', 'B.b85decode("abc d")',
    'B.encodebytes(b"x"*100)', 'B.encodebytes(b"")', 'B.encodebytes("a")', 'B.encodebytes(5)',
    'B.encodebytes(memoryview(b"abcd").cast("i"))', 'B.encodebytes(memoryview(b"abcd").cast("B",[2,2]))',
    'B.decodebytes(b"eHh4\\neHg=\\n")', 'B.decodebytes("a")', 'B.encodestring', 'B.__all__',
    'B.MAXLINESIZE, B.MAXBINSIZE',
]:
    t(s)
i = io.BytesIO(b'x' * 200)
o = io.BytesIO()
B.encode(i, o)
print(o.getvalue())
o.seek(0)
z = io.BytesIO()
B.decode(o, z)
print(z.getvalue() == b'x' * 200)
import random
random.seed(1)
for f, g in [(B.b64encode, B.b64decode), (B.b32encode, B.b32decode), (B.b32hexencode, B.b32hexdecode), (B.b16encode, B.b16decode), (B.a85encode, B.a85decode), (B.b85encode, B.b85decode), (B.urlsafe_b64encode, B.urlsafe_b64decode)]:
    acc = []
    for i in range(100):
        d = random.randbytes(random.randrange(40))
        e = f(d)
        assert g(e) == d
        assert g(e.decode()) == d
        acc.append(e)
    import binascii
    print(binascii.crc32(b''.join(acc)))
