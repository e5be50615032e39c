/// What can be wrong with comparisons, rewards or settings.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PreferenceError {
    /// Nothing was compared.
    #[error("preference: there is no comparison; give at least one winner and loser")]
    NoComparisons,
    /// Somebody won against themself.
    #[error(
        "preference: comparison {comparison} has {player} against {player}; a comparison needs two different players"
    )]
    Themself {
        /// The comparison, from 1.
        comparison: usize,
        /// Who.
        player: String,
    },
    /// The comparisons fall into groups that never met.
    #[error(
        "preference: {} were never compared with {}; strengths of groups that never met cannot be put on one scale, compare one of each", .group.join(", "), .others.join(", ")
    )]
    Apart {
        /// The players of one group.
        group: Vec<String>,
        /// Players outside of it.
        others: Vec<String>,
    },
    /// Some players never lost to any of the others.
    #[error(
        "preference: {} never lost to {}{}; the likelihood grows without end as their strength does, so there is no fit: add comparisons with the other outcome, or leave them out", .group.join(", "), .others.join(", "), bottom(.never_won)
    )]
    NeverLoses {
        /// The players that never lost outside of their group.
        group: Vec<String>,
        /// The others.
        others: Vec<String>,
        /// Of the others, a group that never won outside of itself, where it is not all of them.
        never_won: Vec<String>,
    },
    /// The fit did not settle.
    #[error(
        "preference: after {steps} steps the fit has not settled: some players nearly always win; add comparisons that they lost, or leave them out"
    )]
    Unsettled {
        /// Steps made.
        steps: usize,
    },
    /// The weight of the divergence must be positive.
    #[error(
        "preference: beta is {beta}; give a number above 0 (at 0 only the best answer is left, and nothing holds the policy to the reference)"
    )]
    Beta {
        /// What was given.
        beta: f64,
    },
    /// A reward is no number.
    #[error("preference: the reward of answer {answer} is {reward}; rewards must be finite numbers")]
    Reward {
        /// The answer, from 1.
        answer: usize,
        /// Its reward.
        reward: f64,
    },
    /// A reference that is no distribution.
    #[error(
        "preference: the reference gives answer {answer} the probability {probability}; each must be above 0"
    )]
    Reference {
        /// The answer, from 1.
        answer: usize,
        /// Its probability.
        probability: f64,
    },
    /// Two lists that belong together have different lengths.
    #[error("preference: {rewards} rewards for {answers} answers; each answer needs one")]
    Unpaired {
        /// Rewards.
        rewards: usize,
        /// Answers.
        answers: usize,
    },
}

/// The other end of the ranking, where it is in want of comparisons too.
fn bottom(group: &[String]) -> String {
    if group.is_empty() {
        String::new()
    } else {
        format!(", and {} never won against the others", group.join(", "))
    }
}

/// Rewards that can be computed with, one an answer.
pub(super) fn checked(reference: &[f64], rewards: &[f64], beta: f64) -> Result<(), PreferenceError> {
    if reference.len() != rewards.len() || reference.is_empty() {
        return Err(PreferenceError::Unpaired { rewards: rewards.len(), answers: reference.len() });
    }
    if !(beta > 0.0 && beta.is_finite()) {
        return Err(PreferenceError::Beta { beta });
    }
    if let Some(i) = rewards.iter().position(|r| !r.is_finite()) {
        return Err(PreferenceError::Reward { answer: i + 1, reward: rewards[i] });
    }
    match reference.iter().position(|&p| !(p > 0.0 && p.is_finite())) {
        Some(i) => Err(PreferenceError::Reference { answer: i + 1, probability: reference[i] }),
        None => Ok(()),
    }
}
