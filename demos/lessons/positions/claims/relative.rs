//! C14: relative schemes.

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::rope::{Layout, rope_frequencies, rotate_by_complex};
use concepts::position::{alibi_bias, alibi_slopes};
use ndarray::Array2;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::positions::experiments::sinusoid::toeplitz_error;

const HEADS: usize = 8;
const N: usize = 12;
const D: usize = 16;

/// C14
pub(super) fn rope_and_alibi(seed: u64) -> Claim {
    let theta = rope_frequencies(D, 10_000.0).unwrap_or_default();
    let mut rng = rng(seed, "Q2 C14");
    let (q, k) = (normal((1, D), 1.0, &mut rng), normal((1, D), 1.0, &mut rng));
    let turned = |x: &Array2<f64>, m: i64| {
        rotate_by_complex(x.view(), &[m], &theta, Layout::Halves).unwrap_or_else(|_| x.mapv(|_| f64::NAN))
    };
    let moved = max_difference(&turned(&q, 9), &turned(&q, 4));
    // `direction` turns the key on (1) or back (−1).
    let score = |m: i64, n: i64, direction: i64| (turned(&q, m) * turned(&k, direction * n)).sum();
    // `slopes_of` gives the slopes for a number of heads.
    let test = |slopes_of: &dyn Fn(usize) -> Vec<f64>, direction: i64| {
        let slopes = slopes_of(HEADS);
        let others =
            [(4, [1.0 / 4.0, 1.0 / 16.0]), (16, [0.5_f64.sqrt(), 1.0 / 2.0])].map(|(heads, first)| {
                let found = slopes_of(heads);
                if found.len() == heads {
                    (found[0] - first[0]).abs() + (found[1] - first[1]).abs()
                } else {
                    f64::NAN
                }
            });
        let bias = alibi_bias(N, N, slopes.first().copied().unwrap_or(f64::NAN));
        let toeplitz = bias.as_ref().map_or(f64::NAN, toeplitz_error);
        let wanted = Array2::from_shape_fn((N, N), |(i, j)| -0.5 * (i as f64 - j as f64).abs());
        let published: f64 =
            slopes.iter().enumerate().map(|(h, slope)| (slope - 0.5_f64.powi(h as i32 + 1)).abs()).sum();
        Test(vec![
            Measure::near(
                text("ALiBi: bias along diagonals, largest change", "ALiBi：偏置沿对角线的最大变化"),
                toeplitz,
                0.0,
                0.0,
                EXACT,
            )
            .over(N * N),
            Measure::at_most(
                text(
                    "ALiBi, first of 8 heads: bias against −|i − j|/2",
                    "ALiBi，8 个头中的第 1 个：偏置与 −|i − j|/2 之差",
                ),
                bias.map_or(f64::NAN, |bias| max_difference(&bias, &wanted)),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * N),
            Measure::at_most(
                text(
                    "ALiBi slopes of 8 heads against 1/2, 1/4, …, 1/256",
                    "ALiBi 8 个头的斜率与 1/2、1/4、…、1/256 之差",
                ),
                published,
                EXACT_F64,
                ROUNDING,
            )
            .over(HEADS),
            Measure::at_most(
                text(
                    "first two slopes of 4 heads against 1/4, 1/16 and of 16 against 1/√2, 1/2",
                    "4 个头的前两个斜率与 1/4、1/16，16 个头的与 1/√2、1/2 之差",
                ),
                others[0] + others[1],
                EXACT_F64,
                ROUNDING,
            )
            .over(4),
            Measure::at_least(
                text(
                    "RoPE: the query itself changes from place 4 to 9 by",
                    "RoPE：query 从位置 4 换到 9，向量本身的变化",
                ),
                moved,
                0.01,
                text("entries of order 1", "元素量级为 1"),
            )
            .over(D)
            .drawn(seed),
            Measure::at_most(
                text("RoPE: the score changes, both places 5 on, by", "RoPE：两个位置都加 5，分数的变化"),
                (score(9, 7, direction) - score(4, 2, direction)).abs(),
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
        ])
    };
    let published = |heads| alibi_slopes(heads).unwrap_or_default();
    // 2^(−8(h−1)/H): the exponent off by one.
    let off_by_one =
        |heads| (0..heads).map(|h| (-8.0 * h as f64 / heads as f64).exp2()).collect::<Vec<f64>>();
    // 2^(−h): right for eight heads only.
    let for_eight = |heads| (1..=heads).map(|h| (-(h as f64)).exp2()).collect::<Vec<f64>>();
    Claim::corrected(
        "LLM-Q2-C14",
        text("RoPE and ALiBi are relative position encodings.", "RoPE 和 ALiBi 属于相对位置编码。"),
        Test(vec![
            Measure::at_most(
                text(
                    "relative: the same query at places 4 and 9 is encoded alike: difference",
                    "若是相对编码，同一个 query 在位置 4 与 9 该编得一样：差异",
                ),
                moved,
                ORACLE_F64,
                ROUNDING,
            )
            .over(D)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "RoPE turns the same query differently at places 4 and 9, by up to {moved:.2}: what it is given is an absolute place"
                ),
                format!("同一个 query 在位置 4 与 9 转成的向量不同，最多差 {moved:.2}：RoPE 用的是绝对位置"),
            ),
            say: text(
                "ALiBi is relative: it takes a fixed slope times the distance off the score. RoPE rotates queries and keys by their absolute positions; it is the score that comes out relative.",
                "ALiBi 是相对的：从分数里减去斜率乘以距离。RoPE 则是按绝对位置旋转 query 和 key，相对的是算出来的分数。",
            ),
            test: test(&published, 1),
        },
        vec![
            Control::new(text("ALiBi's exponent off by one", "ALiBi 的指数差了 1"), test(&off_by_one, 1)),
            Control::new(
                text("slopes 2^(−h), whatever the number of heads", "不论几个头，斜率都取 2^(−h)"),
                test(&for_eight, 1),
            ),
            Control::new(
                text("RoPE with the key turned backwards", "RoPE 里把 key 反方向旋转"),
                test(&published, -1),
            ),
        ],
    )
}
