//! One choice in detail: logits, temperature, and what each filter leaves.

use concepts::decoding::{Candidates, DecodingError, Filter};
use concepts::language_model::TextCodec;

use super::filters::{adapting, orders, side, written};
use super::{joined, two_decimals, visible};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::contexts::{Contexts, logits_after};
use crate::lessons::decoding::logits::Own;
use crate::lessons::decoding::setup::Setup;
use crate::lessons::decoding::strategies::Numbers;
use crate::{named, row};

/// Tokens shown one by one.
pub(crate) const SHOWN: usize = 12;
/// Columns of the longest bar.
const BAR: usize = 12;

pub(crate) fn one_choice(setup: &Setup, contexts: &Contexts) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let step = contexts.step();
    let logits = match &setup.logits {
        Some(own) => own.logits.clone(),
        None => logits_after(&setup.trained.model, step),
    };
    f.words("glass_of", what(setup, step));
    f.words("steps", WORDS.get(steps(setup)));
    // A token at −∞ is none that can be chosen.
    let choices = Candidates::from_logits(&logits)?.size();
    f.number("glass_choices", choices as f64);
    f.formula("f_softmax", r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}", "pᵢ = exp(zᵢ/T) / Σⱼ exp(zⱼ/T)");
    f.table("glass", table(setup, &logits)?);
    f.note("note_row", setup.logits.as_ref().and_then(Own::which));
    f.note("note_file", setup.logits.as_ref().and_then(Own::left_out));
    f.note("note_numbers", remarks(setup, choices));
    f.table("side", side(setup, contexts)?);
    f.words("adapting", adapting(setup, contexts)?);
    let (table, said) = orders(setup, contexts)?;
    f.table("orders", table);
    f.words("orders_say", said);
    f.table("written", written(setup, contexts)?);
    f.note("note_zero", (setup.numbers.p == 0.0).then(|| WORDS.get("note_zero")));
    let empty = contexts.empty_sets(setup.numbers.p)?;
    f.number("contexts", contexts.len() as f64);
    f.number("empty_share", empty);
    Ok(f)
}

/// How steep the steps are; where they are steep is known of the built-in texts only.
fn steps(setup: &Setup) -> &'static str {
    match (setup.order > 1, setup.own) {
        (false, _) => "steps.same",
        (true, true) => "steps.own",
        (true, false) => "steps.varied",
    }
}

/// What is looked at, in words.
fn what(setup: &Setup, step: &[u32]) -> Text {
    if setup.logits.is_some() {
        return WORDS.get("glass.own");
    }
    let cut = step.len().saturating_sub(30);
    let last = &step[cut..];
    let shown = setup.trained.vocabulary.decode(last).replace('\n', "⏎");
    WORDS.with(if cut > 0 { "glass.after" } else { "glass.after-all" }, &named![shown])
}

/// How a token is written: a space and a new line can be seen.
fn name(setup: &Setup, token: u32) -> String {
    if let Some(own) = &setup.logits {
        return visible(&own.name(token));
    }
    visible(&setup.trained.vocabulary.decode(&[token]))
}

/// `█████▌`, `share` of the longest bar.
pub(crate) fn bar(share: f64) -> String {
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
    let rows = start.as_slice().iter().take(SHOWN).map(|candidate| {
        let logit = match logits[candidate.id as usize] {
            huge if huge.abs() >= 1e6 => plain(huge),
            logit => two_decimals(logit),
        };
        let sets = [&heated].into_iter().chain(&left);
        let shares = sets.map(|set| set.find(candidate.id).map_or("·".into(), |found| found.prob.into()));
        let first = row![name(setup, candidate.id), logit, bar(candidate.prob / largest), candidate.prob];
        first.into_iter().chain(shares).collect()
    });
    let counts = [&start, &heated].into_iter().chain(&left).map(|set| Cell::from(set.size()));
    let foot = ["".into(), "".into()].into_iter().chain(counts).collect();
    let grid = setup.numbers.named().into_iter();
    let grid = grid.fold(Grid::new("glass", &WORDS), |grid, (name, value)| grid.value(name, value));
    Ok(grid.rows(rows).said("kept", foot).table())
}

/// What the numbers mean at the ends of their ranges.
fn remarks(setup: &Setup, choices: usize) -> Option<Text> {
    let Numbers { temperature, k, p, beams, .. } = setup.numbers;
    let values = named![k, choices, beams];
    let said = [
        (temperature == 0.0, "numbers.cold"),
        (k >= choices, "numbers.whole-k"),
        (k == 0, "numbers.off-k"),
        (p == 0.0, "numbers.p-zero"),
        (p == 1.0, "numbers.p-one"),
        // Beams run on the trained model, not on a person's logits.
        (beams > choices && setup.logits.is_none(), "numbers.wide"),
    ];
    let said = said.into_iter().filter(|(true_here, _)| *true_here);
    joined("list.sentences", said.map(|(_, id)| WORDS.with(id, &values)))
}
