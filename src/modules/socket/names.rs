//! Names of hosts, services and protocols, and addresses as text and bytes.

use super::super::name_service;
use super::address::Address;
use super::{number, optional};
use crate::modules::native::class;
use crate::object::{Boxed, Def, Layout, Result, Type, Value, arg};
use crate::protocol::{self, overflow_error, raise, raise_args, type_error};
use crate::types::{bytes, exception};
use std::ffi::{CStr, CString};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

/// `socket.gaierror`
pub static GAI_ERROR: Type =
    Type::builtin::<Boxed<exception::ExcBody>>("socket.gaierror", Layout::Exception, "", &[])
        .with_base(&exception::OS_ERROR)
        .with_base_flag()
        .with_attrs(size_of::<Boxed<exception::ExcBody>>());

/// `socket.herror`
pub static HOST_ERROR: Type =
    Type::builtin::<Boxed<exception::ExcBody>>("socket.herror", Layout::Exception, "", &[])
        .with_base(&exception::OS_ERROR)
        .with_base_flag()
        .with_attrs(size_of::<Boxed<exception::ExcBody>>());

fn os_error<T>(message: &str) -> Result<T> {
    Err(raise(&exception::OS_ERROR, message))
}

fn gai_error<T>(code: i32) -> Result<T> {
    // SAFETY: the text is a constant of the C library.
    let text = unsafe { CStr::from_ptr(libc::gai_strerror(code)) }.to_string_lossy().into_owned();
    class(&GAI_ERROR);
    Err(raise_args(&GAI_ERROR, vec![Value::small(code), Value::str(&text)]))
}

fn host_text(v: &Value) -> Result<CString> {
    let data = match v.as_str() {
        Some(s) => s.as_bytes().to_vec(),
        None => match bytes::copy_of(v) {
            Some(b) => b,
            None => {
                return type_error(format!("str, bytes or bytearray expected, not {}", v.ty().name()));
            }
        },
    };
    CString::new(data).or_else(|_| type_error("host name must not contain null character"))
}

/// One answer of the resolver.
struct Found {
    family: i32,
    kind: i32,
    protocol: i32,
    name: String,
    address: Option<SocketAddr>,
}

struct Query {
    host: Option<CString>,
    service: Option<CString>,
    family: i32,
    kind: i32,
    protocol: i32,
    flags: i32,
}

impl Query {
    /// Asks, without the GIL.
    fn ask(&self) -> Result<Vec<Found>> {
        minipy_sched::without_gil(|| self.resolve()).or_else(gai_error)
    }

    fn resolve(&self) -> std::result::Result<Vec<Found>, i32> {
        name_service::prepare();
        let text = |t: &Option<CString>| t.as_ref().map_or(std::ptr::null(), |t| t.as_ptr());
        // SAFETY: hints of zeros are valid; the list is read before it is freed, and ends with a null pointer; each
        // address has the size that its family says.
        unsafe {
            let mut hints: libc::addrinfo = std::mem::zeroed();
            hints.ai_family = self.family;
            hints.ai_socktype = self.kind;
            hints.ai_protocol = self.protocol;
            hints.ai_flags = self.flags;
            let mut list: *mut libc::addrinfo = std::ptr::null_mut();
            let code = libc::getaddrinfo(text(&self.host), text(&self.service), &hints, &mut list);
            if code != 0 {
                return Err(code);
            }
            let mut all = Vec::new();
            let mut at = list;
            while let Some(entry) = at.as_ref() {
                let name = match entry.ai_canonname.is_null() {
                    true => String::new(),
                    false => CStr::from_ptr(entry.ai_canonname).to_string_lossy().into_owned(),
                };
                all.push(Found {
                    family: entry.ai_family,
                    kind: entry.ai_socktype,
                    protocol: entry.ai_protocol,
                    name,
                    address: socket_address(entry),
                });
                at = entry.ai_next;
            }
            libc::freeaddrinfo(list);
            Ok(all)
        }
    }
}

