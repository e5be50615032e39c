//! What is learned from a real text: the tokens, and how the text shortens.

use std::cmp::Ordering;

use concepts::tokenizer::bpe::{BpeOptions, ReadableTrainer, count_words};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Lang, Text, text};
use crate::lessons::tokenization::experiments::growth::{Point, growth};
use crate::lessons::tokenization::learn::{Algorithm, unigram_step};
use crate::lessons::tokenization::measure::{measured, one_line, shown};
use crate::lessons::tokenization::setup::{Setup, wanted};

/// Tokens in a row of the list.
const LISTED: usize = 10;

pub(super) fn learned(setup: &Setup, f: &mut Findings) {
    f.words("corpus", setup.corpus.name.clone());
    f.number("corpus_bytes", setup.corpus.training.len() as f64);
    f.number("vocabulary", setup.tokenizer.len() as f64);
    f.words("algorithm", Text::same(setup.algorithm.name()));
    f.note("note_small", too_small(setup));
    let sampled = setup.algorithm == Algorithm::Unigram && setup.loaded.is_none();
    let step = unigram_step(&setup.corpus);
    f.note("note_sampled", (sampled && step > 1).then(|| sample(step)));
    f.note("note_undivided", setup.corpus.undivided.then(undivided));
    f.table("tokens", tokens(setup));
    f.table("growth", table(&growth(setup)));
    f.tables("trace", if setup.trace { trace(setup) } else { Vec::new() });
    f.note("note_files", files(setup));
}

/// Fewer tokens than were asked for.
fn too_small(setup: &Setup) -> Option<Text> {
    let made = if setup.loaded.is_some() { return None } else { setup.made() };
    let asked = wanted(setup.size);
    let merging = setup.algorithm != Algorithm::Unigram;
    match made.cmp(&asked) {
        Ordering::Equal => None,
        Ordering::Greater if merging => Some(Text::new(
            format!(
                "The alphabet alone has {made} tokens, more than the {asked} asked for; nothing was learned."
            ),
            format!("光是基础字符表就有 {made} 个，超过了要求的 {asked}，所以一次也没有合并。"),
        )),
        Ordering::Greater => Some(Text::new(
            format!(
                "The characters alone are {made} tokens, more than the {asked} asked for; no longer piece was kept."
            ),
            format!("光是单个字符就有 {made} 个，超过了要求的 {asked}，所以更长的子词一个也没留下。"),
        )),
        Ordering::Less if merging => Some(Text::new(
            format!(
                "The corpus is too small for {asked}: training stopped at {made}, when no pair was left to merge."
            ),
            format!("语料太小，凑不够 {asked}：到 {made} 就没有可合并的 pair 了，训练提前结束。"),
        )),
        Ordering::Less => Some(Text::new(
            format!(
                "The corpus is too small for {asked}: with the strings that it repeats there are only {made} pieces to keep."
            ),
            format!("语料太小，凑不够 {asked}：加上反复出现的串，一共只有 {made} 个子词可留。"),
        )),
    }
}

fn sample(step: usize) -> Text {
    Text::new(
        format!("The text is long: the unigram model was learned from one line in {step}."),
        format!("文本较长：unigram 模型每 {step} 行取 1 行来训练。"),
    )
}

fn undivided() -> Text {
    text(
        "The text is too short to hold a part of it out: what is measured below, was also trained on.",
        "文本太短，没法再留出一部分：下面的测量用的就是训练文本本身。",
    )
}

fn files(setup: &Setup) -> Option<Text> {
    let loaded = setup.loaded.as_ref().map(|path| {
        Text::new(format!("Loaded from {}.", path.display()), format!("从 {} 读入。", path.display()))
    });
    let saved = setup.save.as_ref().map(|path| {
        Text::new(
            format!(
                "Saved as {}: it loads in Hugging Face tokenizers, and here with --load.",
                path.display()
            ),
            format!("已存为 {}：Hugging Face tokenizers 可以直接读，这里用 --load 读。", path.display()),
        )
    });
    match (loaded, saved) {
        (Some(a), Some(b)) => Some(Text::new(
            format!("{} {}", a.get(Lang::En), b.get(Lang::En)),
            format!("{}{}", a.get(Lang::Zh), b.get(Lang::Zh)),
        )),
        (loaded, saved) => loaded.or(saved),
    }
}

