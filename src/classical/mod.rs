//! Language processing before large language models: counts, chains and linear classifiers.
//!
//! Nothing here looks from one word at another and weighs it: a tag depends on its neighbour through one table of
//! numbers, a classifier adds up what each word says. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `hidden` | the hidden Markov model, its best path (Viterbi) and its forward algorithm: [`HiddenMarkov`] |
//! | 2 | `chain` | the linear chain of a conditional random field, of which it is a special case: [`Chain`] |
//! | 3 | `enumeration` | every path, one by one: what the recursions must agree with |
//! | 4 | `tagger` | words and tags around a hidden Markov model, learned by counting: [`Tagger`] |
//! | 5 | `bag` | a text as counts: words, Chinese characters, neighbouring pairs: [`units`], [`Vocabulary`], [`Bag`] |
//! | 6 | `bayes` | multinomial naive Bayes: [`NaiveBayes`] |
//! | 7 | `logistic` | multinomial logistic regression: [`Logistic`], [`Task`] |
//! | 8 | `lbfgs` | the minimiser that trains it: [`minimise`] |
//! | 9 | `nearest` | the most similar example by TF-IDF and cosine: [`TfIdf`], [`Nearest`] |
//! | 10 | `curve` | accuracy by the number of labelled examples: [`learning_curve`] |
//! | 11 | `parameters` | how many numbers each model learns |
//! | 12 | `data` | small labelled data in two languages, and a time line: [`remarks`], [`tagged`], [`timeline`] |
//! | 13 | `error` | what can be wrong with the inputs: [`ClassicalError`] |
//! | 14 | [`words`] | the names that its messages use |

mod bag;
mod bayes;
mod chain;
mod curve;
mod data;
mod enumeration;
mod error;
mod hidden;
mod lbfgs;
mod logistic;
mod nearest;
mod parameters;
mod tagger;
pub mod words;

pub use bag::{Bag, Units, Vocabulary, units};
pub use bayes::NaiveBayes;
pub use chain::Chain;
pub use curve::{Curve, CurveSettings, Method, TEST_ROWS, curve_sizes, learning_curve, nearest_accuracy};
pub use data::{Language, Learns, Milestone, Remark, remarks, tagged, timeline};
pub use enumeration::{MOST_PATHS, every_path};
pub use error::ClassicalError;
pub use hidden::{Decoded, HiddenMarkov};
pub use lbfgs::{Minimum, Until, minimise};
pub use logistic::{Logistic, Task, logistic_loss};
pub use nearest::{Nearest, TfIdf};
pub use parameters::{LstmTagger, crf_parameters, hidden_markov_parameters, linear_parameters};
pub use tagger::{TaggedSentence, Tagger, segment, tokens};
