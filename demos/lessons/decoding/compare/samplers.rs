//! The fast samplers beside each other: what they keep in memory, and what to time.

use concepts::comparison::{Family, Recipe};
use concepts::decoding::{
    Candidate, Cut, FastMirostat, Mirostat, Penalised, Penalty, Sampler, Settings, Strategy,
};
use concepts::numerics::{normal, rng};

use super::label;
use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::sorting::LARGE;
use crate::row;

/// Vocabularies of LLaMA 2 and LLaMA 3.
pub(crate) const VOCABULARIES: [usize; 2] = [32_000, LARGE];
/// Tokens that were said before.
const SAID: u32 = 200;
/// How fast Mirostat learns.
const RATE: f64 = 0.1;

/// A strategy that says how much it remembers.
pub(crate) trait Remembering: Strategy {
    /// Bytes.
    fn memory(&self) -> usize;
}

impl Remembering for Sampler {
    fn memory(&self) -> usize {
        Sampler::memory(self)
    }
}

impl Remembering for FastMirostat {
    fn memory(&self) -> usize {
        FastMirostat::memory(self)
    }
}

impl Remembering for Penalised {
    fn memory(&self) -> usize {
        Penalised::memory(self)
    }
}

/// A fast sampler with its name.
pub(crate) type Named = (Text, Box<dyn Remembering>);

/// All of them, at usual numbers.
pub(crate) fn samplers() -> Result<Vec<Named>, Refusal> {
    let all = Settings::default();
    let greedy = Settings { temperature: 0.0, ..all };
    let settings = [
        (Family::Greedy, 0.0, greedy),
        (Family::Temperature, 0.7, Settings { temperature: 0.7, ..all }),
        (Family::TopK, 50.0, Settings { top_k: Some(50), ..all }),
        (Family::TopP, 0.9, Settings { top_p: Some(0.9), ..all }),
        (Family::MinP, 0.05, Settings { min_p: Some(0.05), ..all }),
        (Family::Typical, 0.9, Settings { cut: Some(Cut::Typical(0.9)), ..all }),
        (Family::Epsilon, 0.0003, Settings { cut: Some(Cut::Epsilon(0.0003)), ..all }),
        (Family::Eta, 0.0003, Settings { cut: Some(Cut::Eta(0.0003)), ..all }),
    ];
    let named = |family, value| label::recipe(&Recipe::new(family, value));
    let mut list: Vec<Named> = Vec::new();
    for (family, value, settings) in settings {
        list.push((named(family, value), Box::new(Sampler::new(settings)?)));
    }
    let rule = Mirostat::new(4.0, RATE)?;
    list.push((named(Family::Mirostat, 4.0), Box::new(FastMirostat::new(rule))));
    let repetition = Penalised::new([Penalty::Repetition(1.2)], all)?;
    list.push((named(Family::Repetition, 1.2), Box::new(repetition)));
    let no_repeat = Penalised::new([Penalty::NoRepeatNGram(4)], greedy)?;
    list.push((named(Family::NoRepeat, 4.0), Box::new(no_repeat)));
    Ok(list)
}

/// Logits of which about one in a thousand is likely, as a language model has them; a stream for each size.
pub(crate) fn logits(size: usize, seed: u64) -> Vec<f32> {
    let drawn = normal((1, size), 2.5, &mut rng(seed, &format!("Q7 logits of {size}")));
    drawn.iter().map(|&logit| logit as f32).collect()
}

/// What was said before.
pub(crate) fn said() -> Vec<u32> {
    (0..SAID).map(|i| i * i % 997).collect()
}

/// What each keeps from token to token, after a draw from each vocabulary; the twin, which sorts, stands below.
pub(super) fn memory(seed: u64) -> Result<Table, Refusal> {
    let mut kept = vec![Vec::new(); samplers()?.len()];
    for size in VOCABULARIES {
        let (logits, said) = (logits(size, seed), said());
        for (kept, (_, mut sampler)) in kept.iter_mut().zip(samplers()?) {
            sampler.choose(&logits, &said, &mut rng(seed, "Q7 memory"))?;
            kept.push(sampler.memory());
        }
    }
    let grid = Grid::new("sampler_memory", &WORDS);
    let [small, large] = VOCABULARIES;
    let rows = samplers()?.into_iter().zip(kept);
    let rows = rows.map(|((name, _), kept)| row![name, kib(kept[0]), kib(kept[1]), each(kept[1])]);
    let sorted = VOCABULARIES.map(|size| size * size_of::<Candidate>());
    let twin = row![kib(sorted[0]), kib(sorted[1]), each(sorted[1])];
    Ok(grid.value("small", small).value("large", large).rows(rows).said("twin", twin).table())
}

fn kib(bytes: usize) -> String {
    format!("{:.0}", bytes as f64 / 1024.0)
}

/// Bytes for each token of the larger vocabulary.
fn each(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / VOCABULARIES[1] as f64)
}
