//! What has been written, by identity.

use crate::object::{Trace, Tracer, Value};

/// So many objects are searched one by one.
const FEW: usize = 8;

/// Objects and their numbers, in a table with open addressing if there are more than a few. The objects are kept
/// alive, so that no other gets the identity of one.
#[derive(Default)]
pub struct Memo {
    /// The objects, by number.
    pub objects: Vec<Value>,
    /// One more than numbers; 0 is free. The length is a power of 2, at least twice the number of objects, or 0.
    table: Vec<u32>,
}

impl Trace for Memo {
    fn trace(&self, tracer: &mut Tracer) {
        self.objects.iter().for_each(|o| o.trace(tracer));
    }
}

impl Memo {
    /// Where the search for an object begins.
    fn start(&self, id: usize) -> usize {
        (id >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> 20
    }

    fn place(&self, v: &Value) -> usize {
        let (id, mask) = (v.id() as usize, self.table.len() - 1);
        let mut i = self.start(id) & mask;
        loop {
            match self.table[i] {
                0 => return i,
                n if self.objects[n as usize - 1].is(v) => return i,
                _ => i = (i + 1) & mask,
            }
        }
    }

    /// The number of an object.
    pub fn get(&self, v: &Value) -> Option<u32> {
        if self.table.is_empty() {
            return self.objects.iter().rposition(|o| o.is(v)).map(|n| n as u32);
        }
        self.table[self.place(v)].checked_sub(1)
    }

    /// Gives an object the next number. One that is there already gets a new one.
    pub fn add(&mut self, v: &Value) -> u32 {
        let number = self.objects.len() as u32;
        if self.objects.is_empty() {
            self.objects.reserve(FEW);
        }
        self.objects.push(v.clone());
        if self.objects.len() <= FEW {
            return number;
        }
        if self.objects.len() * 2 > self.table.len() {
            self.table = vec![0; (self.objects.len() * 4).next_power_of_two().max(32)];
            for n in 0..number {
                let place = self.place(&self.objects[n as usize].clone());
                self.table[place] = n + 1;
            }
        }
        let place = self.place(v);
        self.table[place] = number + 1;
        number
    }

    /// Forgets all.
    pub fn clear(&mut self) -> Memo {
        std::mem::take(self)
    }
}
