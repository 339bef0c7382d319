//! `termios`: the settings of terminals.

use super::native::class;
use crate::object::{Def, Dict, List, Result, Type, Value, intern};
use crate::protocol::{self, raise_args, type_error};
use crate::types::str::c_int;
use crate::types::{bytes, exception, int};
use std::io::Error;

/// `termios.error`
static ERROR: Type = exception::subtype("termios.error", &exception::EXCEPTION);

/// Raises what the operating system says.
fn fail<T>() -> Result<T> {
    raise(&Error::last_os_error())
}

fn raise<T>(error: &Error) -> Result<T> {
    let e = exception::from_io_error(error, None);
    let args = ["errno", "strerror"].map(|name| exception::get_field(&e.0, name).unwrap_or(Value::NONE));
    Err(raise_args(&ERROR, args.to_vec()))
}

/// The descriptor of a file or a number.
fn descriptor(v: &Value) -> Result<i32> {
    if v.ty().is_subtype(&int::INT) {
        return c_int(v);
    }
    match protocol::get_attr_opt(v, &intern("fileno"))? {
        Some(method) => c_int(&protocol::call(&method, &[])?),
        None => type_error("argument must be an int, or have a fileno() method."),
    }
}

/// Runs a system call on a terminal without the GIL.
fn run(f: impl Fn() -> i32 + Send) -> Result {
    if minipy_sched::without_gil(f) == -1 { fail() } else { Ok(Value::NONE) }
}

/// The settings of a terminal.
fn settings(fd: i32) -> Result<libc::termios> {
    // SAFETY: settings of zeros are valid, and the call fills them.
    let (result, settings) = unsafe {
        let mut settings: libc::termios = std::mem::zeroed();
        (libc::tcgetattr(fd, &mut settings), settings)
    };
    if result == -1 { fail() } else { Ok(settings) }
}

fn get(a: &[Value]) -> Result {
    let s = settings(descriptor(&a[0])?)?;
    // Linux has one speed for both ways, in bits of the control modes.
    let speed = s.c_cflag & libc::CBAUD;
    let characters = s.c_cc.iter().enumerate().map(|(i, &c)| {
        // Without lines, two of them are numbers.
        match s.c_lflag & libc::ICANON == 0 && (i == libc::VMIN || i == libc::VTIME) {
            true => Value::small(c.into()),
            false => bytes::from_slice(&[c]),
        }
    });
    let characters = Value::list(characters.collect());
    let flags = [s.c_iflag, s.c_oflag, s.c_cflag, s.c_lflag, speed, speed];
    let mut list: Vec<Value> = flags.iter().map(|&n| int::from_u64(n.into())).collect();
    list.push(characters);
    Ok(Value::list(list))
}

fn set(a: &[Value]) -> Result {
    let (fd, when) = (descriptor(&a[0])?, c_int(&a[1])?);
    let wrong = "tcsetattr, arg 3: must be 7 element list";
    let Some(list) = a[2].cast::<List>().filter(|l| l.len() == 7) else { return type_error(wrong) };
    let item = |i| list.get(i).unwrap_or(Value::NONE);
    let mut s = settings(fd)?;
    let number = |i| -> Result<u32> { Ok(protocol::index_i64(&item(i))? as u32) };
    (s.c_iflag, s.c_oflag, s.c_cflag, s.c_lflag) = (number(0)?, number(1)?, number(2)?, number(3)?);
    let (input, output) = (number(4)?, number(5)?);
    let characters = item(6);
    let Some(characters) = characters.cast::<List>().filter(|l| l.len() == libc::NCCS) else {
        return type_error(format!("tcsetattr: attributes[6] must be {} element list", libc::NCCS));
    };
    for (i, place) in s.c_cc.iter_mut().enumerate() {
        let c = characters.get(i).unwrap_or(Value::NONE);
        *place = match bytes::as_bytes(&c) {
            Some([byte]) => *byte,
            None if c.ty().is_subtype(&int::INT) => protocol::index_i64(&c)? as u8,
            _ => return type_error("tcsetattr: elements of attributes must be characters or integers"),
        };
    }
    if (input | output) & !libc::CBAUD != 0 {
        return raise(&Error::from_raw_os_error(libc::EINVAL));
    }
    s.c_cflag = s.c_cflag & !libc::CBAUD | output;
    // SAFETY: the settings are complete; the kernel checks the descriptor.
    run(move || unsafe { libc::tcsetattr(fd, when, &s) })
}

