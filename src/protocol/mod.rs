//! What can be done with any object: the operations of the language, through the slots of types.

mod attr;
mod binding;
mod call;
mod compare;
mod errors;
mod instance;
mod item;
mod iter;
mod number;
pub mod slots;
mod text;

pub use attr::*;
pub use binding::{Signature, bind_args, bind_native, split_receiver};
pub use call::*;
pub use compare::*;
pub use errors::*;
pub use instance::{claimed_class, derives, is_instance, is_made_of, is_subclass};
pub use item::*;
pub use iter::*;
pub use number::*;
pub use slots::{item_function, operator_function, operator_rest};
pub use text::*;
