//! The flags that are not a lesson's own.
//!
//! They are knobs too: what reads, checks and explains a lesson's knob does the same for them.

use demos::kit::answer::Role;
use demos::kit::knob::{Choice, Kind, Knob, Maybe, PathTo, Real, Sentence, Switch, Value, Values, Whole};
use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::kit::words::Words;
use demos::practice::drill::card::Kind as CardKind;
use demos::render::form::{FORMS, Form};
use demos::words;

use super::args::WhenColour;

/// The command that runs claims.
pub(crate) const CHECK: &str = "check";
/// The command that draws figures.
pub(crate) const PLOTS: &str = "plots";
/// The command that looks for words.
pub(crate) const FIND: &str = "find";

/// The command that judges a person's program.
pub(crate) const GRADE: &str = "grade";

/// The command that opens a model that was trained elsewhere.
pub(crate) const MODEL: &str = "model";

/// The command that asks real models about claims.
pub(crate) const EVIDENCE_COMMAND: &str = "evidence";
/// The model that is asked.
pub(crate) static ASKED: PathTo = PathTo::file("model");

/// The command that asks cards.
pub(crate) const DRILL: &str = "drill";
/// The command that says how a person stands.
pub(crate) const PROGRESS: &str = "progress";

/// What each flag is for.
pub(crate) static WORDS: Words = words!("flags");

// No default of its own: the system's language is found out at run time.
pub(crate) static LANG: Choice<Option<Lang>> =
    Choice::new("lang", &[("en", Some(Lang::En)), ("zh", Some(Lang::Zh))]).default("");
pub(crate) static FORMAT: FormKnob = FormKnob { shows: |_| true };
pub(crate) static FORMAT_OF_CHECK: FormKnob = FormKnob { shows: |form| form.check.is_some() };
pub(crate) static FORMAT_OF_PRACTICE: FormKnob = FormKnob { shows: |form| form.practice.is_some() };
// no larger, so that every reader of JSON gets it back exactly
pub(crate) static SEED: Whole = Whole::new("seed", 0, u32::MAX as u64).default(DEFAULT_SEED);
pub(crate) static OUT: PathTo = PathTo::file("out");
pub(crate) static OUT_FOLDER: PathTo = PathTo::folder("out");
pub(crate) static COLOR: Choice<WhenColour> = Choice::new(
    "color",
    &[("auto", WhenColour::Auto), ("always", WhenColour::Always), ("never", WhenColour::Never)],
);
pub(crate) static NO_PAGER: Switch = Switch::new("no-pager");
pub(crate) static NO_CLAIMS: Switch = Switch::new("no-claims");

pub(crate) static ANSWER: Switch = Switch::new("answer");
pub(crate) static ROLE: Choice<Role> = Choice::new(
    "role",
    &[("both", Role::Both), ("algorithm", Role::Algorithm), ("engineering", Role::Engineering)],
);
pub(crate) static BRIEF: Switch = Switch::new("brief");
pub(crate) static SECTION: Maybe<Whole> = Whole::new("section", 1, 99).optional();
pub(crate) static CLAIM: Sentence = Sentence::new("claim", 200).narrow();
pub(crate) static EVIDENCE: Switch = Switch::new("evidence");
pub(crate) static CODE: Choice<Language> =
    Choice::new("code", &[("rust", Language::Rust), ("python", Language::Python)]).bare("rust");
pub(crate) static FIGURES: PathTo = PathTo::folder("figures");

pub(crate) static CMD: Sentence = Sentence::new("cmd", 4000);
pub(crate) static STARTER: Choice<Language> =
    Choice::new("starter", &[("python", Language::Python), ("rust", Language::Rust)]).bare("python");
pub(crate) static PROVE: Switch = Switch::new("prove");
pub(crate) static PROTOCOL: Switch = Switch::new("protocol");
pub(crate) static SECONDS: Real = Real::new("seconds", 0.1, 600.0).default(10.0);
/// MiB. Below this no interpreter starts.
pub(crate) static MEMORY: Whole = Whole::new("memory", 64, 1 << 20).default(4096);
pub(crate) static DATA: PathTo = PathTo::folder("data");

