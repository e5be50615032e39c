//! The pictures.

use concepts::decoding::{Candidates, DecodingError, Filter};

use super::experiments::comparison::{Comparison, Quantity, Row, Size};
use super::experiments::distributions::geometric;
use super::experiments::sorting::comparisons;
use super::setup::Setup;
use super::strategies::{How, Named};
use super::within;
use crate::kit::figure::{Axis, Figure, Plot, Series};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn figures(setup: &Setup, comparison: &Comparison) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![
        surviving(setup)?,
        trade(comparison),
        sweep(setup, comparison)?,
        widths(setup, comparison)?,
        choosing(setup.seed),
    ])
}

/// How many tokens each filter keeps, from steep to flat.
fn surviving(setup: &Setup) -> Result<Figure, DecodingError> {
    const VOCAB: usize = 1000;
    let ratios = [0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.985, 0.993, 0.997, 0.999, 1.0];
    let all: Vec<Candidates> = ratios
        .iter()
        .map(|&r| Candidates::from_probabilities(&geometric(r, VOCAB)))
        .collect::<Result<_, _>>()?;
    // The effective number of tokens: e^H equally likely ones would have this entropy.
    let effective = |candidates: &Candidates| candidates.entropy().exp();
    let mut filters: Vec<(Text, Filter)> = vec![(text("top-k 50", "top-k 50"), Filter::TopK(50))];
    let named = |filter: Filter| match filter {
        Filter::TopP(p) => Some(format!("top-p {p}")),
        Filter::MinP(share) => Some(format!("min-p {share}")),
        Filter::Typical(mass) => Some(format!("typical {mass}")),
        Filter::Epsilon(least) => Some(format!("ε {least}")),
        _ => None,
    };
    let own = setup.numbers.filters();
    filters.extend(own.iter().filter_map(|&(_, filter)| Some((Text::same(named(filter)?), filter))));
    let mut series = Vec::new();
    for (label, filter) in filters {
        let point = |c: &Candidates| Ok((effective(c), filter.apply(c)?.size() as f64));
        series.push(Series::measured(label, all.iter().map(point).collect::<Result<_, DecodingError>>()?));
    }
    Ok(Figure {
        id: "surviving",
        title: text(
            "From steep to flat: top-k stays; top-p, min-p, typical follow; ε gives up",
            "从陡到平：top-k 个数不变，top-p、min-p、typical 自适应，ε 中途失灵",
        ),
        description: text(
            "Tokens kept against the effective number of tokens, e to the entropy, for geometric distributions over 1000 tokens with ratios from 0.05 to 1.",
            "1000 个 token 的几何分布，比值从 0.05 到 1：各过滤器留下的 token 数随有效 token 数（e 的熵次方）的变化。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("effective number of tokens e^H", "有效 token 数 e^H")),
            y: Axis::log(text("tokens kept", "留下的 token 数")),
            series,
            rule: None,
        },
    })
}

/// Quality against diversity, one point a strategy.
fn trade(comparison: &Comparison) -> Figure {
    let point = |row: &Row| {
        let likeness = comparison.interval(row, Quantity::SelfBleu);
        let bits = comparison.interval(row, Quantity::LogProb);
        Series {
            label: row.label.clone(),
            points: vec![(-bits.estimate, likeness.estimate)],
            spread: Some(vec![(likeness.low, likeness.high)]),
            measured: true,
        }
    };
    let human = comparison.row("human").map(|row| -comparison.interval(row, Quantity::LogProb).estimate);
    Figure {
        id: "trade",
        title: text(
            "The most probable texts are all alike; held-out text is elsewhere",
            "概率最高的文本彼此雷同，真实文本离得很远",
        ),
        description: text(
            "One point for each strategy and for held-out text: mean surprise a character under the model against self-BLEU with its 95 percent interval.",
            "每种策略与真实文本各一个点：横轴是模型给出的每字符平均惊讶度，纵轴是 self-BLEU 及其 95% 区间。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("surprise −ln p, nats a character", "惊讶度 −ln p（nat/字符）")),
            y: Axis::log(text("self-BLEU (low: diverse)", "self-BLEU（越低越多样）")),
            series: comparison.rows.iter().map(point).collect(),
            rule: human.map(|at| (at, text("held-out text", "真实文本"))),
        },
    }
}

/// Logits that a text of a sweep may take.
const SWEEP: usize = 80_000;

/// A smaller comparison for each value of a knob.
fn small(setup: &Setup, full: &Comparison, named: &[Named]) -> Result<Comparison, DecodingError> {
    let tokens = within(full.size.tokens, SWEEP, &setup.trained);
    let size = Size { prompts: full.size.prompts.min(10), tokens, seeds: 1, resamples: 200, ..full.size };
    Comparison::new(&setup.trained, named, size, setup.seed)
}

