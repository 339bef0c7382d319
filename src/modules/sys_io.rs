//! Standard input, output and error.
//!
//! Output is buffered here and not in Rust's standard library, whose locks a forked child would inherit.
//! The buffer is guarded by the GIL; `fork` empties it first, so that nothing is written twice.

use crate::object::{Result, Value};
use crate::types::exception::from_io_error;
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::cell::{Cell, RefCell};

const CAPACITY: usize = 8192;

struct Output {
    buffer: RefCell<Vec<u8>>,
    line_buffered: Cell<Option<bool>>,
    input: RefCell<Vec<u8>>,
    /// A thread writes to standard output, without the GIL; what others have to write comes after that.
    writing: Cell<bool>,
    writers: WaitQueue,
}

// SAFETY: only the holder of the GIL uses it, and no borrow is held while the GIL is released.
#[allow(unsafe_code)]
unsafe impl Sync for Output {}

static OUTPUT: Output = Output {
    buffer: RefCell::new(Vec::new()),
    line_buffered: Cell::new(None),
    input: RefCell::new(Vec::new()),
    writing: Cell::new(false),
    writers: WaitQueue::new(),
};

/// How many bytes were written, and what stopped it if that is not all.
#[allow(unsafe_code)]
fn write_all(fd: i32, data: &[u8]) -> (usize, Result<()>) {
    let mut written = 0;
    while written < data.len() {
        let rest = &data[written..];
        let n = minipy_sched::without_gil(|| {
            // SAFETY: the buffer is valid for its length.
            let n = unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) };
            if n < 0 { Err(std::io::Error::last_os_error()) } else { Ok(n as usize) }
        });
        let result = match n {
            Ok(n) => {
                written += n;
                Ok(())
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => safepoint::interrupted(),
            Err(e) => Err(from_io_error(&e, None)),
        };
        if result.is_err() {
            return (written, result);
        }
    }
    (written, Ok(()))
}

/// Whether a file descriptor is a terminal.
#[allow(unsafe_code)]
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: a plain system call.
    unsafe { libc::isatty(fd) == 1 }
}

/// Writes to standard output.
pub fn write_stdout(text: &str) -> Result<()> {
    let line_buffered = OUTPUT.line_buffered.get().unwrap_or_else(|| {
        // What asks for no buffer gets the text when CPython's text layer hands it on: at line ends.
        let unbuffered = std::env::var_os("PYTHONUNBUFFERED").is_some_and(|v| !v.is_empty());
        let t = unbuffered || is_terminal(1);
        OUTPUT.line_buffered.set(Some(t));
        t
    });
    let full = {
        let mut b = OUTPUT.buffer.borrow_mut();
        b.extend_from_slice(text.as_bytes());
        b.len() >= CAPACITY || (line_buffered && text.contains('\n'))
    };
    if full { flush() } else { Ok(()) }
}

/// Writes what is buffered. What could not be written, by an error or Ctrl-C, stays in the buffer.
pub fn flush() -> Result<()> {
    // Whoever is woken has been given the turn, lest a thread that writes all the time keeps it.
    let mut mine = !OUTPUT.writing.replace(true);
    while !mine {
        mine = safepoint::wait(&OUTPUT.writers, &Value::NONE, "turn at standard output", None)?;
    }
    let mut data = OUTPUT.buffer.take();
    let (written, result) = write_all(1, &data);
    if OUTPUT.writers.wake_one().is_none() {
        OUTPUT.writing.set(false);
    }
    if result.is_err() {
        data.drain(..written);
        let mut buffer = OUTPUT.buffer.borrow_mut();
        data.append(&mut buffer);
        *buffer = data;
    }
    result
}

/// In a new process: nobody else writes here.
pub fn after_fork() {
    OUTPUT.writing.set(false);
}

/// In a new process: what is in the buffer is its parent's to write.
pub fn forget_output() {
    OUTPUT.buffer.take();
}

/// In a new process that shares its parent's terminal: standard input is empty from now on.
#[allow(unsafe_code)]
pub fn forget_stdin() {
    OUTPUT.input.take();
    // SAFETY: plain system calls; on failure standard input stays as it is.
    unsafe {
        let null = libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if null > 0 {
            libc::dup2(null, 0);
            libc::close(null);
        }
    }
}

/// Writes to standard error, at once.
pub fn write_stderr(text: &str) -> Result<()> {
    flush()?;
    write_all(2, text.as_bytes()).1
}

/// Writes to what the program has put in the place of `sys.stderr`, or to standard error.
pub fn write_program_stderr(text: &str) -> Result<()> {
    match crate::vm::import::sys_attribute("stderr") {
        Some(file) if super::sys::stream_number(&file).is_none() => {
            if !file.is_none() {
                crate::protocol::call_method(&file, "write", &[Value::str(text)])?;
            }
            Ok(())
        }
        _ => write_stderr(text),
    }
}

/// A line of standard input with its end; `None` at the end of the input.
#[allow(unsafe_code)]
pub fn read_line() -> Result<Option<String>> {
    loop {
        {
            let mut input = OUTPUT.input.borrow_mut();
            if let Some(n) = input.iter().position(|&b| b == b'\n') {
                let line: Vec<u8> = input.drain(..=n).collect();
                return Ok(Some(String::from_utf8_lossy(&line).into_owned()));
            }
        }
        let chunk = minipy_sched::without_gil(|| {
            let mut chunk = vec![0u8; 4096];
            // SAFETY: the buffer is valid for its length.
            let n = unsafe { libc::read(0, chunk.as_mut_ptr().cast(), chunk.len()) };
            if n < 0 {
                return Err(std::io::Error::last_os_error());
            }
            chunk.truncate(n as usize);
            Ok(chunk)
        });
        match chunk {
            Ok(c) if c.is_empty() => {
                let rest = OUTPUT.input.take();
                return Ok((!rest.is_empty()).then(|| String::from_utf8_lossy(&rest).into_owned()));
            }
            Ok(c) => OUTPUT.input.borrow_mut().extend(c),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {
                safepoint::run(crate::vm::Thread::current())?;
            }
            Err(e) => return Err(from_io_error(&e, None)),
        }
    }
}

/// What the program has put in the place of `sys.stdout`.
pub fn replaced_stdout() -> Option<Value> {
    let out = crate::vm::import::sys_attribute("stdout")?;
    let native = super::sys::stream_number(&out) == Some(1);
    if native { None } else { Some(out) }
}
