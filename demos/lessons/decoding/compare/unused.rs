//! Flags that were given and that this comparison has no use for: they are named.

use concepts::comparison::Family;

use super::recipes;
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::text::Text;
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// Whatever is compared.
const ALWAYS: [&dyn Knob; 4] = [&knobs::COMPARE, &knobs::JUDGE, &knobs::CORPUS, &knobs::TEXT];
/// Where texts are written here.
const WRITTEN: [&dyn Knob; 10] = [
    &knobs::MODEL,
    &knobs::STRATEGIES,
    &knobs::TEXTS,
    &knobs::TOKENS,
    &knobs::BUDGET,
    &knobs::EXPORT,
    &knobs::PROMPT,
    &knobs::PROMPTS,
    &knobs::ORDER,
    &knobs::WIDE,
];
/// Numbers of one strategy.
const NUMBERS: [(&dyn Knob, Family); 6] = [
    (&knobs::TEMPERATURE, Family::Temperature),
    (&knobs::K, Family::TopK),
    (&knobs::P, Family::TopP),
    (&knobs::MIN_P, Family::MinP),
    (&knobs::BEAMS, Family::Beam),
    (&knobs::LENGTH_PENALTY, Family::Beam),
];

/// A remark that names them.
pub(super) fn named(values: &Values) -> Result<Option<Text>, Refusal> {
    let mut used: Vec<&dyn Knob> = ALWAYS.to_vec();
    if knobs::JUDGE.of(values).is_none() {
        used.extend(WRITTEN);
        let families = recipes::families(values)?;
        used.extend(NUMBERS.iter().filter(|(_, family)| families.contains(family)).map(|(knob, _)| *knob));
        if knobs::STRATEGIES.of(values).is_none() {
            used.push(&knobs::STRATEGY);
        }
    }
    let idle =
        |knob: &&&dyn Knob| values.given(**knob) && used.iter().all(|known| known.name() != knob.name());
    let flags: Vec<String> =
        knobs::KNOBS.iter().filter(idle).map(|knob| format!("--{}", knob.name())).collect();
    Ok((!flags.is_empty()).then(|| {
        WORDS.with("compared.flags", &named![flags = Text::new(flags.join(", "), flags.join("、"))])
    }))
}
