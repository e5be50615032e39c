//! Beam search: the library's, and a naive one to hold it against.

use concepts::decoding::{BeamSearch, LanguageModel};

/// The most probable text that `beams` prefixes find, without a length penalty; none on an error.
pub(crate) fn best<M: LanguageModel>(model: &M, beams: usize, most: usize) -> Vec<u32> {
    let found = BeamSearch::new(beams, most).run(model, &[]);
    found.ok().and_then(|found| found.best().map(|best| best.tokens.clone())).unwrap_or_default()
}

/// The texts that `beams` prefixes end with, the best first; none on an error.
pub(crate) fn n_best<M: LanguageModel>(model: &M, beams: usize, most: usize) -> Vec<Vec<u32>> {
    let search = BeamSearch { n_best: beams, ..BeamSearch::new(beams, most) };
    let found = search.run(model, &[]);
    found.map(|found| found.hypotheses.into_iter().map(|text| text.tokens).collect()).unwrap_or_default()
}

/// Beam search without any finesse: all prefixes, all continuations, sorted. With `one_child_each` every
/// prefix keeps its own best continuation, which is wrong.
pub(crate) fn naive<M: LanguageModel>(
    model: &M,
    beams: usize,
    steps: usize,
    one_child_each: bool,
) -> Vec<Vec<u32>> {
    let mut open = vec![(0.0, Vec::new(), model.start())];
    let mut done: Vec<(f64, Vec<u32>)> = Vec::new();
    let mut logits = vec![0.0; model.vocab_size()];
    for step in 0..steps {
        let mut longer = Vec::new();
        for (score, prefix, state) in &open {
            model.logits(state, &mut logits);
            let mut own: Vec<(f64, Vec<u32>, M::State)> = Vec::new();
            for (token, &logit) in logits.iter().enumerate().filter(|(_, logit)| **logit > f32::NEG_INFINITY)
            {
                let mut next = state.clone();
                model.advance(&mut next, token as u32);
                own.push((score + f64::from(logit), [prefix.as_slice(), &[token as u32]].concat(), next));
            }
            own.sort_by(|a, b| b.0.total_cmp(&a.0));
            if one_child_each && step > 0 {
                own.truncate(1);
            }
            longer.extend(own);
        }
        longer.sort_by(|a, b| b.0.total_cmp(&a.0));
        longer.truncate(beams);
        open.clear();
        for (score, prefix, state) in longer {
            let ended = prefix.last().copied() == model.end() && model.end().is_some();
            if ended { done.push((score, prefix)) } else { open.push((score, prefix, state)) }
        }
    }
    done.extend(open.into_iter().map(|(score, prefix, _)| (score, prefix)));
    done.sort_by(|a, b| b.0.total_cmp(&a.0));
    done.into_iter().map(|(_, prefix)| prefix).collect()
}
