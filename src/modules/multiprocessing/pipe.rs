//! Messages through pipes and sockets: a length of four bytes, big end first, or -1 and eight, then so many bytes.

use super::fd;
use super::semlock::patience;
use crate::modules::native::os_error;
use crate::object::{Result, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{bytes, exception, int};
use crate::vm::safepoint;
use minipy_sched::Wake;
use std::io;
use std::mem::MaybeUninit;

/// How much a pipe holds, unless it was told otherwise.
const PIPE: usize = 64 << 10;
/// Up to this length head and body are written at once.
const SMALL: usize = 16 << 10;

/// Runs a system call without the GIL, again after signals that raise nothing; -1 is an error.
pub fn call(mut f: impl FnMut() -> i64 + Send) -> Result<i64> {
    loop {
        // What has come while part of a message was written or read.
        safepoint::interrupted()?;
        let result = minipy_sched::without_gil(|| {
            let n = f();
            if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n) }
        });
        match result {
            Ok(n) => return Ok(n),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return os_error(&e),
        }
    }
}

/// Reads what there is, waiting for something, again after signals that raise nothing.
pub fn read_some(fd: i32, into: &mut [MaybeUninit<u8>]) -> Result<usize> {
    loop {
        safepoint::interrupted()?;
        match minipy_sched::read(fd, into) {
            Ok(n) => return Ok(n),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return os_error(&e),
        }
    }
}

fn write_all(fd: i32, data: &[u8]) -> Result<()> {
    let mut done = 0;
    while done < data.len() {
        let rest = &data[done..];
        // SAFETY: the bytes are there.
        done += call(|| unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) } as i64)? as usize;
    }
    Ok(())
}

fn head(n: usize) -> Vec<u8> {
    match i32::try_from(n) {
        Ok(n) => n.to_be_bytes().to_vec(),
        Err(_) => [&(-1i32).to_be_bytes()[..], &(n as u64).to_be_bytes()].concat(),
    }
}

/// `send(fd, data)`
pub fn send(a: &[Value]) -> Result {
    let to = fd(&a[0])?;
    let data = bytes::need(&a[1])?;
    let mut message = head(data.len());
    if data.len() <= SMALL {
        message.extend_from_slice(&data);
        write_all(to, &message)?;
    } else {
        // Other threads may change the object while we write.
        let data = data.into_vec();
        write_all(to, &message)?;
        write_all(to, &data)?;
    }
    Ok(Value::NONE)
}

/// `send_some(fd, messages)`: writes the first of a list of messages, about as many as a pipe has room for; how many
/// they were. Several are written at once, but no more than a page has room for, so that a reader never sees a part of
/// several.
pub fn send_some(a: &[Value]) -> Result {
    let to = fd(&a[0])?;
    let (mut pages, mut size) = (vec![(Vec::new(), 0)], 0);
    for message in protocol::collect(&a[1])? {
        let data = bytes::need(&message)?;
        let head = head(data.len());
        let n = head.len() + data.len();
        if size > 0 && size + n > PIPE {
            break;
        }
        size += n;
        if pages.last().is_some_and(|(page, _)| !page.is_empty() && page.len() + n > libc::PIPE_BUF) {
            pages.push((Vec::new(), 0));
        }
        if let Some((page, count)) = pages.last_mut() {
            page.extend_from_slice(&head);
            page.extend_from_slice(&data);
            *count += 1;
        }
    }
    write_pages(to, &pages).map(int::from_usize)
}

/// Writes pages one by one, each with a number of messages; how many messages have been written. An error counts only
/// if it is met by the first page.
fn write_pages(fd: i32, pages: &[(Vec<u8>, usize)]) -> Result<usize> {
    let (mut at, mut part, mut sent) = (0, 0, 0);
    let written = call(|| {
        // With one release of the GIL: to get it back from a thread that computes takes a turn.
        while let Some((page, count)) = pages.get(at) {
            let rest = &page[part..];
            // SAFETY: the bytes are there.
            let n = unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) };
            if n < 0 {
                return -1;
            }
            part += n as usize;
            if part == page.len() {
                (at, part, sent) = (at + 1, 0, sent + count);
            }
        }
        0
    });
    match written {
        Err(e) if sent == 0 => Err(e),
        _ => Ok(sent),
    }
}

