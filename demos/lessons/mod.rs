//! The lessons, one folder each. No lesson knows another, and no room outside this one knows a lesson by name.

pub mod activations;
pub mod architectures;
pub mod attention;
pub mod clip;
pub mod decoding;
pub mod emergence;
pub mod heads;
pub mod paradigms;
pub mod positions;
pub mod regularization;
pub mod rlhf;
pub mod rope;
pub mod scaling;
#[cfg(test)]
mod template; // to copy: see CONTRIBUTING
pub mod tokenization;

use crate::kit::lesson::Lesson;

/// The syllabus: every lesson, in the bank's order. The command line, the checks, the gallery and the
/// tests all go through this list.
pub static LESSONS: &[&Lesson] = &[
    &attention::LESSON,
    &positions::LESSON,
    &rope::LESSON,
    &heads::LESSON,
    &architectures::LESSON,
    &scaling::LESSON,
    &decoding::LESSON,
    &tokenization::LESSON,
    &paradigms::LESSON,
    &regularization::LESSON,
    &emergence::LESSON,
    &activations::LESSON,
    &clip::LESSON,
    &rlhf::LESSON,
];

#[cfg(test)]
mod tests {
    use super::template::LESSON;
    use crate::kit::answer::{self, Role};
    use crate::kit::claim::Verdict;
    use crate::kit::knob::Values;
    use crate::kit::lesson::{DEFAULT_SEED, Setting, run, run_claims};
    use crate::kit::text::Lang;

    #[test]
    fn the_lesson_to_copy_is_whole() {
        for heads in [None, Some("1")] {
            for lang in Lang::ALL {
                let values = Values::read(LESSON.knobs, |flag| heads.filter(|_| flag == "heads")).unwrap();
                let setting = Setting { values, seed: DEFAULT_SEED };
                run(&LESSON, setting.clone(), lang).unwrap();
                answer::answer(&LESSON, setting, Role::Both, lang).unwrap();
            }
        }
        let few = |flag: &str| (flag == "throws").then_some("1");
        let values = Values::read(LESSON.knobs, few).unwrap();
        assert!((LESSON.walk)(&Setting { values, seed: DEFAULT_SEED }).is_err());
        let verdicts: Vec<Verdict> =
            run_claims(&LESSON, DEFAULT_SEED).iter().map(crate::kit::claim::Claim::verdict).collect();
        assert_eq!(verdicts, [Verdict::Qualified, Verdict::Opinion]);
        for id in ["knobs.throws", "knobs.heads", "code.mean"] {
            LESSON.words.get(id);
        }
        assert_eq!(LESSON.words.problems(), Vec::<String>::new());
        assert_eq!(answer::problems(&LESSON, &[]), Vec::<String>::new());
    }
}
