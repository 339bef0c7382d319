# Packing and unpacking with every format, and the errors.
import struct
for bo in ['', '@', '=', '<', '>', '!']:
    for c in 'cbBhHiIlLqQnNefdspP?x':
        out = []
        for v in [300, 70000, 2 ** 40, 2 ** 70, -1, -2 ** 20, -2 ** 40, -2 ** 70, 1.5, 'a', b'ab', None, 1e+40, 1e+300]:
            try:
                out.append(struct.pack(bo + c, v).hex())
            except BaseException as e:
                out.append(type(e).__name__ + ':' + str(e))
        print(bo, c, out)
for f in [
    'z', '3', '3 i', 'i3', '  3i  ', '99999999999999999999i', '\x00', '>n', 3, None, b'i', '0s', 'é',
    '9223372036854775807s', '2147483647q2147483647q2147483647q', '<', '@@i', 'i@',
]:
    try:
        print(repr(f), struct.calcsize(f))
    except BaseException as e:
        print(repr(f), type(e).__name__, e)
s = struct.Struct('<ihb')
for call in [
    'struct.pack("i")', 'struct.pack("i",1,2)', 'struct.pack()', 'struct.unpack("i",b"123")',
    'struct.unpack("i","abcd")', 'struct.unpack("i")', 's.pack(1)', 's.unpack(b"")',
    'struct.pack_into("i",bytearray(3),0,1)', 'struct.pack_into("i",bytearray(8),5,1)',
    'struct.pack_into("i",bytearray(8),-2,1)', 'struct.pack_into("i",bytearray(8),-9,1)',
    'struct.pack_into("i",b"1234",0,1)', 'struct.pack_into("i",bytearray(8))',
    'struct.pack_into("i",bytearray(8),0)', 'struct.pack_into("i",bytearray(8),"a",1)',
    'struct.unpack_from("i",b"12")', 'struct.unpack_from("i",b"12345678",5)',
    'struct.unpack_from("i",b"12345678",-3)', 'struct.unpack_from("i",b"12345678",-30)',
    'struct.unpack_from("i",b"12345678",offset=4)', 'struct.unpack_from("i",buffer=b"12345678",offset=4)',
    'list(struct.iter_unpack("i",b"123"))', 'list(struct.iter_unpack("",b"123"))',
    'list(struct.iter_unpack("h",b"1234"))', 'struct.Struct()', 's.pack_into()', 's.pack_into(bytearray(4))',
    's.pack_into(bytearray(4),0)', 's.pack_into(bytearray(4),0,1,2,3)', 's.unpack_from()', 's.iter_unpack()',
    'struct.Struct.__module__', 'struct.error.__module__', 'struct.error', 'struct.Struct',
    'struct.pack.__module__', 'type(struct.iter_unpack("h",b"1234"))',
    'struct.iter_unpack("h",b"1234").__length_hint__()', 'struct.pack("5s",b"abc")',
    'struct.pack("5p",b"abcdefg")', 'struct.pack("0s",b"abc")', 'struct.pack("0p",b"abc")',
    'struct.unpack("5p",b"\\x03abcd")', 'struct.unpack("5p",b"\\x09abcd")', 'struct.unpack("0s",b"")',
    'struct.pack("0i")', 'struct.pack("c","a")', 'struct.pack("s",bytearray(b"x"))',
    'struct.pack("c",bytearray(b"x"))', 'struct.pack("p",bytearray(b"x"))', 'struct.pack("s",memoryview(b"x"))',
    'struct.calcsize("bi")', 'struct.calcsize("bi0q")', 'struct.calcsize("<bi")', 'struct.calcsize("=lq")',
    'struct.calcsize("lq")', 'struct.pack(b"<i",3)', 'struct.Struct(b"<i").format', 'struct.pack("P",-1)',
    'struct.pack("P",2**64)', 'struct.pack("?",[])', 'struct.unpack("?",b"\\x05")', 'struct.pack("<e",65519.9)',
    'struct.pack("<e",65520)', 'struct.pack("<e",1e-8)', 'struct.pack("<e",float("nan"))',
    'struct.pack("<f",float("nan"))', 'struct.unpack("<e",b"\\x01\\x7c")', 'struct.unpack("<e",b"\\x01\\x00")',
    'struct.pack("<f",3.5e38)', 's.format="x"', 's.x=1', 'struct.Struct("i").__sizeof__() > 0',
    'struct.pack("i",True)', 'struct.pack("f",3)', 'struct.pack("f",10**400)', 'struct.pack("i",1.0)',
    'struct._clearcache()', 'struct.__all__', 'struct.unpack("i",bytearray(b"1234"))', 'struct.unpack("i",[1])',
    '[x for x in dir(s) if x[:2]!="__"]', 'struct.Struct("i")==struct.Struct("i")', 'bool(struct.__doc__)',
    'struct.pack("xi",1)', 'struct.pack(3,1)', 'struct.pack_into("0i",bytearray(3),3)',
    'struct.pack_into("0i",bytearray(3),4)', 'struct.pack_into("",bytearray(3),4)',
    'struct.unpack_from("",b"",1)', 'struct.unpack_from("i")', 'struct.unpack_from("i",5)',
]:
    try:
        print(call, '->', eval(call) if '=' not in call.replace('==', '').split('(')[0] else exec(call))
    except BaseException as e:
        print(call, '->', type(e).__name__, e)
