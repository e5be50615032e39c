use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::error::labels as check;
use super::words::Part;
use super::{Bag, ClassicalError, Logistic, NaiveBayes, Nearest};
use crate::numerics::rng;

/// Rows that one repeat is tested on at most.
pub const TEST_ROWS: usize = 1000;

/// What predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// [`NaiveBayes`]
    Bayes,
    /// [`Logistic`]
    Logistic,
    /// [`Nearest`]
    Nearest,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 3] = [Method::Bayes, Method::Logistic, Method::Nearest];
}

/// How [`learning_curve`] compares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveSettings {
    /// Added to every count of [`NaiveBayes`].
    pub smoothing: f64,
    /// Of [`Logistic`].
    pub penalty: f64,
    /// Examples that vote.
    pub neighbours: usize,
    /// Divisions into examples and test rows.
    pub repeats: usize,
    /// Labelled examples at most.
    pub most: usize,
    /// Of the shuffles.
    pub seed: u64,
}

/// Accuracy by the number of labelled examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Numbers of labelled examples, rising.
    pub sizes: Vec<usize>,
    /// Rows that each repeat is tested on.
    pub test: usize,
    /// Share of right answers: by method (in the order of [`Method::ALL`]), size and repeat.
    pub accuracy: [Vec<Vec<f64>>; 3],
    /// Share that is right if always the commonest label of the examples is said, by size and repeat; of labels that are
    /// equally common, their mean.
    pub commonest: Vec<Vec<f64>>,
    /// Test rows in which no unit is shared with any example, as a share, by size and repeat.
    pub strangers: Vec<Vec<f64>>,
}

/// Numbers of labelled examples: one for each class, then twice as many each time, at last all there are.
///
/// ```
/// use concepts::classical::curve_sizes;
/// assert_eq!(curve_sizes(2, 20), [2, 4, 8, 16, 20]);
/// ```
pub fn curve_sizes(classes: usize, most: usize) -> Vec<usize> {
    let doubling = std::iter::successors(Some(classes), |n| n.checked_mul(2));
    let mut sizes: Vec<usize> = doubling.take_while(|&n| n < most).collect();
    sizes.push(most.max(classes));
    sizes
}

/// Accuracy of three methods by the number of labelled examples, on the same divisions of the same rows.
///
/// Each repeat shuffles the rows, puts the first row of every class into the examples, takes a third of the rest
/// (at most [`TEST_ROWS`]) for the test, and lets the examples grow. Only units that the examples hold are known. Where
/// the nearest example has nothing to say, the commonest label is said.
///
/// # Errors
/// [`ClassicalError`] if labels do not fit, rows are too few, or a setting is out of its range.
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, CurveSettings, learning_curve};
/// // Unit 0 gives it away.
/// let bags: Vec<Bag> = (0..30).map(|i| Bag(if i % 2 == 0 { vec![(0, 1.0)] } else { vec![(1, 1.0)] })).collect();
/// let labels: Vec<usize> = (0..30).map(|i| i % 2).collect();
/// let settings = CurveSettings { smoothing: 1.0, penalty: 1.0, neighbours: 1, repeats: 3, most: 16, seed: 7 };
/// let curve = learning_curve(&bags, &labels, 2, &settings)?;
/// assert_eq!(curve.sizes, [2, 4, 8, 16]);
/// assert_eq!(curve.accuracy[0][0], [1.0; 3]);
/// // One example of each label: neither is the commonest.
/// assert_eq!(curve.commonest[0], [0.5; 3]);
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
pub fn learning_curve(
    bags: &[Bag],
    labels: &[usize],
    classes: usize,
    settings: &CurveSettings,
) -> Result<Curve, ClassicalError> {
    let test = tested(bags, labels, classes, settings)?;
    let sizes = curve_sizes(classes, settings.most.min(bags.len() - test));
    let repeat = |number: usize| {
        let divided = Divided::new(bags, labels, (classes, test), (settings.seed, number));
        sizes.iter().map(|&size| divided.at(size, settings)).collect::<Result<Vec<Point>, _>>()
    };
    let points: Vec<Vec<Point>> =
        (0..settings.repeats).into_par_iter().map(repeat).collect::<Result<_, _>>()?;
    let by_size = |of: &dyn Fn(&Point) -> f64| -> Vec<Vec<f64>> {
        (0..sizes.len()).map(|s| points.iter().map(|repeat| of(&repeat[s])).collect()).collect()
    };
    Ok(Curve {
        accuracy: [0, 1, 2].map(|method| by_size(&|point| point.accuracy[method])),
        commonest: by_size(&|point| point.commonest),
        strangers: by_size(&|point| point.strangers),
        sizes,
        test,
    })
}

