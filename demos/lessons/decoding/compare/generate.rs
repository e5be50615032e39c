//! The texts of all settings, round by round.

use std::time::Duration;

use concepts::comparison::{HUMAN, Plan, Recipe, Record, Written};

use super::watch::Watch;
use super::writer::Writer;
use crate::kit::knob::Refusal;
use crate::lessons::decoding::experiments::windows::{Windows, windows};

/// Texts of each prompt.
const EACH: usize = 2;

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub prompts: usize,
    /// Texts of each prompt and setting.
    pub each: usize,
    /// Tokens of each prompt.
    pub prompt: usize,
    /// Tokens of each text.
    pub tokens: usize,
}

/// What was written, and how far it came.
pub(crate) struct Generated {
    pub records: Vec<Record>,
    pub size: Size,
    /// Prompts that were done, if the run was ended early.
    pub ended: Option<usize>,
}

/// As many prompts as the texts need and the held-out text has room for.
pub(crate) fn fitted(texts: usize, tokens: usize, held_out: usize) -> Size {
    let Windows { prompt, tokens, room } = windows(tokens, held_out);
    let prompts = texts.div_ceil(EACH).clamp(1, room);
    Size { prompts, each: texts.div_ceil(prompts), prompt, tokens }
}

/// Where texts begin.
pub(crate) enum Starts {
    /// In held-out text, so that what really follows can stand beside.
    HeldOut,
    /// With a person's own words.
    Own(Vec<u32>),
}

/// Writes from every prompt under every recipe; the text that really follows comes first.
pub(crate) fn generate(
    writer: &dyn Writer,
    recipes: &[Recipe],
    starts: &Starts,
    size: Size,
    plan: (u64, Option<Duration>),
) -> Result<Generated, Refusal> {
    let (seed, budget) = plan;
    let plan = Plan { recipes: recipes.to_vec(), texts: size.each, tokens: size.tokens, seed };
    let held_out = writer.held_out();
    let apart = held_out.len() / size.prompts;
    let watch = Watch::new(size.prompts, budget);
    let mut records = Vec::new();
    let mut ended = None;
    for number in 0..size.prompts {
        let prompt = match starts {
            Starts::HeldOut => {
                let window = &held_out[number * apart..][..size.prompt + size.tokens];
                let (prompt, real) = window.split_at(size.prompt);
                records.push(human(writer, prompt, real)?);
                prompt
            }
            Starts::Own(prompt) => prompt,
        };
        let start = writer.decode(prompt);
        let round = writer.round(&plan, number, prompt)?;
        for (recipe, texts) in recipes.iter().zip(&round) {
            records.extend(texts.iter().map(|text| record(writer, &start, recipe, text)));
        }
        let done = number + 1;
        if watch.is_over(done) && done < size.prompts {
            ended = Some(done);
            break;
        }
    }
    Ok(Generated { records, size, ended })
}

fn human(writer: &dyn Writer, prompt: &[u32], real: &[u32]) -> Result<Record, Refusal> {
    Ok(Record {
        strategy: HUMAN.into(),
        settings: Vec::new(),
        prompt: writer.decode(prompt),
        text: writer.decode(real),
        log_probs: Some(writer.log_probs(prompt, real)?),
        model_calls: None,
        candidates: None,
    })
}

fn record(writer: &dyn Writer, start: &str, recipe: &Recipe, text: &Written) -> Record {
    let settings = recipe.settings().into_iter().map(|(name, value)| (name.to_string(), value));
    Record {
        strategy: recipe.family.word().into(),
        settings: settings.collect(),
        prompt: start.into(),
        text: writer.decode(&text.tokens),
        log_probs: Some(text.log_probs.clone()),
        model_calls: Some(text.model_calls),
        candidates: text.candidates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_fit_into_the_held_out_text_without_overlap() {
        for held_out in [25, 50, 100, 500, 6577, 100_000] {
            for (texts, tokens) in [(1, 8), (40, 120), (40, 1000), (1000, 20)] {
                let size = fitted(texts, tokens, held_out);
                let window = size.prompt + size.tokens;
                assert!(size.prompt >= 1 && size.tokens >= 1 && size.tokens <= tokens, "{size:?}");
                assert!(size.prompts * window <= held_out, "{held_out} {size:?}");
                assert!(size.prompts * size.each >= texts, "{texts} {size:?}");
            }
        }
    }
}