/// `send_tasks(fd, tasks)`: writes messages, each of which is two numbers of four bytes and data, with one call.
pub fn send_tasks(a: &[Value]) -> Result {
    let to = fd(&a[0])?;
    let mut out = Vec::new();
    for task in protocol::collect(&a[1])? {
        let Some([place, number, data]) = task.as_tuple() else {
            return type_error("a task has three parts");
        };
        let data = bytes::need(data)?;
        out.extend_from_slice(&head(data.len() + 8));
        for n in [place, number] {
            out.extend_from_slice(&(protocol::index_i64(n)? as u32).to_be_bytes());
        }
        out.extend_from_slice(&data);
    }
    write_all(to, &out)?;
    Ok(Value::NONE)
}

/// Reads all of `data`; at the end of the stream `EOFError`, or `OSError` in the middle of a message.
fn read_exact(fd: i32, data: &mut [MaybeUninit<u8>], begun: bool) -> Result<()> {
    let mut done = 0;
    while done < data.len() {
        let rest = &mut data[done..];
        // The rest of a message comes with its beginning, or is on its way.
        let n = if begun || done > 0 { read_rest(fd, rest) } else { read_some(fd, rest) };
        match n? {
            0 if begun || done > 0 => {
                return Err(raise(&exception::OS_ERROR, "got end of file during message"));
            }
            0 => return Err(raise(&exception::EOF_ERROR, "")),
            n => done += n,
        }
    }
    Ok(())
}

fn read_rest(fd: i32, into: &mut [MaybeUninit<u8>]) -> Result<usize> {
    // SAFETY: there is room for so many bytes.
    call(|| unsafe { libc::read(fd, into.as_mut_ptr().cast(), into.len()) } as i64).map(|n| n as usize)
}

fn read_array<const N: usize>(fd: i32, begun: bool) -> Result<[u8; N]> {
    let mut array = [MaybeUninit::uninit(); N];
    read_exact(fd, &mut array, begun)?;
    // SAFETY: all of it has been read.
    Ok(array.map(|byte| unsafe { byte.assume_init() }))
}

/// `recv(fd, maxlength=None)`: a message, or `None` if it is longer than that.
pub fn recv(a: &[Value]) -> Result {
    let from = fd(&a[0])?;
    let length = match i32::from_be_bytes(read_array(from, false)?) {
        -1 => u64::from_be_bytes(read_array(from, true)?),
        n => u64::from(n as u32),
    };
    if let Some(max) = arg(a, 1).as_bound().filter(|m| !m.is_none())
        && int::to_i64(max).is_some_and(|max| length > max.max(0) as u64)
    {
        return Ok(Value::NONE);
    }
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, usize::try_from(length).unwrap_or(usize::MAX))?;
    read_exact(from, &mut data.spare_capacity_mut()[..length as usize], true)?;
    // SAFETY: so many bytes have been read into it.
    unsafe { data.set_len(length as usize) };
    Ok(bytes::from_vec(data))
}

/// `wait(fds, timeout=None)`: those of the descriptors from which something can be read, or that are at their end.
pub fn wait(a: &[Value]) -> Result {
    let fds = protocol::collect(&a[0])?.iter().map(fd).collect::<Result<Vec<i32>>>()?;
    let (_, deadline) = patience(&Value::TRUE, arg(a, 1))?;
    let polls: Vec<_> = fds.iter().map(|&fd| libc::pollfd { fd, events: libc::POLLIN, revents: 0 }).collect();
    let ready = poll(polls, deadline)?;
    if ready.iter().any(|p| p.revents & libc::POLLNVAL != 0) {
        return os_error(&io::Error::from_raw_os_error(libc::EBADF));
    }
    let found = ready.iter().filter(|p| p.revents != 0).map(|p| Value::small(p.fd)).collect();
    Ok(Value::list(found))
}

