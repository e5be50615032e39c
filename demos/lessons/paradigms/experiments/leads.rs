//! Which curve is above which, and where that changes.

use concepts::classical::Curve;
use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, mean_difference, mean_interval,
};
use concepts::numerics::statistics::mean;

/// Resamples of the repeats: enough for two digits of an interval.
const RESAMPLES: usize = 400;
/// The nearest example, in the order of the methods.
pub(crate) const NEAREST: usize = 2;
/// With fewer rows for the test, or fewer divisions, no lead is named.
const LEAST: usize = 10;

fn options(seed: u64) -> Bootstrap {
    Bootstrap { resamples: RESAMPLES, level: 0.95, seed }
}

/// Mean accuracy of a method at each size, with the interval of the mean over repeats.
pub(crate) fn means(curve: &Curve, method: usize, seed: u64) -> Result<Vec<Interval>, EvaluationError> {
    curve.accuracy[method].iter().map(|repeats| mean_interval(repeats, &options(seed))).collect()
}

/// What curves were drawn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawn {
    /// Rows of the table.
    pub rows: usize,
    /// Different labels.
    pub labels: usize,
    /// Of the resamples.
    pub seed: u64,
}

/// What the curves of a trained method and of the nearest example do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meeting {
    /// Too few rows for the test or too few divisions to say.
    Little,
    /// Neither is shown to be better than guessing, at any number of examples.
    Nothing,
    /// No difference is shown.
    Level,
    /// The trained method leads at these numbers of examples, the nearest example nowhere.
    Trained(Vec<usize>),
    /// The nearest example leads at these numbers of examples, the trained method nowhere.
    Nearest(Vec<usize>),
    /// The nearest example leads last at one number of examples, the trained method first at a larger one.
    Crosses { nearest: usize, trained: usize },
    /// Both lead somewhere, in another order than that.
    Turns(Vec<Turn>),
}

/// Neighbouring numbers of examples at which the same one leads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// The trained method, not the nearest example?
    pub trained: bool,
    /// Numbers of examples.
    pub sizes: Vec<usize>,
}

/// Where which one leads: only where the interval of the paired difference leaves out 0, and the leader is above
/// guessing. Both intervals are [`widened`].
pub(crate) fn meeting(curve: &Curve, trained: usize, from: Drawn) -> Result<Meeting, EvaluationError> {
    let divisions = curve.commonest[0].len();
    if is_little(curve) {
        return Ok(Meeting::Little);
    }
    let wide = |interval| widened(interval, curve.test as f64 / from.rows as f64, divisions);
    let options = options(from.seed);
    let apart = apart(curve, trained, from)?;
    let (mut turns, mut above_guessing): (Vec<Turn>, bool) = (Vec::new(), false);
    for (place, &size) in curve.sizes.iter().enumerate() {
        let guess = mean(&curve.commonest[place]).max(1.0 / from.labels as f64);
        let above = |repeats: &[f64]| Ok(wide(mean_interval(repeats, &options)?).low > guess);
        let (a, b) = (&curve.accuracy[trained][place], &curve.accuracy[NEAREST][place]);
        let (a_above, b_above): (bool, bool) = (above(a)?, above(b)?);
        above_guessing |= a_above || b_above;
        let trained = match apart[place].difference() {
            Difference::Larger if a_above => true,
            Difference::Smaller if b_above => false,
            _ => continue,
        };
        match turns.last_mut() {
            Some(turn) if turn.trained == trained => turn.sizes.push(size),
            _ => turns.push(Turn { trained, sizes: vec![size] }),
        }
    }
    Ok(match turns.as_slice() {
        [] if above_guessing => Meeting::Level,
        [] => Meeting::Nothing,
        [only] if only.trained => Meeting::Trained(only.sizes.clone()),
        [only] => Meeting::Nearest(only.sizes.clone()),
        [first, second] if second.trained => {
            Meeting::Crosses { nearest: first.sizes[first.sizes.len() - 1], trained: second.sizes[0] }
        }
        _ => Meeting::Turns(turns),
    })
}

/// How much a trained method is ahead of the nearest example at each size: paired, the interval [`widened`].
pub(crate) fn apart(curve: &Curve, trained: usize, from: Drawn) -> Result<Vec<Interval>, EvaluationError> {
    let pairs = curve.accuracy[trained].iter().zip(&curve.accuracy[NEAREST]);
    pairs.map(|(a, b)| difference(curve, a, b, from)).collect()
}

