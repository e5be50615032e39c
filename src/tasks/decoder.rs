//! The strategies that are compared, and what each makes of one prompt.

use super::TasksError;
use super::answers::{Answers, answers};
use super::task::{Reading, Task, read};
use super::vote::win_probabilities;
use crate::decoding::{
    BeamSearch, Filter, Generated, Greedy, HiddenStates, LengthPenalty, Pipeline, contrastive_search,
    generate,
};
use crate::numerics::rng;

/// A way to get an answer out of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoder {
    /// The most probable token, always.
    Greedy,
    /// The best of `beams` prefixes.
    Beam {
        /// How many prefixes go on.
        beams: usize,
        /// How texts of different length are compared.
        length: LengthPenalty,
    },
    /// Probable, and unlike what was said.
    Contrastive {
        /// How many tokens are compared.
        k: usize,
        /// The strength of the penalty.
        alpha: f64,
    },
    /// One text, drawn.
    Sample(Pipeline),
    /// The answer that most of several texts give.
    Vote {
        /// How many texts are drawn.
        samples: usize,
        /// By which each is drawn.
        pipeline: Pipeline,
    },
}

impl Decoder {
    /// A temperature alone.
    pub fn temperature(t: f64) -> Self {
        Self::Sample(Pipeline::filters([Filter::Temperature(t)]))
    }

    /// One filter after a temperature.
    pub fn cut(t: f64, filter: Filter) -> Self {
        Self::Sample(Pipeline::filters([Filter::Temperature(t), filter]))
    }

    /// A beam whose texts are compared by their probability alone.
    pub fn beam(beams: usize) -> Self {
        Self::Beam { beams, length: LengthPenalty::None }
    }

    /// A vote of texts at a temperature.
    pub fn vote(samples: usize, t: f64) -> Self {
        Self::Vote { samples, pipeline: Pipeline::filters([Filter::Temperature(t)]) }
    }
}

/// What a strategy makes of one prompt, in expectation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The probability of a right answer: 0 or 1 for a strategy without chance.
    pub accuracy: f64,
    /// The expected score.
    pub score: f64,
    /// Rows of logits for one answer, on average. Each beam counts; contrastive search counts its `k` looks ahead.
    pub calls: f64,
    /// By how much accuracy and score may be too low, for texts that were not looked at. (A vote: that one of its
    /// texts is such a one.)
    pub unseen: f64,
}

/// The distributions of answers of one prompt, each computed once.
pub(super) struct Known(Vec<(Pipeline, Answers)>);

impl Known {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    fn get<M: HiddenStates>(
        &mut self,
        (model, task, prompt): (&M, &dyn Task, &[u32]),
        pipeline: &Pipeline,
        floor: f64,
    ) -> Result<&Answers, TasksError> {
        let place = match self.0.iter().position(|(known, _)| known == pipeline) {
            Some(place) => place,
            None => {
                self.0.push((pipeline.clone(), answers(model, task, prompt, pipeline, floor)?));
                self.0.len() - 1
            }
        };
        Ok(&self.0[place].1)
    }
}

/// What `decoder` makes of `prompt`, exactly.
///
/// Greedy, beams and contrastive search are run; draws and votes are summed over all texts whose prefixes stay above
/// `floor`, as in [`answers()`].
///
/// # Errors
/// [`TasksError`] if the strategy cannot choose, or a vote is of no texts or more than
/// [`MOST_VOTES`](super::MOST_VOTES).
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::tasks::{Decoder, Noise, Retrieval, Solver, Task, outcome};
/// let task = Retrieval { pairs: 4 };
/// let solver = Solver::new(&task, Noise::default(), 7)?;
/// let prompt = task.prompt(&mut rng(7, "doc"));
/// let greedy = outcome(&solver, &task, &prompt, &Decoder::Greedy, 0.0)?;
/// assert_eq!((greedy.calls, greedy.unseen), (2.0, 0.0)); // the value and the end
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn outcome<M: HiddenStates>(
    model: &M,
    task: &dyn Task,
    prompt: &[u32],
    decoder: &Decoder,
    floor: f64,
) -> Result<Outcome, TasksError> {
    known_outcome(&mut Known::new(), (model, task, prompt), decoder, floor)
}

/// As [`outcome`], with what is known of the prompt already.
pub(super) fn known_outcome<M: HiddenStates>(
    known: &mut Known,
    asked: (&M, &dyn Task, &[u32]),
    decoder: &Decoder,
    floor: f64,
) -> Result<Outcome, TasksError> {
    let (model, task, prompt) = asked;
    let longest = task.longest();
    match decoder {
        Decoder::Greedy => {
            // Greedy draws nothing; the generator is there for the signature.
            let text = generate(model, prompt, &mut Greedy, longest, &mut rng(0, "tasks greedy"))?;
            Ok(ended(task, prompt, &text, 1.0))
        }
        Decoder::Contrastive { k, alpha } => {
            let text = contrastive_search(model, prompt, *k, *alpha, longest)?;
            Ok(ended(task, prompt, &text, 1.0 + *k as f64))
        }
        Decoder::Beam { beams, length } => {
            let search = BeamSearch { length: *length, ..BeamSearch::new(*beams, longest) };
            let found = search.run(model, prompt)?;
            let tokens = found.best().map_or(&[][..], |best| &best.tokens);
            Ok(said(task, prompt, tokens, found.rows as f64))
        }
        Decoder::Sample(pipeline) => {
            let answers = known.get(asked, pipeline, floor)?;
            Ok(Outcome {
                accuracy: answers.accuracy(task, prompt),
                score: answers.score(task, prompt),
                calls: answers.calls,
                unseen: answers.unseen,
            })
        }
        Decoder::Vote { samples, pipeline } => {
            voted(known.get(asked, pipeline, floor)?, (task, prompt), *samples)
        }
    }
}

/// A text that there is no chance about.
fn said(task: &dyn Task, prompt: &[u32], tokens: &[u32], calls: f64) -> Outcome {
    let (accuracy, score) = match read(task, tokens) {
        Reading::Answer(answer) => {
            (f64::from(u8::from(task.is_right(prompt, &answer))), task.score(prompt, &answer))
        }
        Reading::Open | Reading::Nothing => (0.0, 0.0),
    };
    Outcome { accuracy, score, calls, unseen: 0.0 }
}

fn ended(task: &dyn Task, prompt: &[u32], text: &Generated, calls_a_token: f64) -> Outcome {
    said(task, prompt, &text.tokens(), calls_a_token * text.model_calls as f64)
}

/// What a vote decides, over all votes that there can be.
fn voted(
    answers: &Answers,
    (task, prompt): (&dyn Task, &[u32]),
    samples: usize,
) -> Result<Outcome, TasksError> {
    let p: Vec<f64> = answers.by_answer.iter().map(|(_, p)| *p).collect();
    let (mut accuracy, mut score) = (0.0, 0.0);
    for ((answer, _), wins) in answers.by_answer.iter().zip(win_probabilities(&p, samples)?) {
        score += wins * task.score(prompt, answer);
        accuracy += if task.is_right(prompt, answer) { wins } else { 0.0 };
    }
    let calls = samples as f64 * answers.calls;
    Ok(Outcome { accuracy, score, calls, unseen: (samples as f64 * answers.unseen).min(1.0) })
}
