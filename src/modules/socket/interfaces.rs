//! The network interfaces of the machine, by name and by number.

use super::super::native::os_error;
use crate::object::{Result, Value};
use crate::protocol::{self, raise};
use crate::types::{exception, int};
use std::ffi::{CStr, CString};
use std::io::Error;

/// `if_nameindex()`
pub fn all(_: &[Value]) -> Result {
    let mut found = Vec::new();
    // SAFETY: the array ends with an entry of number 0, and is given back once.
    unsafe {
        let start = libc::if_nameindex();
        if start.is_null() {
            return os_error(&Error::last_os_error());
        }
        let mut at = start;
        while (*at).if_index != 0 {
            let name = CStr::from_ptr((*at).if_name).to_string_lossy();
            found.push(Value::tuple(vec![int::from_u64((*at).if_index.into()), Value::str(&name)]));
            at = at.add(1);
        }
        libc::if_freenameindex(start);
    }
    Ok(Value::list(found))
}

/// `if_nametoindex(name)`
pub fn number(a: &[Value]) -> Result {
    let name = match a[0].as_str() {
        Some(name) => name.as_bytes().to_vec(),
        None => super::data_of(&a[0])?,
    };
    let Ok(name) = CString::new(name) else { return protocol::value_error("embedded null byte") };
    // SAFETY: a string that ends in zero.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(raise(&exception::OS_ERROR, "no interface with this name")),
        n => Ok(int::from_u64(n.into())),
    }
}

/// `if_indextoname(index)`
pub fn name(a: &[Value]) -> Result {
    let n = protocol::index_i64(&a[0])?;
    let Ok(n) = u32::try_from(n) else {
        return protocol::overflow_error("can't convert negative value to unsigned int");
    };
    let mut room = [0 as libc::c_char; libc::IF_NAMESIZE];
    // SAFETY: there is room for any name.
    if unsafe { libc::if_indextoname(n, room.as_mut_ptr()) }.is_null() {
        return os_error(&Error::last_os_error());
    }
    // SAFETY: the call has written a string that ends in zero.
    Ok(Value::str(&unsafe { CStr::from_ptr(room.as_ptr()) }.to_string_lossy()))
}
