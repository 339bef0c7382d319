//! The header of every heap object, and checked casts from a value to the Rust struct behind it.

use super::types::Type;
use super::value::Value;
use std::cell::Cell;

/// What every heap object starts with.
#[repr(C, align(16))]
pub struct Head {
    refs: Cell<u32>,
    /// The marks below, and in the lower half the capacity. The first word of a free cell is a link, whose
    /// upper half has none of the marks.
    meta: Cell<u32>,
    ty: Cell<*const Type>,
}

const CAPACITY: u32 = 0xffff;
/// Mark: the memory holds an object.
pub(super) const LIVE: u32 = 1 << 31;
/// Mark: it may refer to others, and so be part of a cycle.
pub(super) const TRACKED: u32 = 1 << 30;
/// Mark: it is in the list of objects allocated since the last collection.
pub(super) const YOUNG: u32 = 1 << 29;
/// Mark, while the collector runs: it can be reached from outside.
pub(super) const REACHED: u32 = 1 << 28;
/// Mark, while the collector runs: it cannot.
pub(super) const DOOMED: u32 = 1 << 27;
/// Mark: `__del__` has run.
pub(super) const FINALIZED: u32 = 1 << 26;
/// Mark: weak references to it exist.
pub(super) const WEAK: u32 = 1 << 25;
/// Mark: its memory comes from the system allocator.
pub(super) const LARGE: u32 = 1 << 23;
/// Mark: it would be tracked, but `gc.freeze()` has put it aside.
pub(super) const FROZEN: u32 = 1 << 24;

/// The count that static objects start with: so high that balanced counting never frees them.
const IMMORTAL: u32 = 1 << 30;

impl Head {
    /// The header of a new object with one reference. The caller has counted the reference to a heap type.
    #[inline(always)]
    pub(super) fn new(ty: &Type, marks: u32) -> Head {
        Head { refs: Cell::new(1), meta: Cell::new(LIVE | marks), ty: Cell::new(ty) }
    }

    /// The header of an object in static memory.
    pub const fn immortal(ty: *const Type) -> Head {
        Head { refs: Cell::new(IMMORTAL), meta: Cell::new(0), ty: Cell::new(ty) }
    }

    /// The type.
    #[inline(always)]
    pub fn ty(&self) -> &Type {
        // SAFETY: a live object's type is live: instances own a reference to a heap type.
        unsafe { &*self.ty.get() }
    }

    /// How many inline attribute slots were allocated (of instances that have any).
    #[inline(always)]
    pub fn capacity(&self) -> u32 {
        self.meta.get() & CAPACITY
    }

    /// Sets [`Head::capacity`].
    #[inline(always)]
    pub(super) fn set_capacity(&self, n: u32) {
        self.meta.set(self.meta.get() & !CAPACITY | n);
    }

    /// Whether it has one of the marks.
    #[inline(always)]
    pub(super) fn has_mark(&self, marks: u32) -> bool {
        self.meta.get() & marks != 0
    }

    /// Sets marks.
    #[inline(always)]
    pub(super) fn set_mark(&self, marks: u32) {
        self.meta.set(self.meta.get() | marks);
    }

    /// Removes marks.
    #[inline(always)]
    pub(super) fn clear_mark(&self, marks: u32) {
        self.meta.set(self.meta.get() & !marks);
    }

    /// Whether the collector looks at it, or would after `gc.unfreeze()`: it may refer to others.
    pub fn is_tracked(&self) -> bool {
        self.has_mark(TRACKED | FROZEN)
    }

    /// Whether `__del__` has run.
    pub fn is_finalized(&self) -> bool {
        self.has_mark(FINALIZED)
    }

    /// The type's address.
    #[inline(always)]
    pub fn ty_ptr(&self) -> *const Type {
        self.ty.get()
    }

    /// Sets the type (`__class__` assignment); the caller moves the reference.
    pub(super) fn set_ty(&self, ty: *const Type) {
        self.ty.set(ty);
    }

    /// The reference count.
    pub fn refcount(&self) -> u32 {
        self.refs.get()
    }

    /// Counts one more reference.
    #[inline(always)]
    pub fn incref(&self) {
        self.refs.set(self.refs.get().wrapping_add(1));
    }

    /// Counts one reference less; true when it was the last.
    #[inline(always)]
    pub(super) fn decref(&self) -> bool {
        let n = self.refs.get().wrapping_sub(1);
        self.refs.set(n);
        n == 0
    }
}

