/// How much is taken off a count of 1, of 2, and of 3 or more.
///
/// What a text shows once would on average be seen less than once in another text of the same
/// length. How much less is estimated from how many n-grams are seen exactly once, twice, …
///
/// # Formula
/// With `nⱼ` n-grams of count `j` and `Y = n₁ / (n₁ + 2 n₂)`: `Dⱼ = j − (j + 1) Y nⱼ₊₁ / nⱼ` for
/// `j` = 1, 2, 3. Where `n₁`, `n₂` or `n₃` is 0, or a discount would not lie in `(0, j]`, all three
/// are those of [`FALLBACK`](Discounts::FALLBACK): common for characters, most of which occur in
/// more than three contexts.
///
/// # Reference
/// Chen & Goodman 1998, *An Empirical Study of Smoothing Techniques for Language Modeling*,
/// equation 26; the fallback is that of KenLM (Heafield et al. 2013).
///
/// # Examples
/// ```
/// use concepts::language_model::ngram::Discounts;
/// let d = Discounts::estimate([8, 4, 2, 1]);       // Y = 1/2
/// assert_eq!(d.by_count, [0.5, 1.25, 2.0]);        // 1 − 2·½·4/8, 2 − 3·½·2/4, 3 − 4·½·1/2
/// assert_eq!(Discounts::estimate([8, 4, 0, 1]), Discounts::FALLBACK);
/// assert_eq!((d.of(0), d.of(2), d.of(70)), (0.0, 1.25, 2.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discounts {
    /// `D₁`, `D₂` and `D₃₊`.
    pub by_count: [f64; 3],
}

impl Discounts {
    /// One half, 1 and 1½, where the counts of counts say nothing.
    pub const FALLBACK: Self = Self { by_count: [0.5, 1.0, 1.5] };

    /// The discounts for `n[j − 1]` n-grams of count `j`.
    pub fn estimate(n: [u64; 4]) -> Self {
        if n[..3].contains(&0) {
            return Self::FALLBACK;
        }
        let n = n.map(|count| count as f64);
        let y = n[0] / (n[0] + 2.0 * n[1]);
        let by_count = [1, 2, 3].map(|j| j as f64 - (j + 1) as f64 * y * n[j] / n[j - 1]);
        let usable = (1..=3).all(|j| by_count[j - 1] > 0.0 && by_count[j - 1] <= j as f64);
        if usable { Self { by_count } } else { Self::FALLBACK }
    }

    /// What is taken off `count`; nothing off 0.
    pub fn of(&self, count: u64) -> f64 {
        if count == 0 { 0.0 } else { self.by_count[count.min(3) as usize - 1] }
    }
}

/// How many of `counts` are 1, 2, 3 and 4.
pub(super) fn counts_of_counts(counts: impl Iterator<Item = u64>) -> [u64; 4] {
    let mut n = [0; 4];
    for count in counts {
        if (1..=4).contains(&count) {
            n[count as usize - 1] += 1;
        }
    }
    n
}
