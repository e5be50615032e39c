//! Which title a picture has: what it shows, or a plain one where the knobs make that untrue.

use concepts::evaluation::Difference;

use super::WORDS;
use super::experiments::comparison::Comparison;
use super::experiments::row::Quantity;
use super::knobs::Kind;
use super::steps::compare::is_search;
use crate::kit::figure::Figure;

/// `(x, y, low, high)` by rising x.
pub(crate) type Points = Vec<(f64, f64, f64, f64)>;

/// The figure with its title, or with the plain one where the title does not hold.
pub(crate) fn titled(figure: Figure, holds: bool) -> Figure {
    let plain = || WORDS.get(&format!("{}.plain", figure.id));
    if holds { figure } else { Figure { title: plain(), ..figure } }
}

/// Every search is shown to write texts that are more alike than those of each way of sampling.
pub(crate) fn searches_are_alike(comparison: &Comparison) -> bool {
    let rows = |search: bool| {
        comparison.written().filter(move |row| {
            row.kind.is_some_and(is_search) == search && row.kind != Some(Kind::Contrastive)
        })
    };
    // Texts without words are neither alike nor different.
    let more = |search, sampling| {
        let gap = comparison.difference(search, sampling, Quantity::SelfBleu);
        gap.estimate.is_finite() && gap.difference() == Difference::Larger
    };
    rows(true).all(|search| rows(false).all(|sampling| more(search, sampling)))
}

/// Of all temperatures 1 comes nearest to the surprise of held-out text.
pub(crate) fn one_is_nearest(points: &Points, human: f64) -> bool {
    let nearest = points.iter().min_by(|a, b| (a.1 - human).abs().total_cmp(&(b.1 - human).abs()));
    nearest.is_some_and(|&(temperature, ..)| temperature == 1.0)
}

/// Greedy loops and writes alike, and with a rising temperature the loops have ended before the likeness is halved.
pub(crate) fn loops_end_first(loops: &Points, alike: &Points) -> bool {
    let many = |points: &Points| points.first().is_some_and(|first| first.1 >= 0.5);
    let ended = loops.iter().position(|point| point.1 == 0.0);
    let halved = alike.iter().position(|point| point.1 <= alike[0].1 / 2.0);
    many(loops) && many(alike) && ended.zip(halved).is_some_and(|(ended, halved)| ended < halved)
}

/// The widest beam finds likelier text than the narrowest, and every beam likelier text than people write.
pub(crate) fn width_leaves_people(points: &Points, human: f64) -> bool {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return false };
    last.3 < first.2 && points.iter().all(|point| point.1 < human)
}

/// Top-k keeps its number; top-p, min-p and typical keep more where it is flat. With the first and the last number
/// of tokens of each.
pub(crate) fn filters_follow(ends: &[(Kind, f64, f64)], k: usize) -> bool {
    ends.iter().all(|&(kind, steep, flat)| match kind {
        Kind::TopK => steep == k as f64 && flat == k as f64,
        Kind::TopP | Kind::MinP | Kind::Typical => steep < flat,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_have_to_end_before_the_likeness_is_halved() {
        let points = |shares: [f64; 3]| -> Points { shares.map(|share| (0.0, share, share, share)).into() };
        let alike = points([1.0, 0.8, 0.2]);
        assert!(loops_end_first(&points([1.0, 0.0, 0.0]), &alike));
        for loops in [[1.0, 0.5, 0.0], [1.0, 0.9, 0.8], [0.1, 0.0, 0.0]] {
            assert!(!loops_end_first(&points(loops), &alike), "{loops:?}");
        }
    }
}
