//! From texts to numbers with intervals.

use concepts::comparison::{
    Family, Group, Grouped, Judge, Measure, Measured, Recipe, Record, Reference, Strength, Units, groups,
    measure,
};
use concepts::evaluation::{
    Bootstrap, EvaluationError, Interval, LikenessOptions, Quantizer, Resampling, ZIPF_RANKS,
    likeness_interval, ngram_divergence, zipf_exponent,
};
use rayon::prelude::*;

/// The level of intervals.
pub(crate) const LEVEL: f64 = 0.95;
/// Resamples of an interval.
pub(crate) const RESAMPLES: usize = 1000;
/// With fewer prompts an interval of resamples is too narrow to mark what differs from people.
pub(crate) const FEWEST: usize = 6;
/// With fewer texts of people the clusters of the likeness are so small that it changes with the seed by tenths.
pub(super) const LIKENESS_FROM: usize = 100;
/// Resamples of its interval, each of which is a frontier.
const FRONTIERS: usize = 200;
/// N-grams whose distribution is held against that of held-out text, and how it is smoothed.
const NGRAM: usize = 2;
const SMOOTHING: f64 = 0.5;

/// One setting with all its numbers.
pub(crate) struct Row {
    pub strategy: String,
    pub settings: Vec<(String, f64)>,
    pub human: bool,
    /// Was it read from a person's file?
    pub read: bool,
    /// The family, where the strategy is one that this program knows.
    pub family: Option<Family>,
    /// Is it one of the settings that stand for its strategy? A temperature before a cut belongs to the grid of both;
    /// in a person's own file, which has no grid, every setting counts.
    pub counts: bool,
    pub texts: usize,
    pub measured: Measured,
    pub strength: Option<Strength>,
    pub whole: Whole,
    /// `−ln p` by text, where known.
    pub log_probs: Vec<Vec<f64>>,
}

/// What is measured of all texts of a setting together; NaN where nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Whole {
    /// The exponent of Zipf's law.
    pub zipf: f64,
    /// Jensen–Shannon divergence of pairs of words from held-out text, in nats.
    pub divergence: f64,
    /// The area under the divergence frontier, as MAUVE has it, on n-gram features; with an interval where there are
    /// texts enough.
    pub likeness: Interval,
}

/// Everything that was compared.
pub(crate) struct Assessed {
    /// Text that people wrote first, if there is some.
    pub rows: Vec<Row>,
    pub prompts: usize,
    /// Prompts left out, since some setting lacks them.
    pub unpaired: usize,
    /// Texts without a character.
    pub empty: usize,
    /// The entropy of the model on the contexts where strengths are measured.
    pub model_entropy: Option<f64>,
    draws: Option<Resampling>,
}

/// What texts are held against.
pub(crate) struct Against<'a> {
    /// Text whose words are known.
    pub known: &'a str,
    /// Were the texts read from a person's file?
    pub read: bool,
    pub judge: Judge<'a>,
    /// The strength of a recipe, where there is a model to measure it on.
    pub strength: &'a (dyn Fn(&Recipe) -> Option<Strength> + Sync),
    pub seed: u64,
}

