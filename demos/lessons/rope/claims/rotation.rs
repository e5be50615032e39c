//! C1 to C5: rotation, and what the score depends on.

use concepts::attention::{Mask, attention};
use concepts::numerics::statistics::{median, variance};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32, ORACLE_F64};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::rope::{Layout, Rope, RopeCache, rotate_by_complex, rotation_matrix};
use ndarray::{Array2, Axis};

use super::{D, theta};
use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::ROUNDING;
use crate::kit::text::{Text, text};
use crate::lessons::rope::experiments::score::{
    Content, Product, apart, content, product, score, shift_error,
};

const LAYOUT: Layout = Layout::Halves;
const OF_ORDER_TEN: Text = text("scores of d = 128 spread by about 11", "d = 128 时分数的标准差约为 11");

/// C1
pub(super) fn rotates(seed: u64) -> Claim {
    const M: i64 = 1234;
    const N: i64 = 77;
    // From a table of sines, not from the library.
    const SIN_1: f64 = 0.841_470_984_807_896_5;
    const COS_1: f64 = 0.540_302_305_868_139_8;
    let few: Vec<f64> = theta().into_iter().step_by(8).collect();
    let test = |r: &dyn Fn(i64) -> Array2<f64>| {
        let x = normal((2 * few.len(), 1), 1.0, &mut rng(seed, "Q3 C1"));
        let norm = |x: &Array2<f64>| (x * x).sum().sqrt();
        let (turned, first) = (r(M).dot(&x), r(1));
        Test(vec![
            Measure::at_most(
                text(
                    "(1, 0) at place 1, θ = 1: features 0 and d/2 against cos 1, sin 1",
                    "位置 1 处的 (1, 0)，θ = 1：第 0、d/2 维与 cos 1、sin 1 之差",
                ),
                (first[[0, 0]] - COS_1).abs() + (first[[few.len(), 0]] - SIN_1).abs(),
                EXACT_F64,
                ROUNDING,
            )
            .over(2),
            Measure::at_most(
                text(
                    "against the complex product with e^(imθ), m = 1234",
                    "与复数乘积 e^(imθ) 之差，m = 1234",
                ),
                max_difference(&turned, &by_complex(&x, M, &few)),
                ORACLE_F64,
                ROUNDING,
            )
            .over(2 * few.len())
            .drawn(seed),
            Measure::at_most(
                text("against the fast kernel, m = 1234", "与快速 kernel 之差，m = 1234"),
                max_difference(&turned, &by_kernel(&x, M, &few)),
                ORACLE_F32,
                text("rounding of f32", "f32 的舍入误差"),
            )
            .over(2 * few.len())
            .drawn(seed),
            Measure::at_most(
                text("change of length at place 1234", "位置 1234 处，向量模长的变化"),
                (norm(&turned) - norm(&x)).abs(),
                ORACLE_F64,
                ROUNDING,
            )
            .over(2 * few.len())
            .drawn(seed),
            Measure::at_most(
                text(
                    "R(m)ᵀ·R(n) against R(n − m), m = 1234, n = 77",
                    "R(m)ᵀ·R(n) 与 R(n − m) 之差，m = 1234，n = 77",
                ),
                max_difference(&r(M).t().dot(&r(N)), &r(N - M)),
                ORACLE_F64,
                ROUNDING,
            )
            .over(4 * few.len() * few.len()),
        ])
    };
    let right = |m: i64| rotation_matrix(m, &few, LAYOUT);
    // Both sines with the same sign: no rotation any more.
    let wrong_sign = |m: i64| rotation_matrix(m, &few, LAYOUT).mapv(f64::abs);
    Claim::holds(
        "LLM-Q3-C1",
        text("RoPE encodes positions by rotating Q and K.", "RoPE 用旋转对 Q、K 做位置编码。"),
        test(&right),
        vec![
            Control::new(text("both sines with the same sign", "两个 sin 写成同号"), test(&wrong_sign)),
            Control::new(text("turned the other way", "反方向旋转"), test(&|m| right(-m))),
        ],
    )
}

/// A column turned as complex numbers, `(d, 1)`.
fn by_complex(x: &Array2<f64>, m: i64, frequencies: &[f64]) -> Array2<f64> {
    rotate_by_complex(x.t(), &[m], frequencies, LAYOUT)
        .map_or_else(|_| x.mapv(|_| f64::NAN), Array2::reversed_axes)
}

