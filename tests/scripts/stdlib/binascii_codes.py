# binascii: every function and its errors.
import binascii as B


def t(s):
    try:
        print(s, '->', repr(eval(s))[:300])
    except BaseException as e:
        print(s, '->', type(e).__name__, str(e)[:200])

for s in [
    'B.hexlify(b"abc")', 'B.hexlify(b"abcde","-")', 'B.hexlify(b"abcde",b":",2)', 'B.hexlify(b"abcde",":",-2)',
    'B.hexlify(b"abcde","::")', 'B.hexlify(b"abc",sep="é")', 'B.hexlify(b"abc",bytes_per_sep=2)',
    'B.hexlify(data=b"abc",sep=" ",bytes_per_sep=0)', 'B.hexlify("abc")', 'B.hexlify(5)', 'B.hexlify()',
    'B.hexlify(b"abc",5)', 'B.hexlify(b"abc","")', 'B.hexlify(bytearray(b"ab"))', 'B.b2a_hex(b"\\xff\\x00")',
    'B.unhexlify("6162")', 'B.unhexlify(b"6162")', 'B.unhexlify("616")', 'B.unhexlify("6g")',
    'B.unhexlify("é1")', 'B.unhexlify(5)', 'B.unhexlify("")', 'B.a2b_hex("FFfe")', 'B.unhexlify("61 62")',
    'B.unhexlify(hexstr="6162")', 'B.b2a_base64(b"hello world")', 'B.b2a_base64(b"")',
    'B.b2a_base64(b"a",newline=False)', 'B.b2a_base64("a")', 'B.a2b_base64("aGVsbG8gd29ybGQ=")',
    'B.a2b_base64(b"aGVs bG8g\\nd29ybGQ=\\n")', 'B.a2b_base64("a")', 'B.a2b_base64("ab")',
    'B.a2b_base64("abc")', 'B.a2b_base64("abcde")', 'B.a2b_base64("abcdefghi")', 'B.a2b_base64("=")',
    'B.a2b_base64("====")', 'B.a2b_base64("ab==cd==")', 'B.a2b_base64("ab=c")', 'B.a2b_base64("ab=")',
    'B.a2b_base64("a===")', 'B.a2b_base64("abc=d")', 'B.a2b_base64("é")', 'B.a2b_base64(5)',
    'B.a2b_base64("YWJj!!ZGVm")', 'B.a2b_base64("YQ==YQ==")', 'B.a2b_base64("Y Q = =")',
    'B.a2b_base64("YQ=a=")', 'B.crc32(b"hello")', 'B.crc32(b"hello",5)', 'B.crc32(b"")', 'B.crc32(b"a",-1)',
    'B.crc32(b"a",2**40)', 'B.crc32("a")', 'B.crc32(b"a","b")', 'B.crc_hqx(b"hello",0)',
    'B.crc_hqx(b"hello",70000)', 'B.crc_hqx(b"hello")', 'B.b2a_uu(b"hello world")', 'B.b2a_uu(b"")',
    'B.b2a_uu(b"x"*46)', 'B.b2a_uu(b"x"*45)', 'B.b2a_uu(b"\\0\\0\\0",backtick=True)', 'B.b2a_uu(b"\\0\\0\\0a")',
    'B.b2a_uu(b"\\0\\0",backtick=True)', 'B.a2b_uu(B.b2a_uu(b"hello world"))', 'B.a2b_uu(b"")',
    'B.a2b_uu(b" \\n")', 'B.a2b_uu("+:&5L;&\\\\@=V]R;&0 ")', 'B.a2b_uu(b"\\x7f")', 'B.a2b_uu(b"!!!!!!")',
    'B.a2b_uu(b"#86)C")', 'B.a2b_uu(b"#86)Cxyz")', 'B.a2b_uu(b"$86)C")', 'B.a2b_uu(b"#86)C  \\n")',
    'B.a2b_uu(b"#8~)C")', 'B.a2b_uu(b"#86)C a")', 'B.a2b_uu("#")', 'B.b2a_qp(b"hello=world\\t\\xff \\n")',
    'B.b2a_qp(b"a"*100)', 'B.b2a_qp(b" a b\\t",quotetabs=True)', 'B.b2a_qp(b"a b_c",header=True)',
    'B.b2a_qp(b"a\\r\\nb\\nc",istext=False)', 'B.b2a_qp(b"a\\r\\nb\\nc")', 'B.b2a_qp(b".")',
    'B.b2a_qp(b".\\n..\\n")', 'B.b2a_qp(b"x "*60)', 'B.b2a_qp(b"\\xe9"*40)', 'B.b2a_qp(b"tail ")',
    'B.b2a_qp(b"tail \\nx\\t\\n")', 'B.b2a_qp(b"a\\rb")', 'B.b2a_qp(b"")', 'B.b2a_qp(b"\\x00\\x7f\\x80")',
    'B.b2a_qp(b"a"*75+b"\\n")', 'B.b2a_qp(b"a"*76+b"\\n")', 'B.b2a_qp(b"a"*74+b"=\\n")',
    'B.b2a_qp(b"_ ?",header=True,quotetabs=True)', 'B.b2a_qp(b"x\\r\\n"*3+b"y\\n")',
    'B.a2b_qp(b"hello=3Dworld=\\nfoo")', 'B.a2b_qp(b"=")', 'B.a2b_qp(b"==")', 'B.a2b_qp(b"=AX")',
    'B.a2b_qp(b"=ax=g1=\\r\\nq")', 'B.a2b_qp(b"a_b",header=True)', 'B.a2b_qp("=41")', 'B.a2b_qp(b"=41 \\n")',
    'B.a2b_qp(b"= \\nx")', 'B.a2b_qp(data=b"=41",header=False)', 'B.a2b_qp(b"=\\rx\\ny")', 'B.a2b_qp(b"abc=")',
    'B.a2b_qp(b"abc=4")', 'B.Error', 'B.Incomplete', 'B.Error.__mro__', 'B.Incomplete.__mro__',
    'B.Error.__module__', 'issubclass(B.Error,ValueError)', '[x for x in dir(B) if x[0]!="_"]', 'B.rlecode_hqx',
]:
    t(s)
