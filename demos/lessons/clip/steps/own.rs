//! A person's own similarities or embeddings.

use std::sync::Arc;

use concepts::contrastive::{ContrastiveError, Sharpness, information, lowest_loss};

use crate::kit::findings::{Cell, Findings, Matrix};
use crate::kit::grid::Grid;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::own::{Own, TEMPERATURES};
use crate::lessons::clip::setup::Setup;
use crate::{named, row};

/// A larger matrix is not printed.
const SHOWN: usize = 12;

pub(crate) fn own(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let Some(own) = &setup.own else {
        f.note("note_own", Some(WORDS.get("note_own.none")));
        f.tables("own", Vec::new());
        f.matrices("own_matrix", Vec::new());
        return Ok(f);
    };
    let n = own.similarities.nrows();
    let id = match (own.gap, own.beyond) {
        (Some(_), _) => "note_own.embeddings",
        (None, false) => "note_own.cosines",
        // Divided by 1 they are taken as they are.
        (None, true) if setup.temperature == 1.0 => "note_own.logits",
        (None, true) => "note_own.beyond",
    };
    f.note("note_own", Some(WORDS.with(id, &named![n, temperature = setup.temperature])));
    f.table("own", table(setup, own, n)?);
    let matrix = || Matrix {
        symbol: "x̂ᵢ·ŷⱼ".into(),
        caption: WORDS.get("own_matrix"),
        rows: names(&own.names[0], n),
        cols: names(&own.names[1], n),
        data: Arc::new(own.similarities.clone()),
    };
    f.matrices("own_matrix", if n <= SHOWN { vec![matrix()] } else { Vec::new() });
    Ok(f)
}

fn names(given: &[String], n: usize) -> Vec<String> {
    if given.is_empty() { (1..=n).map(|i| i.to_string()).collect() } else { given.to_vec() }
}

fn table(setup: &Setup, own: &Own, n: usize) -> Result<crate::kit::findings::Table, ContrastiveError> {
    let [rows, columns] = own.losses;
    let loss = f64::midpoint(rows, columns);
    let mut grid = Grid::new("own", &WORDS)
        .value("temperature", setup.temperature)
        .said("rows", row![rows])
        .said("columns", row![columns])
        .said("both", row![loss])
        .said("guess", row![(n as f64).ln()]);
    if !own.beyond {
        grid = grid.said("floor", row![lowest_loss(n, Sharpness::temperature(setup.temperature)?)?]);
    }
    let knows = information(n, loss);
    grid = grid
        .value("low", TEMPERATURES[0])
        .value("high", TEMPERATURES[1])
        .said("best", row![best(own)])
        .said("lowest", row![own.best.1])
        .said("information", row![knows.max(0.0)])
        .said("texts-found", row![own.recall.texts_found])
        .said("images-found", row![own.recall.images_found]);
    let none = || WORDS.get("own.unknown");
    let cell = |value: Option<f64>| value.map_or_else(|| row![none()], |value| row![value]);
    Ok(grid
        .said("gap", cell(own.gap.map(|gap| gap.distance)))
        .said("apart", cell(own.gap.map(|gap| gap.apart)))
        .table())
}

/// The best temperature, where there is one: if all find each other a smaller one is always better.
fn best(own: &Own) -> Cell {
    if own.recall.texts_found == 1.0 && own.recall.images_found == 1.0 {
        return WORDS.get("own.smaller").into();
    }
    // The search ends just short of the end of its range.
    if own.best.0 > 0.99 * TEMPERATURES[1] { WORDS.get("own.larger").into() } else { own.best.0.into() }
}
