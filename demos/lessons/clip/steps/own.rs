//! A person's own similarities or embeddings.

use std::sync::Arc;

use concepts::contrastive::{ContrastiveError, Sharpness, information, lowest_loss};
use ndarray::{Array2, ArrayView1};

use crate::kit::findings::{Cell, Findings, Matrix, Table};
use crate::kit::grid::Grid;
use crate::kit::number::told_apart;
use crate::kit::text::Text;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::own::{Own, ROUNDING, TEMPERATURES};
use crate::lessons::clip::setup::Setup;
use crate::{named, row};

/// A larger matrix is not printed.
const SHOWN: usize = 12;
/// Images that another text is nearer to, at most so many by name.
const MISSED: usize = 5;

pub(crate) fn own(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let Some(own) = &setup.own else {
        f.note("note_own", Some(WORDS.get("note_own.none")));
        ["note_counted", "note_loss", "note_order", "note_missed", "note_reversed"]
            .into_iter()
            .for_each(|id| f.note(id, None));
        f.tables("own", Vec::new());
        f.matrices("own_matrix", Vec::new());
        return Ok(f);
    };
    let n = own.similarities.nrows();
    let floor = lowest_loss(n, Sharpness::temperature(setup.temperature)?)?;
    f.note("note_own", Some(whose(setup, own)));
    f.note("note_counted", own.counted.clone());
    f.note("note_loss", setup.siglip().then(|| WORDS.get("note_loss")));
    f.table("own", table(setup, own, floor));
    f.note("note_order", other_order(own));
    f.note("note_missed", missed(own));
    f.note("note_reversed", reversed(own).then(|| WORDS.get("note_reversed")));
    // What no vectors have as cosines is no product of unit vectors.
    let symbol = if own.beyond || is_impossible(own) { "sᵢⱼ" } else { "x̂ᵢ·ŷⱼ" };
    let matrix = || Matrix {
        symbol: symbol.into(),
        caption: WORDS.get("own_matrix"),
        rows: names(&own.names[0], n),
        cols: names(&own.names[1], n),
        data: Arc::new(own.similarities.clone()),
    };
    f.matrices("own_matrix", if n <= SHOWN { vec![matrix()] } else { Vec::new() });
    Ok(f)
}

/// Whose pairs, and what they are taken as.
fn whose(setup: &Setup, own: &Own) -> Text {
    let id = match (own.gap, own.beyond) {
        (Some(_), _) => "note_own.embeddings",
        (None, false) if is_impossible(own) => "note_own.impossible",
        (None, false) => "note_own.cosines",
        // Divided by 1 they are taken as they are.
        (None, true) if setup.temperature == 1.0 => "note_own.logits",
        (None, true) => "note_own.beyond",
    };
    let n = own.similarities.nrows();
    let [ahead, most] = told_apart([lead(&own.similarities), most_ahead(n)], 2);
    WORDS.with(id, &named![n, temperature = setup.temperature, ahead, most])
}

fn mean_loss(own: &Own) -> f64 {
    f64::midpoint(own.losses[0], own.losses[1])
}

/// Are pairs, rounding apart, further ahead than those of cosines can be? Embeddings have cosines. Where they are
/// not, no temperature has a loss below [`lowest_loss`]: the loss is convex in the differences.
fn is_impossible(own: &Own) -> bool {
    let most = most_ahead(own.similarities.nrows());
    own.gap.is_none() && lead(&own.similarities) > most + 2.0 * ROUNDING
}

/// By how much `n` pairs of unit vectors are more alike than the others at most, on average: `n·Σ xᵢ·yᵢ − Σ xᵢ·yⱼ`
/// is `n·Σ (xᵢ − x̄)·(yᵢ − ȳ)`, never above `n²`, and the lead is that over `n(n − 1)`.
fn most_ahead(n: usize) -> f64 {
    n as f64 / (n - 1) as f64
}

fn names(given: &[String], n: usize) -> Vec<String> {
    if given.is_empty() { (1..=n).map(|i| i.to_string()).collect() } else { given.to_vec() }
}

