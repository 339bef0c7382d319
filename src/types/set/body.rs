//! The body of a set: its table, and lookups that may run `__eq__`.

use super::table::{Spot, Table};
use crate::object::{Result, Value};
use crate::protocol;
use crate::types::str::STR;
use std::cell::{Cell, RefCell};

/// The fields of a `set` or `frozenset`.
pub struct SetBody {
    table: RefCell<Table>,
    /// Changes with every change of the table.
    version: Cell<u64>,
    /// `hash()` of a frozenset, 0 if not computed yet.
    pub(super) hash: Cell<i64>,
}

crate::body!(SetBody: Set { table });

/// Equality of keys that needs no Python code; `None` if it cannot tell.
#[inline]
fn quick_eq(a: &Value, b: &Value) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    if a.is_inline_int() && b.is_inline_int() {
        return Some(false);
    }
    match (a.as_str(), b.as_str()) {
        (Some(x), Some(y)) if a.is_exact(&STR) && b.is_exact(&STR) => Some(x == y),
        _ => None,
    }
}

/// Where a key is or belongs in a table; `None`: only `==` tells.
#[inline(always)]
fn place_of(table: &Table, key: &Value, hash: i64) -> Option<Spot> {
    table.glance(key, hash).or_else(|| place_beyond(table, key, hash))
}

#[inline(never)]
fn place_beyond(table: &Table, key: &Value, hash: i64) -> Option<Spot> {
    table.locate(hash, |k| quick_eq(k, key))
}

/// Whether a key is in a table; `None`: only `==` tells.
#[inline(always)]
fn has(table: &Table, key: &Value, hash: i64) -> Option<bool> {
    place_of(table, key, hash).map(|spot| spot.taken().is_some())
}

impl Default for SetBody {
    fn default() -> SetBody {
        SetBody { table: RefCell::new(Table::new()), version: Cell::new(0), hash: Cell::new(0) }
    }
}

