//! A person's own comparisons.

use std::path::Path;

use concepts::preference::Comparisons;

use super::WORDS;
use crate::errors::At;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::named;

/// Strengths of more players take too long.
const PLAYERS: usize = 400;

/// Comparisons, and what of the file was not used.
pub(crate) struct Prefs {
    pub comparisons: Comparisons,
    /// Columns beside winner and loser.
    pub unused: Vec<String>,
}

/// Reads a table with the columns winner and loser.
pub(crate) fn prefs(path: &Path) -> Result<Prefs, Refusal> {
    let wanted = Wanted {
        flag: "prefs",
        what: WORDS.get("refused.wanted"),
        most: 16 << 20,
        because: WORDS.get("refused.because"),
    };
    let csv = Csv::read(path, &wanted)?;
    let (winner, loser) = (csv.column_of(&["winner", "chosen"])?, csv.column_of(&["loser", "rejected"])?);
    for column in [winner, loser] {
        if let Some((line, _)) = csv.cells(column).find(|(_, cell)| cell.is_empty()) {
            return Err(csv.refused_at(line, column, &WORDS.get("refused.no-name")));
        }
    }
    let same = csv.cells(winner).zip(csv.cells(loser)).find(|((_, w), (_, l))| w == l);
    if let Some(((line, name), _)) = same {
        let why = WORDS.with("refused.themself", &named![name]);
        return Err(csv.refused_at(line, loser, &why));
    }
    let pairs = csv.texts(winner).into_iter().zip(csv.texts(loser));
    let comparisons = Comparisons::from_names(pairs)?;
    let players = comparisons.names().len();
    if players > PLAYERS {
        let why = WORDS.with("refused.players", &named![players, most = PLAYERS]);
        return Err(csv.refused(&why));
    }
    let others = (0..csv.header().len()).filter(|&c| c != winner && c != loser);
    let unused = others.map(|c| csv.header()[c].clone()).collect();
    comparisons.can_be_fitted().at(format!("--prefs {}", path.display()))?;
    Ok(Prefs { comparisons, unused })
}
