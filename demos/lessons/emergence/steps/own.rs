//! A person's scores, or those of the run: a step or a smooth law?

use concepts::emergence::{
    Comparison, EmergenceError, Items, MOST_EXPONENT, PowerLaw, Score, clopper_pearson,
};

use super::finite::LEVEL;
use super::series::{RISE, SUDDEN};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::lessons::emergence::sizes::written;
use crate::{named, row};

/// Evidence counts from 20 to 1 on.
const LN_20: f64 = 2.995_732_273_553_991;
const MOST_EVIDENCE: f64 = 300.0;

pub(crate) fn own(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let scores = &setup.scores;
    f.words("whose", WORDS.get(whose(setup)));
    f.table("read", read(setup)?);
    let found = setup.found;
    // Where all or nothing is right any law fits, and its numbers mean nothing.
    let laws = if fits(setup)? { vec![laws(&found, setup)] } else { Vec::new() };
    f.tables("laws", laws);
    f.words("verdict", verdict(&found, setup)?);
    f.words("needed", needed(&found, setup)?);
    f.number("most_exponent", MOST_EXPONENT);
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

fn read(setup: &Setup) -> Result<Table, EmergenceError> {
    let scores = &setup.scores;
    let row = |score: &Score| -> Result<_, EmergenceError> {
        let (low, high) = clopper_pearson(score.correct, score.total, LEVEL)?;
        Ok(row![written(score.size), score.correct, score.total, score.share(), low, high])
    };
    let rows = scores.rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let grid = Grid::new("read", &WORDS);
    let first = grid.word(if scores.compute { "compute" } else { "size" });
    Ok(grid.value("first", first).rows(rows).table())
}

fn laws(found: &Comparison, setup: &Setup) -> Table {
    let grid = Grid::new("laws", &WORDS);
    let (smooth, step) = (&found.smooth, &found.step);
    let half = smooth.half_at().map_or_else(|| grid.word("no-half"), |size| Text::same(written(size)));
    let says = WORDS.with(
        "laws.smooth-says",
        &named![half, alpha = smooth.exponent, low = smooth.interval.0, high = smooth.interval.1],
    );
    let from = written(step.from);
    let jumps = WORDS.with("laws.step-says", &named![from, low = step.low, high = step.high]);
    let numbers = |count: usize, likelihood: f64, says: Text| -> Vec<Cell> { row![says, count, likelihood] };
    let grid = grid.value("sizes", setup.scores.rows.len());
    grid.said("smooth", numbers(2, smooth.log_likelihood, says))
        .said("step", numbers(3, step.log_likelihood, jumps))
        .table()
}

/// What the scores say.
fn verdict(found: &Comparison, setup: &Setup) -> Result<Text, EmergenceError> {
    let rows = &setup.scores.rows;
    let right: u64 = rows.iter().map(|row| row.correct).sum();
    let total: u64 = rows.iter().map(|row| row.total).sum();
    let decades = PowerLaw::new(1.0, found.smooth.exponent)
        .and_then(|law| law.decades_between(RISE[0], RISE[1], Items::Alike))
        .unwrap_or(f64::INFINITY);
    let id = match () {
        () if right == 0 => "verdict.nothing",
        () if right == total => "verdict.everything",
        () if rows.iter().all(|row| (row.correct as f64) < setup.chance * row.total as f64) => {
            "verdict.chance"
        }
        () if below_guess(setup)? => "verdict.below-guess",
        () if found.smooth.half_at().is_none() => "verdict.flat",
        () if found.evidence >= LN_20 && setup.chance > 0.0 => "verdict.step-guess",
        () if found.evidence >= LN_20 => "verdict.step",
        () if found.evidence <= -LN_20 && decades <= SUDDEN => "verdict.smooth-steep",
        () if found.evidence <= -LN_20 => "verdict.smooth",
        () => "verdict.open",
    };
    // Nobody reads more digits than that.
    let ratio = plain(found.evidence.abs().min(MOST_EVIDENCE).exp());
    let capped = found.evidence.abs() > MOST_EVIDENCE;
    let ratio = if capped { WORDS.with("ratio-capped", &named![ratio]) } else { Text::same(ratio) };
    Ok(WORDS.with(id, &named![ratio, most = MOST_EXPONENT, chance = setup.chance, decades]))
}

/// Is a score beyond doubt below that of a guess? No law that starts at the guess goes through it.
fn below_guess(setup: &Setup) -> Result<bool, EmergenceError> {
    for row in &setup.scores.rows {
        if clopper_pearson(row.correct, row.total, LEVEL)?.1 < setup.chance {
            return Ok(true);
        }
    }
    Ok(false)
}

/// May a law be fitted to the scores?
pub(crate) fn fits(setup: &Setup) -> Result<bool, EmergenceError> {
    let below = |row: &Score| (row.correct as f64) < setup.chance * row.total as f64;
    Ok(mixed(setup) && !setup.scores.rows.iter().all(below) && !below_guess(setup)?)
}

/// Is something right and something wrong?
fn mixed(setup: &Setup) -> bool {
    let rows = &setup.scores.rows;
    rows.iter().any(|row| row.correct > 0) && rows.iter().any(|row| row.correct < row.total)
}

/// Do the scores rise, and does no step explain them better? Then one may ask what a larger test would show.
fn may_be_smooth(found: &Comparison, setup: &Setup) -> Result<bool, EmergenceError> {
    Ok(fits(setup)? && found.smooth.half_at().is_some() && found.evidence < LN_20)
}

/// How large a test would have to be.
fn needed(found: &Comparison, setup: &Setup) -> Result<Text, EmergenceError> {
    if !may_be_smooth(found, setup)? {
        return Ok(Text::same(""));
    }
    let items = setup.scores.rows.iter().map(|row| row.total).max().unwrap_or(1) as f64;
    let factor = found.factor_if_smooth;
    if !factor.is_finite() {
        return Ok(WORDS.get("needed.never"));
    }
    let questions = (factor * items).ceil();
    let id = match () {
        () if factor > 1.0 => "needed.more",
        () if found.evidence > -LN_20 => "needed.unlucky",
        () => "needed.enough",
    };
    Ok(WORDS.with(id, &named![questions, items]))
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
