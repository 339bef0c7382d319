//! [`Type`]: Python classes, built-in ones in static memory and others on the heap, with their slots.
//!
//! A built-in type is a `static`: comparing with it is comparing with a constant address, and start-up
//! allocates nothing for it. Its method dictionary is filled from its [`Type::methods`] table when first looked into.
//! Operations go through [`Slots`]; a class with `def __len__` has a slot that calls it (see
//! `protocol::slots`). Whatever changes a class gives it (and its subclasses) a fresh version, and inline
//! caches compare versions.

use super::alloc::Fields;
use super::attrs::{Attrs, Shape};
use super::head::{Head, Layout};
use super::native::Def;
use super::slots::{OwnSlots, Slots};
use super::trace::{Trace, Tracer};
use super::value::Value;
use std::cell::{Cell, OnceCell, RefCell, UnsafeCell};
use std::mem::ManuallyDrop;

/// `Type::flags`
pub mod type_flags {
    /// The type lives on the heap (a `class` statement made it).
    pub const HEAP: u32 = 1;
    /// It may be a base class.
    pub const BASE: u32 = 2;
    /// It defines `__getattr__`, which `get_attr` falls back to.
    pub const GETATTR_HOOK: u32 = 4;
    /// Sequence patterns accept the instances.
    pub const SEQUENCE: u32 = 8;
    /// Mapping patterns accept the instances.
    pub const MAPPING: u32 = 16;
    /// Weak references to its instances can be made.
    pub const WEAKREFS: u32 = 32;
    /// Its instances have no `__dict__`, only what `__slots__` says.
    pub const NO_DICT: u32 = 64;
}

/// A Python class.
#[repr(C)]
pub struct Type {
    /// The object header.
    pub head: Head,
    pub(super) name: Cell<&'static str>,
    /// `__doc__` of a built-in type.
    pub doc: &'static str,
    /// `__text_signature__` of a built-in type, or empty.
    pub signature: &'static str,
    /// Which Rust struct the objects start with.
    pub layout: Layout,
    /// See [`type_flags`].
    pub flags: Cell<u32>,
    /// Size of that struct, in bytes.
    pub size: usize,
    /// Where in the object its attributes stand (see `attrs`); 0: it has none.
    pub attrs_offset: Cell<u32>,
    /// `__qualname__` of a class on the heap; otherwise unbound.
    pub qualname: RefCell<Value>,
    /// How many places `__slots__` of the class and its bases need: the first ones of `inline_slots`.
    pub members: Cell<u32>,
    /// How many attributes a new instance stores inline.
    pub inline_slots: Cell<u32>,
    /// How many attributes the methods of a class written in Python, and of its bases, set.
    pub set_attrs: Cell<u32>,
    /// Changes whenever an attribute of the type or of a base changes. Never 0 once ready.
    pub version: Cell<u64>,
    /// `__base__`
    pub base: Cell<Option<&'static Type>>,
    /// The second of two `__bases__` of a built-in type.
    pub second_base: Cell<Option<&'static Type>>,
    /// Methods and attributes of a built-in type.
    pub methods: &'static [Def],
    pub(super) slots: UnsafeCell<Slots>,
    /// Which of the slots a built-in type does not inherit.
    pub own_slots: Cell<OwnSlots>,
    /// Finalises and frees an object that has no references left.
    pub(super) release: unsafe fn(*const Head),
    /// Drops the fields and attributes of a dead object; returns the size of its memory.
    pub(super) drop_fields: unsafe fn(*const Head) -> usize,
    /// Reports what the fields refer to.
    pub(super) trace: unsafe fn(*const Head, &mut Tracer),
    /// The items of `mro_tuple`; none before the type is ready.
    mro: Cell<*const [Value]>,
    /// `__mro__`
    mro_tuple: RefCell<Value>,
    /// `__bases__`
    bases: RefCell<Value>,
    /// What these two were before: somebody may be walking along it still.
    replaced: RefCell<Vec<Value>>,
    /// The namespace, a `dict`.
    pub(super) dict: OnceCell<Value>,
    pub(super) subclasses: RefCell<Vec<*const Type>>,
    pub(super) shape: OnceCell<Box<Shape>>,
}

