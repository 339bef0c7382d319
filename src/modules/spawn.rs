//! Starting programs: what `subprocess` and `os.exec*` are made of.
//!
//! A program is started as glibc's `posix_spawn` does it: the child shares the parent's memory until `exec`, on a
//! stack of its own, while the calling thread sleeps. So it costs no copy of the page tables, whatever other
//! threads do, and the child's error number is simply in a variable.
//!
//! Invariant: the child only makes system calls on what was prepared before: it allocates nothing and takes no lock.
//! All signals are blocked meanwhile, and it has no handlers when it lets them through.

#![allow(unsafe_code)]

use super::native::os_error;
use crate::object::{Def, Dict, Result, Value};
use crate::protocol::{self, type_error, value_error};
use crate::types::exception;
use std::ffi::{CString, c_char, c_int, c_void};
use std::io::Error;

/// Strings as `exec` wants them.
struct Strings {
    pointers: Vec<*const c_char>,
    _owned: Vec<CString>,
}

// SAFETY: the pointers are to memory that it owns and that nobody changes.
unsafe impl Send for Strings {}
// SAFETY: as above.
unsafe impl Sync for Strings {}

impl Strings {
    fn new(owned: Vec<CString>) -> Strings {
        let pointers = owned.iter().map(|s| s.as_ptr()).chain([std::ptr::null()]).collect();
        Strings { pointers, _owned: owned }
    }

    fn of(v: &Value) -> Result<Strings> {
        let mut all = Vec::new();
        protocol::for_each(v, |s| {
            all.push(text(&s)?);
            Ok(())
        })?;
        Ok(Strings::new(all))
    }
}

/// A string for the system: `str`, bytes or a path.
fn text(v: &Value) -> Result<CString> {
    CString::new(super::posix::path::PathArg::text(v)?).or_else(|_| value_error("embedded null byte"))
}

fn number(v: &Value) -> Result<i32> {
    Ok(protocol::index_i64(v)?.clamp(i32::MIN as i64, i32::MAX as i64) as i32)
}

/// The number of a user or group.
fn id(v: &Value, kind: &str) -> Result<u32> {
    u32::try_from(protocol::index_clipped(v)?)
        .or_else(|_| protocol::overflow_error(format!("{kind} is greater than maximum")))
}

fn groups(v: &Value) -> Result<Vec<u32>> {
    let one =
        |g: &Value| u32::try_from(protocol::index_clipped(g)?).or_else(|_| value_error("invalid group id"));
    protocol::collect(v)?.iter().map(one).collect()
}

fn optional<T>(v: &Value, f: impl Fn(&Value) -> Result<T>) -> Result<Option<T>> {
    if v.is_none() { Ok(None) } else { f(v).map(Some) }
}

/// What the child is to do, and where it tells what went wrong.
struct Plan {
    /// Programs to try in turn.
    programs: Strings,
    args: Strings,
    env: Option<Strings>,
    folder: Option<CString>,
    /// What becomes standard input, output and error; -1: as it is.
    streams: [i32; 3],
    close_others: bool,
    /// Descriptors that it gets, ascending.
    kept: Vec<i32>,
    new_session: bool,
    restore_signals: bool,
    group: i32,
    mask: i32,
    /// Who it runs as: the groups beside its own, its group, its user.
    groups: Option<Vec<libc::gid_t>>,
    group_id: Option<libc::gid_t>,
    user_id: Option<libc::uid_t>,
    before: libc::sigset_t,
    /// The error number, and whether it was the folder's.
    failure: (c_int, bool),
}

fn errno() -> c_int {
    // SAFETY: errno is this thread's.
    unsafe { *libc::__errno_location() }
}

/// Runs in the child.
extern "C" fn child(plan: *mut c_void) -> c_int {
    // SAFETY: the parent's thread sleeps until `exec` or the end, so that the plan is ours.
    let plan = unsafe { &mut *plan.cast::<Plan>() };
    // SAFETY: system calls on prepared memory.
    let in_folder = unsafe { prepare(plan) };
    if let Ok(()) = in_folder {
        // SAFETY: all arrays end with a null pointer and hold strings that end in zero.
        unsafe {
            let mut worst = libc::ENOENT;
            for &program in plan.programs.pointers.iter().filter(|p| !p.is_null()) {
                match &plan.env {
                    Some(env) => libc::execve(program, plan.args.pointers.as_ptr(), env.pointers.as_ptr()),
                    None => libc::execv(program, plan.args.pointers.as_ptr()),
                };
                // A folder of the path that lacks it says less than one whose program cannot be run.
                if !matches!(errno(), libc::ENOENT | libc::ENOTDIR) && worst == libc::ENOENT {
                    worst = errno();
                }
            }
            plan.failure = (worst, false);
        }
    } else if let Err(failure) = in_folder {
        plan.failure = failure;
    }
    // SAFETY: ends the child.
    unsafe { libc::_exit(255) }
}

