//! `e^x` of many numbers, bit for bit that of `libm`.

use pulp::Arch;

/// Numbers that go through side by side.
const LANES: usize = 8;
/// `ln 2` in two parts; the product of the first with a whole number is exact.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// Coefficients of a rational function that is `e^x` on `[−½ ln 2, ½ ln 2]`: FreeBSD's.
const P: [f64; 5] = [
    f64::from_bits(0x3fc5_5555_5555_553e),
    f64::from_bits(0xbf66_c16c_16be_bd93),
    f64::from_bits(0x3f11_566a_af25_de2c),
    f64::from_bits(0xbebb_bd41_c5d2_6bf1),
    f64::from_bits(0x3e66_3769_72be_a4d0),
];
/// Adding `1.5 · 2⁵²` to a whole number leaves it in the last bits of the sum.
const TO_INTEGER: f64 = 6_755_399_441_055_744.0;

/// Replaces each number by its exponential. The same operations in the same order as `libm::exp`, without its branches,
/// so that the compiler makes vectors of them: every result has the same bits.
///
/// # Formula
/// `e^x = 2^k · e^r`, `k` near `x / ln 2`, `r = x − k ln 2`
///
/// # Reference
/// FreeBSD, `lib/msun/src/e_exp.c`, which `libm` follows.
pub(crate) fn exp_all(arch: Arch, numbers: &mut [f64]) {
    let (lanes, rest) = numbers.as_chunks_mut::<LANES>();
    arch.dispatch(|| {
        for lanes in lanes {
            exp_lanes(lanes);
        }
        // What is left goes through beside zeros.
        if !rest.is_empty() {
            let mut last = [0.0; LANES];
            last[..rest.len()].copy_from_slice(rest);
            exp_lanes(&mut last);
            rest.copy_from_slice(&last[..rest.len()]);
        }
    });
}

#[inline(always)]
fn exp_lanes(lanes: &mut [f64; LANES]) {
    // No branch inside: the compiler makes vectors of it.
    if lanes.iter().fold(true, |all, x| all & (x.abs() < 700.0)) {
        lanes.iter_mut().for_each(|x| *x = exp_near(*x));
    } else {
        lanes.iter_mut().for_each(|x| *x = libm::exp(*x));
    }
}

/// `e^x` for `|x| < 700`.
#[inline(always)]
fn exp_near(x: f64) -> f64 {
    // The upper half of |x|, by which `libm` decides.
    let size = (x.to_bits() >> 32) & 0x7fff_ffff;
    let far = (std::f64::consts::LOG2_E * x + 0.5f64.copysign(x)).trunc();
    let k = if size >= 0x3ff0_a2b2 { far } else { 1.0f64.copysign(x) };
    let k = if size > 0x3fd6_2e42 { k } else { 0.0 };
    let (high, low) = (x - k * LN2_HIGH, k * LN2_LOW);
    let r = high - low;
    let square = r * r;
    let c = r - square * (P[0] + square * (P[1] + square * (P[2] + square * (P[3] + square * P[4]))));
    let y = 1.0 + (r * c / (2.0 - c) - low + high);
    let power = f64::from_bits(((k + TO_INTEGER).to_bits().wrapping_add(1023)) << 52);
    if size > 0x3e30_0000 { y * power } else { 1.0 + x }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::numerics::rng;

    fn compare(numbers: &[f64]) {
        let mut fast = numbers.to_vec();
        exp_all(Arch::new(), &mut fast);
        for (&x, fast) in numbers.iter().zip(fast) {
            let twin = libm::exp(x);
            assert!(
                fast.to_bits() == twin.to_bits() || fast.is_nan() && twin.is_nan(),
                "{x}: {fast} not {twin}"
            );
        }
    }

    #[test]
    fn every_bit_is_that_of_libm() {
        let mut random = rng(1, "exp");
        for spread in [1e-12, 1e-8, 1e-3, 0.4, 1.2, 3.0, 40.0, 690.0] {
            compare(&(0..100_000).map(|_| random.random_range(-spread..spread)).collect::<Vec<f64>>());
        }
        let bits: Vec<f64> = (0..100_000).map(|_| f64::from_bits(random.random())).collect();
        compare(&bits);
    }

    #[test]
    fn so_it_is_where_the_branches_part() {
        let ends = [
            0.0,
            2f64.powi(-28),
            0.5 * std::f64::consts::LN_2,
            1.5 * std::f64::consts::LN_2,
            700.0,
            708.4,
            745.2,
        ];
        let around = |end: f64| [end.next_down(), end, end.next_up(), end * (1.0 + 1e-7), end * (1.0 - 1e-7)];
        let mut numbers: Vec<f64> = ends.into_iter().flat_map(around).flat_map(|x| [x, -x]).collect();
        numbers.extend([f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE]);
        compare(&numbers);
        // Each beside others that are near, too.
        for x in numbers {
            compare(&[0.3, -0.3, x, 2.0, -9.0, 0.0, 1e-3, -300.0, x]);
        }
        compare(&[]);
    }
}
