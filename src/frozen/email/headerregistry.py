"""Headers that know what is in them."""

import _email_addresses
import _email_dates
from email.header import decode_header, make_header
from email.policy import fold_text


class Address:
    """A name and an address."""

    def __init__(self, display_name="", username="", domain="", addr_spec=None):
        if "\r" in display_name + username + domain or "\n" in display_name + username + domain:
            raise ValueError("invalid arguments; address parts cannot contain CR or LF")
        if addr_spec is not None:
            if username or domain:
                raise TypeError("addrspec specified when username and/or domain also specified")
            username, at, domain = addr_spec.rpartition("@")
            if not at:
                username, domain = addr_spec, ""
        self._parts = display_name, username, domain

    @property
    def display_name(self):
        return self._parts[0]

    @property
    def username(self):
        return self._parts[1]

    @property
    def domain(self):
        return self._parts[2]

    @property
    def addr_spec(self):
        """The address alone."""
        _, user, domain = self._parts
        if user and not all(c.isalnum() or c in "!#$%&'*+-/=?^_`{|}~." for c in user):
            user = f'"{_email_addresses.quote(user)}"'
        if domain:
            return f"{user}@{domain}"
        return user or "<>"

    def __repr__(self):
        name, user, domain = self._parts
        return f"{type(self).__name__}(display_name={name!r}, username={user!r}, domain={domain!r})"

    def __str__(self):
        name = self.display_name
        if not name:
            return self.addr_spec
        if _email_addresses._special.search(name):
            name = f'"{_email_addresses.quote(name)}"'
        return f"{name} <{'' if self.addr_spec == '<>' else self.addr_spec}>"

    def __eq__(self, other):
        return self._parts == other._parts if isinstance(other, Address) else NotImplemented

    __hash__ = None


class Group:
    """Addresses with a name in common, or a single one."""

    def __init__(self, display_name=None, addresses=None):
        self.display_name = display_name
        self.addresses = tuple(addresses or ())

    def __repr__(self):
        return f"{type(self).__name__}(display_name={self.display_name!r}, addresses={self.addresses!r})"

    def __str__(self):
        shown = ", ".join(map(str, self.addresses))
        if self.display_name is None and len(self.addresses) == 1:
            return shown
        return f"{self.display_name}: {shown};" if shown else f"{self.display_name}:;"

    def __eq__(self, other):
        if not isinstance(other, Group):
            return NotImplemented
        return (self.display_name, self.addresses) == (other.display_name, other.addresses)

    __hash__ = None


def decoded(value):
    """A text with its encoded words decoded."""
    return str(make_header(decode_header(value))) if "=?" in value else value


class BaseHeader(str):
    """The value of a header, as text."""

    max_count = None

    def __new__(cls, name, value):
        made = str.__new__(cls, cls._read(value))
        made._name = name
        made._set(value)
        return made

    @classmethod
    def _read(cls, value):
        return decoded(value)

    def _set(self, value):
        """Find out what is in it."""

    @property
    def name(self):
        return self._name

    @property
    def defects(self):
        return ()

    def __reduce__(self):
        return type(self), (self._name, str(self))

    def fold(self, *, policy):
        """Its lines."""
        return fold_text(self.name, str(self), policy)


class UnstructuredHeader(BaseHeader):
    """Any text."""

    def fold(self, *, policy):
        """Its lines."""
        return fold_text(self.name, str(self), policy, encodes_long=True)


class UniqueUnstructuredHeader(UnstructuredHeader):
    max_count = 1


class DateHeader(BaseHeader):
    """A date, also as `datetime`."""

    @classmethod
    def _read(cls, value):
        return value if isinstance(value, str) else _email_dates.format_datetime(value)

    def _set(self, value):
        try:
            self.datetime = _email_dates.parsedate_to_datetime(value) if isinstance(value, str) else value
        except ValueError:
            self.datetime = None


class UniqueDateHeader(DateHeader):
    max_count = 1


