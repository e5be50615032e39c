//! Filters beside each other: on a steep and a flat step, in both orders, and the written rule beside the right
//! one.

use concepts::decoding::{Candidates, DecodingError, Filter, top_p, written_answer_top_p};
use concepts::language_model::TextCodec;

use super::one_choice::{SHOWN, bar};
use super::{joined, visible};
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::number::{plain, typed};
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::contexts::Contexts;
use crate::lessons::decoding::setup::Setup;
use crate::{named, row};

/// A distribution, and what each filter leaves of it, by its letter.
struct Sets {
    all: Candidates,
    left: Vec<(char, Candidates)>,
}

impl Sets {
    fn new(setup: &Setup, logits: &[f64]) -> Result<Sets, DecodingError> {
        let all = Candidates::from_logits(logits)?;
        let left = setup.numbers.filters().into_iter();
        let left = left.map(|(letter, filter)| Ok((letter, filter.apply(&all)?)));
        let left = left.collect::<Result<_, DecodingError>>()?;
        Ok(Sets { all, left })
    }

    /// The token of a rank, its probability, and the letters of the filters that keep it.
    fn cells(&self, setup: &Setup, rank: usize) -> Vec<Cell> {
        let Some(candidate) = self.all.as_slice().get(rank) else { return row!["", "", ""] };
        let kept = self.left.iter().filter(|(_, set)| set.find(candidate.id).is_some());
        row![
            visible(&setup.trained.vocabulary.decode(&[candidate.id])),
            format!("{} {}", bar(candidate.prob), plain(candidate.prob)),
            kept.map(|(letter, _)| *letter).collect::<String>(),
        ]
    }

    /// How many tokens each filter keeps.
    fn sizes(&self) -> String {
        let each = self.left.iter().map(|(letter, set)| format!("{letter}:{}", set.size()));
        each.collect::<Vec<_>>().join(" ")
    }
}

/// The steepest and the flattest step of the held-out text side by side.
pub(crate) fn side(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
    let [steep, flat] = [Sets::new(setup, &contexts.steep)?, Sets::new(setup, &contexts.flat)?];
    let rank = |rank: usize| [row![rank + 1], steep.cells(setup, rank), flat.cells(setup, rank)].concat();
    let sizes = row!["Σ", "", steep.sizes(), "", "", flat.sizes(), ""];
    let grid = Grid::new("side", &WORDS);
    let (title, names) = match alike(contexts) {
        true => ("side.title-alike", ["first", "second"]),
        false => ("side.title", ["steep", "flat"]),
    };
    let [one, other] = names.map(|name| grid.word(name));
    let grid = grid.value("title", WORDS.get(title)).value("one", one).value("other", other);
    let there = steep.all.size().max(flat.all.size());
    Ok(grid.rows((0..SHOWN.min(there)).map(rank)).row(sizes).table())
}

/// Whether top-p, min-p and typical keep more at the flat step than at the steep one, with these numbers.
pub(crate) fn adapting(setup: &Setup, contexts: &Contexts) -> Result<Text, DecodingError> {
    let [steep, flat] = [Sets::new(setup, &contexts.steep)?, Sets::new(setup, &contexts.flat)?];
    if alike(contexts) {
        return Ok(WORDS.get("adapting.alike"));
    }
    let names = [('p', "top-p"), ('m', "min-p"), ('t', "typical")];
    let more = |letter: char| {
        let size = |sets: &Sets| sets.left.iter().find(|(of, _)| *of == letter).map(|(_, left)| left.size());
        size(&steep) < size(&flat)
    };
    let fixed = names.iter().filter(|(letter, _)| !more(*letter)).map(|(_, name)| Text::same(*name));
    Ok(match joined("list.names", fixed) {
        None => WORDS.get("adapting.all"),
        Some(names) => WORDS.with("adapting.not", &named![names]),
    })
}

/// Has the model one distribution for every step, so that none is steeper than another?
fn alike(contexts: &Contexts) -> bool {
    contexts.steep == contexts.flat
}

/// Temperature and top-p in both orders.
pub(crate) fn orders(setup: &Setup, contexts: &Contexts) -> Result<(Table, Text), DecodingError> {
    let all = Candidates::from_logits(&contexts.flat)?;
    let cut = Filter::TopP(setup.numbers.p);
    let step = WORDS.get(if alike(contexts) { "orders.every" } else { "orders.flat" });
    let mut grid = Grid::new("orders", &WORDS).value("step", step).value("p", typed(setup.numbers.p));
    let mut same = true;
    for t in [0.5, 1.0, 2.0] {
        let heat = Filter::Temperature(t);
        let hot_first = cut.apply(&heat.apply(&all)?)?;
        let cut_first = heat.apply(&cut.apply(&all)?)?;
        let cells = row![t, hot_first.size(), hot_first.entropy(), cut_first.size(), cut_first.entropy()];
        same &= hot_first.size() == cut_first.size();
        grid = grid.row(cells);
    }
    let said = WORDS.get(if same { "orders.same" } else { "orders.differ" });
    Ok((grid.table(), said))
}

/// The written answer's rule beside the right one.
pub(crate) fn written(setup: &Setup, contexts: &Contexts) -> Result<Table, DecodingError> {
    let p = setup.numbers.p;
    let mut grid = Grid::new("written", &WORDS).value("p", typed(p));
    let mut cases = vec![
        (Text::same("(0.95, 0.03, 0.02)"), Candidates::from_probabilities(&[0.95, 0.03, 0.02])?),
        (Text::same("(0.5, 0.3, 0.15, 0.05)"), Candidates::from_probabilities(&[0.5, 0.3, 0.15, 0.05])?),
    ];
    match alike(contexts) {
        true => cases.push((grid.word("every"), Candidates::from_logits(&contexts.flat)?)),
        false => cases.extend([
            (grid.word("steep"), Candidates::from_logits(&contexts.steep)?),
            (grid.word("flat"), Candidates::from_logits(&contexts.flat)?),
        ]),
    }
    if let Some(own) = &setup.logits {
        cases.push((grid.word("own"), Candidates::from_logits(&own.logits)?));
    }
    for (label, all) in cases {
        let (wrong, kept) = (written_answer_top_p(&all, p)?, top_p(&all, p)?);
        let mass = |ids: &mut dyn Iterator<Item = u32>| -> f64 {
            ids.filter_map(|id| all.find(id)).map(|candidate| candidate.prob).sum::<f64>() + 0.0
        };
        let of_wrong = mass(&mut wrong.iter().map(|candidate| candidate.id));
        let of_kept = mass(&mut kept.ids().into_iter());
        grid = grid.row(row![label, wrong.len(), of_wrong, kept.size(), of_kept]);
    }
    Ok(grid.table())
}
