//! Filters beside each other: on a steep and a flat step, in both orders, and the written rule beside the right
//! one.

use concepts::decoding::{Candidates, DecodingError, Filter, top_p, written_answer_top_p};
use concepts::language_model::TextCodec;

use super::experiments::contexts::Contexts;
use super::glass::{SHOWN, bar, visible, words};
use super::setup::Setup;
use crate::kit::findings::{Cell, Table};
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

/// The steepest and the flattest step of the held-out text side by side.
pub(super) fn side(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
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
        let each: Vec<String> = left.iter().map(|(letter, set)| format!("{letter}:{}", set.size())).collect();
        each.join(" ")
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
    let kept = text("kept by", "谁留下");
    Ok(Table {
        caption: text(
            "A steep and a flat step of the held-out text. Kept by: k top-k, p top-p, m min-p, t typical, ε cut-off; last line: how many tokens each keeps",
            "留出文本中分布陡峭的一步与平缓的一步。“谁留下”一列：k 即 top-k，p 即 top-p，m 即 min-p，t 即 typical，ε 即 ε 截断；末行是各自留下几个 token",
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
pub(super) fn orders(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
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
            format!("平缓的一步：温度放在 top-p {} 之前或之后，留下的 token 数与熵", setup.numbers.p),
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
pub(super) fn written(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
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
            format!("P = {p}：按参考答案的写法和按正确规则，各留下几个 token、累积概率多少"),
        ),
        head: vec![
            text("distribution", "分布"),
            Text::same("cumsum ≤ P"),
            text("mass", "累积概率"),
            Text::same("cumsum − p < P"),
            text("mass", "累积概率"),
        ],
        rows: cases.iter().map(row).collect::<Result<_, _>>()?,
    })
}
