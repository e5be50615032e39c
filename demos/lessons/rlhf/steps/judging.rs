//! Numbers that flatter, and judges that do.

use std::cmp::Ordering;

use concepts::preference::PreferenceError;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::plain;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::judge::{
    HONEST, Judge, LOGS, Users, flattered, longer_wins, pooled, weight_of_a_word,
};
use crate::lessons::rlhf::experiments::pipeline::FILLING;
use crate::lessons::rlhf::setup::Setup;
use crate::row;

/// How many users are right, and what agreement is worth to them.
pub(crate) const USERS: Users = Users { right: 0.6, agreement: 1.5 };

pub(crate) fn judging(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.table("logs", logs());
    let mut grid = Grid::new("flattery", &WORDS).value("beta", setup.beta);
    let rated = flattered(USERS, setup.beta)?;
    let [before, after] = [rated[0].truth, rated[1].truth];
    let id = match before.total_cmp(&after) {
        // What the table shows alike neither rose nor fell.
        _ if plain(before) == plain(after) => "flattery_said.same",
        Ordering::Greater => "flattery_said",
        _ => "flattery_said.held",
    };
    f.words("flattery_said", WORDS.get(id));
    for (id, rated) in ["before", "after"].into_iter().zip(rated) {
        grid = grid.said(id, row![rated.rating, rated.truth, rated.agrees]);
    }
    f.table("flattery", grid.table());
    f.number("users_right", USERS.right);
    f.number("agreement", USERS.agreement);
    f.number("honest", HONEST);
    f.number("filling", FILLING);
    let mut grid = Grid::new("judges", &WORDS);
    for (id, judge) in [
        ("fair", Judge { word: 0.0, first: 0.0 }),
        ("likes-length", Judge { word: 0.8, first: 0.0 }),
        ("likes-first", Judge { word: 0.0, first: 1.0 }),
        ("likes-both", Judge { word: 0.8, first: 1.0 }),
    ] {
        let [first, second] = longer_wins(judge);
        let [_, word] = weight_of_a_word(&setup.pipeline, judge)?;
        let word = if word.abs() < 1e-9 { 0.0 } else { word };
        grid = grid.said(id, row![first, second, 0.5 * (first + second), word]);
    }
    f.table("judges", grid.table());
    Ok(f)
}

fn logs() -> Table {
    let share = |of: [usize; 2]| of[1] as f64 / of[0] as f64;
    let said = |of: [usize; 2]| format!("{} / {}", of[1], of[0]);
    let mut grid = Grid::new("logs", &WORDS);
    for kind in &LOGS {
        grid = grid.said(
            kind.id,
            row![said(kind.honest), share(kind.honest), said(kind.flattering), share(kind.flattering)],
        );
    }
    let sum = |of: fn(&crate::lessons::rlhf::experiments::judge::Kind) -> [usize; 2]| {
        LOGS.iter().map(of).fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]])
    };
    let (honest, flattering) = (sum(|k| k.honest), sum(|k| k.flattering));
    grid.said("all", row![said(honest), pooled(|k| k.honest), said(flattering), pooled(|k| k.flattering)])
        .table()
}
