//! The comparison as tables, and what follows from it.

use concepts::evaluation::{Difference, Interval};

use super::experiments::comparison::{Comparison, Quantity, Row};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

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
            "质量：在模型自身下每 token 的对数概率与困惑度、以循环结尾的文本占比。与真实文本相比：↑ 更高，↓ 更低，≈ 未显示差异",
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
            "多样性（按词）：文本内不同词对的占比、与其他开头的文本之间的 self-BLEU（越低越多样）、Zipf 指数",
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
            "每个 token 从多少候选中选出（均值与区间、标准差）、同一开头的文本中不重复的占比、每个 token 的 logits 行数",
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
        Difference::NotShown => text("no difference shown", "未显示差异"),
        _ => Text::same(format!("[{:+.2}, {:+.2}]", interval.low + 0.0, interval.high + 0.0)),
    };
    let of = |(first, second): &(&str, &str)| -> Option<Vec<Cell>> {
        let (first, second) = (comparison.row(first)?, comparison.row(second)?);
        let quantity = |quantity| Cell::Words(cell(comparison.difference(first, second, quantity)));
        Some(vec![
            Cell::Words(Text::same(format!("{} − {}", first.word, second.word))),
            quantity(Quantity::LogProb),
            quantity(Quantity::Distinct),
            quantity(Quantity::SelfBleu),
        ])
    };
    Table {
        caption: text(
            "Differences on the same prompts: their 95 % intervals; where one holds 0, no difference is shown",
            "同一批开头上的差异：95% 区间；区间包含 0 即未显示差异",
        ),
        head: vec![
            text("pair", "对比"),
            text("ln p a token", "每 token ln p"),
            Text::same("distinct-2"),
            Text::same("self-BLEU"),
        ],
        rows: PAIRS.iter().filter_map(of).collect(),
    }
}