/// A column turned by the fast kernel, `(d, 1)`.
fn by_kernel(x: &Array2<f64>, m: i64, frequencies: &[f64]) -> Array2<f64> {
    // (1 head, 1 token, d)
    let mut row = x.t().mapv(|x| x as f32).insert_axis(Axis(0));
    let done = RopeCache::new(frequencies, m as usize + 1, 1.0)
        .and_then(|cache| Rope::with_cache(x.nrows(), cache, LAYOUT))
        .and_then(|rope| rope.apply(&mut row.view_mut(), m as usize));
    match done {
        Ok(()) => row.remove_axis(Axis(0)).mapv(f64::from).reversed_axes(),
        Err(_) => x.mapv(|_| f64::NAN),
    }
}

/// C2
pub(super) fn only_the_distance(seed: u64) -> Claim {
    const TRIALS: usize = 200;
    let theta = theta();
    let c = content(D, seed, "Q3 C2");
    let at = |m, n| score(&c, m, n, &theta, LAYOUT);
    let (plus, minus) = (at(7, 0), at(0, 7));
    let over_contents: Vec<f64> = (0..200)
        .map(|i| score(&content(D, seed, &format!("Q3 C2 content {i}")), 7, 0, &theta, LAYOUT))
        .collect();
    let test = |turned: &dyn Fn(i64, i64) -> f64| {
        Test(vec![
            Measure::at_most(
                text(
                    "common shifts up to 4096: largest change of the score",
                    "一起平移（至多 4096）：分数的最大变化",
                ),
                shift_error(TRIALS, 4096, seed, turned),
                ORACLE_F64,
                ROUNDING,
            )
            .over(TRIALS)
            .drawn(seed),
            Measure::at_least(
                text("offset +7 against −7: difference", "偏移 +7 与 −7 的分数之差"),
                (turned(7, 0) - turned(0, 7)).abs(),
                1e-3,
                OF_ORDER_TEN,
            )
            .drawn(seed),
            Measure::at_least(
                text("offset fixed, contents drawn: standard deviation", "偏移固定、内容随机：分数的标准差"),
                variance(&over_contents).sqrt(),
                1.0,
                OF_ORDER_TEN,
            )
            .over(over_contents.len())
            .drawn(seed),
        ])
    };
    // The key turned the other way: the angles add.
    let backwards = |m: i64, n: i64| score(&c, m, -n, &theta, LAYOUT);
    let alike = Content { q: c.q.clone(), k: c.q.clone() };
    let even = |m: i64, n: i64| score(&alike, m, n, &theta, LAYOUT);
    Claim::corrected(
        "LLM-Q3-C2",
        text(
            "Only the relative distance of two positions affects the attention score.",
            "只有两个位置的相对距离会影响注意力分数。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "only the distance: scores at offsets +7 and −7 differ by",
                    "照原句，距离相同，分数就该相同：偏移 +7 与 −7 的分数之差",
                ),
                (plus - minus).abs(),
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "one query, one key, distance 7: {plus:.3} with the query behind, {minus:.3} with it in front"
                ),
                format!(
                    "同一个 query 和 key，距离都是 7：query 在后，分数是 {plus:.3}；query 在前，是 {minus:.3}"
                ),
            ),
            say: text(
                "Position enters the score only through the signed offset m − n: direction counts as well as distance. And of course the score still depends on what the query and the key say.",
                "位置只通过带符号的差 m − n 影响分数，方向和距离都算数；当然分数还取决于 query 和 key 的内容。",
            ),
            test: test(&at),
        },
        vec![
            Control::new(text("the key rotated backwards", "把 key 反方向旋转"), test(&backwards)),
            Control::new(
                text("a key equal to the query, which hides the sign", "key 与 query 相同，看不出方向"),
                test(&even),
            ),
        ],
    )
}

