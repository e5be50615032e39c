//! A person's own comparisons.

use std::collections::HashSet;
use std::path::Path;

use concepts::preference::Comparisons;

use super::WORDS;
use crate::errors::At;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::kit::visible;
use crate::named;

/// The columns of Chatbot Arena's comparisons, and what its column of winners says where nobody won.
const PLAYERS_OF_ARENA: [&str; 3] = ["model_a", "model_b", "winner"];
const TIES: [&str; 4] = ["tie", "tie (bothbad)", "bothbad", "both_bad"];
/// Strengths of more players take too long.
const PLAYERS: usize = 400;
/// Players that a note names.
const NAMED: usize = 15;

/// Comparisons, and what of the file was not used.
pub(crate) struct Prefs {
    pub comparisons: Comparisons,
    /// Columns beside those of the players and the winner.
    pub unused: Vec<Text>,
    /// Rows in which nobody won.
    pub ties: usize,
    /// Players who are in such rows alone.
    pub undecided: Vec<Text>,
}

/// Who won against whom, row by row, and the columns that say so.
struct Pairs<'a> {
    all: Vec<(&'a str, &'a str)>,
    read: Vec<usize>,
    ties: Vec<[&'a str; 2]>,
}

/// Reads a table with the columns winner and loser, or with two players and who of them won.
pub(crate) fn prefs(path: &Path) -> Result<Prefs, Refusal> {
    let wanted = Wanted {
        flag: "prefs",
        what: WORDS.get("refused.wanted"),
        most: 16 << 20,
        because: WORDS.get("refused.because"),
    };
    let csv = Csv::read(path, &wanted)?;
    let Pairs { all, read, ties } = match PLAYERS_OF_ARENA.map(|name| csv.column(name)) {
        [Ok(a), Ok(b), Ok(winner)] => arena(&csv, [a, b, winner])?,
        _ => pairs(&csv)?,
    };
    if all.is_empty() {
        return Err(csv.refused(&WORDS.get("refused.all-ties")));
    }
    let comparisons = Comparisons::from_names(all)?;
    let players = comparisons.names().len();
    if players > PLAYERS {
        let why = WORDS.with("refused.players", &named![players, most = PLAYERS]);
        return Err(csv.refused(&why));
    }
    comparisons.can_be_fitted().at(format!("--prefs {}", path.display()))?;
    let undecided = undecided(&ties, comparisons.names());
    Ok(Prefs { comparisons, unused: csv.spare(&read), ties: ties.len(), undecided })
}

/// Who was compared and never won or lost: of those no strength is fitted.
fn undecided(ties: &[[&str; 2]], fitted: &[String]) -> Vec<Text> {
    let fitted: HashSet<&str> = fitted.iter().map(String::as_str).collect();
    let mut seen = HashSet::new();
    let left = ties.iter().flatten().filter(|name| !fitted.contains(**name) && seen.insert(**name));
    let mut names: Vec<Text> = left.take(NAMED + 1).map(|name| Text::same(visible::name(name))).collect();
    if names.len() > NAMED {
        names[NAMED] = Text::same("…");
    }
    names
}

/// Rows that name the winner and the loser.
fn pairs(csv: &Csv) -> Result<Pairs<'_>, Refusal> {
    let (winner, loser) = (csv.column_of(&["winner", "chosen"])?, csv.column_of(&["loser", "rejected"])?);
    players(csv, [winner, loser])?;
    let all = csv.texts(winner).into_iter().zip(csv.texts(loser)).collect();
    Ok(Pairs { all, read: vec![winner, loser], ties: Vec::new() })
}

/// Rows that name two players and say which of them won, or that neither did, as those of Chatbot Arena do.
fn arena(csv: &Csv, [a, b, winner]: [usize; 3]) -> Result<Pairs<'_>, Refusal> {
    players(csv, [a, b])?;
    apart(csv, [a, b])?;
    let (mut all, mut ties) = (Vec::new(), Vec::new());
    for (((line, won), (_, a)), (_, b)) in csv.cells(winner).zip(csv.cells(a)).zip(csv.cells(b)) {
        match won {
            "model_a" => all.push((a, b)),
            "model_b" => all.push((b, a)),
            _ if won == a => all.push((a, b)),
            _ if won == b => all.push((b, a)),
            _ if TIES.contains(&won) => ties.push([a, b]),
            "" => return Err(csv.refused_at(line, winner, &WORDS.get("refused.no-winner"))),
            _ => {
                let why = WORDS.with("refused.who-won", &named![found = visible::name(won)]);
                return Err(csv.refused_at(line, winner, &why));
            }
        }
    }
    Ok(Pairs { all, read: vec![a, b, winner], ties })
}

/// No player is called as the column of winners calls a side or a tie: who won would be a guess. A player of one side
/// alone may have the name of that side.
fn apart(csv: &Csv, sides: [usize; 2]) -> Result<(), Refusal> {
    let words = || PLAYERS_OF_ARENA[..2].iter().chain(&TIES);
    for (column, side) in sides.into_iter().zip(PLAYERS_OF_ARENA) {
        let taken = |cell: &str| words().any(|word| *word != side && word.eq_ignore_ascii_case(cell));
        if let Some((line, name)) = csv.cells(column).find(|(_, cell)| taken(cell)) {
            let why = WORDS.with("refused.taken", &named![name = visible::name(name)]);
            return Err(csv.refused_at(line, column, &why));
        }
    }
    Ok(())
}

/// Each has a name, and nobody plays alone.
fn players(csv: &Csv, columns: [usize; 2]) -> Result<(), Refusal> {
    for column in columns {
        if let Some((line, _)) = csv.cells(column).find(|(_, cell)| cell.is_empty()) {
            return Err(csv.refused_at(line, column, &WORDS.get("refused.no-name")));
        }
    }
    let [first, second] = columns;
    match csv.cells(first).zip(csv.cells(second)).find(|((_, one), (_, other))| one == other) {
        Some(((line, name), _)) => {
            Err(csv.refused_at(line, second, &WORDS.with("refused.themself", &named![name])))
        }
        None => Ok(()),
    }
}
