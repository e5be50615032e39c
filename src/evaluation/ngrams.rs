//! N-grams as small numbers, for measures that count many of them.

use rustc_hash::FxHashMap;

/// The n-grams of one length in several texts, each by an id: equal n-grams, and no others, have equal ids.
///
/// No hash stands for an n-gram, so none can be mistaken for another: the id of an n-gram is the number of
/// different pairs (the n-gram without its last token, the last token) that were met before it. Ids follow the
/// order of the texts; the map is only asked, never walked through.
pub(super) struct Ngrams<'a> {
    texts: &'a [&'a [u32]],
    n: usize,
    /// For each text the ids of its n-grams, in its order.
    pub ids: Vec<Vec<u32>>,
    /// How many ids there are: 0 to this, without it.
    pub different: usize,
}

impl<'a> Ngrams<'a> {
    /// The tokens themselves, n = 1.
    pub(super) fn tokens(texts: &'a [&'a [u32]]) -> Self {
        // Before each token stands the one empty n-gram.
        let ids = texts.iter().map(|text| vec![0; text.len()]).collect();
        Self { texts, n: 0, ids, different: 1 }.longer()
    }

    /// N-grams of `n` tokens; `n` is at least 1.
    pub(super) fn of(texts: &'a [&'a [u32]], n: usize) -> Self {
        (1..n).fold(Self::tokens(texts), |grams, _| grams.longer())
    }

    /// N-grams of one token more.
    pub(super) fn longer(self) -> Self {
        let Self { texts, n, ids, .. } = self;
        let mut known: FxHashMap<u64, u32> = FxHashMap::default();
        let mut longer = |(text, shorter): (&&[u32], Vec<u32>)| -> Vec<u32> {
            let last = text.get(n..).unwrap_or_default();
            let pairs =
                shorter.iter().zip(last).map(|(&gram, &token)| u64::from(gram) << 32 | u64::from(token));
            pairs
                .map(|pair| {
                    let next = known.len() as u32;
                    *known.entry(pair).or_insert(next)
                })
                .collect()
        };
        let ids = texts.iter().zip(ids).map(&mut longer).collect();
        Self { texts, n: n + 1, ids, different: known.len() }
    }

    /// How often each text has each of its n-grams: `(id, count)`, in the order in which they are met.
    pub(super) fn counts(&self) -> Vec<Vec<(u32, usize)>> {
        let mut count = vec![0usize; self.different];
        let mut of_text = |ids: &Vec<u32>| -> Vec<(u32, usize)> {
            ids.iter().for_each(|&id| count[id as usize] += 1);
            // Taken once, a count is 0 again: for the rest of this text and for the next one.
            let taken = ids.iter().map(|&id| (id, std::mem::take(&mut count[id as usize])));
            taken.filter(|&(_, count)| count > 0).collect()
        };
        self.ids.iter().map(&mut of_text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ngrams_have_equal_ids_and_no_others() {
        let texts: [&[u32]; 4] = [&[1, 2, 1, 2, u32::MAX], &[], &[2, 1, 2], &[0, u32::MAX, 0]];
        for n in 1..6 {
            let grams = Ngrams::of(&texts, n);
            let all: Vec<(&[u32], u32)> = texts
                .iter()
                .zip(&grams.ids)
                .flat_map(|(text, ids)| {
                    assert_eq!(text.windows(n).count(), ids.len());
                    text.windows(n).zip(ids.iter().copied())
                })
                .collect();
            for (a, id_a) in &all {
                assert!((*id_a as usize) < grams.different);
                assert!(all.iter().all(|(b, id_b)| (a == b) == (id_a == id_b)), "n = {n}");
            }
        }
    }

    #[test]
    fn counts_add_up() {
        let texts: [&[u32]; 2] = [&[7, 7, 8, 7], &[8, 8]];
        assert_eq!(Ngrams::of(&texts, 1).counts(), [vec![(0, 3), (1, 1)], vec![(1, 2)]]);
        assert_eq!(Ngrams::of(&texts, 2).counts(), [vec![(0, 1), (1, 1), (2, 1)], vec![(3, 1)]]);
        assert_eq!(Ngrams::of(&texts, 9).counts(), [vec![], vec![]]);
    }
}