pub(crate) static INTERVIEW: Sentence = Sentence::new("interview", 40).narrow();
pub(crate) static MINUTES: Real = Real::new("minutes", 0.1, 600.0).default(10.0);
pub(crate) static LESSON: Sentence = Sentence::new("lesson", 40).narrow();
pub(crate) static KIND: Choice<Option<CardKind>> = Choice::new(
    "kind",
    &[
        ("all", None),
        ("judge", Some(CardKind::Judge)),
        ("compute", Some(CardKind::Compute)),
        ("predict", Some(CardKind::Predict)),
        ("say", Some(CardKind::Say)),
    ],
);
pub(crate) static DUE: Switch = Switch::new("due");
pub(crate) static EXPORT: PathTo = PathTo::file("export").written();

pub(crate) static COMPARE: Switch = Switch::new("check");

/// The flags of a command, besides the knobs of a lesson. The empty name is the program itself: its
/// flags may stand before any command that has them. Any other name is a lesson.
pub(crate) fn of(command: &str) -> Vec<&'static dyn Knob> {
    let general: [&dyn Knob; 7] = [&LANG, &FORMAT, &SEED, &OUT, &COLOR, &NO_PAGER, &NO_CLAIMS];
    let ways: [&dyn Knob; 8] = [&ANSWER, &ROLE, &BRIEF, &SECTION, &CLAIM, &EVIDENCE, &CODE, &FIGURES];
    match command {
        CHECK => vec![&LANG, &FORMAT_OF_CHECK, &SEED, &OUT, &COLOR],
        PLOTS => vec![&COMPARE, &LANG, &OUT_FOLDER],
        DRILL => vec![&MINUTES, &INTERVIEW, &LESSON, &KIND, &DUE, &EXPORT, &DATA, &LANG, &SEED, &COLOR],
        PROGRESS => vec![&DATA, &LANG, &FORMAT_OF_PRACTICE, &OUT, &COLOR, &NO_PAGER],
        GRADE => vec![
            &CMD,
            &STARTER,
            &PROVE,
            &PROTOCOL,
            &SECONDS,
            &MEMORY,
            &DATA,
            &LANG,
            &FORMAT_OF_PRACTICE,
            &SEED,
            &OUT,
            &COLOR,
            &NO_PAGER,
        ],
        FIND => vec![&LANG, &COLOR, &NO_PAGER],
        EVIDENCE_COMMAND => vec![&ASKED, &COMPARE, &LANG, &SEED, &OUT, &COLOR, &NO_PAGER],
        MODEL => vec![&FIGURES, &LANG, &FORMAT, &SEED, &OUT, &COLOR, &NO_PAGER],
        "" => general.to_vec(),
        _ => [&ways[..], &general[..]].concat(),
    }
}

/// The form of the output: one of the table [`FORMS`].
#[derive(Debug)]
pub(crate) struct FormKnob {
    /// The forms to choose from: those that can show what the command says.
    shows: fn(&Form) -> bool,
}

impl FormKnob {
    fn forms(&self) -> impl Iterator<Item = &'static Form> {
        let shows = self.shows;
        FORMS.iter().filter(move |form| shows(form))
    }

    /// The form that was chosen.
    pub(crate) fn of(&self, values: &Values) -> &'static Form {
        let word = values.iter().find(|(name, _)| *name == self.name()).map(|(_, value)| value);
        self.forms().find(|form| word == Some(&Value::Words(form.word.into()))).unwrap_or(&FORMS[0])
    }
}

impl Knob for FormKnob {
    fn name(&self) -> &'static str {
        "format"
    }

    fn kind(&self) -> Kind {
        Kind::Choice { default: FORMS[0].word, options: self.forms().map(|form| form.word).collect() }
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