/// Share of right answers of the nearest examples alone, by repeat: on the divisions of [`learning_curve`], with so many
/// examples, of which [`CurveSettings::neighbours`] vote.
///
/// # Errors
/// Those of [`learning_curve`].
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, CurveSettings, learning_curve, nearest_accuracy};
/// let bags: Vec<Bag> = (0..30).map(|i| Bag(vec![(i % 2, 1.0), (2 + i % 3, 1.0)])).collect();
/// let labels: Vec<usize> = (0..30).map(|i| i % 2).collect();
/// let settings = CurveSettings { smoothing: 1.0, penalty: 1.0, neighbours: 3, repeats: 4, most: 16, seed: 7 };
/// let curve = learning_curve(&bags, &labels, 2, &settings)?;
/// assert_eq!(nearest_accuracy(&bags, &labels, 2, &settings, 16)?, curve.accuracy[2][3]);
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
pub fn nearest_accuracy(
    bags: &[Bag],
    labels: &[usize],
    classes: usize,
    settings: &CurveSettings,
    examples: usize,
) -> Result<Vec<f64>, ClassicalError> {
    let test = tested(bags, labels, classes, settings)?;
    let examples = examples.clamp(classes, bags.len() - test);
    let repeat = |number: usize| {
        let divided = Divided::new(bags, labels, (classes, test), (settings.seed, number));
        let said = divided.nearest(examples, settings.neighbours)?;
        let right = said.iter().zip(&divided.test.1).filter(|(said, label)| said.1 == **label).count();
        Ok(right as f64 / test as f64)
    };
    (0..settings.repeats).into_par_iter().map(repeat).collect()
}

/// Rows of the test, if rows and settings allow one.
fn tested(
    bags: &[Bag],
    labels: &[usize],
    classes: usize,
    settings: &CurveSettings,
) -> Result<usize, ClassicalError> {
    check(labels, bags.len(), classes)?;
    for (what, count) in [(Part::Repeats, settings.repeats), (Part::Neighbours, settings.neighbours)] {
        if count == 0 {
            return Err(ClassicalError::None { what });
        }
    }
    let rows = bags.len();
    if rows < classes + 1 {
        return Err(ClassicalError::TooFewRows { rows, classes, least: classes + 1 });
    }
    Ok(((rows - classes) / 3).clamp(1, TEST_ROWS))
}

/// One repeat at one size.
struct Point {
    accuracy: [f64; 3],
    commonest: f64,
    strangers: f64,
}

/// One division into examples and test, with units numbered as the examples bring them: the first `n` examples hold
/// exactly the first `widths[n]` units.
struct Divided {
    examples: (Vec<Bag>, Vec<usize>),
    widths: Vec<usize>,
    test: (Vec<Bag>, Vec<usize>),
    classes: usize,
}

