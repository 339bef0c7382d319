//! `_multiprocessing`: what the package `multiprocessing` needs of the operating system. Policy is in Python.

mod code;
mod futex;
mod inbox;
mod local_socket;
mod pipe;
mod region;
mod semlock;
pub mod shm;
mod waiters;

use super::native::class;
use crate::object::{Def, Result, Value};
use crate::protocol;
use crate::types::int;

/// A file descriptor, an argument.
fn fd(v: &Value) -> Result<i32> {
    match i32::try_from(protocol::index_i64(v)?) {
        Ok(fd) => Ok(fd),
        Err(_) => protocol::overflow_error("Python int too large to convert to C int"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "Region()" "" => || class(&region::REGION);
    val "SemLock()" "" => || class(&semlock::SEM_LOCK);
    val "Inbox()" "" => || class(&inbox::INBOX);
    val "Waiters()" "" => || class(&waiters::WAITERS);
    val "WAITERS_SIZE()" "" => || int::from_usize(waiters::SIZE);
    val "SEM_VALUE_MAX()" "" => || Value::small(i32::MAX);
    fn "shared(size, /)" "New memory that can be shared." => region::shared;
    fn "attached(fd, size, /)" "The memory behind a descriptor, which is its own from now on." => region::attached;
    fn "local(size, /)" "New memory of this process." => region::local;
    fn "sizeof(code, /)" "Bytes of an item of a type." => region::size_of_code;
    fn "convert(code, value, /)" "What a value becomes when it is stored as that type." => region::convert;
    fn "is_dead(pid, /)" "Whether a process has ended." => |a| Ok(Value::bool(u32::try_from(protocol::index_i64(&a[0])?).is_ok_and(futex::is_dead)));
    fn "send(fd, data, /)" "Write a message." => pipe::send;
    fn "recv(fd, maxlength=None, /)" "Read a message; None if it is longer than that." => pipe::recv;
    fn "wait(fds, timeout=None, /)" "Those of the descriptors that can be read." => pipe::wait;
    fn "send_some(fd, messages, /)" "Write the first of several messages at once; how many." => pipe::send_some;
    fn "send_tasks(fd, tasks, /)" "Write messages that are two numbers and data." => pipe::send_tasks;
    fn "give(lock, fd, data, /)" "Write a small message to a pipe if nothing need be waited for; whether it was written." => semlock::give;
    fn "take(lock, fd, room, /)" "Read a message, under a lock; there is room for another one then." => semlock::take;
    fn "pipe()" "Reading and writing end of a pipe." => pipe::pipe;
    fn "socketpair()" "Two ends of a stream in both directions." => pipe::socketpair;
    fn "close(fd, /)" "Close a descriptor." => pipe::close;
    fn "dup(fd, /)" "A copy of a descriptor." => pipe::dup;
    fn "spawn(arguments, fds, /)" "Start a program that inherits descriptors; its process's number." => pipe::spawn;
    fn "listen(path, backlog, /)" "A socket that listens." => local_socket::listen;
    fn "connect(path, /)" "A socket that is connected." => local_socket::connect;
    fn "accept(fd, /)" "Wait for a connection." => local_socket::accept;
    fn "send_fds(fd, fds, data, /)" "Send descriptors." => local_socket::send_fds;
    fn "recv_fds(fd, size=1, /)" "Receive bytes and descriptors." => local_socket::recv_fds;
    fn "shm_open(name, flags, mode, /)" "Open a named segment." => shm::open;
    fn "shm_unlink(name, /)" "Remove the name of a segment." => shm::unlink;
    fn "file_size(fd, /)" "The size of the file behind a descriptor." => shm::file_size;
    fn "truncate(fd, size, /)" "Set the size of the file behind a descriptor." => shm::truncate;
};
