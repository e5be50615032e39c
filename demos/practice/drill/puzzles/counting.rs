//! What is counted by hand: experts, the best path of tags, a class out of words.

use concepts::classical::HiddenMarkov;
use ndarray::{Array1, Array2};
use rand_chacha::ChaCha8Rng;

use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::super::sheet::counted;
use super::{between, one_of};
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::named;

/// The parameters that a token passes through in a mixture of experts.
pub(super) static EXPERTS: PuzzleKind = PuzzleKind { id: "experts", lesson: "activations", draw: experts };
/// The probability of the best path of tags.
pub(super) static BEST_PATH: PuzzleKind =
    PuzzleKind { id: "best-path", lesson: "paradigms", draw: best_path };
/// The class of a text of two words.
pub(super) static CLASS: PuzzleKind = PuzzleKind { id: "class", lesson: "paradigms", draw: class };

fn experts(rng: &mut ChaCha8Rng) -> Drawn {
    let (layers, d) = (8 * between(3, 10, rng), 1024 * between(2, 8, rng));
    let (count, k) = one_of(&[(8usize, 2usize), (16, 4), (64, 4), (128, 8)], rng);
    let h = d * one_of(&[2, 3, 4], rng);
    let of = |layers: usize, experts: usize, matrices: usize| {
        (layers * (experts * matrices * d * h + d * count)) as f64
    };
    let right = of(layers, k, 3);
    let total = of(layers, count, 3);
    let values = named![layers, d, h, count, k, right = counted(right), total = counted(total)];
    Drawn::new(&values, right, Unit::Count)
        .slip("all", total)
        .slip("one-expert", of(layers, 1, 3))
        .slip("two-matrices", of(layers, k, 2))
        .slip("one-layer", of(1, k, 3))
}

/// Two tags, three words; each tag says the words with some tenths, and others with the rest.
fn best_path(rng: &mut ChaCha8Rng) -> Drawn {
    let tenth = |n: usize| n as f64 / 10.0;
    let mut share = |low, high| tenth(between(low, high, rng));
    let start = share(3, 7);
    let stays = [share(2, 8), share(2, 8)];
    let says: [[f64; 3]; 2] = [[(); 3]; 2].map(|tag| tag.map(|()| share(1, 5)));
    let rest = says.map(|tag| 1.0 - tag.iter().sum::<f64>());
    let transition = [[stays[0], 1.0 - stays[0]], [1.0 - stays[1], stays[1]]];
    let emission = Array2::from_shape_fn(
        (2, 4),
        |(tag, word)| {
            if word < 3 { says[tag][word] } else { rest[tag].max(0.0) }
        },
    );
    let from = |start: [f64; 2]| {
        let model = HiddenMarkov::new(
            Array1::from(start.to_vec()),
            Array2::from_shape_fn((2, 2), |(i, j)| transition[i][j]),
            emission.clone(),
        );
        model.and_then(|model| Ok((model.viterbi(&[0, 1, 2])?, model.forward(&[0, 1, 2])?)))
    };
    // What does not sum to 1 is drawn anew: nothing finite, nothing to ask.
    let Ok((best, all)) = from([start, 1.0 - start]) else {
        return Drawn::new(&[], f64::NAN, Unit::Plain);
    };
    let first = [start * says[0][0], (1.0 - start) * says[1][0]];
    let step = |before: [f64; 2], word: usize| {
        [0, 1].map(|j| {
            [0, 1].map(|i| before[i] * transition[i][j]).into_iter().fold(0.0, f64::max) * says[j][word]
        })
    };
    let [second, third] = [step(first, 1), step(step(first, 1), 2)];
    // Who goes word by word must know which tag to begin with, and one of the last two must be seen to be larger.
    let tied = first[0] == first[1] || (third[0] / third[1] - 1.0).abs() < 0.02;
    let right = if tied { f64::NAN } else { best.ln_probability.exp() };
    let two = |pair: [f64; 2]| Text::same(pair.map(short).join(", "));
    let path: String = best.tags.iter().map(|&tag| if tag == 0 { 'A' } else { 'B' }).collect();
    let list = |xs: [f64; 3]| Text::same(xs.map(short).join(", "));
    let [a_first, a_stays, b_stays] = [start, stays[0], stays[1]];
    let values = named![
        a_first,
        a_stays,
        b_stays,
        a_says = list(says[0]),
        b_says = list(says[1]),
        first = two(first),
        second = two(second),
        third = two(third),
        path = Text::same(path),
        right,
    ];
    Drawn::new(&values, right, Unit::Plain)
        .slip("greedy", greedy(first, &transition, &says))
        .slip("all-paths", all.exp())
        .slip("no-start", step(step([says[0][0], says[1][0]], 1), 2).into_iter().fold(0.0, f64::max))
        .slip("last-word-lost", second.into_iter().fold(0.0, f64::max))
}

/// The probability of the path that takes the best tag word by word.
fn greedy(first: [f64; 2], transition: &[[f64; 2]; 2], says: &[[f64; 3]; 2]) -> f64 {
    let larger = |pair: [f64; 2]| usize::from(pair[1] > pair[0]);
    let mut tag = larger(first);
    let mut p = first[tag];
    for word in 1..3 {
        let next = [0, 1].map(|j| transition[tag][j] * says[j][word]);
        tag = larger(next);
        p *= next[tag];
    }
    p
}

/// Two classes, a text of two words, smoothing 1.
fn class(rng: &mut ChaCha8Rng) -> Drawn {
    let texts = [between(1, 6, rng), between(1, 6, rng)];
    let words = [between(6, 20, rng), between(6, 20, rng)];
    let counts: [[usize; 2]; 2] = [[(); 2]; 2].map(|class| class.map(|()| between(1, 4, rng)));
    let distinct = between(6, 15, rng);
    let joint = |class: usize, prior: bool, above: f64, below: f64| {
        let p = if prior { texts[class] as f64 / (texts[0] + texts[1]) as f64 } else { 1.0 };
        counts[class].iter().fold(p, |p, &count| p * (count as f64 + above) / (words[class] as f64 + below))
    };
    let of = |prior, above, below| {
        let [a, b] = [0, 1].map(|class| joint(class, prior, above, below));
        a / (a + b)
    };
    let v = distinct as f64;
    let right = of(true, 1.0, v);
    let [[a1, a2], [b1, b2]] = counts;
    let values = named![
        texts_a = texts[0],
        texts_b = texts[1],
        words_a = words[0],
        words_b = words[1],
        a1,
        a2,
        b1,
        b2,
        distinct,
        joint_a = joint(0, true, 1.0, v),
        joint_b = joint(1, true, 1.0, v),
        right,
    ];
    Drawn::new(&values, right, Unit::Plain)
        .slip("no-prior", of(false, 1.0, v))
        .slip("unsmoothed", of(true, 0.0, 0.0))
        .slip("one-below", of(true, 1.0, 1.0))
        .slip("joint", joint(0, true, 1.0, v))
        .slip("other-class", 1.0 - right)
}
