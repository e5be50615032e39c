//! WordPiece on the same nine words: the numbers that could decide, side by side.

use concepts::tokenizer::wordpiece::{Candidate, Criterion};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::experiments::criteria::{CRITERIA, best, first_table, order};
use crate::row;

/// Merges that are shown of each criterion.
const SHOWN: usize = 7;

pub(crate) fn criteria(f: &mut Findings) {
    f.formula(
        "f_score",
        r"\mathrm{score}(x, y) = \frac{P(xy)}{P(x)\,P(y)} = N\,\frac{c(xy)}{c(x)\,c(y)}",
        "score(x, y) = P(xy) / (P(x)·P(y)) = N · c(xy) / (c(x)·c(y))",
    );
    f.formula(
        "f_likelihood",
        r"L = \sum_x c(x) \ln \frac{c(x)}{N},\qquad \Delta L = L' - L",
        "L = Σ_x c(x)·ln(c(x)/N)    ΔL = L′ − L",
    );
    let table = first_table();
    f.number("pieces_before", table.as_ref().map_or(f64::NAN, |table| table.tokens as f64));
    f.table("candidates", candidates());
    f.table("orders", orders());
}

/// What a criterion looks at.
type Score = fn(&Candidate) -> f64;

fn candidates() -> Table {
    let table = first_table().ok();
    let found = table.as_ref().map(|table| &table.candidates[..]).unwrap_or_default();
    let most = |score: Score| table.as_ref().and_then(|table| best(table, score)).map(score);
    let scores: [(Score, usize); 4] =
        [(|c| c.count as f64, 0), (|c| c.ratio, 5), (|c| c.estimated_gain, 3), (|c| c.likelihood_gain, 3)];
    let row = |candidate: &Candidate| {
        let numbers = scores.iter().map(|&(score, decimals)| {
            let value = score(candidate);
            let mark = if most(score) == Some(value) { "● " } else { "" };
            Cell::from(format!("{mark}{value:.decimals$}"))
        });
        std::iter::once(Cell::from(format!("{} {}", candidate.left, candidate.right)))
            .chain(numbers)
            .collect()
    };
    Grid::new("candidates", &WORDS).rows(found.iter().map(row)).table()
}

fn orders() -> Table {
    let mut grid = Grid::new("orders", &WORDS);
    for criterion in CRITERIA {
        grid = grid.said(id(criterion), row![order(criterion, SHOWN).join("  ")]);
    }
    grid.table()
}

fn id(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Frequency => "frequency",
        Criterion::Ratio => "ratio",
        Criterion::Likelihood => "likelihood",
        Criterion::Perplexity => "perplexity",
    }
}
