//! The pictures.

use ndarray::Array2;

use super::experiments::growth::growth;
use super::experiments::languages::{Way, rates};
use super::experiments::lengths::{LONGEST, lengths};
use super::experiments::tree::{Join, tree};
use super::measure::one_line;
use super::setup::Setup;
use crate::kit::figure::{Axis, Figure, Heat, Plot, Series};
use crate::kit::text::{Text, text};

pub(super) fn figures(setup: &Setup) -> Vec<Figure> {
    vec![merge_tree(setup), compression(setup), token_lengths(setup), by_language()]
}

/// Each merge as a bridge over what it joins, as high as the step at which it is made.
fn merge_tree(setup: &Setup) -> Figure {
    let tree = tree(&setup.bpe, &setup.text);
    let letters = (0..tree.symbols.len()).map(|i| ((i + 1) as f64, 0.0)).collect();
    let bridge = |join: &Join| {
        let [(left, from), (right, to)] = join.parts;
        let height = join.step as f64;
        let label = Text::same(format!("{} {}", join.step, visible(&join.token)));
        Series::formula(label, vec![(left, from), (left, height), (right, height), (right, to)])
    };
    let start = Series::measured(Text::same(spaced(&tree.symbols)), letters);
    let pieces = visible(&tree.pieces.join("·"));
    Figure {
        id: "tree",
        title: Text::new(
            format!("How merges put a word together: {pieces}"),
            format!("合并如何一步步拼出一个词：{pieces}"),
        ),
        description: text(
            "A tree over the symbols of a word: each merge is a bridge between the two parts it joins, as high as the step at which it is made. Parts without a bridge above them are the tokens.",
            "词的合并树：每次合并画成一座桥，连接被合并的两部分，高度是第几步。上方没有桥的部分就是最终的 token。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("symbol of the word", "第几个符号")),
            y: Axis::linear(text("step of encoding", "编码的第几步")),
            series: std::iter::once(start).chain(tree.joins.iter().map(bridge)).collect(),
            rule: None,
        },
    }
}

fn spaced(symbols: &[String]) -> String {
    symbols.iter().map(|symbol| visible(symbol)).collect::<Vec<_>>().join(" ")
}

fn visible(text: &str) -> String {
    one_line(&text.replace(' ', "Ġ"))
}

fn compression(setup: &Setup) -> Figure {
    let points = growth(setup);
    let line = |of: fn(&super::experiments::growth::Point) -> f64| {
        points.iter().map(|point| (point.vocabulary as f64, of(point))).collect()
    };
    Figure {
        id: "compression",
        title: if setup.corpus.undivided {
            text("A larger vocabulary fits the text of training ever better", "词表越大，训练文本压得越短")
        } else {
            text(
                "A larger vocabulary fits the text of training ever better, held-out text hardly any more",
                "词表越大，训练文本压得越短；没见过的文本很快就跟不上了",
            )
        },
        description: text(
            "Bytes a token of byte-pair encoding against the size of the vocabulary, on the text of training and on held-out text.",
            "BPE 每个 token 覆盖的字节数随词表大小的变化：训练文本与留出文本。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("tokens in the vocabulary", "词表大小")),
            y: Axis::linear(text("bytes a token", "字节/token")),
            series: vec![
                Series::measured(text("training", "训练文本"), line(|point| point.training)),
                Series::measured(text("held out", "留出文本"), line(|point| point.held_out)),
            ],
            rule: Some((setup.tokenizer.len() as f64, text("this run", "本次运行"))),
        },
    }
}

fn token_lengths(setup: &Setup) -> Figure {
    let bars = lengths(&setup.tokenizer).into_iter().enumerate().map(|(length, share)| {
        let label = match length {
            0 => text("part", "不足一字"),
            LONGEST => Text::same(format!("{LONGEST}+")),
            _ => Text::same(length.to_string()),
        };
        (label, 100.0 * share)
    });
    Figure {
        id: "lengths",
        title: text("How long the tokens of the vocabulary are", "词表里的 token 有多长"),
        description: text(
            "Share of the vocabulary by length in characters, spaces included; part: bytes that are no whole character.",
            "按字符数（含空格）统计的词表占比；“不足一字”指拼不成一个字符的字节。",
        ),
        plot: Plot::Bars {
            y: Axis::linear(text("% of the vocabulary, by characters", "占词表的比例（%）")),
            bars: bars.collect(),
        },
    }
}

fn by_language() -> Figure {
    let of = |way: Way| rates(way);
    let names = [
        text("bytes", "字节"),
        text("BPE EN", "BPE 英"),
        text("BPE ZH", "BPE 中"),
        text("BPE EN+ZH", "BPE 英+中"),
        text("characters", "字符"),
        text("words", "词"),
    ];
    Figure {
        id: "languages",
        title: text(
            "Tokens per character: a vocabulary is good at the language it was learned from",
            "每字符 token 数：词表只擅长它学过的语言",
        ),
        description: text(
            "Heat map. Columns: held-out English and Chinese. Rows: bytes; byte-level BPE learned from English, from Chinese, from both; characters; words (for Chinese, of a dictionary).",
            "热力图。列：留出的英文、中文。行：字节；在英文、中文、中英文上训练的字节级 BPE；字符；词（中文为词典分词）。",
        ),
        plot: Plot::Heat(Heat {
            row_axis: text("cut into, or learned from", "切法，或训练语料"),
            col_axis: text("held-out text", "留出文本"),
            rows: names.to_vec(),
            cols: vec![text("English", "英文"), text("Chinese", "中文")],
            data: Array2::from_shape_fn((Way::ALL.len(), 2), |(way, language)| of(Way::ALL[way])[language]),
            borders: [Vec::new(), Vec::new()],
        }),
    }
}
