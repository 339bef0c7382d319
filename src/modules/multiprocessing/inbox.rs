//! What comes through a connection that nobody else reads from: as many messages with a system call as there are.

use super::fd;
use super::pipe::read_some;
use crate::modules::native::{make, this};
use crate::object::{Boxed, Layout, Raised, Result, Slots, Type, Value};
use crate::protocol::raise;
use crate::types::{args, bytes, exception, int};
use std::cell::{Cell, RefCell};

/// Room for at least so many bytes is offered to each read.
const CHUNK: usize = 16 << 10;

/// The fields of an inbox.
pub struct InboxBody {
    fd: i32,
    /// What has been read and not been given out, from `start` on.
    data: RefCell<Vec<u8>>,
    start: Cell<usize>,
}

crate::body!(InboxBody: Inbox);

impl InboxBody {
    /// Where the next message begins and ends, as soon as its length is known.
    fn extent(&self) -> Option<(usize, usize)> {
        let data = self.data.borrow();
        let rest = &data[self.start.get()..];
        let (head, rest) = rest.split_first_chunk::<4>()?;
        let at = self.start.get() + 4;
        let (at, n) = match i32::from_be_bytes(*head) {
            -1 => (at + 8, u64::from_be_bytes(*rest.first_chunk::<8>()?)),
            n => (at, u64::from(n as u32)),
        };
        Some((at, at.saturating_add(usize::try_from(n).unwrap_or(usize::MAX))))
    }

    /// What `read` makes of the next message, if all of that is there.
    fn take(&self, read: impl FnOnce(&[u8]) -> Value) -> Option<Value> {
        let (from, to) = self.extent()?;
        let mut data = self.data.borrow_mut();
        let message = read(data.get(from..to)?);
        self.start.set(to);
        if to == data.len() {
            data.clear();
            self.start.set(0);
        }
        Some(message)
    }

    /// Reads once, waiting if need be; `EOFError` at the end.
    fn read(&self) -> Result<()> {
        let missing = self.extent().map_or(0, |(_, end)| end.saturating_sub(self.data.borrow().len()));
        // No other thread reads here, and the buffer is put back before anybody else looks.
        let mut data = self.data.take();
        data.drain(..self.start.replace(0));
        let (n, room) = (data.len(), missing.max(CHUNK));
        if let Err(e) = bytes::try_reserve(&mut data, room) {
            self.data.replace(data);
            return Err(e);
        }
        let read = read_some(self.fd, &mut data.spare_capacity_mut()[..room]);
        // SAFETY: so many bytes have been written there.
        unsafe { data.set_len(n + *read.as_ref().unwrap_or(&0)) };
        self.data.replace(data);
        match read {
            Ok(0) => Err(self.end()),
            Ok(_) => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn end(&self) -> Raised {
        match self.data.borrow().is_empty() {
            true => raise(&exception::EOF_ERROR, ""),
            false => raise(&exception::OS_ERROR, "got end of file during message"),
        }
    }
}

/// The next message, which `pipe::send_tasks` has written, waited for: two numbers and data.
fn task(a: &[Value]) -> Result {
    let inbox = this::<InboxBody>(&a[0]);
    loop {
        let parts = inbox.take(|message| {
            let word =
                |at: usize| message.get(at..at + 4).map(|w| u32::from_be_bytes([w[0], w[1], w[2], w[3]]));
            let number = |at| int::from_i64(word(at).unwrap_or(0).into());
            let data = bytes::from_slice(message.get(8..).unwrap_or_default());
            Value::tuple(vec![number(0), number(4), data])
        });
        match parts {
            Some(parts) => return Ok(parts),
            None => inbox.read()?,
        }
    }
}

/// Those messages that come with one read.
fn some(a: &[Value]) -> Result {
    let inbox = this::<InboxBody>(&a[0]);
    inbox.read()?;
    Ok(Value::list(std::iter::from_fn(|| inbox.take(bytes::from_slice)).collect()))
}

/// `_multiprocessing.Inbox`
pub static INBOX: Type = Type::builtin::<Boxed<InboxBody>>(
    "_multiprocessing.Inbox",
    Layout::Inbox,
    "What comes through a connection that nobody else reads from.",
    crate::defs! {
        fn "task()" "Wait for a task: two numbers and data." => task;
        fn "some()" "Read once, and return the messages that are complete." => some;
    },
)
.with_slots(Slots {
    new: Some(|ty, args, names| {
        args::check("Inbox", args, names, 1, 1)?;
        make(ty, InboxBody { fd: fd(&args[0])?, data: RefCell::default(), start: Cell::new(0) })
    }),
    ..Slots::EMPTY
});