/// Everything before `exec`. The error number, and whether it was the folder's.
unsafe fn prepare(plan: &Plan) -> std::result::Result<(), (c_int, bool)> {
    let check = |n: c_int| if n < 0 { Err((errno(), false)) } else { Ok(n) };
    // SAFETY: system calls on prepared memory.
    unsafe {
        let mut fds = plan.streams;
        // Those that are in the place of another are moved out of the way.
        for (i, fd) in fds.iter_mut().enumerate() {
            if (0..3).contains(fd) && *fd as usize != i {
                *fd = check(libc::fcntl(*fd, libc::F_DUPFD_CLOEXEC, 3))?;
            }
        }
        for (i, &fd) in fds.iter().enumerate() {
            if fd == i as i32 {
                check(libc::fcntl(fd, libc::F_SETFD, 0))?;
            } else if fd >= 0 {
                check(libc::dup2(fd, i as i32))?;
            }
        }
        for &fd in &plan.kept {
            check(libc::fcntl(fd, libc::F_SETFD, 0))?;
        }
        if let Some(folder) = &plan.folder
            && libc::chdir(folder.as_ptr()) != 0
        {
            return Err((errno(), true));
        }
        if plan.mask >= 0 {
            libc::umask(plan.mask as libc::mode_t);
        }
        for signal in 1..=64 {
            let mut action: libc::sigaction = std::mem::zeroed();
            if libc::sigaction(signal, std::ptr::null(), &mut action) != 0 {
                continue;
            }
            let ignored = action.sa_sigaction == libc::SIG_IGN;
            let restored = plan.restore_signals && matches!(signal, libc::SIGPIPE | libc::SIGXFSZ);
            if action.sa_sigaction != libc::SIG_DFL && (!ignored || restored) {
                action.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &action, std::ptr::null_mut());
            }
        }
        if plan.new_session {
            libc::setsid();
        }
        if plan.group >= 0 {
            check(libc::setpgid(0, plan.group))?;
        }
        // The system calls themselves, for those of the library would change the parent's threads as well.
        if let Some(groups) = &plan.groups {
            check(libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) as c_int)?;
        }
        if let Some(group) = plan.group_id {
            check(libc::syscall(libc::SYS_setregid, group, group) as c_int)?;
        }
        if let Some(user) = plan.user_id {
            check(libc::syscall(libc::SYS_setreuid, user, user) as c_int)?;
        }
        if plan.close_others {
            close_others(&plan.kept);
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, &plan.before, std::ptr::null_mut());
    }
    Ok(())
}

/// Closes what is above standard error and not to be kept.
unsafe fn close_others(kept: &[i32]) {
    let mut from = 3u32;
    for end in kept.iter().filter(|&&k| k >= 3).map(|&k| k as u32).chain([u32::MAX]) {
        if end > from {
            // SAFETY: a plain system call; nothing of ours is used after it.
            unsafe { libc::syscall(libc::SYS_close_range, from, end - 1, 0) };
        }
        from = end.saturating_add(1);
    }
}

/// Starts the child of a plan; its number.
fn start(plan: &mut Plan) -> std::io::Result<i32> {
    const STACK: usize = 64 << 10;
    let mut stack: Vec<u128> = vec![0; STACK / size_of::<u128>()];
    // SAFETY: the child runs on a stack of its own, which lives until it has called `exec` or ended, for the calling
    // thread sleeps until then (CLONE_VFORK); it touches the plan, which nobody else uses.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &all, &mut plan.before);
        let before = plan.before;
        let top = stack.as_mut_ptr().add(stack.len()).cast::<c_void>();
        let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
        let pid = libc::clone(child, top, flags, std::ptr::from_mut(plan).cast());
        let error = Error::last_os_error();
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
        if pid < 0 {
            return Err(error);
        }
        if plan.failure.0 != 0 {
            libc::waitpid(pid, std::ptr::null_mut(), 0);
        }
        Ok(pid)
    }
}

