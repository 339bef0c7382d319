"""IP addresses, networks, and interfaces, which are addresses in a network, of both versions."""

from _ip_base import (
    _BaseAddress, _BaseNetwork, _both_ends, _Interface, _IPAddressBase, _Known, _same_version,
)
from _ip_text import (
    AddressValueError, NetmaskValueError, format_v4, format_v6, hextets, parse_v4, parse_v6, split_scope,
    trailing_zeros,
)

IPV4LENGTH = 32
IPV6LENGTH = 128


def _either(kinds, what, *args):
    """An object of the version that fits."""
    for kind in kinds:
        try:
            return kind(*args)
        except (AddressValueError, NetmaskValueError):
            continue
    raise ValueError(f"{args[0]!r} does not appear to be an IPv4 or IPv6 {what}")


def ip_address(address):
    """An address, from a text, a number or bytes."""
    return _either((IPv4Address, IPv6Address), "address", address)


def ip_network(address, strict=True):
    """A network, from a text like 192.168.0.0/16; `strict` allows no bits behind the prefix."""
    return _either((IPv4Network, IPv6Network), "network", address, strict)


def ip_interface(address):
    """An address with its network, from a text like 192.168.0.1/16."""
    return _either((IPv4Interface, IPv6Interface), "interface", address)


def v4_int_to_packed(address):
    """A number as the four bytes of an address."""
    try:
        return address.to_bytes(4, "big")
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4")


def v6_int_to_packed(address):
    """A number as the sixteen bytes of an address."""
    try:
        return address.to_bytes(16, "big")
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6")


def summarize_address_range(first, last):
    """The networks that together have the addresses from the first to the last."""
    if not (isinstance(first, _BaseAddress) and isinstance(last, _BaseAddress)):
        raise TypeError("first and last must be IP addresses, not networks")
    _same_version(first, last)
    if first > last:
        raise ValueError("last IP address must be greater than first")
    network, bits = first._network_class(), first._max_prefixlen
    start, end = first._ip, last._ip
    while start <= end:
        size = min(trailing_zeros(start, bits), (end - start + 1).bit_length() - 1)
        yield network((start, bits - size))
        start += 1 << size


def collapse_addresses(addresses):
    """An iterator of as few networks as possible that have the same addresses."""
    single, networks = [], []
    for item in addresses:
        is_single = isinstance(item, _BaseAddress) or item._prefixlen == item._max_prefixlen
        known = single if is_single else networks
        if known:
            _same_version(item, known[-1])
        if not is_single:
            networks.append(item)
        elif isinstance(item, _BaseAddress):
            single.append(item.ip if hasattr(item, "_prefixlen") and item._prefixlen == item._max_prefixlen else item)
        else:
            single.append(item.network_address)
    single = sorted(set(single))
    i = 0
    while i < len(single):
        j = i
        while j + 1 < len(single) and single[j + 1]._ip == single[j]._ip + 1:
            j += 1
        networks.extend(summarize_address_range(single[i], single[j]))
        i = j + 1
    return _collapsed(networks)


def _collapsed(networks):
    waiting, by_parent = list(networks), {}
    while waiting:
        network = waiting.pop()
        parent = network.supernet()
        other = by_parent.setdefault(parent, network)
        if other is not network and other != network:
            # Both halves are there.
            del by_parent[parent]
            waiting.append(parent)
    last = None
    for network in sorted(by_parent.values()):
        if last is None or last.broadcast_address < network.broadcast_address:
            yield network
            last = network


def get_mixed_type_key(obj):
    """A key by which addresses and networks are sorted together."""
    if isinstance(obj, _BaseNetwork):
        return obj._version, obj.network_address, obj.netmask
    if isinstance(obj, _BaseAddress):
        return obj._version, obj
    return NotImplemented


class _BaseV4:
    __slots__ = ()
    _version = 4
    _max_prefixlen = IPV4LENGTH
    _ALL_ONES = (1 << IPV4LENGTH) - 1
    _parse = staticmethod(parse_v4)
    _format = staticmethod(format_v4)

    @staticmethod
    def _network_class():
        return IPv4Network


