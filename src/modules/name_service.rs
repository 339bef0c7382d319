//! Where the C library looks up the names of users, hosts and services.
//!
//! A release holds the C library itself (see build.rs). It cannot load the plug-ins that /etc/nsswitch.conf names, as
//! they bring a second C library whose thread-local storage is never set up. So it asks what is built in: the files
//! of /etc, and DNS.

#![allow(unsafe_code)]

/// To be called before a name is looked up.
pub fn prepare() {
    #[cfg(static_libc)]
    {
        use std::ffi::{CStr, c_char, c_int};
        use std::sync::Once;

        unsafe extern "C" {
            /// Sets where one kind of names is looked up, as a line of nsswitch.conf would (glibc, <nss.h>).
            fn __nss_configure_lookup(database: *const c_char, services: *const c_char) -> c_int;
        }
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let configure = |database: &CStr, services: &CStr| {
                // SAFETY: both texts end in zero and are copied.
                unsafe { __nss_configure_lookup(database.as_ptr(), services.as_ptr()) }
            };
            configure(c"hosts", c"files dns");
            for database in [c"passwd", c"group", c"initgroups", c"services", c"protocols", c"networks"] {
                configure(database, c"files");
            }
        });
    }
}