crate::layout!(Type = Type);

// SAFETY: types are only used by the holder of the GIL; a static's cells are therefore never accessed at once.
unsafe impl Sync for Type {}

impl Type {
    /// A built-in type, to be completed by the `with_` functions in a `static`.
    pub const fn builtin<T: Fields>(
        name: &'static str,
        layout: Layout,
        doc: &'static str,
        methods: &'static [Def],
    ) -> Type {
        Type {
            head: Head::immortal(&raw const crate::types::type_::TYPE),
            name: Cell::new(name),
            doc,
            signature: "",
            layout,
            flags: Cell::new(0),
            size: size_of::<T>(),
            attrs_offset: Cell::new(0),
            qualname: RefCell::new(Value::UNBOUND),
            members: Cell::new(0),
            inline_slots: Cell::new(0),
            set_attrs: Cell::new(0),
            version: Cell::new(0),
            base: Cell::new(None),
            second_base: Cell::new(None),
            methods,
            slots: UnsafeCell::new(Slots::EMPTY),
            own_slots: Cell::new(OwnSlots::ALL),
            release: super::alloc::release_as::<T>,
            drop_fields: super::alloc::drop_as::<T>,
            trace: trace_as::<T>,
            mro: Cell::new(std::ptr::slice_from_raw_parts(std::ptr::dangling(), 0)),
            mro_tuple: RefCell::new(Value::UNBOUND),
            bases: RefCell::new(Value::UNBOUND),
            replaced: RefCell::new(Vec::new()),
            dict: OnceCell::new(),
            subclasses: RefCell::new(Vec::new()),
            shape: OnceCell::new(),
        }
    }

    /// With these slots.
    pub const fn with_slots(mut self, slots: Slots) -> Type {
        self.slots = UnsafeCell::new(slots);
        self
    }

    /// With what calling it takes, as text: `__text_signature__`.
    pub const fn with_signature(mut self, signature: &'static str) -> Type {
        self.signature = signature;
        self
    }

    /// May be subclassed.
    pub const fn with_base_flag(mut self) -> Type {
        self.flags = Cell::new(self.flags.into_inner() | type_flags::BASE);
        self
    }

    /// Weak references to its instances can be made.
    pub const fn with_weakrefs(mut self) -> Type {
        self.flags = Cell::new(self.flags.into_inner() | type_flags::WEAKREFS);
        self
    }

    /// With a base other than `object`.
    pub const fn with_base(mut self, base: &'static Type) -> Type {
        self.base = Cell::new(Some(base));
        self
    }

    /// With one more base, whose bases are among those of the first.
    pub const fn with_second_base(mut self, base: &'static Type) -> Type {
        self.second_base = Cell::new(Some(base));
        self
    }

    /// Instances have a `__dict__`; it stands at the end of the struct, which includes an `Attrs` there.
    pub const fn with_attrs(mut self, offset: usize) -> Type {
        self.attrs_offset = Cell::new(offset as u32);
        self
    }

    /// With places for `n` attributes that are none of `__dict__`: the first inline slots, as for `__slots__`.
    pub const fn with_members(mut self, n: u32) -> Type {
        self.members = Cell::new(n);
        self.inline_slots = Cell::new(n);
        self
    }

    /// Instances have no `__dict__`, though a place for attributes.
    pub const fn without_dict(mut self) -> Type {
        self.flags = Cell::new(self.flags.into_inner() | type_flags::NO_DICT);
        self
    }

    /// `__name__` (with the module for types of built-in modules).
    pub fn name(&self) -> &str {
        self.name.get()
    }

    /// The slots.
    #[inline(always)]
    pub fn slots(&self) -> &Slots {
        // SAFETY: slots are replaced only by class mutation under the GIL; callers copy a function pointer
        // out at once and keep no reference across a call.
        unsafe { &*self.slots.get() }
    }

    /// Replaces the slots (class creation and mutation).
    pub fn set_slots(&self, slots: Slots) {
        // SAFETY: as in `slots`.
        unsafe { *self.slots.get() = slots }
    }

    /// Whether it lives on the heap.
    #[inline(always)]
    pub fn is_heap(&self) -> bool {
        self.flags.get() & type_flags::HEAP != 0
    }

