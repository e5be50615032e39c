//! Small cases worked by hand: what larger tests leave undecided.

use concepts::decoding::{
    BeamSearch, HiddenStates, LanguageModel, LengthPenalty, contrastive_search, frequency_penalty,
};
use concepts::language_model::{Branch, Score, TreeModel};

#[test]
fn a_length_penalty_of_gnmt_divides() {
    // (5 + 7)/6 = 2
    assert_eq!(LengthPenalty::Gnmt(1.0).score(-3.0, 7), -1.5);
    assert_eq!(LengthPenalty::Gnmt(2.0).score(-3.0, 7), -0.75);
}

#[test]
fn of_equally_probable_texts_a_beam_takes_the_lower_id() {
    let tree = Branch::of([("a", 0.5, Branch::end()), ("b", 0.5, Branch::end())]);
    let found = BeamSearch::new(1, 3).run(&TreeModel::new(&tree).unwrap(), &[]).unwrap();
    assert_eq!(found.best().unwrap().tokens[0], 0);
}

#[test]
fn a_frequency_penalty_counts() {
    let mut logits = [1.0, 1.0, 1.0];
    frequency_penalty(&mut logits, &[0, 2, 0, 0], 0.5).unwrap();
    assert_eq!(logits, [-0.5, 1.0, 0.5]);
}

#[test]
fn perplexity_counts_equally_likely_choices() {
    let score = Score { log_probability: 3.0 * 0.125f64.ln(), tokens: 3 };
    assert!((score.perplexity() - 8.0).abs() < 1e-12, "{}", score.perplexity());
    assert!((score.bits_per(3) - 3.0).abs() < 1e-12);
}

/// All tokens equally probable; the hidden state is a direction for the last one.
struct Directions;

impl LanguageModel for Directions {
    type State = u32;

    fn vocab_size(&self) -> usize {
        3
    }

    fn start(&self) -> u32 {
        0
    }

    fn advance(&self, state: &mut u32, token: u32) {
        *state = token;
    }

    fn logits(&self, _: &u32, logits: &mut [f32]) {
        logits.fill(0.0);
    }

    fn end(&self) -> Option<u32> {
        None
    }
}

impl HiddenStates for Directions {
    fn hidden(&self, state: &u32) -> Vec<f32> {
        [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]][*state as usize].to_vec()
    }
}

#[test]
fn contrastive_search_shuns_the_nearest_of_all_before() {
    // After 0 and 1, token 2 is 0.8 near to one of them; 0 and 1 are 1 near to themselves.
    let text = contrastive_search(&Directions, &[0, 1], 3, 0.5, 1).unwrap();
    assert_eq!(text.tokens(), [2]);
}