/// C3
pub(super) fn one_theta(seed: u64) -> Claim {
    // 44 is 7.003 turns at θ = 1.
    const ALIAS: i64 = 44;
    const DRAWS: usize = 200;
    let family = theta();
    let single = vec![1.0; D / 2];
    // How far apart the scores at 0 and 44 are, in units of their spread over the first 200 offsets.
    let apart = |frequencies: &[f64]| -> Vec<f64> {
        (0..DRAWS)
            .map(|i| {
                let c = content(D, seed, &format!("Q3 C3 {i}"));
                // The complex contents once, then every offset from them.
                let (re, im) = per_pair(&c);
                let s = |r: f64| -> f64 {
                    frequencies
                        .iter()
                        .enumerate()
                        .map(|(j, t)| re[j] * (r * t).cos() - im[j] * (r * t).sin())
                        .sum()
                };
                let all: Vec<f64> = (0..=200).map(|r| s(f64::from(r))).collect();
                (s(ALIAS as f64) - s(0.0)).abs() / variance(&all).sqrt()
            })
            .collect()
    };
    let (of_single, of_family) = (apart(&single), apart(&family));
    let largest = of_single.iter().copied().fold(0.0, f64::max);
    let test = |family: &[f64]| {
        Test(vec![
            Measure::at_least(
                text(
                    "a θ for each pair: offsets 0 and 44 apart, in standard deviations, median",
                    "每对一个 θ：偏移 0 与 44 的分数相距几个标准差，中位数",
                ),
                median(family),
                0.3,
                text("clearly told apart", "明显可分"),
            )
            .over(DRAWS)
            .drawn(seed),
            Measure::at_most(
                text("one θ = 1 for all: the same, largest", "全部 θ = 1：同上，最大值"),
                largest,
                0.05,
                text("44 is 7.003 turns", "44 约为 7.003 圈"),
            )
            .over(DRAWS)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C3",
        text(
            "q_m = (W_q x_m) e^{imθ} and k_n = (W_k x_n) e^{inθ}, with one θ.",
            "q_m = (W_q x_m) e^{imθ}，k_n = (W_k x_n) e^{inθ}，只有一个 θ。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "with one θ, offsets 0 and 44 apart, in standard deviations, median",
                    "只有一个 θ 时，偏移 0 与 44 的分数相距几个标准差，中位数",
                ),
                median(&of_single),
                0.3,
                text("clearly told apart", "明显可分"),
            )
            .over(DRAWS)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "θ = 1 for every pair: places 44 apart score the same within {largest:.3} standard deviations, in all {DRAWS} draws"
                ),
                format!("所有对都取 θ = 1：相距 44 的位置，{DRAWS} 次抽样里分数最多差 {largest:.3} 个标准差"),
            ),
            say: text(
                "Every pair of features has its own frequency, θ_i = base^(−2i/d). With a single one the score would be periodic, and positions one period apart would be confused.",
                "每一对特征各有自己的频率 θ_i = base^(−2i/d)。如果只有一个频率，分数就是周期函数，相隔一个周期的位置就分不清了。",
            ),
            test: test(&of_family),
        },
        vec![Control::new(text("one θ in the family's place", "各对的 θ 换成同一个"), test(&of_single))],
    )
}

/// Real and imaginary parts of `q·k̄`, pair by pair.
fn per_pair(c: &Content) -> (Vec<f64>, Vec<f64>) {
    let pairs = D / 2;
    (0..pairs)
        .map(|i| {
            let (a, b) = LAYOUT.pair(i, pairs);
            let (q, k) = ([c.q[[0, a]], c.q[[0, b]]], [c.k[[0, a]], c.k[[0, b]]]);
            (q[0] * k[0] + q[1] * k[1], q[1] * k[0] - q[0] * k[1])
        })
        .unzip()
}

