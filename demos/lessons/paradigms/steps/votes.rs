//! How far the methods lie apart, and what more votes of examples would change.

use concepts::classical::{CurveSettings, nearest_accuracy};
use concepts::evaluation::Interval;
use concepts::numerics::statistics::mean;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::paradigms::WORDS;
use crate::lessons::paradigms::experiments::leads::{apart, difference, is_little};
use crate::lessons::paradigms::setup::Setup;
use crate::lessons::paradigms::shares::{percent, points};
use crate::{named, row};

/// Numbers of votes that are compared, fixed beforehand; the one in words.
const VOTES: [usize; 5] = [1, 3, 5, 9, 15];
const VOTERS: usize = 9;

pub(crate) fn votes(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let curve = &setup.curve;
    f.tables("apart", if is_little(curve) { Vec::new() } else { vec![differences(setup)?] });
    let last = curve.sizes.len() - 1;
    let most = curve.sizes[last];
    let own = voters(setup);
    let mut grid = Grid::new("votes", &WORDS).value("most", most);
    let more = VOTERS.min(most);
    let more = if own == more { VOTES[0] } else { more };
    let by = |votes: usize| {
        let settings = CurveSettings { neighbours: votes, ..setup.settings };
        nearest_accuracy(&setup.bags, &setup.data.labels, setup.data.names.len(), &settings, most)
    };
    for votes in compared(own).into_iter().filter(|votes| *votes <= most) {
        let found = by(votes)?;
        let against = |method: usize| -> Result<String, Refusal> {
            Ok(ahead(&difference(curve, &curve.accuracy[method][last], &found, setup.drawn())?))
        };
        let mark = if votes == own { " ←" } else { "" };
        grid = grid.row(row![
            format!("{votes}{mark}"),
            WORDS.with("votes.share", &named![share = percent(mean(&found))]),
            against(0)?,
            against(1)?
        ]);
    }
    let table = (!is_little(curve)).then(|| grid.table());
    f.note("note_votes", table.as_ref().map(|_| WORDS.with("note_votes", &named![voting = voting(own)])));
    f.tables("votes", table.into_iter().collect());
    f.words("voting", voting(own));
    f.words("more_voting", voting(more));
    // Counted anew: the table need not have so many votes.
    f.number("voted", mean(&by(more)?));
    Ok(f)
}

/// The numbers of votes that are compared, and that of this run.
fn compared(own: usize) -> Vec<usize> {
    let mut all = VOTES.to_vec();
    all.push(own);
    all.sort_unstable();
    all.dedup();
    all
}

/// Of the most examples that are labelled, how many vote: no more than there are.
pub(crate) fn voters(setup: &Setup) -> usize {
    let most = setup.curve.sizes.last().copied().unwrap_or(1);
    setup.settings.neighbours.min(most)
}

/// With how many votes the nearest example speaks.
pub(crate) fn voting(votes: usize) -> Text {
    match votes {
        1 => WORDS.get("voting.one"),
        votes => WORDS.with("voting", &named![votes]),
    }
}

fn differences(setup: &Setup) -> Result<Table, Refusal> {
    let both = [apart(&setup.curve, 0, setup.drawn())?, apart(&setup.curve, 1, setup.drawn())?];
    let rows = setup.curve.sizes.iter().enumerate();
    let rows = rows.map(|(i, &size)| row![size, ahead(&both[0][i]), ahead(&both[1][i])]);
    Ok(Grid::new("apart", &WORDS).rows(rows).table())
}

/// A difference in percentage points, with the ends of its interval.
fn ahead(found: &Interval) -> String {
    let [estimate, low, high] = [found.estimate, found.low, found.high].map(points);
    format!("{estimate} ({low} … {high})")
}
