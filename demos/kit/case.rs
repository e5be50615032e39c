//! A claim being made: what is computed stands in code, what is said stands in the lesson's words.
//!
//! A claim is a *world* and a *test over worlds*. The deciding test runs on the right world; each control runs
//! the very same test on a broken one, and there it must fail.
//!
//! ```
//! use demos::kit::case::{Case, Checked};
//! use demos::kit::claim::Verdict;
//! use demos::kit::words::{Book, Folder, Words};
//!
//! // claims.en.md, claims.zh.md
//! static WORDS: Words = Words::new(Folder::new(file!(), &[]), || {
//!     Book::read([[
//!         ("claims.en.md", "## C1 A fair coin shows heads half of the time.\n- share: share of heads in [[n]] throws | four standard errors\n- say: about half\n- two-headed: a coin with two heads"),
//!         ("claims.zh.md", "## C1 公平的硬币一半时间正面朝上。\n- share: 掷 [[n]] 次，正面的比例 | 四倍标准误\n- say: 大约一半\n- two-headed: 两面都是正面的硬币"),
//!     ]])
//! });
//!
//! /// C1: half of the time
//! fn half_of_the_time(c: &mut Case) -> Checked {
//!     const THROWS: usize = 1000;
//!     let heads = |sides: [bool; 2]| (0..THROWS).filter(|i| sides[i % 2]).count() as f64 / THROWS as f64;
//!     c.value("n", THROWS);
//!     c.holds([true, false], |t, sides| {
//!         t.near("share", heads(sides), 0.5, 4.0 * 0.5 / (THROWS as f64).sqrt()).over(THROWS);
//!     })
//!     .control("two-headed", [true, true]);
//!     Ok(())
//! }
//!
//! let claim = Case::make("LLM-Q0-C1", 7, &WORDS, half_of_the_time);
//! assert_eq!(claim.verdict(), Verdict::Holds);
//! assert!(WORDS.problems().is_empty(), "{:?}", WORDS.problems());
//! ```

use std::error::Error;
use std::marker::PhantomData;

use super::claim::{Claim, Control, Correction, Degree, Evidence, Measure, Test, Tested, short_id};
use super::measure::Criterion;
use super::text::Text;
use super::words::{Described, Named, Shown, Words};

/// How making a claim went: an error of an experiment breaks the claim, and the page says why.
pub type Checked = Result<(), Box<dyn Error + Send + Sync>>;

/// A claim being made.
#[derive(Debug)]
pub struct Case<'a> {
    /// The seed of everything drawn.
    pub seed: u64,
    id: &'static str,
    words: &'a Words,
    values: Vec<Named>,
    stated: Vec<Taken>,
    right: Option<(Degree, Vec<Taken>)>,
    controls: Vec<(&'static str, Vec<Taken>)>,
}

/// The measurements of a test, each by the id of its words.
#[derive(Debug, Default)]
pub struct Takes(Vec<Taken>);

/// One measurement, without words.
#[derive(Debug)]
pub struct Taken {
    id: &'static str,
    value: f64,
    criterion: Criterion,
    n: Option<usize>,
    drawn: bool,
    interval: Option<(f64, f64)>,
}

/// The deciding test, kept to be run on broken worlds too.
#[derive(Debug)]
pub struct Controls<'c, 'a, W, F: Fn(&mut Takes, W)> {
    case: &'c mut Case<'a>,
    test: F,
    world: PhantomData<fn(W)>,
}

impl Takes {
    /// A value that should be within `tolerance` of `target`.
    pub fn near(&mut self, id: &'static str, value: f64, target: f64, tolerance: f64) -> &mut Taken {
        self.take(id, value, Criterion::Near { target, tolerance })
    }

    /// A value that should be exactly this.
    pub fn exactly(&mut self, id: &'static str, value: f64, target: f64) -> &mut Taken {
        self.near(id, value, target, 0.0)
    }

    /// A value that should not be above `bound`.
    pub fn at_most(&mut self, id: &'static str, value: f64, bound: f64) -> &mut Taken {
        self.take(id, value, Criterion::AtMost(bound))
    }

    /// A value that should not be below `bound`.
    pub fn at_least(&mut self, id: &'static str, value: f64, bound: f64) -> &mut Taken {
        self.take(id, value, Criterion::AtLeast(bound))
    }

    fn take(&mut self, id: &'static str, value: f64, criterion: Criterion) -> &mut Taken {
        let taken = Taken { id, value, criterion, n: None, drawn: false, interval: None };
        let place = self.0.len();
        self.0.push(taken);
        &mut self.0[place]
    }
}

impl Taken {
    /// How many numbers the value sums up.
    pub fn over(&mut self, n: usize) -> &mut Taken {
        self.n = Some(n);
        self
    }

    /// Something was drawn for it.
    pub fn drawn(&mut self) -> &mut Taken {
        self.drawn = true;
        self
    }

    /// The interval that the value is known to lie in.
    pub fn within(&mut self, interval: (f64, f64)) -> &mut Taken {
        self.interval = Some(interval);
        self
    }
}