/// # Safety
/// The entry is one of `getaddrinfo`'s.
unsafe fn socket_address(entry: &libc::addrinfo) -> Option<std::net::SocketAddr> {
    match entry.ai_family {
        libc::AF_INET => {
            // SAFETY: as the caller promises, the address is of its family.
            let a = unsafe { entry.ai_addr.cast::<libc::sockaddr_in>().read_unaligned() };
            let ip = Ipv4Addr::from(u32::from_be(a.sin_addr.s_addr));
            Some((ip, u16::from_be(a.sin_port)).into())
        }
        libc::AF_INET6 => {
            // SAFETY: as above.
            let a = unsafe { entry.ai_addr.cast::<libc::sockaddr_in6>().read_unaligned() };
            let ip = Ipv6Addr::from(a.sin6_addr.s6_addr);
            let port = u16::from_be(a.sin6_port);
            Some(std::net::SocketAddrV6::new(ip, port, a.sin6_flowinfo, a.sin6_scope_id).into())
        }
        _ => None,
    }
}

/// The first address of a name in a family.
fn lookup(host: CString, family: i32) -> Result<std::net::IpAddr> {
    let query =
        Query { host: Some(host), service: None, family, kind: libc::SOCK_STREAM, protocol: 0, flags: 0 };
    match query.ask()?.iter().find_map(|f| f.address) {
        Some(a) => Ok(a.ip()),
        None => gai_error(libc::EAI_NONAME),
    }
}

/// The host of an `AF_INET` address: a name, a number, `""` for any.
pub fn host_v4(v: &Value) -> Result<Ipv4Addr> {
    let text = host_text(v)?;
    let known = match text.to_str().unwrap_or_default() {
        "" => Some(Ipv4Addr::UNSPECIFIED),
        "<broadcast>" => Some(Ipv4Addr::BROADCAST),
        t => t.parse().ok(),
    };
    match known {
        Some(ip) => Ok(ip),
        None => match lookup(text, libc::AF_INET)? {
            std::net::IpAddr::V4(ip) => Ok(ip),
            std::net::IpAddr::V6(_) => os_error("unsupported address family"),
        },
    }
}

/// The host of an `AF_INET6` address.
pub fn host_v6(v: &Value) -> Result<Ipv6Addr> {
    let text = host_text(v)?;
    let known = match text.to_str().unwrap_or_default() {
        "" => Some(Ipv6Addr::UNSPECIFIED),
        t => t.parse().ok(),
    };
    match known {
        Some(ip) => Ok(ip),
        None => match lookup(text, libc::AF_INET6)? {
            std::net::IpAddr::V6(ip) => Ok(ip),
            std::net::IpAddr::V4(_) => os_error("unsupported address family"),
        },
    }
}

fn get_address_info(a: &[Value]) -> Result {
    let host = if a[0].is_none() { None } else { Some(host_text(&a[0])?) };
    let service = match &a[1] {
        v if v.is_none() => None,
        v if v.ty().is_subtype(&crate::types::int::INT) => {
            let n = protocol::index_i64(v)
                .or_else(|_| overflow_error("getaddrinfo() argument 2 is too large"))?;
            Some(CString::new(n.to_string()).unwrap_or_default())
        }
        v if v.as_str().is_some() || bytes::as_bytes(v).is_some() => Some(host_text(v)?),
        _ => return os_error("Int or String expected"),
    };
    let query = Query {
        host,
        service,
        family: optional(arg(a, 2), 0)?,
        kind: optional(arg(a, 3), 0)?,
        protocol: optional(arg(a, 4), 0)?,
        flags: optional(arg(a, 5), 0)?,
    };
    let mut all = Vec::new();
    for found in query.ask()? {
        let address = found.address.map_or(Ok(Value::NONE), |a| Address::internet(a).to_value())?;
        let numbers = [found.family, found.kind, found.protocol].map(Value::small);
        all.push(Value::tuple(numbers.into_iter().chain([Value::str(&found.name), address]).collect()));
    }
    Ok(Value::list(all))
}

