//! How good a person's ranges are: of those that should hold the outcome in four cases of five, how many did.

use concepts::numerics::statistics::{median, proportion_interval};
use serde_json::Value;

use crate::practice::journal::Entry;

/// The share of ranges that should hold the outcome.
pub const WANTED: f64 = 0.8;

/// Standard errors of the interval: 95 %.
const ERRORS: f64 = 1.96;

/// An interval wider than this, with [`WANTED`] in it, fits ranges that are much too narrow as well as good ones.
const SAYS_LITTLE: f64 = 0.3;

/// With fewer ranges nothing is said of them: chance decides.
const FEWEST: usize = 5;

/// A median, and how many numbers it is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typical {
    /// The median.
    pub ratio: f64,
    /// Of how many.
    pub of: usize,
}

/// What became of a person's ranges and estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Ranges given.
    pub given: usize,
    /// Those that held the outcome.
    pub held: usize,
    /// Wilson's 95 % interval for the share that holds.
    pub interval: (f64, f64),
    /// Median of upper end over lower end; ranges that reach down to 0 have none.
    pub width: Option<Typical>,
    /// Median of the factor by which an estimate is off; at least 1.
    pub factor: Option<Typical>,
}

/// What that says of the ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// No range was given.
    Nothing,
    /// The share could be what it should be, or something quite different.
    TooFew,
    /// The whole interval lies below [`WANTED`].
    TooNarrow,
    /// The whole interval lies above it.
    TooWide,
    /// It lies in a short interval.
    AboutRight,
}

impl Calibration {
    /// Of all predictions that are kept.
    pub fn of(entries: &[Entry]) -> Calibration {
        let ranges: Vec<&Entry> =
            entries.iter().filter(|entry| entry.what == "review" && held(entry).is_some()).collect();
        let (given, held) = (ranges.len(), ranges.iter().filter(|entry| held(entry) == Some(true)).count());
        let number = |entry: &Entry, name: &str| entry.fields.get(name).and_then(Value::as_f64);
        let ratios = |over: &str, under: &str| -> Vec<f64> {
            let each = ranges.iter().filter_map(|entry| Some((number(entry, over)?, number(entry, under)?)));
            // Two numbers below 0 have a ratio above 0, too, which says nothing of how wide a range is.
            let above = each.filter(|(over, under)| *over > 0.0 && *under > 0.0);
            above.map(|(over, under)| over / under).filter(|ratio| ratio.is_finite()).collect()
        };
        let off = |ratio: &f64| ratio.max(ratio.recip());
        Calibration {
            given,
            held,
            interval: proportion_interval(held, given, ERRORS),
            width: typical(&ratios("high", "low")),
            factor: typical(&ratios("estimate", "outcome").iter().map(off).collect::<Vec<_>>()),
        }
    }

    /// What the numbers say.
    pub fn finding(&self) -> Finding {
        let (low, high) = self.interval;
        if self.given == 0 {
            Finding::Nothing
        } else if self.given < FEWEST {
            Finding::TooFew
        } else if high < WANTED {
            Finding::TooNarrow
        } else if low > WANTED {
            Finding::TooWide
        } else if high - low > SAYS_LITTLE {
            Finding::TooFew
        } else {
            Finding::AboutRight
        }
    }
}

impl Finding {
    /// Its id in the words.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Nothing => "nothing",
            Finding::TooFew => "too-few",
            Finding::TooNarrow => "too-narrow",
            Finding::TooWide => "too-wide",
            Finding::AboutRight => "about-right",
        }
    }
}

fn held(entry: &Entry) -> Option<bool> {
    entry.fields.get("held")?.as_bool()
}

fn typical(ratios: &[f64]) -> Option<Typical> {
    (!ratios.is_empty()).then(|| Typical { ratio: median(ratios), of: ratios.len() })
}

#[cfg(test)]
mod tests {
    use concepts::numerics::rng;
    use rand::Rng;
    use serde_json::json;

    use super::*;

    /// Predictions of somebody whose range is the estimate times and over `width`, and whose estimates are off by a
    /// factor of up to `e`.
    fn person(count: usize, width: f64) -> Vec<Entry> {
        let mut rng = rng(7, "calibration");
        let entry = |_| {
            let (outcome, off) = (10.0, rng.random_range(-1.0f64..1.0).exp());
            let [estimate, low, high] = [outcome * off, outcome * off / width, outcome * off * width];
            let held = (low..=high).contains(&outcome);
            let fields =
                json!({ "held": held, "estimate": estimate, "low": low, "high": high, "outcome": outcome });
            Entry { at: 0, what: "review".into(), fields: fields.as_object().unwrap().clone() }
        };
        (0..count).map(entry).collect()
    }

    #[test]
    fn what_is_said_follows_the_ranges() {
        // |ln off| is uniform on (0, 1): a range of e^±w holds a share of w.
        let said = |count, w: f64| Calibration::of(&person(count, w.exp())).finding();
        assert_eq!(said(0, 0.8), Finding::Nothing);
        assert_eq!(said(4, 0.8), Finding::TooFew);
        // Two of two outside lies below the interval, and happens to a good forecaster once in 25 sessions.
        assert_eq!(said(FEWEST - 1, 0.0), Finding::TooFew);
        assert_eq!(said(FEWEST, 0.0), Finding::TooNarrow);
        assert_eq!(said(200, 0.8), Finding::AboutRight);
        assert_eq!(said(200, 0.4), Finding::TooNarrow);
        assert_eq!(said(200, 1.0), Finding::TooWide);
    }

    #[test]
    fn widths_and_errors_are_typical_ones() {
        let calibration = Calibration::of(&person(400, 2.0));
        assert!((calibration.width.unwrap().ratio - 4.0).abs() < 1e-9);
        // The median of |ln off| is a half.
        assert!((calibration.factor.unwrap().ratio.ln() - 0.5).abs() < 0.1, "{calibration:?}");
    }

    #[test]
    fn lines_without_a_range_and_ranges_down_to_nothing_have_no_width() {
        let fields = json!({ "held": true, "estimate": 1.0, "low": 0.0, "high": 3.0, "outcome": 0.0 });
        let entry = |fields: &Value| Entry {
            at: 0,
            what: "review".into(),
            fields: fields.as_object().unwrap().clone(),
        };
        let below = json!({ "held": false, "estimate": -1.0, "low": -5.0, "high": -0.5, "outcome": 0.9 });
        let others = [json!({ "held": false }), json!({ "rating": "good" })];
        let entries = [entry(&fields), entry(&below), entry(&others[0]), entry(&others[1])];
        let calibration = Calibration::of(&entries);
        assert_eq!((calibration.given, calibration.held), (3, 1));
        assert_eq!((calibration.width, calibration.factor), (None, None));
    }
}
