//! Who won against whom.

use std::collections::BTreeMap;

use super::PreferenceError;

/// Comparisons of players that are numbered by their first appearance.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparisons {
    names: Vec<String>,
    /// How often the first won against the second.
    wins: BTreeMap<(usize, usize), f64>,
    total: usize,
}

impl Comparisons {
    /// Comparisons from pairs of names, winner first.
    ///
    /// # Errors
    /// [`PreferenceError::NoComparisons`], [`PreferenceError::Themself`].
    ///
    /// # Examples
    /// ```
    /// use concepts::preference::Comparisons;
    /// let made = Comparisons::from_names([("a", "b"), ("b", "a"), ("a", "b")])?;
    /// assert_eq!((made.names().len(), made.won(0, 1), made.total()), (2, 2.0, 3));
    /// # Ok::<(), concepts::preference::PreferenceError>(())
    /// ```
    pub fn from_names<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Comparisons, PreferenceError> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut made = Comparisons { names: Vec::new(), wins: BTreeMap::new(), total: 0 };
        for (winner, loser) in pairs {
            made.total += 1;
            if winner == loser {
                return Err(PreferenceError::Themself { comparison: made.total, player: winner.into() });
            }
            let mut place = |name: &'a str, names: &mut Vec<String>| {
                *places.entry(name).or_insert_with(|| {
                    names.push(name.into());
                    names.len() - 1
                })
            };
            let pair = (place(winner, &mut made.names), place(loser, &mut made.names));
            *made.wins.entry(pair).or_insert(0.0) += 1.0;
        }
        if made.total == 0 { Err(PreferenceError::NoComparisons) } else { Ok(made) }
    }

    /// Comparisons of numbered players, winner first.
    ///
    /// # Errors
    /// As [`Comparisons::from_names`].
    pub fn from_places(names: &[&str], pairs: &[(usize, usize)]) -> Result<Comparisons, PreferenceError> {
        let mut wins = BTreeMap::new();
        for (i, &(winner, loser)) in pairs.iter().enumerate() {
            if winner == loser {
                return Err(PreferenceError::Themself { comparison: i + 1, player: names[winner].into() });
            }
            *wins.entry((winner, loser)).or_insert(0.0) += 1.0;
        }
        if pairs.is_empty() {
            return Err(PreferenceError::NoComparisons);
        }
        Ok(Comparisons { names: names.iter().map(|&n| n.into()).collect(), wins, total: pairs.len() })
    }

    /// The players, in the order of their first appearance.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How often the first won against the second.
    pub fn won(&self, i: usize, j: usize) -> f64 {
        self.wins.get(&(i, j)).copied().unwrap_or(0.0)
    }

    /// Every pair with at least one win: winner, loser, how often.
    pub fn wins(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.wins.iter().map(|(&(i, j), &count)| (i, j, count))
    }

    /// How many comparisons there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Can strengths be fitted? They can if and only if from every player a chain of wins leads to every other.
    ///
    /// # Errors
    /// [`PreferenceError::Apart`] where two groups never met: every shift of one group against the other is as likely.
    /// [`PreferenceError::NeverLoses`] where one group never lost to the rest: the likelihood has no maximum.
    ///
    /// # Reference
    /// Ford 1957, "Solution of a ranking problem from binary comparisons".
    pub fn can_be_fitted(&self) -> Result<(), PreferenceError> {
        let met: Vec<(usize, usize)> = self.wins.keys().flat_map(|&(i, j)| [(i, j), (j, i)]).collect();
        let group = self.reached(0, &met);
        if group.contains(&false) {
            let (group, others) = self.named(&group);
            return Err(PreferenceError::Apart { group, others });
        }
        let down: Vec<(usize, usize)> = self.wins.keys().copied().collect();
        let up: Vec<(usize, usize)> = down.iter().map(|&(i, j)| (j, i)).collect();
        let top = self.closed(&up, &down);
        if top.contains(&false) {
            let bottom = self.closed(&down, &up);
            let (group, others) = self.named(&top);
            // Two groups only: who never won is everybody else, as was just said.
            let said = top.iter().zip(&bottom).all(|(top, bottom)| top != bottom);
            let never_won = if said { Vec::new() } else { self.named(&bottom).0 };
            return Err(PreferenceError::NeverLoses { group, others, never_won });
        }
        Ok(())
    }

    /// A group that no edge leaves; `back` has the same edges the other way round. Going on and on ends in such a
    /// group, and whoever is met last by a walk that visits everybody backwards stands in it.
    fn closed(&self, edges: &[(usize, usize)], back: &[(usize, usize)]) -> Vec<bool> {
        let mut seen = vec![false; self.names.len()];
        let mut end = 0;
        for start in 0..seen.len() {
            if !seen[start] {
                end = start;
                self.reached(start, back).iter().zip(&mut seen).for_each(|(&is, seen)| *seen |= is);
            }
        }
        self.reached(end, edges)
    }

    /// Who is reached from a player along these edges.
    fn reached(&self, start: usize, edges: &[(usize, usize)]) -> Vec<bool> {
        let mut from = vec![Vec::new(); self.names.len()];
        edges.iter().for_each(|&(a, b)| from[a].push(b));
        let (mut seen, mut open) = (vec![false; self.names.len()], vec![start]);
        seen[start] = true;
        while let Some(i) = open.pop() {
            for &j in &from[i] {
                if !std::mem::replace(&mut seen[j], true) {
                    open.push(j);
                }
            }
        }
        seen
    }

    /// Those inside and those outside: the first of each, and an ellipsis where there are more.
    fn named(&self, inside: &[bool]) -> (Vec<String>, Vec<String>) {
        let list = |wanted: bool| {
            let of = self.names.iter().zip(inside).filter(|&(_, &is)| is == wanted);
            let mut names: Vec<String> = of.map(|(name, _)| name.clone()).collect();
            if names.len() > SHOWN {
                names.truncate(SHOWN);
                names.push("…".into());
            }
            names
        };
        (list(true), list(false))
    }
}

/// So many names are shown in an error.
const SHOWN: usize = 6;
