//! The fast kernels against `libm` in `f64`, in units in the last place.

use concepts::activation::{
    Activation, ActivationError, fast_geglu, fast_gelu, fast_gelu_tanh, fast_silu, fast_swiglu,
};
use proptest::prelude::*;
use rayon::prelude::*;

/// Thirteen roundings of half a unit each, and two approximations of less than half a unit together.
const ULPS: f64 = 7.0;

type Fast = fn(&[f32], &mut [f32]) -> Result<(), ActivationError>;
const ALL: [(&str, Fast, Activation); 3] = [
    ("gelu", fast_gelu, Activation::Gelu),
    ("gelu, tanh", fast_gelu_tanh, Activation::GeluTanh),
    ("silu", fast_silu, Activation::SILU),
];

fn run(f: Fast, x: &[f32]) -> Vec<f32> {
    let mut y = vec![f32::NAN; x.len()];
    f(x, &mut y).unwrap();
    y
}

/// Distance to the exact value, in the spacing of `f32` there.
fn ulps(y: f32, exact: f64) -> f64 {
    let magnitude = exact.abs().max(f64::from(f32::MIN_POSITIVE));
    let spacing = 2f64.powi(magnitude.log2().floor() as i32 - 23);
    (f64::from(y) - exact).abs() / spacing
}

fn largest(f: Fast, of: Activation, bits: impl Iterator<Item = u32>) -> (f64, f32) {
    let x: Vec<f32> = bits.map(f32::from_bits).filter(|x| x.is_finite()).collect();
    let off = run(f, &x).into_iter().zip(x).map(|(y, x)| (ulps(y, of.of(f64::from(x))), x));
    off.fold((0.0, 0.0), |most, next| if next.0 > most.0 || next.0.is_nan() { next } else { most })
}

#[test]
fn every_magnitude_is_within_the_bound() {
    for (name, f, of) in ALL {
        let (most, at) = largest(f, of, (0..=u32::MAX).step_by(2039));
        println!("{name}: at most {most} units in the last place, at {at}");
        assert!(most <= ULPS, "{name}: {most} at {at}");
    }
}

/// All numbers there are take minutes, so only where they are asked for:
/// `DEMO_EVERY_NUMBER=1 cargo test --release --test library every_number -- --nocapture`
#[test]
fn every_number_is_within_the_bound() {
    if std::env::var_os("DEMO_EVERY_NUMBER").is_none() {
        return;
    }
    for (name, f, of) in ALL {
        let parts = (0..4096_u32)
            .into_par_iter()
            .map(|part| largest(f, of, (part << 20)..=((part << 20) | 0xf_ffff)));
        let (most, at) = parts.reduce(|| (0.0, 0.0), |a, b| if b.0 > a.0 || b.0.is_nan() { b } else { a });
        println!("{name}: at most {most} units in the last place, at {at}");
        assert!(most <= ULPS, "{name}: {most} at {at}");
    }
}

#[test]
fn the_edges() {
    let largest = f32::MAX;
    for (name, f, _) in ALL {
        let y = run(f, &[0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, largest, -largest, -200.0]);
        assert_eq!(y, [0.0, 0.0, f32::INFINITY, 0.0, largest, 0.0, 0.0], "{name}");
        for bits in [0x7fc0_0000, 0xffc0_0000u32, 0x7f80_0001, 0x7fff_ffff] {
            assert!(run(f, &[f32::from_bits(bits)])[0].is_nan(), "{name} {bits:x}");
        }
    }
    assert!(fast_gelu(&[1.0], &mut []).is_err());
    assert!(fast_swiglu(&[1.0], &[1.0, 2.0], &mut [0.0]).is_err());
}

proptest! {
    #[test]
    fn the_rest_of_a_slice_is_computed_as_the_body(x in proptest::collection::vec(any::<f32>(), 0..70)) {
        for (_, f, _) in ALL {
            let whole = run(f, &x);
            let one_by_one: Vec<f32> = x.iter().flat_map(|x| run(f, &[*x])).collect();
            let bits = |y: &[f32]| y.iter().map(|y| if y.is_nan() { 0 } else { y.to_bits() }).collect::<Vec<_>>();
            prop_assert_eq!(bits(&whole), bits(&one_by_one));
        }
    }

    #[test]
    fn a_gate_is_the_product(pairs in proptest::collection::vec((-20f32..20.0, -9f32..9.0), 0..70)) {
        let (a, b): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
        for (plain, gated) in [
            (fast_gelu as Fast, fast_geglu as fn(&[f32], &[f32], &mut [f32]) -> Result<(), ActivationError>),
            (fast_silu, fast_swiglu),
        ] {
            let product: Vec<f32> = run(plain, &a).iter().zip(&b).map(|(f, b)| f * b).collect();
            let mut y = vec![0.0; a.len()];
            gated(&a, &b, &mut y).unwrap();
            prop_assert_eq!(y, product);
        }
    }
}
