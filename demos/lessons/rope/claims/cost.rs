//! C8, C11: parameters and operations.

use concepts::numerics::rng;
use concepts::position::rope::{Layout, Rope};
use concepts::position::{LearnedTable, sinusoidal_table};
use ndarray::{Array2, Array3};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::rope::experiments::counting::{block_operations, rotation_operations};

/// Places and width of the tables that are compared.
const LEN: usize = 512;
const WIDTH: usize = 64;

/// Parameters of a learned table of this size, as allocated.
fn learned(seed: u64) -> f64 {
    LearnedTable::random(LEN, WIDTH, 0.02, &mut rng(seed, "Q3 tables"))
        .map_or(f64::NAN, |table| table.parameters() as f64)
}

/// Numbers that are not the same in two models drawn independently: what is computed from the position
/// alone does not differ, so only what training has to fill is counted.
fn drawn_apart(one: &Array2<f64>, two: &Array2<f64>) -> f64 {
    if one.dim() != two.dim() || one.is_empty() {
        return f64::NAN;
    }
    one.iter().zip(two).filter(|(a, b)| a != b).count() as f64
}

/// A learned table as a model of this seed starts with, empty if refused.
fn learned_table(seed: u64) -> Array2<f64> {
    LearnedTable::random(LEN, WIDTH, 0.02, &mut rng(seed, "Q3 tables"))
        .map_or_else(|_| Array2::zeros((0, 0)), |table| table.table().clone())
}

/// The numbers of a sinusoidal table that training would fill.
fn sinusoidal() -> f64 {
    let table = || sinusoidal_table(LEN, WIDTH, 10_000.0).unwrap_or_default();
    drawn_apart(&table(), &table())
}

/// The same for what RoPE makes of a tensor of ones, at every place.
fn rotary() -> f64 {
    let turned = || {
        let mut x = Array3::<f32>::ones((1, LEN, WIDTH));
        let done = Rope::new(WIDTH, WIDTH, 10_000.0, Layout::Halves, LEN)
            .and_then(|rope| rope.apply(&mut x.view_mut(), 0));
        done.map_or_else(
            |_| Array2::zeros((0, 0)),
            |()| Array2::from_shape_fn((LEN, WIDTH), |(m, j)| f64::from(x[[0, m, j]])),
        )
    };
    drawn_apart(&turned(), &turned())
}

/// C8
pub(super) fn efficient(seed: u64) -> Claim {
    const D_MODEL: usize = 4096;
    const CONTEXT: usize = 2048;
    let rotation = rotation_operations(D_MODEL) as f64;
    let test = |parameters: f64, operations: f64| {
        Test(vec![
            Measure::near(text("trained parameters", "可训练的参数量"), parameters, 0.0, 0.0, COUNTED),
            Measure::near(
                text(
                    "operations a token and layer, over d_model = 4096",
                    "每层每个 token 的运算次数 / d_model（4096）",
                ),
                operations / D_MODEL as f64,
                6.0,
                0.0,
                text("4 products and 2 sums a pair, twice", "每对 4 次乘、2 次加，q 和 k 各一遍"),
            ),
            Measure::at_most(
                text(
                    "share of the attention block at 2048 tokens",
                    "2048 个 token 时，占注意力块运算量的比例",
                ),
                operations / block_operations(D_MODEL, CONTEXT) as f64,
                1e-3,
                text("less than a thousandth", "不到千分之一"),
            ),
        ])
    };
    // R(m) as a full matrix, for query and key: 2 d² products and sums each.
    let as_matrix = (2 * 2 * D_MODEL * D_MODEL) as f64;
    Claim::holds(
        "LLM-Q3-C8",
        text(
            "It is cheap: Q and K are rotated, and there are no extra parameters.",
            "计算高效：只对 Q、K 做旋转，没有额外参数。",
        ),
        test(rotary(), rotation),
        vec![
            Control::new(
                text("the rotation carried out as a full matrix", "把旋转当成稠密矩阵乘法来算"),
                test(rotary(), as_matrix),
            ),
            Control::new(
                text("a learned table in its place", "换成可学习位置表"),
                test(drawn_apart(&learned_table(seed), &learned_table(seed + 1)), rotation),
            ),
        ],
    )
}

/// C11
pub(super) fn parameters(seed: u64) -> Claim {
    let in_its_place = drawn_apart(&learned_table(seed), &learned_table(seed + 1));
    let test = |absolute: f64, rotated: f64| {
        Test(vec![
            Measure::near(
                text("learned table of 512 × 64", "512 × 64 的可学习位置表：参数量"),
                learned(seed),
                (LEN * WIDTH) as f64,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("sinusoidal table, also absolute", "正弦编码，同样是绝对位置编码：参数量"),
                absolute,
                0.0,
                0.0,
                COUNTED,
            ),
            Measure::near(text("RoPE of the same size", "同样大小的 RoPE"), rotated, 0.0, 0.0, COUNTED),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C11",
        text(
            "Absolute encodings need extra parameters (a learned embedding), RoPE needs none.",
            "绝对位置编码需要额外参数（可学习 embedding），RoPE 不需要。",
        ),
        Test(vec![Measure::at_least(
            text(
                "every absolute encoding has parameters: those of a sinusoidal table",
                "照原句，绝对位置编码都该有参数：正弦编码的参数量",
            ),
            sinusoidal(),
            1.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "a sinusoidal table is absolute and has {} parameters; a learned one of the same size has {}",
                    sinusoidal(),
                    learned(seed)
                ),
                format!(
                    "正弦编码也是绝对位置编码，参数量为 {}；同样大小的可学习位置表有 {}",
                    sinusoidal(),
                    learned(seed)
                ),
            ),
            say: text(
                "Only the learned kind of absolute encoding has parameters. Sinusoidal positions have none, as RoPE has none; and even a learned table is a small part of a model.",
                "有参数的只是可学习的那种绝对位置编码；正弦编码和 RoPE 一样，没有参数。而且就算是可学习位置表，占整个模型的比例也很小。",
            ),
            test: test(sinusoidal(), rotary()),
        },
        vec![
            Control::new(
                text("the learned table counted as sinusoidal", "把可学习位置表当成正弦编码来数"),
                test(in_its_place, rotary()),
            ),
            Control::new(
                text("the learned table counted as RoPE", "把可学习位置表当成 RoPE 来数"),
                test(sinusoidal(), in_its_place),
            ),
        ],
    )
}
