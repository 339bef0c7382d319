//! Addresses, of the internet and of Unix, between Python's tuples and the system's structures.

use super::names;
use super::number;
use crate::object::{Result, Value};
use crate::protocol::{self, overflow_error, raise, type_error};
use crate::types::{bytes, exception, int};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

/// A system's address: room for any, and how much of it is used.
pub struct Address {
    storage: libc::sockaddr_storage,
    len: libc::socklen_t,
}

impl Address {
    /// Room for an address that the system writes.
    pub fn empty() -> Address {
        // SAFETY: an address of zeros is valid.
        let storage = unsafe { std::mem::zeroed() };
        Address { storage, len: size_of::<libc::sockaddr_storage>() as libc::socklen_t }
    }

    fn from<T: Copy>(structure: T, len: usize) -> Address {
        let mut address = Address::empty();
        address.len = len.min(size_of::<T>()) as libc::socklen_t;
        // SAFETY: every kind of address fits into the storage, which is aligned for it.
        unsafe { (&raw mut address.storage).cast::<T>().write(structure) };
        address
    }

    /// For calls that read it.
    pub fn parts(&self) -> (*const libc::sockaddr, libc::socklen_t) {
        ((&raw const self.storage).cast(), self.len)
    }

    /// For calls that write it.
    pub fn parts_mut(&mut self) -> (*mut libc::sockaddr, *mut libc::socklen_t) {
        ((&raw mut self.storage).cast(), &raw mut self.len)
    }

    fn read<T: Copy>(&self) -> T {
        // SAFETY: the caller has looked at the family; bytes that were not written are zero.
        unsafe { (&raw const self.storage).cast::<T>().read() }
    }

    /// An internet address.
    pub fn internet(address: std::net::SocketAddr) -> Address {
        match address {
            std::net::SocketAddr::V4(a) => v4(a),
            std::net::SocketAddr::V6(a) => v6(a),
        }
    }

    /// What Python gives as an address of a family. `call` is for messages.
    pub fn of(family: i32, v: &Value, call: &str) -> Result<Address> {
        match family {
            libc::AF_INET => {
                let Some(items) = v.as_tuple() else {
                    let name = v.ty().name();
                    return type_error(format!("{call}(): AF_INET address must be tuple, not {name}"));
                };
                let [host, port] = items else {
                    return type_error("AF_INET address must be a pair (host, port)");
                };
                let host = names::host_v4(host)?;
                Ok(v4(SocketAddrV4::new(host, port_of(port, call)?)))
            }
            libc::AF_INET6 => {
                let Some(items) = v.as_tuple() else {
                    let name = v.ty().name();
                    return type_error(format!("{call}(): AF_INET6 address must be tuple, not {name}"));
                };
                if !(2..=4).contains(&items.len()) {
                    return type_error(
                        "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
                    );
                }
                let host = names::host_v6(&items[0])?;
                let port = port_of(&items[1], call)?;
                let flow = items.get(2).map_or(Ok(0), number)?;
                if !(0..=0xfffff).contains(&flow) {
                    return overflow_error(format!("{call}(): flowinfo must be 0-1048575."));
                }
                let scope = items.get(3).map_or(Ok(0), number)? as u32;
                Ok(v6(SocketAddrV6::new(host, port, (flow as u32).to_be(), scope)))
            }
            libc::AF_UNIX => unix(v),
            _ => Err(raise(&exception::OS_ERROR, format!("{call}(): bad family"))),
        }
    }

    /// As Python shows it.
    pub fn to_value(&self) -> Result {
        if self.len == 0 {
            return Ok(Value::NONE);
        }
        match i32::from(self.storage.ss_family) {
            libc::AF_INET => {
                let a: libc::sockaddr_in = self.read();
                let host = Ipv4Addr::from(u32::from_be(a.sin_addr.s_addr)).to_string();
                Ok(Value::tuple(vec![Value::str(&host), Value::small(u16::from_be(a.sin_port).into())]))
            }
            libc::AF_INET6 => {
                let a: libc::sockaddr_in6 = self.read();
                let host = Ipv6Addr::from(a.sin6_addr.s6_addr).to_string();
                Ok(Value::tuple(vec![
                    Value::str(&host),
                    Value::small(u16::from_be(a.sin6_port).into()),
                    int::from_u64(u32::from_be(a.sin6_flowinfo).into()),
                    int::from_u64(a.sin6_scope_id.into()),
                ]))
            }
            libc::AF_UNIX => {
                let a: libc::sockaddr_un = self.read();
                let used = (self.len as usize).saturating_sub(size_of::<libc::sa_family_t>());
                let path: Vec<u8> = a.sun_path.iter().take(used).map(|&c| c as u8).collect();
                match path.first() {
                    // An abstract name: all of it counts.
                    Some(0) if used > 1 => Ok(bytes::from_vec(path)),
                    _ => {
                        let path = path.split(|&c| c == 0).next().unwrap_or_default();
                        Ok(Value::str(&String::from_utf8_lossy(path)))
                    }
                }
            }
            _ => Ok(Value::NONE),
        }
    }
}

fn port_of(v: &Value, call: &str) -> Result<u16> {
    let n = protocol::index_i64(v)?;
    u16::try_from(n).or_else(|_| overflow_error(format!("{call}(): port must be 0-65535.")))
}

fn v4(a: SocketAddrV4) -> Address {
    let structure = libc::sockaddr_in {
        sin_family: libc::AF_INET as libc::sa_family_t,
        sin_port: a.port().to_be(),
        sin_addr: libc::in_addr { s_addr: u32::from(*a.ip()).to_be() },
        sin_zero: [0; 8],
    };
    Address::from(structure, size_of::<libc::sockaddr_in>())
}

fn v6(a: SocketAddrV6) -> Address {
    let structure = libc::sockaddr_in6 {
        sin6_family: libc::AF_INET6 as libc::sa_family_t,
        sin6_port: a.port().to_be(),
        sin6_flowinfo: a.flowinfo(),
        sin6_addr: libc::in6_addr { s6_addr: a.ip().octets() },
        sin6_scope_id: a.scope_id(),
    };
    Address::from(structure, size_of::<libc::sockaddr_in6>())
}

fn unix(v: &Value) -> Result<Address> {
    let path = match v.as_str() {
        Some(s) => s.as_bytes().to_vec(),
        None => match bytes::copy_of(v) {
            Some(b) => b,
            None => {
                return type_error(format!("a bytes-like object is required, not '{}'", v.ty().name()));
            }
        },
    };
    // SAFETY: an address of zeros is valid.
    let mut structure: libc::sockaddr_un = unsafe { std::mem::zeroed() };
    // A name that begins with a zero is abstract; others end with one.
    let room = structure.sun_path.len() - usize::from(path.first() != Some(&0));
    if path.len() > room {
        return Err(raise(&exception::OS_ERROR, "AF_UNIX path too long"));
    }
    structure.sun_family = libc::AF_UNIX as libc::sa_family_t;
    for (place, &c) in structure.sun_path.iter_mut().zip(&path) {
        *place = c as libc::c_char;
    }
    let end = usize::from(path.first().is_some_and(|&c| c != 0));
    Ok(Address::from(structure, size_of::<libc::sa_family_t>() + path.len() + end))
}
