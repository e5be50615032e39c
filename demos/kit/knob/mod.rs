//! The parameters of a lesson, as data.
//!
//! A knob is declared once, as a typed handle; from the list of a lesson's knobs come the flags of the
//! command line, their help, the checks and the JSON, and by the handle the lesson reads the value back. A
//! value out of range is refused when it is set; the computation only meets checked values. What a knob is
//! for stands among the words of the lesson, under `knobs`.
//!
//! | file | what it holds |
//! |---|---|
//! | [`numbers`] | the typed knobs that are numbers: [`Whole`], [`Real`] |
//! | [`handles`] | the other ones: [`Choice`], [`Sentence`], [`PathTo`], [`Switch`] |
//! | [`kind`] | what values a knob takes, and how one is read and refused |
//! | [`values`] | the checked values of a run |
//!
//! ```
//! use demos::kit::knob::{Choice, Knob, Values, Whole};
//!
//! #[derive(Debug, Clone, Copy, PartialEq)]
//! enum Layout {
//!     Halves,
//!     Interleaved,
//! }
//!
//! static HEADS: Whole = Whole::new("heads", 1, 256).default(2);
//! static LAYOUT: Choice<Layout> =
//!     Choice::new("layout", &[("halves", Layout::Halves), ("interleaved", Layout::Interleaved)]);
//! static KNOBS: &[&dyn Knob] = &[&HEADS, &LAYOUT];
//!
//! let given = |flag: &str| (flag == "heads").then_some("8");
//! let values = Values::read(KNOBS, given)?;
//! assert_eq!((HEADS.of(&values), LAYOUT.of(&values)), (8, Layout::Halves));
//! assert!(values.given(&HEADS) && !values.given(&LAYOUT));
//!
//! let refused = Values::read(KNOBS, |flag| (flag == "heads").then_some("0")).unwrap_err();
//! assert_eq!(refused.to_string(), "--heads 0: give a whole number from 1 to 256");
//! # Ok::<(), demos::kit::knob::Refusal>(())
//! ```

pub mod handles;
pub mod kind;
pub mod numbers;
pub mod values;

pub use handles::{Choice, PathTo, Sentence, Switch};
pub use kind::Kind;
pub use numbers::{Maybe, Real, Whole};
pub use values::{Value, Values};

use super::text::{Lang, Text};

/// One parameter of a lesson.
pub trait Knob: Sync + std::fmt::Debug {
    /// Name of the flag, without dashes.
    fn name(&self) -> &'static str;
    /// What values it takes.
    fn kind(&self) -> Kind;
    /// Is it a file that is written, not read?
    fn writes(&self) -> bool {
        false
    }
    /// The sections of the lesson's page that it changes, and no other; empty where nobody said.
    fn sections(&self) -> &'static [usize] {
        &[]
    }
    /// What the flag means without a value, if it may stand alone.
    fn bare(&self) -> Option<&'static str> {
        None
    }
}

/// A request that cannot be met, and what to do about it. The program exits with 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.get(Lang::En))]
pub struct Refusal(pub Text);

impl Refusal {
    /// A refusal in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Refusal {
        Refusal(Text::new(en.into(), zh.into()))
    }
}
