//! The strategies of the lesson, by name.

use concepts::decoding::{DecodingError, Filter, Greedy, Mirostat, Penalty, Pipeline, Strategy};

use super::WORDS;
use super::knobs::{self, Kind};
use crate::kit::knob::Values;
use crate::kit::number::typed;
use crate::kit::text::Text;
use crate::kit::words;

/// Strategies that are always shown: what the others are measured against.
const ALWAYS: [Kind; 2] = [Kind::Greedy, Kind::Sampling];
/// No phrase of so many characters twice: about two words.
const NO_REPEAT: usize = 10;
/// Of contrastive search, as the paper has them: candidates, and the weight of being unlike.
pub(crate) const CONTRASTIVE: (usize, f64) = (5, 0.6);
/// Of typical sampling, as the paper has it for stories.
const TYPICAL: f64 = 0.95;
/// Of the ε cut-off: for a vocabulary of characters, not of words.
const EPSILON: f64 = 0.02;
/// Surprise in bits a character that Mirostat steers to, and how fast.
const SURPRISE: f64 = 2.0;
const RATE: f64 = 0.1;

/// The numbers that a person can set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    pub temperature: f64,
    pub k: usize,
    pub p: f64,
    pub min_p: f64,
    pub beams: usize,
    pub length_penalty: f64,
}

impl Numbers {
    pub(crate) fn new(values: &Values) -> Numbers {
        Numbers {
            temperature: knobs::TEMPERATURE.of(values),
            k: knobs::K.of(values),
            p: knobs::P.of(values),
            min_p: knobs::MIN_P.of(values),
            beams: knobs::BEAMS.of(values),
            length_penalty: knobs::LENGTH_PENALTY.of(values),
        }
    }

    /// All numbers of the strategies, as they were typed, by the names that words have for them.
    pub(crate) fn named(&self) -> [words::Named; 9] {
        [
            ("t", typed(self.temperature).into()),
            ("k", self.k.to_string().into()),
            ("p", typed(self.p).into()),
            ("min-p", typed(self.min_p).into()),
            ("beams", self.beams.to_string().into()),
            ("alpha", CONTRASTIVE.1.to_string().into()),
            ("typical", TYPICAL.to_string().into()),
            ("epsilon", EPSILON.to_string().into()),
            ("surprise", SURPRISE.to_string().into()),
        ]
    }

    /// What top-k keeps: 0 switches it off, as in most libraries.
    pub(crate) fn kept(&self) -> usize {
        if self.k == 0 { usize::MAX } else { self.k }
    }

    /// Does a filter of the nucleus, with these numbers, cut the tail and leave a choice?
    pub(crate) fn cuts(&self, kind: Kind) -> bool {
        let inside = |share: f64| share > 0.0 && share < 1.0;
        match kind {
            Kind::TopP => inside(self.p),
            Kind::MinP => inside(self.min_p),
            _ => false,
        }
    }

    /// The filters of the lesson, each on its own, with a letter for narrow tables.
    pub(crate) fn filters(&self) -> [(char, Filter); 5] {
        [
            ('k', Filter::TopK(self.kept())),
            ('p', Filter::TopP(self.p)),
            ('m', Filter::MinP(self.min_p)),
            ('t', Filter::Typical(TYPICAL)),
            ('ε', Filter::Epsilon(EPSILON)),
        ]
    }
}

/// What a strategy does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum How {
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
pub(crate) struct Named {
    /// Of `--strategy`.
    pub kind: Kind,
    /// With its numbers.
    pub label: Text,
    pub how: How,
}

impl Named {
    /// A strategy of a sweep, which is named by its place on an axis.
    pub(crate) fn unnamed(kind: Kind, how: How) -> Named {
        Named { kind, label: Text::same(kind.word()), how }
    }

    /// Sampling at a temperature, for a sweep.
    pub(crate) fn heated(t: f64) -> Named {
        let how = How::Draw(Pipeline::filters([Filter::Temperature(t)]));
        Named::unnamed(Kind::Temperature, how)
    }

    /// Does chance play a part?
    pub(crate) fn is_random(&self) -> bool {
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
    pub(crate) fn chooser(&self) -> Result<Option<Box<dyn Strategy>>, DecodingError> {
        Ok(match &self.how {
            How::Greedy => Some(Box::new(Greedy)),
            How::Beam(..) | How::Contrastive(..) => None,
            How::Draw(pipeline) => Some(Box::new(pipeline.clone())),
            How::Mirostat => Some(Box::new(Mirostat::new(SURPRISE, RATE)?)),
        })
    }
}

/// All strategies, with a person's numbers.
pub(crate) fn all(numbers: &Numbers) -> Vec<Named> {
    let Numbers { temperature, p, min_p, beams, length_penalty, .. } = *numbers;
    let filter = |filter: Filter| How::Draw(Pipeline::filters([filter]));
    let penalties = vec![Penalty::NoRepeatNGram(NO_REPEAT)];
    let no_repeat = Pipeline { penalties, filters: vec![Filter::TopK(1)] };
    let each = [
        (Kind::Greedy, How::Greedy),
        (Kind::NoRepeat, How::Draw(no_repeat)),
        (Kind::Beam, How::Beam(beams, length_penalty)),
        (Kind::Contrastive, How::Contrastive(CONTRASTIVE.0, CONTRASTIVE.1)),
        (Kind::Sampling, How::Draw(Pipeline::default())),
        (Kind::Temperature, filter(Filter::Temperature(temperature))),
        (Kind::TopK, filter(Filter::TopK(numbers.kept()))),
        (Kind::TopP, filter(Filter::TopP(p))),
        (Kind::MinP, filter(Filter::MinP(min_p))),
        (Kind::Typical, filter(Filter::Typical(TYPICAL))),
        (Kind::Epsilon, filter(Filter::Epsilon(EPSILON))),
        (Kind::Mirostat, How::Mirostat),
    ];
    each.map(|(kind, how)| Named { kind, label: label(kind, numbers), how }).into()
}

/// What a strategy is called, with its numbers.
pub(crate) fn label(kind: Kind, numbers: &Numbers) -> Text {
    WORDS.with(&format!("labels.{}", kind.word()), &numbers.named())
}

/// The one that a person asked for beside those that are always shown, or all.
pub(crate) fn chosen(numbers: &Numbers, wanted: Option<Kind>) -> Vec<Named> {
    let shown = |named: &Named| wanted.is_none_or(|kind| kind == named.kind) || ALWAYS.contains(&named.kind);
    all(numbers).into_iter().filter(shown).collect()
}
