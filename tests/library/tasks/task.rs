//! Prompts, right texts and readings.

use std::collections::BTreeSet;

use concepts::numerics::rng;
use concepts::tasks::{
    Addition, Decision, END, Next, PLUS, Reading, Task, Translation, VOCABULARY, is_held_out, read,
    right_text,
};
use proptest::prelude::*;

use super::{every_task, prompts};

#[test]
fn what_the_task_says_is_right() {
    for task in every_task() {
        for prompt in prompts(task.as_ref(), 100, 1) {
            let text = right_text(task.as_ref(), &prompt, &mut rng(1, "test text"));
            assert!(text.len() <= task.longest(), "{}: {text:?}", task.name());
            let Reading::Answer(answer) = read(task.as_ref(), &text) else { panic!("{}", task.name()) };
            assert!(task.is_right(&prompt, &answer), "{}: {prompt:?} {answer:?}", task.name());
        }
    }
}

#[test]
fn another_answer_is_wrong() {
    for task in every_task() {
        for prompt in prompts(task.as_ref(), 20, 2) {
            let text = right_text(task.as_ref(), &prompt, &mut rng(2, "test text"));
            let Reading::Answer(answer) = read(task.as_ref(), &text) else { panic!("{}", task.name()) };
            assert!(!task.is_right(&prompt, &[]) && !task.is_right(&prompt, &[&answer[..], &[0]].concat()));
            if task.name().starts_with("translate") {
                continue; // many are right there
            }
            for place in 0..answer.len() {
                let mut other = answer.clone();
                other[place] = (other[place] + 1) % END;
                assert!(!task.is_right(&prompt, &other), "{}: {other:?}", task.name());
            }
        }
    }
}

#[test]
fn names_differ() {
    let names: BTreeSet<String> = every_task().iter().map(|task| task.name()).collect();
    assert_eq!(names.len(), every_task().len());
}

#[test]
fn sums_are_those_of_numbers() {
    let task = Addition { digits: 3, worked: false };
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| 10 * number + digit);
    for prompt in prompts(&task, 200, 3) {
        let text = right_text(&task, &prompt, &mut rng(1, "test text"));
        assert_eq!(number(&text[..4]), number(&prompt[..3]) + number(&prompt[4..7]));
    }
}

#[test]
fn a_wrong_carry_is_carried_on() {
    let task = Addition { digits: 2, worked: true };
    let prompt = [4, 7, PLUS, 3, 8, concepts::tasks::ASK];
    let right = |written: &[u32]| match task.next(&prompt, written) {
        Next::Decide(Decision { options, right, .. }) => options[right][0].0,
        other => panic!("{other:?}"),
    };
    assert_eq!((right(&[]), right(&[5])), (5, 1)); // 7 + 8 = 15
    assert_eq!((right(&[5, 1]), right(&[5, 0])), (8, 7)); // 4 + 3 with the carry, and without
}

#[test]
fn references_are_right_and_stay() {
    let task = Translation { concepts: 4, free: 0.6 };
    for prompt in prompts(&task, 20, 4) {
        let references = task.references(&prompt);
        assert!(references.iter().all(|reference| task.is_right(&prompt, reference)));
        assert_eq!(references, task.references(&prompt));
        assert_eq!(task.score(&prompt, &references[0]), 1.0);
        assert_eq!(task.score(&prompt, &[]), 0.0);
    }
}

#[test]
fn a_quarter_is_held_out() {
    let held = (0..4000u32).filter(|&number| is_held_out(&[number / 10, number % 10])).count();
    // Four standard errors.
    assert!((held as f64 - 1000.0).abs() < 4.0 * (4000.0 * 0.25 * 0.75f64).sqrt(), "{held}");
}

proptest! {
    #[test]
    fn nothing_that_is_asked_panics(
        prompt in prop::collection::vec(0..VOCABULARY, 0..12),
        written in prop::collection::vec(0..VOCABULARY, 0..12),
        number in 0usize..9,
        from in 0u64..1000,
    ) {
        let task = &every_task()[number];
        let asked = task.prompt(&mut rng(from, "test prompt"));
        for prompt in [&prompt, &asked] {
            for end in 0..=written.len() {
                let written = &written[..end];
                if let Next::Decide(decision) = task.next(prompt, written) {
                    prop_assert!(decision.right < decision.options.len());
                    prop_assert!(decision.options.iter().flatten().all(|&(token, weight)| token < VOCABULARY && weight > 0.0));
                }
                read(task.as_ref(), written);
                task.answer(written);
                prop_assert!((0.0..=1.0).contains(&task.score(prompt, written)));
            }
        }
    }
}
