//! The drill: mistakes are named and never invented, and the schedule is worth its minutes.

use std::collections::BTreeSet;

use concepts::numerics::rng;
use demos::kit::claim::Verdict;
use demos::kit::text::Lang;
use demos::practice::drill::WORDS;
use demos::practice::drill::card::{Card, Front, Kind, deck};
use demos::practice::drill::cut;
use demos::practice::drill::predictions::{Experiment, PREDICTIONS};
use demos::practice::drill::puzzle::{CLOSE, Judged, Puzzle};
use demos::practice::drill::puzzles::KINDS;
use demos::practice::drill::quantity::{Quantity, Unit, read};

/// What a person writes who has this number in mind: three digits, with a unit where one is due.
fn written(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Bytes if value >= 1e12 => format!("{:.2} TB", value / 1e12),
        Unit::Bytes if value >= 1e9 => format!("{:.2} GB", value / 1e9),
        Unit::Bytes => format!("{:.1} MB", value / 1e6),
        Unit::Count => format!("{value:.2e}"),
        Unit::Plain => format!("{value}"),
        Unit::Angle => format!("{value} rad"),
        Unit::Cut => cut::text(value),
    }
}

fn judged(puzzle: &Puzzle, value: f64) -> Judged {
    let unit = puzzle.drawn.unit;
    puzzle.judge(read(&written(value, unit), unit).unwrap())
}

fn thousand(mut each: impl FnMut(&Puzzle)) {
    for kind in KINDS {
        let mut rng = rng(7, &format!("drill test, {}", kind.id));
        (0..300).for_each(|_| each(&kind.fresh(&mut rng)));
    }
}

#[test]
fn an_honest_candidate_is_never_accused() {
    thousand(|puzzle| assert_eq!(judged(puzzle, puzzle.drawn.right), Judged::Right, "{}", puzzle.kind.id));
}

#[test]
fn a_candidate_who_makes_one_mistake_is_told_that_one() {
    thousand(|puzzle| {
        for (id, value) in puzzle.slips() {
            assert_eq!(judged(puzzle, value), Judged::Slip(id), "{} {id}", puzzle.kind.id);
        }
    });
}

/// Two digits may be off by more than the tolerance; they are right unless a mistake lies nearer.
#[test]
fn two_digits_are_enough() {
    let mut far = 0;
    thousand(|puzzle| {
        let right = puzzle.drawn.right;
        if puzzle.drawn.unit == Unit::Cut {
            return;
        }
        let number: f64 = format!("{right:.1e}").parse().unwrap();
        let nearer = |(_, slip): &(_, f64)| (number - slip).abs() <= (number - right).abs();
        if puzzle.slips().iter().any(nearer) {
            return;
        }
        let said = Quantity { value: number, number, factor: 1.0 };
        assert_eq!(puzzle.judge(said), Judged::Right, "{}: {right}", puzzle.kind.id);
        far += usize::from((number - right).abs() > CLOSE * right.abs());
    });
    assert!(far > 0);
}

#[test]
fn gib_may_be_said_as_gib() {
    thousand(|puzzle| {
        if puzzle.drawn.unit == Unit::Bytes {
            let said = format!("{:.2} GiB", puzzle.drawn.right / 2f64.powi(30));
            assert_eq!(puzzle.judge(read(&said, Unit::Bytes).unwrap()), Judged::Right);
        }
    });
}

#[test]
fn every_question_and_every_mistake_has_words_in_both_languages() {
    thousand(|puzzle| {
        let slips = puzzle.slips().into_iter().map(|(id, _)| puzzle.slip(id));
        for text in [puzzle.asks(), puzzle.line()].into_iter().chain(slips) {
            for lang in Lang::ALL {
                let text = text.get(lang);
                assert!(!text.contains("[[") && text != "?", "{}: {text}", puzzle.kind.id);
            }
        }
    });
    for prediction in PREDICTIONS {
        let mut rng = rng(7, prediction.id);
        for _ in 0..20 {
            let Experiment { values, run } = (prediction.draw)(&mut rng);
            let outcome = run();
            assert!(outcome.is_finite() && outcome > 0.0, "{} {values:?}", prediction.id);
            WORDS.with(prediction.id, &values);
            WORDS.with(&format!("{}.line", prediction.id), &[&values[..], &demos::named![outcome]].concat());
        }
    }
    assert_eq!(WORDS.disagreements(), Vec::<String>::new());
}

#[test]
fn every_card_has_an_id_of_its_own_and_every_kind_is_there() {
    let deck = deck();
    let ids: BTreeSet<String> = deck.iter().map(Card::id).collect();
    assert_eq!(ids.len(), deck.len());
    for kind in Kind::ALL {
        assert!(deck.iter().any(|card| card.kind() == kind), "{kind:?}");
    }
    let placed = deck.iter().filter(|card| card.kind() == Kind::Compute).count();
    assert_eq!(placed, KINDS.len(), "a kind of question names a lesson that does not exist");
    assert_eq!(deck.iter().filter(|card| card.kind() == Kind::Predict).count(), PREDICTIONS.len());
}

#[test]
fn only_a_claim_that_holds_can_be_right_under_a_condition_too() {
    for card in deck() {
        if let Front::Judge(claim, verdict) = card.front {
            assert!(!claim.conditional || verdict == Verdict::Holds, "{}", claim.id);
        }
    }
    let marked = demos::LESSONS.iter().flat_map(|lesson| lesson.claims).filter(|claim| claim.conditional);
    assert!(marked.count() > 0);
}