impl Divided {
    fn new(
        bags: &[Bag],
        labels: &[usize],
        (classes, test): (usize, usize),
        (seed, repeat): (u64, usize),
    ) -> Divided {
        let mut order: Vec<usize> = (0..bags.len()).collect();
        order.shuffle(&mut rng(seed, &format!("learning curve {repeat}")));
        let mut seen = vec![false; classes];
        let first = |&row: &usize| !std::mem::replace(&mut seen[labels[row]], true);
        let (mut examples, rest): (Vec<usize>, Vec<usize>) = order.into_iter().partition(first);
        examples.extend(&rest[test..]);
        let mut numbers = std::collections::HashMap::new();
        let mut widths = vec![0];
        let mut known = Vec::with_capacity(examples.len());
        for &row in &examples {
            let mut bag: Vec<(usize, f64)> = Vec::with_capacity(bags[row].0.len());
            for &(unit, count) in &bags[row].0 {
                let next = numbers.len();
                bag.push((*numbers.entry(unit).or_insert(next), count));
            }
            widths.push(numbers.len());
            known.push(sorted(bag));
        }
        let renamed = |row: &usize| {
            let units = bags[*row].0.iter();
            sorted(units.filter_map(|(unit, count)| Some((*numbers.get(unit)?, *count))).collect())
        };
        let tested = &rest[..test];
        let of = |rows: &[usize]| rows.iter().map(|&row| labels[row]).collect::<Vec<_>>();
        Divided {
            test: (tested.iter().map(renamed).collect(), of(tested)),
            examples: (known, of(&examples)),
            widths,
            classes,
        }
    }

    /// Examples of each label, and the label that most have.
    fn counted(&self, size: usize) -> (Vec<usize>, usize) {
        let mut rows = vec![0_usize; self.classes];
        self.examples.1[..size].iter().for_each(|&label| rows[label] += 1);
        let commonest = (0..self.classes).fold(0, |best, c| if rows[c] > rows[best] { c } else { best });
        (rows, commonest)
    }

    /// For each test row: does it share no unit with any example, and what is said then?
    fn nearest(&self, size: usize, neighbours: usize) -> Result<Vec<(bool, usize)>, ClassicalError> {
        let (bags, labels) = (&self.examples.0[..size], &self.examples.1[..size]);
        let nearest = Nearest::new(bags, labels, self.classes, self.widths[size])?;
        let (_, commonest) = self.counted(size);
        let said = |bag: &Bag| {
            let found = nearest.predict(bag, neighbours)?;
            Ok((found.is_none(), found.unwrap_or(commonest)))
        };
        self.test.0.iter().map(said).collect()
    }

    fn at(&self, size: usize, settings: &CurveSettings) -> Result<Point, ClassicalError> {
        let (bags, labels) = (&self.examples.0[..size], &self.examples.1[..size]);
        let (classes, width) = (self.classes, self.widths[size]);
        let bayes = NaiveBayes::fit(bags, labels, classes, width, settings.smoothing)?;
        let logistic = Logistic::fit(bags, labels, classes, width, settings.penalty)?;
        let by_examples = self.nearest(size, settings.neighbours)?;
        let (rows, commonest) = self.counted(size);
        // Which of equally common labels is said first would be chance: the rule is right as often as they are on average.
        let tied: Vec<bool> = rows.iter().map(|&count| count == rows[commonest]).collect();
        let ways = tied.iter().filter(|&&tied| tied).count();
        let (mut right, mut by_rule, mut strangers) = ([0_usize; 3], 0_usize, 0_usize);
        for ((bag, &label), (stranger, by_example)) in self.test.0.iter().zip(&self.test.1).zip(by_examples) {
            strangers += usize::from(stranger);
            let said = [bayes.predict(bag), logistic.predict(bag), by_example];
            right.iter_mut().zip(said).for_each(|(right, said)| *right += usize::from(said == label));
            by_rule += usize::from(tied[label]);
        }
        let share = |count: usize| count as f64 / self.test.0.len() as f64;
        Ok(Point {
            accuracy: right.map(share),
            commonest: share(by_rule) / ways as f64,
            strangers: share(strangers),
        })
    }
}

fn sorted(mut bag: Vec<(usize, f64)>) -> Bag {
    bag.sort_unstable_by_key(|&(unit, _)| unit);
    Bag(bag)
}
