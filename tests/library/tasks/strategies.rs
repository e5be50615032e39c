//! Strategies: what must be equal, what must win, and what must lose.

use concepts::decoding::{BeamSearch, Filter, LengthPenalty, Pipeline, exhaustive_search};
use concepts::evaluation::Difference;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::tasks::{
    ASK, Compared, Copying, Decoder, END, FIRST_LETTER, FREE, LITERAL, ModularSum, Noise, Plan, Solver, Task,
    TasksError, Translation, answers, beam_cache, compare, outcome, speculation_curve,
};

use super::{clean, every_task, prompts, solver};

#[test]
fn a_beam_of_one_a_cold_draw_and_a_cold_vote_are_greedy() {
    let cold = Pipeline::filters([Filter::Temperature(0.0)]);
    let same = [
        Decoder::beam(1),
        Decoder::Sample(cold.clone()),
        Decoder::Vote { samples: 5, pipeline: cold },
        Decoder::Contrastive { k: 4, alpha: 0.0 },
    ];
    for task in every_task() {
        let solver = solver(task.as_ref(), Noise { margin: 1.5, ..Noise::default() });
        for prompt in prompts(task.as_ref(), 10, 1) {
            let of = |decoder: &Decoder| outcome(&solver, task.as_ref(), &prompt, decoder, 0.0).unwrap();
            let greedy = of(&Decoder::Greedy);
            for decoder in &same {
                let other = of(decoder);
                assert!((other.accuracy - greedy.accuracy).abs() < EXACT_F64, "{} {decoder:?}", task.name());
                assert!((other.score - greedy.score).abs() < EXACT_F64, "{} {decoder:?}", task.name());
            }
        }
    }
}

#[test]
fn a_vote_of_one_is_a_draw_and_a_large_vote_finds_the_most_probable_answer() {
    let task = ModularSum { terms: 3, modulus: 5, worked: true };
    let solver = solver(&task, Noise { margin: 2.0, ..Noise::default() });
    for prompt in prompts(&task, 20, 2) {
        let of = |decoder| outcome(&solver, &task, &prompt, &decoder, 1e-7).unwrap();
        let (one, draw) = (of(Decoder::vote(1, 1.0)), of(Decoder::temperature(1.0)));
        assert!((one.accuracy - draw.accuracy).abs() < EXACT_F64);
        let all =
            answers(&solver, &task, &prompt, &Pipeline::filters([Filter::Temperature(1.0)]), 1e-7).unwrap();
        let mut p: Vec<f64> = all.by_answer.iter().map(|(_, p)| *p).collect();
        p.sort_by(|a, b| b.total_cmp(a));
        // Where the first is far ahead: six standard errors of the difference of two counts.
        if p[0] - p[1] > 6.0 / 128f64.sqrt() * (p[0] + p[1]).sqrt() {
            let right = task.is_right(&prompt, all.most_probable().unwrap());
            let many = of(Decoder::vote(128, 1.0)).accuracy;
            assert!((many - f64::from(u8::from(right))).abs() < 1e-6, "{many}");
        }
    }
}

#[test]
fn the_garden_path_leads_greedy_away_from_the_mode() {
    let task = Translation { concepts: 3, free: 0.6 };
    let solver = solver(&task, clean(20.0));
    let prompt = [FIRST_LETTER, FIRST_LETTER + 1, FIRST_LETTER + 2, ASK];
    let best =
        |beams| BeamSearch::new(beams, task.longest()).run(&solver, &prompt).unwrap().hypotheses[0].clone();
    let mode = exhaustive_search(&solver, &prompt, BeamSearch::new(1, task.longest())).unwrap();
    assert_eq!((best(1).tokens[0], mode.hypotheses[0].tokens[0]), (FREE, LITERAL));
    assert_eq!(best(4).tokens, mode.hypotheses[0].tokens);
    assert!(best(1).log_prob < best(4).log_prob);
}

