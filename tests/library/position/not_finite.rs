//! NaN, ∞ and numbers near the largest of `f32`: the kernel turns them as its readable twin.

use concepts::position::rope::{Layout, Rope, rope_frequencies, rotate_by_complex};
use ndarray::{Array2, Array3};

const SPECIAL: [f32; 8] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1e-40, 0.0, -1.5];

/// Tokens in each row of the test.
const N: usize = 5;

fn kernel(row: [f32; 4], layout: Layout) -> Array3<f32> {
    let mut x = Array3::from_shape_fn((1, N, 4), |(_, _, i)| row[i]);
    Rope::new(4, 4, 100.0, layout, N).unwrap().apply(&mut x.view_mut(), 0).unwrap();
    x
}

fn twin(row: [f32; 4], layout: Layout) -> Array2<f64> {
    let x = Array2::from_shape_fn((N, 4), |(_, i)| f64::from(row[i]));
    let positions: Vec<i64> = (0..N as i64).collect();
    rotate_by_complex(x.view(), &positions, &rope_frequencies(4, 100.0).unwrap(), layout).unwrap()
}

#[test]
fn the_kernel_turns_what_is_not_finite_as_its_twin() {
    for (a, b) in SPECIAL.iter().flat_map(|&a| SPECIAL.map(|b| (a, b))) {
        let row = [a, b, b, 1.0];
        // Two large numbers may cancel, and leave the rounding of one.
        let size = row.iter().filter(|x| x.is_finite()).fold(0.0, |size: f32, x| size.max(x.abs()));
        for layout in [Layout::Halves, Layout::Interleaved] {
            for (&fast, &exact) in kernel(row, layout).iter().zip(&twin(row, layout)) {
                let near = (f64::from(fast) - exact).abs() <= 1e-6 * f64::from(size);
                let exact = exact as f32;
                let alike = fast == exact || near || fast.is_nan() && exact.is_nan();
                assert!(alike, "{layout:?} {row:?}: {fast} instead of {exact}");
            }
        }
    }
}