/// The mean difference of two methods over divisions, the interval [`widened`].
pub(crate) fn difference(
    curve: &Curve,
    a: &[f64],
    b: &[f64],
    from: Drawn,
) -> Result<Interval, EvaluationError> {
    let found = mean_difference(a, b, &options(from.seed))?;
    Ok(widened(found, curve.test as f64 / from.rows as f64, a.len()))
}

/// Are rows for the test and divisions too few to name a lead?
pub(crate) fn is_little(curve: &Curve) -> bool {
    curve.test.min(curve.commonest[0].len()) < LEAST
}

/// The interval of a mean over divisions of the same rows. Such divisions are not independent: two of them have the share
/// `test / rows` of their test rows in common, and without this an accident of the rows is "shown" as soon as there
/// are enough divisions. The variance of the mean is taken as `s²·(1/J + ρ/(1 − ρ))`, with ρ that share, in place of `s²/J`
/// (Nadeau & Bengio 2003, *Inference for the Generalization Error*).
fn widened(interval: Interval, shared: f64, divisions: usize) -> Interval {
    let by = (1.0 + divisions as f64 * shared / (1.0 - shared)).sqrt();
    let Interval { estimate, low, high } = interval;
    Interval { estimate, low: estimate - by * (estimate - low), high: estimate + by * (high - estimate) }
}

/// The mean over repeats at one size.
pub(crate) fn at(curve: &Curve, method: usize, place: usize) -> f64 {
    mean(&curve.accuracy[method][place])
}

#[cfg(test)]
mod tests {
    use concepts::classical::{Bag, CurveSettings, learning_curve};
    use concepts::numerics::rng;
    use rand::Rng;

    use super::*;

    /// Rows of five words out of ten. With a signal the first word is the label, else the label is a coin.
    fn found(signal: bool, repeats: usize, seed: u64) -> [Meeting; 2] {
        const ROWS: usize = 150;
        let mut draws = rng(seed, "random labels");
        let labels: Vec<usize> = (0..ROWS).map(|_| draws.random_range(0..2)).collect();
        let bag = |&label: &usize| {
            let mut counts = [0.0; 12];
            (0..5).for_each(|_| counts[draws.random_range(0..10)] += 1.0);
            if signal {
                counts[10 + label] += 1.0;
            }
            Bag(counts.into_iter().enumerate().filter(|(_, count)| *count > 0.0).collect())
        };
        let bags: Vec<Bag> = labels.iter().map(bag).collect();
        let settings = CurveSettings { smoothing: 1.0, penalty: 1.0, neighbours: 1, repeats, most: 64, seed };
        let curve = learning_curve(&bags, &labels, 2, &settings).unwrap();
        [0, 1].map(|method| meeting(&curve, method, Drawn { rows: ROWS, labels: 2, seed }).unwrap())
    }

    /// One in twenty intervals may miss. There are six sizes, but what misses must be above guessing too.
    #[test]
    fn on_random_labels_hardly_a_lead_is_named() {
        for repeats in [20, 100] {
            let all: Vec<Meeting> = (0..20).flat_map(|seed| found(false, repeats, seed)).collect();
            let named = all.iter().filter(|one| !matches!(one, Meeting::Nothing | Meeting::Level)).count();
            assert!(named <= 2, "{repeats} divisions: {named} of {}: {all:?}", all.len());
        }
    }

    #[test]
    fn with_a_signal_who_weighs_words_leads() {
        for meeting in (0..5).flat_map(|seed| found(true, 20, seed)) {
            assert!(matches!(&meeting, Meeting::Trained(sizes) if sizes.contains(&64)), "{meeting:?}");
        }
    }

    #[test]
    fn few_divisions_name_nothing() {
        assert_eq!(found(true, 9, 1), [Meeting::Little, Meeting::Little]);
    }

    #[test]
    fn more_divisions_do_not_make_an_interval_of_shared_rows_narrow() {
        let (of, half) = (|half: f64| Interval { estimate: 0.5, low: 0.5 - half, high: 0.5 + half }, 0.1);
        // A hundred times the divisions, a tenth of the width: what the rows share stays.
        let [few, many] = [widened(of(half), 0.25, 4), widened(of(half / 10.0), 0.25, 400)];
        assert!((few.high - 0.5 - half * (7.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((many.high - 0.5 - half / 10.0 * (403.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(widened(of(half), 0.0, 20).low, 0.4);
    }
}
