//! C5 to C8: the sinusoidal table.

use std::f64::consts::TAU;

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::numerics::{max_abs, normal, rng};
use ndarray::{Array2, ArrayView1};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::positions::experiments::sinusoid::{
    by_offset, shift_error, table, toeplitz_error, unseen_pairs,
};

/// The usual base.
const BASE: f64 = 10_000.0;

/// C5
pub(super) fn formula(_seed: u64) -> Claim {
    // Small enough for the slowest pair to turn several times within the table.
    const N: usize = 4000;
    const D: usize = 8;
    const B: f64 = 100.0;
    // From a table of sines, not from the library.
    const SIN_1: f64 = 0.841_470_984_807_896_5;
    const COS_1: f64 = 0.540_302_305_868_139_8;
    let test = |table: &Array2<f64>| {
        let half = D as f64 / 2.0;
        let norms = Array2::from_shape_fn((1, N), |(_, p)| table.row(p).dot(&table.row(p)) - half);
        let wavelengths = Array2::from_shape_fn((1, D / 2), |(_, i)| {
            turn(table.column(2 * i)) / (TAU * B.powf((2 * i) as f64 / D as f64)) - 1.0
        });
        let start: f64 = table.row(0).iter().enumerate().map(|(j, x)| (x - (j % 2) as f64).abs()).sum();
        Test(vec![
            Measure::at_most(
                text("‖PE(p)‖² against d/2", "‖PE(p)‖² 与 d/2 之差"),
                max_abs(&norms),
                ORACLE_F64,
                ROUNDING,
            )
            .over(N),
            Measure::near(
                text("PE(0) against (0, 1, 0, 1, …)", "PE(0) 与 (0, 1, 0, 1, …) 之差"),
                start,
                0.0,
                0.0,
                EXACT,
            )
            .over(D),
            Measure::at_most(
                text(
                    "PE(1) starts with sin 1 = 0.8415…, cos 1 = 0.5403…",
                    "PE(1) 以 sin 1 = 0.8415…、cos 1 = 0.5403… 开头",
                ),
                (table[[1, 0]] - SIN_1).abs() + (table[[1, 1]] - COS_1).abs(),
                EXACT_F64,
                ROUNDING,
            )
            .over(2),
            Measure::at_most(
                text(
                    "wavelength of every pair i over 2π·base^(2i/d), largest distance from 1",
                    "每一对 i 的波长 / (2π·base^(2i/d))，与 1 的最大差",
                ),
                max_abs(&wavelengths),
                0.01,
                text("one place in a turn of about 200", "一圈约 200 个位置，误差一个位置"),
            )
            .over(N * D / 2),
            Measure::near(
                text("fastest pair: places a turn, found by counting turns", "最快的一对：数圈数测得的波长"),
                turn(table.column(0)),
                TAU,
                0.01 * TAU,
                text("whole places, hundreds of turns", "位置只取整数，共数百圈"),
            )
            .over(N),
            Measure::near(
                text(
                    "slowest pair: 2π·base^((d−2)/d), not 2π·base",
                    "最慢的一对：2π·base^((d−2)/d)，不是 2π·base",
                ),
                turn(table.column(D - 2)),
                TAU * B.powf((D - 2) as f64 / D as f64),
                0.01 * TAU * B.powf((D - 2) as f64 / D as f64),
                text("one place in a turn of about 200", "一圈约 200 个位置，误差一个位置"),
            )
            .over(N),
        ])
    };
    // The usual slip: i in place of 2i, so that the wavelengths reach only the square root of the base.
    let slipped = Array2::from_shape_fn((N, D), |(p, j)| {
        let angle = p as f64 / B.powf((j / 2) as f64 / D as f64);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    });
    Claim::holds(
        "LLM-Q2-C5",
        text(
            "PE(p, 2i) = sin(p / 10000^(2i/d)) and PE(p, 2i + 1) = cos(p / 10000^(2i/d)).",
            "PE(p, 2i) = sin(p / 10000^(2i/d))，PE(p, 2i + 1) = cos(p / 10000^(2i/d))。",
        ),
        test(&table(N, D, B)),
        vec![Control::new(text("i in the exponent in place of 2i", "指数里把 2i 写成 i"), test(&slipped))],
    )
}

/// Places a turn, from the first to the last upward crossing of zero.
fn turn(sine: ArrayView1<f64>) -> f64 {
    let ups: Vec<usize> = (1..sine.len()).filter(|&p| sine[p - 1] < 0.0 && sine[p] >= 0.0).collect();
    match ups[..] {
        [first, .., last] => (last - first) as f64 / (ups.len() - 1) as f64,
        _ => f64::NAN,
    }
}