/// The number of the new process, or an error number and whether it was the folder's.
fn fork_exec(a: &[Value]) -> Result {
    let mut kept = Vec::new();
    protocol::for_each(&a[8], |fd| {
        kept.push(number(&fd)?);
        Ok(())
    })?;
    kept.sort_unstable();
    let Some([stdin, stdout, stderr]) = a[4].as_tuple() else {
        return type_error("three streams are needed");
    };
    // SAFETY: a set of zeros is valid; it is written before it is read.
    let before = unsafe { std::mem::zeroed() };
    let mut plan = Plan {
        programs: Strings::of(&a[0])?,
        args: Strings::of(&a[1])?,
        env: optional(&a[2], Strings::of)?,
        folder: optional(&a[3], text)?,
        streams: [number(stdin)?, number(stdout)?, number(stderr)?],
        close_others: protocol::truth(&a[5])?,
        new_session: protocol::truth(&a[6])?,
        restore_signals: protocol::truth(&a[7])?,
        kept,
        group: number(&a[9])?,
        mask: number(&a[10])?,
        groups: optional(&a[11], groups)?,
        group_id: optional(&a[12], |g| id(g, "gid"))?,
        user_id: optional(&a[13], |u| id(u, "uid"))?,
        before,
        failure: (0, false),
    };
    let pid = minipy_sched::without_gil(|| start(&mut plan));
    match (pid, plan.failure) {
        (Err(e), _) => os_error(&e),
        (Ok(pid), (0, _)) => Ok(Value::tuple(vec![Value::small(pid), Value::FALSE])),
        (Ok(_), (errno, folder)) => Ok(Value::tuple(vec![Value::small(-errno), Value::bool(folder)])),
    }
}

/// `execv(path, argv)`, `execve(path, argv, env)`
pub fn execute(a: &[Value]) -> Result {
    let name = if a.len() > 2 { "execve" } else { "execv" };
    let program = text(&a[0])?;
    if a[1].as_tuple().is_none() && !a[1].ty().is_subtype(&crate::types::list::LIST) {
        let wrong = if name == "execv" {
            "execv() arg 2 must be a tuple or list"
        } else {
            "execve: argv must be a tuple or list"
        };
        return type_error(wrong);
    }
    let args = Strings::of(&a[1])?;
    match args.pointers.first() {
        Some(p) if p.is_null() => {
            let what = if name == "execv" {
                "execv() arg 2 must not be empty"
            } else {
                "execve: argv must not be empty"
            };
            return value_error(what);
        }
        // SAFETY: a string that ends in zero.
        Some(&p) if unsafe { *p } == 0 => {
            let what = if name == "execv" {
                "execv() arg 2 first element cannot be empty"
            } else {
                "execve: argv first element cannot be empty"
            };
            return value_error(what);
        }
        _ => {}
    }
    let env = match a.get(2).map(Value::cast::<Dict>) {
        None => None,
        Some(None) if a[2].ty().slots().get_item.is_none() => {
            return type_error("execve: environment must be a mapping object");
        }
        Some(None) => Some(environment(&protocol::call_method(&a[2], "items", &[])?)?),
        Some(Some(d)) => Some(Strings::new(
            d.items().iter().map(|(k, v)| variable(k, v)).collect::<Result<Vec<CString>>>()?,
        )),
    };
    // SAFETY: all arrays end with a null pointer and hold strings that end in zero.
    unsafe {
        match &env {
            Some(env) => libc::execve(program.as_ptr(), args.pointers.as_ptr(), env.pointers.as_ptr()),
            None => libc::execv(program.as_ptr(), args.pointers.as_ptr()),
        };
    }
    let path = (name == "execve").then(|| program.to_string_lossy().into_owned());
    Err(exception::from_io_error(&Error::last_os_error(), path.as_deref()))
}

fn variable(k: &Value, v: &Value) -> Result<CString> {
    let (k, v) = (text(k)?, text(v)?);
    let mut data = k.into_bytes();
    // One at the start is part of the name of a hidden variable.
    if data.is_empty() || data[1..].contains(&b'=') {
        return value_error("illegal environment variable name");
    }
    data.push(b'=');
    data.extend(v.into_bytes());
    CString::new(data).or_else(|_| value_error("embedded null byte"))
}

fn environment(items: &Value) -> Result<Strings> {
    let mut all = Vec::new();
    protocol::for_each(items, |pair| {
        if let Some([k, v]) = pair.as_tuple() {
            all.push(variable(k, v)?);
        }
        Ok(())
    })?;
    Ok(Strings::new(all))
}

/// The table of `_spawn`.
pub static DEFS: &[Def] = crate::defs! {
    fn "fork_exec(programs, args, env, folder, streams, close_others, new_session, restore_signals, kept, group, umask, groups, group_id, user_id, /)" "Start a program: the number of its process, or a negative error number and whether the folder was at fault." => fork_exec;
};
