//! C11: the KV cache.

use concepts::attention::cost::{decode_multiply_adds_cached, decode_multiply_adds_uncached};
use concepts::attention::{Mask, MultiHead};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis};

use super::or_nan;
use crate::kit::claim::{Claim, Control, Measure, Test};
use crate::kit::measure::ROUNDING;
use crate::kit::text::text;
use crate::lessons::attention::experiments::growth::generate;

/// C11
pub(super) fn cache_is_faster(seed: u64) -> Claim {
    const N: usize = 32;
    const D: usize = 16;
    let mut rng = rng(seed, "C11");
    let layer = MultiHead::random(D, 2, 2, &mut rng);
    let x = normal((N, D), 1.0, &mut rng);
    let work = |cached| generate(N, D, cached, seed).multiply_adds() as f64;
    let (n, d) = (N as u64, D as u64);
    let closed = decode_multiply_adds_uncached(n, d) as f64 / decode_multiply_adds_cached(n, d) as f64;
    let test = |mask: &Mask, cached: bool| {
        let full = or_nan(
            layer.as_ref().map_err(Clone::clone).and_then(|layer| layer.forward(x.view(), mask)),
            (N, D),
        );
        let stepped = layer
            .as_ref()
            .map_or_else(|_| Array2::from_elem((N, D), f64::NAN), |layer| step_by_step(layer, &x));
        Test(vec![
            Measure::at_most(
                text(
                    "outputs step by step with a cache, against all at once",
                    "带缓存逐步算，与一次算完的差异",
                ),
                max_difference(&full, &stepped),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "multiply-adds for 32 tokens, without cache over with",
                    "生成 32 个 token 的乘加次数，无缓存 / 有缓存",
                ),
                work(false) / work(cached),
                (N + 1) as f64 / 2.0,
                text(
                    "the t-th token computes t tokens: (n + 1)/2 on average",
                    "第 t 个 token 要算 t 个：平均 (n + 1)/2",
                ),
            )
            .over(N),
            Measure::near(
                text("that ratio over its closed form", "该比值 / 闭式解"),
                work(false) / work(cached) / closed,
                1.0,
                EXACT_F64,
                ROUNDING,
            )
            .over(N),
        ])
    };
    Claim::holds(
        "LLM-Q1-C11",
        text("A KV cache speeds up inference.", "KV cache 能加速推理。"),
        test(&Mask::Causal, true),
        vec![
            Control::new(
                text(
                    "no causal mask: old tokens would see new ones, and a cache gives another result",
                    "去掉因果 mask：旧 token 也要看新 token，再用缓存就算错了",
                ),
                test(&Mask::None, true),
            ),
            Control::new(text("a cache that is never read", "缓存存了却不读"), test(&Mask::Causal, false)),
        ],
    )
}

fn step_by_step(layer: &MultiHead, x: &Array2<f64>) -> Array2<f64> {
    let mut cache = layer.new_cache();
    let mut out = Array2::from_elem(x.dim(), f64::NAN);
    for (token, mut row) in x.rows().into_iter().zip(out.axis_iter_mut(Axis(0))) {
        if let Ok(output) = layer.step(token, &mut cache) {
            row.assign(&output);
        }
    }
    out
}
