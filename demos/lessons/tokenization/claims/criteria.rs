//! C13, C14: what WordPiece merges.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::tokenizer::wordpiece::{Candidate, Criterion, Step};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::kit::text::Text;
use crate::lessons::tokenization::experiments::counting::{Score, from_counts};
use crate::lessons::tokenization::experiments::criteria::{
    best, bound_violations, first_table, least_per_character, order, shortfall, steps,
};
use crate::lessons::tokenization::experiments::whiteboard::CORPUS;
use crate::lessons::tokenization::listing::listing;

/// Merges after which the criteria have drifted apart.
const FEW: usize = 5;

/// The first merges under a criterion, beside those of a trainer that counts apart from the library.
fn agreeing(criterion: Criterion, score: Score) -> usize {
    let words = CORPUS.map(|(word, count)| (word.to_string(), count));
    let own = from_counts(&words, score, FEW).merged;
    order(criterion, FEW).iter().zip(&own).filter(|(a, b)| a == b).count()
}

/// What few merges gain together, less the change of the corpus's likelihood.
fn left_over(steps: &[Step]) -> f64 {
    let gained: f64 = steps.iter().take(FEW).map(|step| step.best().likelihood_gain).sum();
    let change = match (steps.first(), steps.get(FEW)) {
        (Some(first), Some(last)) => last.log_likelihood - first.log_likelihood,
        _ => f64::NAN,
    };
    gained - change
}

/// C13: the pair that lowers perplexity most
pub(crate) fn least_perplexity(c: &mut Case) -> Checked {
    let [likelihood, perplexity] =
        [Criterion::Likelihood, Criterion::Perplexity].map(|criterion| order(criterion, FEW));
    let same = likelihood.iter().zip(&perplexity).take_while(|(a, b)| a == b).count();
    let apart = agreeing(Criterion::Likelihood, Score::Likelihood)
        + agreeing(Criterion::Perplexity, Score::Perplexity);
    c.as_written(|t| {
        t.exactly("agree", same as f64, FEW as f64);
    });
    c.value("likelihood", listing(Text::each(&likelihood)));
    c.value("perplexity", listing(Text::each(&perplexity)));
    c.corrected(Degree::Qualified, Criterion::Likelihood, |t, criterion| {
        let steps = steps(criterion, FEW + 1);
        t.at_most("short", shortfall(&steps), EXACT_F64 * 100.0).over(steps.len());
        t.near("sum", left_over(&steps), 0.0, EXACT_F64 * 100.0);
        t.exactly("per-character", least_per_character(&steps, FEW) as f64, FEW as f64);
        t.exactly("apart", apart as f64, 2.0 * FEW as f64);
    })
    .control("per-token", Criterion::Perplexity);
    Ok(())
}

/// A gain in likelihood, found from a candidate and the number of tokens.
type Gain = fn(&Candidate, f64) -> f64;

/// The piece that the best pair makes.
fn choice(table: &Step, score: impl Fn(&Candidate) -> f64) -> &str {
    best(table, score).map_or("", |candidate| &candidate.merged)
}

/// A number of the pair that makes this piece.
fn of(table: &Step, merged: &str, score: impl Fn(&Candidate) -> f64) -> f64 {
    table.candidates.iter().find(|candidate| candidate.merged == merged).map_or(f64::NAN, score)
}

/// C14: the same as the largest score. A world is a way to find the gain in likelihood.
pub(crate) fn ratio_is_likelihood(c: &mut Case) -> Checked {
    let table = first_table()?;
    let tokens = table.tokens as f64;
    let [count, ratio, gained]: [fn(&Candidate) -> f64; 3] =
        [|c| c.count as f64, |c| c.ratio, |c| c.likelihood_gain];
    let [by_count, by_ratio, by_gain] = [count, ratio, gained].map(|score| choice(&table, score));
    let [ratio_gain, gain_gain] = [by_ratio, by_gain].map(|merged| of(&table, merged, gained));
    c.as_written(|t| {
        t.at_least("loses", ratio_gain - gain_gain, 0.0);
    });
    c.value("by_count", by_count).value("by_ratio", by_ratio).value("by_gain", by_gain);
    c.value("ratio_score", of(&table, by_ratio, ratio)).value("ratio_gain", ratio_gain);
    c.value("gain_score", of(&table, by_gain, ratio)).value("gain_gain", gain_gain);
    let counted: Gain = |candidate, _| candidate.likelihood_gain;
    c.corrected(Degree::Wrong, counted, |t, gain| {
        let gain = |candidate: &Candidate| gain(candidate, tokens);
        let mut firsts = [by_count, by_ratio, choice(&table, gain)];
        firsts.sort_unstable();
        let different = firsts.chunk_by(|a, b| a == b).count();
        let pairs = table.candidates.len();
        t.exactly("different", different as f64, 3.0).over(pairs);
        t.near("lo", of(&table, "lo", gain), 15.456, 5e-4);
        t.near("st", of(&table, "##st", gain), 13.308, 5e-4);
        t.exactly("bound", bound_violations(&table, gain) as f64, 0.0).over(pairs);
    })
    .control("log-score", |candidate, tokens| (candidate.ratio * tokens).ln());
    Ok(())
}
