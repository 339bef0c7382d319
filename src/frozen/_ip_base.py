"""What IP addresses, networks and interfaces of both versions have in common."""

import functools

from _ip_text import AddressValueError, NetmaskValueError, is_number, trailing_zeros


def _numbers(first, last, step=1):
    """The numbers of addresses from the first to the last."""
    while first <= last:
        yield first
        first += step


def _same_version(a, b, what="version"):
    if a._version != b._version:
        raise TypeError(f"{a} and {b} are not of the same {what}")


class _IPAddressBase:
    """What addresses and networks have in common."""

    __slots__ = ()

    @property
    def version(self):
        return self._version

    @property
    def max_prefixlen(self):
        return self._max_prefixlen

    @property
    def compressed(self):
        """The shortest text."""
        return str(self)

    @property
    def reverse_pointer(self):
        """The name under which DNS has the name of the address."""
        return self._reverse_pointer()

    # Masks.

    @classmethod
    def _mask_of(cls, prefixlen):
        return cls._ALL_ONES ^ (cls._ALL_ONES >> prefixlen)

    @classmethod
    def _no_mask(cls, mask):
        raise NetmaskValueError(f"{mask!r} is not a valid netmask") from None

    @classmethod
    def _prefix_length(cls, mask):
        """The length of a prefix that is given as a number, or as the text of one or, in version 4, of a mask."""
        if isinstance(mask, int):
            length = mask
        elif is_number(mask):
            length = int(mask)
        elif cls._version == 4:
            return cls._length_of_mask(mask)
        else:
            cls._no_mask(mask)
        if not 0 <= length <= cls._max_prefixlen:
            cls._no_mask(mask)
        return length

    @classmethod
    def _length_of_mask(cls, text):
        try:
            number = cls._parse(text)
        except AddressValueError:
            cls._no_mask(text)
        # Which may also be that of a host.
        for mask in (number, number ^ cls._ALL_ONES):
            length = cls._max_prefixlen - trailing_zeros(mask, cls._max_prefixlen)
            if mask == cls._mask_of(length):
                return length
        cls._no_mask(text)

    @classmethod
    def _split(cls, address):
        """An address and the mask behind the slash, by default that of a single address."""
        if isinstance(address, (bytes, int)):
            return address, cls._max_prefixlen
        if not isinstance(address, tuple):
            parts = str(address).split("/")
            if len(parts) > 2:
                raise AddressValueError(f"Only one '/' permitted in {address!r}")
            address = parts
        return address if len(address) > 1 else (address[0], cls._max_prefixlen)

    def __reduce__(self):
        return type(self), (str(self),)