fn get_name_info(a: &[Value]) -> Result {
    name_service::prepare();
    let Some([host, port, rest @ ..]) = a[0].as_tuple() else {
        return type_error("getnameinfo() argument 1 must be a tuple");
    };
    let part = |i: usize| rest.get(i).map_or(Ok(0), protocol::index_i64);
    let (flow, scope) = (part(0)? as u32, part(1)? as u32);
    if flow > 0xFFFFF {
        return overflow_error("getnameinfo(): flowinfo must be 0-1048575.");
    }
    let flags = number(&a[1])?;
    let service = CString::new(protocol::index_i64(port)?.to_string()).unwrap_or_default();
    let query = Query {
        host: Some(host_text(host)?),
        service: Some(service),
        family: 0,
        kind: libc::SOCK_DGRAM,
        protocol: 0,
        flags: libc::AI_NUMERICHOST,
    };
    let Some(found) = query.ask()?.into_iter().find_map(|f| f.address) else {
        return gai_error(libc::EAI_NONAME);
    };
    let address = Address::internet(match found {
        SocketAddr::V6(v6) => SocketAddrV6::new(*v6.ip(), v6.port(), flow, scope).into(),
        v4 => v4,
    });
    let (mut name, mut service) = ([0 as libc::c_char; 1025], [0 as libc::c_char; 32]);
    let (name_at, service_at) = (name.as_mut_ptr() as usize, service.as_mut_ptr() as usize);
    let code = minipy_sched::without_gil(|| {
        let (place, len) = address.parts();
        // SAFETY: there is room for both texts, which nobody else uses meanwhile.
        unsafe {
            libc::getnameinfo(
                place,
                len,
                name_at as *mut libc::c_char,
                1025,
                service_at as *mut libc::c_char,
                32,
                flags,
            )
        }
    });
    if code != 0 {
        return gai_error(code);
    }
    // SAFETY: both end in zero.
    let text = |t: &[libc::c_char]| unsafe { CStr::from_ptr(t.as_ptr()) }.to_string_lossy().into_owned();
    Ok(Value::tuple(vec![Value::str(&text(&name)), Value::str(&text(&service))]))
}

fn own_name(_: &[Value]) -> Result {
    let mut name = [0 as libc::c_char; 1025];
    // SAFETY: there is room for so many bytes, and the last stays zero.
    if unsafe { libc::gethostname(name.as_mut_ptr(), 1024) } != 0 {
        return crate::modules::native::os_error(&std::io::Error::last_os_error());
    }
    // SAFETY: it ends in zero.
    Ok(Value::str(&unsafe { CStr::from_ptr(name.as_ptr()) }.to_string_lossy()))
}

fn text_of(v: &Value, what: &str) -> Result<CString> {
    match v.as_str() {
        Some(s) => CString::new(s).or_else(|_| protocol::value_error("embedded null character")),
        None => type_error(format!("{what}() argument 1 must be str, not {}", v.ty().name())),
    }
}

fn service_by_name(a: &[Value]) -> Result {
    name_service::prepare();
    let name = text_of(&a[0], "getservbyname")?;
    let kind = arg(a, 1).as_bound().map(|k| text_of(k, "getservbyname")).transpose()?;
    let kind = kind.as_ref().map_or(std::ptr::null(), |k| k.as_ptr());
    // SAFETY: both texts end in zero; the answer is read at once, by the holder of the GIL.
    match unsafe { libc::getservbyname(name.as_ptr(), kind).as_ref() } {
        Some(s) => Ok(Value::small(u16::from_be(s.s_port as u16).into())),
        None => os_error("service/proto not found"),
    }
}

fn service_by_port(a: &[Value]) -> Result {
    name_service::prepare();
    let Ok(port) = u16::try_from(protocol::index_i64(&a[0])?) else {
        return overflow_error("getservbyport: port must be 0-65535.");
    };
    let kind = arg(a, 1).as_bound().map(|k| text_of(k, "getservbyport")).transpose()?;
    let kind = kind.as_ref().map_or(std::ptr::null(), |k| k.as_ptr());
    // SAFETY: as above; the name ends in zero.
    unsafe {
        match libc::getservbyport(port.to_be().into(), kind).as_ref() {
            Some(s) => Ok(Value::str(&CStr::from_ptr(s.s_name).to_string_lossy())),
            None => os_error("port/proto not found"),
        }
    }
}

fn protocol_by_name(a: &[Value]) -> Result {
    name_service::prepare();
    let name = text_of(&a[0], "getprotobyname")?;
    // SAFETY: the text ends in zero; the answer is read at once, by the holder of the GIL.
    match unsafe { libc::getprotobyname(name.as_ptr()).as_ref() } {
        Some(p) => Ok(Value::small(p.p_proto)),
        None => os_error("protocol not found"),
    }
}

fn to_bytes(a: &[Value]) -> Result {
    let (family, text) = (number(&a[0])?, a[1].as_str().unwrap_or_default());
    let packed = match family {
        libc::AF_INET => text.parse::<Ipv4Addr>().ok().map(|ip| ip.octets().to_vec()),
        libc::AF_INET6 => text.parse::<Ipv6Addr>().ok().map(|ip| ip.octets().to_vec()),
        _ => return crate::modules::native::os_error(&std::io::Error::from_raw_os_error(libc::EAFNOSUPPORT)),
    };
    match packed {
        Some(packed) => Ok(bytes::from_vec(packed)),
        None => os_error("illegal IP address string passed to inet_pton"),
    }
}

