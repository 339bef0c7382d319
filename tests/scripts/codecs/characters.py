import hashlib
import unicodedata

CHARS = [chr(i) for i in [*range(0x3000), *range(0x3000, 0x110000, 97), *range(0xf900, 0xfb50), *range(0x1d400, 0x1d800)]
         if not 0x10f000 <= i < 0x10f800]


def digest(function):
    return hashlib.md5("".join(map(repr, map(function, CHARS))).encode("utf-8", "surrogatepass")).hexdigest()


for name in "category bidirectional combining east_asian_width mirrored decomposition".split():
    print(name, digest(getattr(unicodedata, name)))
for name in "decimal digit numeric name".split():
    print(name, digest(lambda c: getattr(unicodedata, name)(c, None)))
for form in "NFC NFD NFKC NFKD".split():
    print(form, digest(lambda c: unicodedata.normalize(form, c + "\u0301\u0327" + c + "\u1161\u11a8")))
    print([unicodedata.is_normalized(form, s) for s in ("a", "\xe9", "e\u0301", "\ufb01", "\ud55c")])
for name in ("isalpha isdigit isdecimal isnumeric isprintable islower isupper istitle isspace isalnum isidentifier "
             "lower upper title casefold swapcase").split():
    print(name, digest(lambda c: getattr(c, name)()))

for name in ("LATIN SMALL LETTER A", "latin small letter a", "GREEK SMALL LETTER ALPHA", "SNOWMAN", "NO-BREAK SPACE",
             "CJK UNIFIED IDEOGRAPH-4E00", "HANGUL SYLLABLE GAG", "LATIN_SMALL_LETTER_A", "nothing", "", "LINE FEED"):
    try:
        print(name, ascii(unicodedata.lookup(name)))
    except KeyError as e:
        print(type(e).__name__, e)

for call in (lambda: unicodedata.name("\n"), lambda: unicodedata.digit("a"), lambda: unicodedata.decimal("\xbd"),
             lambda: unicodedata.numeric("a"), lambda: unicodedata.name("ab"), lambda: unicodedata.category(""),
             lambda: unicodedata.category(1), lambda: unicodedata.normalize("NF", "a"), lambda: unicodedata.name(),
             lambda: unicodedata.normalize("NFC", 1), lambda: unicodedata.numeric("\xbd"), lambda: unicodedata.name("a"),
             lambda: unicodedata.digit("\xb2"), lambda: unicodedata.numeric("\u5146"), lambda: unicodedata.category()):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
print(unicodedata.unidata_version, unicodedata.category("\ud800"), unicodedata.name("\ud800", "none"))
