"""Certificates: PEM, and what X.509 in DER says, in the form that `ssl` gives it."""
import base64
import ipaddress

PEM_HEADER = "-----BEGIN CERTIFICATE-----"
PEM_FOOTER = "-----END CERTIFICATE-----"

# What OpenSSL calls the parts of a name, by their object identifiers.
_NAMES = {
    "2.5.4.3": "commonName", "2.5.4.4": "surname", "2.5.4.5": "serialNumber", "2.5.4.6": "countryName",
    "2.5.4.7": "localityName", "2.5.4.8": "stateOrProvinceName", "2.5.4.9": "streetAddress",
    "2.5.4.10": "organizationName", "2.5.4.11": "organizationalUnitName", "2.5.4.12": "title", "2.5.4.15": "businessCategory",
    "2.5.4.17": "postalCode", "2.5.4.42": "givenName", "2.5.4.97": "organizationIdentifier",
    "1.2.840.113549.1.9.1": "emailAddress", "0.9.2342.19200300.100.1.25": "domainComponent",
    "0.9.2342.19200300.100.1.1": "userId", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionStateOrProvinceName",
    "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionCountryName",
}
_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
_SUBJECT_ALT_NAME, _CRL_POINTS, _AUTHORITY_INFO = "2.5.29.17", "2.5.29.31", "1.3.6.1.5.5.7.1.1"
_BASIC_CONSTRAINTS = "2.5.29.19"
_OCSP, _CA_ISSUERS = "1.3.6.1.5.5.7.48.1", "1.3.6.1.5.5.7.48.2"


def blocks(text):
    """The parts of a text in PEM: what each is, its header lines and its bytes."""
    kind, lines = None, []
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("-----BEGIN ") and line.endswith("-----"):
            kind, lines = line[11:-5], []
        elif kind and line == f"-----END {kind}-----":
            headers = [header for header in lines if ":" in header]
            yield kind, headers, base64.b64decode("".join(part for part in lines if ":" not in part))
            kind = None
        elif kind:
            lines.append(line)


def certificates(text):
    """The certificates of a text in PEM."""
    return [der for kind, _, der in blocks(text) if kind in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")]


# DER.


def _item(der, at=0):
    """Tag, content and end of the value at a place."""
    tag, length, at = der[at], der[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length = int.from_bytes(der[at : at + size], "big")
        at += size
    if at + length > len(der):
        raise ValueError("a certificate is cut off")
    return tag, der[at : at + length], at + length


def _items(der):
    at = 0
    while at < len(der):
        tag, content, at = _item(der, at)
        yield tag, content


def _identifier(content):
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def _text(tag, content):
    if tag == 30:
        return content.decode("utf-16-be", "replace")
    return content.decode("utf-8" if tag == 12 else "latin-1", "replace")


def _name(content):
    result = []
    for _, relative in _items(content):
        part = []
        for _, pair in _items(relative):
            (_, key), (tag, value) = _items(pair)
            key = _identifier(key)
            part.append((_NAMES.get(key, key), _text(tag, value)))
        result.append(tuple(part))
    return tuple(result)


def _time(tag, content):
    digits = content.decode("ascii")
    if tag == 23:
        digits = ("20" if digits[:2] < "50" else "19") + digits
    month = _MONTHS[int(digits[4:6]) - 1]
    return f"{month} {int(digits[6:8]):2} {digits[8:10]}:{digits[10:12]}:{digits[12:14]} {digits[:4]} GMT"


def _general_names(content):
    for tag, value in _items(content):
        if tag == 0x82:
            yield "DNS", value.decode("latin-1")
        elif tag == 0x81:
            yield "email", value.decode("latin-1")
        elif tag == 0x86:
            yield "URI", value.decode("latin-1")
        elif tag == 0x87:
            address = ipaddress.ip_address(value)
            # OpenSSL writes the eight numbers in full.
            text = ":".join(f"{int(part, 16):X}" for part in address.exploded.split(":")) if address.version == 6 else str(address)
            yield "IP Address", text
        elif tag == 0x88:
            yield "Registered ID", _identifier(value)
        elif tag == 0xA4:
            yield "DirName", _name(_item(value)[1])


class Certificate:
    """The parts of a certificate."""

    def __init__(self, der):
        fields = list(_items(_item(_item(der)[1])[1]))
        self.version = 1
        if fields[0][0] == 0xA0:
            self.version = int.from_bytes(_item(fields.pop(0)[1])[1], "big") + 1
        (_, number), _, (_, issuer), (_, validity), (_, subject) = fields[:5]
        self.serial = "%X" % int.from_bytes(number, "big")
        if len(self.serial) % 2:
            self.serial = "0" + self.serial
        self.issuer, self.subject = _name(issuer), _name(subject)
        self.not_before, self.not_after = (_time(*moment) for moment in _items(validity))
        self.extensions = {}
        for tag, content in fields[5:]:
            if tag == 0xA3:
                for _, extension in _items(_item(content)[1]):
                    parts = list(_items(extension))
                    self.extensions[_identifier(parts[0][1])] = parts[-1][1]

    def is_authority(self):
        """Whether it may sign others."""
        if _BASIC_CONSTRAINTS not in self.extensions:
            return self.version == 1
        parts = list(_items(_item(self.extensions[_BASIC_CONSTRAINTS])[1]))
        return bool(parts and parts[0] == (1, b"\xff"))

    def as_dict(self):
        """What `getpeercert` says."""
        result = {
            "subject": self.subject, "issuer": self.issuer, "version": self.version, "serialNumber": self.serial,
            "notBefore": self.not_before, "notAfter": self.not_after,
        }
        if _SUBJECT_ALT_NAME in self.extensions:
            result["subjectAltName"] = tuple(_general_names(_item(self.extensions[_SUBJECT_ALT_NAME])[1]))
        if _AUTHORITY_INFO in self.extensions:
            for kind, key in (_OCSP, "OCSP"), (_CA_ISSUERS, "caIssuers"):
                found = []
                for _, access in _items(_item(self.extensions[_AUTHORITY_INFO])[1]):
                    (_, method), (tag, place) = _items(access)
                    if _identifier(method) == kind and tag == 0x86:
                        found.append(place.decode("latin-1"))
                if found:
                    result[key] = tuple(found)
        if _CRL_POINTS in self.extensions:
            found = []
            for _, point in _items(_item(self.extensions[_CRL_POINTS])[1]):
                for tag, name in _items(point):
                    if tag == 0xA0:
                        found += [text for kind, text in _general_names(_item(name)[1]) if kind == "URI"]
            if found:
                result["crlDistributionPoints"] = tuple(found)
        return result
