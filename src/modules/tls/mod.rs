//! `_tls`: one end of a TLS connection, by rustls. It reads and writes no socket: bytes from the peer go in, bytes for
//! the peer come out, and the module `ssl`, which is Python, moves them.

mod config;
mod verify;

use super::native::{class, this};
use crate::object::{Boxed, Def, Dict, Layout, Result, Type, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bytes, int};
use config::Settings;
use rustls::pki_types::ServerName;
use rustls::{Connection, HandshakeKind, ProtocolVersion};
use std::cell::RefCell;
use std::io::{ErrorKind, Read, Write};
use std::sync::Arc;

/// The fields of a configuration, which many connections share.
pub struct ConfigBody {
    settings: Settings,
}

crate::body!(ConfigBody: Other);

/// The fields of a connection.
pub struct ConnectionBody {
    state: RefCell<State>,
}

crate::body!(ConnectionBody: Other);

struct State {
    connection: Connection,
    /// What the peer has sent and rustls has no room for yet.
    incoming: Vec<u8>,
    /// How many bytes can be read at once.
    readable: usize,
    /// The peer has closed its side of the socket.
    ended: bool,
    failed: bool,
}

/// What is wrong, as the module `ssl` wants it: reason, text, and for certificates number and text.
fn failure(e: &rustls::Error) -> Value {
    let (reason, text, number, about) = verify::describe(e);
    Value::tuple(vec![
        Value::str(reason),
        Value::str(&text),
        Value::small(number),
        if number == 0 { Value::NONE } else { Value::str(&about) },
    ])
}

fn data(v: &Value) -> Result<Vec<u8>> {
    match bytes::copy_of(v) {
        Some(data) => Ok(data),
        None => type_error(format!("a bytes-like object is required, not '{}'", v.ty().name())),
    }
}

/// `config(...)`: see the table. A tuple says what is wrong.
fn new_config(a: &[Value]) -> Result {
    let list = |v: &Value| protocol::collect(v)?.iter().map(data).collect::<Result<Vec<_>>>();
    let flag = |v: &Value| protocol::truth(v);
    let number = |v: &Value| Ok(protocol::index_i64(v)?.clamp(0, i32::MAX as i64) as i32);
    let wanted = config::Wanted {
        server: flag(&a[0])?,
        verify: number(&a[1])?,
        check_hostname: flag(&a[2])?,
        roots: list(&a[3])?,
        chain: list(&a[4])?,
        key: if a[5].is_none() { None } else { Some(data(&a[5])?) },
        protocols: list(&a[6])?,
        lowest: number(&a[7])?,
        highest: number(&a[8])?,
    };
    match config::build(wanted) {
        Ok(settings) => Ok(Value::new(class_of(&CONFIG), ConfigBody { settings })),
        Err(e) => Ok(failure(&e)),
    }
}