/// Tokens from the beginning, the middle and the end of the list, in the order of their ids; of a short
/// list, all.
fn tokens(setup: &Setup) -> Table {
    let all = setup.tokenizer.len();
    let first = setup.alphabet().min(all);
    let learned = all - first;
    let starts: Vec<usize> = if learned <= 4 * LISTED {
        (first..all).step_by(LISTED).collect()
    } else {
        vec![first, first + learned / 4, first + learned / 2, all - LISTED]
    };
    let row = |&start: &usize| {
        let end = (start + LISTED).min(all);
        let shown: Vec<String> = (start..end).map(|id| shown(&setup.tokenizer, id as u32)).collect();
        vec![
            Cell::Words(Text::same(format!("{start}–{}", end - 1))),
            Cell::Words(Text::same(shown.join("  "))),
        ]
    };
    Table {
        caption: text("Tokens in the order of their ids", "按 id 顺序列出的 token"),
        head: vec![Text::same("id"), text("tokens (Ġ is a space)", "token（Ġ 表示空格）")],
        rows: starts.iter().map(row).collect(),
    }
}

fn table(points: &[Point]) -> Table {
    let row = |point: &Point| {
        vec![
            Cell::Number(point.merges as f64),
            Cell::Number(point.vocabulary as f64),
            Cell::Number(point.held_out_tokens),
            Cell::Number(point.held_out),
            Cell::Number(point.training),
        ]
    };
    Table {
        caption: text("Byte-pair encoding: what more merges bring", "BPE：多合并一些，有什么收益"),
        head: vec![
            text("merges", "合并次数"),
            text("vocabulary", "词表"),
            text("held-out tokens", "留出文本的 token 数"),
            text("bytes a token, held out", "字节/token（留出）"),
            text("bytes a token, training", "字节/token（训练）"),
        ],
        rows: points.iter().map(row).collect(),
    }
}

/// Merges that are traced, and pairs shown before each.
const TRACED: usize = 12;
const PAIRS: usize = 6;

/// The most frequent pairs before each of the first merges on the corpus.
fn trace(setup: &Setup) -> Vec<Table> {
    let training = String::from_utf8_lossy(measured(&setup.corpus.training));
    let words = count_words(setup.bpe.pre.split(&training));
    let options = BpeOptions { base: setup.bpe.bpe.base(), merges: TRACED, ..BpeOptions::default() };
    let Ok(trainer) = ReadableTrainer::new(&words, &options) else { return Vec::new() };
    let row = |(i, step): (usize, concepts::tokenizer::bpe::Step)| {
        let pair = |pair: &concepts::tokenizer::bpe::PairCount| {
            let mark = match () {
                () if pair.pair == step.merged => " ●",
                () if step.ties.contains(&pair.pair) => " ○",
                () => "",
            };
            let shown =
                |symbol: &concepts::tokenizer::Symbol| one_line(&symbol.to_string()).replace(' ', "␣");
            format!("{}+{} {}{mark}", shown(&pair.pair.0), shown(&pair.pair.1), pair.count)
        };
        let shown: Vec<String> = step.counts.iter().take(PAIRS).map(pair).collect();
        vec![
            Cell::Number((i + 1) as f64),
            Cell::Words(Text::same(one_line(&step.token().to_string()).replace(' ', "␣"))),
            Cell::Words(Text::same(shown.join("  "))),
        ]
    };
    vec![Table {
        caption: text(
            "The most frequent pairs before each of the first merges (● merged, ○ tied; first 100 kB)",
            "前几次合并之前最高频的 pair（● 被合并，○ 并列；取语料前 100 kB）",
        ),
        head: vec![text("merge", "步"), text("makes", "产生"), text("pairs and their counts", "pair 与次数")],
        rows: trainer.enumerate().map(row).collect(),
    }]
}
