//! How alike texts are, by the n-grams that they share.

use std::collections::BTreeMap;

use super::ngrams::Ngrams;

/// BLEU-4: n-grams of one to four tokens.
pub const BLEU_ORDER: usize = 4;

/// What stands for zero matches in a precision.
const EPSILON: f64 = 0.1;

/// N-grams of one length, each with a count.
type Counts<'a> = BTreeMap<&'a [u32], usize>;

/// BLEU-4 of one text against several references: from 0, nothing shared, to 1, the same.
///
/// Smoothing is "method 1": where no n-gram of a length matches, the numerator is 0.1. Where not even
/// one token matches, the result is 0. A text of fewer than four tokens has no n-grams of the longer
/// lengths; their precision is 0.1, as zero of one. An empty text, or no reference, gives 0.
///
/// # Formula
/// `BP · (p₁ p₂ p₃ p₄)^¼`, `pₙ = Σ_g min(c(g), max_R c_R(g)) / Σ_g c(g)` over the n-grams `g` of the
/// text, each counted no more often than in the reference `R` that has it most often;
/// `BP = min(1, exp(1 − r/c))` for `c` tokens, `r` the length of the reference that is nearest to it
/// (the shorter of two)
///
/// # Reference
/// Papineni et al. 2002, *BLEU*; smoothing: Chen & Cherry 2014, *A Systematic Comparison of Smoothing
/// Techniques for Sentence-Level BLEU*, method 1 with ε = 0.1, as `nltk` has it.
///
/// # Examples
/// ```
/// use concepts::evaluation::bleu;
/// assert_eq!(bleu(&[1, 2, 3, 4, 5], &[&[1, 2, 3, 4, 5]]), 1.0);
/// // 4 of 5, 3 of 4, 2 of 3 and 1 of 2 match: the fourth root of 1/5.
/// let close = bleu(&[1, 2, 3, 4, 6], &[&[1, 2, 3, 4, 5]]);
/// assert!((close - 0.2f64.powf(0.25)).abs() < 1e-12);
/// assert_eq!(bleu(&[1, 2, 3], &[&[7, 8, 9]]), 0.0);
/// ```
pub fn bleu(text: &[u32], references: &[&[u32]]) -> f64 {
    let precisions = [1, 2, 3, 4].map(|n| {
        let theirs: Vec<Counts> = references.iter().map(|reference| counts(reference, n)).collect();
        let most = |gram: &[u32]| theirs.iter().filter_map(|r| r.get(gram)).copied().max().unwrap_or(0);
        let ours = counts(text, n);
        let matched = ours.iter().map(|(gram, &count)| count.min(most(gram))).sum();
        (matched, ours.values().sum())
    });
    let lengths = references.iter().map(|reference| reference.len());
    combine(precisions, text.len(), lengths)
}

/// BLEU-4 of each text against all others: high where texts are alike, so low means diverse.
///
/// The mean over the texts is the number that papers call self-BLEU. It grows with the number of
/// texts, since each has more references: compare the same number of texts, of the same length. All texts
/// are counted once, in time that grows with their tokens and not with the number of pairs;
/// [`bleu()`] against the others is its readable twin.
/// Smoothing and edge cases are those of [`bleu()`]. One text alone has no reference and gets 0.
///
/// # Formula
/// `bleu(tᵢ, {tⱼ : j ≠ i})` for each `i`
///
/// # Reference
/// Zhu et al. 2018, *Texygen*; Holtzman et al. 2020, section 5.
///
/// # Examples
/// ```
/// use concepts::evaluation::self_bleu;
/// use concepts::numerics::statistics::mean;
/// let same: [&[u32]; 2] = [&[1, 2, 3, 4], &[1, 2, 3, 4]];
/// let different: [&[u32]; 2] = [&[1, 2, 3, 4], &[5, 6, 7, 8]];
/// assert_eq!(mean(&self_bleu(&same)), 1.0);
/// assert_eq!(mean(&self_bleu(&different)), 0.0);
/// ```
pub fn self_bleu(texts: &[&[u32]]) -> Vec<f64> {
    let mut precisions = vec![[(0, 0); BLEU_ORDER]; texts.len()];
    let mut grams = Ngrams::tokens(texts);
    for n in 1..=BLEU_ORDER {
        precisions.iter_mut().zip(matched(&grams)).for_each(|(of_text, matched)| of_text[n - 1] = matched);
        if n < BLEU_ORDER {
            grams = grams.longer();
        }
    }
    let score = |(i, precisions): (usize, [(usize, usize); BLEU_ORDER])| {
        let others = texts[..i].iter().chain(&texts[i + 1..]);
        combine(precisions, texts[i].len(), others.map(|other| other.len()))
    };
    precisions.into_iter().enumerate().map(score).collect()
}

/// The two largest counts of an n-gram, and whose the largest is.
///
/// The two suffice to know the largest count among all texts but one.
#[derive(Debug, Clone, Copy, Default)]
struct Most {
    owner: usize,
    first: usize,
    second: usize,
}

/// For each text: how many of its n-grams the others have, and how many it has.
fn matched(grams: &Ngrams) -> Vec<(usize, usize)> {
    let counts = grams.counts();
    let mut most = vec![Most::default(); grams.different];
    for (owner, text) in counts.iter().enumerate() {
        for &(gram, count) in text {
            let entry = &mut most[gram as usize];
            if count > entry.first {
                *entry = Most { owner, first: count, second: entry.first };
            } else {
                entry.second = entry.second.max(count);
            }
        }
    }
    let others = |i: usize, gram: u32| {
        let most = most[gram as usize];
        if most.owner == i { most.second } else { most.first }
    };
    let of_text = |(i, text): (usize, &Vec<(u32, usize)>)| {
        let shared = text.iter().map(|&(gram, count)| count.min(others(i, gram))).sum();
        (shared, text.iter().map(|&(_, count)| count).sum())
    };
    counts.iter().enumerate().map(of_text).collect()
}

fn counts(text: &[u32], n: usize) -> Counts<'_> {
    let mut counts = Counts::new();
    for gram in text.windows(n) {
        *counts.entry(gram).or_insert(0) += 1;
    }
    counts
}

/// BLEU from `(matched, all)` n-grams of each length and the lengths of text and references.
fn combine(
    precisions: [(usize, usize); BLEU_ORDER],
    length: usize,
    references: impl Iterator<Item = usize>,
) -> f64 {
    let nearest = references.min_by_key(|&r| (r.abs_diff(length), r));
    let (Some(nearest), true) = (nearest, precisions[0].0 > 0) else {
        return 0.0;
    };
    let ln_p = precisions.map(|(matched, all)| {
        let numerator = if matched == 0 { EPSILON } else { matched as f64 };
        libm::log(numerator / all.max(1) as f64)
    });
    let ln_brevity = (1.0 - nearest as f64 / length as f64).min(0.0);
    libm::exp(ln_brevity + ln_p.iter().sum::<f64>() / BLEU_ORDER as f64)
}