impl SetBody {
    /// Number of keys.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.table.borrow().len()
    }

    /// Reads the table; `f` must not run Python code.
    #[inline]
    pub(super) fn with<R>(&self, f: impl FnOnce(&Table) -> R) -> R {
        f(&self.table.borrow())
    }

    /// Changes the table; `f` must not run Python code nor drop a value.
    pub(super) fn change<R>(&self, f: impl FnOnce(&mut Table) -> R) -> R {
        self.version.set(self.version.get() + 1);
        f(&mut self.table.borrow_mut())
    }

    /// Exchanges the table, except for where `pop` goes on. The old one is returned so that it is dropped without a
    /// borrow.
    pub(super) fn replace(&self, table: Table) -> Table {
        self.change(|t| t.replace(table))
    }

    /// A snapshot of the keys, in their order.
    pub fn keys(&self) -> Vec<Value> {
        self.with(|t| t.entries().iter().filter(|e| e.is_live()).map(|e| e.key.clone()).collect())
    }

    /// The key at or after place `i`: its place, itself and its hash.
    pub(super) fn next_key(&self, i: usize) -> Option<(usize, Value, i64)> {
        self.with(|t| t.next_key(i).map(|(at, e)| (at, e.key.clone(), e.hash)))
    }

    #[inline(always)]
    fn find(&self, key: &Value, hash: i64) -> Result<Option<usize>> {
        match self.with(|t| place_of(t, key, hash)) {
            Some(spot) => Ok(spot.taken()),
            None => self.find_slow(key, hash),
        }
    }

    /// Compares by `==`, which may run Python code that changes this very set.
    #[cold]
    fn find_slow(&self, key: &Value, hash: i64) -> Result<Option<usize>> {
        'restart: loop {
            let version = self.version.get();
            let mut candidates = Vec::new();
            self.with(|t| {
                t.locate(hash, |k| {
                    candidates.push(k.clone());
                    Some(false)
                })
            });
            for k in candidates {
                let same = protocol::equal(&k, key)?;
                if self.version.get() != version {
                    continue 'restart;
                }
                if same {
                    return Ok(self.with(|t| t.locate(hash, |x| Some(x.is(&k)))).and_then(Spot::taken));
                }
            }
            return Ok(None);
        }
    }

    /// Adds the keys of `walk`, or those of them that are in `look` (or are not, as `keep` says), from the first place
    /// on as long as comparing them runs no Python code. Returns the place that it came to. The keys of a set of their
    /// own are added without a look.
    pub(super) fn add_quickly(&self, walk: &SetBody, look: Option<(&SetBody, bool)>) -> usize {
        walk.with(|walk| match look {
            None => self.add_while(walk, |t, key, hash| place_of(t, key, hash).map(Some)),
            Some((look, keep)) => look.with(|look| {
                self.add_while(walk, |t, key, hash| match has(look, key, hash)? == keep {
                    true => t.new_place(key, hash).map(Some),
                    false => Some(None),
                })
            }),
        })
    }

    /// Adds the keys where `place` says that they belong, until it does not know; returns the place it came to.
    #[inline]
    fn add_while(&self, walk: &Table, place: impl Fn(&Table, &Value, i64) -> Option<Option<Spot>>) -> usize {
        self.change(|t| {
            for (i, e) in walk.entries().iter().enumerate().filter(|(_, e)| e.is_live()) {
                match place(t, &e.key, e.hash) {
                    Some(None | Some(Spot::Taken(_))) => {}
                    Some(Some(spot)) => t.insert_at(spot, e.key.clone(), e.hash),
                    None => return i,
                }
            }
            walk.entries().len()
        })
    }

    /// Whether all keys are in `other`; `None`: comparing them would run Python code.
    pub(super) fn all_quickly(&self, other: &SetBody) -> Option<bool> {
        other.with(|o| {
            self.with(|t| {
                for e in t.entries().iter().filter(|e| e.is_live()) {
                    if !has(o, &e.key, e.hash)? {
                        return Some(false);
                    }
                }
                Some(true)
            })
        })
    }

    /// Whether `key` is there.
    #[inline(always)]
    pub fn contains(&self, key: &Value) -> Result<bool> {
        self.contains_hashed(key, protocol::hash(key)?)
    }

    #[inline(always)]
    pub(super) fn contains_hashed(&self, key: &Value, hash: i64) -> Result<bool> {
        Ok(self.find(key, hash)?.is_some())
    }

    /// Adds a key.
    #[inline(always)]
    pub fn add(&self, key: &Value) -> Result<()> {
        self.add_hashed(key, protocol::hash(key)?)
    }

    #[inline(always)]
    pub(super) fn add_hashed(&self, key: &Value, hash: i64) -> Result<()> {
        let mut table = self.table.borrow_mut();
        match table.glance(key, hash) {
            Some(Spot::Taken(_)) => {}
            Some(Spot::Free(at)) => {
                self.version.set(self.version.get() + 1);
                if table.occupy(at, key.clone(), hash) {
                    table.grow();
                }
            }
            _ => {
                drop(table);
                return self.add_beyond(key, hash);
            }
        }
        Ok(())
    }

    /// Adds a key whose first place is taken by another.
    #[inline(never)]
    fn add_beyond(&self, key: &Value, hash: i64) -> Result<()> {
        match self.with(|t| place_beyond(t, key, hash)) {
            Some(Spot::Taken(_)) => {}
            Some(spot) => self.change(|t| t.insert_at(spot, key.clone(), hash)),
            None if self.find_slow(key, hash)?.is_none() => self.change(|t| t.insert(key.clone(), hash)),
            None => {}
        }
        Ok(())
    }

    /// Removes a key; false if it was not there.
    #[inline(always)]
    pub fn discard(&self, key: &Value) -> Result<bool> {
        self.discard_hashed(key, protocol::hash(key)?)
    }

    #[inline(always)]
    pub(super) fn discard_hashed(&self, key: &Value, hash: i64) -> Result<bool> {
        let Some(at) = self.find(key, hash)? else { return Ok(false) };
        let old = self.change(|t| t.remove(at));
        drop(old);
        Ok(true)
    }

    /// Removes and returns some key.
    pub fn pop(&self) -> Option<Value> {
        self.change(Table::pop)
    }

    /// Removes everything.
    pub fn clear(&self) {
        let old = self.replace(Table::new());
        drop(old);
    }
}