fn to_text(a: &[Value]) -> Result {
    let (family, data) = (number(&a[0])?, bytes::copy_of(&a[1]).unwrap_or_default());
    let text = match family {
        libc::AF_INET => <[u8; 4]>::try_from(data).ok().map(|b| Ipv4Addr::from(b).to_string()),
        libc::AF_INET6 => <[u8; 16]>::try_from(data).ok().map(|b| Ipv6Addr::from(b).to_string()),
        _ => return protocol::value_error(format!("unknown address family {family}")),
    };
    match text {
        Some(text) => Ok(Value::str(&text)),
        None => protocol::value_error("invalid length of packed IP address string"),
    }
}

/// The old notation of IPv4: up to four numbers, in any base of C.
fn parse_old(text: &str) -> Option<u32> {
    let parse = |part: &str| match part.as_bytes() {
        [b'0', b'x' | b'X', ..] => u32::from_str_radix(part.get(2..)?, 16).ok(),
        [b'0', _, ..] => u32::from_str_radix(part.get(1..)?, 8).ok(),
        _ => part.parse().ok(),
    };
    let parts = text.split('.').map(parse).collect::<Option<Vec<u32>>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|&n| n > 255) {
        return None;
    }
    let room = 32 - 8 * first.len() as u32;
    if room < 32 && *last >= 1 << room {
        return None;
    }
    Some(first.iter().enumerate().fold(*last, |sum, (i, n)| sum | n << (24 - 8 * i)))
}

fn swap16(a: &[Value], name: &str) -> Result {
    let n = protocol::index_i64(&a[0])?;
    if n < 0 {
        return overflow_error(format!(
            "{name}: can't convert negative Python int to C 16-bit unsigned integer"
        ));
    }
    match u16::try_from(n) {
        Ok(n) => Ok(Value::small(n.to_be().into())),
        Err(_) => {
            overflow_error(format!("{name}: Python int too large to convert to C 16-bit unsigned integer"))
        }
    }
}

fn swap32(a: &[Value]) -> Result {
    match u32::try_from(protocol::index_i64(&a[0])?) {
        Ok(n) => Ok(crate::types::int::from_u64(n.to_be().into())),
        Err(_) => overflow_error("int larger than 32 bits"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)" "Addresses for a host and a service: tuples (family, type, protocol, name, address)." => get_address_info;
    fn "getnameinfo(sockaddr, flags, /)" "Host and service of an address." => get_name_info;
    fn "gethostname()" "The name of this host." => own_name;
    fn "gethostbyname(host, /)" "The IPv4 address of a host." => |a| Ok(Value::str(&host_v4(&a[0])?.to_string()));
    fn "getservbyname(name, proto=<unrepresentable>, /)" "The port of a service." => service_by_name;
    fn "getservbyport(port, proto=<unrepresentable>, /)" "The service of a port." => service_by_port;
    fn "getprotobyname(name, /)" "The number of a protocol." => protocol_by_name;
    fn "inet_aton(ip, /)" "An IPv4 address as four bytes." => |a| match a[0].as_str().and_then(parse_old) {
        Some(n) => Ok(bytes::from_slice(&n.to_be_bytes())),
        None => os_error("illegal IP address string passed to inet_aton"),
    };
    fn "inet_ntoa(packed, /)" "Four bytes as an IPv4 address." => |a| match bytes::copy_of(&a[0]).map(<[u8; 4]>::try_from) {
        Some(Ok(b)) => Ok(Value::str(&Ipv4Addr::from(b).to_string())),
        Some(Err(_)) => os_error("packed IP wrong length for inet_ntoa"),
        None => type_error(format!("a bytes-like object is required, not '{}'", a[0].ty().name())),
    };
    fn "inet_pton(family, ip, /)" "An address as bytes." => to_bytes;
    fn "inet_ntop(family, packed, /)" "Bytes as an address." => to_text;
    fn "htons(x, /)" "16 bits in the order of the network." => |a| swap16(a, "htons");
    fn "ntohs(x, /)" "16 bits in the order of this machine." => |a| swap16(a, "ntohs");
    fn "htonl(x, /)" "32 bits in the order of the network." => swap32;
    fn "ntohl(x, /)" "32 bits in the order of this machine." => swap32;
    val "gaierror()" "" => || class(&GAI_ERROR);
    val "herror()" "" => || class(&HOST_ERROR);
};
