//! `BufferedRWPair`: one stream to read from and another to write to, as one.

use super::{base, method, reader, uninitialized, writer};
use crate::modules::native::{class, make, peek, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args};
use std::cell::Cell;

/// The fields of a pair: a `BufferedReader` and a `BufferedWriter`, or unbound.
pub struct PairBody {
    reader: Cell<Value>,
    writer: Cell<Value>,
}

crate::body!(PairBody: BufferedPair { reader, writer });

/// `_io.BufferedRWPair`
pub static BUFFERED_RW_PAIR: Type = Type::builtin::<Boxed<PairBody>>(
    "_io.BufferedRWPair",
    Layout::BufferedPair,
    "BufferedRWPair(reader, writer, buffer_size=8192): a raw stream to read from and one to write to, as one.",
    crate::defs! {
        fn "read(size=-1, /)" "Read so many bytes, all by default." => |a| method(&read_end(&a[0])?, "read", given(a));
        fn "read1(size=-1, /)" "Read up to so many bytes by one system call at most." => |a| method(&read_end(&a[0])?, "read1", given(a));
        fn "peek(size=0, /)" "Return bytes without moving." => |a| method(&read_end(&a[0])?, "peek", given(a));
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => |a| method(&read_end(&a[0])?, "readinto", given(a));
        fn "readinto1(buffer, /)" "The same by one system call at most." => |a| method(&read_end(&a[0])?, "readinto1", given(a));
        fn "readable()" "Whether read() works." => |a| method(&read_end(&a[0])?, "readable", &[]);
        fn "write(buffer, /)" "Write bytes; returns how many." => |a| method(&write_end(&a[0])?, "write", given(a));
        fn "writable()" "Whether write() works." => |a| method(&write_end(&a[0])?, "writable", &[]);
        fn "flush()" "Write what is to be written." => |a| method(&write_end(&a[0])?, "flush", &[]);
        fn "isatty()" "Whether one of them is a terminal." => |a| {
            let writer = method(&write_end(&a[0])?, "isatty", &[])?;
            if writer.is(&Value::FALSE) { method(&read_end(&a[0])?, "isatty", &[]) } else { Ok(writer) }
        };
        fn "close()" "Close both." => |a| {
            let closed = method(&write_end(&a[0])?, "close", &[]).map(drop);
            super::chain(closed, method(&read_end(&a[0])?, "close", &[]).map(drop))?;
            Ok(Value::NONE)
        };
        get "closed()" "Whether the stream to write to is closed." => |v| super::get(&write_end(v)?, "closed");
    },
)
.with_base(&base::BUFFERED_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<PairBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, PairBody { reader: Cell::new(Value::UNBOUND), writer: Cell::new(Value::UNBOUND) })),
    init: Some(|v, args, names| {
        let bound = bind_args("BufferedRWPair", crate::sig!("(reader, writer, buffer_size=8192, /)"), args, names)?;
        base::check_able(&bound[0], "readable")?;
        base::check_able(&bound[1], "writable")?;
        let with_size = |stream: &Value| -> Vec<Value> {
            std::iter::once(stream).chain(bound[2].as_bound()).cloned().collect()
        };
        let reader = protocol::call(&class(&reader::BUFFERED_READER), &with_size(&bound[0]))?;
        let writer = protocol::call(&class(&writer::BUFFERED_WRITER), &with_size(&bound[1]))?;
        drop(this::<PairBody>(v).reader.replace(reader));
        drop(this::<PairBody>(v).writer.replace(writer));
        Ok(())
    }),
    finalize: Some(|v| {
        if this::<PairBody>(v).is_complete() {
            base::finalize(v);
        }
    }),
    ..Slots::EMPTY
});

impl PairBody {
    fn is_complete(&self) -> bool {
        !peek(&self.writer).is_unbound()
    }
}

/// The arguments after `self`.
fn given(a: &[Value]) -> &[Value] {
    let n = a.iter().skip(1).take_while(|v| !v.is_unbound()).count();
    &a[1..1 + n]
}

fn end(cell: &Cell<Value>) -> Result {
    peek(cell).bound().map_or_else(uninitialized, Ok)
}

fn read_end(v: &Value) -> Result {
    end(&this::<PairBody>(v).reader)
}

fn write_end(v: &Value) -> Result {
    end(&this::<PairBody>(v).writer)
}
