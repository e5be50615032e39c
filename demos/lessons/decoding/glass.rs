//! One step under the glass: logits, temperature, and what each filter leaves.

use concepts::decoding::{Candidates, DecodingError, Filter};
use concepts::language_model::TextCodec;

use super::experiments::contexts::{Contexts, logits_after};
use super::filters::{orders, side, written};
use super::setup::Setup;
use super::strategies::Numbers;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// Tokens shown one by one.
pub(super) const SHOWN: usize = 12;
/// Columns of the longest bar.
const BAR: usize = 12;

pub(super) fn glass(setup: &Setup, contexts: &Contexts) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let step = contexts.step();
    let logits = match &setup.logits {
        Some(own) => own.clone(),
        None => logits_after(&setup.trained.model, step),
    };
    f.words("glass_of", what(setup, step));
    f.number("glass_vocabulary", logits.len() as f64);
    f.formula("f_softmax", r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}", "pᵢ = exp(zᵢ/T) / Σⱼ exp(zⱼ/T)");
    f.table("glass", table(setup, &logits)?);
    f.note("note_numbers", remarks(&setup.numbers, logits.len()));
    f.table("side", side(setup, contexts)?);
    f.table("orders", orders(setup, contexts)?);
    f.table("written", written(setup, contexts)?);
    let empty = contexts.empty_sets(setup.numbers.p)?;
    f.number("contexts", contexts.len() as f64);
    f.number("empty_share", empty);
    Ok(f)
}

/// What is looked at, in words.
fn what(setup: &Setup, step: &[u32]) -> Text {
    if setup.logits.is_some() {
        return text("your own logits", "你自己的 logits");
    }
    let shown = setup.trained.vocabulary.decode(&step[step.len().saturating_sub(30)..]).replace('\n', "⏎");
    Text::new(format!("its choice after “…{shown}”"), format!("它在“…{shown}”之后怎么选"))
}

/// How a token is written: a blank and a new line can be seen.
pub(super) fn name(setup: &Setup, token: u32) -> String {
    if setup.logits.is_some() {
        return token.to_string();
    }
    visible(&setup.trained.vocabulary.decode(&[token]))
}

/// Text in which blanks and line breaks can be seen.
pub(super) fn visible(token: &str) -> String {
    token.replace(' ', "␣").replace('\n', "⏎")
}

/// `█████▌`, `share` of the longest bar.
pub(super) fn bar(share: f64) -> String {
    let eighths = (share.clamp(0.0, 1.0) * (BAR * 8) as f64).round() as usize;
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + part
}

fn table(setup: &Setup, logits: &[f64]) -> Result<Table, DecodingError> {
    let start = Candidates::from_logits(logits)?;
    let heated = Filter::Temperature(setup.numbers.temperature).apply(&start)?;
    let filters = setup.numbers.filters();
    let left: Vec<Candidates> =
        filters.iter().map(|(_, filter)| filter.apply(&heated)).collect::<Result<_, _>>()?;
    let largest = start.best().prob;
    let shown = start.as_slice().iter().take(SHOWN);
    let mut rows: Vec<Vec<Cell>> = shown
        .map(|candidate| {
            let of = |set: &Candidates| set.find(candidate.id).map_or(words("·"), |found| found.prob.into());
            let mut row = vec![
                words(&name(setup, candidate.id)),
                words(&format!("{:.2}", logits[candidate.id as usize])),
                words(&bar(candidate.prob / largest)),
                candidate.prob.into(),
                of(&heated),
            ];
            row.extend(left.iter().map(of));
            row
        })
        .collect();
    let counts = [&start, &heated].into_iter().chain(&left).map(|set| Cell::Number(set.size() as f64));
    let foot = [Cell::Words(text("kept", "留下")), words(""), words("")];
    rows.push(foot.into_iter().chain(counts).collect());
    let head = ["", "z", "", "p"].map(Text::same).into_iter();
    let t = Text::same(format!("T={}", setup.numbers.temperature));
    let names = filters.iter().map(|(_, filter)| Text::same(short(filter)));
    Ok(Table {
        caption: text(
            "Most probable tokens: logit, probability, at the temperature, and after each filter alone, renormalised",
            "概率最高的几个 token：logit、概率、加温度后的概率，以及再单独用每种过滤器并重新归一化后的概率",
        ),
        head: head.chain([t]).chain(names).collect(),
        rows,
    })
}

pub(super) fn words(shown: &str) -> Cell {
    Cell::Words(Text::same(shown))
}

/// `p=0.9`
fn short(filter: &Filter) -> String {
    match filter {
        Filter::TopK(k) => format!("k={k}"),
        Filter::TopP(p) => format!("p={p}"),
        Filter::MinP(share) => format!("min {share}"),
        Filter::Typical(mass) => format!("typ {mass}"),
        Filter::Epsilon(least) => format!("ε={least}"),
        other => format!("{other:?}"),
    }
}

/// What the numbers mean at the ends of their ranges.
fn remarks(numbers: &Numbers, vocab: usize) -> Option<Text> {
    let mut said: Vec<(String, String)> = Vec::new();
    if numbers.temperature == 0.0 {
        said.push((
            "Temperature 0 would divide by zero; by convention it is greedy: the most probable token alone, of several the one with the lowest id.".into(),
            "温度为 0 会除以零，按惯例等同贪心：只留概率最高的 token，并列时取编号最小的。".into(),
        ));
    }
    if numbers.k >= vocab {
        let k = numbers.k;
        said.push((
            format!("k = {k} is not below the vocabulary of {vocab} tokens, so top-k cuts nothing."),
            format!("k = {k} 不小于词表大小 {vocab}，top-k 什么也不截。"),
        ));
    }
    if numbers.p == 0.0 {
        said.push((
            "p = 0: the smallest set that is not empty, the most probable token alone.".into(),
            "p = 0：取最小的非空集合，即只留概率最高的 token。".into(),
        ));
    }
    if numbers.p == 1.0 {
        said.push(("p = 1: all tokens stay.".into(), "p = 1：全部保留。".into()));
    }
    if numbers.beams > vocab {
        let beams = numbers.beams;
        said.push((
            format!("{beams} beams are more than the {vocab} tokens: after the first step there are only {vocab} prefixes, the others follow later."),
            format!("beam 宽度 {beams} 大于词表大小 {vocab}：第一步之后最多只有 {vocab} 个前缀，后面几步才会填满。"),
        ));
    }
    let join = |pick: fn(&(String, String)) -> &String, gap: &str| {
        said.iter().map(pick).cloned().collect::<Vec<_>>().join(gap)
    };
    (!said.is_empty()).then(|| Text::new(join(|(en, _)| en, " "), join(|(_, zh)| zh, "")))
}