/// C6
pub(super) fn generalises(_seed: u64) -> Claim {
    const D: usize = 512;
    const N: usize = 2000;
    let unseen = |base: f64, len: usize| unseen_pairs(D, base, len) as f64;
    let test = |base: f64| {
        // ‖PE(p) − PE(q)‖² = d − 2 PE(p)·PE(q), and the dot product depends on p − q alone (C7).
        let nearest = by_offset(&table(N, D, base))
            .iter()
            .skip(1)
            .fold(f64::INFINITY, |least, dot| least.min((D as f64 - 2.0 * dot).max(0.0).sqrt()));
        Test(vec![
            Measure::at_least(
                text(
                    "defined everywhere: smallest distance of two of 2000 places",
                    "处处有定义：2000 个位置两两之间的最小距离",
                ),
                nearest,
                1.0,
                text("rows have length 16", "每行的模长为 16"),
            )
            .over(N),
            Measure::near(
                text(
                    "pairs that never complete a turn when trained on 512 places",
                    "训练长度 512 时，有几对转不满一圈",
                ),
                unseen(base, 512),
                133.0,
                0.0,
                text(
                    "λ > 512, by hand: i > 256·log(512/2π)/log 10000",
                    "λ > 512，手算：i > 256·log(512/2π)/log 10000",
                ),
            )
            .over(D / 2),
            Measure::near(
                text("the same for 2048 places", "训练长度 2048 时，有几对"),
                unseen(base, 2048),
                95.0,
                0.0,
                text("λ > 2048, likewise", "λ > 2048，同理"),
            )
            .over(D / 2),
        ])
    };
    Claim::corrected(
        "LLM-Q2-C6",
        text(
            "Sinusoidal positions need no training and generalise to longer inputs than trained on.",
            "正弦位置编码无需训练，泛化性好，能处理比训练时更长的输入。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "if so, no pair meets new angles beyond 512 trained places: pairs that do",
                    "照原句，超出 512 个训练位置也不该有新角度：会遇到新角度的有几对",
                ),
                unseen(BASE, 512),
                0.0,
                COUNTED,
            )
            .over(D / 2),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "d = {D}, trained on 512 places: {} of {} pairs have not completed a turn, so the next places show them new angles",
                    unseen(BASE, 512),
                    D / 2
                ),
                format!(
                    "d = {D}、训练长度 512：{} 对里有 {} 对没转满一圈，再往后就是新角度",
                    D / 2,
                    unseen(BASE, 512)
                ),
            ),
            say: text(
                "It needs no training and is defined for every position. That is not generalisation: the slow components then take values the model never saw. The paper only hoped for it, and measurements show poor extrapolation: perplexity 20 at 512 trained tokens, over 400 at 15512 (Press et al. 2022).",
                "它不用训练，对任何位置都有定义，但这不等于能泛化：低频分量会取到模型没见过的值。原论文只是希望它能外推，实测效果很差：训练长度 512，困惑度是 20；用到 15512，就超过 400 了（Press 等，2022）。",
            ),
            test: test(BASE),
        },
        vec![Control::new(
            text("base 10: every pair completes many turns", "base 取 10：每一对都转很多圈"),
            test(10.0),
        )],
    )
}

/// C7
pub(super) fn constant_relation(seed: u64) -> Claim {
    const N: usize = 512;
    const D: usize = 64;
    const K: usize = 37;
    let test = |table: &Array2<f64>| {
        Test(vec![
            Measure::at_most(
                text(
                    "PE(p + 37) against R(37)·PE(p), one matrix for all p",
                    "PE(p + 37) 与 R(37)·PE(p) 之差，所有 p 用同一个矩阵",
                ),
                shift_error(table, K, BASE),
                ORACLE_F64,
                ROUNDING,
            )
            .over((N - K) * D),
            Measure::at_most(
                text("PE(p)·PE(q) along diagonals: largest change", "PE(p)·PE(q) 沿对角线的最大变化"),
                toeplitz_error(&table.dot(&table.t())),
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * N),
        ])
    };
    let learned = normal((N, D), 1.0 / 2f64.sqrt(), &mut rng(seed, "Q2 C7 learned"));
    Claim::holds(
        "LLM-Q2-C7",
        text(
            "A fixed function, in which the relation between relative positions is constant.",
            "固定函数，相对位置之间的关系恒定。",
        ),
        test(&table(N, D, BASE)),
        vec![Control::new(
            text("a learned table, as it starts: random", "换成可学习位置表（随机初始化）"),
            test(&learned),
        )],
    )
}

/// C8
pub(super) fn expressiveness(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q2-C8",
        text("Sinusoidal positions are limited in what they can express.", "正弦位置编码的表达能力有限。"),
        text(
            "Not measured here. The original paper compared them with learned vectors and found nearly the same quality (Vaswani et al. 2017, Table 3, row E).",
            "这里没有测。原论文拿它和可学习编码比过，效果几乎一样（Vaswani 等，2017，表 3 的 E 行）。",
        ),
    )
}