class IPv4Address(_BaseV4, _Known, _BaseAddress):
    """An address of version 4, from a text, a number or four bytes."""

    __slots__ = ("_ip", "__weakref__")
    _NETWORKS = {
        "link local": "169.254.0.0/16",
        "loopback": "127.0.0.0/8",
        "multicast": "224.0.0.0/4",
        "shared": "100.64.0.0/10",
        "reserved": "240.0.0.0/4",
        "private": """
            0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/29 192.0.0.170/31 192.0.2.0/24
            192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32
        """,
    }

    @staticmethod
    def _address_class():
        return IPv4Address

    def __init__(self, address):
        if not self._set(address):
            self._ip = parse_v4(str(address))

    @property
    def exploded(self):
        """The text with nothing left out."""
        return str(self)

    def _reverse_pointer(self):
        return ".".join(str(self).split(".")[::-1]) + ".in-addr.arpa"

    @property
    def is_loopback(self):
        """Whether it is for the host itself."""
        return self._is_in("loopback")

    @property
    def is_private(self):
        """Whether it is not for the whole net."""
        return self._is_in("private")

    @property
    def is_global(self):
        """Whether it is for the whole net."""
        return not self._is_in("shared") and not self.is_private


class IPv4Interface(_Interface, IPv4Address):
    """An address of version 4 with its network."""


class IPv4Network(_BaseV4, _BaseNetwork):
    """A network of version 4."""

    _address_class = IPv4Address

    @property
    def is_global(self):
        """Whether it is for the whole net."""
        (shared,) = IPv4Address._known("shared")
        return not (self.network_address in shared and self.broadcast_address in shared) and not self.is_private


class _BaseV6:
    __slots__ = ()
    _version = 6
    _max_prefixlen = IPV6LENGTH
    _ALL_ONES = (1 << IPV6LENGTH) - 1
    _parse = staticmethod(parse_v6)
    _format = staticmethod(format_v6)

    @staticmethod
    def _network_class():
        return IPv6Network


class IPv6Address(_BaseV6, _Known, _BaseAddress):
    """An address of version 6, from a text, a number or sixteen bytes."""

    __slots__ = ("_ip", "_scope_id", "__weakref__")
    _NETWORKS = {
        "link local": "fe80::/10",
        "site local": "fec0::/10",
        "multicast": "ff00::/8",
        "private": """
            ::1/128 ::/128 ::ffff:0:0/96 100::/64 2001::/23 2001:2::/48 2001:db8::/32 2001:10::/28 fc00::/7 fe80::/10
        """,
        "reserved": """
            ::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 A000::/3 C000::/3 E000::/4 F000::/5
            F800::/6 FE00::/9
        """,
    }

    @staticmethod
    def _address_class():
        return IPv6Address

    def __init__(self, address):
        self._scope_id = None
        if not self._set(address):
            text, self._scope_id = split_scope(str(address))
            self._ip = parse_v6(text)

    @property
    def scope_id(self):
        """The zone in which it is valid."""
        return self._scope_id

    def __str__(self):
        text = self._format(self._ip)
        return f"{text}%{self._scope_id}" if self._scope_id else text

    def __eq__(self, other):
        equal = super().__eq__(other)
        return self._scope_id == getattr(other, "_scope_id", None) if equal is True else equal

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __reduce__(self):
        return type(self), (str(self),)

    @property
    def exploded(self):
        """The text with nothing left out."""
        return ":".join(f"{n:04x}" for n in hextets(self._ip))

    def _reverse_pointer(self):
        return ".".join(self.exploded[::-1].replace(":", "")) + ".ip6.arpa"

    @property
    def is_site_local(self):
        """Whether it is for a single site."""
        return self._is_in("site local")

    @property
    def is_loopback(self):
        """Whether it is for the host itself."""
        return self._ip == 1

    @property
    def is_private(self):
        """Whether it is not for the whole net."""
        mapped = self.ipv4_mapped
        return self._is_in("private") if mapped is None else mapped.is_private

    @property
    def is_global(self):
        """Whether it is for the whole net."""
        return not self.is_private

    @property
    def ipv4_mapped(self):
        """The address of version 4 that it stands for, or None."""
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        """The server and the client of an address of Teredo, or None."""
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        """The address of version 4 in an address of 6to4, or None."""
        return IPv4Address(self._ip >> 80 & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None


class IPv6Interface(_Interface, IPv6Address):
    """An address of version 6 with its network."""

    @property
    def is_unspecified(self):
        return super().is_unspecified and self.network.is_unspecified

    @property
    def is_loopback(self):
        return super().is_loopback and self.network.is_loopback


class IPv6Network(_BaseV6, _BaseNetwork):
    """A network of version 6."""

    _address_class = IPv6Address

    is_site_local = _both_ends("is_site_local", "Whether it is for a single site.")