fn get_size(a: &[Value]) -> Result {
    let fd = descriptor(&a[0])?;
    // SAFETY: a size of zeros is valid, and the call fills it.
    let (result, size) = unsafe {
        let mut size: libc::winsize = std::mem::zeroed();
        (libc::ioctl(fd, libc::TIOCGWINSZ, &mut size), size)
    };
    if result == -1 {
        return fail();
    }
    Ok(Value::tuple(vec![Value::small(size.ws_row.into()), Value::small(size.ws_col.into())]))
}

fn set_size(a: &[Value]) -> Result {
    let fd = descriptor(&a[0])?;
    let pair =
        if protocol::len(&a[1]).is_ok_and(|n| n == 2) { protocol::collect(&a[1])? } else { Vec::new() };
    let [rows, columns] = &pair[..] else {
        return type_error("tcsetwinsize, arg 2: must be a two-item sequence");
    };
    let (Ok(rows), Ok(columns)) =
        (u16::try_from(protocol::index_i64(rows)?), u16::try_from(protocol::index_i64(columns)?))
    else {
        return protocol::overflow_error("winsize value(s) out of range.");
    };
    // SAFETY: sizes are plain numbers, and the kernel reads them; the rest of them stays.
    let result = unsafe {
        let mut size: libc::winsize = std::mem::zeroed();
        libc::ioctl(fd, libc::TIOCGWINSZ, &mut size);
        (size.ws_row, size.ws_col) = (rows, columns);
        libc::ioctl(fd, libc::TIOCSWINSZ, &size)
    };
    if result == -1 { fail() } else { Ok(Value::NONE) }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "error()" "" => || class(&ERROR);
    fn "tcgetattr(fd, /)" "The settings of a terminal: [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]." => get;
    fn "tcsetattr(fd, when, attributes, /)" "Changes the settings of a terminal, at once, or when what was written is out." => set;
    fn "tcsendbreak(fd, duration, /)" "Sends a break." => |a| {
        let (fd, time) = (descriptor(&a[0])?, c_int(&a[1])?);
        // SAFETY: the kernel checks the descriptor.
        run(move || unsafe { libc::tcsendbreak(fd, time) })
    };
    fn "tcdrain(fd, /)" "Waits until what was written is out." => |a| {
        let fd = descriptor(&a[0])?;
        // SAFETY: the kernel checks the descriptor.
        run(move || unsafe { libc::tcdrain(fd) })
    };
    fn "tcflush(fd, queue, /)" "Throws away what waits to be read or written." => |a| {
        let (fd, queue) = (descriptor(&a[0])?, c_int(&a[1])?);
        // SAFETY: the kernel checks the descriptor.
        run(move || unsafe { libc::tcflush(fd, queue) })
    };
    fn "tcflow(fd, action, /)" "Stops or starts input or output." => |a| {
        let (fd, action) = (descriptor(&a[0])?, c_int(&a[1])?);
        // SAFETY: the kernel checks the descriptor.
        run(move || unsafe { libc::tcflow(fd, action) })
    };
    fn "tcgetwinsize(fd, /)" "Rows and columns of a terminal." => get_size;
    fn "tcsetwinsize(fd, winsize, /)" "Sets rows and columns of a terminal." => set_size;
};

macro_rules! named {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name as i64)),*] };
}

