//! How well a model answers after some text.

use ndarray::Array1;

use crate::decoder::fast::{FastCache, FastDecoder, FastError, Rows};
use crate::numerics::softmax::log_softmax;

/// What a model thinks of an answer to a prompt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answered {
    /// `Σ ln p` of its tokens, each after the prompt and the tokens before it.
    pub log_prob: f64,
    /// Is each of its tokens the most probable one? Then greedy decoding writes this answer.
    pub greedy: bool,
}

/// What a model thinks of an answer to each of several prompts; the prompts are read together.
///
/// # Formula
/// `ln p(answer | prompt) = Σ_t ln softmax(logits)[answer_t]`
///
/// # Errors
/// As [`FastDecoder::extend`]; of an empty prompt or answer [`DecoderError::NoTokens`](crate::decoder::DecoderError).
///
/// # Examples
/// ```no_run
/// use concepts::decoder::fast::FastDecoder;
/// use concepts::decoder::answers;
/// # fn run(decoder: &FastDecoder) -> Result<(), Box<dyn std::error::Error>> {
/// let answered = answers(decoder, &[&[1, 2, 3], &[1, 2]], &[&[4], &[5, 6]])?;
/// println!("greedy decoding writes the second: {}", answered[1].greedy);
/// # Ok(())
/// # }
/// ```
pub fn answers(
    decoder: &FastDecoder<'_, '_>,
    prompts: &[&[u32]],
    answers: &[&[u32]],
) -> Result<Vec<Answered>, FastError> {
    let mut caches: Vec<FastCache> = prompts.iter().map(|_| decoder.start_cache()).collect();
    let mut open: Vec<&mut FastCache> = caches.iter_mut().collect();
    let first = decoder.extend(&mut open, prompts, Rows::Last)?;
    let mut answered = vec![Answered { log_prob: 0.0, greedy: true }; prompts.len()];
    for ((of, logits), answer) in answered.iter_mut().zip(first.rows()).zip(answers) {
        of.token(logits.as_slice().unwrap_or_default(), answer.first().copied());
    }
    // Behind the first token only those go on whose answer is longer.
    let longer: Vec<usize> = (0..answers.len()).filter(|&i| answers[i].len() > 1).collect();
    if longer.is_empty() {
        return Ok(answered);
    }
    let mut open: Vec<&mut FastCache> = caches
        .iter_mut()
        .zip(answers)
        .filter(|(_, answer)| answer.len() > 1)
        .map(|(cache, _)| cache)
        .collect();
    let begun: Vec<&[u32]> = longer.iter().map(|&i| &answers[i][..answers[i].len() - 1]).collect();
    let rows = decoder.extend(&mut open, &begun, Rows::All)?;
    let places = longer.iter().flat_map(|&i| answers[i][1..].iter().map(move |&token| (i, token)));
    for ((i, token), logits) in places.zip(rows.rows()) {
        answered[i].token(logits.as_slice().unwrap_or_default(), Some(token));
    }
    Ok(answered)
}

impl Answered {
    /// One token more. An answer of no tokens has none to be right about.
    fn token(&mut self, logits: &[f32], token: Option<u32>) {
        let Some(token) = token.map(|token| token as usize).filter(|&token| token < logits.len()) else {
            *self = Answered { log_prob: f64::NAN, greedy: false };
            return;
        };
        let wide: Array1<f64> = logits.iter().map(|&z| f64::from(z)).collect();
        self.log_prob += log_softmax(wide.view())[token];
        self.greedy &= logits.iter().all(|&z| z <= logits[token]);
    }
}
