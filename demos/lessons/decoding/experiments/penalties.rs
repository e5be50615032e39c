//! What penalties do to logits of tokens that were said already.

use concepts::decoding::{Candidates, DecodingError, Penalty};

/// Four tokens, one of them with a negative logit.
pub(crate) const LOGITS: [f64; 4] = [2.0, 1.0, 0.5, -1.0];
/// What was said: the first token three times, the second and the last once, the third never.
pub(crate) const SAID: [u32; 5] = [0, 0, 0, 1, 3];
/// The repetition penalty, as CTRL has it; and the two of OpenAI's API.
pub(crate) const THETA: f64 = 1.2;
pub(crate) const ALPHA: f64 = 0.5;
pub(crate) const PENALTIES: [Penalty; 3] =
    [Penalty::Repetition(THETA), Penalty::Presence(ALPHA), Penalty::Frequency(ALPHA)];

/// The logits, and the probabilities that they stand for, after a penalty or without one.
pub(crate) fn after(penalty: Option<Penalty>) -> Result<([f64; 4], Vec<f64>), DecodingError> {
    let mut logits = LOGITS;
    if let Some(penalty) = penalty {
        penalty.apply(&mut logits, &SAID)?;
    }
    Ok((logits, Candidates::from_logits(&logits)?.dense(logits.len())))
}

/// How often a token was said.
pub(crate) fn times_said(token: usize) -> usize {
    SAID.iter().filter(|said| **said as usize == token).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_token_was_never_said_and_keeps_its_logit() {
        for penalty in PENALTIES {
            let (logits, q) = after(Some(penalty)).unwrap();
            assert_eq!((logits[2], times_said(2)), (LOGITS[2], 0));
            assert!(q[0] < after(None).unwrap().1[0] && logits[3] < LOGITS[3]);
        }
    }
}
