//! The standard streams: `sys.stdin`, `sys.stdout` and `sys.stderr` as objects like any other, and what the
//! interpreter itself reads and writes.

#![allow(unsafe_code)]

use super::fileio::{FILE_IO, FileBody};
use super::newline::Newline;
use super::text::{self, Setup, TextBody};
use super::{fileio, method, open};
use crate::modules::native::{peek, this};
use crate::object::{Dict, Result, Value, intern};
use crate::protocol::{self, raise, runtime_error};
use crate::types::{codec, exception, module};
use crate::vm::import::{self, sys_attribute};
use std::sync::atomic::{AtomicBool, Ordering};

/// `-u` or `PYTHONUNBUFFERED`: what is written to standard output and error is passed on at once.
static UNBUFFERED: AtomicBool = AtomicBool::new(false);
/// `-E`: variables such as `PYTHONIOENCODING` are not looked at.
static IGNORE_ENVIRONMENT: AtomicBool = AtomicBool::new(false);

/// Sets how the standard streams are made, before `sys` is imported.
pub fn configure(unbuffered: bool, ignore_environment: bool) {
    let by_environment =
        !ignore_environment && std::env::var_os("PYTHONUNBUFFERED").is_some_and(|v| !v.is_empty());
    UNBUFFERED.store(unbuffered || by_environment, Ordering::Relaxed);
    IGNORE_ENVIRONMENT.store(ignore_environment, Ordering::Relaxed);
}

/// Whether a file descriptor is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: a plain system call.
    unsafe { libc::isatty(fd) == 1 }
}

/// The locale for characters, as the environment says.
fn locale() -> Option<String> {
    ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
}

/// Whether the locale says so little that UTF-8 is used for everything.
pub fn in_utf8_mode() -> bool {
    locale().is_none_or(|l| l == "C" || l == "POSIX")
}

/// Encoding and error handler of a standard stream.
fn encoding_and_errors(fd: i32) -> (String, String) {
    let lenient = locale().is_none_or(|l| ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"].contains(&&*l));
    let errors = if lenient { "surrogateescape" } else { "strict" };
    let (mut encoding, mut errors) = ("utf-8".to_owned(), errors.to_owned());
    if !IGNORE_ENVIRONMENT.load(Ordering::Relaxed)
        && let Some(wish) = std::env::var("PYTHONIOENCODING").ok().filter(|w| !w.is_empty())
    {
        let (name, handler) = wish.split_once(':').unwrap_or((&wish, ""));
        if !name.is_empty() {
            // The name that the codec itself has.
            let name = match codec::canonical(name) {
                Some("latin-1") => "iso8859-1",
                Some(known) => known,
                None => name,
            };
            (encoding, errors) = (name.to_owned(), "strict".to_owned());
        }
        if !handler.is_empty() {
            errors = handler.to_owned();
        }
    }
    // An error message is better mangled than lost.
    if fd == 2 { (encoding, "backslashreplace".to_owned()) } else { (encoding, errors) }
}

/// The stream for descriptor 0, 1 or 2; `None` if that is not open.
pub fn standard(fd: i32) -> Value {
    // SAFETY: a plain system call.
    if unsafe { libc::fcntl(fd, libc::F_GETFD) } < 0 {
        return Value::NONE;
    }
    let (encoding, errors) = encoding_and_errors(fd);
    match make(fd, &encoding, &errors).or_else(|_| make(fd, "utf-8", &errors)) {
        Ok(stream) => stream,
        Err(_) => Value::NONE,
    }
}

fn make(fd: i32, encoding: &str, errors: &str) -> Result {
    let reads = fd == 0;
    let unbuffered = !reads && UNBUFFERED.load(Ordering::Relaxed);
    super::ready_standard_types();
    let name = ["<stdin>", "<stdout>", "<stderr>"][fd.clamp(0, 2) as usize];
    let file = FileBody::standard(fd, name);
    let seekable = file.can_seek(fd)?;
    let raw = Value::new(&FILE_IO, file);
    let buffer = if unbuffered { raw } else { open::buffer_over(raw, reads) };
    let stream = text::new();
    let body = this::<TextBody>(&stream);
    let setup = Setup {
        encoding: Value::str(encoding),
        errors: Value::str(errors),
        newline: if reads { Newline::Translate } else { Newline::Lf },
        line_buffering: !unbuffered && (fd == 2 || is_terminal(fd)),
        write_through: unbuffered,
    };
    body.set_up(&buffer, setup, (reads, !reads, seekable))?;
    body.has_read1.set(true);
    body.state.set(super::buffered::State::Ready);
    body.set_mode(Value::str(if reads { "r" } else { "w" }));
    Ok(stream)
}

/// An attribute of `sys`, which is loaded if need be.
fn of_sys(name: &'static str) -> Option<Value> {
    if import::loaded("sys").is_none() {
        import::import_absolute("sys").ok()?;
    }
    sys_attribute(name)
}

/// What `print` writes to unless told otherwise: `sys.stdout`.
///
/// # Errors
/// `RuntimeError` if a program has deleted it.
#[inline]
pub fn program_stdout() -> Result {
    match sys_attribute("stdout").or_else(|| of_sys("stdout")) {
        Some(file) => Ok(file),
        None => runtime_error("lost sys.stdout"),
    }
}

/// `sys.stdout` or another of the names, unless the program has deleted it or set it to `None`.
fn stream(name: &'static str) -> Option<Value> {
    sys_attribute(name).filter(|v| !v.is_none())
}

/// Writes text to standard error by a system call, whatever the program has made of `sys.stderr`.
pub fn write_stderr(text: &str) {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        match fileio::write_fd(2, rest) {
            Ok(Some(n)) => rest = &rest[n..],
            _ => break,
        }
    }
}