    /// The type as a value.
    pub fn value(&self) -> Value {
        Value::from_ref(&self.head)
    }

    /// The method resolution order, itself first. Empty before the type is ready.
    pub fn mro(&self) -> impl DoubleEndedIterator<Item = &Type> {
        self.mro_items().iter().filter_map(|v| v.cast::<Type>())
    }

    #[inline(always)]
    fn mro_items(&self) -> &[Value] {
        // SAFETY: the items of a tuple that the type keeps alive as long as itself, even when it gets another one.
        unsafe { &*self.mro.get() }
    }

    /// `issubclass` by the method resolution order.
    #[inline]
    pub fn is_subtype(&self, other: &Type) -> bool {
        std::ptr::eq(self, other) || self.mro().any(|t| std::ptr::eq(t, other))
    }

    /// The namespace. That of a built-in type is made when it is first asked for.
    pub fn dict(&self) -> &super::dict::Dict {
        let dict = self.dict.get_or_init(|| {
            // SAFETY: `new_heap` gives a class its namespace, so this is one of the `static` types.
            crate::types::ready::namespace(unsafe { &*std::ptr::from_ref(self) })
        });
        dict.cast().expect("a namespace is a dictionary")
    }

    /// The namespace, if it has been made.
    pub fn made_dict(&self) -> Option<&super::dict::Dict> {
        self.dict.get().and_then(Value::cast)
    }

    /// Looks `name` (an interned string) up along the method resolution order.
    pub fn lookup(&self, name: &Value) -> Option<Value> {
        self.lookup_ref(name).map(|v| (*v).clone())
    }

    /// As [`Type::lookup`], borrowed: valid until the class is changed.
    #[inline]
    pub fn lookup_ref(&self, name: &Value) -> Option<ManuallyDrop<Value>> {
        let version = self.version.get();
        let place = &LOOKUPS.0[(version ^ name.bits() >> 5) as usize % LOOKUPS.0.len()];
        if place.version.get() != version || place.name.get() != name.bits() || version == 0 {
            let found = self.mro_items().iter().find_map(|t| t.cast::<Type>()?.dict().get_interned(name));
            place.version.set(version);
            place.name.set(name.bits());
            place.found.set(found.map_or(Value::UNBOUND.bits(), Value::bits));
        }
        // SAFETY: the class with this version keeps what was found alive.
        let found = ManuallyDrop::new(unsafe { Value::from_bits(place.found.get()) });
        if found.is_unbound() { None } else { Some(found) }
    }
}

/// What was found for a name in the class with a version.
struct Lookup {
    version: Cell<u64>,
    name: Cell<u64>,
    /// The word of the value that the class keeps alive, or of *unbound*.
    found: Cell<u64>,
}

/// The method cache: lookups along method resolution orders, by the class's version and the name's address.
struct Lookups([Lookup; 1024]);
// SAFETY: only the holder of the GIL looks names up.
unsafe impl Sync for Lookups {}
static LOOKUPS: Lookups =
    Lookups([const { Lookup { version: Cell::new(0), name: Cell::new(0), found: Cell::new(0) } }; 1024]);

/// # Safety
/// `head` is a live object that starts with a `T`.
unsafe fn trace_as<T: Fields>(head: *const Head, tracer: &mut Tracer) {
    // SAFETY: as the caller promises.
    unsafe { (*head.cast::<T>()).trace(tracer) }
}

impl Fields for Type {
    fn trace(&self, tracer: &mut Tracer) {
        self.mro_tuple.trace(tracer);
        self.bases.trace(tracer);
        self.replaced.trace(tracer);
        self.dict.trace(tracer);
    }

    unsafe fn drop_fields(head: *const Head) -> usize {
        let ty: *mut Type = head.cast_mut().cast();
        // SAFETY: as the caller promises.
        unsafe {
            (*ty).leave_bases();
            std::ptr::drop_in_place(ty);
        }
        size_of::<Type>()
    }
}

impl Type {
    /// Whether method resolution order and namespace are there.
    pub fn is_ready(&self) -> bool {
        !self.mro_items().is_empty()
    }

