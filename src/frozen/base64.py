"""Bytes as text of ASCII: the alphabets of RFC 3548, Ascii85 and that of Git's base 85."""

import binascii

__all__ = [
    'encode', 'decode', 'encodebytes', 'decodebytes',
    'b64encode', 'b64decode', 'b32encode', 'b32decode',
    'b32hexencode', 'b32hexdecode', 'b16encode', 'b16decode',
    'b85encode', 'b85decode', 'a85encode', 'a85decode',
    'standard_b64encode', 'standard_b64decode',
    'urlsafe_b64encode', 'urlsafe_b64decode',
]

# How long a line is, and how many bytes it holds.
MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def _encoded(text):
    """The bytes of what a decoder is given."""
    if isinstance(text, str):
        try:
            return text.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters')
    if isinstance(text, (bytes, bytearray)):
        return text
    try:
        return memoryview(text).tobytes()
    except TypeError:
        kind = type(text).__name__
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {kind!r}") from None


def _raw(data):
    """The bytes of what an encoder is given."""
    return data if isinstance(data, (bytes, bytearray)) else memoryview(data).tobytes()


# Base 64

def b64encode(s, altchars=None):
    """Encode bytes in base 64; altchars are two characters instead of + and /."""
    text = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return text
    assert len(altchars) == 2, repr(altchars)
    return text.translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    """Decode base 64. What is not of the alphabet is skipped, or an error if validate is true."""
    s = _encoded(s)
    if altchars is not None:
        altchars = _encoded(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b'+/'))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Encode bytes in base 64."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode base 64."""
    return b64decode(s)


_TO_URL = bytes.maketrans(b'+/', b'-_')
_FROM_URL = bytes.maketrans(b'-_', b'+/')


def urlsafe_b64encode(s):
    """Encode bytes in base 64 with - and _ in place of + and /."""
    return b64encode(s).translate(_TO_URL)


def urlsafe_b64decode(s):
    """Decode base 64 with - and _ in place of + and /."""
    return b64decode(_encoded(s).translate(_FROM_URL))


# Base 32

_PLAIN32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_HEX32 = b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
# Letters for the bytes of a last group that is not complete.
_LETTERS = {1: 2, 2: 4, 3: 5, 4: 7}
_BYTES = {letters: count for count, letters in _LETTERS.items()}


def _encode32(alphabet, s):
    s = _raw(s)
    out = bytearray()
    for i in range(0, len(s), 5):
        group = s[i:i + 5]
        number = int.from_bytes(group, 'big') << 8 * (5 - len(group))
        letters = bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
        used = _LETTERS.get(len(group), 8)
        out += letters[:used] + b'=' * (8 - used)
    return bytes(out)


def _decode32(alphabet, s, casefold, map01):
    s = _encoded(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if map01 is not None:
        map01 = _encoded(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b'01', b'O' + map01))
    if casefold:
        s = s.upper()
    letters = s.rstrip(b'=')
    pads = len(s) - len(letters)
    values = {letter: value for value, letter in enumerate(alphabet)}
    out = bytearray()
    number = 0
    for i in range(0, len(letters), 8):
        group = letters[i:i + 8]
        number = 0
        for letter in group:
            if letter not in values:
                raise binascii.Error('Non-base32 digit found') from None
            number = number << 5 | values[letter]
        number <<= 5 * (8 - len(group))
        out += number.to_bytes(5, 'big')
    if pads:
        if not out or pads not in (1, 3, 4, 6):
            raise binascii.Error('Incorrect padding')
        del out[len(out) - 5 + _BYTES[8 - pads]:]
    return bytes(out)


def b32encode(s):
    """Encode bytes in base 32."""
    return _encode32(_PLAIN32, s)


def b32decode(s, casefold=False, map01=None):
    """Decode base 32; with map01, 0 stands for O and 1 for that letter."""
    return _decode32(_PLAIN32, s, casefold, map01)


def b32hexencode(s):
    """Encode bytes in base 32 with the digits and A to V."""
    return _encode32(_HEX32, s)


def b32hexdecode(s, casefold=False):
    """Decode base 32 with the digits and A to V."""
    return _decode32(_HEX32, s, casefold, None)


# Base 16

def b16encode(s):
    """Encode bytes in base 16."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Decode base 16, lower case only if casefold is true."""
    s = _encoded(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b'0123456789ABCDEF'):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


# Base 85: four bytes as five characters

