//! A person's scores, or those of the run, and the two laws that are fitted to them.

use concepts::emergence::{Comparison, EmergenceError, Items, MOST_EXPONENT, Score, clopper_pearson};

use super::finite::LEVEL;
use super::verdict::{Verdict, fits, level};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::{told_apart, unrounded};
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::lessons::emergence::sizes::{among, written};
use crate::{named, row};

pub(crate) fn own(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let scores = &setup.scores;
    f.words("whose", WORDS.get(whose(setup)));
    f.table("read", read(setup)?);
    let found = setup.found;
    // Where all or nothing is right any law fits, and its numbers mean nothing.
    let (laws, id) = match fits(setup)? {
        true => (vec![laws(&found, setup)], "explanations"),
        false => (Vec::new(), "explanations.none"),
    };
    f.words("explanations", WORDS.with(id, &named![most = MOST_EXPONENT]));
    f.tables("laws", laws);
    let verdict = Verdict::of(setup)?;
    f.words("verdict", verdict.said(setup));
    f.words("needed", verdict.needed(setup));
    f.note(
        "note_chance",
        (setup.chance > 0.0 && fits(setup)?)
            .then(|| WORDS.with("note_chance", &named![chance = setup.chance])),
    );
    let unused = Text::list(&scores.unused);
    f.note("note_unused", (!scores.unused.is_empty()).then(|| WORDS.with("note_unused", &named![unused])));
    f.note("note_logs", logs(setup));
    Ok(f)
}

/// Whose scores, and drawn from which law?
fn whose(setup: &Setup) -> &'static str {
    match () {
        () if setup.scores.own => "whose.own",
        () if setup.chance > 0.0 => "whose.run-guess",
        () if setup.test.items == Items::Mixed => "whose.run-mixed",
        () => "whose.run",
    }
}

/// A count with all of its digits: it is a person's own, or the number of questions that a person asked for.
fn in_full(count: u64) -> Cell {
    unrounded(count as f64)
}

fn read(setup: &Setup) -> Result<Table, EmergenceError> {
    let scores = &setup.scores;
    let sizes: Vec<f64> = scores.rows.iter().map(|row| row.size).collect();
    let row = |score: &Score| -> Result<_, EmergenceError> {
        let (low, high) = clopper_pearson(score.correct, score.total, LEVEL)?;
        let [correct, total] = [score.correct, score.total].map(in_full);
        Ok(row![among(score.size, &sizes), correct, total, score.share(), low, high])
    };
    let rows = scores.rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let grid = Grid::new("read", &WORDS);
    let first = grid.word(if scores.compute { "compute" } else { "size" });
    Ok(grid.value("first", first).rows(rows).table())
}

fn laws(found: &Comparison, setup: &Setup) -> Table {
    let grid = Grid::new("laws", &WORDS);
    let (smooth, step) = (&found.smooth, &found.step);
    // No model has less than one parameter; compute is counted in any unit.
    let half = smooth.half_at().filter(|size| setup.scores.compute || *size >= 1.0);
    // Where a law is level, rounding decides where it would be half-way.
    let half = half.filter(|_| !level(setup));
    let half = half.map_or_else(|| grid.word("no-half"), |size| Text::same(written(size)));
    let says = WORDS.with(
        "laws.smooth-says",
        &named![half, alpha = smooth.exponent, low = smooth.interval.0, high = smooth.interval.1],
    );
    let sizes: Vec<f64> = setup.scores.rows.iter().map(|row| row.size).collect();
    let (from, [low, high]) = (among(step.from, &sizes), told_apart([step.low, step.high], 3));
    let jumps = WORDS.with("laws.step-says", &named![from, low, high]);
    let numbers = |count: usize, likelihood: f64, says: Text| -> Vec<Cell> { row![says, count, likelihood] };
    let grid = grid.value("sizes", setup.scores.rows.len());
    grid.said("smooth", numbers(2, smooth.log_likelihood, says))
        .said("step", numbers(3, step.log_likelihood, jumps))
        .table()
}

/// The log-likelihood of the person's file, by decade of size.
fn logs(setup: &Setup) -> Option<Text> {
    let logs = setup.scores.log_likelihood.as_ref()?;
    let (first, last) = (setup.scores.rows.first()?, setup.scores.rows.last()?);
    let decades = (last.size / first.size).log10();
    let rises = logs.windows(2).filter(|pair| pair[1] > pair[0]).count();
    let gain = (logs.last()? - logs.first()?) / decades;
    // Scores that rise while the log-likelihood falls, or one above 0, look like −ln p.
    let turned = (gain < 0.0 && last.share() > first.share()) || logs.iter().any(|log| *log > 0.0);
    let id = if turned { "note_logs.turned" } else { "note_logs" };
    Some(WORDS.with(id, &named![gain, rises, steps = logs.len() - 1]))
}
