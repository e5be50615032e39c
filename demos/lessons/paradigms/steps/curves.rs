//! Accuracy by the number of labelled examples.

use concepts::classical::Method;
use concepts::evaluation::EvaluationError;
use concepts::numerics::statistics::mean;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::experiments::leads::{Meeting, means, meeting};
use crate::lessons::paradigms::setup::Setup;
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
            WORDS.with("curve.cell", &named![mean = found.estimate, low = found.low, high = found.high])
        });
        let (rule, stranger) = (mean(&curve.commonest[place]), mean(&curve.strangers[place]));
        grid = grid.row(row![size, bayes, logistic, nearest, rule, stranger]);
    }
    f.table("curve", grid.table());
    let last = curve.sizes.len() - 1;
    f.number("most_examples", curve.sizes[last] as f64);
    f.number("best_accuracy", all[0][last].estimate.max(all[1][last].estimate));
    f.words("bayes_meets", said(setup, Method::Bayes)?);
    f.words("logistic_meets", said(setup, Method::Logistic)?);
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

/// The sentence that follows from where which curve leads.
fn said(setup: &Setup, method: Method) -> Result<Text, EvaluationError> {
    let (place, name) = match method {
        Method::Bayes => (0, WORDS.get("methods.bayes")),
        _ => (1, WORDS.get("methods.logistic")),
    };
    Ok(match meeting(&setup.curve, place, setup.seed)? {
        Meeting::Crosses { nearest, trained } => WORDS.with("meets", &named![name, nearest, trained]),
        Meeting::Back { trained, nearest } => WORDS.with("meets.back", &named![name, nearest, trained]),
        Meeting::Often => WORDS.with("meets.often", &named![name]),
        Meeting::Trained(size) => WORDS.with("meets.trained", &named![name, size]),
        Meeting::Nearest(size) => WORDS.with("meets.nearest", &named![name, size]),
        Meeting::Level => WORDS.with("meets.level", &named![name]),
    })
}

/// What of the data is not used.
fn notes(setup: &Setup, f: &mut Findings) {
    let data = &setup.data;
    let joined = |names: &[Text]| {
        let shown = |lang| {
            let mut all: Vec<&str> = names.iter().take(SHOWN).map(|name| name.get(lang)).collect();
            if names.len() > SHOWN {
                all.push("…");
            }
            all.join(", ")
        };
        Text::new(shown(crate::kit::text::Lang::En), shown(crate::kit::text::Lang::Zh))
    };
    let unused: Vec<Text> = data.unused.iter().map(|name| Text::same(name.clone())).collect();
    let some = |names: &[Text], id: &str| {
        let count = names.len();
        (count > 0).then(|| WORDS.with(id, &named![count, names = joined(names)]))
    };
    f.note("note_unused", some(&unused, "note_unused"));
    f.note("note_single", some(&data.single, "note_single"));
    let empty = data.empty;
    f.note("note_empty", (empty > 0).then(|| WORDS.with("note_empty", &named![empty])));
    let last = setup.curve.sizes[setup.curve.sizes.len() - 1];
    let rest = data.texts.len() - setup.curve.test;
    let left = rest.saturating_sub(last);
    f.note("note_rows", (left > 0).then(|| WORDS.with("note_rows", &named![left, examples = last])));
}