/// Holtzman et al. 2020, table 1: GPT-2 Large on web text. Greedy could not be verified.
fn paper() -> Table {
    let row = |name: Text, numbers: [&str; 4]| {
        [vec![Cell::Words(name)], numbers.map(|n| Cell::Words(Text::same(n))).to_vec()].concat()
    };
    Table {
        caption: text(
            "The paper's numbers (Holtzman et al. 2020, table 1; GPT-2 Large; as quoted by others, the greedy row unverified)",
            "论文的数字（Holtzman 等 2020 表 1；GPT-2 Large；转引，贪心一行未核实）",
        ),
        head: vec![
            text("strategy", "策略"),
            text("perplexity", "困惑度"),
            Text::same("self-BLEU"),
            Text::same("Zipf"),
            text("repetition, %", "重复率 %"),
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

/// Which strategy for what, and how sure that is.
fn advice(comparison: &Comparison) -> Table {
    let rows =
        [reproducible(comparison), probable(comparison), open(comparison), varied(comparison), quick()];
    Table {
        caption: text("Which strategy for what, and how sure that is", "什么场景用什么，把握有多大"),
        head: vec![
            text("wanted", "想要"),
            text("take", "选"),
            text("measured here", "这里测到"),
            text("how sure", "把握"),
        ],
        rows: rows.into_iter().map(|row| row.map(Cell::Words).to_vec()).collect(),
    }
}

fn reproducible(comparison: &Comparison) -> [Text; 4] {
    let loops = comparison.row("greedy").map(|row| comparison.interval(row, Quantity::Loops).estimate);
    let loops = plain(100.0 * loops.unwrap_or(f64::NAN));
    [
        text("one answer, the same each time", "答案唯一、可复现"),
        text("greedy", "贪心"),
        Text::new(format!("{loops} % of its texts end in a loop"), format!("{loops} % 的文本以循环结尾")),
        text(
            "exact in exact arithmetic (C2); loops also in the paper",
            "精确算术下严格成立（C2）；循环现象论文也有",
        ),
    ]
}

fn probable(comparison: &Comparison) -> [Text; 4] {
    let both = comparison.row("beam").zip(comparison.row("greedy"));
    let gain = both.map(|(beam, greedy)| comparison.difference(beam, greedy, Quantity::LogProb));
    let (found, sure) = match gain {
        Some(gain) if gain.difference() != Difference::NotShown => (
            Text::new(
                format!(
                    "ln p a token {:+.2} [{:+.2}, {:+.2}] beside greedy",
                    gain.estimate, gain.low, gain.high
                ),
                format!("每 token ln p 比贪心 {:+.2} [{:+.2}, {:+.2}]", gain.estimate, gain.low, gain.high),
            ),
            text("shown here; no guarantee for one text (C7)", "此处显示了差异；单条文本无保证（C7）"),
        ),
        Some(_) => (
            text("no difference to greedy shown", "与贪心相比未显示差异"),
            text("not shown here; no guarantee (C7)", "此处未显示；无保证（C7）"),
        ),
        None => (text("not compared in this run", "本次未对比"), text("–", "–")),
    };
    [
        text("the most probable text: translation", "概率最高的文本：翻译"),
        text("beam search with a length penalty", "beam search 加长度惩罚"),
        found,
        sure,
    ]
}

/// Strategies of which no difference to held-out text is shown in probability, loops and likeness.
fn like_human(comparison: &Comparison) -> Vec<&Row> {
    let quantities = [Quantity::LogProb, Quantity::Loops, Quantity::SelfBleu];
    let alike = |row: &&Row| {
        quantities.iter().all(|&q| comparison.beside_human(row, q) == Some(Difference::NotShown))
    };
    comparison.rows.iter().filter(alike).collect()
}

/// The strategy whose surprise is nearest to that of held-out text, with the difference.
fn nearest(comparison: &Comparison) -> Option<(&Row, Interval)> {
    let human = comparison.row("human")?;
    let others = comparison.rows.iter().filter(|row| row.word != "human");
    let away = others.map(|row| (row, comparison.difference(row, human, Quantity::LogProb)));
    away.min_by(|a, b| a.1.estimate.abs().total_cmp(&b.1.estimate.abs()))
}

fn open(comparison: &Comparison) -> [Text; 4] {
    let named: Vec<&str> = like_human(comparison).iter().map(|row| row.word).collect();
    let found = match nearest(comparison) {
        _ if !named.is_empty() => Text::new(
            format!("no difference to held-out text shown: {}", named.join(", ")),
            format!("与真实文本未显示差异：{}", named.join("、")),
        ),
        Some((row, gap)) => {
            let word = row.word;
            let [low, high] = [gap.low, gap.high].map(|end| format!("{:+.2}", end + 0.0));
            Text::new(
                format!("nearest in ln p: {word}, [{low}, {high}] beside held-out text"),
                format!("ln p 最接近真实文本的是 {word}，差 [{low}, {high}]"),
            )
        }
        None => Text::same("–"),
    };
    [
        text("open text: a story, a chat", "开放文本：写作、闲聊"),
        text("top-p or min-p, temperature near 1", "top-p 或 min-p，温度接近 1"),
        found,
        text(
            "a small model: compare on yours; the paper agrees on top-p",
            "模型很小，请在自己的模型上再比；top-p 与论文一致",
        ),
    ]
}

fn varied(comparison: &Comparison) -> [Text; 4] {
    let likeness = |row: &Row| plain(comparison.interval(row, Quantity::SelfBleu).estimate);
    let shown = ["sampling", "temperature", "beam"].map(|word| comparison.row(word));
    let each: Vec<String> =
        shown.iter().flatten().map(|row| format!("{} {}", row.word, likeness(row))).collect();
    [
        text("many different answers: voting, reranking", "多个不同答案：投票、重排"),
        text("sampling at a temperature", "带温度的采样"),
        Text::new(format!("self-BLEU: {}", each.join(", ")), format!("self-BLEU：{}", each.join("，"))),
        text(
            "the direction is the paper's; the numbers are this model's",
            "方向与论文一致，数值只属于这个模型",
        ),
    ]
}

fn quick() -> [Text; 4] {
    [
        text("fewer calls of a large model", "减少大模型调用"),
        text("speculative decoding", "投机解码"),
        text(
            "section 6: the same distribution, more tokens a call",
            "第 6 节：分布不变，每次调用产出更多 token",
        ),
        text(
            "exact, proved and tested; the gain depends on the draft",
            "分布严格一致（有证明、有检验）；收益取决于草稿模型",
        ),
    ]
}