impl<W, F: Fn(&mut Takes, W)> Controls<'_, '_, W, F> {
    /// A control: the same test on something broken, where it must fail.
    pub fn control(self, id: &'static str, broken: W) -> Self {
        let taken = taken(|takes| (self.test)(takes, broken));
        self.case.controls.push((id, taken));
        self
    }
}

fn taken(test: impl FnOnce(&mut Takes)) -> Vec<Taken> {
    let mut takes = Takes::default();
    test(&mut takes);
    takes.0
}

impl<'a> Case<'a> {
    /// Makes a claim: `make` computes, the words say what it means.
    pub fn make(
        id: &'static str,
        seed: u64,
        words: &'a Words,
        make: impl FnOnce(&mut Case<'a>) -> Checked,
    ) -> Claim {
        let (values, stated, controls) = (Vec::new(), Vec::new(), Vec::new());
        let mut case = Case { seed, id, words, values, stated, right: None, controls };
        match make(&mut case) {
            Ok(()) => case.claim(),
            Err(error) => case.broken(error.as_ref()),
        }
    }

    /// A published fact, quoted and not proved: `source` says where.
    pub fn data(id: &'static str, words: &Words) -> Claim {
        remark(id, words, |words| Evidence::Data { source: words.get(&format!("{}.source", short_id(id))) })
    }

    /// What no experiment decides: `remark` says what can be said all the same.
    pub fn opinion(id: &'static str, words: &Words) -> Claim {
        remark(id, words, |words| Evidence::Opinion {
            remark: words.get(&format!("{}.remark", short_id(id))),
        })
    }

    /// A value that words name.
    pub fn value(&mut self, name: &'static str, value: impl Into<Shown>) -> &mut Self {
        self.values.push((name, value.into()));
        self
    }

    /// The test of the sentence as it is written, where another one decides.
    pub fn as_written(&mut self, test: impl FnOnce(&mut Takes)) {
        self.stated = taken(test);
    }

    /// The sentence holds: this test decides it.
    pub fn holds<W, F: Fn(&mut Takes, W)>(&mut self, right: W, test: F) -> Controls<'_, 'a, W, F> {
        self.stated = taken(|takes| test(takes, right));
        Controls { case: self, test, world: PhantomData }
    }

    /// The sentence is put right: this test decides the correction.
    pub fn corrected<W, F: Fn(&mut Takes, W)>(
        &mut self,
        degree: Degree,
        right: W,
        test: F,
    ) -> Controls<'_, 'a, W, F> {
        self.right = Some((degree, taken(|takes| test(takes, right))));
        Controls { case: self, test, world: PhantomData }
    }

    fn claim(self) -> Claim {
        for name in self.words.unnamed(short_id(self.id), &self.values) {
            self.words.problem(format!("{}: no text names the value {name}", short_id(self.id)));
        }
        let correction = self.right.as_ref().map(|(degree, taken)| Correction {
            degree: *degree,
            counterexample: self.said("but"),
            say: self.said("say"),
            test: self.test(taken),
        });
        let controls =
            self.controls.iter().map(|(id, taken)| Control::new(self.said(id), self.test(taken))).collect();
        let tested = Tested { as_stated: self.test(&self.stated), correction, controls };
        self.with(Evidence::Tested(Box::new(tested)))
    }

    fn broken(self, error: &dyn Error) -> Claim {
        let reason = Text::same(error.to_string());
        self.with(Evidence::Failed { reason })
    }

    fn with(&self, evidence: Evidence) -> Claim {
        let short = short_id(self.id);
        Claim {
            id: self.id,
            statement: self.words.with(short, &self.values),
            say: say(self.words, short, &self.values),
            evidence,
        }
    }

    fn said(&self, id: &str) -> Text {
        self.words.with(&format!("{}.{id}", short_id(self.id)), &self.values)
    }

    fn test(&self, taken: &[Taken]) -> Test {
        Test(taken.iter().map(|taken| self.measure(taken)).collect())
    }

    fn measure(&self, taken: &Taken) -> Measure {
        let Described { what, basis, looked_up } =
            self.words.measure(&format!("{}.{}", short_id(self.id), taken.id), &self.values);
        Measure {
            what,
            criterion: taken.criterion,
            basis,
            looked_up,
            value: taken.value,
            interval: taken.interval,
            n: taken.n,
            seed: taken.drawn.then_some(self.seed),
        }
    }
}

/// A claim that no test decides.
fn remark(id: &'static str, words: &Words, evidence: impl FnOnce(&Words) -> Evidence) -> Claim {
    let short = short_id(id);
    Claim { id, statement: words.get(short), say: say(words, short, &[]), evidence: evidence(words) }
}

/// What to say aloud, where the words have it.
fn say(words: &Words, short: &str, values: &[Named]) -> Option<Text> {
    let id = format!("{short}.say");
    words.has(&id).then(|| words.with(&id, values))
}
