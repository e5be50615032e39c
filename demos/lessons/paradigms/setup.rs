//! From knobs to checked values, and what every part of the page reads.

use concepts::classical::{
    Bag, ClassicalError, Curve, CurveSettings, Decoded, Language, Tagger, Units, Vocabulary, learning_curve,
    segment, tagged, tokens, units,
};

use super::data::{Data, data};
use super::experiments::leads::Drawn;
use super::{WORDS, knobs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Lang;
use crate::named;

/// Examples at most, over all divisions: about ten seconds.
const MOST_WORK: usize = 40_000;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub data: Data,
    pub units: Units,
    pub vocabulary: Vocabulary,
    pub bags: Vec<Bag>,
    pub settings: CurveSettings,
    pub curve: Curve,
    /// The text to tag and to classify.
    pub text: String,
    /// The language that it is tagged in.
    pub language: Language,
    pub tagger: Tagger,
    pub words: Vec<String>,
    pub decoded: Decoded,
    pub tag_smoothing: f64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (values, seed) = (&setting.values, setting.seed);
        let data = data(values)?;
        let kind = knobs::UNITS.of(values);
        let (vocabulary, bags) = counted(&data.texts, kind);
        if vocabulary.is_empty() {
            let file = knobs::CSV.of(values).map_or_else(String::new, |path| path.display().to_string());
            return Err(Refusal(WORDS.with("refused.no-words", &named![file])));
        }
        let settings = CurveSettings {
            smoothing: knobs::SMOOTHING.of(values),
            penalty: knobs::PENALTY.of(values),
            neighbours: knobs::NEIGHBOURS.of(values),
            repeats: knobs::REPEATS.of(values),
            most: knobs::LABELLED.of(values).max(data.names.len()),
            seed,
        };
        if values.given(&knobs::LABELLED) && knobs::LABELLED.of(values) < data.names.len() {
            let labels = data.names.len();
            let labelled = knobs::LABELLED.of(values);
            return Err(Refusal(WORDS.with("refused.labelled", &named![labelled, labels])));
        }
        affordable(&settings, data.texts.len())?;
        let curve = learning_curve(&bags, &data.labels, data.names.len(), &settings)?;
        let text = match knobs::TEXT.of(values) {
            Some(text) => text.to_owned(),
            None => example(knobs::DATA.of(values)),
        };
        let language = language(&text);
        let tag_smoothing = knobs::TAG_SMOOTHING.of(values);
        let tagger = tagger(language, tag_smoothing)?;
        let words = cut(&text, language, &tagger);
        let decoded = tagger.decode(&words)?;
        Ok(Setup {
            data,
            units: kind,
            vocabulary,
            bags,
            settings,
            curve,
            text,
            language,
            tagger,
            words,
            decoded,
            tag_smoothing,
            seed,
        })
    }

    /// What the learning curves were drawn from.
    pub(crate) fn drawn(&self) -> Drawn {
        Drawn { rows: self.bags.len(), labels: self.data.names.len(), seed: self.seed }
    }

    /// The text as counts, and how many of its units no row has.
    pub(crate) fn bag(&self) -> (Bag, usize) {
        self.vocabulary.count(&units(&self.text, self.units))
    }
}

/// Refused before it starts: divisions times examples.
fn affordable(settings: &CurveSettings, rows: usize) -> Result<(), Refusal> {
    let examples = settings.most.min(rows);
    let work = settings.repeats * examples;
    if work > MOST_WORK {
        let (repeats, most) = (settings.repeats, (MOST_WORK / settings.repeats).max(2));
        return Err(Refusal(WORDS.with("refused.work", &named![repeats, examples, most])));
    }
    Ok(())
}

/// The sentence of the page when none is given.
fn example(language: Language) -> String {
    let id = match language {
        Language::English => "example.english",
        Language::Chinese => "example.chinese",
    };
    WORDS.get(id).get(Lang::En).to_owned()
}

/// Every text as counts.
pub(crate) fn counted(texts: &[String], kind: Units) -> (Vocabulary, Vec<Bag>) {
    let mut vocabulary = Vocabulary::default();
    let bags = texts.iter().map(|text| vocabulary.learn(&units(text, kind))).collect();
    (vocabulary, bags)
}

/// A text with a Chinese character is tagged as Chinese.
fn language(text: &str) -> Language {
    let chinese = text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
    if chinese { Language::Chinese } else { Language::English }
}

fn cut(text: &str, language: Language, tagger: &Tagger) -> Vec<String> {
    match language {
        Language::English => tokens(text),
        Language::Chinese => segment(text, |word| tagger.knows(word)),
    }
}

/// The data and the taggers are the project's own: an error here is a mistake in it.
pub(crate) fn tagger(language: Language, smoothing: f64) -> Result<Tagger, ClassicalError> {
    Tagger::learn(&tagged(language), smoothing)
}
