//! How well a text is predicted, with intervals.

use concepts::decoder::fast::FastModel;
use concepts::evaluation::{Bootstrap, EvaluationError, Interval, bootstrap, surprise_by_position};

use super::WORDS;
use super::asked::Asked;
use super::predict::{Read, Window, windows};
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::findings::{Cell, Findings, Item, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;
use crate::real::{Real, marks};
use crate::row;

/// Blocks of positions in the figure, at most.
const BLOCKS: usize = 16;
/// Windows from which an interval is worth showing.
const ENOUGH: usize = 4;

pub(super) fn findings(real: &Real, model: &FastModel<'_>, asked: &Asked) -> Result<Findings, Refusal> {
    let read = windows(real, model, &asked.text, asked.tokens, asked.window)?;
    let mut findings = Findings::default();
    findings.notes("left", left(&read, real, asked));
    let windows = read.windows;
    let predicted: usize = windows.iter().map(|window| window.log_probs.len()).sum();
    findings.words("text_source", asked.source.clone());
    findings.number("predicted", predicted as f64);
    findings.number("windows", windows.len() as f64);
    findings.number("window", asked.window as f64);
    let cut = |wide| WORDS.with("window_note", &named![wide, window = asked.window]);
    findings.note("window_note", asked.too_wide.map(cut));
    if predicted == 0 {
        findings.tables("prediction", Vec::new());
        findings.tables("positions", Vec::new());
        findings.note("interval_note", None);
        findings.note("blind_note", None);
        // Of a model that reads one token at a time no text is long enough.
        let id = if asked.window < 2 { "text_note.one" } else { "text_note.short" };
        findings.note("text_note", Some(WORDS.get(id)));
        return Ok(findings);
    }
    let bytes: usize = windows.iter().map(|window| window.bytes).sum();
    findings.table("prediction", table(real, &windows, asked)?);
    figure(&mut findings, &windows, asked)?;
    let few = windows.len() < ENOUGH;
    findings.note("interval_note", (!few).then(|| WORDS.get("interval_note")));
    findings.note("blind_note", Some(WORDS.get("blind_note")));
    // No window is smaller than one token behind another, and a longer text is of no use where --tokens cut this one.
    let id = match (read.goes_on, asked.window > 2) {
        (false, true) => "text_note.few",
        (false, false) => "text_note.few-smallest",
        (true, true) => "text_note.few-cut",
        (true, false) => "text_note.few-cut-smallest",
    };
    let note = few.then(|| WORDS.with(id, &named![windows = windows.len()]));
    let none = bytes == 0;
    findings.note("text_note", if none { Some(WORDS.get("text_note.no-bytes")) } else { note });
    Ok(findings)
}

/// What of the text was not looked at: of a person's own what lies behind --tokens, and what its special tokens mean; of
/// any what fills no window.
fn left(read: &Read, real: &Real, asked: &Asked) -> Vec<Text> {
    let cut = (read.goes_on && asked.own).then(|| WORDS.with("left.cut", &named![tokens = asked.tokens]));
    let rest = (read.rest > 0).then(|| WORDS.with("left.rest", &named![rest = read.rest]));
    let marks = marks(real, &asked.text).filter(|_| asked.own);
    cut.into_iter().chain(rest).chain(marks).collect()
}

/// Nats a token, perplexity, bits a byte; of a model that knows nothing, too.
fn table(real: &Real, windows: &[Window], asked: &Asked) -> Result<Table, EvaluationError> {
    let options = Bootstrap { seed: asked.seed, ..Bootstrap::default() };
    let ratio = |chosen: &[usize], of: fn(&Window) -> usize| {
        let nats: f64 = chosen.iter().map(|&i| windows[i].nats()).sum();
        nats / chosen.iter().map(|&i| of(&windows[i])).sum::<usize>() as f64
    };
    let (all, n) = (|chosen: &[usize]| ratio(chosen, |window| window.log_probs.len()), windows.len());
    let nats = bootstrap(n, all, &options)?;
    let bits =
        bootstrap(n, |chosen| ratio(chosen, |window| window.bytes) / std::f64::consts::LN_2, &options)?;
    let [of_tokens, of_bytes] = [
        windows.iter().map(|window| window.log_probs.len()).sum::<usize>(),
        windows.iter().map(|window| window.bytes).sum(),
    ];
    let blind = (real.config().vocab as f64).ln();
    let blind_bits = blind * of_tokens as f64 / of_bytes as f64 / std::f64::consts::LN_2;
    let end = |value: f64| match windows.len() < ENOUGH {
        true => Cell::from("–"),
        false => Cell::from(value),
    };
    let line = |value: Interval, blind: f64| row![value.estimate, end(value.low), end(value.high), blind];
    let perplexity = Interval { estimate: nats.estimate.exp(), low: nats.low.exp(), high: nats.high.exp() };
    Ok(Grid::new("prediction", &WORDS)
        .said("nats", line(nats, blind))
        .said("perplexity", line(perplexity, real.config().vocab as f64))
        .said("bits", line(bits, blind_bits))
        .said("bytes", row![of_bytes as f64 / of_tokens as f64, "–", "–", "–"])
        .table())
}

/// Surprise by the place in the window.
fn figure(findings: &mut Findings, windows: &[Window], asked: &Asked) -> Result<(), Refusal> {
    let texts: Vec<&[f64]> = windows.iter().map(|window| window.log_probs.as_slice()).collect();
    let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
    let width = (longest / BLOCKS).max(1);
    if windows.len() < ENOUGH || longest < 2 {
        findings.add("positions", Item::Tables(Vec::new()));
        return Ok(());
    }
    let options = Bootstrap { seed: asked.seed, ..Bootstrap::default() };
    let blocks = surprise_by_position(&texts, width, &options)?;
    let point = |block: &concepts::evaluation::Surprise| {
        let Interval { estimate, low, high } = block.surprise;
        ((block.position + width) as f64, estimate, low, high)
    };
    let figure = Sketch::lines("positions", &WORDS, [Log, Linear])
        .value("width", width)
        .spread("model", blocks.iter().map(point))
        .figure();
    findings.figure(figure);
    Ok(())
}
