//! The flags that are not a lesson's own.
//!
//! They are knobs too: what reads, checks and explains a lesson's knob does the same for them.

use demos::kit::knob::{Choice, Knob, PathTo, Switch, Whole};
use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::text::Lang;
use demos::kit::words::Words;
use demos::words;

use super::args::{Format, WhenColour};

/// The command that runs claims.
pub(crate) const CHECK: &str = "check";
/// The command that draws figures.
pub(crate) const PLOTS: &str = "plots";

/// What each flag is for.
pub(crate) static WORDS: Words = words!("flags");

// No default of its own: the system's language is found out at run time.
pub(crate) static LANG: Choice<Option<Lang>> =
    Choice::new("lang", &[("en", Some(Lang::En)), ("zh", Some(Lang::Zh))]).default("");
pub(crate) static FORMAT: Choice<Format> =
    Choice::new("format", &[("text", Format::Text), ("json", Format::Json), ("markdown", Format::Markdown)]);
pub(crate) static FORMAT_OF_CHECK: Choice<Format> =
    Choice::new("format", &[("text", Format::Text), ("json", Format::Json)]);
// no larger, so that every reader of JSON gets it back exactly
pub(crate) static SEED: Whole = Whole::new("seed", 0, u32::MAX as u64).default(DEFAULT_SEED);
pub(crate) static OUT: PathTo = PathTo::file("out");
pub(crate) static OUT_FOLDER: PathTo = PathTo::folder("out");
pub(crate) static COLOR: Choice<WhenColour> = Choice::new(
    "color",
    &[("auto", WhenColour::Auto), ("always", WhenColour::Always), ("never", WhenColour::Never)],
);
pub(crate) static CODE: Switch = Switch::new("code");
pub(crate) static NO_CLAIMS: Switch = Switch::new("no-claims");
pub(crate) static FIGURES: PathTo = PathTo::folder("figures");
pub(crate) static COMPARE: Switch = Switch::new("check");

/// The flags of a command, besides the knobs of a lesson. The empty name is the program itself: its
/// flags may stand before any command that has them.
pub(crate) fn of(command: &str) -> Vec<&'static dyn Knob> {
    let general: [&dyn Knob; 7] = [&LANG, &FORMAT, &SEED, &OUT, &COLOR, &CODE, &NO_CLAIMS];
    match command {
        CHECK => vec![&LANG, &FORMAT_OF_CHECK, &SEED, &OUT, &COLOR],
        PLOTS => vec![&COMPARE, &LANG, &OUT_FOLDER],
        "" => general.to_vec(),
        _ => [&[&FIGURES as &dyn Knob], &general[..]].concat(),
    }
}

#[cfg(test)]
mod tests {
    use demos::LESSONS;

    use super::*;

    #[test]
    fn no_knob_has_the_name_of_a_general_flag() {
        for lesson in LESSONS {
            let name = lesson.card.name;
            for knob in lesson.knobs {
                let taken = of(name).iter().any(|option| option.name() == knob.name());
                assert!(!taken && !["help", "version"].contains(&knob.name()), "{name} --{}", knob.name());
            }
        }
    }

    #[test]
    fn every_general_flag_means_something_to_a_lesson() {
        let of_a_lesson = of(LESSONS[0].card.name);
        assert!(of("").iter().all(|option| of_a_lesson.iter().any(|other| other.name() == option.name())));
    }
}