/// Which Rust struct an object starts with. A subclass has its base's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Layout {
    Object,
    Type,
    Int,
    Float,
    Str,
    StrIterator,
    Bytes,
    MemoryView,
    BytesIterator,
    ByteArray,
    Tuple,
    List,
    Dict,
    Set,
    Slice,
    Range,
    Function,
    Native,
    BoundMethod,
    Cell,
    Code,
    Module,
    Exception,
    Traceback,
    Frame,
    Wrapper,
    Alias,
    Union,
    MappingProxy,
    Hash,
    Random,
    Pattern,
    Match,
    Scanner,
    Property,
    MethodDescriptor,
    StaticMethod,
    ClassMethod,
    Super,
    Iterator,
    ListIterator,
    TupleIterator,
    SequenceIterator,
    CallableIterator,
    RangeIterator,
    WideRangeIterator,
    DictIterator,
    DictView,
    SetIterator,
    Reversed,
    Enumerate,
    Zip,
    Map,
    Filter,
    Count,
    Cycle,
    Repeat,
    Accumulate,
    Chain,
    Compress,
    DropWhile,
    TakeWhile,
    FilterFalse,
    StarMap,
    Pairwise,
    FormatParts,
    Slicer,
    ZipLongest,
    GroupBy,
    Grouper,
    Tee,
    TeeData,
    Product,
    Selection,
    Partial,
    Cached,
    CachedKey,
    Getter,
    Deque,
    DequeIterator,
    TupleGetter,
    OrderedIterator,
    Generator,
    WeakRef,
    Complex,
    Decimal,
    DecimalContext,
    Lock,
    RLock,
    Event,
    Semaphore,
    Condition,
    Queue,
    Region,
    SemLock,
    Waiters,
    Inbox,
    Pickler,
    PickleBuffer,
    Unpickler,
    SimpleQueue,
    ThreadLocal,
    CsvDialect,
    CsvReader,
    CsvWriter,
    FileIo,
    Buffered,
    BufferedPair,
    BytesIo,
    StringIo,
    TextIo,
    NewlineDecoder,
    Struct,
    Unpacking,
    Array,
    ArrayIterator,
    Context,
    ContextVar,
    ContextToken,
    Future,
    EventLoop,
    TaskQueue,
    ZlibCompressor,
    ZlibDecompressor,
    Compressor,
    Decompressor,
    SqliteDatabase,
    SqliteStatement,
    SqliteBlob,
    Mmap,
    Shake,
    Blake2,
    Other,
}

/// A Rust struct that is the body of Python objects.
///
/// # Safety
/// The struct is `repr(C)` and starts with a [`Head`]; every type whose layout is `LAYOUT` has objects
/// that start with this struct. (`Other` is for structs that are only ever cast by exact type.)
pub unsafe trait Object: Sized + 'static {
    /// The layout that marks it.
    const LAYOUT: Layout;
}

impl Value {
    /// The object as a `T`, if its type is `T`'s or a subclass of it.
    #[inline(always)]
    pub fn cast<T: Object>(&self) -> Option<&T> {
        let head = self.head()?;
        if !(head.ty().layout == T::LAYOUT) {
            return None;
        }
        // SAFETY: by the contract of `Object`, the layout tells that a `T` is there.
        Some(unsafe { &*(head as *const Head).cast::<T>() })
    }

    /// The object as a `T`, if its type is exactly `ty`, whose objects are `T`s.
    ///
    /// # Safety
    /// Objects of type `ty` start with a `T`.
    #[inline(always)]
    pub unsafe fn cast_exact<T>(&self, ty: &Type) -> Option<&T> {
        let head = self.head()?;
        if !(std::ptr::eq(head.ty_ptr(), ty)) {
            return None;
        }
        // SAFETY: as the caller promises.
        Some(unsafe { &*(head as *const Head).cast::<T>() })
    }

    /// The object as a `T` to be changed, if its type is exactly `ty` and this is the only reference to it.
    ///
    /// # Safety
    /// Objects of type `ty` start with a `T` and cannot be referred to weakly.
    #[inline(always)]
    pub unsafe fn get_mut_exact<T>(&mut self, ty: &Type) -> Option<&mut T> {
        let head = self.head()?;
        if !std::ptr::eq(head.ty_ptr(), ty) || head.refcount() != 1 {
            return None;
        }
        // SAFETY: as the caller promises; nobody else can reach the object.
        Some(unsafe { &mut *(self.bits() as *mut T) })
    }

    /// Whether the type is exactly `ty`.
    #[inline(always)]
    pub fn is_exact(&self, ty: &Type) -> bool {
        std::ptr::eq(self.ty(), ty)
    }
}

/// Defines the trait for a struct.
#[macro_export]
macro_rules! layout {
    ($t:ty = $l:ident) => {
        // SAFETY: the struct is repr(C), starts with a Head, and only its types use this layout.
        unsafe impl $crate::object::Object for $t {
            const LAYOUT: $crate::object::Layout = $crate::object::Layout::$l;
        }
    };
}
