//! Softmax in blocks, and what that saves.

use concepts::attention::{AttentionError, OnlineSoftmax};
use concepts::numerics::softmax::softmax;
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2, Axis, Slice};

use crate::kit::findings::Findings;
use crate::lessons::attention::experiments::tiling::{FAST_ELEMENTS, closed_form, tiled, without_rescaling};

/// 5 Softmax in blocks.
pub(crate) fn online(seed: u64, f: &mut Findings) {
    const BLOCKS: [usize; 5] = [37, 63, 233, 367, 300];
    let mut rng = rng(seed, "derivation online");
    let n: usize = BLOCKS.iter().sum();
    // Logits of standard deviation 40: exp of the largest of a thousand overflows f32 (above 88.7), and
    // f16 (above 11.1) long before.
    let mut scores = normal((1, n), 40.0, &mut rng).remove_axis(Axis(0));
    // The largest comes last, so that there is something to rescale whatever was drawn.
    let largest = scores.iter().enumerate().fold(0, |best, (i, x)| if *x > scores[best] { i } else { best });
    scores.swap(largest, n - 1);
    let values = normal((n, 1), 1.0, &mut rng);
    let whole = softmax(scores.view()).dot(&values)[0];
    f.formula("f_online", r"m' = \max(m, \max x_B),\; \ell' = \ell e^{m-m'} + \sum_B e^{x-m'},\; o' = o\,e^{m-m'} + \sum_B e^{x-m'} v,\; \mathrm{out} = o/\ell", "m′ = max(m, max x_B)   ℓ′ = ℓ·e^(m−m′) + Σ e^(x−m′)   o′ = o·e^(m−m′) + Σ e^(x−m′)·v   out = o/ℓ");
    f.number("online_logits", n as f64);
    f.number("online_largest", scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b)));
    f.number("online_error", (in_blocks(&scores, &values, &BLOCKS) - whole).abs());
    f.number("online_forgetful", (without_rescaling(&scores, &values, &BLOCKS) - whole).abs());
}

fn in_blocks(scores: &Array1<f64>, values: &Array2<f64>, blocks: &[usize]) -> f64 {
    let mut online = OnlineSoftmax::new(1);
    let mut at = 0;
    for &size in blocks {
        let block = Slice::from(at..at + size);
        online.push(scores.slice_axis(Axis(0), block), values.slice_axis(Axis(0), block));
        at += size;
    }
    online.finish()[0]
}

/// 6 Memory traffic: the loops walked, beside the closed form.
pub(crate) fn traffic(f: &mut Findings) -> Result<(), AttentionError> {
    const N: u64 = 4096;
    let walked = tiled(N, FAST_ELEMENTS)?.total();
    f.formula("f_traffic", r"2Nd + T_c(3Nd + 4N), \quad T_c = \lceil N/B_c \rceil,\; B_c = \lceil M/4d \rceil \;\Rightarrow\; \Theta(N^2d^2/M)", "2Nd + T_c·(3Nd + 4N)    T_c = ⌈N/B_c⌉, B_c = ⌈M/4d⌉    ⇒ Θ(N²d²/M)");
    f.number("traffic_n", N as f64);
    f.number("traffic_walked", walked as f64);
    f.number("traffic_closed", closed_form(N) as f64);
    Ok(())
}
