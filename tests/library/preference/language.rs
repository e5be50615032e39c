use concepts::numerics::tolerance::{EXACT_F64, FLAT_MINIMUM, ORACLE_F64};
use concepts::numerics::{rng, sigmoid};
use concepts::preference::language::{
    Language, Ppo, PpoRun, TokenPolicy, advantages_of, cross_entropy, direct_step, exact_values,
    fine_tune_step, token_rewards,
};
use concepts::preference::{entropy, expected, kl, optimum};

/// What PPO leaves in this many steps: the prefixes that are hardly ever reached are still on their way.
const RARE: f64 = 1e-3;
/// A label of a thousand is off by half of one, a share of 5e-4; a divergence is the square of that over twice the share.
const ROUNDED: f64 = 1e-5;

fn language() -> Language {
    Language::new(&["a", "b"], 3)
}

fn policy(seed: u64) -> TokenPolicy {
    let language = language();
    let logits =
        concepts::numerics::normal((language.states(), language.tokens()), 1.0, &mut rng(seed, "policy"));
    TokenPolicy { logits }
}

fn rewards() -> Vec<f64> {
    let language = language();
    let of = |y: usize| language.words_of(y).iter().map(|&w| if w == 0 { 0.5 } else { -0.2 }).sum::<f64>();
    (0..language.answers()).map(of).collect()
}

#[test]
fn the_tree_is_numbered_as_it_is_walked() {
    let language = Language::new(&["a", "b", "c"], 4);
    assert_eq!((language.answers(), language.states()), (121, 40));
    for answer in 0..language.answers() {
        let end =
            language.path(answer).iter().filter(|s| s.token != language.end()).fold(0, |state, step| {
                assert_eq!(state, step.state);
                language.next(state, step.token)
            });
        assert_eq!(end, answer);
        assert_eq!(language.find(language.words_of(answer)), Some(answer));
    }
}

#[test]
fn draws_are_distributed_as_the_product_of_tokens() {
    let (language, policy) = (language(), policy(3));
    let all = policy.answers(&language);
    assert!((all.iter().sum::<f64>() - 1.0).abs() < EXACT_F64);
    let draws = 40_000;
    let mut counts = vec![0.0; all.len()];
    policy
        .draws(draws, &language, &mut rng(4, "draws"))
        .iter()
        .for_each(|&y| counts[y] += 1.0 / draws as f64);
    assert!(super::off(&all, &counts) < 4.0 * 0.5 / (draws as f64).sqrt());
}

#[test]
fn fine_tuning_reaches_the_demonstrations() {
    let language = language();
    let weights = policy(5).answers(&language);
    let mut learned = TokenPolicy::uniform(&language);
    (0..4000).for_each(|_| fine_tune_step(&mut learned, &language, &weights, 4.0));
    assert!(kl(&weights, &learned.answers(&language)) < FLAT_MINIMUM);
    assert!((cross_entropy(&learned, &language, &weights) - entropy(&weights)).abs() < FLAT_MINIMUM);
}

#[test]
fn with_exact_values_the_mean_advantage_is_the_same_for_every_lambda() {
    let (language, policy, reference, rewards) = (language(), policy(6), policy(7), rewards());
    let values = exact_values(&language, &policy, &reference, &rewards, 0.3);
    let none = vec![0.0; values.len()];
    let all = policy.answers(&language);
    // Of the first token, given that it was "a": over all answers that begin so.
    let mean = |values: &[f64], lambda| {
        let begins = |y: &usize| language.words_of(*y).first() == Some(&0);
        let (mut sum, mut mass) = (0.0, 0.0);
        for y in (0..language.answers()).filter(begins) {
            let r = token_rewards(&language, &policy, &reference, y, rewards[y], 0.3);
            sum += all[y] * advantages_of(&language, y, &r, values, lambda)[0];
            mass += all[y];
        }
        sum / mass
    };
    let at_one = mean(&values, 1.0);
    for lambda in [0.0, 0.3, 0.95] {
        assert!((mean(&values, lambda) - at_one).abs() < EXACT_F64);
    }
    assert!((mean(&none, 0.0) - mean(&none, 1.0)).abs() > 0.1);
    // Values are what is expected of the whole answer.
    let penalised: Vec<f64> = (0..language.answers())
        .map(|y| token_rewards(&language, &policy, &reference, y, rewards[y], 0.3).iter().sum())
        .collect();
    assert!((values[0] - expected(&all, &penalised)).abs() < EXACT_F64);
}

#[test]
fn ppo_reaches_the_optimum_over_whole_answers() {
    let (language, reference, rewards) = (language(), policy(8), rewards());
    let best = optimum(&reference.answers(&language), &rewards, 0.4).unwrap().policy;
    for seed in 1..=4 {
        let run =
            PpoRun { batch: 64, epochs: 4, epsilon: 0.2, beta: 0.4, lambda: 0.95, rate: 2.0, critic: 0.3 };
        let mut ppo = Ppo::new(&language, &reference, &rewards, run);
        let mut generator = rng(seed, "ppo");
        (0..3000).for_each(|_| ppo.step(&mut generator));
        let left = kl(&ppo.policy.answers(&language), &best);
        assert!(left < RARE, "{left}");
    }
}

#[test]
fn dpo_on_averaged_labels_goes_towards_the_optimum() {
    let (language, reference, rewards) = (
        Language::new(&["a", "b"], 2),
        TokenPolicy::uniform(&Language::new(&["a", "b"], 2)),
        [0.0, 0.5, -0.2, 1.0, 0.3, 0.3, -0.4],
    );
    let beta = 0.5;
    // A thousand comparisons of each pair, split as Bradley and Terry say, to the next whole number.
    let mut pairs = Vec::new();
    for (w, l) in (0..7).flat_map(|w| (0..7).map(move |l| (w, l))).filter(|(w, l)| w != l) {
        let times = (1000.0 * sigmoid(rewards[w] - rewards[l])).round() as usize;
        pairs.extend(std::iter::repeat_n((w, l), times));
    }
    let logs = reference.log_answers(&language);
    let mut policy = reference.clone();
    let losses: Vec<f64> =
        (0..1500).map(|_| direct_step(&mut policy, &language, &logs, &pairs, beta, 4.0)).collect();
    assert!(losses.windows(2).all(|pair| pair[1] <= pair[0] + ORACLE_F64));
    let best = optimum(&reference.answers(&language), &rewards, beta).unwrap().policy;
    assert!(kl(&policy.answers(&language), &best) < ROUNDED);
}