/// The system's numbers.
static NUMBERS: &[(&str, i64)] = named! {
    B0 B1000000 B110 B115200 B1152000 B1200 B134 B150 B1500000 B1800 B19200 B200 B2000000 B230400 B2400
    B2500000 B300 B3000000 B3500000 B38400 B4000000 B460800 B4800 B50 B500000 B57600 B576000 B600 B75
    B921600 B9600 BRKINT BS0 BS1 BSDLY CBAUD CBAUDEX CIBAUD CLOCAL CR0 CR1 CR2 CR3 CRDLY CREAD CRTSCTS CS5
    CS6 CS7 CS8 CSIZE CSTOPB ECHO ECHOCTL ECHOE ECHOK ECHOKE ECHONL ECHOPRT EXTA EXTB FF0 FF1 FFDLY FIOASYNC
    FIOCLEX FIONBIO FIONCLEX FIONREAD FLUSHO HUPCL ICANON ICRNL IEXTEN IGNBRK IGNCR IGNPAR IMAXBEL INLCR
    INPCK ISIG ISTRIP IUCLC IXANY IXOFF IXON NCCS NL0 NL1 NLDLY NOFLSH OCRNL OFDEL OFILL OLCUC ONLCR ONLRET
    ONOCR OPOST PARENB PARMRK PARODD PENDIN TAB0 TAB1 TAB2 TAB3 TABDLY TCFLSH TCGETA TCGETS TCIFLUSH TCIOFF
    TCIOFLUSH TCION TCOFLUSH TCOOFF TCOON TCSADRAIN TCSAFLUSH TCSANOW TCSBRK TCSBRKP TCSETA TCSETAF TCSETAW
    TCSETS TCSETSF TCSETSW TCXONC TIOCCONS TIOCEXCL TIOCGETD TIOCGICOUNT TIOCGLCKTRMIOS TIOCGPGRP
    TIOCGSERIAL TIOCGSOFTCAR TIOCGWINSZ TIOCINQ TIOCLINUX TIOCMBIC TIOCMBIS TIOCMGET TIOCMIWAIT TIOCMSET
    TIOCM_CAR TIOCM_CD TIOCM_CTS TIOCM_DSR TIOCM_DTR TIOCM_LE TIOCM_RI TIOCM_RNG TIOCM_RTS TIOCM_SR TIOCM_ST
    TIOCNOTTY TIOCNXCL TIOCOUTQ TIOCPKT TIOCSCTTY TIOCSERCONFIG TIOCSERGETLSR TIOCSERGETMULTI TIOCSERGSTRUCT
    TIOCSERGWILD TIOCSERSETMULTI TIOCSERSWILD TIOCSETD TIOCSLCKTRMIOS TIOCSPGRP TIOCSSERIAL TIOCSSOFTCAR
    TIOCSTI TIOCSWINSZ TOSTOP VDISCARD VEOF VEOL VEOL2 VERASE VINTR VKILL VLNEXT VMIN VQUIT VREPRINT VSTART
    VSTOP VSUSP VSWTC VT0 VT1 VTDLY VTIME VWERASE XCASE XTABS
};

/// More of them, for which there are no names in `libc`.
static OTHERS: &[(&str, i64)] = &[
    ("CDSUSP", 0x19),
    ("CEOF", 0x4),
    ("CEOL", 0x0),
    ("CEOT", 0x4),
    ("CERASE", 0x7f),
    ("CFLUSH", 0xf),
    ("CINTR", 0x3),
    ("CKILL", 0x15),
    ("CLNEXT", 0x16),
    ("CQUIT", 0x1c),
    ("CRPRNT", 0x12),
    ("CSTART", 0x11),
    ("CSTOP", 0x13),
    ("CSUSP", 0x1a),
    ("CWERASE", 0x17),
    ("IOCSIZE_MASK", 0x3fff0000),
    ("IOCSIZE_SHIFT", 0x10),
    ("NCC", 0x8),
    ("N_MOUSE", 0x2),
    ("N_PPP", 0x3),
    ("N_SLIP", 0x1),
    ("N_STRIP", 0x4),
    ("N_TTY", 0x0),
    ("TIOCPKT_DATA", 0x0),
    ("TIOCPKT_DOSTOP", 0x20),
    ("TIOCPKT_FLUSHREAD", 0x1),
    ("TIOCPKT_FLUSHWRITE", 0x2),
    ("TIOCPKT_NOSTOP", 0x10),
    ("TIOCPKT_START", 0x8),
    ("TIOCPKT_STOP", 0x4),
    ("TIOCSER_TEMT", 0x1),
    ("VSWTCH", 0x7),
];

/// Fills the namespace with the system's numbers.
pub fn init(namespace: &Dict) {
    for (name, number) in NUMBERS.iter().chain(OTHERS) {
        namespace.set_interned(&intern(name), int::from_i64(*number));
    }
}