_GIT85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_ASCII85 = bytes(range(33, 118))
_POWERS = 85 ** 4, 85 ** 3, 85 ** 2, 85, 1


def _encode85(alphabet, data, pad, zeros=None, spaces=None):
    data = _raw(data)
    missing = -len(data) % 4
    data = bytes(data) + bytes(missing)
    groups = []
    for i in range(0, len(data), 4):
        number = int.from_bytes(data[i:i + 4], 'big')
        if zeros and not number:
            groups.append(zeros)
        elif spaces and number == 0x20202020:
            groups.append(spaces)
        else:
            groups.append(bytes([alphabet[number // power % 85] for power in _POWERS]))
    if missing and not pad:
        last = groups[-1]
        if last == zeros:
            last = alphabet[:1] * 5
        groups[-1] = last[:-missing]
    return b''.join(groups)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode bytes in Ascii85: four spaces as y if foldspaces is true, lines of wrapcol characters, with zero bytes
    up to a multiple of four if pad is true, between <~ and ~> if adobe is true."""
    text = _encode85(_ASCII85, b, pad, b'z', b'y' if foldspaces else None)
    if adobe:
        text = b'<~' + text
    if wrapcol:
        width = max(2 if adobe else 1, wrapcol)
        lines = [text[i:i + width] for i in range(0, len(text), width)]
        # The mark at the end is not broken.
        if adobe and len(lines[-1]) + 2 > width:
            lines.append(b'')
        text = b'\n'.join(lines)
    return text + b'~>' if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """Decode Ascii85; the characters of ignorechars are skipped."""
    b = _encoded(b)
    if adobe:
        if not b.endswith(b'~>'):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b'<~') else b[:-2]
    out = bytearray()
    group = []
    # Letters that complete a last group.
    for letter in bytes(b) + b'u' * 4:
        if 33 <= letter <= 117:
            group.append(letter - 33)
            if len(group) == 5:
                number = sum(value * power for value, power in zip(group, _POWERS))
                if number >= 2 ** 32:
                    raise ValueError('Ascii85 overflow') from None
                out += number.to_bytes(4, 'big')
                group.clear()
        elif letter == 122:
            if group:
                raise ValueError('z inside Ascii85 5-tuple')
            out += bytes(4)
        elif foldspaces and letter == 121:
            if group:
                raise ValueError('y inside Ascii85 5-tuple')
            out += b'    '
        elif letter not in ignorechars:
            raise ValueError(f'Non-Ascii85 digit found: {chr(letter)}')
    extra = 4 - len(group)
    return bytes(out[:-extra] if extra else out)


def b85encode(b, pad=False):
    """Encode bytes in base 85, with zero bytes up to a multiple of four if pad is true."""
    return _encode85(_GIT85, b, pad)


_VALUES85 = {letter: value for value, letter in enumerate(_GIT85)}


def b85decode(b):
    """Decode base 85."""
    b = bytes(_encoded(b))
    missing = -len(b) % 5
    b += b'~' * missing
    out = bytearray()
    for i in range(0, len(b), 5):
        number = 0
        for j, letter in enumerate(b[i:i + 5]):
            if letter not in _VALUES85:
                raise ValueError(f'bad base85 character at position {i + j}') from None
            number = number * 85 + _VALUES85[letter]
        if number >= 2 ** 32:
            raise ValueError(f'base85 overflow in hunk starting at byte {i}') from None
        out += number.to_bytes(4, 'big')
    return bytes(out[:-missing] if missing else out)


# Lines of base 64, as in mail

def encode(input, output):
    """Encode a binary file in lines of base 64."""
    while data := input.read(MAXBINSIZE):
        while len(data) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(data))):
            data += more
        output.write(binascii.b2a_base64(data))


def decode(input, output):
    """Decode a binary file of lines of base 64."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_bytes(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError(f'expected bytes-like object, not {type(s).__name__}') from error
    if view.format not in ('c', 'b', 'B'):
        raise TypeError(f'expected single byte elements, not {view.format!r} from {type(s).__name__}')
    if view.ndim != 1:
        raise TypeError(f'expected 1-D data, not {view.ndim}-D data from {type(s).__name__}')


def encodebytes(s):
    """Encode bytes in lines of base 64."""
    _check_bytes(s)
    return b''.join(binascii.b2a_base64(s[i:i + MAXBINSIZE]) for i in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    """Decode lines of base 64."""
    _check_bytes(s)
    return binascii.a2b_base64(s)
