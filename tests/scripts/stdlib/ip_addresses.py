"""ipaddress: addresses, networks and interfaces of both versions."""
import ipaddress as ip
import pickle


def attempt(f, *args, **kwargs):
    try:
        result = f(*args, **kwargs)
        print(list(result) if hasattr(result, "__next__") else repr(result))
    except Exception as e:
        print(type(e).__name__, e)


for text in ("192.168.0.1", "2001:db8::1", 3232235521, b"\x7f\0\0\1", "::", "::ffff:1.2.3.4", 2**40, "1:0:0:2:0:0:0:3", "::1:0:0:0"):
    a = ip.ip_address(text)
    print(repr(a), a, int(a), a.version, a.max_prefixlen, a.exploded, a.compressed, a.packed.hex(), a.reverse_pointer)
    print(a.is_private, a.is_global, a.is_loopback, a.is_multicast, a.is_reserved, a.is_link_local, a.is_unspecified)
for bad in ("", "1.2.3", "1.2.3.256", "1.2.3.04", "1.2.3.a", "1..2.3", "1.2.3.4444", "1.2.3.4/5", "::1::", ":1:2", "1:2:3:4:5:6:7:", "12345::", "g::", "1:2:3:4:5:6:7:8:9",
            "1::2:3:4:5:6:7:8", "::1.2.3.400", "fe80::1%", -1, 2**32, 2**128, b"abc"):
    attempt(ip.IPv4Address, bad)
    attempt(ip.IPv6Address, bad)
    attempt(ip.ip_address, bad)
a, b = ip.ip_address("10.0.0.1"), ip.ip_address("10.0.0.2")
print(a < b, a == ip.IPv4Address("10.0.0.1"), a + 1 == b, b - a._ip if False else b - 1, hash(a) == hash(ip.IPv4Address("10.0.0.1")), {a: 1}[ip.ip_address("10.0.0.1")], sorted([b, a]))
attempt(lambda: a < ip.ip_address("::1"))
attempt(lambda: a + "x")
attempt(lambda: ip.ip_address("255.255.255.255") + 1)
print(f"{a:b} {a:#x} {a:_n} {a:>12s} {ip.ip_address('fe80::1%eth0')} {ip.ip_address('::1'):#_x}", pickle.loads(pickle.dumps(a)))
attempt(format, a, "d")
print(ip.ip_address("2001:0:4136:e378:8000:63bf:3fff:fdd2").teredo, ip.ip_address("2002:c000:204::").sixtofour, ip.ip_address("::ffff:c0a8:1").ipv4_mapped, ip.ip_address("fec0::1").is_site_local)

for text in ("192.168.1.0/24", "10.0.0.0/255.0.0.0", "10.0.0.0/0.255.255.255", "172.16.5.4", "2001:db8::/32", "0.0.0.0/0", "192.168.1.4/31", ("10.0.0.0", 30), ("::", 126)):
    n = ip.ip_network(text)
    print(repr(n), n, n.network_address, n.broadcast_address, n.netmask, n.hostmask, n.prefixlen, n.num_addresses, n.with_netmask, n.with_hostmask, n.is_private, n.is_global, n.is_multicast, n.exploded)
    if n.num_addresses < 10:
        print(list(n), list(n.hosts()))
n = ip.ip_network("192.168.1.0/29")
print(n[0], n[-1], n[3], ip.ip_address("192.168.1.3") in n, ip.ip_address("192.168.2.3") in n, len(list(n)), [str(x) for x in n.hosts()])
attempt(lambda: n[8])
attempt(lambda: n[-9])
print([str(x) for x in n.subnets()], [str(x) for x in n.subnets(new_prefix=31)], n.supernet(), n.supernet(new_prefix=16), [str(x) for x in ip.ip_network("::/126").subnets(2)])
attempt(n.subnets, new_prefix=20)
attempt(n.subnets, prefixlen_diff=-1)
attempt(n.subnets, prefixlen_diff=9)
attempt(n.supernet, prefixlen_diff=40)
attempt(n.supernet, new_prefix=30)
attempt(n.address_exclude, ip.ip_network("192.168.1.4/32"))
attempt(n.address_exclude, ip.ip_network("10.0.0.0/32"))
attempt(n.address_exclude, n)
m = ip.ip_network("192.168.1.4/30")
print(n.overlaps(m), m.subnet_of(n), n.supernet_of(m), n.subnet_of(m), n.compare_networks(m), n < m, n == ip.ip_network("192.168.1.0/29"), hash(n) == hash(ip.ip_network("192.168.1.0/29")))
attempt(n.subnet_of, ip.ip_network("::/0"))
attempt(ip.ip_network, "192.168.1.1/24")
print(ip.ip_network("192.168.1.1/24", strict=False))
for bad in ("1.2.3.0/33", "1.2.3.0/a", "1.2.3.0/255.0.255.0", "1.2.3.0/24/1", "::/129", "::/ffff::", "x"):
    attempt(ip.IPv4Network, bad)
    attempt(ip.IPv6Network, bad)
    attempt(ip.ip_network, bad)
i = ip.ip_interface("192.168.1.5/24")
print(repr(i), i.ip, i.network, i.netmask, i.hostmask, i.with_prefixlen, i.with_netmask, i.with_hostmask, i == ip.ip_interface("192.168.1.5/24"), i < ip.ip_interface("192.168.1.5/25"), i == i.ip)
i = ip.ip_interface("2001:db8::1/64")
print(repr(i), i.ip, i.network, i.exploded, i.is_loopback, pickle.loads(pickle.dumps(i)))
attempt(ip.ip_interface, "nothing")
attempt(ip.summarize_address_range, ip.IPv4Address("192.0.2.0"), ip.IPv4Address("192.0.2.130"))
attempt(ip.summarize_address_range, b, a)
attempt(ip.summarize_address_range, n, n)
attempt(ip.summarize_address_range, a, ip.ip_address("::1"))
nets = [ip.ip_network(x) for x in ("10.0.0.0/25", "10.0.0.128/25", "10.0.1.0/24", "10.0.0.0/28")]
print(list(ip.collapse_addresses(nets)), list(ip.collapse_addresses([a, b, ip.ip_address("10.0.0.3"), ip.ip_address("10.0.0.9")])))
attempt(ip.collapse_addresses, [a, ip.ip_address("::1")])
print(sorted([n, a, ip.ip_network("10.0.0.0/8")], key=ip.get_mixed_type_key), ip.v4_int_to_packed(1), ip.v6_int_to_packed(1)[-1])
attempt(ip.v4_int_to_packed, -1)
