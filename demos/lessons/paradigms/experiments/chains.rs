//! Best paths against every path, and what a word far away changes.

use concepts::attention::{Mask, attention};
use concepts::classical::{ClassicalError, HiddenMarkov, every_path};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};
use rand::Rng;

/// Words of a drawn sentence, and symbols to choose from.
pub(crate) const WORDS: usize = 5;
pub(crate) const SYMBOLS: usize = 4;

/// A drawn model of two to four tags, and a sentence.
pub(crate) fn drawn(rng: &mut impl Rng) -> Result<(HiddenMarkov, Vec<usize>), ClassicalError> {
    let tags = rng.random_range(2..=4);
    let mut table = |rows: usize, width: usize| softmax_rows(&normal((rows, width), 1.0, rng));
    let (start, transition, emission) = (table(1, tags), table(tags, tags), table(tags, SYMBOLS));
    let words = (0..WORDS).map(|_| rng.random_range(0..SYMBOLS)).collect();
    Ok((HiddenMarkov::new(start.row(0).to_owned(), transition, emission)?, words))
}

/// Tags word by word: the best next one, without going back.
fn greedy(model: &HiddenMarkov, words: &[usize]) -> Result<Vec<usize>, ClassicalError> {
    let mut path = Vec::new();
    for t in 1..=words.len() {
        let chain = model.chain(&words[..t])?;
        let score = |tag: usize| chain.score(&[&path[..], &[tag]].concat()).unwrap_or(f64::NEG_INFINITY);
        let best = (0..model.tags()).fold(0, |best, tag| if score(tag) > score(best) { tag } else { best });
        path.push(best);
    }
    Ok(path)
}

/// Of `draws` sentences those on which a decoder finds a path worse than the best of all. Two paths may be equal but
/// for the order of their terms, so scores are compared.
pub(crate) fn disagreements(draws: usize, back: bool, seed: u64) -> Result<usize, ClassicalError> {
    let mut rng = rng(seed, "Q9 paths");
    let mut off = 0;
    for _ in 0..draws {
        let (model, words) = drawn(&mut rng)?;
        let chain = model.chain(&words)?;
        let best = every_path(&chain)?.iter().map(|path| path.1).fold(f64::NEG_INFINITY, f64::max);
        let found = if back { model.viterbi(&words)?.tags } else { greedy(&model, &words)? };
        off += usize::from(best - chain.score(&found)? > EXACT_F64 * best.abs().max(1.0));
    }
    Ok(off)
}

/// Is the tag before the last one known?
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Neighbour {
    Known,
    Unknown,
}

/// How much the tag of the last word moves when the first word is replaced: the largest change of
/// `P(yₙ = j | yₙ₋₁ = i, x)` where the tag before the last is known, else of `P(yₙ = j | x)`.
pub(crate) fn far_word_in_chain(neighbour: Neighbour, rng: &mut impl Rng) -> Result<f64, ClassicalError> {
    let (model, mut words) = drawn(rng)?;
    let before = last_tag(&model, &words, neighbour)?;
    words[0] = (words[0] + 1) % SYMBOLS;
    let after = last_tag(&model, &words, neighbour)?;
    Ok((before - after).fold(0.0, |most: f64, change| most.max(change.abs())))
}

/// The chances of the last tag, from all paths: a row for each tag beside it, or one row where that is not known.
fn last_tag(
    model: &HiddenMarkov,
    words: &[usize],
    neighbour: Neighbour,
) -> Result<Array2<f64>, ClassicalError> {
    let mut joint = Array2::zeros((model.tags(), model.tags()));
    for (path, score) in every_path(&model.chain(words)?)? {
        joint[[path[WORDS - 2], path[WORDS - 1]]] += score.exp();
    }
    if neighbour == Neighbour::Unknown {
        joint = joint.sum_axis(Axis(0)).insert_axis(Axis(0));
    }
    for mut row in joint.rows_mut() {
        row /= row.sum();
    }
    Ok(joint)
}

/// The same for self-attention: the largest change of the last word's output when the first word is replaced and
/// the others stay.
pub(crate) fn far_word_in_attention(rng: &mut impl Rng) -> Result<f64, concepts::attention::AttentionError> {
    let mut x = normal((WORDS, SYMBOLS), 1.0, rng);
    let last = |x: &Array2<f64>| {
        attention(x.view(), x.view(), x.view(), &Mask::None).map(|out| out.row(WORDS - 1).to_owned())
    };
    let before = last(&x)?;
    x.row_mut(0).assign(&normal((1, SYMBOLS), 1.0, rng).row(0));
    Ok((before - last(&x)?).fold(0.0, |most: f64, change| most.max(change.abs())))
}
