//! Byte-pair encoding on the nine words of the written answer: every merge with the table before it.

use concepts::tokenizer::bpe::{Pair, Step, TieRule, WordEnd};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Lang, Text, text};
use crate::lessons::tokenization::experiments::sentencepiece;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, Cut, RULES, cut, cuts, joined, merges, options, steps, tie_paths, token,
};

/// Merges that are shown: after nine each of the words is one token.
const SHOWN: usize = 9;

pub(super) fn whiteboard(f: &mut Findings) {
    let steps = steps(&CORPUS, &options(TieRule::First, WordEnd::Unmarked));
    f.number("corpus_characters", CORPUS.iter().map(|(word, count)| word.len() as f64 * *count as f64).sum());
    f.formula(
        "f_merge",
        r"(x, y)^* = \arg\max_{(x, y)} \sum_w c(w)\, \#\{\,i : w_i = x,\ w_{i+1} = y\,\}",
        "(x, y)* = argmax Σ_w c(w) · #{i : wᵢ = x, wᵢ₊₁ = y}",
    );
    f.table("pairs", pairs(&steps));
    f.table("merging", merging(&steps));
    f.table("rules", rules());
    let paths = tie_paths(&CORPUS);
    f.number("tie_paths", paths.len() as f64);
    f.table("encodings", encodings(&paths));
}

/// All pairs in order of first appearance, against the merges: each count before the merge, with a full
/// circle where the pair is merged and an empty one where it is tied with it.
fn pairs(steps: &[Step]) -> Table {
    let mut seen: Vec<&Pair> = Vec::new();
    for counted in steps.iter().flat_map(|step| &step.counts) {
        if !seen.contains(&&counted.pair) {
            seen.push(&counted.pair);
        }
    }
    let cell = |step: &Step, pair: &Pair| {
        let count = step.counts.iter().find(|counted| counted.pair == *pair)?.count;
        let mark = match () {
            () if step.merged == *pair => " ●",
            () if step.ties.contains(pair) => " ○",
            () => "",
        };
        Some(format!("{count}{mark}"))
    };
    let row = |pair: &&Pair| {
        let cells = steps.iter().take(SHOWN).map(|step| words(cell(step, pair).unwrap_or_default()));
        std::iter::once(words(format!("{}+{}", pair.0, pair.1))).chain(cells).collect()
    };
    Table {
        caption: text(
            "How often each pair occurs before each merge (● merged, ○ tied with it)",
            "每次合并之前各 pair 的次数（● 被合并，○ 与它并列）",
        ),
        head: std::iter::once(text("pair", "pair"))
            .chain((1..=steps.len().min(SHOWN)).map(|i| Text::same(i.to_string())))
            .collect(),
        rows: seen.iter().map(row).collect(),
    }
}

/// One row a merge: what it makes, and how the three words stand afterwards.
fn merging(steps: &[Step]) -> Table {
    let learned: Vec<Pair> = steps.iter().map(|step| step.merged.clone()).collect();
    let mut length: u64 = CORPUS.iter().map(|(word, count)| word.len() as u64 * count).sum();
    let rows = steps.iter().take(SHOWN).enumerate().map(|(i, step)| {
        length -= step.count; // no pair of these words overlaps itself
        let now = CORPUS.map(|(word, _)| joined(&cut(&learned[..=i], word, Cut::ByRank)));
        vec![
            Cell::Number((i + 1) as f64),
            words(format!("{}+{} → {}", step.merged.0, step.merged.1, step.token())),
            Cell::Number(step.count as f64),
            Cell::Number(step.ties.len() as f64),
            words(now.join("  ")),
            Cell::Number(length as f64),
        ]
    });
    Table {
        caption: text("The nine merges", "九次合并"),
        head: vec![
            text("merge", "步"),
            text("becomes", "合并"),
            text("count", "次数"),
            text("tied", "并列数"),
            text("the words afterwards", "合并后的三个词"),
            text("tokens", "token 数"),
        ],
        rows: rows.collect(),
    }
}

/// The merges under each tie rule, and with a marker at the end of words.
fn rules() -> Table {
    let row = |name: &Text, rule: TieRule, end: WordEnd| {
        let learned = merges(&CORPUS, &options(rule, end));
        let shown: Vec<String> = learned.iter().take(SHOWN).map(token).collect();
        let lowest = joined(&cut(&merges(&CORPUS, &options(rule, WordEnd::Unmarked)), "lowest", Cut::ByRank));
        let lowest = if end == WordEnd::Unmarked { lowest } else { "–".into() };
        vec![Cell::Words(name.clone()), words(shown.join(" ")), words(lowest)]
    };
    let mut rows: Vec<Vec<Cell>> =
        RULES.iter().map(|(rule, name)| row(name, *rule, WordEnd::Unmarked)).collect();
    rows.push(row(&text("first met, with </w>", "先遇到的，带 </w>"), TieRule::First, WordEnd::Symbol));
    rows.push(of_sentencepiece());
    Table {
        caption: text("The same nine words under each rule for ties", "同样九个词，不同的平局规则"),
        head: vec![
            text("ties go to the", "平局取"),
            text("tokens in the order made", "依次产生的 token"),
            Text::same("lowest"),
        ],
        rows,
    }
}

/// SentencePiece's own rule, on words with ▁ before them.
fn of_sentencepiece() -> Vec<Cell> {
    let shown: Vec<String> = sentencepiece::merges().iter().take(SHOWN).map(token).collect();
    let lowest = sentencepiece::pieces(sentencepiece::Kind::Bpe, "lowest");
    let name = text("shortest token, with ▁ (SentencePiece)", "token 最短的，带 ▁（SentencePiece）");
    vec![Cell::Words(name), words(shown.join(" ")), words(joined(&lowest))]
}

/// What becomes of `lowest` over all ways to break ties.
fn encodings(paths: &[Vec<Pair>]) -> Table {
    let by_rule: Vec<(String, &Text)> = RULES
        .iter()
        .map(|(rule, name)| {
            let learned = merges(&CORPUS, &options(*rule, WordEnd::Unmarked));
            (joined(&cut(&learned, "lowest", Cut::ByRank)), name)
        })
        .collect();
    let mut found = cuts(paths, "lowest", Cut::ByRank);
    // What the written answer says, even where no path leads to it.
    if found.iter().all(|(cut, _)| cut != "low·e·st") {
        found.push(("low·e·st".into(), 0));
    }
    let rows = found.into_iter().map(|(cut, ways)| {
        let whose: Vec<&Text> =
            by_rule.iter().filter(|(own, _)| *own == cut).map(|(_, name)| *name).collect();
        let written = matches!(cut.as_str(), "low·e·st" | "lowe·st");
        vec![
            words(cut),
            Cell::Number(ways as f64),
            Cell::Words(listed(&whose)),
            Cell::Words(if written { text("yes", "有") } else { text("", "") }),
        ]
    });
    Table {
        caption: Text::new(
            format!("lowest under all {} ways to break the ties", paths.len()),
            format!("全部 {} 种平局走法下，lowest 的切分", paths.len()),
        ),
        head: vec![
            Text::same("lowest"),
            text("ways", "走法数"),
            text("rules in use", "实际使用的规则"),
            text("in the written answer", "参考答案里"),
        ],
        rows: rows.collect(),
    }
}

fn listed(names: &[&Text]) -> Text {
    let all =
        |lang: Lang, between: &str| names.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(between);
    Text::new(all(Lang::En, ", "), all(Lang::Zh, "、"))
}

fn words(words: impl Into<String>) -> Cell {
    Cell::Words(Text::same(words))
}
