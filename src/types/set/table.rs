//! The hash table of sets.
//!
//! Programs print sets, so their order shows. The table therefore probes, grows and copies by the same rules
//! as CPython 3.11's (sizes, probe sequence, growth), which makes sets of small numbers come out in the
//! same order. The table itself never runs Python code: see `SetBody::find` for keys that need `==`.

use crate::object::{Trace, Tracer, Value};

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// The hash in an entry whose key has been removed: no object has it.
const ABANDONED: i64 = -1;

/// A key and its hash.
#[derive(Clone)]
pub struct Entry {
    /// Unbound: never used, or used before.
    pub key: Value,
    /// 0 if never used, [`ABANDONED`] if used before.
    pub hash: i64,
}

impl Entry {
    const FREE: Entry = Entry { key: Value::UNBOUND, hash: 0 };

    /// Whether it holds a key.
    #[inline(always)]
    pub fn is_live(&self) -> bool {
        !self.key.is_unbound()
    }

    #[inline(always)]
    fn is_free(&self) -> bool {
        self.hash == 0 && self.key.is_unbound()
    }
}

/// An open-addressing table.
#[derive(Clone)]
pub struct Table {
    /// A power of two of entries, or empty before the first key.
    entries: Vec<Entry>,
    /// Entries that are not free.
    fill: usize,
    /// Entries that hold a key.
    used: usize,
    /// Where `pop` goes on looking.
    finger: usize,
}

impl Trace for Table {
    fn trace(&self, tracer: &mut Tracer) {
        self.entries.iter().for_each(|e| e.key.trace(tracer));
    }
}

/// Where a key belongs.
#[derive(Clone, Copy)]
pub enum Spot {
    /// It is there.
    Taken(usize),
    /// It may be added there, where a key has been before.
    Abandoned(usize),
    /// It may be added there.
    Free(usize),
}

impl Spot {
    /// Where the key is, if it is there.
    #[inline(always)]
    pub fn taken(self) -> Option<usize> {
        if let Spot::Taken(at) = self { Some(at) } else { None }
    }
}

impl Table {
    /// An empty table.
    pub const fn new() -> Table {
        Table { entries: Vec::new(), fill: 0, used: 0, finger: 0 }
    }

    /// Takes over the entries of another table, and gives the former ones; `pop` goes on where it was.
    pub fn replace(&mut self, other: Table) -> Table {
        let finger = self.finger;
        std::mem::replace(self, Table { finger, ..other })
    }

