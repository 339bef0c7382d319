//! Contexts, ways of rounding, and the conditions that operations report.

/// The largest precision.
pub const MAX_PREC: i64 = 999_999_999_999_999_999;
/// The largest exponent of a number in scientific notation.
pub const MAX_EMAX: i64 = 999_999_999_999_999_999;
/// The least one of a normal number.
pub const MIN_EMIN: i64 = -999_999_999_999_999_999;
/// The least exponent at all.
pub const MIN_ETINY: i64 = MIN_EMIN - (MAX_PREC - 1);

/// How a coefficient that is too long is shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards infinity.
    Ceiling,
    /// Towards minus infinity.
    Floor,
    /// To the nearest, half away from zero.
    HalfUp,
    /// To the nearest, half towards zero.
    HalfDown,
    /// To the nearest, half to an even last digit.
    HalfEven,
    /// Away from zero if the last digit would be 0 or 5.
    ZeroFiveUp,
}

/// A set of conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(pub u32);

macro_rules! conditions {
    ($($name:ident = $bit:literal $doc:literal)*) => {
        impl Status { $(
            #[doc = $doc]
            pub const $name: Status = Status(1 << $bit);
        )* }
    };
}

conditions! {
    CLAMPED = 0 "An exponent was changed to fit."
    CONVERSION_SYNTAX = 1 "A text is no number."
    DIVISION_BY_ZERO = 2 "A finite number was divided by zero."
    DIVISION_IMPOSSIBLE = 3 "A quotient of integers has too many digits."
    DIVISION_UNDEFINED = 4 "Zero was divided by zero."
    INEXACT = 5 "Digits other than zero were lost."
    INVALID_CONTEXT = 6 "The context allows no result."
    INVALID_OPERATION = 7 "The operation has no result."
    OUT_OF_MEMORY = 8 "The result would need more memory than there is."
    OVERFLOW = 9 "The result is too large."
    ROUNDED = 10 "Digits were lost."
    SUBNORMAL = 11 "The result is below the least normal number."
    UNDERFLOW = 12 "It is, and inexact."
}

impl Status {
    /// No condition.
    pub const NONE: Status = Status(0);

    /// The conditions for which a result is not a number.
    pub const ERRORS: Status = Status(
        Self::CONVERSION_SYNTAX.0
            | Self::DIVISION_IMPOSSIBLE.0
            | Self::DIVISION_UNDEFINED.0
            | Self::INVALID_CONTEXT.0
            | Self::INVALID_OPERATION.0
            | Self::OUT_OF_MEMORY.0,
    );

    /// Adds conditions.
    pub fn add(&mut self, other: Status) {
        self.0 |= other.0;
    }

    /// Whether any of the others is among them.
    pub fn has(self, other: Status) -> bool {
        self.0 & other.0 != 0
    }

    /// Those that are among the others too.
    pub fn only(self, other: Status) -> Status {
        Status(self.0 & other.0)
    }
}

/// What operations depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// How many digits a coefficient may have.
    pub precision: i64,
    /// How longer ones are rounded.
    pub rounding: Rounding,
    /// The least exponent of a normal number in scientific notation.
    pub emin: i64,
    /// The largest exponent in scientific notation.
    pub emax: i64,
    /// Whether the exponent of the last digit is limited to that of the largest number.
    pub clamp: bool,
}

impl Context {
    /// The context that limits least.
    pub const MAX: Context = Context {
        precision: MAX_PREC,
        rounding: Rounding::HalfEven,
        emin: MIN_EMIN,
        emax: MAX_EMAX,
        clamp: false,
    };

    /// The exponent of the last digit of the least subnormal number.
    pub fn etiny(&self) -> i64 {
        self.emin - (self.precision - 1)
    }

    /// The exponent of the last digit of the largest number.
    pub fn etop(&self) -> i64 {
        self.emax - (self.precision - 1)
    }

    /// The same with another way of rounding.
    pub fn with_rounding(&self, rounding: Rounding) -> Context {
        Context { rounding, ..*self }
    }

    /// The same with another precision and the widest exponents, to compute what is rounded later.
    pub fn wide(&self, precision: i64) -> Context {
        Context { precision: precision.min(MAX_PREC), rounding: Rounding::HalfEven, ..Context::MAX }
    }
}
