//! `faulthandler`: where the program is, written straight to a descriptor, on request or when it dies of a signal.
//!
//! What runs in a signal handler allocates nothing and takes no lock: it reads the frames of the thread that runs and
//! writes through a buffer on its stack.

use crate::object::{Def, Result, Value, arg, intern};
use crate::protocol::{self, runtime_error};
use crate::types::int;
use crate::types::str::c_int;
use crate::vm::Thread;
use std::fmt::{self, Write};
use std::sync::atomic::{AtomicI32, Ordering};

/// How many frames of a thread are written.
const MOST_FRAMES: usize = 100;

/// The descriptor for what is written when the program dies; -1 if the handlers are off.
static TARGET: AtomicI32 = AtomicI32::new(-1);

/// The signals of which programs die by their own fault.
const FATAL: [(i32, &str); 5] = [
    (libc::SIGBUS, "Bus error"),
    (libc::SIGILL, "Illegal instruction"),
    (libc::SIGFPE, "Floating point exception"),
    (libc::SIGABRT, "Aborted"),
    (libc::SIGSEGV, "Segmentation fault"),
];

/// Writes to a descriptor.
struct Out {
    fd: i32,
    buffer: [u8; 512],
    used: usize,
}

impl Out {
    fn new(fd: i32) -> Out {
        Out { fd, buffer: [0; 512], used: 0 }
    }

    fn flush(&mut self) {
        let mut rest = &self.buffer[..self.used];
        while !rest.is_empty() {
            // SAFETY: so many bytes are there, and the kernel checks the descriptor.
            match unsafe { libc::write(self.fd, rest.as_ptr().cast(), rest.len()) } {
                n @ 1.. => rest = &rest[n as usize..],
                _ => break,
            }
        }
        self.used = 0;
    }
}

impl Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for &byte in text.as_bytes() {
            if self.used == self.buffer.len() {
                self.flush();
            }
            self.buffer[self.used] = byte;
            self.used += 1;
        }
        Ok(())
    }
}

/// Writes the frames of a thread, the innermost first.
fn frames(out: &mut Out, thread: &Thread) -> fmt::Result {
    for (i, frame) in thread.frames().enumerate() {
        if i == MOST_FRAMES {
            return out.write_str("  ...\n");
        }
        // SAFETY: the frames between the running one and the bottom are complete; only positions are read.
        let (code, at) = unsafe {
            let frame = &*frame;
            (&(*frame.code).code, frame.pc.offset_from((*frame.code).start).max(1) as usize - 1)
        };
        let span = code.spans.get(at).copied().unwrap_or_default();
        let line = code.source.lines.line(span.start);
        writeln!(out, "  File \"{}\", line {line} in {}", code.source.filename, code.name)?;
    }
    Ok(())
}

fn current(out: &mut Out) -> fmt::Result {
    // SAFETY: a plain question.
    let id = unsafe { libc::pthread_self() };
    writeln!(out, "Current thread 0x{id:016x} (most recent call first):")?;
    match Thread::here() {
        Some(thread) => frames(out, thread),
        None => out.write_str("  <no Python frame>\n"),
    }
}

/// The handler of the fatal signals. The signal comes again, to the handler that was there before, when it returns.
extern "C" fn fatal(number: i32) {
    let fd = TARGET.swap(-1, Ordering::Relaxed);
    let name = FATAL.iter().find(|(n, _)| *n == number).map_or("signal", |(_, name)| name);
    if fd >= 0 {
        let mut out = Out::new(fd);
        let _ = writeln!(out, "Fatal Python error: {name}\n").and_then(|()| current(&mut out));
        out.flush();
    }
    // SAFETY: both may be called in a handler.
    unsafe {
        libc::signal(number, libc::SIG_DFL);
        libc::raise(number);
    }
}

/// The descriptor of the argument `file`: a number or a file; that of `sys.stderr` if it is absent.
fn descriptor(v: &Value) -> Result<i32> {
    let file = match v.as_bound().filter(|v| !v.is_none()) {
        Some(v) if v.ty().is_subtype(&int::INT) => {
            return match c_int(v)? {
                fd if fd < 0 => protocol::value_error("file is not a valid file descripter"),
                fd => Ok(fd),
            };
        }
        Some(v) => v.clone(),
        None => {
            let sys = crate::vm::import::import_absolute("sys")?;
            let stderr = protocol::get_attr(&sys, &intern("stderr"))?;
            if stderr.is_none() {
                return runtime_error("sys.stderr is None");
            }
            stderr
        }
    };
    let fd = c_int(&protocol::call_method(&file, "fileno", &[])?)?;
    // What was printed before comes first.
    protocol::call_method(&file, "flush", &[]).map(drop).or_else(|_| Ok(()))?;
    Ok(fd)
}

fn dump_traceback(a: &[Value]) -> Result {
    let fd = descriptor(arg(a, 0))?;
    let all = arg(a, 1).as_bound().map_or(Ok(true), protocol::truth)?;
    let mut out = Out::new(fd);
    let me = minipy_sched::current();
    let _ = write_all(&mut out, all, me);
    out.flush();
    Ok(Value::NONE)
}

fn write_all(out: &mut Out, all: bool, me: minipy_sched::ThreadId) -> fmt::Result {
    if !all {
        out.write_str("Stack (most recent call first):\n")?;
        return Thread::here().map_or(Ok(()), |thread| frames(out, thread));
    }
    for info in minipy_sched::threads().iter().rev().filter(|info| info.id != me) {
        if let Some(thread) = Thread::find(info.id.0) {
            writeln!(out, "Thread 0x{:016x} (most recent call first):", info.id.0)?;
            frames(out, thread)?;
            out.write_str("\n")?;
        }
    }
    current(out)
}

fn enable(a: &[Value]) -> Result {
    let fd = descriptor(arg(a, 0))?;
    TARGET.store(fd, Ordering::Relaxed);
    for (number, _) in FATAL {
        // SAFETY: an action of zeros is valid; the handler does only what a handler may.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = fatal as extern "C" fn(i32) as usize;
            action.sa_flags = libc::SA_NODEFER | libc::SA_ONSTACK;
            libc::sigaction(number, &action, std::ptr::null_mut());
        }
    }
    Ok(Value::NONE)
}

fn disable(_: &[Value]) -> Result {
    let was = TARGET.swap(-1, Ordering::Relaxed) >= 0;
    if was {
        for (number, _) in FATAL {
            // SAFETY: the handler was ours.
            unsafe { libc::signal(number, libc::SIG_DFL) };
        }
    }
    Ok(Value::bool(was))
}

/// The table of `faulthandler`.
pub static DEFS: &[Def] = crate::defs! {
    fn "dump_traceback(file=sys.stderr, all_threads=True)" "Writes where the current thread, or each, is." => dump_traceback;
    fn "enable(file=sys.stderr, all_threads=True)" "Has it written where the current thread is, when the program dies of a signal." => enable;
    fn "disable()" "Ends what enable() has begun; whether it had." => disable;
    fn "is_enabled()" "Whether enable() is in force." => |_| Ok(Value::bool(TARGET.load(Ordering::Relaxed) >= 0));
};