impl Assessed {
    pub(crate) fn new(records: &[Record], against: &Against) -> Assessed {
        let grouped = groups(records);
        let known = Reference::known(against.known);
        let reference = Reference { known: &known, judge: Some(against.judge) };
        let measured: Vec<Measured> =
            grouped.groups.par_iter().with_max_len(1).map(|group| measure(group, &reference)).collect();
        let wholes = wholes(&grouped, against.seed);
        let mut rows: Vec<Row> = Vec::new();
        for ((group, measured), whole) in grouped.groups.iter().zip(measured).zip(wholes) {
            let family = Family::named(group.strategy);
            let recipe = family.and_then(|family| recipe(family, group.settings));
            let records = || group.texts.iter().flatten();
            rows.push(Row {
                strategy: group.strategy.into(),
                settings: group.settings.to_vec(),
                human: group.is_human(),
                read: against.read,
                family,
                counts: against.read || !is_heated(family, group.settings),
                texts: records().count(),
                measured,
                strength: recipe.and_then(|recipe| (against.strength)(&recipe)),
                whole,
                log_probs: records().filter_map(|record| record.log_probs.clone()).collect(),
            });
        }
        rows.sort_by_key(|row| !row.human);
        let prompts = grouped.prompts.len();
        let options = Bootstrap { resamples: RESAMPLES, level: LEVEL, seed: against.seed };
        let model_entropy =
            (against.strength)(&Recipe::new(Family::Temperature, 1.0)).map(|strength| strength.entropy);
        let (unpaired, empty) = (grouped.unpaired.len(), grouped.empty);
        Assessed {
            rows,
            prompts,
            unpaired,
            empty,
            model_entropy,
            draws: Resampling::new(prompts, &options).ok(),
        }
    }

    /// The text that people wrote.
    pub(crate) fn human(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.human)
    }

    /// All settings of strategies.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.human)
    }

    /// The sweep of a family: its settings, by rising value.
    pub(crate) fn sweep(&self, family: Family) -> Vec<&Row> {
        let of = |row: &&Row| row.family == Some(family) && row.counts;
        let mut rows: Vec<&Row> = self.written().filter(of).collect();
        rows.sort_by(|a, b| a.value().total_cmp(&b.value()));
        rows
    }

    /// The mean over prompts with its interval; NaN where there is no such number.
    pub(crate) fn interval(&self, row: &Row, measure: Measure) -> Interval {
        self.of_values(row.measured.of(measure))
    }

    /// The mean of values by prompt with its interval, which one prompt has not.
    pub(crate) fn of_values(&self, values: &[f64]) -> Interval {
        self.with(|draws| draws.mean_interval(values).ok())
    }

    /// The difference on the same prompts.
    pub(crate) fn difference(&self, first: &Row, second: &Row, measure: Measure) -> Interval {
        let values = (first.measured.of(measure), second.measured.of(measure));
        self.with(|draws| draws.mean_difference(values.0, values.1).ok())
    }

    fn with(&self, of: impl Fn(&Resampling) -> Option<Interval>) -> Interval {
        let interval = self.draws.as_ref().and_then(of).unwrap_or(NONE);
        if self.prompts < 2 { Interval { estimate: interval.estimate, ..NONE } } else { interval }
    }
}

/// Nothing can be said.
pub(crate) const NONE: Interval = Interval { estimate: f64::NAN, low: f64::NAN, high: f64::NAN };

/// Is it the number that a family is swept over, by the name of this program or by that of many others: `top_p`?
pub(crate) fn is_own(family: Family, name: &str) -> bool {
    name == family.parameter() || name == family.word().replace('-', "_")
}

/// The number that a strategy is swept over: its own, else the first that it has; 0 without any.
pub(crate) fn swept(family: Option<Family>, settings: &[(String, f64)]) -> f64 {
    let of = |family| settings.iter().find(|(name, _)| is_own(family, name));
    family.and_then(of).or(settings.first()).map_or(0.0, |(_, value)| *value)
}

impl Row {
    /// The number that the family is swept over; 0 for one without.
    pub(crate) fn value(&self) -> f64 {
        swept(self.family, &self.settings)
    }

    /// Is it greedy by another name: one beam, one token, no mass?
    pub(crate) fn is_greedy(&self) -> bool {
        use Family::{Beam, Temperature, TopK, TopP};
        matches!(
            self.family.map(|family| (family, self.value())),
            Some((Beam | TopK, 1.0) | (TopP | Temperature, 0.0))
        )
    }

