//! The pictures.

use std::f64::consts::TAU;

use concepts::position::rope::{abel_bound, phase_ratios};
use concepts::position::wavelengths;

use super::experiments::decay::{aligned, random_size};
use super::setup::{METHODS, Setup, method};
use super::walk::shown_pair;
use crate::kit::figure::{Axis, Figure, Plot, Series};
use crate::kit::text::{Text, text};

pub(super) fn figures(setup: &Setup) -> Vec<Figure> {
    vec![swing(setup), spectrum(setup), decay(setup), phases(setup)]
}

fn swing(setup: &Setup) -> Figure {
    let theta = setup.used[shown_pair(setup)];
    // Two turns, in 64 steps: places between the whole ones show the curve.
    let places: Vec<f64> = (0..=64).map(|i| f64::from(i) * 2.0 * TAU / theta / 64.0).collect();
    let line = |label: Text, of: fn(f64) -> f64| {
        Series::formula(label, places.iter().map(|&m| (m, of(m * theta))).collect())
    };
    Figure {
        id: "swing",
        title: text(
            "Both features of a pair swing with the place; the length of the pair stays",
            "一对里的两维随位置摆动，长度始终不变",
        ),
        description: text(
            "First feature, second feature and length of the pair (1, 0) rotated by m theta, against the place m, over two turns.",
            "从 (1, 0) 出发的一对旋转 mθ 之后的第一维、第二维与长度随位置 m 的变化，共两圈。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("place m", "位置 m")),
            y: Axis::linear(text("value", "取值")),
            series: vec![
                line(text("a′", "a′"), f64::cos),
                line(text("b′", "b′"), f64::sin),
                line(text("length", "长度"), |angle| angle.cos().hypot(angle.sin())),
            ],
            rule: None,
        },
    }
}

fn spectrum(setup: &Setup) -> Figure {
    let by_pair = |frequencies: &[f64]| {
        wavelengths(frequencies).iter().enumerate().map(|(i, &w)| ((i + 1) as f64, w)).collect()
    };
    let pairs = setup.trained.len() as f64;
    let mut series = vec![Series::measured(text("as trained", "训练时"), by_pair(&setup.trained))];
    if setup.scaling != "none" {
        series.push(Series::measured(Text::same(setup.scaling.clone()), by_pair(&setup.used)));
    }
    let level =
        |label: Text, len: usize| Series::formula(label, vec![(1.0, len as f64), (pairs, len as f64)]);
    series.push(level(text("trained length", "训练长度"), setup.train_len));
    series.push(level(text("length in use", "使用长度"), setup.len));
    Figure {
        id: "spectrum",
        title: text(
            "From fast to slow: pairs above the trained length never complete a turn",
            "由快到慢：波长超过训练长度的对，训练时转不满一圈",
        ),
        description: text(
            "Wavelength of every pair, in places, on a logarithmic axis, with the trained length and the length in use.",
            "每一对的波长（位置数，对数轴），以及训练长度与使用长度。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("pair", "第几对")),
            y: Axis::log(text("wavelength, places", "波长（位置数）")),
            series,
            rule: None,
        },
    }
}

fn decay(setup: &Setup) -> Figure {
    const DRAWS: usize = 50;
    let distances = [1_i64, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
    let fine: Vec<f64> = (0..=80).map(|i| 10_f64.powf(f64::from(i) / 20.0).round()).collect();
    let line = |of: &dyn Fn(i64) -> f64| distances.iter().map(|&r| (r as f64, of(r))).collect();
    Figure {
        id: "decay",
        title: text(
            "The bound decays, unsteadily; scores of random queries and keys do not",
            "上界在衰减，但有起伏；随机 query、key 的分数不衰减",
        ),
        description: text(
            "Against the distance: the decay bound as the mean of its partial sums, the sum of cosines that is half the score of a query and a key of ones, and the mean size of the score of random queries and keys.",
            "三条曲线随距离的变化：衰减上界（部分和的平均值）、query 与 key 全为 1 时分数的一半（余弦之和）、随机 query 与 key 的分数绝对值的平均。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("distance, places", "距离（位置数）")),
            y: Axis::linear(text("value", "取值")),
            series: vec![
                Series::formula(
                    text("bound B(r)", "上界 B(r)"),
                    fine.iter().map(|&r| (r, abel_bound(r, &setup.used))).collect(),
                ),
                Series::measured(text("q = k", "q = k"), line(&|r| aligned(r, &setup.used))),
                Series::measured(
                    text("random |s|", "随机 |s|"),
                    line(&|r| random_size(r, &setup.used, DRAWS, setup.seed)),
                ),
            ],
            rule: None,
        },
    }
}

fn phases(setup: &Setup) -> Figure {
    let line = |name: &&str| {
        let used = method(name, setup.train_len, setup.len).frequencies(setup.head_dim, setup.base).ok()?;
        let ratios = phase_ratios(&used, &setup.trained, setup.train_len, setup.len).ok()?;
        let points = ratios.iter().enumerate().map(|(i, &ratio)| ((i + 1) as f64, ratio)).collect();
        Some(Series::measured(Text::same(*name), points))
    };
    // Dynamic NTK at its full length is NTK.
    let shown = METHODS.iter().filter(|name| **name != "dynamic-ntk");
    let slow = setup.trained.iter().position(|theta| (setup.train_len as f64) * theta < TAU);
    Figure {
        id: "phases",
        title: text(
            "Right of the dashed line a value above 1 is an angle the model never saw",
            "虚线右侧，大于 1 就是模型没见过的角度",
        ),
        description: text(
            "Largest phase of every pair at the length in use over its largest in training, for each method. Pairs right of the rule never completed a turn in training.",
            "各方法下，每一对在使用长度内的最大相位与训练时最大相位之比。竖线右侧的对在训练时没转满一圈。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("pair", "第几对")),
            y: Axis::log(text("largest phase / trained", "最大相位 / 训练时")),
            series: shown.filter_map(line).collect(),
            rule: slow.map(|i| ((i + 1) as f64, text("slow pairs", "低频对"))),
        },
    }
}
