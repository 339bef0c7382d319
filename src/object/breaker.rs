//! The bits of [`BREAKER`](minipy_sched::BREAKER) among its [`USER_BITS`](minipy_sched::USER_BITS): what else the
//! running thread shall do at its next safepoint. They stand together so that none is given twice.

/// Nothing in particular: a stress mode takes every safepoint.
pub const STRESS: u32 = 1 << 8;
/// A collection may be due.
pub const COLLECT: u32 = 1 << 9;
/// Some thread is traced.
pub const TRACE: u32 = 1 << 10;
