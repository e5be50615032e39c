//! One step under the glass: logits, temperature, and what each filter leaves.

use concepts::decoding::{Candidates, DecodingError, Filter, top_p, written_answer_top_p};
use concepts::language_model::TextCodec;

use super::experiments::contexts::{Contexts, logits_after};
use super::refused::of_decoding;
use super::setup::Setup;
use super::strategies::Numbers;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

/// Tokens shown one by one.
const SHOWN: usize = 12;
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
    f.table("glass", table(setup, &logits).map_err(of_decoding)?);
    f.note("note_numbers", remarks(&setup.numbers, logits.len()));
    f.table("side", side(setup, contexts).map_err(of_decoding)?);
    f.table("orders", orders(setup, contexts).map_err(of_decoding)?);
    f.table("written", written(setup, contexts).map_err(of_decoding)?);
    let empty = contexts.empty_sets(setup.numbers.p).map_err(of_decoding)?;
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
    Text::new(format!("after “…{shown}”"), format!("“…{shown}”之后"))
}

/// How a token is written: a blank and a new line can be seen.
pub(super) fn name(setup: &Setup, token: u32) -> String {
    if setup.logits.is_some() {
        return token.to_string();
    }
    visible(&setup.trained.vocabulary.decode(&[token]))
}

/// Text in which blanks and line breaks can be seen.
fn visible(token: &str) -> String {
    token.replace(' ', "␣").replace('\n', "⏎")
}

/// `█████▌`, `share` of the longest bar.
fn bar(share: f64) -> String {
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
            "概率最高的几个 token：logit、概率、加温度后，以及各过滤器单独作用、重新归一化之后",
        ),
        head: head.chain([t]).chain(names).collect(),
        rows,
    })
}

fn words(shown: &str) -> Cell {
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
            "温度为 0 会除零，按惯例等同贪心：只留概率最高的 token，并列时取编号最小的。".into(),
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
            format!("beam 数 {beams} 大于词表 {vocab}：第一步之后最多只有 {vocab} 个前缀，之后才会填满。"),
        ));
    }
    let join = |pick: fn(&(String, String)) -> &String, gap: &str| {
        said.iter().map(pick).cloned().collect::<Vec<_>>().join(gap)
    };
    (!said.is_empty()).then(|| Text::new(join(|(en, _)| en, " "), join(|(_, zh)| zh, "")))
}

