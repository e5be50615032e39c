//! Scaling laws: how the loss of a language model falls with parameters, tokens and compute.
//!
//! In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `kaplan` | Kaplan's laws, one variable each, and their joint form: [`Kaplan`] |
//! | 2 | `law` | Chinchilla's parametric law, with all published constants: [`Law`] |
//! | 3 | `optimum` | the best split of a budget, in closed form and by search; iso-FLOP curves |
//! | 4 | `overtraining` | what it costs to train longer than is optimal for training |
//! | 5 | `serving` | the optimum when serving has to be paid too: [`Law::serving_optimum`] |
//! | 6 | `flops` | `6ND`, and the count beside it: [`training_flops`], [`counted_flops`] |
//! | 7 | `models` | published models with parameters and tokens: [`trained_models`] |
//! | 8 | `count` | numbers as people write them: `7B`, `1.4T`: [`parse_count`] |
//! | 9 | `runs` | training runs, checked before a law is fitted: [`Run`], [`check_runs`] |
//! | 10 | [`fit`] | fitting the law to runs, and how sure one may be |
//! | 11 | `error` | what can be wrong: [`ScalingError`] |
//! | 12 | `words` | words of the messages: [`words::Size`] |
//!
//! Symbols: `N` parameters, `D` training tokens, `C` floating-point operations of training, `L` cross-entropy in
//! nats a token.

mod count;
mod error;
pub mod fit;
mod flops;
mod kaplan;
mod law;
mod models;
mod optimum;
mod overtraining;
mod runs;
mod serving;
pub mod words;

pub use count::parse_count;
pub use error::ScalingError;
pub use flops::{OPERATIONS_A_TOKEN, counted_flops, training_flops};
pub use kaplan::{Kaplan, PF_DAY};
pub use law::{BESIROGLU, HOFFMANN, HOFFMANN_TEX, Law};
pub use models::{TrainedModel, find_trained, trained_models};
pub use optimum::Optimum;
pub use overtraining::Overtraining;
pub use runs::{Run, check_runs, distinct};
pub use serving::ServingOptimum;