for d in [
    '', '=', '==', '===', '====', 'ab==', 'ab=', 'a===', 'a=b=', 'ab=c=', 'abc=', 'abcd=', 'abcd==', 'ab==cd',
    'ab== ', 'ab==\n', ' ab==', 'ab!=', 'abcd\n', 'a', 'ab', 'abc', 'ab=\n=', '=abcd', 'abcd====', 'ab===',
    'abc==',
]:
    t(f'B.a2b_base64({d!r},strict_mode=True)')
    t(f'B.a2b_base64({d!r})')
import random
random.seed(5)
acc = 0
for i in range(3000):
    d = bytes((random.choice(b'abcYZ09+/= \n!') for _ in range(random.randrange(14))))
    for st in (0, 1):
        try:
            r = B.a2b_base64(d, strict_mode=st)
        except B.Error as e:
            r = str(e).encode()
        acc = B.crc32(r, acc)
print(acc)
acc = 0
for i in range(2000):
    d = bytes((random.choice(b'ab= \t\r\n._\xe9\x00?') for _ in range(random.randrange(160))))
    for q in (0, 1):
        for it in (0, 1):
            for h in (0, 1):
                acc = B.crc32(B.b2a_qp(d, quotetabs=q, istext=it, header=h), acc)
    acc = B.crc32(B.a2b_qp(d), acc)
    acc = B.crc32(B.a2b_qp(d, header=True), acc)
    e = bytes((random.choice(b'ABF19=g \r\n_') for _ in range(random.randrange(20))))
    acc = B.crc32(B.a2b_qp(e), acc)
print(acc)
acc = 0
for i in range(2000):
    d = random.randbytes(random.randrange(46))
    u = B.b2a_uu(d, backtick=i % 2 == 0)
    assert B.a2b_uu(u) == d
    acc = B.crc32(u, acc)
    d = bytes((random.choice(b' !"#$%`aZ\n\r_') for _ in range(random.randrange(10))))
    try:
        r = B.a2b_uu(d)
    except B.Error as e:
        r = str(e).encode()
    acc = B.crc32(r, acc)
print(acc)
