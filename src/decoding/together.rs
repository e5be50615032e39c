//! Several texts, token by token side by side.

use rand::RngCore;
use rayon::prelude::*;

use super::generate::after;
use super::{DecodingError, Generated, LanguageModel, Strategy};

/// How one of several texts is written: its strategy, and its own chance.
pub struct Pen<'a> {
    /// Which token next.
    pub strategy: Box<dyn Strategy + Send + 'a>,
    /// What it draws with.
    pub rng: Box<dyn RngCore + Send + 'a>,
}

/// A text on its way.
struct Draft<'a, S> {
    pen: Pen<'a>,
    state: S,
    history: Vec<u32>,
    text: Generated,
    ended: bool,
}

/// Continues `prompt` once with each pen. The texts grow together, so that the model can answer for all at once; each
/// is the one that [`generate`](super::generate) would write with this strategy and chance.
///
/// # Errors
/// As [`generate`](super::generate), of the first text that has one.
///
/// # Examples
/// ```
/// use concepts::decoding::{Greedy, Pen, Pipeline, generate, generate_together};
/// use concepts::{language_model::TreeModel, numerics::rng};
/// let tree = TreeModel::greedy_trap();
/// let pens = vec![
///     Pen { strategy: Box::new(Greedy), rng: Box::new(rng(1, "a")) },
///     Pen { strategy: Box::new(Pipeline::default()), rng: Box::new(rng(1, "b")) },
/// ];
/// let texts = generate_together(&tree, &[], pens, 10)?;
/// assert_eq!(texts[0], generate(&tree, &[], &mut Greedy, 10, &mut rng(1, "a"))?);
/// assert_eq!(texts[1], generate(&tree, &[], &mut Pipeline::default(), 10, &mut rng(1, "b"))?);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn generate_together<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    pens: Vec<Pen<'_>>,
    max_tokens: usize,
) -> Result<Vec<Generated>, DecodingError>
where
    M::State: Send,
{
    let (start, end) = (after(model, prompt)?, model.end());
    let draft = |pen| Draft {
        pen,
        state: start.clone(),
        history: prompt.to_vec(),
        text: Generated::empty(),
        ended: false,
    };
    let mut drafts: Vec<_> = pens.into_iter().map(draft).collect();
    for _ in 0..max_tokens {
        if !step(model, &mut drafts, end)? {
            break;
        }
    }
    Ok(drafts.into_iter().map(|draft| draft.text).collect())
}

/// One token for each text that goes on; `false` if there is none.
fn step<M: LanguageModel>(
    model: &M,
    drafts: &mut [Draft<'_, M::State>],
    end: Option<u32>,
) -> Result<bool, DecodingError>
where
    M::State: Send,
{
    let vocab = model.vocab_size();
    let mut open: Vec<_> = drafts.iter_mut().filter(|draft| !draft.ended).collect();
    let mut rows = vec![0.0; open.len() * vocab];
    model.logits_all(&open.iter().map(|draft| &draft.state).collect::<Vec<_>>(), &mut rows);
    let chosen = open.par_iter_mut().zip(rows.par_chunks_exact(vocab.max(1)));
    chosen.map(|(draft, logits)| draft.choose(logits, end)).collect::<Result<(), _>>()?;
    let mut going: Vec<_> = open.into_iter().filter(|draft| !draft.ended).collect();
    let tokens: Vec<u32> = going.iter().filter_map(|draft| draft.history.last().copied()).collect();
    model.advance_all(&mut going.iter_mut().map(|draft| &mut draft.state).collect::<Vec<_>>(), &tokens);
    Ok(!going.is_empty())
}

impl<S> Draft<'_, S> {
    /// Chooses one token more, or ends.
    fn choose(&mut self, logits: &[f32], end: Option<u32>) -> Result<(), DecodingError> {
        let Pen { strategy, rng } = &mut self.pen;
        match self.text.go_on(logits, &self.history, &mut **strategy, &mut **rng, end)? {
            Some(token) => self.history.push(token),
            None => self.ended = true,
        }
        Ok(())
    }
}
