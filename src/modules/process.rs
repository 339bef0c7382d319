//! `_process`: fork, wait and signals, for `multiprocessing`.

use super::sys_io;
use crate::object::{Def, Result, Value};
use crate::protocol::index_i64;
use crate::types::{exception, int};
use minipy_sched::Fork;

#[allow(unsafe_code)]
fn wait(pid: i32, options: i32) -> Result {
    loop {
        let r = minipy_sched::without_gil(|| {
            let mut status = 0;
            // SAFETY: the status is written to a local.
            let r = unsafe { libc::waitpid(pid, &mut status, options) };
            if r < 0 { Err(std::io::Error::last_os_error()) } else { Ok((r, status)) }
        });
        match r {
            Ok((0, _)) => return Ok(Value::NONE),
            Ok((_, status)) => {
                let code = if libc::WIFSIGNALED(status) {
                    -libc::WTERMSIG(status)
                } else {
                    libc::WEXITSTATUS(status)
                };
                return Ok(Value::small(code));
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => crate::vm::safepoint::interrupted()?,
            Err(e) => return Err(exception::from_io_error(&e, None)),
        }
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "fork()" "A new process; 0 in the child." => |_| {
        sys_io::flush()?;
        let threads = super::thread::report::names();
        match minipy_sched::fork() {
            Ok(Fork::Parent(pid)) => Ok(Value::small(pid)),
            Ok(Fork::Child) => {
                crate::vm::thread::forget_other_threads();
                super::thread::report::after_fork(&threads);
                sys_io::after_fork();
                Ok(Value::small(0))
            }
            Err(e) => Err(exception::from_io_error(&e, None)),
        }
    };
    fn "wait(pid, /)" "Waits for a child; its exit code, negative for a signal." => |a| wait(index_i64(&a[0])? as i32, 0);
    fn "poll(pid, /)" "The exit code of a child, or None while it runs." => |a| wait(index_i64(&a[0])? as i32, libc::WNOHANG);
    fn "kill(pid, signal, /)" "Sends a signal." => |a| {
        let (pid, signal) = (index_i64(&a[0])? as i32, index_i64(&a[1])? as i32);
        #[allow(unsafe_code)]
        // SAFETY: a plain system call.
        let r = unsafe { libc::kill(pid, signal) };
        if r == 0 { Ok(Value::NONE) } else { Err(exception::from_io_error(&std::io::Error::last_os_error(), None)) }
    };
    fn "exit(code, /)" "Ends the process at once, after its output is written." => |a| {
        sys_io::flush()?;
        let code = index_i64(&a[0])? as i32;
        #[allow(unsafe_code)]
        // SAFETY: ends the process.
        unsafe { libc::_exit(code) }
    };
    fn "getpid()" "The number of this process." => |_| Ok(int::from_i64(std::process::id() as i64));
};