class AddressHeader(BaseHeader):
    """Addresses: `addresses`, and `groups` of them."""

    @classmethod
    def _read(cls, value):
        if isinstance(value, str):
            return ", ".join(map(str, cls._addresses(value)))
        return ", ".join(map(str, [value] if isinstance(value, (Address, Group)) else value))

    @staticmethod
    def _addresses(value):
        return [Address(decoded(name), addr_spec=address) for name, address in _email_addresses.parse(value)]

    def _set(self, value):
        if isinstance(value, str):
            self.groups = tuple(Group(None, [address]) for address in self._addresses(value))
        else:
            items = [value] if isinstance(value, (Address, Group)) else value
            self.groups = tuple(item if isinstance(item, Group) else Group(None, [item]) for item in items)
        self.addresses = tuple(address for group in self.groups for address in group.addresses)


class UniqueAddressHeader(AddressHeader):
    max_count = 1


class SingleAddressHeader(AddressHeader):
    """One address."""

    @property
    def address(self):
        if len(self.addresses) != 1:
            raise ValueError(f"value of single address header {self.name} is not a single address")
        return self.addresses[0]


class UniqueSingleAddressHeader(SingleAddressHeader):
    max_count = 1


class MIMEVersionHeader(BaseHeader):
    """A version, also as numbers."""

    max_count = 1

    def _set(self, value):
        major, dot, minor = value.strip().partition(".")
        is_known = dot and major.isdigit() and minor.isdigit()
        self.major, self.minor = (int(major), int(minor)) if is_known else (None, None)
        self.version = f"{self.major}.{self.minor}" if is_known else None


class ParameterizedMIMEHeader(BaseHeader):
    """A value with parameters, `params`."""

    max_count = 1

    @staticmethod
    def _pairs(value):
        from email.message import Message, _parse_params
        from email.utils import collapse_rfc2231_value, decode_params

        (first, _), *params = decode_params(_parse_params(value)) or [("", "")]
        return first, [(name, collapse_rfc2231_value(Message._plain(text)), isinstance(text, tuple)) for name, text in params]

    @classmethod
    def _read(cls, value):
        first, params = cls._pairs(value)
        if not any(encoded for *_, encoded in params):
            return decoded(value)
        return "; ".join([first, *(f'{name}="{_email_addresses.quote(text)}"' for name, text, _ in params)])

    def _set(self, value):
        first, params = self._pairs(value)
        self.value = first.lower()
        self.params = {name: text for name, text, _ in params}

    def fold(self, *, policy):
        """Its lines. Parameters that are not ASCII are encoded."""
        from email.message import _format_param

        if self.isascii() or policy.utf8:
            return super().fold(policy=policy)
        first, params = self._pairs(str(self))
        return fold_text(self.name, "; ".join([first, *(_format_param(name, text) for name, text, _ in params)]), policy)


class ContentTypeHeader(ParameterizedMIMEHeader):
    def _set(self, value):
        super()._set(value)
        self.content_type = self.value if self.value.count("/") == 1 else "text/plain"
        self.maintype, self.subtype = self.content_type.split("/")


class ContentDispositionHeader(ParameterizedMIMEHeader):
    def _set(self, value):
        super()._set(value)
        self.content_disposition = self.value or None


class ContentTransferEncodingHeader(BaseHeader):
    max_count = 1

    def _set(self, value):
        self.cte = value.strip().lower() or "7bit"


class MessageIDHeader(BaseHeader):
    max_count = 1


_default_header_map = {
    "subject": UniqueUnstructuredHeader,
    "date": UniqueDateHeader,
    "resent-date": DateHeader,
    "orig-date": UniqueDateHeader,
    "sender": UniqueSingleAddressHeader,
    "resent-sender": SingleAddressHeader,
    **{name: UniqueAddressHeader for name in ("to", "cc", "bcc", "from", "reply-to")},
    **{f"resent-{name}": AddressHeader for name in ("to", "cc", "bcc", "from", "reply-to")},
    "mime-version": MIMEVersionHeader,
    "content-type": ContentTypeHeader,
    "content-disposition": ContentDispositionHeader,
    "content-transfer-encoding": ContentTransferEncodingHeader,
    "message-id": MessageIDHeader,
}


class HeaderRegistry:
    """Makes headers: which class they are of is said by their names."""

    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.registry = dict(_default_header_map) if use_default_map else {}
        self.base_class = base_class
        self.default_class = default_class

    def map_to_type(self, name, cls):
        """Use a class for headers of this name."""
        self.registry[name.lower()] = cls

    def __getitem__(self, name):
        return self.registry.get(name.lower(), self.default_class)

    def __call__(self, name, value):
        return self[name](name, value)
