//! `pwd` and `grp`: the users and groups of the system.

#![allow(unsafe_code)]

use super::name_service::prepare;
use super::posix::path::{decode, encode};
use crate::object::{Def, Result, Value};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{exception, int};
use std::ffi::{CStr, CString};

crate::structure!(PASSWD: "pwd.struct_passwd" "A user: name, password, numbers, full name, folder and shell." {
    0 "pw_name()" "The name.";
    1 "pw_passwd()" "The password.";
    2 "pw_uid()" "The number.";
    3 "pw_gid()" "The number of the group.";
    4 "pw_gecos()" "The full name.";
    5 "pw_dir()" "The folder.";
    6 "pw_shell()" "The shell.";
});

crate::structure!(GROUP: "grp.struct_group" "A group: name, password, number and members." {
    0 "gr_name()" "The name.";
    1 "gr_passwd()" "The password.";
    2 "gr_gid()" "The number.";
    3 "gr_mem()" "The names of the members.";
});

/// The text at a place that may be null.
fn text(place: *const libc::c_char) -> Value {
    if place.is_null() {
        return Value::NONE;
    }
    // SAFETY: what the system points to ends in zero.
    decode(unsafe { CStr::from_ptr(place) }.to_bytes())
}

/// What the system has just said of a user.
fn user(entry: *const libc::passwd) -> Option<Value> {
    // SAFETY: the entry stays as it is until the next question, which needs the GIL.
    let e = unsafe { entry.as_ref() }?;
    let fields = vec![
        text(e.pw_name),
        text(e.pw_passwd),
        int::from_i64(e.pw_uid.into()),
        int::from_i64(e.pw_gid.into()),
        text(e.pw_gecos),
        text(e.pw_dir),
        text(e.pw_shell),
    ];
    Some(Value::tuple_of(&PASSWD, fields))
}

/// What the system has just said of a group.
fn group(entry: *const libc::group) -> Option<Value> {
    // SAFETY: as for users.
    let e = unsafe { entry.as_ref() }?;
    let mut members = Vec::new();
    let mut at = e.gr_mem;
    // SAFETY: the list of members ends in a null pointer.
    unsafe {
        while !at.is_null() && !(*at).is_null() {
            members.push(text(*at));
            at = at.add(1);
        }
    }
    let fields =
        vec![text(e.gr_name), text(e.gr_passwd), int::from_i64(e.gr_gid.into()), Value::list(members)];
    Some(Value::tuple_of(&GROUP, fields))
}

/// The name that a function is asked for.
fn name(v: &Value, function: &str) -> Result<CString> {
    if v.as_str().is_none() {
        return type_error(format!("{function}() argument must be str, not {}", v.ty().name()));
    }
    CString::new(encode(v)?).or_else(|_| value_error("embedded null byte"))
}

/// The number that a function is asked for; `None` if there can be none of it.
fn number(v: &Value) -> Result<Option<u32>> {
    Ok(u32::try_from(protocol::index_i64(v)?).ok())
}

fn found(entry: Option<Value>, missing: impl FnOnce() -> Result<String>) -> Result {
    match entry {
        Some(v) => Ok(v),
        None => Err(raise(&exception::KEY_ERROR, missing()?)),
    }
}

/// The table of `pwd`.
pub static PWD: &[Def] = crate::defs! {
    val "struct_passwd()" "" => || super::native::class(&PASSWD);
    fn "getpwnam(name, /)" "The user with a name." => |a| {
        prepare();
        let c = name(&a[0], "getpwnam")?;
        // SAFETY: the name ends in zero.
        found(user(unsafe { libc::getpwnam(c.as_ptr()) }), || Ok(format!("getpwnam(): name not found: {}", protocol::repr_string(&a[0])?)))
    };
    fn "getpwuid(uid, /)" "The user with a number." => |a| {
        prepare();
        // SAFETY: a plain question.
        let entry = number(&a[0])?.and_then(|n| user(unsafe { libc::getpwuid(n) }));
        found(entry, || Ok(format!("getpwuid(): uid not found: {}", protocol::str_string(&a[0])?)))
    };
    fn "getpwall()" "All users." => |_| {
        prepare();
        let mut all = Vec::new();
        // SAFETY: the list is read under the GIL.
        unsafe {
            libc::setpwent();
            while let Some(v) = user(libc::getpwent()) {
                all.push(v);
            }
            libc::endpwent();
        }
        Ok(Value::list(all))
    };
};

/// The table of `grp`.
pub static GRP: &[Def] = crate::defs! {
    val "struct_group()" "" => || super::native::class(&GROUP);
    fn "getgrnam(name)" "The group with a name." => |a| {
        prepare();
        let c = name(&a[0], "getgrnam")?;
        // SAFETY: the name ends in zero.
        found(group(unsafe { libc::getgrnam(c.as_ptr()) }), || Ok(format!("getgrnam(): name not found: {}", protocol::repr_string(&a[0])?)))
    };
    fn "getgrgid(id)" "The group with a number." => |a| {
        prepare();
        // SAFETY: a plain question.
        let entry = number(&a[0])?.and_then(|n| group(unsafe { libc::getgrgid(n) }));
        found(entry, || Ok(format!("getgrgid(): gid not found: {}", protocol::str_string(&a[0])?)))
    };
    fn "getgrall()" "All groups." => |_| {
        prepare();
        let mut all = Vec::new();
        // SAFETY: the list is read under the GIL.
        unsafe {
            libc::setgrent();
            while let Some(v) = group(libc::getgrent()) {
                all.push(v);
            }
            libc::endgrent();
        }
        Ok(Value::list(all))
    };
};
