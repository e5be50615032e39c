//! Accuracy by the number of labelled examples.

use concepts::evaluation::EvaluationError;
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::data::Repeated;
use crate::lessons::paradigms::experiments::leads::{Meeting, NEAREST, Turn, apart, means, meeting};
use crate::lessons::paradigms::setup::Setup;
use crate::lessons::paradigms::shares::{percent, points};
use crate::{named, row};

/// Names that a note has room for.
const SHOWN: usize = 10;

pub(crate) fn curves(setup: &Setup) -> Result<Findings, EvaluationError> {
    let mut f = Findings::default();
    let (data, curve) = (&setup.data, &setup.curve);
    f.words(
        "whose",
        match data.own {
            true => WORDS.with("whose.own", &named![rows = data.texts.len(), labels = data.names.len()]),
            false => WORDS.with("whose", &named![rows = data.texts.len()]),
        },
    );
    f.number("repeats", setup.settings.repeats as f64);
    f.number("test_rows", curve.test as f64);
    f.number("smoothing", setup.settings.smoothing);
    f.number("penalty", setup.settings.penalty);
    f.words(
        "neighbours_said",
        match setup.settings.neighbours {
            1 => WORDS.get("neighbours_said.one"),
            neighbours => WORDS.with("neighbours_said", &named![neighbours]),
        },
    );
    f.words(
        "units_said",
        WORDS.get(match setup.units {
            concepts::classical::Units::Single => "units_said.single",
            concepts::classical::Units::Pairs => "units_said.pairs",
        }),
    );
    formulas(&mut f);
    let mut grid = Grid::new("curve", &WORDS);
    let seed = setup.seed;
    let all = [means(curve, 0, seed)?, means(curve, 1, seed)?, means(curve, 2, seed)?];
    for (place, &size) in curve.sizes.iter().enumerate() {
        let [bayes, logistic, nearest] = [0, 1, 2].map(|method| {
            let found = &all[method][place];
            let [mean, low, high] = [found.estimate, found.low, found.high].map(percent);
            WORDS.with("curve.cell", &named![mean, low, high])
        });
        let (rule, stranger) = (mean(&curve.commonest[place]), mean(&curve.strangers[place]));
        grid = grid.row(row![size, bayes, logistic, nearest, rule, stranger]);
    }
    f.table("curve", grid.table());
    let last = curve.sizes.len() - 1;
    let (nearest, rule) = (all[NEAREST][last].estimate, mean(&curve.commonest[last]));
    f.number("most_examples", curve.sizes[last] as f64);
    f.number("best_accuracy", all[0][last].estimate.max(all[1][last].estimate));
    f.number("nearest_accuracy", nearest);
    // Without a look at the text: the commonest label, or any.
    let guess = 1.0 / data.names.len() as f64;
    f.number("guess_accuracy", rule.max(guess));
    f.words("meets_said", meets(setup)?);
    // A mean of thirds is no third to the last bit.
    let (below_guessing, most) = (rule < guess - EXACT_F64, curve.sizes[last]);
    f.note("note_rule", below_guessing.then(|| WORDS.with("note_rule", &named![most])));
    notes(setup, &mut f);
    Ok(f)
}

/// The three methods.
fn formulas(f: &mut Findings) {
    f.formula(
        "f_bayes",
        r"\hat c = \arg\max_c \left(\ln P(c) + \sum_w n_w \ln\frac{n_{wc} + \lambda}{n_c + V\lambda}\right)",
        "ĉ = argmax_c  ln P(c) + Σ_w n_w·ln((n_wc + λ)/(n_c + V·λ))",
    );
    f.formula(
        "f_logistic",
        r"P(c \mid x) = \mathrm{softmax}(xW + b)_c,\quad \min_{W,b}\, -\sum_i \ln P(y_i \mid x_i) + \tfrac12\lambda\|W\|^2",
        "P(c | x) = softmax(xW + b)_c    min −Σ ln P(yᵢ | xᵢ) + ½λ‖W‖²",
    );
    f.formula(
        "f_nearest",
        r"\hat c = \arg\max_c \sum_{i \in N_k(x)} [y_i = c]\,\cos(v(x), v(x_i))",
        "ĉ = argmax_c Σ_{i ∈ N_k(x)} [yᵢ = c]·cos(v(x), v(xᵢ))",
    );
}

