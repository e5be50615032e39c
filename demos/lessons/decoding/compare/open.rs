//! What is advised for open-ended text, tested where it is known how people write: draws.

use concepts::decoding::{Filter, Pipeline};
use concepts::tasks::{Chain, Style, TasksError, Writer, style, style_of_text};

use super::tables::{percent, two};
use super::tasks::{COLD, P};
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::number::short;
use crate::lessons::decoding::WORDS;
use crate::row;

/// A small share of the best token's probability.
pub(super) const MIN_P: f64 = 0.05;

/// Open-ended text by strategy: how far from how people write, exactly.
pub(super) struct Open {
    pub(super) rows: Vec<(&'static str, Style)>,
    people: f64,
}

/// Words of the language, the mass of the model's tail, and the tokens of a text.
pub(super) const LANGUAGE: usize = 40;
pub(super) const TAIL: f64 = 0.05;
pub(super) const LENGTH: usize = 200;

/// The strategies by the ids of their words.
pub(super) fn filters() -> [(&'static str, Vec<Filter>); 5] {
    [
        ("greedy", vec![Filter::Temperature(0.0)]),
        ("sampling", Vec::new()),
        ("cold", vec![Filter::Temperature(COLD)]),
        ("top-p", vec![Filter::TopP(P)]),
        ("min-p", vec![Filter::MinP(MIN_P)]),
    ]
}

pub(super) fn open(seed: u64) -> Result<Open, TasksError> {
    let one = |(id, filters)| Ok((id, styled(filters, seed)?));
    let mut rows: Vec<_> = filters().into_iter().map(one).collect::<Result<_, TasksError>>()?;
    let chain = language(seed)?;
    rows.insert(1, ("mode", style_of_text(&chain, &chain.most_probable(LENGTH))?));
    Ok(Open { rows, people: chain.entropy_rate(LENGTH) })
}

pub(super) fn language(seed: u64) -> Result<Chain, TasksError> {
    Chain::drawn(LANGUAGE, 0.3, seed)
}

/// How open-ended text reads that these filters let through, in the language of a seed.
pub(crate) fn styled(filters: Vec<Filter>, seed: u64) -> Result<Style, TasksError> {
    let chain = language(seed)?;
    style(&Writer::new(&chain, TAIL, LANGUAGE)?, &Pipeline::filters(filters), LENGTH)
}

pub(super) fn open_table(open: &Open) -> Table {
    let grid = Grid::new("open_ended", &WORDS)
        .value("people", open.people)
        .value("tail", percent(TAIL))
        .value("length", LENGTH)
        .value("cold", short(COLD))
        .value("p", short(P))
        .value("min-p", short(MIN_P));
    open.rows
        .iter()
        .fold(grid, |grid, (id, of)| {
            grid.said(id, row![two(of.total_variation), two(of.surprise), percent(of.junk)])
        })
        .table()
}
