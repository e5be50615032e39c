//! Judges that like length or the first place, and users who like agreement.

use concepts::numerics::sigmoid;
use concepts::preference::{Judged, PreferenceError, expected, fit_reward, optimum};
use ndarray::Array2;

use super::pipeline::{FILLING, Pipeline};

/// A judge: what a word more and what the first place is worth to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge {
    pub word: f64,
    pub first: f64,
}

/// How often an answer with one filling word more wins against the same answer without: shown first, and shown second.
pub(crate) fn longer_wins(judge: Judge) -> [f64; 2] {
    [1.0, -1.0].map(|place| sigmoid(judge.word - FILLING + place * judge.first))
}

/// What a judge's verdicts say if length is a feature of its own: the weight of a word, over all pairs of answers.
pub(crate) fn weight_of_a_word(p: &Pipeline, judge: Judge) -> Result<[f64; 2], PreferenceError> {
    let answers = p.language.answers();
    let length = |y: usize| p.language.words_of(y).len() as f64;
    let features = Array2::from_shape_fn((answers, 2), |(y, f)| if f == 0 { p.gold[y] } else { length(y) });
    let mut judged = Vec::new();
    for first in 0..answers {
        for second in (0..answers).filter(|&second| second != first) {
            let lead = p.gold[first] - p.gold[second] + judge.word * (length(first) - length(second));
            judged.push(Judged { first, second, preferred: sigmoid(lead) });
        }
    }
    let weights = fit_reward(&features, &judged, 0.0)?;
    Ok([weights[0], weights[1]])
}

/// Users of whom a share is right; their rating counts agreement for this much, and truth for 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Users {
    pub right: f64,
    pub agreement: f64,
}

/// Mean rating, share of true answers and share of agreement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rated {
    pub rating: f64,
    pub truth: f64,
    pub agrees: f64,
}

/// How often the model says the truth at first.
pub(crate) const HONEST: f64 = 0.9;

/// Of a model that mostly says the truth, and of the same model after optimising the rating.
pub(crate) fn flattered(users: Users, beta: f64) -> Result<[Rated; 2], PreferenceError> {
    let mut all = [Rated { rating: 0.0, truth: 0.0, agrees: 0.0 }; 2];
    for (share, right) in [(users.right, 1.0), (1.0 - users.right, 0.0)] {
        // Two answers: to agree, which is true if the user is right, and to contradict.
        let truth = [right, 1.0 - right];
        let rating = [users.agreement + truth[0], truth[1]];
        let first = truth.map(|truth| if truth == 1.0 { HONEST } else { 1.0 - HONEST });
        let best = optimum(&first, &rating, beta)?.policy;
        for (policy, sum) in [first.to_vec(), best].iter().zip(&mut all) {
            sum.rating += share * expected(policy, &rating);
            sum.truth += share * expected(policy, &truth);
            sum.agrees += share * policy[0];
        }
    }
    Ok(all)
}

/// Success of two models, by kind of question: how many were asked, and how many went well.
pub(crate) struct Kind {
    pub id: &'static str,
    pub honest: [usize; 2],
    pub flattering: [usize; 2],
}

/// Questions of two kinds, in the logs of two models: users bring the hard ones to the honest model.
pub(crate) const LOGS: [Kind; 2] = [
    Kind { id: "easy", honest: [300, 276], flattering: [800, 704] },
    Kind { id: "hard", honest: [700, 434], flattering: [200, 106] },
];

/// The share of successes over all kinds.
pub(crate) fn pooled(of: impl Fn(&Kind) -> [usize; 2]) -> f64 {
    let sum = |i: usize| LOGS.iter().map(|kind| of(kind)[i]).sum::<usize>() as f64;
    sum(1) / sum(0)
}