    /// The number of a setting, if it has one of this name.
    pub(crate) fn setting(&self, name: &str) -> Option<f64> {
        self.settings.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// Has a cut a temperature before it?
fn is_heated(family: Option<Family>, settings: &[(String, f64)]) -> bool {
    let heat = settings.iter().any(|(name, value)| name == "temperature" && *value != 1.0);
    heat && family.is_some_and(|family| family != Family::Temperature)
}

/// The recipe of a setting as it stands in a file, if it has no numbers that a recipe does not know.
fn recipe(family: Family, settings: &[(String, f64)]) -> Option<Recipe> {
    let mut recipe = Recipe::new(family, 0.0);
    for (name, value) in settings {
        match name.as_str() {
            name if name == family.parameter() => recipe.value = *value,
            "temperature" => recipe.temperature = *value,
            "length_penalty" => recipe.length_penalty = *value,
            _ => return None,
        }
    }
    recipe.check().ok().map(|()| recipe)
}

/// The words of a group's texts, as numbers.
type ByPrompt = Vec<Vec<Vec<u32>>>;

/// Measures of sets of texts, for all groups: the same words have the same numbers, the same clusters the same meaning.
fn wholes(grouped: &Grouped, seed: u64) -> Vec<Whole> {
    let mut units = Units::default();
    let mut of_prompt = |texts: &Vec<&Record>| -> Vec<Vec<u32>> {
        texts.iter().map(|record| units.of_cut(&record.text)).collect()
    };
    let numbered: Vec<ByPrompt> =
        grouped.groups.iter().map(|group| group.texts.iter().map(&mut of_prompt).collect()).collect();
    let slices: Vec<Vec<&[u32]>> =
        numbered.iter().map(|texts| texts.iter().flatten().map(Vec::as_slice).collect()).collect();
    let human = grouped.groups.iter().position(Group::is_human);
    let likeness = human.and_then(|human| likenesses(&numbered, human, seed).ok());
    let whole = |(place, texts): (usize, &Vec<&[u32]>)| Whole {
        zipf: zipf_exponent(texts, ZIPF_RANKS),
        divergence: human.map_or(f64::NAN, |human| {
            ngram_divergence(texts, &slices[human], NGRAM, SMOOTHING).map_or(f64::NAN, |of| of.jensen_shannon)
        }),
        likeness: likeness.as_ref().map_or(NONE, |of| of[place]),
    };
    slices.par_iter().enumerate().map(whole).collect()
}

/// The likeness of each group to what people wrote, over clusters of all texts together. After each prompt a group has
/// as many texts as people wrote there, if it has more.
fn likenesses(numbered: &[ByPrompt], human: usize, seed: u64) -> Result<Vec<Interval>, EvaluationError> {
    let theirs = &numbered[human];
    let beside = |texts: &ByPrompt| -> ByPrompt {
        texts.iter().zip(theirs).map(|(own, theirs)| own[..own.len().min(theirs.len())].to_vec()).collect()
    };
    let groups: Vec<ByPrompt> = numbered.iter().map(beside).collect();
    let all: Vec<&[u32]> = groups.iter().flatten().flatten().map(Vec::as_slice).collect();
    let people = theirs.iter().flatten().count();
    let options = LikenessOptions {
        clusters: Some((people / 4).max(2)),
        restarts: 2,
        seed,
        ..LikenessOptions::default()
    };
    let learnt = Quantizer::learn(&all, &options)?;
    let cells = |texts: &Vec<Vec<u32>>| learnt.cells(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let by_prompt = |texts: &ByPrompt| texts.iter().map(cells).collect::<Result<Vec<_>, _>>();
    let reference = by_prompt(&groups[human])?;
    // Of few texts the estimate alone.
    let resamples = if people < LIKENESS_FROM { 1 } else { FRONTIERS };
    let bootstrap = Bootstrap { resamples, level: LEVEL, seed };
    let of = |texts: &ByPrompt| -> Result<Interval, EvaluationError> {
        let found = (&options.frontier, &bootstrap);
        let found = likeness_interval(&by_prompt(texts)?, &reference, learnt.size(), found)?;
        Ok(if resamples == 1 { Interval { estimate: found.estimate, ..NONE } } else { found })
    };
    groups.par_iter().map(of).collect()
}
