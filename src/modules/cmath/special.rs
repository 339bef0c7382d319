//! What functions give for infinities and NaNs.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Results by the kind of the real part (row) and of the imaginary part (pair of letters in it): minus infinity,
/// negative, minus zero, zero, positive, infinity, NaN. Each result is a letter for its real and one for its imaginary
/// part, a small letter for a negative one; dots stand where both parts are finite.
pub(super) struct Table([&'static [u8; 14]; 7]);

/// The row or column of a number.
fn kind(x: f64) -> usize {
    match x {
        _ if x.is_nan() => 6,
        f64::INFINITY => 5,
        f64::NEG_INFINITY => 0,
        0.0 if x.is_sign_negative() => 2,
        0.0 => 3,
        _ if x < 0.0 => 1,
        _ => 4,
    }
}

fn value(letter: u8) -> f64 {
    match letter {
        b'0' => 0.0,
        b'o' => -0.0,
        b'1' => 1.0,
        b'u' => -1.0,
        b'I' => f64::INFINITY,
        b'i' => f64::NEG_INFINITY,
        b'P' => PI,
        b'p' => -PI,
        b'H' => FRAC_PI_2,
        b'h' => -FRAC_PI_2,
        b'Q' => FRAC_PI_4,
        b'q' => -FRAC_PI_4,
        b'T' => 3.0 * FRAC_PI_4,
        b't' => -3.0 * FRAC_PI_4,
        _ => f64::NAN,
    }
}

impl Table {
    /// The result for a number one part of which is not finite.
    pub fn get(&self, (re, im): (f64, f64)) -> (f64, f64) {
        let (row, column) = (self.0[kind(re)], 2 * kind(im));
        (value(row[column]), value(row[column + 1]))
    }
}

pub(super) static ACOS: Table = Table([
    b"TIPIPIPiPiTiNI",
    b"HI........HiNN",
    b"HI........HiHN",
    b"HI........HiHN",
    b"HI........HiNN",
    b"QI0I0I0i0iQiNI",
    b"NINNNNNNNNNiNN",
]);
pub(super) static ACOSH: Table = Table([
    b"ItIpIpIPIPITIN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"IqIoIoI0I0IQIN",
    b"INNNNNNNNNINNN",
]);
pub(super) static ASINH: Table = Table([
    b"iqioioi0i0iQiN",
    b"ih........iHNN",
    b"ih........iHNN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"IqIoIoI0I0IQIN",
    b"INNNNoN0NNINNN",
]);
pub(super) static ATANH: Table = Table([
    b"ohohohoHoHoHoN",
    b"oh........oHNN",
    b"oh........oHoN",
    b"0h........0H0N",
    b"0h........0HNN",
    b"0h0h0h0H0H0H0N",
    b"0hNNNNNNNN0HNN",
]);
pub(super) static COSH: Table = Table([
    b"NNiII0IoiiNNIN",
    b"NN........NNNN",
    b"NN........NNN0",
    b"NN........NNN0",
    b"NN........NNNN",
    b"NNiiIoI0iINNIN",
    b"NNNNN0N0NNNNNN",
]);
pub(super) static EXP: Table = Table([
    b"00oo0o00o00000",
    b"NN........NNNN",
    b"NN........NNNN",
    b"NN........NNNN",
    b"NN........NNNN",
    b"NNiiIoI0iINNIN",
    b"NNNNNoN0NNNNNN",
]);
pub(super) static LOG: Table = Table([
    b"ItIpIpIPIPITIN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"Ih........IHNN",
    b"IqIoIoI0I0IQIN",
    b"INNNNNNNNNINNN",
]);
pub(super) static SINH: Table = Table([
    b"NNIiioi0IINNIN",
    b"NN........NNNN",
    b"NN........NN0N",
    b"NN........NN0N",
    b"NN........NNNN",
    b"NNiiIoI0iINNIN",
    b"NNNNNoN0NNNNNN",
]);
pub(super) static SQRT: Table = Table([
    b"Ii0i0i0I0IIINI",
    b"Ii........IINN",
    b"Ii........IINN",
    b"Ii........IINN",
    b"Ii........IINN",
    b"IiIoIoI0I0IIIN",
    b"IiNNNNNNNNIINN",
]);
pub(super) static TANH: Table = Table([
    b"u0u0uou0uou0u0",
    b"NN........NNNN",
    b"NN........NNNN",
    b"NN........NNNN",
    b"NN........NNNN",
    b"10101o101o1010",
    b"NNNNNoN0NNNNNN",
]);
pub(super) static RECT: Table = Table([
    b"NNIIi0ioIiNNIN",
    b"NN........NNNN",
    b"00........0000",
    b"00........0000",
    b"NN........NNNN",
    b"NNiiIoI0iINNIN",
    b"NNNNN0N0NNNNNN",
]);