@functools.total_ordering
class _BaseAddress(_IPAddressBase):
    """What the addresses of both versions have in common."""

    __slots__ = ()

    def _set(self, address):
        """Take over an address that is a number or bytes; whether it is one."""
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError(f"{address} (< 0) is not permitted as an IPv{self._version} address")
            if address > self._ALL_ONES:
                limit = f">= 2**{self._max_prefixlen}"
                raise AddressValueError(f"{address} ({limit}) is not permitted as an IPv{self._version} address")
            self._ip = address
            return True
        if isinstance(address, bytes):
            size = self._max_prefixlen // 8
            if len(address) != size:
                found = f"{address!r} (len {len(address)} != {size})"
                raise AddressValueError(f"{found} is not permitted as an IPv{self._version} address")
            self._ip = int.from_bytes(address, "big")
            return True
        if "/" in str(address):
            raise AddressValueError(f"Unexpected '/' in {address!r}")
        return False

    @property
    def packed(self):
        """The bytes."""
        return self._ip.to_bytes(self._max_prefixlen // 8, "big")

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self._version == other._version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        _same_version(self, other)
        return self._ip < other._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __add__(self, other):
        return type(self)(self._ip + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return type(self)(self._ip - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self):
        return self._format(self._ip)

    def __reduce__(self):
        return type(self), (self._ip,)

    def __format__(self, fmt):
        if not fmt or fmt[-1] == "s":
            return format(str(self), fmt)
        base, rest = fmt[-1], fmt[:-1]
        if base not in "xbnX" or rest not in ("", "#", "_", "#_"):
            return super().__format__(fmt)
        if base == "n":
            base = "b" if self._version == 4 else "x"
        width = self._max_prefixlen if base == "b" else self._max_prefixlen // 4
        if "_" in rest:
            width += width // 4 - 1
        if "#" in rest:
            width += 2
        return format(self._ip, f"{rest.replace('_', '')}0{width}{'_' if '_' in rest else ''}{base}")


def _both_ends(name, doc):
    """A property of a network that has it if its first and its last address have it."""

    def get(self):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)

    return property(get, doc=doc)


@functools.total_ordering
class _BaseNetwork(_IPAddressBase):
    """What the networks of both versions have in common."""

    def __init__(self, address, strict=True):
        address, mask = self._split(address)
        self.network_address = self._address_class(address)
        self._prefixlen = self._prefix_length(mask)
        self.netmask = self._address_class(self._mask_of(self._prefixlen))
        number = int(self.network_address)
        masked = number & int(self.netmask)
        if masked != number:
            if strict:
                raise ValueError(f"{self} has host bits set")
            self.network_address = self._address_class(masked)
        if self._prefixlen == self._max_prefixlen - 1:
            self.hosts = self.__iter__
        elif self._prefixlen == self._max_prefixlen:
            self.hosts = lambda: [self._address_class(address)]

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self):
        return self.with_prefixlen

    @property
    def _ends(self):
        return int(self.network_address), int(self.broadcast_address)

    def __iter__(self):
        first, last = self._ends
        return map(self._address_class, _numbers(first, last))

    def hosts(self):
        """The addresses that hosts can have."""
        first, last = self._ends
        # In version 6, the last one is none for all.
        return map(self._address_class, _numbers(first + 1, last - (self._version == 4)))

    def __getitem__(self, n):
        first, last = self._ends
        number = first + n if n >= 0 else last + n + 1
        if not first <= number <= last:
            raise IndexError("address out of range")
        return self._address_class(number)

    def __contains__(self, other):
        if self._version != other._version or isinstance(other, _BaseNetwork):
            return False
        return other._ip & int(self.netmask) == int(self.network_address)

    def __eq__(self, other):
        try:
            return (self._version, self.network_address, int(self.netmask)) == (
                other._version, other.network_address, int(other.netmask)
            )
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        _same_version(self, other)
        return (self.network_address, self.netmask) < (other.network_address, other.netmask)

    def __hash__(self):
        return hash(int(self.network_address) ^ int(self.netmask))

    @functools.cached_property
    def broadcast_address(self):
        """The last address."""
        return self._address_class(int(self.network_address) | int(self.hostmask))

    @functools.cached_property
    def hostmask(self):
        """The bits behind the prefix."""
        return self._address_class(int(self.netmask) ^ self._ALL_ONES)

    @property
    def prefixlen(self):
        return self._prefixlen

    @property
    def with_prefixlen(self):
        return f"{self.network_address}/{self._prefixlen}"

    @property
    def with_netmask(self):
        return f"{self.network_address}/{self.netmask}"

    @property
    def with_hostmask(self):
        return f"{self.network_address}/{self.hostmask}"

    @property
    def exploded(self):
        """The text with nothing left out."""
        return f"{self.network_address.exploded}/{self._prefixlen}"

    def _reverse_pointer(self):
        if self._version == 4:
            return ".".join(str(self).split(".")[::-1]) + ".in-addr.arpa"
        return ".".join(self.exploded[::-1].replace(":", "")) + ".ip6.arpa"

    @property
    def num_addresses(self):
        first, last = self._ends
        return last - first + 1

    # Other networks.

    def overlaps(self, other):
        """Whether both have an address."""
        return (
            self.network_address in other or self.broadcast_address in other
            or other.network_address in self or other.broadcast_address in self
        )

    @staticmethod
    def _is_subnet_of(a, b):
        try:
            _same_version(a, b)
            return b.network_address <= a.network_address and b.broadcast_address >= a.broadcast_address
        except AttributeError:
            raise TypeError(f"Unable to test subnet containment between {a} and {b}")

    def subnet_of(self, other):
        """Whether the other one has all addresses of this one."""
        return self._is_subnet_of(self, other)

    def supernet_of(self, other):
        """Whether this one has all addresses of the other one."""
        return self._is_subnet_of(other, self)

    def compare_networks(self, other):
        """-1, 0 or 1, as this one is smaller, equal or greater."""
        _same_version(self, other, "type")
        mine, theirs = (self.network_address, self.netmask), (other.network_address, other.netmask)
        return (mine > theirs) - (mine < theirs)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """The networks with a longer prefix that make up this one."""
        if self._prefixlen == self._max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        length = self._prefixlen + prefixlen_diff
        if length > self._max_prefixlen:
            raise ValueError(f"prefix length diff {length} is invalid for netblock {self}")
        first, last = self._ends
        for number in _numbers(first, last, 1 << (self._max_prefixlen - length)):
            yield type(self)((number, length))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """The network with a shorter prefix that has this one."""
        if self._prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._prefixlen:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._prefixlen - new_prefix
        length = self._prefixlen - prefixlen_diff
        if length < 0:
            raise ValueError(
                f"current prefixlen is {self._prefixlen}, cannot have a prefixlen_diff of {prefixlen_diff}"
            )
        return type(self)((int(self.network_address) & (int(self.netmask) << prefixlen_diff), length))

    def address_exclude(self, other):
        """The networks that make up this one without another one in it."""
        _same_version(self, other)
        if not isinstance(other, _BaseNetwork):
            raise TypeError(f"{other} is not a network object")
        if not other.subnet_of(self):
            raise ValueError(f"{other} not contained in {self}")
        rest = self
        while rest != other:
            low, high = rest.subnets()
            rest, free = (low, high) if other.subnet_of(low) else (high, low)
            yield free

    is_multicast = _both_ends("is_multicast", "Whether it is for groups of hosts.")
    is_reserved = _both_ends("is_reserved", "Whether it is reserved by the IETF.")
    is_link_local = _both_ends("is_link_local", "Whether it is for a single link.")
    is_unspecified = _both_ends("is_unspecified", "Whether it is the unspecified address.")
    is_loopback = _both_ends("is_loopback", "Whether it is for the host itself.")

    @property
    def is_private(self):
        """Whether it is not for the whole net."""
        ends = self.network_address, self.broadcast_address
        return any(ends[0] in network and ends[1] in network for network in self._address_class._known("private"))

    @property
    def is_global(self):
        """Whether it is for the whole net."""
        return not self.is_private