/// What follows for both trained methods, if there are enough rows and divisions to say.
fn meets(setup: &Setup) -> Result<Text, EvaluationError> {
    let mut said = Vec::new();
    let meetings = [meeting(&setup.curve, 0, setup.drawn())?, meeting(&setup.curve, 1, setup.drawn())?];
    let uncrossed = meetings.each_ref().map(|meeting| matches!(meeting, Meeting::Trained(_)));
    for (place, meeting) in meetings.into_iter().enumerate() {
        said.extend(told(setup, place, meeting)?);
        // What holds for both is said once.
        match (uncrossed[place], uncrossed[1 - place]) {
            (true, true) if place == 1 => said.push(WORDS.get("meets.uncrossed")),
            (true, false) => said.push(WORDS.with("meets.uncrossed-one", &named![name = classifier(place)])),
            _ => {}
        }
    }
    let (test_rows, repeats) = (setup.curve.test, setup.settings.repeats);
    Ok(match said.is_empty() {
        true => WORDS.with("meets.little", &named![test_rows, repeats]),
        false => Text::joined(&said, [" ", ""]),
    })
}

/// The name of a trained classifier.
fn classifier(place: usize) -> Text {
    WORDS.get(["methods.bayes", "methods.logistic"][place])
}

/// The sentence that follows from where which curve leads.
fn told(setup: &Setup, place: usize, meeting: Meeting) -> Result<Option<Text>, EvaluationError> {
    let name = classifier(place);
    let last = setup.curve.sizes.last();
    Ok(Some(match meeting {
        Meeting::Little => return Ok(None),
        Meeting::Nothing => WORDS.with("meets.nothing", &named![name]),
        Meeting::Level => WORDS.with("meets.level", &named![name]),
        Meeting::Trained(sizes) => WORDS.with("meets.trained", &named![name, sizes = counts(&sizes)]),
        Meeting::Nearest(sizes) if sizes.last() == last => {
            WORDS.with("meets.nearest", &named![name, sizes = counts(&sizes)])
        }
        Meeting::Nearest(sizes) => faded(setup, place, &name, &sizes)?,
        Meeting::Crosses { nearest, trained } => WORDS.with("meets", &named![name, nearest, trained]),
        Meeting::Turns(turns) => {
            let turn = |turn: &Turn| {
                let who = if turn.trained { name.clone() } else { WORDS.get("methods.nearest") };
                WORDS.with("meets.turn", &named![who, sizes = counts(&turn.sizes)])
            };
            let turns = Text::joined(&turns.iter().map(turn).collect::<Vec<_>>(), ["; ", "；"]);
            WORDS.with("meets.turns", &named![name, turns])
        }
    }))
}

/// The nearest example leads, and with the most examples no longer beyond doubt.
fn faded(setup: &Setup, place: usize, name: &Text, sizes: &[usize]) -> Result<Text, EvaluationError> {
    let apart = apart(&setup.curve, place, setup.drawn())?;
    let end = &apart[apart.len() - 1];
    let behind = |share: f64| points(-share).trim_start_matches('+').to_owned();
    let (last, low, high) = (behind(end.estimate), behind(end.high), behind(end.low));
    let most = setup.curve.sizes[apart.len() - 1];
    Ok(WORDS.with("meets.faded", &named![name = name.clone(), sizes = counts(sizes), most, last, low, high]))
}

/// Numbers of examples, one after the other.
fn counts(sizes: &[usize]) -> Text {
    Text::list(&sizes.iter().map(|size| Text::same(size.to_string())).collect::<Vec<_>>())
}

/// What of the data is not used.
fn notes(setup: &Setup, f: &mut Findings) {
    let data = &setup.data;
    let joined = |names: &[Text]| {
        let more = (names.len() > SHOWN).then(|| Text::same("…"));
        Text::list(&names.iter().take(SHOWN).cloned().chain(more).collect::<Vec<_>>())
    };
    let some = |names: &[Text], id: &str| {
        let count = names.len();
        (count > 0).then(|| WORDS.with(id, &named![count, names = joined(names)]))
    };
    f.note("note_unused", some(&data.unused, "note_unused"));
    f.note("note_single", some(&data.single, "note_single"));
    let empty = data.empty;
    f.note("note_empty", (empty > 0).then(|| WORDS.with("note_empty", &named![empty])));
    let Repeated { texts, rows, contradicted } = data.repeated;
    f.note("note_repeated", (texts > 0).then(|| WORDS.with("note_repeated", &named![texts, rows])));
    let some = (contradicted > 0).then(|| WORDS.with("note_contradicted", &named![texts = contradicted]));
    f.note("note_contradicted", some);
    let last = setup.curve.sizes[setup.curve.sizes.len() - 1];
    let rest = data.texts.len() - setup.curve.test;
    let left = rest.saturating_sub(last);
    f.note("note_rows", (left > 0).then(|| WORDS.with("note_rows", &named![left, examples = last])));
}