fn table(setup: &Setup, own: &Own, floor: f64) -> Table {
    let n = own.similarities.nrows();
    let [rows, columns] = own.losses;
    let loss = mean_loss(own);
    let mut grid = Grid::new("own", &WORDS)
        .value("temperature", setup.temperature)
        .said("rows", row![rows])
        .said("columns", row![columns])
        .said("both", row![loss])
        .said("guess", row![(n as f64).ln()]);
    if !own.beyond && !is_impossible(own) {
        grid = grid.said("floor", row![floor]);
    }
    // Without what rounding leaves of 0.
    let knows = Some(information(n, loss)).filter(|knows| knows.abs() > 1e-12).unwrap_or_default();
    grid = grid
        .value("low", TEMPERATURES[0])
        .value("high", TEMPERATURES[1])
        .said("best", row![best(own)])
        .said("lowest", row![own.best.1])
        .said("information", row![knows])
        .said("texts-found", row![own.recall.texts_found])
        .said("images-found", row![own.recall.images_found]);
    let none = || WORDS.get("own.unknown");
    let cell = |value: Option<f64>| value.map_or_else(|| row![none()], |value| row![value]);
    grid.said("gap", cell(own.gap.map(|gap| gap.distance)))
        .said("apart", cell(own.gap.map(|gap| gap.apart)))
        .table()
}

/// The best temperature, where there is one: if all find each other a smaller one is always better.
fn best(own: &Own) -> Cell {
    if own.recall.texts_found == 1.0 && own.recall.images_found == 1.0 {
        return WORDS.get("own.smaller").into();
    }
    if all_equal(&own.similarities) {
        return WORDS.get("own.any").into();
    }
    // The slope of the loss at 1/τ = 0 is what the others are ahead by, and the loss is convex.
    if lead(&own.similarities) <= 0.0 { WORDS.get("own.larger").into() } else { own.best.0.into() }
}

/// Are all similarities the same, rounding apart? Then a softmax sees nothing, at any temperature.
fn all_equal(similarities: &Array2<f64>) -> bool {
    let most = similarities.fold(0.0, |most: f64, s| most.max(s.abs()));
    let first = similarities[[0, 0]];
    similarities.iter().all(|s| (s - first).abs() <= 1e-12 * most)
}

/// By how much pairs are more alike than the others, on average; 0 where only rounding says so.
fn lead(similarities: &Array2<f64>) -> f64 {
    let n = similarities.nrows() as f64;
    let (pairs, all) = (similarities.diag().sum(), similarities.sum());
    let lead = pairs / n - (all - pairs) / (n * (n - 1.0));
    let most = similarities.fold(0.0, |most: f64, s| most.max(s.abs()));
    if lead.abs() <= 1e-12 * most { 0.0 } else { lead }
}

/// Images to which another text is at least as near as their own, with that text; the first of them.
fn missed(own: &Own) -> Option<Text> {
    let n = own.similarities.nrows();
    let [images, texts] = own.names.each_ref().map(|given| names(given, n));
    let rows = own.similarities.outer_iter().enumerate();
    let nearest = |(i, row): (usize, ArrayView1<f64>)| {
        let others = row.iter().enumerate().filter(|(j, _)| *j != i);
        let (j, most) = others.max_by(|a, b| a.1.total_cmp(b.1))?;
        (*most >= row[i]).then(|| format!("{} → {}", images[i], texts[j]))
    };
    let mut found: Vec<String> = rows.filter_map(nearest).collect();
    if found.is_empty() {
        return None;
    }
    if found.len() > MISSED {
        found.truncate(MISSED);
        found.push("…".into());
    }
    let list = |between: &str| found.join(between);
    Some(WORDS.with("note_missed", &named![names = Text::new(list(", "), list("、"))]))
}

/// The same names on both sides in another order: pairs are taken by order, which may not be what was meant.
fn other_order(own: &Own) -> Option<Text> {
    let [images, texts] = &own.names;
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    let i = images.iter().zip(texts).position(|(image, text)| image != text)?;
    let (pair, image, text) = (i + 1, images[i].as_str(), texts[i].as_str());
    (sorted(images) == sorted(texts)).then(|| WORDS.with("note_order", &named![pair, image, text]))
}

/// Are pairs less alike than the others? Then columns stand in another order, or these are distances.
fn reversed(own: &Own) -> bool {
    lead(&own.similarities) < 0.0
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn pairs_are_ahead_or_behind_whatever_the_scale() {
        let scores = array![[1000.0, 200.0, 900.0], [800.0, 950.0, 1000.0], [0.0, 300.0, 700.0]];
        assert!(lead(&scores) > 0.0 && lead(&(&scores * 1e-9)) > 0.0);
        assert!(lead(&array![[-0.5, 0.5], [0.5, -0.5]]) < 0.0);
        assert_eq!(lead(&Array2::from_elem((3, 3), 0.1)), 0.0);
    }

    #[test]
    fn no_directions_are_further_ahead_than_those_of_a_simplex() {
        let simplex = array![[1.0, -0.5, -0.5], [-0.5, 1.0, -0.5], [-0.5, -0.5, 1.0]];
        assert!((lead(&simplex) - most_ahead(3)).abs() < 1e-12);
        assert!((lead(&array![[1.0, -1.0], [-1.0, 1.0]]) - most_ahead(2)).abs() < 1e-12);
    }
}