class _Interface:
    """What the interfaces of both versions have in common."""

    def __init__(self, address):
        address, mask = self._split(address)
        super().__init__(address)
        self.network = self._network_class()((address, mask), strict=False)
        self.netmask = self.network.netmask
        self._prefixlen = self.network._prefixlen

    @functools.cached_property
    def hostmask(self):
        """The bits behind the prefix."""
        return self.network.hostmask

    @property
    def ip(self):
        """The address alone."""
        return self._address_class()(self._ip)

    def __str__(self):
        return f"{super().__str__()}/{self._prefixlen}"

    @property
    def exploded(self):
        """The text with nothing left out."""
        return f"{self.ip.exploded}/{self._prefixlen}"

    def __eq__(self, other):
        equal = super().__eq__(other)
        if equal is NotImplemented or not equal:
            return equal
        return hasattr(other, "network") and self.network == other.network

    def __lt__(self, other):
        less = super().__lt__(other)
        if less is NotImplemented:
            return less
        if not hasattr(other, "network"):
            return False
        return self.network < other.network or (self.network == other.network and less)

    def __hash__(self):
        return hash((self._ip, self._prefixlen, int(self.network.network_address)))

    __reduce__ = _IPAddressBase.__reduce__

    @property
    def with_prefixlen(self):
        return f"{self._format(self._ip)}/{self._prefixlen}"

    @property
    def with_netmask(self):
        return f"{self._format(self._ip)}/{self.netmask}"

    @property
    def with_hostmask(self):
        return f"{self._format(self._ip)}/{self.hostmask}"


class _Known:
    """Networks that mean something, made when first asked for."""

    __slots__ = ()

    @classmethod
    def _known(cls, name):
        base = cls._address_class()
        networks = base._NETWORKS[name]
        if isinstance(networks, str):
            networks = base._NETWORKS[name] = [cls._network_class()(text) for text in networks.split()]
        return networks

    def _is_in(self, name):
        return any(self in network for network in self._known(name))

    @property
    def is_multicast(self):
        """Whether it is for groups of hosts."""
        return self._is_in("multicast")

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return self._is_in("reserved")

    @property
    def is_link_local(self):
        """Whether it is for a single link."""
        return self._is_in("link local")

    @property
    def is_unspecified(self):
        """Whether it is the address that stands for none."""
        return self._ip == 0