/// The steepest and the flattest step of the held-out text side by side.
fn side(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
    let sets = |logits: &[f64]| -> Result<(Candidates, Vec<(char, Candidates)>), DecodingError> {
        let start = Candidates::from_logits(logits)?;
        let left =
            setup.numbers.filters().into_iter().map(|(letter, filter)| Ok((letter, filter.apply(&start)?)));
        let left = left.collect::<Result<_, DecodingError>>()?;
        Ok((start, left))
    };
    let both = [sets(&contexts.steep)?, sets(&contexts.flat)?];
    let cells = |(all, left): &(Candidates, Vec<(char, Candidates)>), rank: usize| -> Vec<Cell> {
        let Some(candidate) = all.as_slice().get(rank) else { return vec![words(""), words(""), words("")] };
        let kept = left.iter().filter(|(_, set)| set.find(candidate.id).is_some());
        vec![
            words(&visible(&setup.trained.vocabulary.decode(&[candidate.id]))),
            words(&format!("{} {}", bar(candidate.prob), plain(candidate.prob))),
            words(&kept.map(|(letter, _)| *letter).collect::<String>()),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = (0..SHOWN)
        .map(|rank| {
            [vec![Cell::Number(rank as f64 + 1.0)], cells(&both[0], rank), cells(&both[1], rank)].concat()
        })
        .collect();
    let sizes = |left: &[(char, Candidates)]| {
        let each: Vec<String> = left.iter().map(|(letter, set)| format!("{letter} {}", set.size())).collect();
        each.join("  ")
    };
    rows.push(vec![
        words("Σ"),
        words(""),
        words(&sizes(&both[0].1)),
        words(""),
        words(""),
        words(&sizes(&both[1].1)),
        words(""),
    ]);
    let kept = text("kept by", "留下它的");
    Ok(Table {
        caption: text(
            "A steep and a flat step of the held-out text. Kept by: k top-k, p top-p, m min-p, t typical, ε cut-off; last line: how many tokens each keeps",
            "留出文本中陡峭的一步与最平的一步。留下它的过滤器：k top-k，p top-p，m min-p，t typical，ε 截断；末行是各自留下的 token 数",
        ),
        head: vec![
            text("rank", "名次"),
            text("", ""),
            text("steep", "陡峭"),
            kept.clone(),
            text("", ""),
            text("flat", "平缓"),
            kept,
        ],
        rows,
    })
}

/// Temperature and top-p in both orders.
fn orders(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
    let all = Candidates::from_logits(&contexts.flat)?;
    let cut = Filter::TopP(setup.numbers.p);
    let row = |&t: &f64| -> Result<Vec<Cell>, DecodingError> {
        let heat = Filter::Temperature(t);
        let hot_first = cut.apply(&heat.apply(&all)?)?;
        let cut_first = heat.apply(&cut.apply(&all)?)?;
        let cells =
            [t, hot_first.size() as f64, hot_first.entropy(), cut_first.size() as f64, cut_first.entropy()];
        Ok(cells.map(Cell::Number).to_vec())
    };
    let entropy = text("H, nats", "H（nat）");
    Ok(Table {
        caption: Text::new(
            format!(
                "The flat step: tokens kept and entropy, temperature before and after top-p {}",
                setup.numbers.p
            ),
            format!("平缓的一步：温度放在 top-p {} 之前与之后，留下的 token 数与熵", setup.numbers.p),
        ),
        head: vec![
            Text::same("T"),
            text("T, then p", "先 T 后 p"),
            entropy.clone(),
            text("p, then T", "先 p 后 T"),
            entropy,
        ],
        rows: [0.5, 1.0, 2.0].iter().map(row).collect::<Result<_, _>>()?,
    })
}

/// The written answer's rule beside the right one.
fn written(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
    let p = setup.numbers.p;
    let mut cases: Vec<(Text, Candidates)> = vec![
        (Text::same("(0.95, 0.03, 0.02)"), Candidates::from_probabilities(&[0.95, 0.03, 0.02])?),
        (Text::same("(0.5, 0.3, 0.15, 0.05)"), Candidates::from_probabilities(&[0.5, 0.3, 0.15, 0.05])?),
        (text("the steep step", "陡峭的一步"), Candidates::from_logits(&contexts.steep)?),
        (text("the flat step", "平缓的一步"), Candidates::from_logits(&contexts.flat)?),
    ];
    if let Some(own) = &setup.logits {
        cases.push((text("your logits", "你的 logits"), Candidates::from_logits(own)?));
    }
    let row = |(label, all): &(Text, Candidates)| -> Result<Vec<Cell>, DecodingError> {
        let wrong = written_answer_top_p(all, p)?;
        let kept = top_p(all, p)?;
        let mass = |ids: &mut dyn Iterator<Item = u32>| -> f64 {
            ids.filter_map(|id| all.find(id)).map(|candidate| candidate.prob).sum::<f64>() + 0.0
        };
        Ok(vec![
            Cell::Words(label.clone()),
            Cell::Number(wrong.len() as f64),
            Cell::Number(mass(&mut wrong.iter().map(|candidate| candidate.id))),
            Cell::Number(kept.size() as f64),
            Cell::Number(mass(&mut kept.ids().into_iter())),
        ])
    };
    Ok(Table {
        caption: Text::new(
            format!("P = {p}: tokens kept and their mass, by the written rule and by the right one"),
            format!("P = {p}：按参考答案的写法和按正确规则，各留下几个 token、质量多少"),
        ),
        head: vec![
            text("distribution", "分布"),
            Text::same("cumsum ≤ P"),
            text("mass", "质量"),
            Text::same("cumsum − p < P"),
            text("mass", "质量"),
        ],
        rows: cases.iter().map(row).collect::<Result<_, _>>()?,
    })
}
