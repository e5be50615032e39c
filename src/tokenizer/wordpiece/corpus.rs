//! Words cut into pieces, and what can be counted in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{CONTINUES, WordPieceError};

/// A word that occurs in the corpus, cut into pieces.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) pieces: Vec<u32>,
    pub(super) count: u64,
}

/// Two neighbouring pieces.
pub(super) type Pair = (u32, u32);

/// The pieces by name and number.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    ids: HashMap<String, u32>,
}

impl Names {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        // Each name takes memory: 2³² of them do not fit, so the conversion loses nothing.
        let id = self.names.len() as u32;
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }

    pub(super) fn name(&self, id: u32) -> &str {
        &self.names[id as usize]
    }

    /// The number of the piece that two pieces make, if it exists already.
    pub(super) fn find(&self, pair: Pair) -> Option<u32> {
        self.ids.get(&self.joined(pair)).copied()
    }

    /// The number of the piece that two pieces make. Two pairs may make the same piece.
    pub(super) fn join(&mut self, pair: Pair) -> u32 {
        let name = self.joined(pair);
        self.id(&name)
    }

    /// The name of the piece that two pieces make: the right one loses its mark.
    pub(super) fn joined(&self, (left, right): Pair) -> String {
        let right = self.name(right);
        format!("{}{}", self.name(left), right.strip_prefix(CONTINUES).unwrap_or(right))
    }
}

/// Cuts words into characters. Ids: characters that begin a word, sorted, then characters that continue one.
pub(super) fn characters<S: AsRef<str>>(corpus: &[(S, u64)]) -> Result<(Names, Vec<Word>), WordPieceError> {
    let occurring = || {
        let words = corpus.iter().map(|(word, count)| (word.as_ref(), *count));
        words.filter(|(word, count)| !word.is_empty() && *count > 0)
    };
    if occurring().next().is_none() {
        return Err(WordPieceError::EmptyCorpus);
    }
    occurring()
        .try_fold(0u64, |sum, (word, count)| sum.checked_add(count.checked_mul(word.chars().count() as u64)?))
        .ok_or(WordPieceError::TooManyTokens)?;
    let (mut begin, mut go_on) = (BTreeSet::new(), BTreeSet::new());
    for (word, _) in occurring() {
        let mut rest = word.chars();
        begin.extend(rest.next());
        go_on.extend(rest);
    }
    let mut names = Names::default();
    let mut number = |character: char, mark: &str| (character, names.id(&format!("{mark}{character}")));
    let begin: BTreeMap<char, u32> = begin.into_iter().map(|c| number(c, "")).collect();
    let go_on: BTreeMap<char, u32> = go_on.into_iter().map(|c| number(c, CONTINUES)).collect();
    let of = |(i, c): (usize, char)| if i == 0 { begin[&c] } else { go_on[&c] };
    let words =
        occurring().map(|(word, count)| Word { pieces: word.chars().enumerate().map(of).collect(), count });
    let words = words.collect();
    Ok((names, words))
}

/// How often each piece occurs.
pub(super) fn piece_counts(words: &[Word], pieces: usize) -> Vec<u64> {
    let mut counts = vec![0; pieces];
    for word in words {
        for &piece in &word.pieces {
            counts[piece as usize] += word.count;
        }
    }
    counts
}

/// How often each pair occurs, in the order in which a reader meets the pairs.
pub(super) fn pair_counts(words: &[Word]) -> Vec<(Pair, u64)> {
    let mut place = HashMap::new();
    let mut counts: Vec<(Pair, u64)> = Vec::new();
    for word in words {
        for pair in word.pieces.windows(2).map(|w| (w[0], w[1])) {
            let at = *place.entry(pair).or_insert_with(|| {
                counts.push((pair, 0));
                counts.len() - 1
            });
            counts[at].1 += word.count;
        }
    }
    counts
}

/// The word with every occurrence of the pair replaced, from left to right.
pub(super) fn merged(pieces: &[u32], pair: Pair, new: u32) -> Vec<u32> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut i = 0;
    while i < pieces.len() {
        if i + 1 < pieces.len() && (pieces[i], pieces[i + 1]) == pair {
            out.push(new);
            i += 2;
        } else {
            out.push(pieces[i]);
            i += 1;
        }
    }
    out
}

/// The log-likelihood of a corpus under the unigram model that fits it best: `Σ c(x) ln(c(x)/N)`.
pub(super) fn log_likelihood(counts: &[u64]) -> f64 {
    let n: u64 = counts.iter().sum();
    counts.iter().filter(|&&c| c > 0).map(|&c| c as f64 * libm::log(c as f64 / n as f64)).sum()
}
