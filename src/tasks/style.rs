//! How like a person a strategy writes, exactly.

use super::TasksError;
use super::chain::{Chain, Writer, occupancy, surprise};
use super::error::sized;
use super::words::Quantity;
use crate::decoding::{LanguageModel, Pipeline};

/// The longest text.
const LONGEST: usize = 100_000;

/// What a way of writing is like, over texts of one length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Between the pairs of a word and what follows it, here and as people write: 0 the same, 1 nothing in common.
    pub total_variation: f64,
    /// How surprising its words are to somebody who knows how people write, in nats a word, junk left out.
    pub surprise: f64,
    /// How undecided each choice is, in nats.
    pub entropy: f64,
    /// The share of tokens that are no words.
    pub junk: f64,
    /// Pairs in effect: how many equally frequent ones would be as varied.
    pub pairs: f64,
}

/// The style of `pipeline` on `writer` over texts of `length` tokens from the start.
///
/// Each choice depends on the last word alone, so what is generated is a Markov chain too, and every statistic is a
/// sum over its states. Penalties, which look further back, see the last word only.
///
/// # Formula
/// `Q(v|w)` what the pipeline leaves of `p(v|w)`; `π` how often `w` stands before a choice in `length` steps;
/// `TV = ½ Σ_{w,v} |π(w) Q(v|w) − π*(w) P(v|w)|`; surprise `−Σ π Q ln P / Σ π Q` over words; entropy `−Σ π Q ln Q`;
/// pairs `exp(−Σ πQ ln πQ)`
///
/// # Errors
/// [`TasksError`] if the length is 0 or more than 10⁵, or the strategy cannot choose.
///
/// # Reference
/// Holtzman et al. 2020, *The Curious Case of Neural Text Degeneration*: what people write is not the most probable;
/// Welleck et al. 2020, *Neural Text Generation with Unlikelihood Training*.
///
/// # Examples
/// ```
/// use concepts::decoding::{Filter, Pipeline};
/// use concepts::tasks::{Chain, Writer, style};
/// let chain = Chain::drawn(12, 0.5, 7)?;
/// let writer = Writer::new(&chain, 0.0, 1)?;
/// let sampled = style(&writer, &Pipeline::default(), 200)?;
/// let greedy = style(&writer, &Pipeline::filters([Filter::Temperature(0.0)]), 200)?;
/// assert!(sampled.total_variation < 1e-6 && greedy.total_variation > 0.5); // a model without a tail, drawn from
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn style(writer: &Writer, pipeline: &Pipeline, length: usize) -> Result<Style, TasksError> {
    sized(Quantity::Length, length, LONGEST)?;
    let words = writer.chain.words();
    let mut logits = vec![0.0; writer.vocab_size()];
    let (mut rows, mut junk) = (Vec::new(), Vec::new());
    for word in 0..words {
        writer.logits(&word, &mut logits);
        let mut row = pipeline.candidates(&logits, &[word as u32])?.dense(writer.vocab_size());
        junk.push(row.split_off(words));
        rows.push(row);
    }
    let seen = occupancy(&rows, length);
    Ok(measured(writer.chain, (&seen, &rows, &junk), length))
}

/// The style of one text: of the pairs that stand in it.
///
/// Tokens that are no words are read over. Nothing is known of how undecided its choices were: the entropy is NaN.
///
/// # Errors
/// [`TasksError`] if the text is empty or too long.
pub fn style_of_text(chain: &Chain, text: &[u32]) -> Result<Style, TasksError> {
    sized(Quantity::Length, text.len(), LONGEST)?;
    let words = chain.words();
    let mut counts = vec![vec![0.0; words]; words];
    let mut junk = vec![vec![0.0]; words];
    let mut last = 0;
    for &token in text {
        match counts[last].get_mut(token as usize) {
            Some(count) => {
                *count += 1.0;
                last = token as usize;
            }
            None => junk[last][0] += 1.0,
        }
    }
    let all: Vec<f64> =
        counts.iter().zip(&junk).map(|(row, junk)| row.iter().sum::<f64>() + junk[0]).collect();
    let share = |rows: &mut Vec<Vec<f64>>| {
        for (row, all) in rows.iter_mut().zip(&all) {
            row.iter_mut().for_each(|count| *count /= all.max(1.0));
        }
    };
    share(&mut counts);
    share(&mut junk);
    let seen: Vec<f64> = all.iter().map(|all| all / text.len() as f64).collect();
    Ok(Style { entropy: f64::NAN, ..measured(chain, (&seen, &counts, &junk), text.len()) })
}

/// Sums over all pairs of a word and what follows it.
fn measured(chain: &Chain, (seen, rows, junk): (&[f64], &[Vec<f64>], &[Vec<f64>]), length: usize) -> Style {
    let people: Vec<Vec<f64>> = (0..chain.words()).map(|word| chain.after(word).to_vec()).collect();
    let theirs = occupancy(&people, length);
    let (mut apart, mut told, mut said, mut entropy, mut spread, mut off) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for word in 0..chain.words() {
        for (&q, &p) in rows[word].iter().zip(&people[word]) {
            apart += (seen[word] * q - theirs[word] * p).abs();
            told += seen[word] * surprise(q, p);
            said += seen[word] * q;
            entropy += seen[word] * surprise(q, q);
            spread += surprise(seen[word] * q, seen[word] * q);
        }
        for &q in &junk[word] {
            off += seen[word] * q;
            entropy += seen[word] * surprise(q, q);
            spread += surprise(seen[word] * q, seen[word] * q);
        }
    }
    Style {
        total_variation: (apart + off) / 2.0,
        surprise: told / said,
        entropy,
        junk: off,
        pairs: libm::exp(spread),
    }
}
