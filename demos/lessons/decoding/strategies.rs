//! The strategies of the lesson, by name.

use concepts::decoding::{DecodingError, Filter, Greedy, Mirostat, Penalty, Pipeline, Strategy};

use crate::kit::knob::Values;
use crate::kit::text::{Text, text};

/// Strategies that are always shown: what the others are measured against.
const ALWAYS: [&str; 2] = ["greedy", "sampling"];
/// No phrase of so many characters twice: about two words.
const NO_REPEAT: usize = 10;
/// Of contrastive search, as the paper has them: candidates, and the weight of being unlike.
const CONTRASTIVE: (usize, f64) = (5, 0.6);
/// Of typical sampling, as the paper has it for stories.
const TYPICAL: f64 = 0.95;
/// Of the ε cut-off: for a vocabulary of characters, not of words.
const EPSILON: f64 = 0.02;
/// Surprise in bits a character that Mirostat steers to, and how fast.
const SURPRISE: f64 = 2.0;
const RATE: f64 = 0.1;

/// The numbers that a person can set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub temperature: f64,
    pub k: usize,
    pub p: f64,
    pub min_p: f64,
    pub beams: usize,
    pub length_penalty: f64,
}

impl Numbers {
    pub(super) fn new(knobs: &Values) -> Numbers {
        let number = |name: &str| knobs.number(name).unwrap_or(1.0);
        let whole = |name: &str| knobs.integer(name).unwrap_or(1);
        Numbers {
            temperature: number("temperature"),
            k: whole("k"),
            p: number("p"),
            min_p: number("min-p"),
            beams: whole("beams"),
            length_penalty: number("length-penalty"),
        }
    }

    /// The filters of the lesson, each on its own, with a letter for narrow tables.
    pub(super) fn filters(&self) -> [(char, Filter); 5] {
        [
            ('k', Filter::TopK(self.k)),
            ('p', Filter::TopP(self.p)),
            ('m', Filter::MinP(self.min_p)),
            ('t', Filter::Typical(TYPICAL)),
            ('ε', Filter::Epsilon(EPSILON)),
        ]
    }
}

/// What a strategy does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum How {
    Greedy,
    /// Beam search, with as many beams and this length penalty.
    Beam(usize, f64),
    /// Contrastive search, with as many candidates and this weight.
    Contrastive(usize, f64),
    /// Penalties and filters, then a draw.
    Draw(Pipeline),
    Mirostat,
}

/// A strategy with its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Of `--strategy`.
    pub word: &'static str,
    /// With its numbers.
    pub label: Text,
    pub how: How,
}

impl Named {
    /// Sampling at a temperature, for a sweep.
    pub(super) fn heated(t: f64) -> Named {
        let how = How::Draw(Pipeline::filters([Filter::Temperature(t)]));
        Named { word: "temperature", label: Text::same(format!("T = {t}")), how }
    }

    /// Does chance play a part?
    pub(super) fn is_random(&self) -> bool {
        match &self.how {
            How::Greedy | How::Beam(..) | How::Contrastive(..) => false,
            How::Draw(pipeline) => {
                !pipeline.filters.contains(&Filter::TopK(1))
                    && !pipeline.filters.contains(&Filter::Temperature(0.0))
            }
            How::Mirostat => true,
        }
    }

    /// What chooses token after token; none for a search, which does not.
    pub(super) fn chooser(&self) -> Result<Option<Box<dyn Strategy>>, DecodingError> {
        Ok(match &self.how {
            How::Greedy => Some(Box::new(Greedy)),
            How::Beam(..) | How::Contrastive(..) => None,
            How::Draw(pipeline) => Some(Box::new(pipeline.clone())),
            How::Mirostat => Some(Box::new(Mirostat::new(SURPRISE, RATE)?)),
        })
    }
}

/// All strategies, with a person's numbers.
pub(super) fn all(numbers: &Numbers) -> Vec<Named> {
    let Numbers { temperature, k, p, min_p, beams, length_penalty } = *numbers;
    let draw = |word: &'static str, label: Text, filters: Vec<Filter>| Named {
        word,
        label,
        how: How::Draw(Pipeline::filters(filters)),
    };
    let penalties = vec![Penalty::NoRepeatNGram(NO_REPEAT)];
    let no_repeat = Pipeline { penalties, filters: vec![Filter::TopK(1)] };
    vec![
        Named { word: "greedy", label: text("greedy", "贪心"), how: How::Greedy },
        Named {
            word: "no-repeat",
            label: text("greedy, no repeat", "禁止重复的贪心"),
            how: How::Draw(no_repeat),
        },
        Named {
            word: "beam",
            label: Text::same(format!("beam {beams}")),
            how: How::Beam(beams, length_penalty),
        },
        Named {
            word: "contrastive",
            label: Text::new(format!("contrastive {}", CONTRASTIVE.1), format!("对比搜索 {}", CONTRASTIVE.1)),
            how: How::Contrastive(CONTRASTIVE.0, CONTRASTIVE.1),
        },
        draw("sampling", text("pure sampling", "直接采样"), vec![]),
        draw(
            "temperature",
            Text::new(format!("temperature {temperature}"), format!("温度 {temperature}")),
            vec![Filter::Temperature(temperature)],
        ),
        draw("top-k", Text::same(format!("top-k {k}")), vec![Filter::TopK(k)]),
        draw("top-p", Text::same(format!("top-p {p}")), vec![Filter::TopP(p)]),
        draw("min-p", Text::same(format!("min-p {min_p}")), vec![Filter::MinP(min_p)]),
        draw("typical", Text::same(format!("typical {TYPICAL}")), vec![Filter::Typical(TYPICAL)]),
        draw("epsilon", Text::same(format!("ε {EPSILON}")), vec![Filter::Epsilon(EPSILON)]),
        Named { word: "mirostat", label: Text::same(format!("mirostat {SURPRISE} bit")), how: How::Mirostat },
    ]
}

/// What a strategy is called where its numbers do not matter.
pub(super) fn called(word: &'static str) -> Text {
    match word {
        "greedy" => text("greedy", "贪心"),
        "no-repeat" => text("no-repeat", "禁止重复的贪心"),
        "beam" => text("beam", "beam search"),
        "contrastive" => text("contrastive", "对比搜索"),
        "sampling" => text("sampling", "直接采样"),
        "temperature" => text("temperature", "温度采样"),
        other => Text::same(other),
    }
}

/// Those that a person asked for, beside those that are always shown.
pub(super) fn chosen(numbers: &Numbers, word: &str) -> Vec<Named> {
    let shown = |named: &Named| word == "all" || named.word == word || ALWAYS.contains(&named.word);
    all(numbers).into_iter().filter(shown).collect()
}