fn class_of(ty: &'static Type) -> &'static Type {
    class(ty);
    ty
}

/// `connection(config, server_hostname)`
fn new_connection(a: &[Value]) -> Result {
    if !a[0].is_exact(&CONFIG) {
        return type_error("connection() argument 1 must be a configuration");
    }
    let made = match &this::<ConfigBody>(&a[0]).settings {
        Settings::Client(config) => {
            let given = arg(a, 1).as_str().unwrap_or("localhost.invalid").to_owned();
            let Ok(name) = ServerName::try_from(given) else {
                return value_error("server_hostname cannot be an empty string or start with a leading dot.");
            };
            rustls::ClientConnection::new(Arc::clone(config), name).map(Connection::Client)
        }
        Settings::Server(config) => rustls::ServerConnection::new(Arc::clone(config)).map(Connection::Server),
    };
    match made {
        Ok(mut connection) => {
            connection.set_buffer_limit(None);
            let state = State { connection, incoming: Vec::new(), readable: 0, ended: false, failed: false };
            Ok(Value::new(class_of(&CONNECTION), ConnectionBody { state: RefCell::new(state) }))
        }
        Err(e) => Ok(failure(&e)),
    }
}

impl State {
    /// Hands rustls what has come, as far as it has room for what is in it.
    fn pump(&mut self) -> std::result::Result<(), rustls::Error> {
        while !self.incoming.is_empty() && !self.failed {
            let mut rest = self.incoming.as_slice();
            let taken = match self.connection.read_tls(&mut rest) {
                Ok(n) => n,
                // It is full until somebody reads.
                Err(_) => return Ok(()),
            };
            self.incoming.drain(..taken);
            match self.connection.process_new_packets() {
                Ok(state) => self.readable = state.plaintext_bytes_to_read(),
                Err(e) => {
                    self.failed = true;
                    return Err(e);
                }
            }
            if taken == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Up to `n` bytes from the peer.
    fn read(&mut self, n: usize) -> std::io::Result<Vec<u8>> {
        let mut out = vec![0; n.min(self.readable.max(1))];
        let got = self.connection.reader().read(&mut out)?;
        out.truncate(got);
        self.readable = self.readable.saturating_sub(got);
        Ok(out)
    }
}

fn body(v: &Value) -> &ConnectionBody {
    this::<ConnectionBody>(v)
}

fn receive(a: &[Value]) -> Result {
    let data = data(&a[1])?;
    let mut s = body(&a[0]).state.borrow_mut();
    s.incoming.extend_from_slice(&data);
    Ok(s.pump().err().map_or(Value::NONE, |e| failure(&e)))
}

fn receive_end(a: &[Value]) -> Result {
    let mut s = body(&a[0]).state.borrow_mut();
    s.ended = true;
    // rustls is told by a read of nothing.
    let _ = s.connection.read_tls(&mut std::io::empty());
    if let Ok(state) = s.connection.process_new_packets() {
        s.readable = state.plaintext_bytes_to_read();
    }
    Ok(Value::NONE)
}

fn outgoing(a: &[Value]) -> Result {
    let mut s = body(&a[0]).state.borrow_mut();
    let mut out = Vec::new();
    while s.connection.wants_write() {
        if s.connection.write_tls(&mut out).is_err() {
            break;
        }
    }
    Ok(bytes::from_vec(out))
}

fn write(a: &[Value]) -> Result {
    let data = data(&a[1])?;
    let mut s = body(&a[0]).state.borrow_mut();
    let n = s.connection.writer().write(&data).unwrap_or(0);
    Ok(int::from_usize(n))
}

/// Bytes; `None` if none have come yet; `False` if the peer has gone without saying so.
fn read(a: &[Value]) -> Result {
    let Ok(n) = usize::try_from(protocol::index_i64(&a[1])?) else {
        return value_error("size should not be negative");
    };
    let mut s = body(&a[0]).state.borrow_mut();
    let got = s.read(n);
    if let Err(e) = s.pump()
        && got.is_err()
    {
        return Ok(failure(&e));
    }
    match got {
        Ok(data) => Ok(bytes::from_vec(data)),
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(if s.ended { Value::FALSE } else { Value::NONE }),
        Err(_) => Ok(Value::FALSE),
    }
}

fn version(s: &State) -> Value {
    match s.connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => Value::str("TLSv1.2"),
        Some(ProtocolVersion::TLSv1_3) => Value::str("TLSv1.3"),
        _ => Value::NONE,
    }
}

fn cipher(s: &State) -> Value {
    let Some(suite) = s.connection.negotiated_cipher_suite() else { return Value::NONE };
    let (name, bits) = config::cipher_name(suite.suite());
    Value::tuple(vec![Value::str(&name), version(s), Value::small(bits)])
}

fn peer_chain(s: &State) -> Value {
    match s.connection.peer_certificates() {
        Some(chain) => Value::list(chain.iter().map(|c| bytes::from_slice(c)).collect()),
        None => Value::NONE,
    }
}

static CONFIG: Type =
    Type::builtin::<Boxed<ConfigBody>>("_tls.Config", Layout::Other, "What connections are made of.", &[]);

static CONNECTION: Type = Type::builtin::<Boxed<ConnectionBody>>(
    "_tls.Connection",
    Layout::Other,
    "One end of a TLS connection.",
    crate::defs! {
        fn "receive(data, /)" "Take bytes from the peer; a tuple says what is wrong with them." => receive;
        fn "receive_end()" "The peer sends no more." => receive_end;
        fn "outgoing()" "The bytes that are to be sent to the peer." => outgoing;
        fn "write(data, /)" "Encrypt bytes; how many." => write;
        fn "read(size, /)" "Decrypted bytes; None: not yet; False: the peer is gone." => read;
        fn "close()" "Say that no more will be written." => |a| {
            body(&a[0]).state.borrow_mut().connection.send_close_notify();
            Ok(Value::NONE)
        };
        get "handshaking()" "" => |v| Ok(Value::bool(body(v).state.borrow().connection.is_handshaking()));
        get "pending()" "" => |v| Ok(int::from_usize(body(v).state.borrow().readable));
        get "version()" "" => |v| Ok(version(&body(v).state.borrow()));
        get "cipher()" "" => |v| Ok(cipher(&body(v).state.borrow()));
        get "peer_chain()" "" => |v| Ok(peer_chain(&body(v).state.borrow()));
        get "protocol()" "" => |v| {
            let s = body(v).state.borrow();
            let chosen = s.connection.alpn_protocol().map(|p| String::from_utf8_lossy(p).into_owned());
            Ok(chosen.map_or(Value::NONE, |p| Value::str(&p)))
        };
        get "resumed()" "" => |v| {
            let kind = body(v).state.borrow().connection.handshake_kind();
            Ok(Value::bool(kind == Some(HandshakeKind::Resumed)))
        };
    },
);

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "config(server, verify, check_hostname, roots, chain, key, protocols, lowest, highest, /)" "A configuration." => new_config;
    fn "connection(config, server_hostname=None, /)" "A connection that begins." => new_connection;
};

/// Fills in what is known only at run time.
pub fn init(d: &Dict) {
    let names = config::cipher_names();
    let list = names.iter().map(|(name, bits, version)| {
        Value::tuple(vec![Value::str(name), Value::small(*bits), Value::str(version)])
    });
    d.set_interned(&intern("ciphers"), Value::list(list.collect()));
}
