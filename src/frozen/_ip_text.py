"""The texts of IP addresses and masks, to numbers and back."""


class AddressValueError(ValueError):
    """Something is no address."""


class NetmaskValueError(ValueError):
    """Something is no netmask."""


AddressValueError.__module__ = NetmaskValueError.__module__ = "ipaddress"


def is_number(text):
    return text.isascii() and text.isdigit()


def trailing_zeros(number, bits):
    """How many of the last bits are zero."""
    return bits if number == 0 else min(bits, (number & -number).bit_length() - 1)


def _octet(text):
    if not text:
        raise ValueError("Empty octet not permitted")
    if not is_number(text):
        raise ValueError(f"Only decimal digits permitted in {text!r}")
    if len(text) > 3:
        raise ValueError(f"At most 3 characters permitted in {text!r}")
    if text != "0" and text[0] == "0":
        # Some take it for octal.
        raise ValueError(f"Leading zeros are not permitted in {text!r}")
    number = int(text)
    if number > 255:
        raise ValueError(f"Octet {number} (> 255) not permitted")
    return number


def parse_v4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    octets = text.split(".")
    if len(octets) != 4:
        raise AddressValueError(f"Expected 4 octets in {text!r}")
    try:
        return int.from_bytes(map(_octet, octets), "big")
    except ValueError as e:
        raise AddressValueError(f"{e} in {text!r}") from None


def format_v4(number):
    return ".".join(map(str, number.to_bytes(4, "big")))


def _hextet(text):
    if not set("0123456789abcdefABCDEF").issuperset(text):
        raise ValueError(f"Only hex digits permitted in {text!r}")
    if len(text) > 4:
        raise ValueError(f"At most 4 characters permitted in {text!r}")
    return int(text, 16)


def parse_v6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(":")
    if len(parts) < 3:
        raise AddressValueError(f"At least 3 parts expected in {text!r}")
    if "." in parts[-1]:
        # The last two parts may be written as an address of version 4.
        try:
            number = parse_v4(parts.pop())
        except AddressValueError as e:
            raise AddressValueError(f"{e} in {text!r}") from None
        parts += [f"{number >> 16:x}", f"{number & 0xFFFF:x}"]
    if len(parts) > 9:
        raise AddressValueError(f"At most 8 colons permitted in {text!r}")
    high, low = _halves(parts, text)
    try:
        numbers = [_hextet(part) for part in high] + [0] * (8 - len(high) - len(low)) + [_hextet(part) for part in low]
    except ValueError as e:
        raise AddressValueError(f"{e} in {text!r}") from None
    result = 0
    for number in numbers:
        result = result << 16 | number
    return result


def _halves(parts, text):
    """The parts before and behind `::`."""
    gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
    if len(gaps) > 1:
        raise AddressValueError(f"At most one '::' permitted in {text!r}")
    if not gaps and len(parts) != 8:
        raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
    gap = gaps[0] if gaps else len(parts)
    high, low = parts[:gap], parts[gap + 1:]
    if high and not high[0]:
        if len(high) > 1 or not gaps:
            raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
        high = []
    last = low if gaps else high
    if last and not last[-1]:
        if len(last) > 1 or not gaps:
            raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
        low = []
    if gaps and len(high) + len(low) > 7:
        raise AddressValueError(f"Expected at most 7 other parts with '::' in {text!r}")
    return high, low


def hextets(number):
    return [number >> shift & 0xFFFF for shift in range(112, -1, -16)]


def format_v6(number):
    """The shortest text: the first of the longest runs of zeros is `::`."""
    numbers = hextets(number)
    start = length = i = 0
    while i < 8:
        run = 0
        while i + run < 8 and numbers[i + run] == 0:
            run += 1
        if run > length:
            start, length = i, run
        i += run + 1
    texts = [f"{n:x}" for n in numbers]
    if length < 2:
        return ":".join(texts)
    return ":".join(texts[:start]) + "::" + ":".join(texts[start + length:])


def split_scope(text):
    """An address and the zone behind `%`."""
    address, sign, scope = text.partition("%")
    if not sign:
        return address, None
    if not scope or "%" in scope:
        raise AddressValueError(f'Invalid IPv6 address: "{text!r}"')
    return address, scope
