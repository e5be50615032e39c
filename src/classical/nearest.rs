use super::bayes::largest;
use super::error::labels as check;
use super::words::Part;
use super::{Bag, ClassicalError};

/// Counts weighted by how rare a unit is, brought to length 1.
///
/// # Formula
/// `v(w) = count(w)·(ln((1 + n)/(1 + rows with w)) + 1)`, then `v/‖v‖`
///
/// # Reference
/// Spärck Jones 1972; the formula is the default of scikit-learn's `TfidfVectorizer`.
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, TfIdf};
/// let weighting = TfIdf::fit(&[Bag(vec![(0, 1.0)]), Bag(vec![(0, 1.0), (1, 1.0)])], 2);
/// assert_eq!(weighting.idf, [1.0, 1.5f64.ln() + 1.0]); // unit 0 stands everywhere
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TfIdf {
    /// A weight for each unit.
    pub idf: Vec<f64>,
}

impl TfIdf {
    /// Counts in how many rows each unit stands.
    pub fn fit(bags: &[Bag], width: usize) -> TfIdf {
        let mut rows = vec![0.0; width];
        bags.iter().flat_map(|bag| bag.within(width)).for_each(|(unit, _)| rows[unit] += 1.0);
        let n = bags.len() as f64;
        TfIdf { idf: rows.into_iter().map(|rows| ((1.0 + n) / (1.0 + rows)).ln() + 1.0).collect() }
    }

    /// A text as a vector of length 1, or nothing if no unit of it is known.
    pub fn vector(&self, bag: &Bag) -> Bag {
        let weighted = bag.within(self.idf.len()).map(|(unit, count)| (unit, count * self.idf[unit]));
        let length = weighted.clone().map(|(_, v)| v * v).sum::<f64>().sqrt();
        Bag(weighted.map(|(unit, v)| (unit, v / length)).collect())
    }
}

/// Prediction from examples, without training: the label of the most similar one.
///
/// A stand-in for examples in a prompt, not a language model: it knows nothing but the examples it is given.
///
/// # Formula
/// `cos(x, xᵢ) = v(x)·v(xᵢ)`; the k largest vote with their cosine
///
/// # Reference
/// Cover & Hart 1967, *Nearest Neighbor Pattern Classification*.
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, Nearest};
/// let examples = [Bag(vec![(0, 1.0)]), Bag(vec![(1, 1.0)])];
/// let nearest = Nearest::new(&examples, &[0, 1], 2, 2)?;
/// assert_eq!(nearest.predict(&Bag(vec![(0, 1.0), (7, 1.0)]), 1)?, Some(0)); // unit 7 is unknown
/// assert_eq!(nearest.predict(&Bag(vec![(7, 1.0)]), 1)?, None);              // nothing in common with any
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Nearest {
    weighting: TfIdf,
    examples: Vec<Bag>,
    labels: Vec<usize>,
    classes: usize,
    /// For each unit the examples that have it.
    having: Vec<Vec<(usize, f64)>>,
}

impl Nearest {
    /// These examples.
    ///
    /// # Errors
    /// [`ClassicalError`] if a class has no example or a label is no class.
    pub fn new(
        bags: &[Bag],
        labels: &[usize],
        classes: usize,
        width: usize,
    ) -> Result<Nearest, ClassicalError> {
        check(labels, bags.len(), classes)?;
        let weighting = TfIdf::fit(bags, width);
        let examples: Vec<Bag> = bags.iter().map(|bag| weighting.vector(bag)).collect();
        let mut having = vec![Vec::new(); width];
        for (i, example) in examples.iter().enumerate() {
            example.0.iter().for_each(|&(unit, v)| having[unit].push((i, v)));
        }
        Ok(Nearest { weighting, examples, labels: labels.to_vec(), classes, having })
    }

    /// The cosine with each example, one example after the other: the readable twin of
    /// [`Nearest::similarities`].
    pub fn cosines(&self, bag: &Bag) -> Vec<f64> {
        let text = self.weighting.vector(bag);
        let value = |of: &Bag, unit: usize| {
            of.0.binary_search_by_key(&unit, |&(number, _)| number).map_or(0.0, |place| of.0[place].1)
        };
        let cosine = |example: &Bag| text.0.iter().map(|&(unit, v)| v * value(example, unit)).sum::<f64>();
        self.examples.iter().map(cosine).collect()
    }

    /// The cosine with each example, through lists of the examples that have a unit.
    pub fn similarities(&self, bag: &Bag) -> Vec<f64> {
        let mut cosines = vec![0.0; self.examples.len()];
        for (unit, v) in self.weighting.vector(bag).0 {
            self.having[unit].iter().for_each(|&(i, other)| cosines[i] += v * other);
        }
        cosines
    }

    /// The label that the `k` most similar examples vote for, or nothing if none has a unit in common. Of equals
    /// the first.
    ///
    /// # Errors
    /// [`ClassicalError::None`] if `k` is 0.
    pub fn predict(&self, bag: &Bag, k: usize) -> Result<Option<usize>, ClassicalError> {
        if k == 0 {
            return Err(ClassicalError::None { what: Part::Neighbours });
        }
        let cosines = self.similarities(bag);
        let mut order: Vec<usize> = (0..cosines.len()).filter(|&i| cosines[i] > 0.0).collect();
        if order.len() > k {
            order.select_nth_unstable_by(k - 1, |&a, &b| cosines[b].total_cmp(&cosines[a]).then(a.cmp(&b)));
            order.truncate(k);
        }
        order.sort_unstable(); // votes are added in the order of the examples
        let mut votes = vec![0.0; self.classes];
        order.iter().for_each(|&i| votes[self.labels[i]] += cosines[i]);
        Ok((!order.is_empty()).then(|| largest(&votes)))
    }
}
