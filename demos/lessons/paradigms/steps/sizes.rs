//! How many numbers each model learns.

use concepts::budget::BudgetError;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::experiments::sizes::{LSTM, NAME_TAGS, Sized, sizes as all};
use crate::lessons::paradigms::setup::Setup;
use crate::row;

/// The models of this page, from small to large.
pub(crate) fn of(setup: &Setup) -> Result<Vec<Sized>, BudgetError> {
    let tagger = setup.tagger.model();
    let classifier = (setup.data.names.len() as u64, setup.vocabulary.len() as u64);
    all((tagger.tags() as u64, tagger.symbols() as u64), classifier)
}

pub(crate) fn sizes(setup: &Setup) -> Result<Findings, BudgetError> {
    let mut f = Findings::default();
    f.formula("f_lstm", r"4h(d + h + 1)", "4h·(d + h + 1)");
    f.number("lstm_words", LSTM.words as f64);
    f.number("lstm_width", LSTM.embedding as f64);
    f.number("lstm_hidden", LSTM.hidden as f64);
    f.number("lstm_layers", LSTM.layers as f64);
    f.number("name_tags", NAME_TAGS as f64);
    let mut grid = Grid::new("sizes", &WORDS);
    let all = of(setup)?;
    let of_id = |id: &str| all.iter().find(|model| model.id == id).map_or(0, |model| model.parameters);
    f.number("tagger_size", of_id("hidden") as f64);
    f.number("bert_size", of_id("bert-base") as f64);
    f.number("t5_size", of_id("t5-11b") as f64);
    f.number("gpt_size", of_id("gpt-3") as f64);
    for model in &all {
        let (_, takes) = match model.id {
            id if !model.classical => (id, "prompted"),
            id if id.starts_with("bert") || id.starts_with("t5") => (id, "tuned"),
            id => (id, "own"),
        };
        let era = grid.word(takes);
        grid = grid.said(model.id, row![model.parameters, era]);
    }
    f.table("sizes", grid.table());
    Ok(f)
}
