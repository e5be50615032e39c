//! Hidden Markov models, chains, classifiers.
//!
//! | file | what it checks |
//! |---|---|
//! | `oracle` | every path tried with numpy, scikit-learn's classifiers |
//! | `properties` | fast twins and readable ones, gradients, the special case |
//! | `hostile` | input that cannot be met, or hardly |

mod hostile;
mod oracle;
mod properties;

use concepts::classical::Bag;

/// A row of counts as a bag.
fn bag(row: &[f64]) -> Bag {
    Bag(row.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect())
}
