//! Thresholds that are hit exactly: what a person would count on paper, whatever rounding says.

use concepts::decoding::{
    Candidates, Filter, Mirostat, Pipeline, Sampler, Settings, epsilon_cutoff, min_p, top_p, typical,
    written_answer_top_p,
};

/// Whole per cents, falling, that sum to 100: `(a, b, c)` with `a > b > c`.
fn triples() -> impl Iterator<Item = [u32; 3]> {
    (1..99u32).flat_map(|a| (1..100 - a).map(move |b| [a, b, 100 - a - b])).filter(|[a, b, c]| a > b && b > c)
}

fn shares(triple: [u32; 3]) -> [f64; 3] {
    triple.map(|cents| f64::from(cents) / 100.0)
}

/// The same distribution as it comes: given, from logits in `f64`, from logits in `f32`.
fn sources(shares: [f64; 3]) -> [Candidates; 3] {
    let logits = shares.map(f64::ln);
    [
        Candidates::from_probabilities(&shares).unwrap(),
        Candidates::from_logits(&logits).unwrap(),
        Candidates::from_logits(&logits.map(|l| l as f32)).unwrap(),
    ]
}

#[test]
fn a_mass_of_exactly_p_is_enough() {
    let mut seen = 0;
    for triple in triples() {
        let shares = shares(triple);
        let p = f64::from(triple[0] + triple[1]) / 100.0;
        for all in sources(shares) {
            assert_eq!(top_p(&all, p).unwrap().size(), 2, "{triple:?}");
            assert_eq!(written_answer_top_p(&all, p).unwrap().len(), 2, "{triple:?}");
            assert_eq!(top_p(&all, shares[0]).unwrap().size(), 1, "{triple:?}");
        }
        let settings = Settings { top_p: Some(p), ..Settings::default() };
        let logits = shares.map(|share| share.ln() as f32);
        let fast = Sampler::new(settings).unwrap().candidates(&logits).unwrap();
        assert_eq!(fast.len(), 2, "{triple:?}");
        seen += 1;
    }
    assert!(seen > 700);
}

#[test]
fn a_probability_of_exactly_the_threshold_stays() {
    for triple in triples() {
        let shares = shares(triple);
        for all in sources(shares) {
            assert_eq!(epsilon_cutoff(&all, shares[1]).unwrap().size(), 2, "{triple:?}");
            assert_eq!(min_p(&all, shares[1] / shares[0]).unwrap().size(), 2, "{triple:?}");
        }
        let settings = Settings { min_p: Some(shares[1] / shares[0]), ..Settings::default() };
        let logits = shares.map(|share| share.ln() as f32);
        assert_eq!(Sampler::new(settings).unwrap().candidates(&logits).unwrap().len(), 2, "{triple:?}");
    }
}

/// `n` equally probable tokens hold a mass of `m / n` in `m` of them.
#[test]
fn ties_share_the_mass() {
    for n in 1..200u32 {
        let flat = vec![0.0f32; n as usize];
        let all = Candidates::from_logits(&flat).unwrap();
        for m in 1..n {
            let p = f64::from(m) / f64::from(n);
            let few = m as usize;
            assert_eq!(top_p(&all, p).unwrap().size(), few, "{m} of {n}");
            assert_eq!(typical(&all, p).unwrap().size(), few, "{m} of {n}");
            assert_eq!(written_answer_top_p(&all, p).unwrap().len(), few, "{m} of {n}");
            let settings = Settings { top_p: Some(p), top_k: Some(n as usize), ..Settings::default() };
            for top_k in [None, Some(n as usize + 1), settings.top_k] {
                let mut fast = Sampler::new(Settings { top_k, ..settings }).unwrap();
                assert_eq!(fast.candidates(&flat).unwrap().len(), few, "{m} of {n}, {top_k:?}");
            }
        }
        assert_eq!(epsilon_cutoff(&all, 1.0 / f64::from(n)).unwrap().size(), n as usize);
    }
}

/// After a temperature and a top-k, the mass is that of what they left.
#[test]
fn filters_before_a_cut_do_not_move_its_edge() {
    // At T = 0.5: weights 16, 4, 1, 1/4; the first three hold 16/21, 20/21 and all.
    let logits = [4f64, 2.0, 1.0, 0.5].map(f64::ln);
    for (p, size) in [(16.0 / 21.0, 1), (20.0 / 21.0, 2)] {
        let filters = [Filter::Temperature(0.5), Filter::TopK(3), Filter::TopP(p)];
        assert_eq!(Pipeline::filters(filters).candidates(&logits, &[]).unwrap().size(), size);
        let settings = Settings { temperature: 0.5, top_k: Some(3), top_p: Some(p), ..Settings::default() };
        let logits = logits.map(|l| l as f32);
        assert_eq!(Sampler::new(settings).unwrap().candidates(&logits).unwrap().len(), size);
    }
}

/// Four equally probable tokens surprise by 2 bits each: exactly the threshold at a target of 1.
#[test]
fn a_surprise_of_exactly_the_threshold_stays() {
    for n in [2u32, 3, 5, 7, 12, 100] {
        let all = Candidates::from_logits(&vec![0.1f64; n as usize]).unwrap();
        let rule = Mirostat::new(f64::from(n).log2() / 2.0, 0.1).unwrap();
        assert_eq!(rule.truncate(&all).size(), n as usize, "{n}");
    }
}

#[test]
fn what_is_short_of_p_by_more_than_rounding_does_not_reach_it() {
    let all = Candidates::from_probabilities(&[0.5, 0.29999, 0.15, 0.05001]).unwrap();
    assert_eq!(top_p(&all, 0.8).unwrap().size(), 3);
    assert_eq!(epsilon_cutoff(&all, 0.3).unwrap().size(), 1);
}

#[test]
fn given_probabilities_are_kept_as_they_are() {
    let given = [0.5, 0.3, 0.15, 0.05];
    assert_eq!(Candidates::from_probabilities(&given).unwrap().probs(), given);
}