#[test]
fn the_mode_can_be_the_empty_text() {
    let task = Translation { concepts: 4, free: 1.0 };
    let solver = solver(&task, Noise { stop: 0.05, ..clean(20.0) });
    let prompt = &prompts(&task, 1, 3)[0];
    let search = BeamSearch::new(16, task.longest());
    assert_eq!(search.run(&solver, prompt).unwrap().hypotheses[0].tokens, [END]);
    let of = |decoder| outcome(&solver, &task, prompt, &decoder, 1e-6).unwrap();
    assert_eq!(of(Decoder::Greedy).accuracy, 1.0);
    assert_eq!(of(Decoder::beam(16)).accuracy, 0.0);
    let mean = LengthPenalty::Power(1.0);
    assert_eq!(of(Decoder::Beam { beams: 16, length: mean }).accuracy, 1.0);
}

/// What two strategies reach on several solvers.
fn two(noise: Noise, decoders: [Decoder; 2]) -> Vec<Compared> {
    let task = ModularSum { terms: 4, modulus: 7, worked: true };
    let solvers: Vec<Solver> = (1..=5).map(|seed| Solver::new(&task, noise, seed).unwrap()).collect();
    compare(&solvers, &task, &decoders, &Plan { floor: 1e-4, ..Plan::default() }).unwrap()
}

#[test]
fn a_vote_wins_where_ways_err_apart_and_not_where_they_err_alike() {
    let apart = Noise { shared: 0.0, ..clean(2.0) };
    let rows = two(apart, [Decoder::vote(16, 1.0), Decoder::temperature(1.0)]);
    assert_eq!(rows[0].gain.difference(), Difference::Larger);
    assert_eq!(rows[1].gain.difference(), Difference::Smaller);
    let alike = Noise { shared: 1.0, ..apart };
    let same = two(alike, [Decoder::vote(16, 1.0), Decoder::temperature(1.0)]);
    assert!(rows[0].gain.estimate > same[0].gain.estimate);
}

#[test]
fn rows_are_means_over_prompts_and_do_not_depend_on_threads() {
    let task = Copying { length: 3 };
    let solvers: Vec<Solver> =
        (1..=3).map(|seed| Solver::new(&task, Noise::default(), seed).unwrap()).collect();
    let plan = Plan { instances: 7, ..Plan::default() };
    let run = || compare(&solvers, &task, &[Decoder::Greedy, Decoder::beam(4)], &plan).unwrap();
    let rows = run();
    assert_eq!(rows, run());
    assert_eq!((rows[0].gain.low, rows[0].gain.high), (0.0, 0.0));
    assert_eq!((rows[1].by_model.len(), rows[1].by_prompt.len()), (3, 21));
    let mean = rows[1].by_model.iter().sum::<f64>() / 3.0;
    assert!((mean - rows[1].accuracy.estimate).abs() < EXACT_F64);
    assert!(matches!(compare(&solvers[..0], &task, &[], &plan), Err(TasksError::Size { .. })));
}

#[test]
fn speculation_runs_as_the_formula_says() {
    let tokens = 20_000;
    for point in speculation_curve(&[0.0, 0.3, 0.7, 0.95, 1.0], &[1, 3, 8], 0.05, tokens, 7).unwrap() {
        let calls = tokens as f64 / point.tokens_per_call;
        // A round gives 1 to γ + 1 tokens, so their deviation is at most γ/2; the last round may be cut off.
        let allowed = 4.0 * f64::from(point.gamma) / 2.0 / calls.sqrt() + 10.0 / calls;
        let gap = (point.measured_tokens_per_call - point.tokens_per_call).abs();
        assert!(gap <= allowed, "{point:?}");
        assert!((point.measured_speedup - point.speedup).abs() <= allowed, "{point:?}");
    }
    assert!(speculation_curve(&[1.5], &[1], 0.1, 10, 7).is_err());
    assert!(speculation_curve(&[0.5], &[0], 0.1, 10, 7).is_err());
}

#[test]
fn beams_share_what_they_can() {
    let one = beam_cache(1, 100, 10, 7);
    assert_eq!((one.copied, one.prompt_shared, one.at_least), (770, 770, 770));
    let none = beam_cache(4, 100, 0, 1);
    assert_eq!((none.copied, none.prompt_shared, none.at_least), (400, 100, 100));
    assert_eq!(beam_cache(u64::MAX, u64::MAX, 1, 2).copied, u64::MAX);
}
