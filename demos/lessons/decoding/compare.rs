//! The comparison as tables, and what follows from it.

use concepts::evaluation::{Difference, Interval};

use super::advice::advice;
use super::experiments::comparison::{Comparison, Quantity, Row};
use super::strategies::called;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Lang, Text, text};

/// Differences that are asked about: the first less the second.
const PAIRS: [(&str, &str); 7] = [
    ("beam", "greedy"),
    ("no-repeat", "greedy"),
    ("temperature", "sampling"),
    ("top-k", "sampling"),
    ("top-p", "sampling"),
    ("top-p", "top-k"),
    ("min-p", "top-p"),
];

pub(super) fn compare(comparison: &Comparison) -> Findings {
    let mut f = Findings::default();
    let size = comparison.size;
    f.number("n_prompts", size.prompts as f64);
    f.number("n_seeds", size.seeds as f64);
    f.number("n_tokens", size.tokens as f64);
    f.number("n_resamples", size.resamples as f64);
    lowest(comparison, &mut f);
    f.table("quality", quality(comparison));
    f.table("diversity", diversity(comparison));
    f.table("cost", cost(comparison));
    f.table("differences", differences(comparison));
    f.table("paper", paper());
    f.table("advice", advice(comparison));
    f
}

/// The strategy with the lowest perplexity beside held-out text.
fn lowest(comparison: &Comparison, f: &mut Findings) {
    let surprise = |row: &Row| -comparison.interval(row, Quantity::LogProb).estimate;
    let strategies = comparison.rows.iter().filter(|row| row.word != "human");
    let Some(lowest) = strategies.min_by(|a, b| surprise(a).total_cmp(&surprise(b))) else { return };
    let Some(human) = comparison.row("human") else { return };
    let distinct = |row: &Row| comparison.interval(row, Quantity::Distinct).estimate;
    f.words("lowest", lowest.label.clone());
    f.number("lowest_perplexity", surprise(lowest).exp());
    f.number("human_perplexity", surprise(human).exp());
    f.number("lowest_distinct", distinct(lowest));
    f.number("human_distinct", distinct(human));
}

/// A number with its interval, and what it is beside held-out text.
fn shown(interval: Interval, sign: Option<Difference>) -> Cell {
    if [interval.low, interval.estimate, interval.high].iter().any(|end| end.is_nan()) {
        return Cell::Words(Text::same("–"));
    }
    let sign = match sign {
        Some(Difference::Larger) => " ↑",
        Some(Difference::Smaller) => " ↓",
        Some(Difference::NotShown) => " ≈",
        None => "",
    };
    let [low, estimate, high] = [interval.low, interval.estimate, interval.high].map(two);
    Cell::Words(Text::same(format!("{estimate} [{low}, {high}]{sign}")))
}

/// Two decimals, or whole numbers where they are large.
fn two(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{:.2}", value + 0.0) }
}

fn measured(comparison: &Comparison, row: &Row, quantity: Quantity) -> Cell {
    shown(comparison.interval(row, quantity), comparison.beside_human(row, quantity))
}

/// `e^(−x)` of an interval: its ends change places.
fn perplexity(interval: Interval) -> Interval {
    Interval {
        estimate: (-interval.estimate).exp(),
        low: (-interval.high).exp(),
        high: (-interval.low).exp(),
    }
}

fn opposite(difference: Difference) -> Difference {
    match difference {
        Difference::Larger => Difference::Smaller,
        Difference::Smaller => Difference::Larger,
        Difference::NotShown => Difference::NotShown,
    }
}

fn label(row: &Row) -> Cell {
    Cell::Words(row.label.clone())
}

fn quality(comparison: &Comparison) -> Table {
    let of = |row: &Row| {
        let sign = comparison.beside_human(row, Quantity::LogProb).map(opposite);
        vec![
            label(row),
            shown(comparison.interval(row, Quantity::LogProb), None),
            shown(perplexity(comparison.interval(row, Quantity::LogProb)), sign),
            measured(comparison, row, Quantity::Loops),
        ]
    };
    Table {
        caption: text(
            "Quality: log-probability a token and perplexity under the model itself, share of texts that end in a loop. Beside held-out text: ↑ higher, ↓ lower, ≈ no difference shown",
            "质量：模型自己打分的每 token 对数概率与困惑度，以及以循环结尾的文本占比。与真实文本相比：↑ 更高，↓ 更低，≈ 未见差异",
        ),
        head: vec![
            text("strategy", "策略"),
            text("ln p a token", "每 token ln p"),
            text("perplexity", "困惑度"),
            text("loops", "循环占比"),
        ],
        rows: comparison.rows.iter().map(of).collect(),
    }
}