/// Writes to a stream as a program would.
fn write_to(file: &Value, text: &str) -> Result<()> {
    let text = Value::str(text);
    match super::printer(file) {
        Some(mut printer) => {
            printer.write(&text)?;
            printer.finish(false)
        }
        None => method(file, "write", &[text]).map(drop),
    }
}

/// Writes to `sys.stderr`, or to standard error if a program has deleted it.
pub fn write_program_stderr(text: &str) -> Result<()> {
    match of_sys("stderr") {
        Some(file) if file.is_none() => Ok(()),
        Some(file) => write_to(&file, text),
        None => {
            write_stderr(text);
            Ok(())
        }
    }
}

/// Writes to `sys.stdout`.
///
/// # Errors
/// `RuntimeError` if a program has deleted it, and what its `write` raises.
pub fn write_program_stdout(text: &str) -> Result<()> {
    let file = program_stdout()?;
    if file.is_none() { Ok(()) } else { write_to(&file, text) }
}

fn flush_stream(file: &Value) -> Result<()> {
    // What is closed has been flushed; what does not know whether it is, is asked to flush.
    if super::is_closed(file).unwrap_or(false) {
        return Ok(());
    }
    method(file, "flush", &[]).map(drop)
}

/// Flushes `sys.stdout` and `sys.stderr`. False if something is lost, which is reported.
pub fn flush_all() -> bool {
    let mut good = true;
    if let Some(out) = stream("stdout")
        && let Err(e) = flush_stream(&out)
    {
        exception::report_unraisable(&e, &out);
        good = false;
    }
    if let Some(err) = stream("stderr") {
        good &= flush_stream(&err).is_ok();
    }
    good
}

/// Flushes `sys.stdout` and `sys.stderr`, whatever comes of it.
pub fn try_flush() {
    for file in ["stdout", "stderr"].into_iter().filter_map(stream) {
        let _ = flush_stream(&file);
    }
}

/// In a new process that shares its parent's terminal: what waits to be written is the parent's to write, and
/// standard input is empty from now on.
pub fn after_fork_child() {
    for name in ["__stdout__", "__stderr__", "stdout", "stderr"] {
        if let Some(file) = stream(name).filter(|f| f.is_exact(&text::TEXT_IO_WRAPPER)) {
            let body = this::<TextBody>(&file);
            body.pending.take();
            if let Some(below) = super::writer::exact(&peek(&body.buffer)) {
                below.window.take();
            }
        }
    }
    // SAFETY: plain system calls; on failure standard input stays as it is.
    unsafe {
        let null = libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if null > 0 {
            libc::dup2(null, 0);
            libc::close(null);
        }
    }
    if let Ok(sys) = import::import_absolute("sys")
        && let Some(sys) = sys.cast::<module::Module>()
    {
        sys.namespace().set_interned(&intern("stdin"), standard(0));
    }
}

/// A line of standard input with its end, as `sys.stdin` gives it; `None` at the end of the input.
pub fn read_line() -> Result<Option<String>> {
    let Some(file) = of_sys("stdin").filter(|v| !v.is_none()) else { return Ok(None) };
    let line = method(&file, "readline", &[])?;
    Ok(line.as_str().filter(|l| !l.is_empty()).map(str::to_owned))
}

/// `input(prompt)`
pub fn input(prompt: Option<&Value>) -> Result {
    drop(program_stdout());
    let lost = |name: &'static str| runtime_error(format!("input(): lost sys.{name}"));
    let (Some(stdin), Some(stdout)) = (stream("stdin"), stream("stdout")) else {
        return lost(if stream("stdin").is_none() { "stdin" } else { "stdout" });
    };
    match stream("stderr") {
        Some(err) => drop(method(&err, "flush", &[])),
        None => return lost("stderr"),
    }
    if let Some(prompt) = prompt {
        write_value(&stdout, &protocol::str(prompt)?)?;
    }
    // A terminal must show what came before; elsewhere it does no harm.
    let _ = method(&stdout, "flush", &[]);
    let line = method(&stdin, "readline", &[])?;
    let Some(text) = line.as_str() else {
        return protocol::type_error("object.readline() returned non-string");
    };
    match text.strip_suffix('\n') {
        Some(text) => Ok(Value::str(text)),
        None if text.is_empty() => Err(raise(&exception::EOF_ERROR, "EOF when reading a line")),
        None => Ok(line.clone()),
    }
}

fn write_value(file: &Value, text: &Value) -> Result<()> {
    method(file, "write", std::slice::from_ref(text)).map(drop)
}

/// Puts the three streams into the namespace of `sys`.
pub fn fill_sys(namespace: &Dict) {
    for (name, fd) in [("stdin", 0), ("stdout", 1), ("stderr", 2)] {
        let stream = standard(fd);
        namespace.set_interned(&intern(name), stream.clone());
        namespace.set_interned(&intern(&format!("__{name}__")), stream);
    }
}
