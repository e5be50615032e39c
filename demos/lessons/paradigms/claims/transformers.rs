//! C6, C7: no transformer, no attention.

use concepts::classical::{ClassicalError, Language, tagged};
use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::paradigms::experiments::chains::{
    Neighbour, WORDS as LENGTH, disagreements, far_word_in_attention, far_word_in_chain,
};
use crate::lessons::paradigms::experiments::tagging::{By, left_out, shuffled_tags};

/// Of the taggers of the claims.
const SMOOTHING: f64 = 0.1;

/// C6: both are transformers
pub(crate) fn transformer(c: &mut Case) -> Checked {
    const DRAWS: usize = 200;
    let sentences = tagged(Language::English);
    let rule = left_out(&sentences, By::Commonest, SMOOTHING)?;
    let (share, n) = (rule.word_share(), rule.of_words);
    let bound = share + 4.0 * (share * (1.0 - share) / n as f64).sqrt();
    let right = left_out(&sentences, By::Chain, SMOOTHING)?;
    let mixed = left_out(&shuffled_tags(&sentences, c.seed), By::Chain, SMOOTHING)?;
    let seed = c.seed;
    c.value("draws", DRAWS).value("length", LENGTH).value("sentences", sentences.len());
    c.value("rule", share).value("chain", right.word_share());
    c.as_written(|t| {
        t.at_most("without", right.word_share(), bound).over(n);
    });
    let [back, forward] =
        [disagreements(DRAWS, true, seed)?, disagreements(DRAWS, false, seed)?].map(|count| count as f64);
    c.corrected(Wrong, (right, back), |t, (tagger, off)| {
        t.exactly("every-path", off, 0.0).over(DRAWS).drawn();
        t.at_least("works", tagger.word_share(), bound).over(n);
    })
    .control("greedy", (right, forward))
    .control("shuffled", (mixed, back));
    Ok(())
}

/// C7: both rely on self-attention
pub(crate) fn self_attention(c: &mut Case) -> Checked {
    const DRAWS: usize = 100;
    let seed = c.seed;
    let chain = |neighbour: Neighbour| -> Result<usize, ClassicalError> {
        let mut rng = rng(seed, "Q9 far words");
        let mut matters = 0;
        for _ in 0..DRAWS {
            matters += usize::from(far_word_in_chain(neighbour, &mut rng)? > EXACT_F64);
        }
        Ok(matters)
    };
    let mut draws = rng(seed, "Q9 far words attended");
    let mut attended = 0;
    for _ in 0..DRAWS {
        attended += usize::from(far_word_in_attention(&mut draws)? > EXACT_F64);
    }
    let (far, unknown) = (chain(Neighbour::Known)?, chain(Neighbour::Unknown)?);
    c.value("draws", DRAWS).value("length", LENGTH).value("attended", attended);
    c.as_written(|t| {
        t.at_least("relies", far as f64, 1.0).over(DRAWS).drawn();
    });
    c.corrected(Wrong, far, |t, matters| {
        t.exactly("matters", matters as f64, 0.0).over(DRAWS).drawn();
    })
    .control("unknown-neighbour", unknown);
    Ok(())
}