fn diversity(comparison: &Comparison) -> Table {
    let of = |row: &Row| {
        vec![
            label(row),
            measured(comparison, row, Quantity::Distinct),
            measured(comparison, row, Quantity::SelfBleu),
            shown(row.zipf, None),
        ]
    };
    Table {
        caption: text(
            "Diversity, in words: different pairs within a text, self-BLEU against the texts of other prompts (low is diverse), Zipf exponent",
            "多样性（按词）：distinct-2（文本内不重复的词对占比）、与其他开头的文本之间的 self-BLEU（越低越多样）、Zipf 指数",
        ),
        head: vec![
            text("strategy", "策略"),
            Text::same("distinct-2"),
            Text::same("self-BLEU"),
            Text::same("Zipf"),
        ],
        rows: comparison.rows.iter().map(of).collect(),
    }
}

fn cost(comparison: &Comparison) -> Table {
    let number = |row: &Row, quantity: Quantity| {
        let estimate = comparison.interval(row, quantity).estimate;
        if estimate.is_nan() {
            Cell::Words(Text::same("–"))
        } else {
            Cell::Words(Text::same(two(estimate)))
        }
    };
    let of = |row: &Row| {
        let spread = row.candidates_spread;
        let spread = if spread.is_nan() { "–".to_string() } else { two(spread) };
        vec![
            label(row),
            shown(comparison.interval(row, Quantity::Candidates), None),
            Cell::Words(Text::same(spread)),
            number(row, Quantity::Unique),
            number(row, Quantity::Calls),
        ]
    };
    Table {
        caption: text(
            "Candidates that a token was chosen from (mean with interval, standard deviation), different texts among those of one prompt, rows of logits a token",
            "每个 token 从多少候选里选出（均值与区间、标准差）、同一开头的文本中不重复的占比、每个 token 要算几行 logits",
        ),
        head: vec![
            text("strategy", "策略"),
            text("candidates", "候选数"),
            text("s.d.", "标准差"),
            text("unique", "不重复"),
            text("rows a token", "每 token 行数"),
        ],
        rows: comparison.rows.iter().skip(1).map(of).collect(),
    }
}

fn differences(comparison: &Comparison) -> Table {
    let cell = |interval: Interval| match interval.difference() {
        Difference::NotShown => text("no difference shown", "未见差异"),
        _ => Text::same(format!("[{:+.2}, {:+.2}]", interval.low + 0.0, interval.high + 0.0)),
    };
    let of = |(first, second): &(&str, &str)| -> Option<Vec<Cell>> {
        let (first, second) = (comparison.row(first)?, comparison.row(second)?);
        let quantity = |quantity| Cell::Words(cell(comparison.difference(first, second, quantity)));
        Some(vec![
            Cell::Words(beside(first, second)),
            quantity(Quantity::LogProb),
            quantity(Quantity::Distinct),
            quantity(Quantity::SelfBleu),
        ])
    };
    Table {
        caption: text(
            "Differences on the same prompts: their 95 % intervals; where one holds 0, no difference is shown",
            "同一批开头上的差异：95% 区间；区间包含 0 即未见差异",
        ),
        head: vec![
            text("pair", "两者之差"),
            text("ln p a token", "每 token ln p"),
            Text::same("distinct-2"),
            Text::same("self-BLEU"),
        ],
        rows: PAIRS.iter().filter_map(of).collect(),
    }
}

/// `beam − greedy`
fn beside(first: &Row, second: &Row) -> Text {
    let (first, second) = (called(first.word), called(second.word));
    let [en, zh] = Lang::ALL.map(|lang| format!("{} − {}", first.get(lang), second.get(lang)));
    Text::new(en, zh)
}

/// Holtzman et al. 2020, table 1: GPT-2 Large on web text. Greedy could not be verified.
fn paper() -> Table {
    let row = |name: Text, numbers: [&str; 4]| {
        [vec![Cell::Words(name)], numbers.map(|n| Cell::Words(Text::same(n))).to_vec()].concat()
    };
    Table {
        caption: text(
            "The paper's numbers (Holtzman et al. 2020, table 1; GPT-2 Large; as quoted by others, the greedy row unverified)",
            "论文的数字（Holtzman 等 2020 表 1，GPT-2 Large；转引自他人，贪心一行未核实）",
        ),
        head: vec![
            text("strategy", "策略"),
            text("perplexity", "困惑度"),
            Text::same("self-BLEU"),
            Text::same("Zipf"),
            text("repetition, %", "重复率（%）"),
        ],
        rows: vec![
            row(text("human", "人类文本"), ["12.38", "0.31", "0.93", "0.28"]),
            row(text("greedy", "贪心"), ["1.50", "0.50", "1.00", "73.66"]),
            row(Text::same("beam 16"), ["1.48", "0.44", "0.94", "28.94"]),
            row(text("pure sampling", "直接采样"), ["22.73", "0.28", "0.93", "0.22"]),
            row(Text::same("top-k 640"), ["13.82", "0.32", "0.96", "0.28"]),
            row(Text::same("top-p 0.95"), ["13.13", "0.32", "0.95", "0.36"]),
        ],
    }
}
