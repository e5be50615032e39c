//! The texts of all settings, round by round.

use std::time::Duration;

use concepts::comparison::{HUMAN, Plan, Recipe, Record, Written};

use super::watch::Watch;
use super::writer::Writer;
use crate::kit::knob::Refusal;
use crate::lessons::decoding::experiments::windows::{Windows, windows};

/// Texts of each prompt.
const EACH: usize = 2;
/// Texts of a prompt that a setting writes before the clock is looked at; fewer where there is a budget.
const BATCH: usize = 8;
const HASTY: usize = 2;

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
    /// With the texts of each prompt that were written.
    pub size: Size,
    /// Prompts that were done, if the run was ended early.
    pub ended: Option<usize>,
    /// Seconds that it took, if that is more than the budget.
    pub late: Option<f64>,
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
    /// With a person's own words, one beginning after the other.
    Own(Vec<Vec<u32>>),
}

/// Writes from every prompt under every recipe; the text that really follows comes first. Ended early, all settings
/// have the same prompts, and as many texts of each.
pub(crate) fn generate(
    writer: &dyn Writer,
    recipes: &[Recipe],
    starts: &Starts,
    mut size: Size,
    plan: (u64, Option<Duration>),
) -> Result<Generated, Refusal> {
    let (seed, budget) = plan;
    let batch = if budget.is_some() { HASTY } else { BATCH };
    let plan = Plan { recipes: recipes.to_vec(), texts: size.each, tokens: size.tokens, seed, first: 0 };
    let held_out = writer.held_out();
    let apart = held_out.len() / size.prompts;
    let watch = Watch::new(size.prompts * size.each.div_ceil(batch), budget);
    let mut records = Vec::new();
    let mut ended = None;
    for number in 0..size.prompts {
        let (prompt, real) = match starts {
            Starts::HeldOut => {
                let window = &held_out[number * apart..][..size.prompt + size.tokens];
                let (prompt, real) = window.split_at(size.prompt);
                (prompt, Some(real))
            }
            Starts::Own(prompts) => (prompts[number].as_slice(), None),
        };
        let Round { texts, done, over } = texts(writer, &plan, batch, (number, prompt), &watch)?;
        if number > 0 && done < size.each {
            ended = Some(number); // the prompts before have more
            break;
        }
        size.each = done;
        if let Some(real) = real {
            records.push(human(writer, prompt, real)?);
        }
        let start = writer.decode(prompt);
        for (recipe, texts) in recipes.iter().zip(&texts) {
            records.extend(texts.iter().map(|text| record(writer, &start, recipe, text)));
        }
        if over && number + 1 < size.prompts {
            ended = Some(number + 1);
            break;
        }
    }
    Ok(Generated { records, size, ended, late: watch.late() })
}

/// The texts of one prompt, by recipe.
struct Round {
    texts: Vec<Vec<Written>>,
    /// Texts of each recipe.
    done: usize,
    /// Is it time to end?
    over: bool,
}

/// Batch by batch, until it is time to end.
fn texts(
    writer: &dyn Writer,
    plan: &Plan,
    batch: usize,
    (number, prompt): (usize, &[u32]),
    watch: &Watch,
) -> Result<Round, Refusal> {
    let mut texts = vec![Vec::new(); plan.recipes.len()];
    let (mut done, mut over) = (0, false);
    while done < plan.texts && !over {
        let part = Plan { texts: batch.min(plan.texts - done), first: done, ..plan.clone() };
        let round = writer.round(&part, number, prompt)?;
        texts.iter_mut().zip(round).for_each(|(all, new)| all.extend(new));
        done += part.texts;
        over = watch.is_over(number * plan.texts.div_ceil(batch) + done.div_ceil(batch));
    }
    // A recipe without chance has written in the first batch alone.
    for all in &mut texts {
        let once = all.clone();
        all.extend(once.iter().cycle().take(done.saturating_sub(once.len())).cloned());
    }
    Ok(Round { texts, done, over })
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
    use concepts::comparison::Family;
    use concepts::language_model::{TextCodec, TextModel, Unit};

    use super::super::writer::Of;
    use super::*;

    fn written(budget: Option<Duration>) -> Generated {
        let text = "the cat sat on the mat. the cat ate. the rat sat on the cat.";
        let (codec, model) = TextModel::train(text, Unit::Characters, 3).unwrap().into_parts();
        let prompt = codec.encode("the ").unwrap();
        let writer = Of::new(model, codec, prompt.clone());
        let recipes = [Recipe::new(Family::Greedy, 0.0), Recipe::new(Family::TopP, 0.9)];
        let size = Size { prompts: 1, each: 11, prompt: prompt.len(), tokens: 12 };
        generate(&writer, &recipes, &Starts::Own(vec![prompt]), size, (7, budget)).unwrap()
    }

    #[test]
    fn a_budget_ends_within_a_prompt_and_leaves_every_setting_its_first_texts() {
        let (whole, hasty) = (written(None), written(Some(Duration::from_nanos(1))));
        assert_eq!((whole.size.each, whole.records.len(), whole.late), (11, 22, None));
        assert_eq!((hasty.size.each, hasty.records.len()), (HASTY, 2 * HASTY));
        assert!(hasty.late.is_some());
        let first = |all: &[Record], strategy: &str| -> Vec<String> {
            let own = all.iter().filter(|record| record.strategy == strategy);
            own.take(HASTY).map(|record| record.text.clone()).collect()
        };
        for strategy in ["greedy", "top-p"] {
            assert_eq!(first(&whole.records, strategy), first(&hasty.records, strategy), "{strategy}");
        }
    }

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