    /// The name of a built-in type.
    pub fn static_name(&self) -> &'static str {
        self.name.get()
    }

    /// Renames a heap type.
    pub fn set_name(&self, name: &str) {
        self.name.set(super::string::interned(name));
    }

    /// A dying class is no subclass any more. Before its bases can die.
    pub(super) fn leave_bases(&self) {
        if self.base.take().is_some() {
            self.leave(&self.bases.borrow());
        }
    }

    fn leave(&self, bases: &Value) {
        for base in bases.as_tuple().unwrap_or_default().iter().filter_map(Value::cast::<Type>) {
            base.subclasses.borrow_mut().retain(|&t| !std::ptr::eq(t, self));
        }
    }

    fn join(&self, bases: &Value) {
        for base in bases.as_tuple().unwrap_or_default().iter().filter_map(Value::cast::<Type>) {
            base.subclasses.borrow_mut().push(self);
        }
    }

    /// Sets what a built-in type gets at start-up.
    pub fn set_ready(&self, mro: Vec<Value>, bases: Value) {
        self.set_mro(Value::tuple(mro));
        self.bases.replace(bases);
    }

    /// Sets the method resolution order, a tuple of classes.
    pub fn set_mro(&self, mro: Value) {
        self.mro.set(mro.as_tuple().unwrap_or_default());
        let before = self.mro_tuple.replace(mro);
        self.replaced.borrow_mut().extend(before.bound());
    }

    /// Gives a heap type other bases, laid out like those that it has; `base` is the one that decides the layout.
    pub fn set_bases(&self, base: &Type, bases: Value) {
        self.leave(&self.bases());
        self.join(&bases);
        // SAFETY: one of the bases, which live as long as the type.
        self.base.set(Some(unsafe { &*std::ptr::from_ref(base) }));
        let before = self.bases.replace(bases);
        self.replaced.borrow_mut().push(before);
    }

    /// `__mro__`
    pub fn mro_tuple(&self) -> Value {
        self.mro_tuple.borrow().clone()
    }

    /// `__bases__`
    pub fn bases(&self) -> Value {
        self.bases.borrow().clone().bound().unwrap_or(Value::NONE)
    }

    /// The direct subclasses that are alive.
    pub fn subclasses(&self) -> Vec<Value> {
        // SAFETY: a class leaves the list when it dies.
        self.subclasses.borrow().iter().map(|&t| unsafe { (*t).value() }).collect()
    }

    /// A new class with metaclass `meta`, laid out as `base`.
    pub fn new_heap(meta: &Type, name: &str, base: &Type, bases: Vec<Value>, dict: Value) -> Value {
        let mut ty = Type::builtin::<Head>("", base.layout, "", &[]);
        ty.release = base.release;
        ty.drop_fields = base.drop_fields;
        ty.trace = base.trace;
        ty.size = base.size;
        ty.attrs_offset.set(base.attrs_offset.get());
        ty.flags.set(type_flags::HEAP | type_flags::BASE);
        // SAFETY: `bases` keeps the base alive as long as the class lives.
        ty.base.set(Some(unsafe { &*std::ptr::from_ref(base) }));
        ty.set_name(name);
        // SAFETY: the object is fully written; the header counts the metaclass.
        unsafe {
            let head = super::heap::new_raw(meta, size_of::<Type>(), true);
            let fields = head.cast::<Type>();
            let header = head.read();
            fields.write(ty);
            (&raw mut (*fields).head).write(header);
            let bases = Value::tuple(bases);
            (*fields).join(&bases);
            (*fields).bases.replace(bases);
            let _ = (*fields).dict.set(dict);
            Value::from_head(head)
        }
    }
}

impl Value {
    /// Gives an instance another class of the same layout.
    pub fn set_class(&self, ty: &Type) {
        if let Some(head) = self.head() {
            // The shape belongs to the old class.
            if let Some(attrs) = Attrs::of(self) {
                attrs.materialize();
            }
            let old = head.ty_ptr();
            if ty.is_heap() {
                ty.head.incref();
            }
            head.set_ty(ty);
            // SAFETY: the instance keeps what was its class alive until here.
            if unsafe { (*old).is_heap() } {
                // SAFETY: it owned a reference to that.
                drop(unsafe { Value::from_head(old.cast()) });
            }
        }
    }
}