/// `try_send(fd, data)`: writes a message as a whole if that can be done without waiting; whether it was. Only for
/// pipes and for messages that a page has room for.
pub fn try_send(a: &[Value]) -> Result {
    let to = fd(&a[0])?;
    let data = bytes::need(&a[1])?;
    let head = head(data.len());
    let parts = [&head[..], &data[..]]
        .map(|part| libc::iovec { iov_base: part.as_ptr().cast_mut().cast(), iov_len: part.len() });
    let size = head.len() + data.len();
    if size > libc::PIPE_BUF {
        return Ok(Value::FALSE);
    }
    // SAFETY: the parts are there; the call does not wait.
    let mut n = unsafe { libc::pwritev2(to, parts.as_ptr(), 2, -1, libc::RWF_NOWAIT) };
    let mut error = io::Error::last_os_error();
    if n < 0 && matches!(error.raw_os_error(), Some(libc::EOPNOTSUPP | libc::ENOSYS)) {
        // An old system: if there is room for a page, nobody but us can take it.
        let mut room = libc::pollfd { fd: to, events: libc::POLLOUT, revents: 0 };
        // SAFETY: one entry, and the parts; neither call waits.
        n = unsafe {
            if libc::poll(&mut room, 1, 0) != 1 || room.revents != libc::POLLOUT {
                return Ok(Value::FALSE);
            }
            libc::writev(to, parts.as_ptr(), 2)
        };
        error = io::Error::last_os_error();
    }
    match n {
        n if n == size as isize => Ok(Value::TRUE),
        n if n < 0 && error.kind() != io::ErrorKind::WouldBlock => os_error(&error),
        _ => Ok(Value::FALSE),
    }
}

fn poll(mut fds: Vec<libc::pollfd>, deadline: safepoint::Deadline) -> Result<Vec<libc::pollfd>> {
    // Nothing is waited for: no need to let others run.
    if deadline.is_some_and(|d| d <= minipy_sched::now()) {
        // SAFETY: the entries are there; the call does not wait.
        unsafe { libc::poll(fds.as_mut_ptr(), fds.len() as libc::nfds_t, 0) };
        return Ok(fds);
    }
    loop {
        match minipy_sched::poll(&mut fds, deadline) {
            Ok((Wake::Interrupted, _)) => safepoint::interrupted()?,
            Ok(_) => return Ok(fds),
            Err(e) => return os_error(&e),
        }
    }
}

fn pair(result: i32, ends: [i32; 2]) -> Result {
    match result {
        0 => Ok(Value::tuple(ends.map(Value::small).to_vec())),
        _ => os_error(&io::Error::last_os_error()),
    }
}

/// `pipe()`: reading and writing end.
pub fn pipe(_: &[Value]) -> Result {
    let mut ends = [0; 2];
    // SAFETY: there is room for both ends.
    let result = unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) };
    pair(result, ends)
}

/// `socketpair()`: two ends, both for reading and writing.
pub fn socketpair(_: &[Value]) -> Result {
    let mut ends = [0; 2];
    // SAFETY: there is room for both ends.
    let result = unsafe {
        libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0, ends.as_mut_ptr())
    };
    pair(result, ends)
}

/// `close(fd)`
pub fn close(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    // SAFETY: the caller owns the descriptor. As in CPython it is closed whatever the result.
    if unsafe { libc::close(fd) } != 0 {
        return os_error(&io::Error::last_os_error());
    }
    Ok(Value::NONE)
}

/// `dup(fd)`: a copy that new programs do not inherit.
pub fn dup(a: &[Value]) -> Result {
    let fd = fd(&a[0])?;
    // SAFETY: the kernel checks the descriptor.
    let n = call(|| unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) } as i64)?;
    Ok(int::from_i64(n))
}

/// `spawn(arguments, fds)`: starts a program that inherits those descriptors; its process's number.
pub fn spawn(a: &[Value]) -> Result {
    use std::os::unix::process::CommandExt;
    let arguments: Vec<String> =
        protocol::collect(&a[0])?.iter().map(protocol::str_string).collect::<Result<_>>()?;
    let keep = protocol::collect(&a[1])?.iter().map(fd).collect::<Result<Vec<i32>>>()?;
    let Some((program, rest)) = arguments.split_first() else { return value_error("no program") };
    let mut command = std::process::Command::new(program);
    command.args(rest);
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        command.pre_exec(move || {
            for &fd in &keep {
                libc::fcntl(fd, libc::F_SETFD, 0);
            }
            Ok(())
        })
    };
    match minipy_sched::without_gil(move || command.spawn().map(|child| child.id())) {
        Ok(pid) => Ok(int::from_u64(pid as u64)),
        Err(e) => os_error(&e),
    }
}