fn lines(comparison: &Comparison, at: &[f64], quantities: &[(Text, Quantity, f64)]) -> Vec<Series> {
    let rows = || comparison.rows.iter().skip(1);
    let line = |(label, quantity, sign): &(Text, Quantity, f64)| {
        let each: Vec<_> = rows().map(|row| comparison.interval(row, *quantity)).collect();
        let points = at.iter().zip(&each).map(|(&x, interval)| (x, sign * interval.estimate)).collect();
        let ends = |low: f64, high: f64| if *sign < 0.0 { (-high, -low) } else { (low, high) };
        let spread = each.iter().map(|interval| ends(interval.low, interval.high)).collect();
        Series { label: label.clone(), points, spread: Some(spread), measured: true }
    };
    quantities.iter().map(line).collect()
}

fn sweep(setup: &Setup, full: &Comparison) -> Result<Figure, DecodingError> {
    let temperatures = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5];
    let named: Vec<Named> = temperatures.iter().map(|&t| Named::heated(t)).collect();
    let comparison = small(setup, full, &named)?;
    let mut series = lines(
        &comparison,
        &temperatures,
        &[
            (text("surprise, nats", "惊讶度（nat）"), Quantity::LogProb, -1.0),
            (text("self-BLEU", "self-BLEU"), Quantity::SelfBleu, 1.0),
            (text("loops", "循环占比"), Quantity::Loops, 1.0),
        ],
    );
    let human = full.row("human").map(|row| -full.interval(row, Quantity::LogProb).estimate);
    if let Some(level) = human {
        series.push(Series::formula(
            text("surprise of held-out text", "真实文本的惊讶度"),
            vec![(0.0, level), (1.5, level)],
        ));
    }
    Ok(Figure {
        id: "temperature",
        title: text(
            "Temperature: greedy and its loops at 0, ever more surprise as it rises",
            "温度：取 0 是贪心，会循环；取高了，文本越来越出人意料",
        ),
        description: text(
            "Mean surprise a character, self-BLEU and share of looping texts against the temperature, with 95 percent intervals, and the surprise of held-out text.",
            "每字符惊讶度、self-BLEU、循环文本占比随温度的变化，带 95% 区间，另有真实文本的惊讶度。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("temperature", "温度")),
            y: Axis::linear(text("value", "取值")),
            series,
            rule: None,
        },
    })
}

fn widths(setup: &Setup, full: &Comparison) -> Result<Figure, DecodingError> {
    let beams = [1usize, 2, 4, 8, 16];
    let named: Vec<Named> = beams
        .iter()
        .map(|&beams| Named {
            word: "beam",
            label: Text::same(format!("beam {beams}")),
            how: How::Beam(beams, 0.0),
        })
        .collect();
    let comparison = small(setup, full, &named)?;
    let at = beams.map(|beams| beams as f64);
    Ok(Figure {
        id: "beams",
        title: text(
            "The width of the beam: what it does to probability and to variety",
            "beam 加宽，概率和多样性怎么变",
        ),
        description: text(
            "Mean surprise a character, different word pairs and self-BLEU against the number of beams, with 95 percent intervals.",
            "每字符惊讶度、不重复的词对占比、self-BLEU 随 beam 宽度的变化，带 95% 区间。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("beams", "beam 宽度")),
            y: Axis::linear(text("value", "取值")),
            series: lines(
                &comparison,
                &at,
                &[
                    (text("surprise, nats", "惊讶度（nat）"), Quantity::LogProb, -1.0),
                    (text("distinct-2", "distinct-2"), Quantity::Distinct, 1.0),
                    (text("self-BLEU", "self-BLEU"), Quantity::SelfBleu, 1.0),
                ],
            ),
            rule: None,
        },
    })
}

fn choosing(seed: u64) -> Figure {
    const K: usize = 50;
    const WIDTH: f64 = 4096.0;
    let sizes = [1_000usize, 4_000, 16_000, 32_000, 64_000, 128_000];
    let counted = sizes.map(|size| (size as f64, comparisons(size, K, seed)));
    let line = |label: Text, of: &dyn Fn(&(f64, super::experiments::sorting::Comparisons)) -> f64| {
        Series::measured(label, counted.iter().map(|point| (point.0, of(point))).collect())
    };
    Figure {
        id: "choosing",
        title: text(
            "Sorting the vocabulary is the dear way to choose; the output layer alone costs far more",
            "选 token 的做法里全排序最贵；但单是输出层就比它贵得多",
        ),
        description: text(
            "Comparisons to sort all logits, to select the 50 largest and to find the largest, and multiply-adds of an output layer of width 4096, against the vocabulary size.",
            "随词表大小变化：全排序、选出最大的 50 个、找最大值所需的比较次数，以及宽 4096 的输出层的乘加次数。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("vocabulary size", "词表大小")),
            y: Axis::log(text("operations", "运算次数")),
            series: vec![
                line(text("sort all", "全排序"), &|point| point.1.sort as f64),
                line(text("select 50", "选前 50"), &|point| point.1.select as f64),
                line(text("argmax", "argmax"), &|point| point.1.argmax as f64),
                Series::formula(
                    text("output layer", "输出层"),
                    counted.iter().map(|point| (point.0, point.0 * WIDTH)).collect(),
                ),
            ],
            rule: None,
        },
    }
}