/// C4
pub(super) fn no_conjugate(seed: u64) -> Claim {
    let theta = theta();
    let c = content(D, seed, "Q3 C4");
    let of = |m: i64, n: i64, how| product(&c, (m, n), &theta, LAYOUT, how);
    let shifted = |how| apart(of(8 + 5, 3 + 5, how), of(8, 3, how));
    let same_sum = apart(of(8, 5, Product::Plain), of(10, 3, Product::Plain));
    let test = |how: Product| {
        Test(vec![
            Measure::at_most(
                text("common shift of 5: change of the complex product", "一起平移 5：复数乘积的变化"),
                shifted(how),
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
            Measure::at_most(
                text(
                    "real part against the dot product of the rotated vectors",
                    "实部与旋转后两向量的点积之差",
                ),
                (of(8, 3, how).0 - score(&c, 8, 3, &theta, LAYOUT)).abs(),
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
            Measure::at_least(
                text("imaginary part, which a score cannot have", "虚部（分数不可能有虚部）"),
                of(8, 3, how).1.abs(),
                1e-3,
                OF_ORDER_TEN,
            )
            .drawn(seed),
            Measure::at_most(
                text(
                    "without conjugate: (8, 5) against (10, 3), which share the sum",
                    "不取共轭：(8, 5) 与 (10, 3) 之差，两者和相同",
                ),
                same_sum,
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C4",
        text(
            "score = q_m·k_nᵀ = (W_q x_m)(W_k x_n)ᵀ e^{i(m−n)θ}.",
            "score = q_m·k_nᵀ = (W_q x_m)(W_k x_n)ᵀ e^{i(m−n)θ}。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "the product as written, under a common shift of 5: change",
                    "按原式相乘：一起平移 5，乘积的变化",
                ),
                shifted(Product::Plain),
                ORACLE_F64,
                ROUNDING,
            )
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "q·k without conjugate carries e^(i(m+n)θ): it changes by {:.2} when both places move on by 5, and is the same at (8, 5) and (10, 3) up to {same_sum:.0e}",
                    shifted(Product::Plain)
                ),
                format!(
                    "不取共轭的 q·k 带的是 e^(i(m+n)θ)：两个位置同时加 5，它变化 {:.2}；而 (8, 5) 与 (10, 3) 两处却只差 {same_sum:.0e}",
                    shifted(Product::Plain)
                ),
            ),
            say: text(
                "The key must be conjugated and the real part taken: score = Re Σ q_j·k̄_j·e^{i(m−n)θ_j}. Without the conjugate the angles add, and the score would depend on m + n.",
                "key 要取共轭，最后取实部：score = Re Σ q_j·k̄_j·e^{i(m−n)θ_j}。不取共轭，角度就变成相加，分数就取决于 m + n 了。",
            ),
            test: test(Product::Conjugate),
        },
        vec![Control::new(text("no conjugate", "不取共轭"), test(Product::Plain))],
    )
}

/// C5
pub(super) fn relative(seed: u64) -> Claim {
    const N: usize = 6;
    const SHIFT: i64 = 1000;
    let theta = theta();
    let mut rng = rng(seed, "Q3 C5");
    let mut draw = || normal((N, D), 1.0, &mut rng);
    let (q, k, v) = (draw(), draw(), draw());
    let turned = |x: &Array2<f64>, from: i64| {
        let places: Vec<i64> = (0..N as i64).map(|i| from + i).collect();
        rotate_by_complex(x.view(), &places, &theta, LAYOUT).unwrap_or_else(|_| x.mapv(|_| f64::NAN))
    };
    let out = |from: i64, values_too: bool| {
        let v = if values_too { turned(&v, from) } else { v.clone() };
        attention(turned(&q, from).view(), turned(&k, from).view(), v.view(), &Mask::Causal)
            .unwrap_or_else(|_| Array2::from_elem((N, D), f64::NAN))
    };
    let test = |values_too: bool| {
        let order: Vec<usize> = (0..N).rev().collect();
        let reversed = attention(
            turned(&q.select(Axis(0), &order), 0).view(),
            turned(&k.select(Axis(0), &order), 0).view(),
            v.select(Axis(0), &order).view(),
            &Mask::None,
        );
        let plain = attention(turned(&q, 0).view(), turned(&k, 0).view(), v.view(), &Mask::None);
        let noticed = reversed
            .and_then(|reversed| Ok(max_difference(&reversed.select(Axis(0), &order), &plain?)))
            .unwrap_or(f64::NAN);
        Test(vec![
            Measure::at_most(
                text(
                    "all places moved on by 1000: largest change of the output",
                    "所有位置加 1000：输出的最大变化",
                ),
                max_difference(&out(SHIFT, values_too), &out(0, values_too)),
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "yet order counts: tokens turned round, their outputs move by",
                    "但顺序有影响：把 token 倒过来，各自输出的变化",
                ),
                noticed,
                0.01,
                text("outputs are of order 1", "输出量级为 1"),
            )
            .over(N * D)
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q3-C5",
        text(
            "The score depends on the relative position m − n, not on the absolute m and n.",
            "分数只依赖相对位置 m − n，不依赖绝对位置 m 和 n。",
        ),
        test(false),
        vec![Control::new(text("the values rotated as well", "把 value 也旋转了"), test(true))],
    )
}
