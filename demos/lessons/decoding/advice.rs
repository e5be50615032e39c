//! Which strategy for what: said by what was measured, with how sure that is.

use concepts::evaluation::{Difference, Interval};

use super::experiments::comparison::{Comparison, Quantity, Row};
use super::strategies::called;
use crate::kit::findings::{Cell, Table};
use crate::kit::number::plain;
use crate::kit::text::{Lang, Text, text};

/// Which strategy for what, and how sure that is.
pub(super) fn advice(comparison: &Comparison) -> Table {
    let rows =
        [reproducible(comparison), probable(comparison), open(comparison), varied(comparison), quick()];
    Table {
        caption: text("Which strategy for what, and how sure that is", "什么场景用什么，把握有多大"),
        head: vec![
            text("wanted", "想要什么"),
            text("take", "选什么"),
            text("measured here", "这里测到的"),
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
        Text::new(format!("{loops} % of its texts end in a loop"), format!("{loops}% 的文本以循环结尾")),
        text(
            "exact in exact arithmetic (C2); loops also in the paper",
            "精确算术下严格成立（C2）；循环在论文里也有",
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
            text("shown here; no guarantee for one text (C7)", "这里有差异；但不保证单段文本（C7）"),
        ),
        Some(_) => (
            text("no difference to greedy shown", "与贪心相比未见差异"),
            text("not shown here; no guarantee (C7)", "这里未见差异；也没有保证（C7）"),
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
    let named: Vec<Text> = like_human(comparison).iter().map(|row| called(row.word)).collect();
    let listed = |lang, gap| named.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(gap);
    let found = match nearest(comparison) {
        _ if !named.is_empty() => Text::new(
            format!("no difference to held-out text shown: {}", listed(Lang::En, ", ")),
            format!("与真实文本未见差异的：{}", listed(Lang::Zh, "、")),
        ),
        Some((row, gap)) => {
            let name = called(row.word);
            let [low, high] = [gap.low, gap.high].map(|end| format!("{:+.2}", end + 0.0));
            Text::new(
                format!("nearest in ln p: {}, [{low}, {high}] beside held-out text", name.get(Lang::En)),
                format!("ln p 最接近真实文本的是“{}”，差 [{low}, {high}]", name.get(Lang::Zh)),
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
            "这个模型很小，请在自己的模型上再比；top-p 与论文一致",
        ),
    ]
}

fn varied(comparison: &Comparison) -> [Text; 4] {
    let likeness = |row: &Row| plain(comparison.interval(row, Quantity::SelfBleu).estimate);
    let shown = ["sampling", "temperature", "beam"].map(|word| comparison.row(word));
    let each = |lang, gap| {
        let each =
            shown.iter().flatten().map(|row| format!("{} {}", called(row.word).get(lang), likeness(row)));
        each.collect::<Vec<_>>().join(gap)
    };
    [
        text("many different answers: voting, reranking", "多个不同的答案：投票、重排"),
        text("sampling at a temperature", "带温度的采样"),
        Text::new(
            format!("self-BLEU: {}", each(Lang::En, ", ")),
            format!("self-BLEU：{}", each(Lang::Zh, "，")),
        ),
        text(
            "the direction is the paper's; the numbers are this model's",
            "方向与论文一致，数值只对这个模型有效",
        ),
    ]
}

fn quick() -> [Text; 4] {
    [
        text("fewer calls of a large model", "少调用大模型"),
        text("speculative decoding", "投机解码"),
        text(
            "section 6: the same distribution, more tokens a call",
            "第 6 节：分布不变，每次调用得到更多 token",
        ),
        text(
            "exact, proved and tested; the gain depends on the draft",
            "分布严格一致（有证明、有检验）；收益取决于草稿模型",
        ),
    ]
}