    /// Number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used
    }

    /// Number of entries minus one.
    pub fn mask(&self) -> usize {
        self.entries.len().max(MIN_SIZE) - 1
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first key at or after place `i`, with its place.
    #[inline]
    pub fn next_key(&self, i: usize) -> Option<(usize, &Entry)> {
        let rest = self.entries.get(i..)?;
        rest.iter().position(Entry::is_live).map(|n| (i + n, &rest[n]))
    }

    /// Calls `visit` with the places where a key with this hash may stand and their entries, in their order, until it
    /// has a result. Most entries that hold a key with another hash are left out. There are entries, one of which
    /// gives a result.
    #[inline(always)]
    fn probe<R>(&self, hash: i64, mut visit: impl FnMut(usize, &Entry) -> Option<R>) -> R {
        let mask = self.entries.len() - 1;
        let (mut at, mut perturb) = (hash as usize & mask, hash as u64);
        loop {
            let mut look = |i: usize, e: &Entry| match e.hash == hash || e.hash <= 0 {
                true => visit(at + i, e),
                false => None,
            };
            let entries = &self.entries[at..];
            if let Some(result) = look(0, &entries[0]) {
                return result;
            }
            if let Some(neighbours) = entries[1..].first_chunk::<LINEAR_PROBES>() {
                for (i, e) in neighbours.iter().enumerate() {
                    if let Some(result) = look(1 + i, e) {
                        return result;
                    }
                }
            }
            perturb >>= PERTURB_SHIFT;
            at = (at * 5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// What the first place for a key tells: nearly always enough, without a comparison.
    #[inline(always)]
    pub fn glance(&self, key: &Value, hash: i64) -> Option<Spot> {
        let at = hash as usize & self.entries.len().wrapping_sub(1);
        let e = self.entries.get(at)?;
        if e.key.is(key) {
            Some(Spot::Taken(at))
        } else if e.is_free() {
            Some(Spot::Free(at))
        } else {
            None
        }
    }

    /// Where the key with this hash for which `same` holds is, or is to be added if there is none; `None` if `same`
    /// cannot tell.
    #[inline(always)]
    pub fn locate(&self, hash: i64, mut same: impl FnMut(&Value) -> Option<bool>) -> Option<Spot> {
        if self.entries.is_empty() {
            return Some(Spot::Free(hash as usize & (MIN_SIZE - 1)));
        }
        // The last place that was abandoned on the way is used again.
        let mut abandoned = None;
        self.probe(hash, |at, e| {
            if e.hash == hash && e.is_live() {
                match same(&e.key) {
                    Some(false) => return None,
                    there => return Some(there.map(|_| Spot::Taken(at))),
                }
            }
            if e.is_free() {
                return Some(Some(abandoned.map_or(Spot::Free(at), Spot::Abandoned)));
            }
            if e.hash == ABANDONED {
                abandoned = Some(at);
            }
            None
        })
    }

    /// Adds a key that is not there yet.
    pub fn insert(&mut self, key: Value, hash: i64) {
        if let Some(spot) = self.new_place(&key, hash) {
            self.insert_at(spot, key, hash);
        }
    }

    /// Where a key that is not there yet is to be added.
    #[inline(always)]
    pub fn new_place(&self, key: &Value, hash: i64) -> Option<Spot> {
        self.glance(key, hash).or_else(|| self.new_place_beyond(hash))
    }

    #[inline(never)]
    fn new_place_beyond(&self, hash: i64) -> Option<Spot> {
        self.locate(hash, |_| Some(false))
    }

    /// Adds a key where [`Table::locate`] has found that it belongs. Nothing if it is there.
    #[inline(always)]
    pub fn insert_at(&mut self, spot: Spot, key: Value, hash: i64) {
        match spot {
            Spot::Taken(_) => {}
            Spot::Abandoned(at) => {
                self.entries[at] = Entry { key, hash };
                self.used += 1;
            }
            Spot::Free(at) => {
                if self.entries.is_empty() {
                    self.begin();
                }
                if self.occupy(at, key, hash) {
                    self.grow();
                }
            }
        }
    }

    /// Adds a key in a free place; true if the table must grow now.
    #[inline(always)]
    pub fn occupy(&mut self, at: usize, key: Value, hash: i64) -> bool {
        // What stands there needs no drop.
        std::mem::forget(std::mem::replace(&mut self.entries[at], Entry { key, hash }));
        self.used += 1;
        self.fill += 1;
        self.fill * 5 >= (self.entries.len() - 1) * 3
    }

    /// Makes room in a table that is full.
    pub fn grow(&mut self) {
        self.resize(self.grown());
    }

    #[cold]
    fn begin(&mut self) {
        self.entries = vec![Entry::FREE; MIN_SIZE];
    }

    /// How many keys a table that is full should make room for.
    pub fn grown(&self) -> usize {
        if self.used > 50_000 { self.used * 2 } else { self.used * 4 }
    }

    /// Moves the keys to a table with more than `room` entries, in the order of their places.
    #[inline(never)]
    pub fn resize(&mut self, room: usize) {
        let mut size = MIN_SIZE;
        while size <= room {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.entries, vec![Entry::FREE; size]);
        self.fill = self.used;
        for e in old {
            if e.is_live() {
                self.place(e);
            }
        }
    }

    /// Puts an entry to its place in a table without abandoned entries, without counting it.
    #[inline(always)]
    fn place(&mut self, e: Entry) {
        let first = e.hash as usize & (self.entries.len() - 1);
        let at = if self.entries[first].is_live() { self.place_beyond(e.hash) } else { first };
        self.entries[at] = e;
    }

    #[inline(never)]
    fn place_beyond(&self, hash: i64) -> usize {
        self.probe(hash, |at, e| (!e.is_live()).then_some(at))
    }

    /// Makes room for `more` keys before a merge.
    pub fn reserve_for_merge(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Fills an empty table, with room reserved, from another. False if this table is not empty.
    pub fn fill_from(&mut self, other: &Table) -> bool {
        if self.fill != 0 {
            return false;
        }
        if self.mask() == other.mask() && other.fill == other.used {
            self.entries = other.entries.clone();
        } else {
            if self.entries.is_empty() {
                self.begin();
            }
            for e in other.entries.iter().filter(|e| e.is_live()) {
                self.place(e.clone());
            }
        }
        self.fill = other.used;
        self.used = other.used;
        true
    }

    /// Removes the key at place `at`.
    pub fn remove(&mut self, at: usize) -> Value {
        let e = &mut self.entries[at];
        e.hash = ABANDONED;
        self.used -= 1;
        e.key.take()
    }

    /// Removes some key.
    pub fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let from = self.finger & (self.entries.len() - 1);
        let (at, _) = self.next_key(from).or_else(|| self.next_key(0))?;
        self.finger = at + 1;
        Some(self.remove(at))
    }

    /// Whether so many entries are abandoned that the table should be cleaned after a difference.
    pub fn is_littered(&self) -> bool {
        self.fill - self.used > self.mask() / 4
    }
}
