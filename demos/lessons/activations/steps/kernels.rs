//! How exact the fast functions in `f32` are.

use concepts::activation::{Activation, ActivationError, fast_gelu, fast_gelu_tanh, fast_silu};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::activations::WORDS;
use crate::row;

/// Numbers that are tried: evenly spaced from one end to the other.
const TRIED: usize = 40_001;
const END: f32 = 10.0;

type Fast = fn(&[f32], &mut [f32]) -> Result<(), ActivationError>;

pub(crate) fn kernels() -> Result<Findings, ActivationError> {
    let mut f = Findings::default();
    let all: [(&str, Fast, Activation); 3] = [
        ("GELU", fast_gelu, Activation::Gelu),
        ("GELU tanh", fast_gelu_tanh, Activation::GeluTanh),
        ("SiLU", fast_silu, Activation::SILU),
    ];
    let step = 2.0 * END / (TRIED - 1) as f32;
    let xs: Vec<f32> = (0..TRIED).map(|i| -END + step * i as f32).collect();
    let mut grid = Grid::new("kernels", &WORDS).value("tried", TRIED).value("end", f64::from(END));
    for (name, fast, exact) in all {
        let mut ys = vec![0.0; TRIED];
        fast(&xs, &mut ys)?;
        let (mut worst, mut at) = (0.0, 0.0);
        for (&x, &y) in xs.iter().zip(&ys) {
            let right = exact.of(f64::from(x));
            let off = (f64::from(y) - right).abs() / last_place(right as f32);
            if off > worst {
                (worst, at) = (off, f64::from(x));
            }
        }
        grid = grid.row(row![name, format!("{worst:.2}"), format!("{at:.2}").replace('-', "−")]);
    }
    f.table("kernels", grid.table());
    Ok(f)
}

/// What the last place of a number is worth.
fn last_place(number: f32) -> f64 {
    let size = number.abs();
    f64::from(size.next_up()) - f64::from(size)
}
